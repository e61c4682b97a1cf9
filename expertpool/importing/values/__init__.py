"""What one cell means, by subject: names, dates, numbers, phones, titles, terms. Pure; no table, no file."""
