"""OpenDocument spreadsheets (.ods), read element by element; repeated cells and rows are expanded within limits.

Elements and attributes follow OASIS OpenDocument 1.3 part 3, chapters 9 (tables) and 19 (values).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from expertpool.foundation.problems import UserProblem
from expertpool.spreadsheets.limits import Limits
from expertpool.spreadsheets.ooxml_cells import duration, plain_number
from expertpool.spreadsheets.ooxml_details import SheetDetails
from expertpool.spreadsheets.ooxml_parts import local
from expertpool.spreadsheets.ooxml_sheet import iso_moment
from expertpool.spreadsheets.safe_xml import walk_xml
from expertpool.spreadsheets.workbook import MergedRange, Value

_MOST_MERGED = 50_000
_MOST_LISTED = 100_000
_HIDDEN = ("collapse", "filter")
_SILENT = {"annotation", "shapes", "frame", "custom-shape", "ruby-text", "tracked-changes", "note", "forms"}
_ELAPSED = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d*)?S)?")
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d+")
_BLANKS = re.compile(r"[ \t\r\n]+")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass(slots=True)
class OdsSheet:
    """One sheet; ``rows`` ends with the last filled row."""

    name: str
    visible: bool
    rows: list[list[Value]] = field(default_factory=list)
    details: SheetDetails = field(default_factory=SheetDetails)


class OdsReader:
    """Reads ``content.xml``; afterwards ``sheets`` holds what was found."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.limits = path, limits
        self.sheets: list[OdsSheet] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.cells = self.filled = self.silent = self.depth = 0
        self.next_row = self.next_column = self.repeated_rows = 1
        self.row: list[Value] = []
        self.cell: dict[str, str] | None = None
        self.lines: list[str] = []
        self.names: dict[str, str] = {}

    def read(self) -> Iterator[int]:
        """Read the file; yields the number of filled rows found so far from time to time."""
        with zipfile.ZipFile(self.path) as package, package.open("content.xml") as file:
            for _block in walk_xml(file, self._start, self._end, self._data):
                yield self.filled

    def _local(self, name: str) -> str:
        found = self.names.get(name)
        if found is None:
            found = self.names[name] = local(name)
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = self._local(name)
        if self.silent or name in _SILENT:
            self.silent += 1
        elif name in ("table-cell", "covered-table-cell") and self.depth == 1:
            self.cell = {self._local(key): value for key, value in attributes.items()}
            self.lines = []
        elif self.cell is not None:
            self._text(name, attributes)
        elif name in ("table", "table-row", "table-column", "style", "table-properties"):
            self._structure(name, {self._local(key): value for key, value in attributes.items()})

    def _text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self.lines.append("")
        elif not self.lines:
            return
        elif name == "s":
            self.lines[-1] += " " * _number(next((value for key, value in attributes.items()
                                                  if self._local(key) == "c"), "1"))
        elif name == "tab":
            self.lines[-1] += "\t"
        elif name == "line-break":
            self.lines[-1] += "\n"

    def _structure(self, name: str, stated: dict[str, str]) -> None:
        if name == "style":
            self.style = stated.get("name", "")
        elif name == "table-properties":
            if stated.get("display") == "false":
                self.hidden_styles.add(self.style)
        elif name == "table":
            self.depth += 1
            if self.depth == 1:
                shown = stated.get("style-name", "") not in self.hidden_styles
                self.sheets.append(OdsSheet(stated.get("name", ""), shown))
                self.next_row = self.next_column = 1
        elif self.depth != 1:
            return
        elif name == "table-column":
            count = _number(stated.get("number-columns-repeated", "1"))
            if stated.get("visibility") in _HIDDEN:
                last = min(self.next_column + count, _LAST_COLUMN + 1)
                self.sheets[-1].details.hidden_columns.update(range(self.next_column, last))
            self.next_column += count
        else:
            self.row, self.repeated_rows = [], _number(stated.get("number-rows-repeated", "1"))
            if stated.get("visibility") in _HIDDEN and self.repeated_rows < _MOST_LISTED:
                self.sheets[-1].details.hidden_rows.update(range(self.next_row, self.next_row + self.repeated_rows))

    def _data(self, text: str) -> None:
        if self.cell is not None and self.lines and not self.silent:
            text = _BLANKS.sub(" ", text)
            before = self.lines[-1]
            self.lines[-1] = before + (text.lstrip(" ") if not before or before[-1] in " \n" else text)

    def _end(self, name: str) -> None:
        name = self._local(name)
        if self.silent:
            self.silent -= 1
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self._close_cell(self.cell)
            self.cell = None
        elif name == "table-row" and self.depth == 1 and self.cell is None:
            self._close_row()
        elif name == "table" and self.cell is None:
            self.depth -= 1

    def _close_cell(self, stated: dict[str, str]) -> None:
        count = _number(stated.get("number-columns-repeated", "1"))
        value = self._value(stated)
        column = len(self.row) + 1
        rows = _number(stated.get("number-rows-spanned", "1"))
        columns = _number(stated.get("number-columns-spanned", "1"))
        if (rows > 1 or columns > 1) and len(self.sheets[-1].details.merged) < _MOST_MERGED:
            self.sheets[-1].details.merged.append(
                MergedRange(self.next_row, column, self.next_row + rows - 1, column + columns - 1))
        self.row += [value] * min(count, _LAST_COLUMN + 1 - len(self.row))

    def _value(self, stated: dict[str, str]) -> Value:
        kind = stated.get("value-type", "")
        text = "\n".join(self.lines)
        if kind == "error" or ("formula" in stated and _ERROR.fullmatch(text)):
            self._error(text)
            return None
        if "formula" in stated and not kind and not text:
            self._uncomputed()
            return None
        try:
            return _typed(kind, stated, text)
        except ValueError:
            return text or None

    def _error(self, text: str) -> None:
        details = self.sheets[-1].details
        details.error_count += 1
        if len(details.errors) < _MOST_LISTED:
            details.errors.append((self.next_row, len(self.row) + 1, text or "#VALUE!"))

    def _uncomputed(self) -> None:
        details = self.sheets[-1].details
        details.uncomputed_count += 1
        if len(details.uncomputed) < _MOST_LISTED:
            details.uncomputed.append((self.next_row, len(self.row) + 1))

    def _close_row(self) -> None:
        row, rows, count = self.row, self.sheets[-1].rows, self.repeated_rows
        while row and row[-1] is None:
            row.pop()
        if row:
            count = min(count, _LAST_ROW + 1 - self.next_row)
            self.cells += len(row) * count
            self.filled += count
            if self.filled > self.limits.rows:
                raise UserProblem("spreadsheets.too_many_rows", name=self.path.name, limit=self.limits.rows)
            if self.cells > self.limits.cells:
                raise UserProblem("spreadsheets.too_many_cells", name=self.path.name, limit=self.limits.cells)
            rows.extend([[]] * (self.next_row - 1 - len(rows)))
            rows.extend([row] * count)
        self.next_row = min(self.next_row + self.repeated_rows, _LAST_ROW)


def _typed(kind: str, stated: dict[str, str], text: str) -> Value:
    if kind in ("float", "percentage", "currency"):
        return plain_number(float(stated.get("value", "")))
    if kind == "date":
        return iso_moment(stated.get("date-value", "")) or text or None
    if kind == "boolean":
        return stated.get("boolean-value") == "true"
    if kind == "time" and (match := _ELAPSED.fullmatch(stated.get("time-value", ""))):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
        whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
        if match[1] or whole >= 86_400:
            return duration(-whole if match[1] else whole)
        return time(whole // 3600, whole // 60 % 60, whole % 60)
    return text or stated.get("string-value") or None


def _number(text: str) -> int:
    return max(1, min(int(text), _LAST_ROW)) if text.isascii() and text.isdigit() and len(text) < 12 else 1
