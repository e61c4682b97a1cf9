"""From files to planned rows: read, find tables, understand columns, read values. Writes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from expertpool.foundation.language import _
from expertpool.foundation.problems import Problem, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.importing.cleaning import shown
from expertpool.importing.columns import ColumnChoice, map_columns
from expertpool.importing.headers import header_score
from expertpool.importing.plan import ImportPlan, PlannedFile, PlannedRow, PlannedSheet
from expertpool.spreadsheets.layout import find_tables
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.tables import Record, Table
from expertpool.spreadsheets.workbook import Sheet

D = TypeVar("D")
SAMPLES = 200  # values looked at to judge a column
ReadRow = Callable[[Record, Sequence[ColumnChoice], Sheet], tuple[D | None, list[Problem]]]
Corrections = Mapping[tuple[str, str, int], str]  # (file name, sheet, column) → field


def read_files(kind: str, paths: Sequence[Path], read_row: ReadRow[D], *, sheets: Sequence[str] | None = None,
               columns: Corrections | None = None, progress: Progress = SILENT) -> ImportPlan[D]:
    """Read every file; raises ``import.nothing`` for a file in which no table was found."""
    files = []
    for number, path in enumerate(paths):
        progress.step(number, len(paths), _("Reading {file}").format(file=Path(path).name))
        files.append(_read_file(kind, Path(path), read_row, sheets, columns or {}, progress))
    progress.step(len(paths), len(paths), _("Reading"))
    return ImportPlan(kind, files)


def _read_file(kind: str, path: Path, read_row: ReadRow[D], sheets: Sequence[str] | None, corrections: Corrections,
               progress: Progress) -> PlannedFile[D]:
    book = read_workbook(path, progress=progress)
    chosen = [sheet for sheet in book.sheets if (sheet.name in sheets if sheets else sheet.visible)]
    if sheets and len(chosen) < len(set(sheets)):
        missing = next(name for name in sheets if name not in {sheet.name for sheet in chosen})
        raise UserProblem("import.sheet", file=book.name, sheet=missing)
    planned = []
    for sheet in chosen:
        for table in find_tables(sheet, lambda text: header_score(text, kind)):
            planned.append(_plan_table(kind, book.name, sheet, table, read_row, corrections))
    if not any(sheet.rows for sheet in planned):
        raise UserProblem("import.nothing", file=book.name)
    return PlannedFile(path, book.name, book.sha256, list(book.notices), planned)


def _plan_table(kind: str, file: str, sheet: Sheet, table: Table, read_row: ReadRow[D],
                corrections: Corrections) -> PlannedSheet[D]:
    samples = [[record.cells.get(column.index) for record in table.records[:SAMPLES]] for column in table.columns]
    columns = [replace(choice, field=corrections[key], confidence=1.0)
               if (key := (file, sheet.name, choice.index)) in corrections else choice
               for choice in map_columns([column.header for column in table.columns], samples, kind,
                                         [column.index for column in table.columns])]
    rows = []
    for record in table.records:
        draft, problems = read_row(record, columns, sheet)
        placed = [replace(p, file=file, sheet=sheet.name, row=p.row or record.row) for p in problems]
        rows.append(PlannedRow(file, sheet.name, record.row, {i: shown(v) for i, v in record.cells.items()}, draft,
                               placed, record.slot, "create" if draft is not None else "reject",
                               fields={c.field: _cell(c.index + record.shift, record.row) for c in columns
                                       if c.field and c.index in record.cells}))
    return PlannedSheet(sheet.name, table.header_rows, columns, rows, list(table.ignored))


def _cell(column: int, row: int) -> str:
    """A1 notation of a 1-based position."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
