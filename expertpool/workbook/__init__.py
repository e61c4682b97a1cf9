"""The pool workbook (专家库工作簿): the whole pool as one open, documented xlsx."""
