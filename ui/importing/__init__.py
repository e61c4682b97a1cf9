"""The page for importing spreadsheets (导入): files, columns, data, duplicates, done."""
