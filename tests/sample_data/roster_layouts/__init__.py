"""Rosters with invented people in the layouts that units really send, each with its truth; the same for each seed."""
