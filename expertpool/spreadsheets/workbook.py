"""The result of reading a table file: a workbook of sheets, rows exactly where the file has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from expertpool.foundation.problems import Problem

Value: TypeAlias = str | int | float | bool | date | datetime | time | None


class Kind(StrEnum):
    """What a file is by its bytes, whatever its name says."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    XLS_OLD = "xls5"  # Excel 95 and earlier: text in a code page, not Unicode
    HTML = "html"
    MHTML = "mhtml"
    XML_2003 = "xml2003"
    DOCX = "docx"  # the tables of a text document
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Merged cells; 1-based, both ends included. Only the top left cell holds a value."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows[i][j]`` is sheet row i+1, column j+1; a row ends with its last filled cell.

    ``name`` is empty if the file has no sheets (text, web page). ``hidden_rows`` and ``hidden_columns`` are 1-based.
    ``errors`` holds what error cells show (``#N/A``) by (row, column); their value in ``rows`` is None.
    """

    name: str
    visible: bool = True
    rows: list[list[Value]] = field(default_factory=list)
    merged: tuple[MergedRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def value(self, row: int, column: int) -> Value:
        """The value at 1-based ``row`` and ``column``; None where there is nothing."""
        if not 0 < row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column - 1] if 0 < column <= len(cells) else None

    @property
    def width(self) -> int:
        """Number of columns up to the last filled one."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole file as read. ``notices`` are notes and warnings; unreadable files raise an exception instead."""

    path: Path
    name: str
    sha256: str
    kind: Kind
    sheets: tuple[Sheet, ...]
    notices: tuple[Problem, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name; KeyError if there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)
