"""Any table file → rows with sheet, row and column; safe writing. Knows neither database nor experts."""
