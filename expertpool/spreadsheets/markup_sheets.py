"""Tables in markup that is named .xls: web pages, web archives (MHTML), SpreadsheetML 2003."""

import email
import email.policy
import xml.parsers.expat
from datetime import datetime

from expertpool.spreadsheets.html_tables import page_text, read_tables
from expertpool.spreadsheets.ooxml_cells import plain_number
from expertpool.spreadsheets.ooxml_parts import local
from expertpool.spreadsheets.workbook import Kind, MergedRange, Sheet, Value

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read_sheets(data: bytes, kind: Kind) -> list[Sheet]:
    """The sheets in the file; empty rows throughout where it has no table."""
    if kind is Kind.XML_2003:
        return _Spreadsheet2003().read(data)
    if kind is Kind.MHTML:
        return _archive_sheets(data)
    rows, merged = read_tables(page_text(data))
    return [Sheet("", rows=rows, merged=merged)]


def _archive_sheets(data: bytes) -> list[Sheet]:
    """One sheet for each page with a table, named by its place in the archive when there are several."""
    found = []
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            rows, merged = read_tables(page_text(payload if isinstance(payload, bytes) else b""))
            if rows:
                location = str(part.get("Content-Location", ""))
                found.append((location.replace("\\", "/").rpartition("/")[2].partition(".")[0], rows, merged))
    named = len(found) > 1
    return [Sheet(name if named else "", rows=rows, merged=merged) for name, rows, merged in found]


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
        self.row = self.column = self.table_column = self.across = 0
        self.type = ""
        self.text: list[str] | None = None

    def read(self, data: bytes) -> list[Sheet]:
        parser = xml.parsers.expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(data, True)
        return self.sheets

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        stated = {local(key): value for key, value in attributes.items()}
        if name == "Worksheet":
            self.name, self.visible, self.rows, self.merged = stated.get("Name", ""), True, [], []
            self.hidden, self.hidden_columns, self.row, self.table_column = set(), set(), 0, 0
        elif name == "Column":
            self.table_column = _number(stated.get("Index"), self.table_column + 1, _LAST_COLUMN)
            last = min(self.table_column + _number(stated.get("Span"), 0, _LAST_COLUMN), _LAST_COLUMN)
            if stated.get("Hidden") == "1":
                self.hidden_columns.update(range(self.table_column, last + 1))
            self.table_column = last
        elif name == "Row":
            self.row, self.column, self.across = _number(stated.get("Index"), self.row + 1, _LAST_ROW), 0, 0
            if stated.get("Hidden") == "1":
                self.hidden.add(self.row)
        elif name == "Cell":
            self._cell(stated)
        elif name == "Data":
            self.type, self.text = stated.get("Type", "String"), []

    def _cell(self, stated: dict[str, str]) -> None:
        self.column = _number(stated.get("Index"), self.column + 1 + self.across, _LAST_COLUMN)
        self.across = _number(stated.get("MergeAcross"), 0, _LAST_COLUMN)
        down = _number(stated.get("MergeDown"), 0, _LAST_ROW)
        if self.across or down:
            self.merged.append(MergedRange(self.row, self.column, self.row + down, self.column + self.across))

    def _data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _end(self, name: str) -> None:
        name = local(name)
        if name == "Data" and self.text is not None:
            self._place(_typed("".join(self.text), self.type))
            self.text = None
        elif name == "Worksheet":
            self.sheets.append(Sheet(self.name, self.visible, self.rows, tuple(self.merged),
                                     frozenset(self.hidden), frozenset(self.hidden_columns)))

    def _place(self, value: Value) -> None:
        if value is None:
            return
        while len(self.rows) < self.row:
            self.rows.append([])
        row = self.rows[self.row - 1]
        row.extend([None] * (self.column - len(row)))
        row[self.column - 1] = value


def _number(text: str | None, otherwise: int, most: int) -> int:
    return min(int(text), most) if text and text.isdigit() else otherwise


def _typed(text: str, kind: str) -> Value:
    try:
        if kind == "Number":
            return plain_number(float(text))
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.partition(".")[0])
            return moment.date() if moment.time() == datetime.min.time() else moment
    except ValueError:
        return text or None
    if kind == "Boolean":
        return text == "1"
    return (text or None) if kind != "Error" else None
