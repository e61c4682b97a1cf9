"""The rows under a header, one after the other: sorted into records and rows that are none."""

import re
from collections.abc import Mapping

from expertpool.spreadsheets.found_tables import IgnoredRow, NoRecord, Record, TableColumn
from expertpool.spreadsheets.header_rows import Header, HeaderSearch, heading
from expertpool.spreadsheets.layout_words import layout_words
from expertpool.spreadsheets.workbook import MergedRange, Value

_MOST_COVERED = 200_000
_LONGEST_NAME = 20
_MOST_SAMPLES = 3  # example rows are at the top
_LISTED_NOTE = re.compile(r"\s*(?:\d+|[①-⑳])\s*[.、．)）]|\s*[①-⑳]")
_DAY = re.compile(r"\s*\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]?\s*(?:\d{1,2}\s*日?)?\s*")


class RecordRows:
    """Takes the rows below one header in order and sorts them into records and others."""

    def __init__(self, search: HeaderSearch, header: Header, titles: frozenset[str]) -> None:
        self.search, self.header, self.titles = search, header, titles
        self.words = search.words
        self.ignored: list[IgnoredRow] = []
        self.slots = _side_by_side(header.columns)
        self.sequence = {column.index for column in header.columns
                         if column.header.rstrip(".:：") in self.words.sequence_headers}
        self.indexes = [column.index for column in header.columns]
        self.group = ""
        self.noting = False  # inside a note that covers several rows
        self._records: list[Record] = []
        self._tall: dict[int, dict[int, MergedRange]] = _tall_cells(search.sheet.merged, header.rows[-1],
                                                                   len(search.sheet.rows))
        self._wide = {(span.first_row, span.first_column): span.last_column - span.first_column + 1
                      for span in search.sheet.merged if span.last_column > span.first_column}
        self._headless: set[int] = set()

    def take(self, row: int) -> None:
        """Sort in one sheet row (1-based)."""
        cells = self.search.cells(row)
        if not cells:
            return
        reason = self._no_record(row, cells)
        self.noting = reason is NoRecord.NOTE
        if reason:
            self.ignored.append(IgnoredRow(row, reason, " ".join(str(value) for value in cells.values())))
            return
        if self._continues_record(row, cells):
            self._continue(cells)
            self.ignored.append(IgnoredRow(row, NoRecord.CONTINUED))
            return
        self._add_records(row, cells)

    def finished(self) -> tuple[tuple[TableColumn, ...], tuple[Record, ...]]:
        """The columns (of the first slot, and those with data but no header) and all records."""
        columns = [column for column in self.header.columns if column.index in self.slots[0]]
        if len(self.slots) == 1:
            columns += [TableColumn(index, "") for index in self._headless]
        return tuple(sorted(columns, key=lambda column: column.index)), tuple(self._records)

    def _no_record(self, row: int, cells: dict[int, Value]) -> NoRecord | None:
        if self.header.repeats(self.search.sheet.rows[row - 1]):
            return NoRecord.HEADER_AGAIN
        if self._is_full(cells) and len(self._records) >= _MOST_SAMPLES:  # the common case: an ordinary record
            first = heading(next(iter(cells.values())))
            return NoRecord.TOTAL if self.words.row_word(first) is NoRecord.TOTAL else None
        texts = {index: heading(value) for index, value in cells.items()}
        if " ".join(texts.values()) in self.titles:
            return NoRecord.TITLE_AGAIN
        if reason := self._worded(texts):
            return reason
        if self._is_sample(row, texts):
            return NoRecord.SAMPLE
        own = set(cells) - self.sequence
        if not own and all(_is_number(value) for value in cells.values()):
            return NoRecord.NUMBER_ONLY
        if len(cells) == 1 and not self._reaching(row):
            return self._lone_cell(row, *next(iter(texts.items())), next(iter(cells.values())))
        return None

    def _worded(self, texts: Mapping[int, str]) -> NoRecord | None:
        """Totals, notes, signatures: recognised by the row's first words, unless the row is as full as a record."""
        if self._is_full(texts):
            first = next(iter(texts.values()))
            return NoRecord.TOTAL if self.words.row_word(first) is NoRecord.TOTAL else None
        first_index, first = next(iter(texts.items()))
        if reason := self.words.row_word(first):
            return reason
        if first_index in self.sequence and first.isdigit():
            return None
        reasons = {self.words.row_word(text) for text in texts.values()} - {None}
        return NoRecord.SIGNATURE if reasons & {NoRecord.SIGNATURE, NoRecord.PAGE} else None

    def _is_full(self, cells: Mapping[int, object]) -> bool:
        """Whether so many cells are filled that the row is a record, whatever one of them says."""
        return len(cells) > 3 and len(cells) * 2 > len(self.header.columns)

    def _is_sample(self, row: int, texts: Mapping[int, str]) -> bool:
        if len(self._records) >= _MOST_SAMPLES:
            return False
        values = list(texts.values())
        return any(self.words.is_sample(text) for text in (*values[:3], values[-1]))

    def _lone_cell(self, row: int, index: int, text: str, value: Value) -> NoRecord | None:
        """A row with a single filled cell: a number, a heading of a group, a line of text; seldom a record."""
        if len(self.header.columns) == 1:
            return None
        if _is_number(value):
            return NoRecord.NUMBER_ONLY
        if self.noting and (_LISTED_NOTE.match(text) or len(text) > _LONGEST_NAME):
            return NoRecord.NOTE
        wide = self._wide.get((row, index), 1)
        numbered = self.words.group_numbering.match(text)
        prominent = (numbered or wide >= min(3, len(self.indexes)) or index in self.sequence
                     or (index == min(self.indexes) and not self._names_records(index, text)))
        prose = len(text) > 40 or _LISTED_NOTE.match(text) or _DAY.fullmatch(text)
        if prominent and not prose and not self._ends_here(row):
            self.group = self.words.group_name(text)
            return NoRecord.GROUP
        if wide >= 3 or len(text) > _LONGEST_NAME or _LISTED_NOTE.match(text):
            return NoRecord.NOTE
        return None if self._names_records(index, text) else NoRecord.STRAY

    def _ends_here(self, row: int) -> bool:
        """Whether no fuller row follows: then a single line is a closing remark, not a heading of a group."""
        return not any(len(self.search.cells(later)) > 1 for later in range(row + 1, row + 6))

    def _names_records(self, index: int, text: str) -> bool:
        """Whether a single cell in this column is likely a record (a name without anything else)."""
        if index not in self.indexes or any(character.isdigit() for character in text):
            return False
        if self.sequence:
            return False
        recent = self._records[-50:]
        leading = index == min(self.indexes)
        bare = sum(len(record.cells) for record in recent) <= 2 * len(recent)  # a heading of a group
        return bool(recent) and leading and bare and all(index in record.cells for record in recent)

    def _continues_record(self, row: int, cells: dict[int, Value]) -> bool:
        """Whether the row belongs to the record above: most of that record's cells reach down into it."""
        if not self._records or len(self.slots) > 1:
            return False
        last = self._records[-1]
        reaching = {index for index, span in self._reaching(row).items()
                    if span.first_row <= last.row and index in last.cells}
        return len(reaching) * 2 > len(last.cells) and not cells.keys() & reaching

    def _reaching(self, row: int) -> dict[int, MergedRange]:
        """The merged cells that reach down into the row from above."""
        return {index: span for index, span in self._tall.get(row, {}).items() if span.first_row < row}

    def _continue(self, cells: dict[int, Value]) -> None:
        record = self._records[-1]
        for index, value in cells.items():
            before = record.cells.get(index)
            record.cells[index] = value if before is None else f"{before}\n{value}"

    def _add_records(self, row: int, cells: dict[int, Value]) -> None:
        tall = self._tall.get(row, {})
        for slot, indexes in enumerate(self.slots):
            shift = indexes[0] - self.slots[0][0]
            if len(self.slots) == 1:
                own = dict(cells)
            else:
                own = {index - shift: cells[index] for index in indexes if index in cells}
            if not own or (len(self.slots) > 1 and not set(own) - self.sequence):
                continue
            filled = self._fill(row, own, tall, shift, slot)
            if len(self.slots) == 1:
                self._headless |= own.keys() - set(self.indexes)
            self._records.append(Record(row, own, frozenset(filled), self.group, slot, shift))

    def _fill(self, row: int, own: dict[int, Value], tall: dict[int, MergedRange], shift: int,
              slot: int) -> set[int]:
        """Put values from above into ``own``; returns in which columns."""
        filled = set()
        for index, span in tall.items():
            value = self.search.sheet.value(span.first_row, span.first_column)
            place = index - shift
            if span.first_row < row and place in self.slots[0] and place not in own and value is not None:
                own[place] = value
                filled.add(place)
        dittos = self.words.dittos
        for index in [index for index, value in own.items()
                      if isinstance(value, str) and len(value) < 8 and value.strip() in dittos]:
            above = next((record for record in reversed(self._records[-4:]) if record.slot == slot), None)
            if above and index in above.cells:
                own[index] = above.cells[index]
                filled.add(index)
            else:
                del own[index]
        return filled


def _is_number(value: Value) -> bool:
    if isinstance(value, str):
        return value.strip().rstrip(".、").isdigit()
    return isinstance(value, int | float)


def _side_by_side(columns: tuple[TableColumn, ...]) -> list[list[int]]:
    """Column indexes of each slot: one list, or several if the same headings occur side by side."""
    indexes = [column.index for column in columns]
    texts = [column.parts for column in columns]
    numbered = bool(columns) and columns[0].header in layout_words().sequence_headers
    for skip in (0, 1) if numbered else (0,):
        starts = [place for place in range(skip, len(texts)) if texts[place] == texts[skip]]
        if len(starts) < 2:
            continue
        length = starts[1] - starts[0]
        groups = [texts[place:place + length] for place in starts]
        whole = skip + length * len(starts) == len(texts)
        if length >= 2 and whole and all(group == groups[0] for group in groups):
            return [indexes[place:place + length] for place in starts]
    return [indexes]


def _tall_cells(merged: tuple[MergedRange, ...], header_end: int,
                rows: int) -> dict[int, dict[int, MergedRange]]:
    """Row → column → the merged cell that covers it from above or begins there."""
    covered: dict[int, dict[int, MergedRange]] = {}
    count = 0
    for span in merged:
        if span.last_row == span.first_row or span.first_row <= header_end:
            continue
        for row in range(span.first_row, min(span.last_row, rows) + 1):
            covered.setdefault(row, {})[span.first_column] = span
            count += 1
        if count > _MOST_COVERED:
            break
    return covered
