"""The result of layout detection: tables with their columns, records, and the rows that are no records."""

from dataclasses import dataclass, field
from enum import StrEnum

from expertpool.spreadsheets.workbook import Value


class NoRecord(StrEnum):
    """Why a row is not a record."""

    ABOVE = "above"  # title, unit line, date above the header
    HEADER_AGAIN = "header again"
    TITLE_AGAIN = "title again"
    GROUP = "group"
    TOTAL = "total"
    NOTE = "note"
    SIGNATURE = "signature"
    PAGE = "page"
    SAMPLE = "sample"
    NUMBER_ONLY = "number only"
    CONTINUED = "continued"  # its cells were added to the record above
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column. ``index`` is the 1-based sheet column; ``parts`` are its header texts from top to bottom,
    ``header`` the one text that names it best ('' if the data have no header)."""

    index: int
    header: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``cells`` maps a :class:`TableColumn` index to a value; empty cells are left out.

    ``filled`` names the columns whose value was taken from above (merged cell or ditto mark). ``slot`` counts the
    records side by side in one row, ``shift`` is how many columns to the right of the table column's index the cell
    really is. ``group`` is the heading row above ('' if none). ``places`` holds the true (row, column) of cells
    outside the record's row, as in a form.
    """

    row: int
    cells: dict[int, Value]
    filled: frozenset[int] = frozenset()
    group: str = ""
    slot: int = 0
    shift: int = 0
    places: dict[int, tuple[int, int]] | None = None

    def __reduce__(self) -> tuple[type["Record"], tuple[object, ...]]:
        """Pickled for other processes by the thousand, so without the detour over single fields."""
        return Record, (self.row, self.cells, self.filled, self.group, self.slot, self.shift, self.places)

    def place(self, column: int) -> tuple[int, int]:
        """The 1-based sheet row and column of a table column's cell."""
        return (self.places or {}).get(column) or (self.row, column + self.shift)


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row that has content but is no record: its reason and its text."""

    row: int
    reason: NoRecord
    text: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet. Rows are 1-based sheet rows.

    ``header_rows`` is empty if the headings are beside their values: forms about one person, people in columns.
    """

    header_rows: tuple[int, ...]
    columns: tuple[TableColumn, ...]
    records: tuple[Record, ...]
    ignored: tuple[IgnoredRow, ...] = field(default=())
