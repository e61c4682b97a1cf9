"""A roster or a docket from spreadsheets into the pool: columns → values → plan → one transaction → report."""
