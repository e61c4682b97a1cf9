"""The page that brings spreadsheets in (导入): files, columns, data, duplicates, done."""
