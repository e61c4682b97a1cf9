"""Any table file → rows with sheet, row and column; safe writing. Knows no database and no experts."""
