"""What the fast reader does not tell of an .ods sheet: merged cells, hidden rows and columns."""

import xml.parsers.expat
import zipfile
from pathlib import Path

from expertpool.spreadsheets.ooxml_details import SheetDetails
from expertpool.spreadsheets.ooxml_parts import local
from expertpool.spreadsheets.workbook import MergedRange

_BLOCK = 1 << 20
_MOST_MERGED = 50_000
_MOST_HIDDEN = 100_000
_HIDDEN = ("collapse", "filter")


def worksheet_details(path: Path) -> dict[str, SheetDetails]:
    """Sheet name → details."""
    walk = _Walk()
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = walk.start
    with zipfile.ZipFile(path) as package, package.open("content.xml") as file:
        while block := file.read(_BLOCK):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    return walk.sheets


class _Walk:
    """Counts rows and columns along the elements; repeated ones are stated once with a number."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetDetails] = {}
        self.details = SheetDetails()
        self.row = self.next_row = self.column = self.table_column = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take one element in."""
        name = local(name)
        if name == "table":
            stated = {local(key): value for key, value in attributes.items()}
            self.details = self.sheets[stated.get("name", "")] = SheetDetails()
            self.next_row = self.table_column = 1
        elif name == "table-column":
            count, hidden = _repeated(attributes, "number-columns-repeated")
            if hidden:
                self.details.hidden_columns.update(range(self.table_column, self.table_column + count))
            self.table_column += count
        elif name == "table-row":
            count, hidden = _repeated(attributes, "number-rows-repeated")
            self.row, self.column = self.next_row, 1
            self.next_row += count
            if hidden:
                self.details.hidden_rows.update(range(self.row, self.next_row))
        elif name in ("table-cell", "covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        rows = columns = repeated = 1
        for key, value in attributes.items():
            match local(key):
                case "number-rows-spanned":
                    rows = _number(value)
                case "number-columns-spanned":
                    columns = _number(value)
                case "number-columns-repeated":
                    repeated = _number(value)
        if (rows > 1 or columns > 1) and len(self.details.merged) < _MOST_MERGED:
            self.details.merged.append(MergedRange(self.row, self.column, self.row + rows - 1,
                                                   self.column + columns - 1))
        self.column += repeated


def _repeated(attributes: dict[str, str], count_name: str) -> tuple[int, bool]:
    """How many rows or columns an element stands for, and whether they are hidden."""
    stated = {local(key): value for key, value in attributes.items()}
    count = _number(stated.get(count_name, "1"))
    return count, stated.get("visibility") in _HIDDEN and count < _MOST_HIDDEN


def _number(text: str) -> int:
    return max(1, min(int(text), 1_048_576)) if text.isdigit() else 1
