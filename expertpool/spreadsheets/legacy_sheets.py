"""Old .xls files through xlrd: Excel 95 and earlier, whose text is in a code page; and the second try
for newer .xls files."""

import io
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expertpool.spreadsheets.ooxml_cells import plain_number
from expertpool.spreadsheets.ooxml_details import SheetDetails
from expertpool.spreadsheets.workbook import MergedRange, Value

_LATIN = re.compile("[\x80-\xff]{2,}")
_HAN = re.compile("[一-鿿]")
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = range(6)


@dataclass(frozen=True, slots=True)
class LegacySheet:
    """One sheet with its details; ``repaired`` says that Chinese text was labelled as Western."""

    name: str
    visible: bool
    rows: list[list[Value]]
    details: SheetDetails
    repaired: bool


def read_sheets(path: Path) -> list[LegacySheet]:
    """All sheets. Raises what xlrd raises; for a password that text says "encrypted"."""
    import xlrd

    for formatting in (True, False):
        try:
            book = xlrd.open_workbook(str(path), formatting_info=formatting, ragged_rows=True,
                                      logfile=io.StringIO())
            break
        except Exception as error:
            if not formatting or "encrypt" in str(error).lower():
                raise
    repair = _needs_repair(book)
    return [_sheet(book, sheet, repair) for sheet in book.sheets()]


def _needs_repair(book: Any) -> bool:
    """Whether the texts are Chinese bytes that the file labels as Western European."""
    if book.biff_version >= 80:
        return False
    texts = [text for sheet in book.sheets() for row in range(min(sheet.nrows, 200))
             for text in sheet.row_values(row) if isinstance(text, str) and _LATIN.search(text)]
    repaired = [_repaired(text) for text in texts]
    return bool(texts) and sum(1 for text in repaired if _HAN.search(text)) * 10 >= len(texts) * 9


def _repaired(text: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return text


def _sheet(book: Any, sheet: Any, repair: bool) -> LegacySheet:
    details = SheetDetails(last_row=sheet.nrows, last_column=sheet.ncols)
    rows: list[list[Value]] = []
    for index in range(sheet.nrows):
        row = [_value(book, cell, details, index, column, repair)
               for column, cell in enumerate(sheet.row(index))]
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
    details.hidden_rows = {index + 1 for index, info in sheet.rowinfo_map.items() if info.hidden}
    details.hidden_columns = {index + 1 for index, info in sheet.colinfo_map.items() if info.hidden}
    details.merged = [MergedRange(top + 1, left + 1, bottom, right)
                      for top, bottom, left, right in sheet.merged_cells]
    name = _repaired(sheet.name) if repair else sheet.name
    return LegacySheet(name, sheet.visibility == 0, rows, details, repair)


def _value(book: Any, cell: Any, details: SheetDetails, row: int, column: int, repair: bool) -> Value:
    if cell.ctype == _TEXT:
        return (_repaired(cell.value) if repair else cell.value) or None
    if cell.ctype == _NUMBER:
        return plain_number(cell.value)
    if cell.ctype == _DATE:
        return _moment(book, cell.value)
    if cell.ctype == _BOOLEAN:
        return bool(cell.value)
    if cell.ctype == _ERROR:
        from xlrd.biffh import error_text_from_code

        details.errors.append((row + 1, column + 1, error_text_from_code.get(cell.value, "#?")))
        details.error_count += 1
    return None


def _moment(book: Any, serial: float) -> Value:
    from expertpool.spreadsheets.ooxml_cells import date_of_serial

    return date_of_serial(serial, bool(book.datemode)) if math.isfinite(serial) else None
