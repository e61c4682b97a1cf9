"""Finds headers: rows of known headings, joined over two or three rows through merged cells."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from expertpool.spreadsheets.found_tables import TableColumn
from expertpool.spreadsheets.layout_words import LayoutWords, layout_words
from expertpool.spreadsheets.workbook import MergedRange, Sheet, Value

Score: TypeAlias = Callable[[str], float]
_DATA = re.compile(r"\d{5,}|[@＠].*\.")
_SURELY = 0.95  # least score of a heading spelt as in the lists of headings
_SPACES = re.compile(r"\s+")


def heading(value: Value) -> str:
    """A header cell as one line: inner line breaks and blanks between Han characters removed."""
    if not isinstance(value, str):
        return "" if value is None else str(value)
    if value.isalnum():  # nothing to tidy in most cells
        return value
    text = _SPACES.sub(" ", value).strip()
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)


def _is_data(value: Value) -> bool:
    return not isinstance(value, str) or bool(_DATA.search(value))


@dataclass(frozen=True)
class Header:
    """A header block: its 1-based rows and its columns."""

    rows: tuple[int, ...]
    columns: tuple[TableColumn, ...]

    def repeats(self, cells: Sequence[Value]) -> bool:
        """Whether a row repeats the header (or one of its rows): at least six of ten cells do."""
        filled = len(cells) - cells.count(None)
        if filled < min(2, len(self.columns)):
            return False
        spare = filled * 4 // 10  # most cells that may differ
        numbers = 0
        parts = self.parts
        for index, value in enumerate(cells, 1):
            if value is None:
                continue
            if isinstance(value, str):
                if value in parts.get(index, ()) or (not value.isalnum() and heading(value) in parts.get(index, ())):
                    continue
            else:
                numbers += 1
                if numbers > 1:  # numbers and days are data
                    return False
            spare -= 1
            if spare < 0:
                return False
        return True

    @cached_property
    def parts(self) -> dict[int, tuple[str, ...]]:
        """Column index → the texts of its heading."""
        return {column.index: column.parts for column in self.columns}


class HeaderSearch:
    """Finds header blocks in one sheet. ``score`` tells how certainly a text is a known heading (0 to 1)."""

    def __init__(self, sheet: Sheet, score: Score) -> None:
        self.sheet = sheet
        self.width = sheet.width
        self.words: LayoutWords = layout_words()
        self._score = score
        self._scores: dict[str, float] = {}
        self.merged: dict[int, list[MergedRange]] = {}
        for span in sheet.merged:
            last = min(span.last_row, span.first_row + self.words.most_header_rows)
            for row in range(span.first_row, last + 1):
                self.merged.setdefault(row, []).append(span)

    def score(self, text: str) -> float:
        """The score of one heading, remembered."""
        if text not in self._scores:
            self._scores[text] = self._score(text) if 0 < len(text) <= self.words.longest_header else 0.0
        return self._scores[text]

    def known(self, row: int) -> int:
        """How many known headings the row holds; 0 if it looks like data or running text."""
        if any(value is not None and _is_data(value) for value in self.sheet.rows[row - 1]):
            return 0
        cells = self.cells(row)
        texts = [heading(value) for value in cells.values()]
        return sum(1 for text in texts if self.score(text) >= self.words.known_header_score)

    def cells(self, row: int) -> dict[int, Value]:
        """Column → value of the filled cells of a 1-based row."""
        if not 0 < row <= len(self.sheet.rows):
            return {}
        return {index: value for index, value in enumerate(self.sheet.rows[row - 1], 1)
                if value is not None and not (isinstance(value, str) and not value.strip())}

    def is_header(self, row: int) -> bool:
        """Whether the row can be (the main row of) a header: it has known headings, and mostly those."""
        known = self.known(row)
        if known < 2:
            return False
        filled = len(self.cells(row))
        enough = (known >= 3 and known * 3 >= filled) or (known == 2 and filled <= 4)
        return enough and not self._is_form_line(row)

    def _is_form_line(self, row: int) -> bool:
        """Whether the row reads label, value, label, value: a line of a form about one person, no header."""
        least = self.words.known_header_score
        known = [self.score(heading(value)) >= least for value in self.cells(row).values()]
        return len(known) >= 4 and all(known[0::2]) and not any(known[1::2])

    def block_at(self, row: int, first_allowed: int) -> Header:
        """The header whose first recognised row is ``row``, extended downwards and upwards."""
        rows = [row]
        most = self.words.most_header_rows
        while len(rows) < most and self._continues(rows[-1]):
            rows.append(rows[-1] + 1)
        while len(rows) < most and rows[0] > first_allowed and self._heads(rows[0] - 1):
            rows.insert(0, rows[0] - 1)
        return self.header_of(tuple(rows))

    def header_of(self, rows: tuple[int, ...]) -> Header:
        """The header made of exactly these rows."""
        texts = [self._spread(row, rows) for row in rows]
        columns = []
        for index in sorted({index for row in texts for index in row}):
            parts = tuple(dict.fromkeys(row[index] for row in texts if index in row))
            columns.append(TableColumn(index, self._best(parts), parts))
        return Header(rows, tuple(columns))

    def _best(self, parts: tuple[str, ...]) -> str:
        """The lowest part if it is known; with the part above if it says little by itself (名称, 代码).

        If the lowest part is unknown, the joined parts or the best known part is taken.
        """
        lowest, joined = parts[-1], "".join(parts)
        if len(parts) == 1:
            return lowest
        if lowest in self.words.generic_headers and self.score(joined) >= _SURELY:
            return joined
        if self.score(lowest) >= self.words.known_header_score:
            return lowest
        choices = [lowest, joined, *reversed(parts[:-1])]
        return max(choices, key=lambda text: (self.score(text), -choices.index(text)))

    def _span(self, row: int, column: int) -> MergedRange | None:
        for span in self.merged.get(row, ()):
            if span.first_row <= row and span.first_column <= column <= span.last_column:
                return span
        return None

    def _spread(self, row: int, block: tuple[int, ...]) -> dict[int, str]:
        """Column → heading of one header row; wide cells count for all columns below them."""
        found = {index: heading(value) for index, value in self.cells(row).items()}
        for index, text in list(found.items()):
            span = self._span(row, index)
            for column in range(index + 1, min(span.last_column, self.width) + 1 if span else 0):
                found.setdefault(column, text)
        if row < block[-1] and not any(self._span(row, index) for index in self.cells(row)):
            below = {index for later in block if later > row for index in self.cells(later)}
            own = self.cells(row)
            text = ""
            for index in range(1, max(below, default=0) + 1):
                text = heading(own[index]) if index in own else text if index in below else ""
                if text and index in below:
                    found.setdefault(index, text)
        return found

    def _continues(self, row: int) -> bool:
        """Whether the row below belongs to the header: it is under wide cells or beside tall ones."""
        below = self.cells(row + 1)
        own = self.cells(row)
        if not below or any(_is_data(value) for value in below.values()):
            return False
        spans = [span for span in self.merged.get(row, ()) if span.first_row <= row]
        wide = {column for span in spans if span.last_column > span.first_column and span.last_row == row
                for column in range(span.first_column, min(span.last_column, self.width) + 1)}
        tall = any(span.last_row > row for span in spans)
        if wide or tall:
            beside = all(index in wide or index not in own for index in below)
            return bool(tall or wide & below.keys()) and beside
        gaps = [index for index in below if index not in own]
        known = self.known(row + 1)
        return len(gaps) >= 2 and len(gaps) * 2 >= len(below) and known >= 3 and known > self.known(row)

    def _heads(self, row: int) -> bool:
        """Whether the row above belongs to the header: it has wide cells above several columns, or tall ones."""
        own = self.cells(row)
        below = self.cells(row + 1)
        if not own or any(not isinstance(value, str) or len(value) > self.words.longest_header
                          or re.search(r"[:：\d]", value) or self.words.row_word(value)
                          for value in own.values()):
            return False
        spans = [span for index in own if (span := self._span(row, index))]
        if any(span.last_row > row and span.first_column in own for span in spans):
            return True
        if len(own) < 2:
            return False
        if any(span.last_column > span.first_column for span in spans):
            return True
        return len(own) * 2 <= len(below) and max(own) <= max(below)
