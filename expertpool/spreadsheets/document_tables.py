"""Tables in text documents (.docx): one sheet for each table of the body, cells on the table's grid.

Elements after ISO/IEC 29500-1 17.4: ``tbl``, ``tr``, ``tc`` with ``gridSpan`` and ``vMerge``. A table inside
a cell is part of that cell's text, one line for each of its paragraphs.
"""

import re
import zipfile
from pathlib import Path

from expertpool.foundation.problems import UserProblem
from expertpool.foundation.text import is_number
from expertpool.spreadsheets.ooxml_parts import local
from expertpool.spreadsheets.safe_xml import parse_xml
from expertpool.spreadsheets.workbook import MergedRange, Sheet, Value

MAIN_PART = re.compile(r"word/document\d*\.xml")
_WIDEST_SPAN = 200
_SILENT = {"del", "moveFrom", "Fallback", "rt"}  # elements to skip: deleted text, text given twice, phonetic hints
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_sheets(path: Path, most_cells: int) -> list[Sheet]:
    """The tables with something in them; named 1, 2 … where there are several."""
    walk = _Walk(path.name, most_cells)
    with zipfile.ZipFile(path) as package:
        part = next(name for name in package.namelist()
                    if MAIN_PART.fullmatch(name.replace("\\", "/").lstrip("/").lower()))
        with package.open(part) as file:
            parse_xml(file, walk.start, walk.end, walk.data)
    tables = [table for table in walk.tables if any(table.rows)]
    return [Sheet(str(number) if len(tables) > 1 else "", rows=table.rows, merged=tuple(table.merged()))
            for number, table in enumerate(tables, 1)]


class _Table:
    """Rows of one table and its joined cells as [first row, column, last row, columns]."""

    def __init__(self) -> None:
        self.rows: list[list[Value]] = []
        self.joined: list[list[int]] = []
        self.upright: dict[int, list[int]] = {}  # column → merged cell that may continue in the next row

    def place(self, column: int, width: int, text: str, vertical: str) -> None:
        row = self.rows[-1]
        row.extend([None] * (column - len(row)))
        above = self.upright.get(column)
        if vertical == "continue" and above:
            above[2] = len(self.rows)
            row.extend([None] * width)
            return
        row.extend([text or None, *[None] * (width - 1)])
        self.upright.pop(column, None)
        if width > 1 or vertical:
            self.joined.append([len(self.rows), column + 1, len(self.rows), width])
            if vertical:
                self.upright[column] = self.joined[-1]

    def merged(self) -> list[MergedRange]:
        return [MergedRange(top, left, bottom, left + width - 1) for top, left, bottom, width in self.joined
                if bottom > top or width > 1]


class _Walk:
    def __init__(self, name: str, most_cells: int) -> None:
        self.name, self.left = name, most_cells
        self.tables: list[_Table] = []
        self.depth = self.silent = 0
        self.column, self.width, self.vertical = 0, 1, ""
        self.text: list[str] = []
        self.in_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name in _SILENT:
            self.silent += 1
        elif name == "tbl":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(_Table())
        elif self.depth == 1 and name in ("tr", "tc", "gridBefore", "gridSpan", "vMerge"):
            self._grid(name, next((text for key, text in attributes.items() if local(key) == "val"), ""))
        elif self.depth and not self.silent:
            self.in_text = name == "t"
            if name in _SIGNS:
                self.text.append(_SIGNS[name])

    def _grid(self, name: str, stated: str) -> None:
        number = min(int(stated), _WIDEST_SPAN) if is_number(stated) and len(stated) < 10 else 0
        if name == "tr":
            self.tables[-1].rows.append([])
            self.column = 0
        elif name == "tc":
            self.width, self.vertical, self.text = 1, "", []
        elif name == "gridBefore":
            self.column = number
        elif name == "gridSpan":
            self.width = max(1, number)
        else:
            self.vertical = "restart" if stated == "restart" else "continue"

    def data(self, text: str) -> None:
        if self.in_text:
            self.text.append(text)

    def end(self, name: str) -> None:
        name = local(name)
        if name in _SILENT:
            self.silent -= 1
        elif name == "t":
            self.in_text = False
        elif name == "p" and self.depth:
            self.text.append("\n")
        elif name == "tbl":
            self.depth -= 1
        elif name == "tc" and self.depth == 1 and self.tables[-1].rows:
            self._close_cell()

    def _close_cell(self) -> None:
        self.left -= self.width
        if self.left < 0:
            raise UserProblem("spreadsheets.too_much", name=self.name)
        self.tables[-1].place(self.column, self.width, "".join(self.text).strip("\n"), self.vertical)
        self.column += self.width
