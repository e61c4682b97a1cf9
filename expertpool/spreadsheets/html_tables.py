"""Web pages saved as .xls: the cells of their tables, one below another as a spreadsheet shows them."""

import re
from html.parser import HTMLParser

from expertpool.spreadsheets.text_files import decode, unguarded
from expertpool.spreadsheets.workbook import MergedRange, Sheet, Value

_WIDEST_SPAN = 200
_TALLEST_SPAN = 10_000
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SILENT = {"script", "style", "title", "head"}
_BREAKS = {"br", "p", "div", "li"}


def page_text(data: bytes, stated: str = "") -> str:
    """The page as text. Every GB label is read as GB 18030. A label is ignored if it does not fit, or if the page is
    readable Chinese in UTF-8. ``stated`` is the encoding given by the page's envelope."""
    match = _CHARSET.search(data[:4096])
    label = match[1].decode("ascii", "replace").lower() if match else stated.lower()
    if label in {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"}:
        label = "gb18030"
        text, encoding = decode(data)
        if encoding.startswith("utf-8") and re.search("[一-鿿]", text):
            return text
    if label and not label.startswith("utf-16"):
        try:
            return data.decode("utf-8-sig" if label.replace("-", "") == "utf8" else label)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)[0]


def read_tables(text: str) -> tuple[list[list[Value]], tuple[MergedRange, ...]]:
    """Rows of all tables in reading order and the merged ranges in them; no rows if the page has no table."""
    sheet = read_page(text)
    return sheet.rows, sheet.merged


def read_page(text: str) -> Sheet:
    """All tables of the page as one sheet, a blank row between them."""
    parser = _Page()
    parser.feed(text)
    parser.close()
    rows: list[list[Value]] = []
    merged: list[MergedRange] = []
    hidden: set[int] = set()
    for table in parser.finished():
        if rows:
            rows.append([])
        hidden.update(len(rows) + index + 1 for index in table.hidden)
        table.place(rows, merged)
    return Sheet("", rows=rows, merged=tuple(merged), hidden_rows=frozenset(hidden))


class _Table:
    """One table: rows of (text, columns spanned, rows spanned)."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[str, int, int]]] = []
        self.text: list[str] | None = None
        self.span = (1, 1)
        self.hidden: set[int] = set()

    def open_cell(self, columns: int, rows: int) -> None:
        self.close_cell()
        if not self.rows:
            self.rows.append([])
        self.text, self.span = [], (columns, rows)

    def close_cell(self) -> None:
        if self.text is not None:
            lines = "".join(self.text).split("\n")
            text = "\n".join(" ".join(line.split(" ")).strip(" \t\r\xa0") for line in lines).strip()
            self.rows[-1].append((text, *self.span))
            self.text = None

    def place(self, sheet: list[list[Value]], merged: list[MergedRange]) -> None:
        """Append the rows to ``sheet``, skipping cells occupied by spans from above."""
        top = len(sheet)
        occupied: dict[int, set[int]] = {}
        for index, cells in enumerate(self.rows):
            taken = occupied.pop(index, set())
            row: list[Value] = []
            for text, columns, rows in cells:
                while len(row) in taken:
                    row.append(None)
                column = len(row)
                row.append(unguarded(text) or None)
                row.extend([None] * (columns - 1))
                last = min(index + rows, len(self.rows)) - 1
                for below in range(index + 1, last + 1):
                    occupied.setdefault(below, set()).update(range(column, column + columns))
                if columns > 1 or last > index:
                    merged.append(MergedRange(top + index + 1, column + 1, top + last + 1, column + columns))
            while row and row[-1] is None:
                row.pop()
            sheet.append(row)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.silent = 0

    def finished(self) -> list[_Table]:
        for table in self.open:
            table.close_cell()
        return [table for table in self.tables if any(table.rows)]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.silent = 0
            self.open.append(_Table())
            self.tables.append(self.open[-1])
        elif tag in _SILENT:
            self.silent += 1
        elif tag == "body":
            self.silent = 0
        elif self.open:
            self._inside(tag, dict(attributes))

    def _inside(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self.open[-1]
        if tag == "tr":
            table.close_cell()
            if _HIDDEN.search(attributes.get("style") or ""):
                table.hidden.add(len(table.rows))
            table.rows.append([])
        elif tag in ("td", "th"):
            table.open_cell(_span(attributes.get("colspan"), _WIDEST_SPAN),
                            _span(attributes.get("rowspan"), _TALLEST_SPAN))
        elif tag in _BREAKS and table.text:
            table.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif self.open and tag in ("td", "th", "tr"):
            self.open[-1].close_cell()
        elif self.open and tag == "table":
            self.open.pop().close_cell()

    def handle_data(self, data: str) -> None:
        if not self.silent and self.open and self.open[-1].text is not None:
            self.open[-1].text.append(re.sub(r"[ \t\r\n]+", " ", data))


def _span(value: str | None, most: int) -> int:
    try:
        return max(1, min(int(value or 1), most))
    except ValueError:
        return 1
