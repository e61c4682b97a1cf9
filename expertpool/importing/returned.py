"""Reads an error workbook that comes back corrected (退回的错误表): its rows continue the rows of the original file.

A hidden sheet says which columns held which fields and what each row said when it was read. A cell that nobody
changed keeps its first value, so only corrected cells are read anew.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.importing.columns import ColumnChoice
from expertpool.importing.plan import PlannedRow, PlannedSheet
from expertpool.spreadsheets.cell_text import cell_text
from expertpool.spreadsheets.found_tables import Record
from expertpool.spreadsheets.safe_cells import clean_text, cut_text
from expertpool.spreadsheets.workbook import Sheet, Value, Workbook

MAGIC, FORM = "expertpool error workbook", "1"
_CHUNK = 30_000  # longest text written into one cell
_HEADS_WITHIN = 40  # in how many rows the headings are searched
Key = tuple[int, int]  # row and slot in the first file


@dataclass(frozen=True, slots=True)
class Returned:
    """The correction in which a table came back.

    ``sha256`` is that of the first file; ``earlier`` is what each row said in every reading before; ``at`` is its row
    in the correction, ``letters`` field → column of the correction, below row ``below``.
    """

    file: str
    sheet: str
    sha256: str
    below: int = 0
    letters: Mapping[str, int] = field(default_factory=dict)
    earlier: Mapping[Key, tuple[Record, ...]] = field(default_factory=dict)
    at: Mapping[Key, int] = field(default_factory=dict)
    edited: Mapping[Key, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnedTable:
    """One table of a correction: of the first file if ``returned`` is given, else rows that the sender added."""

    file: str
    sheet: str
    header_rows: tuple[int, ...]
    columns: list[ColumnChoice]
    records: list[Record]
    hidden: frozenset[int] = frozenset()
    returned: Returned | None = None


# -- writing the hidden sheet

def first_line(kind: str, batch: str) -> list[str]:
    """The line by which the workbook is recognised."""
    return [MAGIC, FORM, kind, batch]


def table_line(number: int, name: str, headings: Sequence[str], sheet: PlannedSheet[Any], sha256: str) -> list[str]:
    """The line of one table: its file and sheet, its columns as understood."""
    return ["table", str(number), name, *_chunks({
        "file": sheet.file, "sha256": sha256, "sheet": sheet.name, "header_rows": sheet.header_rows,
        "headings": [clean_text(heading) for heading in headings], "hidden": sorted(sheet.hidden),
        "columns": [[c.index, c.header, c.field, c.confidence, c.evidence, c.months] for c in sheet.columns]})]


def row_line(number: int, row: PlannedRow[Any]) -> list[str]:
    """The line of one row: all it said, in this reading and earlier ones."""
    record = row.record
    said = [*(one for one in row.earlier if one.cells != record.cells), record]
    return ["row", str(number), *_chunks({
        "row": record.row, "slot": record.slot, "shift": record.shift, "group": record.group,
        "filled": sorted(record.filled), "places": list((record.places or {}).items()),
        "said": [[(index, _packed(value)) for index, value in one.cells.items()] for one in said]})]


def row_label(row: int, slot: int) -> str:
    """How a row of the first file is named: ``12``, or ``12 (2)`` for the second person of a row."""
    return f"{row} ({slot + 1})" if slot else str(row)


def _chunks(content: JsonObject) -> list[str]:
    text = json.dumps(content)  # written in ASCII, so that no character is lost in a cell
    return [text[start:start + _CHUNK] for start in range(0, len(text), _CHUNK)]


def _packed(value: Value) -> Any:
    """A value as JSON; days and times as their kind with ISO text."""
    if isinstance(value, date | time):
        return {type(value).__name__: value.isoformat()}
    return value


def _unpacked(value: Any) -> Value:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return {"date": date, "datetime": datetime, "time": time}[kind].fromisoformat(text)  # type: ignore[attr-defined,no-any-return]
    return value  # type: ignore[no-any-return]


# -- reading it back

def returned_tables(book: Workbook, kind: str) -> list[ReturnedTable] | None:
    """The tables of a correction; None if the workbook is none, or its hidden sheet was damaged.

    Raises ``import.returned_kind`` for an error workbook of another kind of import.
    """
    marks = next((sheet for sheet in book.sheets if MAGIC in (sheet.value(1, 1), sheet.value(2, 1))), None)
    if marks is None:
        return None
    lines = [[cell_text(value) for value in row] for row in marks.rows if row]
    if lines[0][1:2] != [FORM]:
        return None
    if lines[0][2:3] != [kind]:
        raise UserProblem("import.returned_kind", file=book.name)
    try:
        return list(_tables(book, lines))
    # the hidden sheet was edited by hand: read the file like any other workbook
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _tables(book: Workbook, lines: Sequence[Sequence[str]]) -> Iterator[ReturnedTable]:
    visible = [sheet for sheet in book.sheets if sheet.visible]
    names = {sheet.name: sheet for sheet in visible}
    for line in lines:
        if line[0] == "table":
            number = int(line[1])
            sheet = names.get(line[2]) or (visible[number - 1] if number <= len(visible) else None)
            if sheet is not None and sheet.rows:
                rows = [json.loads("".join(other[2:])) for other in lines if other[:2] == ["row", line[1]]]
                yield from _table(book.name, sheet, json.loads("".join(line[3:])), rows)


def _table(name: str, sheet: Sheet, table: JsonObject, rows: Sequence[JsonObject]) -> Iterator[ReturnedTable]:
    columns = [ColumnChoice(*entry) for entry in table["columns"]]
    below, number_at, places = _find_columns(sheet, table["headings"], columns)
    first = {row_label(row["row"], row["slot"]): row for row in rows}
    records: list[Record] = []
    added: list[Record] = []
    earlier: dict[Key, tuple[Record, ...]] = {}
    at: dict[Key, int] = {}
    edited: dict[Key, frozenset[int]] = {}
    for row in range(below + 1, len(sheet.rows) + 1):
        said: dict[int, Value] = {index: value for index, place in places.items()
                                  if (value := sheet.value(row, place)) is not None}
        if not any(cell_text(value) for value in said.values()):
            continue
        known = first.pop(cell_text(sheet.value(row, number_at)), None) if number_at else None
        if known is None:
            added.append(Record(row, said))
            continue
        before = [_record(known, cells) for cells in known["said"]]
        record = _corrected(before[-1], said, places)
        key = record.row, record.slot
        records.append(record)
        earlier[key], at[key] = tuple(before), row
        edited[key] = frozenset(index for index in places if record.cells.get(index) != before[-1].cells.get(index))
    letters = {column.field: places[column.index] for column in reversed(columns) if column.index in places
               and column.field not in ("", "ignore")}
    yield ReturnedTable(table["file"], table["sheet"], tuple(table["header_rows"]), columns, records,
                        frozenset(table["hidden"]),
                        Returned(name, sheet.name, table["sha256"], below, letters, earlier, at, edited))
    if added:
        own = [replace(column, index=places[column.index]) for column in columns if column.index in places]
        yield ReturnedTable(name, sheet.name, (below,), own, [
            replace(record, cells={places[index]: value for index, value in record.cells.items()})
            for record in added], sheet.hidden_rows)


def _find_columns(sheet: Sheet, headings: Sequence[str],
                  columns: Sequence[ColumnChoice]) -> tuple[int, int, dict[int, int]]:
    """The heading row, the column of row numbers (0: missing), and where each column of the first file is now."""
    wanted = [cell_text(heading) for heading in headings]

    def shown(row: int) -> list[str]:
        return [cell_text(value) for value in sheet.rows[row - 1]]

    within = range(1, min(len(sheet.rows), _HEADS_WITHIN) + 1)
    below = max(within, key=lambda row: (len(set(shown(row)) & {head for head in wanted if head}), -row), default=1)
    there = shown(below)
    free = dict(enumerate(there, 1))
    found: dict[int, int] = {}
    for place, head in enumerate(wanted, 1):  # first where it was, then wherever the same heading is
        if free.get(place, "") == head and place not in found:
            found[place] = place
            free.pop(place, None)
    for place, head in enumerate(wanted, 1):
        if place not in found and head and (moved := next((p for p, text in free.items() if text == head), 0)):
            found[place] = moved
            free.pop(moved)
    return below, found.get(1, 0), {column.index: found[place] for place, column in enumerate(columns, 2)
                                    if place in found}


def _record(row: JsonMapping, cells: Sequence[tuple[int, Any]]) -> Record:
    places = {int(index): (int(at[0]), int(at[1])) for index, at in row["places"]}
    return Record(row["row"], {int(index): _unpacked(value) for index, value in cells}, frozenset(row["filled"]),
                  row["group"], row["slot"], row["shift"], places or None)


def _corrected(before: Record, said: Mapping[int, Value], places: Mapping[int, int]) -> Record:
    """The row as it is now: newly typed values replace earlier ones, everything else stays as it was read."""
    cells = dict(before.cells)
    for index in places:
        value = said.get(index)
        if cell_text(value) != _as_written(before.cells.get(index)):
            cells[index] = value
            if not cell_text(value):
                del cells[index]
    changed = {index for index in places if cells.get(index) != before.cells.get(index)}
    return replace(before, cells=cells, filled=before.filled - changed)


def _as_written(value: Value) -> str:
    """The text that a cell of the error workbook shows for a value."""
    return cell_text(cut_text(clean_text(value))[0]) if isinstance(value, str) else cell_text(value)
