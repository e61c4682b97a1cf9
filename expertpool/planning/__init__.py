"""Plans for many cases at once (批量指派): made, checked by a second hand, applied as a unit."""
