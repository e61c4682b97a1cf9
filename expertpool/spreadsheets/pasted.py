"""A table pasted from Excel, WPS, a web page or a text document: the clipboard's text as a workbook."""

import hashlib
from pathlib import Path

from expertpool.spreadsheets.html_tables import read_tables
from expertpool.spreadsheets.safe_cells import clean_text
from expertpool.spreadsheets.text_files import split_cells, unguarded
from expertpool.spreadsheets.workbook import Kind, MergedRange, Sheet, Value, Workbook


def read_pasted(text: str, html: str = "") -> Workbook:
    """The pasted cells as the one sheet of a workbook without a file; no rows if nothing was pasted.

    ``text`` is tab-separated, cells with line breaks in quotes. ``html`` is the clipboard's other form of the same;
    if it holds a table it is preferred, because it also knows merged cells.
    """
    rows: list[list[Value]] = []
    merged: tuple[MergedRange, ...] = ()
    kind = Kind.TEXT
    if "<table" in html.lower():
        rows, merged = read_tables(html[html.find("<"):])
        kind = Kind.HTML
    if not any(rows):
        plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n\0")
        cells = split_cells(plain, "\t")[0] if plain else []
        rows, merged, kind = [[unguarded(cell) for cell in row] for row in cells], (), Kind.TEXT
    rows = [_row(row) for row in rows]
    while rows and not rows[-1]:
        rows.pop()
    fingerprint = hashlib.sha256((html if kind is Kind.HTML else text).encode("utf-8", "surrogatepass")).hexdigest()
    return Workbook(Path(), "", fingerprint, kind, (Sheet("", rows=rows, merged=merged),))


def _row(cells: list[Value]) -> list[Value]:
    row: list[Value] = [(clean_text(cell) or None) if isinstance(cell, str) else cell for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return row
