"""Figures and coverage (统计) for the overview."""
