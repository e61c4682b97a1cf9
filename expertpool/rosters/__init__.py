"""Named rosters (名册) as styled workbooks, masked by purpose."""
