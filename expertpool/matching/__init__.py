"""From a case to people (匹配指派): ranking, panels, what would help if nobody is available, appointment."""
