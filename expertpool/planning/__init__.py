"""Plans for many cases at once (批量指派): made, verified independently, applied as one operation."""
