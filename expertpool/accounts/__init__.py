"""Who is acting and what that person may do (权限). The core checks this at every write; the window does not."""
