"""What every room stands on: problems, progress, changes, text, dates, language, where files lie. Knows no database."""
