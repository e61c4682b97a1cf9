"""What every room stands on: problems, progress, changes, text, dates, language, places. No database."""
