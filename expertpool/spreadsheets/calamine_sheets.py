"""The fast reader (python-calamine): .xlsx, .xlsb, .xls, .ods."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expertpool.spreadsheets.workbook import MergedRange, Value

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_MOST_MERGED = 50_000


def open_workbook(path: Path) -> "CalamineWorkbook":
    """The workbook; raises whatever the library raises, panics included."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path))


def worksheets(book: "CalamineWorkbook") -> list[tuple[str, bool]]:
    """Name and visibility of each worksheet; chart, dialog and macro sheets left out."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet]


def sheet_cells(
        book: "CalamineWorkbook", name: str, fits: Callable[[int, int], None],
) -> tuple[int, Iterator[list[Value]], tuple[MergedRange, ...]]:
    """Number of rows, the rows from sheet row 1 on, and the merged ranges of the sheet called ``name``.

    ``fits(rows, columns)`` is asked first and raises where the sheet is too large.
    """
    sheet = book.get_sheet_by_name(name)
    end = sheet.end or (-1, -1)
    fits(end[0] + 1, end[1] + 1)
    left = sheet.start[1] if sheet.start else 0
    merged = tuple(MergedRange(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
                   for first, last in (sheet.merged_cell_ranges or [])[:_MOST_MERGED])
    return end[0] + 1, (_row(cells, left) for cells in sheet.iter_rows()), merged


def _row(cells: list[Any], left: int) -> list[Value]:
    while cells and cells[-1] == "":
        cells.pop()
    if not cells:
        return []
    values = [_VALUES[type(cell)](cell) for cell in cells]
    return [None] * left + values if left else values


def _number(cell: float) -> Value:
    if cell.is_integer():
        return int(cell) if -1e15 < cell < 1e15 else cell
    return cell if cell - cell == 0 else None  # neither NaN nor infinite


def _duration(cell: timedelta) -> Value:
    seconds = int(cell.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_VALUES: dict[type, Callable[[Any], Value]] = {
    str: lambda cell: cell or None,
    float: _number,
    int: lambda cell: cell,
    bool: lambda cell: cell,
    date: lambda cell: cell,
    datetime: lambda cell: cell,
    time: lambda cell: cell,
    timedelta: _duration,
}
