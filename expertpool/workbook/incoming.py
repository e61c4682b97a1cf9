"""Reads a pool workbook as rows with values and problems (读入), without knowing the pool."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import Problem, Severity, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.workbook import Sheet, Value
from expertpool.workbook.cells import CellProblem, cell_text, is_masked, read_cell
from expertpool.workbook.sheets import Column, SheetKind, plain, sheet_named

FORM = 1  # version of the workbook's format that this program writes
EXPLANATION = "说明"
_FORM = re.compile(r"格式版本\s*(\d+)")
_HEAD_ROWS = 10


@dataclass
class IncomingRow:
    """One row: ``values`` by column key (only filled cells), ``masked`` the masked numbers as shown."""

    sheet: SheetKind
    number: int
    values: JsonObject = field(default_factory=dict)
    masked: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)  # key → column of the sheet
    problems: list[Problem] = field(default_factory=list)
    summed: bool = False  # made from the summary columns of the sheet of experts

    def report(self, code: str, key: str = "", severity: Severity = Severity.ERROR, **parameters: object) -> None:
        """Add a problem at the cell of a column."""
        value = parameters.pop("value", self.values.get(key, ""))
        head = next((column.head for column in self.sheet.columns if column.key == key), "")
        self.problems.append(Problem(code, severity, field=head, value=str(value)[:60], sheet=self.sheet.name,
                                     row=self.number, column=self.places.get(key, 0), parameters=parameters))

    @property
    def rejected(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass
class IncomingWorkbook:
    """All rows by sheet key, and problems that belong to no row."""

    rows: dict[str, list[IncomingRow]]
    problems: list[Problem]
    columns: dict[str, frozenset[str]]  # sheet key → keys of the columns present


def read_pool_workbook(path: Path, progress: Progress = SILENT) -> IncomingWorkbook:
    """Read every sheet that belongs to the workbook.

    Raises ``exchange.not_workbook`` if there is none, ``exchange.newer`` for a later format.
    """
    book = read_workbook(path, progress=progress)
    found = IncomingWorkbook({}, list(book.notices), {})
    for sheet in book.sheets:
        kind = sheet_named(sheet.name)
        if kind is not None:
            _read_sheet(kind, sheet, found)
        elif EXPLANATION in sheet.name:
            _demand_form(sheet, book.name)
        elif sheet.visible:
            found.problems.append(Problem("exchange.sheet_unknown", Severity.WARNING, sheet=sheet.name))
    if not found.columns:
        raise UserProblem("exchange.not_workbook", name=book.name)
    return found


def _demand_form(sheet: Sheet, name: str) -> None:
    for row in sheet.rows[:3]:
        for value in row:
            form = _FORM.search(value) if isinstance(value, str) else None
            if form and int(form[1]) > FORM:
                raise UserProblem("exchange.newer", name=name, found=form[1])


def _read_sheet(kind: SheetKind, sheet: Sheet, found: IncomingWorkbook) -> None:
    heads = {plain(text): column for column in kind.columns for text in column.formerly}
    heads |= {plain(text): column for column in kind.columns for text in (column.key, column.en, column.head)}
    at, columns = _header(sheet, heads)
    missing = [column.head for column in kind.columns if column.required and column not in columns.values()]
    if "person" in kind.owners and not {"person_uid", "person_name"} & {column.key for column in columns.values()}:
        missing.append(kind.column("person_name").head)
    if missing:
        if any(sheet.rows):
            found.problems.append(Problem("exchange.columns_missing", sheet=sheet.name,
                                          parameters={"columns": "、".join(missing)}))
        return
    for place, value in enumerate(sheet.rows[at], 1):
        if place not in columns and str(value or "").strip():
            found.problems.append(Problem("exchange.column_unknown", Severity.WARNING, value=str(value),
                                          sheet=sheet.name, row=at + 1, column=place))
    found.columns[kind.key] = frozenset(column.key for column in columns.values())
    rows = [_read_row(kind, number, cells, columns)
            for number, cells in enumerate(sheet.rows[at + 1:], at + 2)
            if any(str(value).strip() for value in cells if value is not None)]
    found.rows[kind.key] = rows
    found.problems += _masked_notes(kind, sheet.name, rows)


def _header(sheet: Sheet, heads: dict[str, Column]) -> tuple[int, dict[int, Column]]:
    """Which of the first rows holds the most known headings, and the columns by position."""
    best: tuple[int, dict[int, Column]] = (0, {})
    for at, cells in enumerate(sheet.rows[:_HEAD_ROWS]):
        columns: dict[int, Column] = {}
        for place, value in enumerate(cells, 1):
            column = heads.get(plain(value)) if isinstance(value, str) else None
            if column is not None and column not in columns.values():
                columns[place] = column
        if len(columns) > len(best[1]):
            best = at, columns
    return best


def _read_row(kind: SheetKind, number: int, cells: list[Value], columns: dict[int, Column]) -> IncomingRow:
    row = IncomingRow(kind, number)
    for place, column in columns.items():
        value = cells[place - 1] if place <= len(cells) else None
        row.places[column.key] = place
        if column.kind == "info":
            continue
        try:
            if column.secret and is_masked(column, cell_text(value)):
                row.masked[column.key] = cell_text(value)
            elif (stored := read_cell(column, value)) is not None:
                row.values[column.key] = stored
        except CellProblem as problem:
            row.problems.append(problem.at(kind.name, number, place, column.head, value))
    for column in columns.values():
        if column.required and column.key not in row.values and column.key not in row.masked and not row.rejected:
            row.report("exchange.required", column.key)
    return row


def _masked_notes(kind: SheetKind, name: str, rows: list[IncomingRow]) -> list[Problem]:
    """One note for each column that holds hidden numbers."""
    counts = Counter(key for row in rows for key in row.masked)
    return [Problem("exchange.masked", Severity.NOTE, field=kind.column(key).head, sheet=name,
                    column=rows[0].places[key], parameters={"count": count}) for key, count in counts.items()]
