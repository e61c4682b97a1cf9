"""The fast reader (python-calamine): .xlsx, .xlsb, .xls, .ods."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expertpool.spreadsheets.ooxml_cells import duration
from expertpool.spreadsheets.workbook import MergedRange, Value

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_MOST_MERGED = 50_000


def open_workbook(path: Path) -> "CalamineWorkbook":
    """The workbook; raises whatever the library raises, including its panics."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path))


def worksheets(book: "CalamineWorkbook") -> list[tuple[str, bool]]:
    """Name and visibility of each worksheet; chart, dialog and macro sheets left out."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet]


def sheet_cells(
        book: "CalamineWorkbook", name: str, fits: Callable[[int, int], None], text: Callable[[str], str | None],
) -> tuple[int, Iterator[list[Value]], tuple[MergedRange, ...]]:
    """Number of rows, the rows from sheet row 1 on, and the merged ranges of the sheet called ``name``.

    ``fits(rows, columns)`` is called first and raises if the sheet is too large; every text is passed through
    ``text``.
    """
    sheet = book.get_sheet_by_name(name)
    end = sheet.end or (-1, -1)
    fits(end[0] + 1, end[1] + 1)
    left = sheet.start[1] if sheet.start else 0
    merged = tuple(MergedRange(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
                   for first, last in (sheet.merged_cell_ranges or [])[:_MOST_MERGED])
    return end[0] + 1, _rows(sheet.iter_rows(), left, text), merged


def _rows(rows: Iterator[list[Any]], left: int, text: Callable[[str], str | None]) -> Iterator[list[Value]]:
    others: dict[type, Callable[[Any], Value]] = {float: _number, timedelta: _duration}
    for cells in rows:
        while cells and cells[-1] == "":
            cells.pop()
        values: list[Value] = [text(cell) if (kind := type(cell)) is str else others[kind](cell)
                               if kind in others else cell for cell in cells]
        yield [None] * left + values if left and values else values


def _number(cell: float) -> Value:
    if cell.is_integer():
        return int(cell) if -1e15 < cell < 1e15 else cell
    return cell if cell - cell == 0 else None  # neither NaN nor infinite


def _duration(cell: timedelta) -> Value:
    return duration(cell.total_seconds())
