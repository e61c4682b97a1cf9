"""Who is acting and what they may do (权限); asked by the write door, never by the window."""
