"""The careful reader of .xlsx: one cell after the other, in bounded memory, forgiving about everything
that is decoration. Slower than the fast reader; used where that one fails or would need too much memory.
"""

import re
import xml.parsers.expat
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

from expertpool.spreadsheets.ooxml_details import SheetDetails, column_number
from expertpool.spreadsheets.ooxml_parts import WorkbookParts, local
from expertpool.spreadsheets.workbook import MergedRange, Value

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # ISO/IEC 29500 18.8.30
_NOT_DATE_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P', re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BLOCK = 1 << 20


class TooManyCells(Exception):
    """The sheet holds more filled cells or rows than the limits allow."""


def shared_strings(package: zipfile.ZipFile, part: str) -> list[str]:
    """The workbook's table of texts; phonetic hints left out."""
    texts: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "hint": 0}

    def start(name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "si":
            pieces.clear()
        state["hint"] += name == "rPh"
        state["text"] = name == "t" and not state["hint"]

    def end(name: str) -> None:
        name = local(name)
        state["text"] = False
        state["hint"] -= name == "rPh"
        if name == "si":
            texts.append(unescaped("".join(pieces)))

    def data(text: str) -> None:
        if state["text"]:
            pieces.append(text)

    if part:
        _parse(package, part, start, end, data)
    return texts


def date_styles(package: zipfile.ZipFile, part: str) -> frozenset[int]:
    """Indexes of the cell styles that show a number as a date or time."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside = {"cells": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "numFmt" and attributes.get("numFmtId", "").isdigit():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside["cells"] = True
        elif name == "xf" and inside["cells"]:
            number = attributes.get("numFmtId", "0")
            formats.append(int(number) if number.isdigit() else 0)

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            inside["cells"] = False

    if part:
        _parse(package, part, start, end, lambda text: None)
    return frozenset(index for index, number in enumerate(formats)
                     if (_shows_date(codes[number]) if number in codes else number in _DATE_FORMATS))


def read_cells(package: zipfile.ZipFile, part: str, book: WorkbookParts, strings: list[str],
               dates: frozenset[int], most: tuple[int, int]) -> tuple[list[list[Value]], SheetDetails]:
    """Rows and details of the sheet in ``part``. ``most`` = filled rows, filled cells allowed."""
    reader = _Cells(strings, dates, book.from_1904, most)
    _parse(package, part, reader.start, reader.end, reader.data)
    return reader.sheet_rows(), reader.details


def unescaped(text: str) -> str:
    """``_x000D_`` and its like as the characters they stand for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _parse(package: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None],
           end: Callable[[str], None], data: Callable[[str], None]) -> None:
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    with package.open(part) as file:
        while block := file.read(_BLOCK):
            parser.Parse(block, False)
        parser.Parse(b"", True)


def _shows_date(code: str) -> bool:
    if re.search(r"\[(h+|m+|s+)\]", code, re.IGNORECASE):
        return True
    return bool(re.search("[ymdhs]", _NOT_DATE_LETTERS.sub("", code.split(";")[0]), re.IGNORECASE))


class _Cells:
    """Collects the cells of one sheet at the positions they state, in any order."""

    def __init__(self, strings: list[str], dates: frozenset[int], from_1904: bool,
                 most: tuple[int, int]) -> None:
        self.strings, self.dates, self.from_1904 = strings, dates, from_1904
        self.most_rows, self.most_cells = most
        self.rows: dict[int, dict[int, Value]] = {}
        self.details = SheetDetails()
        self.cells = 0
        self.row = self.column = 0
        self.type = ""
        self.style = 0
        self.formula = self.valued = False
        self.pieces: list[str] | None = None
        self.text = ""
        self.hint = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "t"):
            self.valued = True
            self.pieces = None if self.hint else []
        elif name == "f":
            self.formula = True
        elif name == "row":
            self._open_row(attributes)
        elif name == "rPh":
            self.hint += 1
        elif name == "col":
            self._column(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def data(self, text: str) -> None:
        if self.pieces is not None:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        name = local(name)
        if name in ("v", "t") and self.pieces is not None:
            self.text += "".join(self.pieces)
            self.pieces = None
        elif name == "rPh":
            self.hint -= 1
        elif name == "c":
            self._close_cell()

    def sheet_rows(self) -> list[list[Value]]:
        empty: list[Value] = []
        rows: list[list[Value]] = [empty] * max(self.rows, default=0)
        for number, cells in self.rows.items():
            row: list[Value] = [None] * max(cells)
            for column, value in cells.items():
                row[column - 1] = value
            rows[number - 1] = row
        return rows

    def _open_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "")
        self.row = int(stated) if stated.isdigit() and int(stated) <= 1_048_576 else self.row + 1
        self.column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.details.hidden_rows.add(self.row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column += 1
        if place and 0 < int(place[2]) <= 1_048_576 and column_number(place[1]) <= 16_384:
            self.row, self.column = int(place[2]), column_number(place[1])
        self.type, self.text = attributes.get("t", "n"), ""
        style = attributes.get("s", "0")
        self.style = int(style) if style.isdigit() else 0
        self.formula = self.valued = False

    def _close_cell(self) -> None:
        value = self._value()
        place = (self.row, self.column)
        if self.type == "e":
            self.details.errors.append((*place, self.text))
            self.details.error_count += 1
        elif self.formula and not self.text and not (self.valued and self.type == "str"):
            self.details.uncomputed.append(place)
            self.details.uncomputed_count += 1
        if value is None or value == "":
            return
        self.cells += 1
        self.rows.setdefault(self.row, {})[self.column] = value
        if self.cells > self.most_cells or len(self.rows) > self.most_rows:
            raise TooManyCells

    def _value(self) -> Value:
        text = self.text
        if self.type in ("str", "inlineStr", "d"):
            return unescaped(text)
        if self.type == "e" or not text.strip():
            return None
        if self.type == "b":
            return text.strip() in ("1", "true")
        try:
            if self.type == "s":
                return self.strings[int(text)]
            number = float(text)
        except (ValueError, IndexError):
            return text
        if self.style in self.dates:
            return date_of_serial(number, self.from_1904)
        return plain_number(number)

    def _column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                self.details.hidden_columns.update(range(int(first), min(int(last), 16_384) + 1))

    def _merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        ends = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if ends[0] and ends[1] and len(self.details.merged) < 50_000:
            self.details.merged.append(MergedRange(int(ends[0][2]), column_number(ends[0][1]),
                                                   int(ends[1][2]), column_number(ends[1][1])))


def plain_number(number: float) -> Value:
    """Whole numbers as int while a float holds them exactly, not-a-number as nothing."""
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def date_of_serial(serial: float, from_1904: bool) -> Value:
    """A spreadsheet day number as date, datetime or time; the number itself where it is no real day."""
    if not (0 <= serial < 2_958_466) or (not from_1904 and 60 <= serial < 61):  # 1900-02-29 never was
        return plain_number(serial)
    if serial < 1:
        moment = datetime(1900, 1, 1) + timedelta(seconds=round(serial * 86_400))
        return moment.time() if moment.day == 1 else plain_number(serial)
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if serial >= 61 else 31)
    moment = epoch + timedelta(days=int(serial), seconds=round(serial % 1 * 86_400))
    return moment.date() if serial == int(serial) else moment
