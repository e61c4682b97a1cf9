"""From files to planned rows: read files, find tables, understand columns, read values. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from expertpool.foundation.language import _
from expertpool.foundation.parallel import spread
from expertpool.foundation.problems import Problem, Severity, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.importing.columns import ColumnChoice, map_columns
from expertpool.importing.evidence import import_words
from expertpool.importing.headers import header_score
from expertpool.importing.plan import (
    ImportPlan,
    PlannedFile,
    PlannedRow,
    PlannedSheet,
    RowReader,
    TableHead,
    column_letters,
)
from expertpool.importing.returned import ReturnedTable, returned_tables
from expertpool.spreadsheets.found_tables import Record, Table
from expertpool.spreadsheets.layout import find_tables
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.sheet_layout import LISTS
from expertpool.spreadsheets.workbook import Sheet, Workbook

D = TypeVar("D")
_KEYS = frozenset({"name", "name_gender", "name_employer", "case_number"})  # the field that every row must have
SAMPLES = 200  # values looked at to judge a column
LONG = 6000  # number of rows from which parallel processes pay; starting one takes about a second
PART = 500  # rows given to a process at a time
Corrections = Mapping[tuple[str, str, int], str]  # (file name, sheet, column) → field


def read_files(paths: Sequence[Path], reader: RowReader[D], *, sheets: Sequence[str] | None = None,
               columns: Corrections | None = None, progress: Progress = SILENT) -> ImportPlan[D]:
    """Read every file; raises ``import.nothing`` for a file in which no table was found. Also raises
    ``import.sheet``."""
    files = []
    for number, path in enumerate(paths):
        progress.step(number, len(paths), _("Reading {file}").format(file=Path(path).name))
        files.append(_read_file(Path(path), reader, sheets, columns or {}, progress))
    progress.step(len(paths), len(paths), _("Reading"))
    return ImportPlan(reader.kind, files)


def _read_file(path: Path, reader: RowReader[D], sheets: Sequence[str] | None, corrections: Corrections,
               progress: Progress) -> PlannedFile[D]:
    book = read_workbook(path, progress=progress)
    if (tables := returned_tables(book, reader.kind)) is not None:
        return _read_returned(book, tables, reader, corrections, progress)
    chosen = [sheet for sheet in book.sheets if (sheet.name in sheets if sheets else sheet.visible)]
    if not sheets and len(chosen) > 1:
        chosen = [sheet for sheet in chosen if sheet.name.strip() not in import_words()["instruction_sheets"]]
    if sheets and len(chosen) < len(set(sheets)):
        missing = next(name for name in sheets if name not in {sheet.name for sheet in chosen})
        raise UserProblem("import.sheet", file=book.name, sheet=missing)
    planned = []
    for sheet in chosen:
        for table in find_tables(sheet, lambda text: header_score(text, reader.kind)):
            planned.append(_plan_table(book.name, sheet, table, reader, corrections, progress))
    if not any(sheet.rows for sheet in planned):
        raise UserProblem("import.nothing", file=book.name)
    planned, skipped = _of_kind(planned)
    hidden = tuple(sheet.name for sheet in book.sheets if not sheet.visible and sheet.rows
                   and sheet not in chosen and sheet.name != LISTS)
    notices = [*_with_rows(book.notices, planned), *skipped, *_out_of_sight(chosen, planned)]
    return PlannedFile(path, book.name, book.sha256, notices, planned, hidden)


def _out_of_sight(sheets: Sequence[Sheet], planned: Sequence[PlannedSheet[D]]) -> list[Problem]:
    """Report hidden columns that hold a field; they are read."""
    found = []
    for sheet in sheets:
        read = {column.index: column for table in planned if table.name == sheet.name for column in table.columns
                if column.field not in ("", "ignore")}
        found += [Problem("import.hidden_column", Severity.WARNING, sheet=sheet.name, column=index,
                          value=read[index].header, parameters={"column": column_letters(index)})
                  for index in sorted(sheet.hidden_columns & read.keys())]
    return found


def _of_kind(sheets: list[PlannedSheet[D]]) -> tuple[list[PlannedSheet[D]], list[Problem]]:
    """Drop tables without names (or case numbers) beside tables that have them: they are something else, e.g. a list
    of codes."""
    wanted = [sheet for sheet in sheets if any(column.field in _KEYS for column in sheet.columns)]
    if not wanted or len(wanted) == len(sheets):
        return sheets, []
    return wanted, [Problem("import.other_table", Severity.NOTE, sheet=sheet.name,
                            row=min(sheet.header_rows, default=0), parameters={"rows": len(sheet.rows)})
                    for sheet in sheets if sheet not in wanted]


def _with_rows(notices: Sequence[Problem], sheets: Sequence[PlannedSheet[D]]) -> list[Problem]:
    """Give notices about single cells (errors, formulas never computed) to the rows they are in; the others stay with
    the file."""
    cells: dict[tuple[str, int], list[Problem]] = {}
    rest = []
    for notice in notices:
        if notice.row and notice.column:
            cells.setdefault((notice.sheet, notice.row), []).append(notice)
        else:
            rest.append(notice)
    if cells:
        for sheet in sheets:
            fields = {column.index: column.field for column in sheet.columns}
            for row in sheet.rows:
                own = cells.pop((sheet.name, row.row), [])
                row.problems = [*row.problems, *(replace(p, file=sheet.file, field=fields.get(p.column, ""))
                                                 for p in own)] if own else row.problems
    return [*rest, *(notice for left in cells.values() for notice in left)]


def _plan_table(file: str, sheet: Sheet, table: Table, reader: RowReader[D], corrections: Corrections,
                progress: Progress) -> PlannedSheet[D]:
    samples = [[record.cells.get(column.index) for record in table.records[:SAMPLES]] for column in table.columns]
    columns = [replace(choice, field=corrections[key], confidence=1.0)
               if (key := (file, sheet.name, choice.index)) in corrections else choice
               for choice in map_columns([column.header for column in table.columns], samples, reader.kind,
                                         [column.index for column in table.columns])]
    return _with_records(TableHead(sheet.name, table.header_rows, columns, list(table.ignored), file, reader,
                                   sheet.hidden_rows), table.records, progress)


def _with_records(head: TableHead[D], records: Sequence[Record], progress: Progress) -> PlannedSheet[D]:
    planned = PlannedSheet(head)
    for record, (said, problems) in zip(records, _read_rows(head, records, progress), strict=True):
        planned.rows.append(PlannedRow(head, record, said, _placed(problems, head, record),
                                       "create" if said is not None else "reject"))
    return planned


def _read_returned(book: Workbook, tables: Sequence[ReturnedTable], reader: RowReader[D], corrections: Corrections,
                   progress: Progress) -> PlannedFile[D]:
    """Read a corrected error workbook: columns as understood then, rows as rows of the first file."""
    planned = []
    for table in tables:
        columns = [replace(column, field=corrections[key], confidence=1.0)
                   if (key := (book.name, table.sheet, column.index)) in corrections else column
                   for column in table.columns]
        sheet = _with_records(TableHead(table.sheet, table.header_rows, columns, [], table.file, reader,
                                        table.hidden, table.returned), table.records, progress)
        for row in sheet.rows if table.returned else ():
            row.edited = table.returned.edited.get((row.row, row.slot), row.edited) if table.returned else row.edited
        planned.append(sheet)
    if not any(sheet.rows for sheet in planned):
        raise UserProblem("import.nothing", file=book.name)
    return PlannedFile(book.path, book.name, book.sha256, list(book.notices), planned)


def _read_rows(sheet: TableHead[D], records: Sequence[Record],
               progress: Progress) -> Iterator[tuple[Any, list[Problem]]]:
    """What each record says, in order."""
    tasks = ((sheet.reader, records[start:start + PART], sheet.columns, sheet.hidden)
             for start in range(0, len(records), PART))
    done = 0
    for part in spread(_read_part, tasks, alone=len(records) < LONG):
        progress.step(done, len(records), _("Reading rows"))
        yield from part
        done += len(part)


def _read_part(reader: RowReader[Any], records: Sequence[Record], columns: Sequence[ColumnChoice],
               hidden: frozenset[int]) -> list[tuple[Any, list[Problem]]]:
    return [reader.read(record, columns, hidden) for record in records]


def read_again(row: PlannedRow[D], index: int, value: str) -> None:
    """Read a row again after one of its cells was corrected by hand; ``index`` is the column's."""
    cells = dict(row.record.cells)
    cells[index] = value
    row.record = replace(row.record, cells=cells, filled=row.record.filled - {index})
    row.edited |= {index}
    sheet = row.sheet_of
    row.said, problems = sheet.reader.read(row.record, sheet.columns, sheet.hidden)
    row.problems = _placed(problems, sheet, row.record)
    row.decision, row.match = "create" if row.said is not None else "reject", None


def _placed(problems: Sequence[Problem], sheet: TableHead[D], record: Record) -> Sequence[Problem]:
    return [replace(p, file=sheet.file, sheet=sheet.name, row=p.row or record.row)
            for p in problems] if problems else ()
