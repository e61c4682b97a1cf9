"""The look of written sheets: fonts, fills, borders, widths and row heights, from ``spreadsheet_style.json``."""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from expertpool.foundation.json_values import JsonObject
from expertpool.spreadsheets.safe_cells import as_text
from expertpool.spreadsheets.sheet_layout import Band, Cell, ColumnStyle, Row, SheetLayout, Tone

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_MEASURED_ROWS = 300


@cache
def style() -> JsonObject:
    """The style sheet in force."""
    from expertpool.foundation.data_file import plain_of, read  # pydantic is imported only when needed
    from expertpool.spreadsheets.schemas import SpreadsheetStyle

    return plain_of(read(SpreadsheetStyle))


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def plain(self, **more: object) -> "Format":
        """A cell outside the table, such as the rows a user adds below."""
        return self._make(**more)

    # ``quoted`` marks a text that looks like a formula as text
    def title(self, *, quoted: bool) -> "Format":
        """The bold centred line above everything."""
        return self._make(bold=True, font_size=style()["title_size"], align="center", **_text(quoted))

    def subtitle(self, *, quoted: bool) -> "Format":
        """The line under the title."""
        return self._make(font_size=style()["subtitle_size"], align="right", text_wrap=True, **_text(quoted))

    def note(self, *, quoted: bool) -> "Format":
        """A line under the table."""
        return self._make(font_size=style()["subtitle_size"], align="left", text_wrap=True, valign="top",
                          **_text(quoted))

    def header(self, *, quoted: bool) -> "Format":
        """A heading."""
        fill = style()["header_fill"]
        return self._make(bold=True, align="center", text_wrap=True, border=1, bg_color=fill, **_text(quoted))

    def band(self, tone: Tone, *, strong: bool, quoted: bool) -> "Format":
        """A line across the table between its rows."""
        more: JsonObject = {"bg_color": style()["tones"][tone]} if tone else {}
        return self._make(bold=strong, align="left", text_wrap=True, border=1, **more, **_text(quoted))

    def cell(self, column: ColumnStyle, number_format: str, tone: Tone, quoted: bool) -> "Format":
        """A cell of the table."""
        more: JsonObject = {"bg_color": style()["tones"][tone]} if tone else {}
        if number_format:
            more["num_format"] = number_format
        return self._make(align=column.align, text_wrap=column.wrap, border=1, **more, **_text(quoted))

    def _make(self, **properties: object) -> "Format":
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": style()["font"], "font_size": style()["size"], "valign": "vcenter"}
            if "border" in properties:
                base["border_color"] = style()["line"]
            self._made[key] = self._workbook.add_format(base | properties)
        return self._made[key]


def _text(quoted: bool) -> JsonObject:
    """What keeps a text that looks like a formula a text, also when somebody edits its cell."""
    return {"quote_prefix": True} if quoted else {}


def text_width(text: str) -> float:
    """The widest line in characters; Han and other wide characters count two."""
    return max((_line_width(line) for line in text.split("\n")), default=0.0)


def column_widths(layout: SheetLayout, sample: Iterable[Row]) -> list[float]:
    """Widths in characters: those given, else measured on headings and the first rows."""
    widths = [max(text_width(header) + 2, style()["narrowest"]) for header in layout.headers]
    for count, row in enumerate(sample):
        if count == _MEASURED_ROWS:
            break
        if isinstance(row, Band):
            continue
        for index, cell in enumerate(row[:len(widths)]):
            value = cell.value if isinstance(cell, Cell) else cell
            widths[index] = max(widths[index], text_width(as_text(value)[:200]) + 2)
    widths = [min(width, style()["widest"]) for width in widths]
    return [given or width for given, width in zip_longest(layout.widths[:len(widths)], widths)]


def row_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Points that a row needs when its cells wrap at their columns' widths."""
    lines = 1
    for text, width in zip(texts, widths, strict=False):
        if len(text) * 2 > width or "\n" in text:
            lines = max(lines, text.count("\n") + 1)
            if width < math.inf:
                room = max(width - 1, 1.0)
                wrapped = [max(1, math.ceil(_line_width(line) / room)) for line in text.split("\n")]
                lines = max(lines, sum(wrapped))
    height: float = lines * style()["line_height"] + style()["row_padding"]
    return min(height, float(style()["tallest_row"]))


def _line_width(line: str) -> float:
    if line.isascii():
        return len(line)
    return sum(2.0 if unicodedata.east_asian_width(character) in "WF" else 1.0 for character in line)
