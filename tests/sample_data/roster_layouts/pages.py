"""Sheets before they are files, and the files: xlsx, text and web page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter

Cell = Any
_CREATED = datetime(2026, 1, 5)


@dataclass
class Page:
    """One sheet: rows of cells, merged ranges (first row, first column, last row, last column; from 0), hidden parts."""

    name: str = "Sheet1"
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    months: bool = False  # dates are shown as months, their cells hold the first day

    def add(self, *cells: Cell) -> int:
        """Append a row; gives its 1-based number."""
        self.rows.append(list(cells))
        return len(self.rows)

    def wide(self, text: str, width: int) -> int:
        """A row with one cell merged across ``width`` columns."""
        row = self.add(text)
        if width > 1:
            self.merged.append((row - 1, 0, row - 1, width - 1))
        return row

    def put(self, row: int, column: int, value: Cell) -> None:
        """Set a cell, counted from 0."""
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = value

    def span(self, row: int, column: int, last_row: int, last_column: int, value: Cell) -> None:
        """Set a cell merged to (last_row, last_column)."""
        self.put(row, column, value)
        if (row, column) != (last_row, last_column):
            self.merged.append((row, column, last_row, last_column))


@dataclass
class Roster:
    """One file with its truth."""

    file: str
    pages: list[Page]
    truth: list[dict[str, Any]]
    separator: str = ","
    encoding: str = "utf-8-sig"
    guarded: bool = False  # numbers as ="…"

    def write(self, folder: Path) -> Path:
        """Write the file into the folder, by its ending."""
        path = folder / self.file
        if path.suffix == ".xlsx":
            _write_xlsx(path, self.pages)
        elif path.suffix == ".xls":
            path.write_bytes(_html(self.pages[0]).encode(self.encoding, errors="xmlcharrefreplace"))
        else:
            path.write_bytes(self._text().encode(self.encoding))
        return path

    def _text(self) -> str:
        return "\r\n".join(self.separator.join(self._quoted(cell) for cell in row) for row in self.pages[0].rows) + "\r\n"

    def _quoted(self, cell: Cell) -> str:
        text = "" if cell is None else f"{cell}"
        if self.guarded and text.isdigit() and len(text) > 9:
            text = f'="{text}"'
        special = any(mark in text for mark in (self.separator, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if special else text


def _write_xlsx(path: Path, pages: Sequence[Page]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    day = book.add_format({"num_format": "yyyy/m/d"})
    month = book.add_format({"num_format": 'yyyy"年"m"月"'})
    plain = book.add_format({"text_wrap": True})
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for row, cells in enumerate(page.rows):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, datetime(value.year, value.month, 1 if page.months else value.day),
                                         month if page.months else day)
                elif isinstance(value, int | float):
                    sheet.write_number(row, column, value, plain)
                elif value:
                    sheet.write_string(row, column, value, plain)
        for first, left, last, right in page.merged:
            value = page.rows[first][left] if left < len(page.rows[first]) else None
            sheet.merge_range(first, left, last, right, "", plain)
            if isinstance(value, str):
                sheet.write_string(first, left, value, plain)
            elif value is not None and not isinstance(value, date):
                sheet.write_number(first, left, value, plain)
        for row in page.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    if all(page.hidden for page in pages[:1]) and len(pages) > 1:
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
    book.close()


def _html(page: Page) -> str:
    merged = {(row, column): (last - row + 1, right - column + 1) for row, column, last, right in page.merged}
    lines = []
    for row, cells in enumerate(page.rows):
        line = ""
        for column, value in enumerate(cells):
            if any(r <= row <= e and c <= column <= f and (r, c) != (row, column) for r, c, e, f in page.merged):
                continue
            tall, wide = merged.get((row, column), (1, 1))
            spans = (f' rowspan="{tall}"' if tall > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
            text = "" if value is None else escape(str(value)).replace("\n", "<br>")
            line += f"<td{spans}>{text}</td>"
        lines.append(f"<tr>{line}</tr>")
    return ('<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
            f'<body><table border="1">{"".join(lines)}</table></body></html>')
