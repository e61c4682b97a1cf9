"""The plan of an import before it is written (导入预览): files, sheets, columns, rows with what would become of
each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import Problem, Severity
from expertpool.importing.columns import ColumnChoice
from expertpool.spreadsheets.cell_text import shown
from expertpool.spreadsheets.found_tables import Record

if TYPE_CHECKING:
    from expertpool.importing.returned import Returned

D = TypeVar("D")
D_co = TypeVar("D_co", covariant=True)
DECISIONS = ("create", "update", "unchanged", "duplicate", "reject")
COUNTED = {"create": "created", "update": "updated", "unchanged": "unchanged", "duplicate": "duplicates",
           "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Match:
    """The known person (or earlier row of the same import) that a row is, or may be."""

    name: str
    keys: tuple[str, ...]
    sure: bool
    uid: str = ""
    employer: str = ""
    id: int | None = None
    place: tuple[str, str, int, int] | None = None  # file, sheet, row, slot of an earlier row of this import

    @property
    def by_row(self) -> bool:
        """Whether an import made the person from this very row, or updated it by the row."""
        return "row" in self.keys

    @property
    def row(self) -> int:
        """The earlier row's number; 0 if the match is a person in the pool."""
        return self.place[2] if self.place else 0


class RowReader(Protocol[D_co]):
    """Reads the rows of one kind of table. Instances are sent to parallel processes, so they hold no state."""

    @property
    def kind(self) -> str:
        """``experts`` or ``cases``."""
        ...

    def read(self, record: Record, columns: Sequence[ColumnChoice],
             hidden: frozenset[int]) -> tuple[Any, list[Problem]]:
        """What one row says in its smallest form (None if nobody), and every problem with its cell."""
        ...

    def draft(self, said: Any) -> D_co:
        """Makes a draft of that form."""
        ...


@dataclass(slots=True, eq=False)
class PlannedRow(Generic[D]):
    """One row: the record of the file, what was read from it, its problems and what becomes of it.

    A hundred thousand of them are in memory at once, so drafts, shown cells and places are made only when asked for.
    """

    sheet_of: "TableHead[D]"
    record: Record
    said: Any
    problems: Sequence[Problem]
    decision: str = "create"
    match: Match | None = None
    edited: frozenset[int] = frozenset()  # columns that were corrected by hand before the import

    @property
    def file(self) -> str:
        return self.sheet_of.file

    @property
    def sheet(self) -> str:
        return self.sheet_of.name

    @property
    def row(self) -> int:
        """1-based row of the sheet."""
        return self.record.row

    @property
    def slot(self) -> int:
        return self.record.slot

    @property
    def place(self) -> tuple[str, str, int, int]:
        """File, sheet, row and slot: what no other row of an import shares."""
        return self.file, self.sheet, self.record.row, self.record.slot

    @property
    def cells(self) -> dict[int, str]:
        """Column index → the cell as a person sees it."""
        return {index: shown(value) for index, value in self.record.cells.items()}

    @property
    def draft(self) -> D | None:
        """What the row would add or change; None for a row that names nobody."""
        return None if self.said is None else self.sheet_of.reader.draft(self.said)

    @property
    def fields(self) -> dict[str, str]:
        """Field → cell it was read from, such as ``D7``."""
        record, found = self.record, {}
        for column in self.sheet_of.columns:
            if column.field and column.index in record.cells:
                row, place = record.place(column.index)
                found[column.field] = cell_name(place, row)
        return found

    @property
    def earlier(self) -> tuple[Record, ...]:
        """What a row of a corrected error workbook said in earlier readings; empty for any other row."""
        returned = self.sheet_of.returned
        return returned.earlier.get((self.row, self.slot), ()) if returned else ()

    @property
    def has_error(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def cell_name(column: int, row: int) -> str:
    """A1 notation of a 1-based position."""
    return f"{column_letters(column)}{row}"


@cache
def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(eq=False)
class TableHead(Generic[D]):
    """One table of a sheet with its columns as understood; ``name`` is the sheet's."""

    name: str
    header_rows: tuple[int, ...]
    columns: list[ColumnChoice]
    ignored: list[Any]
    file: str
    reader: RowReader[D]
    hidden: frozenset[int] = frozenset()
    returned: "Returned | None" = None  # the correction in which these rows of ``file`` came back


@dataclass(eq=False)
class PlannedSheet(Generic[D]):
    """One table with its rows. Rows refer only to the table's head: so there are no reference cycles, and a large
    plan is freed as soon as nobody needs it."""

    head: TableHead[D]
    rows: list[PlannedRow[D]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def file(self) -> str:
        return self.head.file

    @property
    def header_rows(self) -> tuple[int, ...]:
        return self.head.header_rows

    @property
    def columns(self) -> list[ColumnChoice]:
        return self.head.columns

    @property
    def ignored(self) -> list[Any]:
        return self.head.ignored

    @property
    def hidden(self) -> frozenset[int]:
        return self.head.hidden

    @property
    def returned(self) -> "Returned | None":
        return self.head.returned


@dataclass
class PlannedFile(Generic[D]):
    path: Path
    name: str
    sha256: str
    notices: list[Problem]
    sheets: list[PlannedSheet[D]]
    hidden_sheets: tuple[str, ...] = ()  # hidden sheets with rows that were not asked for: left unread


@dataclass
class ImportPlan(Generic[D]):
    """What an import would do. The sum of ``counts()`` is always ``rows``."""

    kind: str
    files: list[PlannedFile[D]]

    def rows(self) -> Iterator[PlannedRow[D]]:
        return (row for file in self.files for sheet in file.sheets for row in sheet.rows)

    def counts(self) -> dict[str, int]:
        """rows = created + updated + unchanged + duplicates + rejected."""
        found = Counter(COUNTED[row.decision] for row in self.rows())
        return {"rows": sum(found.values()), **{name: found[name] for name in COUNTED.values()}}

    def problems(self) -> list[Problem]:
        """Every problem with its place, file by file."""
        found: list[Problem] = []
        for file in self.files:
            found += [replace(notice, file=file.name) for notice in file.notices]
            found += [problem for sheet in file.sheets for row in sheet.rows for problem in row.problems]
        return found

    def summary(self) -> list[JsonObject]:
        """Files, sheets, heading rows and columns, as reports list them."""
        return [{"file": file.name, "sheets": [{
            "sheet": sheet.name, "header_rows": list(sheet.header_rows),
            "columns": [{"header": c.header, "field": c.field, "confidence": round(c.confidence, 3)}
                        for c in sheet.columns], "rows": len(sheet.rows)} for sheet in file.sheets]}
            for file in self.files]
