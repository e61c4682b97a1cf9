"""What a written sheet consists of; its look is in ``sheet_style.py``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from expertpool.spreadsheets.workbook import Value

LISTS = "_lists"  # name of the hidden sheet of drop-down lists too long for a cell's own rule
Tone: TypeAlias = Literal["", "warning", "error", "good", "quiet"]
Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with a background tone and a comment, for reports; a plain value needs no Cell.

    ``choices`` is a drop-down list of this cell alone; other values stay possible.
    """

    value: Value
    tone: Tone = ""
    comment: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A line across the whole table between its rows, as in forms above each part."""

    text: str
    strong: bool = False
    tone: Tone = ""


Row: TypeAlias = Sequence[Value | Cell] | Band


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How a column's cells look. ``number_format`` is a spreadsheet format code ('' for the usual one)."""

    align: Align = "left"
    number_format: str = ""
    wrap: bool = True


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet to write: title and subtitle above, header, rows, notes below.

    Columns are counted from 1. ``widths`` are in characters; missing ones (and 0) are measured. ``text_columns`` hold
    ids and phone numbers and never become numbers. ``choices`` is a column's drop-down list, ``prompts`` a hint shown
    beside a chosen cell, ``header_comments`` a hint at the heading. Headings that are all empty are left out.
    ``lead`` are lines between the titles and the header. ``page_footer`` may use ``&P`` and ``&N`` for page and
    pages. A ``hidden`` sheet holds data for programs, and users are not offered to unhide it.
    """

    name: str
    headers: Sequence[str]
    rows: Iterable[Row]
    title: str = ""
    subtitle: str = ""
    widths: Sequence[float] = ()
    text_columns: frozenset[int] = frozenset()
    column_styles: Mapping[int, ColumnStyle] = field(default_factory=dict)
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    prompts: Mapping[int, str] = field(default_factory=dict)
    header_comments: Mapping[int, str] = field(default_factory=dict)
    lead: Sequence[str] = ()
    notes: Sequence[str] = ()
    freeze: bool = True
    print_titles: bool = True
    landscape: bool = True
    filter: bool = False
    hidden: bool = False
    page_footer: str = ""
