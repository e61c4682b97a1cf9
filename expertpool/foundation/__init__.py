"""What every room uses: problems, progress, changes, text, dates, language, file locations. No database."""
