"""The page of rosters and papers (名册与文书)."""
