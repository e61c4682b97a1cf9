"""Tables in markup that is named .xls: web pages, web archives (MHTML), SpreadsheetML 2003."""

import email
import email.policy
import io
import re
from dataclasses import replace
from datetime import datetime

from expertpool.foundation.text import is_number
from expertpool.spreadsheets.html_tables import page_text, read_page
from expertpool.spreadsheets.ooxml_cells import plain_number
from expertpool.spreadsheets.ooxml_parts import local
from expertpool.spreadsheets.safe_xml import parse_xml
from expertpool.spreadsheets.workbook import Kind, MergedRange, Sheet, Value

_GB_LABEL = re.compile(rb"""\s*<\?xml[^>]*?encoding=["'](gb[\w-]+)["']""", re.IGNORECASE)
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read_sheets(data: bytes, kind: Kind) -> list[Sheet]:
    """The sheets in the file; empty rows throughout where it has no table."""
    if kind is Kind.XML_2003:
        return _Spreadsheet2003().read(data)
    if kind is Kind.MHTML:
        return _archive_sheets(data)
    return [read_page(page_text(data))]


def _archive_sheets(data: bytes) -> list[Sheet]:
    """One sheet for each page with a table, named by its place in the archive when there are several."""
    found = []
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            stated = part.get_content_charset() or ""
            page = read_page(page_text(payload if isinstance(payload, bytes) else b"", stated))
            if page.rows:
                location = str(part.get("Content-Location", ""))
                found.append((location.replace("\\", "/").rpartition("/")[2].partition(".")[0], page))
    named = len(found) > 1
    return [replace(page, name=name if named else "") for name, page in found]


class _Spreadsheet2003:
    """Reads ``Worksheet/Table/Row/Cell/Data`` with the positions that ``ss:Index`` states."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.name = ""
        self.visible = True
        self.rows: list[list[Value]] = []
        self.merged: list[MergedRange] = []
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row = self.column = self.table_column = self.across = self.down = self.comment = 0
        self.type = ""
        self.text: list[str] | None = None
        self.listening = False
        self.errors: dict[tuple[int, int], str] = {}

    def read(self, data: bytes) -> list[Sheet]:
        parse_xml(io.BytesIO(_in_utf8(data)), self._start, self._end, self._data)
        return self.sheets

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        stated = {local(key): value for key, value in attributes.items()}
        if name == "Worksheet":
            self.name, self.visible, self.rows, self.merged = stated.get("Name", ""), True, [], []
            self.hidden, self.hidden_columns, self.row, self.table_column = set(), set(), 0, 0
            self.errors, self.down = {}, 0
        elif name == "Comment":
            self.comment += 1
        elif name == "Column":
            self.table_column = _number(stated.get("Index"), self.table_column + 1, _LAST_COLUMN)
            last = min(self.table_column + _number(stated.get("Span"), 0, _LAST_COLUMN), _LAST_COLUMN)
            if stated.get("Hidden") == "1":
                self.hidden_columns.update(range(self.table_column, last + 1))
            self.table_column = last
        elif name == "Row":
            self.row = _number(stated.get("Index"), self.row + 1 + self.down, _LAST_ROW)
            self.down = min(_number(stated.get("Span"), 0, _LAST_ROW), _LAST_ROW - self.row)
            self.column = self.across = 0
            if stated.get("Hidden") == "1":
                self.hidden.update(range(self.row, self.row + self.down + 1))
        elif name == "Visible":
            self.listening = True
        elif name == "Cell":
            self._cell(stated)
        elif name == "Data" and not self.comment:
            self.type, self.text = stated.get("Type", "String"), []

    def _cell(self, stated: dict[str, str]) -> None:
        self.column = _number(stated.get("Index"), self.column + 1 + self.across, _LAST_COLUMN)
        self.across = _number(stated.get("MergeAcross"), 0, _LAST_COLUMN)
        down = _number(stated.get("MergeDown"), 0, _LAST_ROW)
        if self.across or down:
            self.merged.append(MergedRange(self.row, self.column, self.row + down, self.column + self.across))

    def _data(self, text: str) -> None:
        if self.listening and text.strip() in ("SheetHidden", "SheetVeryHidden"):
            self.visible = False
        if self.text is not None:
            self.text.append(text)

    def _end(self, name: str) -> None:
        name = local(name)
        self.listening = False
        if name == "Comment":
            self.comment -= 1
        elif name == "Data" and self.text is not None:
            text = "".join(self.text)
            if self.type == "Error":
                self.errors[self.row, self.column] = text or "#VALUE!"
            self._place(_typed(text, self.type))
            self.text = None
        elif name == "Worksheet":
            self.sheets.append(Sheet(self.name, self.visible, self.rows, tuple(self.merged),
                                     frozenset(self.hidden), frozenset(self.hidden_columns), self.errors))

    def _place(self, value: Value) -> None:
        if value is None:
            return
        while len(self.rows) < self.row:
            self.rows.append([])
        row = self.rows[self.row - 1]
        row.extend([None] * (self.column - len(row)))
        row[self.column - 1] = value


def _in_utf8(data: bytes) -> bytes:
    """The XML with its Chinese encoding, which the parser does not know, turned into UTF-8."""
    label = _GB_LABEL.match(data)
    return data[:label.start(1)] + b"utf-8" + data[label.end(1):].decode("gb18030").encode() if label else data


def _number(text: str | None, otherwise: int, most: int) -> int:
    return min(int(text), most) if text and is_number(text) else otherwise


def _typed(text: str, kind: str) -> Value:
    try:
        if kind == "Number":
            return plain_number(float(text))
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.partition(".")[0])
            if moment.year == 1899:
                return moment.time()
            return moment.date() if moment.time() == datetime.min.time() else moment
    except ValueError:
        return text or None
    if kind == "Boolean":
        return text == "1"
    return (text or None) if kind != "Error" else None
