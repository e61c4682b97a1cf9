"""One sheet of an .xlsx, cell by cell: positions as stated, in any order, in limited memory."""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from math import isfinite

from expertpool.spreadsheets.ooxml_cells import date_of_serial, duration, plain_number, unescaped
from expertpool.spreadsheets.ooxml_details import SheetDetails, column_number
from expertpool.spreadsheets.ooxml_parts import local
from expertpool.spreadsheets.safe_xml import walk_xml
from expertpool.spreadsheets.workbook import MergedRange, Value

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,9})\$?(\d{1,12})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_MERGED = 50_000
_MOST_LISTED = 100_000
_MOST_OUTSIDE = 1000
_TRUE = ("1", "true")


class TooManyCells(Exception):
    """The sheet holds more filled cells or rows than the limits allow."""


class OoxmlSheet:
    """Collects the cells of one sheet. ``most`` = filled rows, filled cells allowed."""

    def __init__(self, strings: list[str], dates: Mapping[int, bool], from_1904: bool, most: tuple[int, int]) -> None:
        self.strings, self.dates, self.from_1904 = strings, dates, from_1904
        self.most_rows, self.most_cells = most
        self.cells: dict[int, dict[int, Value]] = {}
        self.details = SheetDetails()
        self.filled = 0
        self.row = self.column = self.style = self.hint = self.fallback = 0
        self.type = self.text = ""
        self.formula = self.valued = False
        self.listening = False
        self.row_text = ""
        self.starts: dict[str, Callable[[dict[str, str]], None] | None] = {}
        self.ends: dict[str, Callable[[], None] | None] = {}

    def read(self, package: zipfile.ZipFile, part: str) -> Iterator[int]:
        """Read the part; yields the number of rows found so far from time to time."""
        with package.open(part) as file:
            for _block in walk_xml(file, self._start, self._end, self._data):
                yield len(self.cells)

    def rows(self) -> Iterator[list[Value]]:
        """The rows from sheet row 1 on."""
        empty: list[Value] = []
        for number in range(1, self.count + 1):
            cells = self.cells.get(number)
            if cells is None:
                yield empty
                continue
            row: list[Value] = [None] * max(cells)
            for column, value in cells.items():
                row[column - 1] = value
            yield row

    @property
    def count(self) -> int:
        """Number of rows up to the last filled one."""
        return max(self.cells, default=0)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.starts:
            handler = self.starts[name]
        else:
            known = {"c": self._open_cell, "v": self._open_text, "t": self._open_text, "f": self._open_formula,
                     "row": self._open_row, "rPh": self._open_hint, "col": self._hide_columns,
                     "mergeCell": self._merge, "Fallback": self._open_fallback}
            handler = self.starts[name] = known.get(local(name))
        if handler:
            handler(attributes)

    def _end(self, name: str) -> None:
        if name in self.ends:
            handler = self.ends[name]
        else:
            known = {"c": self._close_cell, "v": self._close_text, "t": self._close_text, "rPh": self._close_hint,
                     "Fallback": self._close_fallback}
            handler = self.ends[name] = known.get(local(name))
        if handler:
            handler()

    def _data(self, text: str) -> None:
        if self.listening:
            self.text += text

    def _open_text(self, _attributes: dict[str, str]) -> None:
        self.valued = True
        self.listening = not (self.hint or self.fallback)

    def _close_text(self) -> None:
        self.listening = False

    def _open_formula(self, _attributes: dict[str, str]) -> None:
        self.formula = True

    def _open_hint(self, _attributes: dict[str, str]) -> None:
        self.hint += 1

    def _close_hint(self) -> None:
        self.hint -= 1

    def _open_fallback(self, _attributes: dict[str, str]) -> None:
        self.fallback += 1

    def _close_fallback(self) -> None:
        self.fallback -= 1

    def _open_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "")
        if _whole(stated) and int(stated):
            self.row = int(stated)
        else:
            self.row = _LAST_ROW + 1 if len(stated) > 9 and stated.isdigit() else self.row + 1
        self.column, self.row_text = 0, str(self.row)
        if attributes.get("hidden") in _TRUE:
            self.details.hidden_rows.add(min(self.row, _LAST_ROW))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self.column = column = self.column + 1
        stated = attributes.get("r")
        as_expected = column <= _LAST_COLUMN and stated == _letters()[column] + self.row_text
        if stated and not as_expected and (place := _REFERENCE.fullmatch(stated)):
            self.row, self.column = int(place[2]) or self.row, column_number(place[1].upper())
            self.row_text = place[2]
        self.type, self.text = attributes.get("t", "n"), ""
        style = attributes.get("s")
        self.style = int(style) if style and _whole(style) else 0
        self.formula = self.valued = False

    def _close_cell(self) -> None:
        if self.type == "e":
            self._error()
            return
        if self.formula and not self.text and not (self.valued and self.type == "str"):
            self.details.uncomputed_count += 1
            if len(self.details.uncomputed) < _MOST_LISTED:
                self.details.uncomputed.append((self.row, self.column))
        value = self._value()
        if value is None or value == "":
            return
        if self.row > _LAST_ROW or self.column > _LAST_COLUMN:
            self.details.outside.append((f"{self.column}:{self.row}", str(value)[:100]))
            if len(self.details.outside) > _MOST_OUTSIDE:
                raise ValueError("the positions make no sense")
            return
        self.filled += 1
        row = self.cells.get(self.row)
        if row is None:
            row = self.cells[self.row] = {}
        row[self.column] = value
        if self.filled > self.most_cells or len(self.cells) > self.most_rows:
            raise TooManyCells

    def _error(self) -> None:
        self.details.error_count += 1
        if len(self.details.errors) < _MOST_LISTED:
            self.details.errors.append((self.row, self.column, self.text.strip() or "#VALUE!"))

    def _value(self) -> Value:
        text, kind = self.text, self.type
        if kind == "s":
            return self._shared(text)
        if kind in ("str", "inlineStr"):
            return unescaped(text)
        text = text.strip()
        if not text:
            return None
        if kind == "b":
            return text in _TRUE
        if kind == "d":
            return iso_moment(text)
        try:
            number = float(text)
        except ValueError:
            return text
        if self.style in self.dates and isfinite(number):
            if self.dates[self.style]:
                return duration(number * 86_400)
            return date_of_serial(number, self.from_1904)
        return plain_number(number)

    def _shared(self, text: str) -> Value:
        number = text.strip()
        if not number:
            return None
        if not _whole(number) or int(number) >= len(self.strings):
            raise ValueError("a text that the file does not hold")
        return self.strings[int(number)]

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in _TRUE and _whole(first) and _whole(last):
            self.details.hidden_columns.update(range(int(first), min(int(last), _LAST_COLUMN) + 1))

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _colon, last = attributes.get("ref", "").partition(":")
        ends = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if ends[0] and ends[1] and len(self.details.merged) < _MOST_MERGED:
            self.details.merged.append(MergedRange(int(ends[0][2]), column_number(ends[0][1].upper()),
                                                   int(ends[1][2]), column_number(ends[1][1].upper())))


@cache
def _letters() -> list[str]:
    """Column letters by number; nothing at 0."""
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    two = [first + second for first in signs for second in signs]
    return ["", *signs, *two, *(first + rest for first in signs for rest in two)][:_LAST_COLUMN + 1]


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def iso_moment(text: str) -> Value:
    """The value of a ``t="d"`` cell: a day, a moment or a time of day; otherwise the text."""
    from datetime import datetime, time

    try:
        if "T" not in text and ":" in text:
            return time.fromisoformat(text).replace(tzinfo=None)
        moment = datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return text
    return moment.date() if moment.time() == time() else moment
