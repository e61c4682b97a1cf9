"""Labels beside their values: forms about one person (登记表), one or several in a sheet, and people in columns."""

import re
from dataclasses import dataclass, field

from expertpool.spreadsheets.found_tables import IgnoredRow, NoRecord, Record, Table, TableColumn
from expertpool.spreadsheets.header_rows import HeaderSearch, heading
from expertpool.spreadsheets.workbook import MergedRange, Value

_LOOKED_AT = 40  # how many filled rows are examined to recognise a form
_LEAST_LABELS = 5  # how many different known labels with a value a form must have
_LONGEST_LABEL = 14
_SURELY = 0.9
_INSIDE = re.compile(r"\s*([^:：\d]{2,14})\s*[:：]\s*(\S.*)", re.DOTALL)
_NO_LABEL = re.compile(r"\d{3,}|[@＠。！？]")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label and the cell beside it; the value may be empty."""

    label: str
    row: int
    column: int
    value: Value
    inside: bool = False  # label and value in one cell


@dataclass(slots=True)
class _Line:
    """One row read as labels with values; ``alone``: its first cell is its only label."""

    row: int
    pairs: list[_Pair] = field(default_factory=list)
    alone: bool = False
    filled: int = 0


def find_labelled(search: HeaderSearch) -> Table | None:
    """The sheet as one table of forms or of people in columns; None if it is an ordinary table.

    A form has at least five different labels with a value to their right (or after a colon in the same cell); where
    its first label occurs again, the next form begins. With people in columns, most labels are alone at the left,
    followed by two values or more.
    """
    spans = {(span.first_row, span.first_column): span for span in search.sheet.merged}
    lines: list[_Line] = []
    labelled: set[int] = set()  # columns in which labels occur
    looked = below = 0  # below: the last row of a section
    for row in range(1, len(search.sheet.rows) + 1):
        if not search.cells(row) or row <= below:
            continue
        looked += 1
        if len(lines) < 3 and search.is_header(row) and _heads_a_table(search, row):
            return None
        if len(lines) >= 2 and (section := _section(search, row, spans)):
            below = section.last_row
            lines.append(_Line(row, [_whole(search, section)]))
            continue
        if line := _line(search, row, spans, labelled):
            lines.append(line)
        if looked == _LOOKED_AT and not _is_labelled(lines, looked):
            return None
    if not _is_labelled(lines, looked):
        return None
    if sum(line.alone and line.filled > 2 for line in lines) * 5 >= len(lines) * 3:
        return _people_in_columns(search, lines)
    return _forms(search, lines)


def _is_labelled(lines: list[_Line], looked: int) -> bool:
    """Whether so many rows have new labels with values that this cannot be an ordinary table."""
    labels: set[str] = set()
    new = 0
    for line in lines:
        own = {pair.label for pair in line.pairs if pair.value is not None}
        new += bool(own - labels)
        labels |= own
    return len(labels) >= _LEAST_LABELS and new >= 3 and len(lines) * 5 >= looked * 2


def _heads_a_table(search: HeaderSearch, row: int) -> bool:
    """Whether the row has four labels in adjacent columns before any form began: the heading of an ordinary table."""
    known = {column for column, value in search.cells(row).items() if _is_label(search, heading(value))}
    return any({column + 1, column + 2, column + 3} <= known for column in known)


def _section(search: HeaderSearch, row: int, spans: dict[tuple[int, int], MergedRange]) -> MergedRange | None:
    """A tall label at the left with a small table beside it (主要工作经历); no other cell is as tall."""
    first, *others = sorted(search.cells(row))
    span = spans.get((row, first))
    if span is None or span.last_row == row or len(others) < 2:
        return None
    tall = [column for column in others if (own := spans.get((row, column))) and own.last_row > row]
    return None if tall else span


def _whole(search: HeaderSearch, section: MergedRange) -> _Pair:
    """Everything beside a section's label as one text, line by line."""
    lines = [" ".join(heading(value) for column, value in search.cells(row).items() if column > section.last_column)
             for row in range(section.first_row, section.last_row + 1)]
    label = heading(search.sheet.value(section.first_row, section.first_column))
    return _Pair(_tidy(label), section.first_row, section.last_column + 1, "\n".join(filter(None, lines)))


def _line(search: HeaderSearch, row: int, spans: dict[tuple[int, int], MergedRange],
          labelled: set[int]) -> _Line | None:
    """The row as labels with values; None if it holds no label, or labels only.

    A value is directly after its label, or further on where no other label has been seen in that column.
    """
    cells = search.cells(row)
    texts = {column: heading(value) for column, value in cells.items()}
    known = {column for column, text in texts.items() if _is_label(search, text)}
    inside = {column: found for column, value in cells.items()
              if column not in known and (found := _INSIDE.fullmatch(str(value))) and _is_label(search, found[1])}
    if not known and not inside:
        return None
    if any({column + 1, column + 2} <= known for column in known):
        return None  # a heading row inside a form, or of a table
    labelled |= known
    line = _Line(row, alone=known == {min(cells)} and not inside, filled=len(cells))
    columns = sorted(cells)
    place = 0
    while place < len(columns):
        column = columns[place]
        place += 1
        if column in inside:
            line.pairs.append(_Pair(_tidy(inside[column][1]), row, column, inside[column][2].strip(), True))
        elif column in known:
            after = _behind(spans, row, column)
            following = columns[place] if place < len(columns) else 0
            takes = following and following not in inside and (following == after or following not in labelled)
            value = cells[following] if takes else None
            line.pairs.append(_Pair(_tidy(texts[column]), row, following if takes else after, value))
            place += bool(takes)
    return line


def _behind(spans: dict[tuple[int, int], MergedRange], row: int, column: int) -> int:
    span = spans.get((row, column))
    return (span.last_column if span else column) + 1


def _is_label(search: HeaderSearch, text: str) -> bool:
    plain = text.strip(" :：")
    return (0 < len(plain) <= 2 * _LONGEST_LABEL and not _NO_LABEL.search(plain)
            and search.score(plain) >= search.words.known_header_score)


def _tidy(label: str) -> str:
    return heading(label).strip(" :：")


def _forms(search: HeaderSearch, lines: list[_Line]) -> Table | None:
    """Each form as one record; a label that occurs twice in a form gives two columns."""
    pairs = [pair for line in lines for pair in line.pairs]
    sure = [pair for pair in pairs if search.score(pair.label) >= _SURELY and pair.value is not None]
    first = next((pair for pair in sure if not pair.inside), next(iter(sure), pairs[0]))
    starts = [place for place, pair in enumerate(pairs) if pair.label == first.label and (
        pair is first or pair.value is not None)]
    rows = [pairs[start].row for start in starts]
    starts[0] = 0
    indexes: dict[tuple[str, int], int] = {}
    records = []
    for row, start, end in zip(rows, starts, [*starts[1:], len(pairs)], strict=True):
        seen: dict[str, int] = {}
        cells: dict[int, Value] = {}
        places: dict[int, tuple[int, int]] = {}
        for pair in pairs[start:end]:
            seen[pair.label] = seen.get(pair.label, 0) + 1
            index = indexes.setdefault((pair.label, seen[pair.label]), len(indexes) + 1)
            places[index] = (pair.row, pair.column)
            if pair.value is not None:
                cells[index] = pair.value
        if cells:
            records.append(Record(row, cells, places=places))
    columns = tuple(TableColumn(index, label, (label,)) for (label, _count), index in indexes.items())
    return Table((), columns, tuple(records), _rest(search, {line.row for line in lines}))


def _people_in_columns(search: HeaderSearch, lines: list[_Line]) -> Table | None:
    """Each column after the labels as one record."""
    labelled = [line for line in lines if line.pairs]
    columns = tuple(TableColumn(index, line.pairs[0].label, (line.pairs[0].label,))
                    for index, line in enumerate(labelled, 1))
    rows = {line.row: search.cells(line.row) for line in labelled}
    left = max(min(cells) for cells in rows.values())
    counts = {column: sum(column in cells for cells in rows.values())
              for column in {column for cells in rows.values() for column in cells} if column > left}
    people = sorted(column for column, count in counts.items() if count >= min(3, len(labelled)))
    records = []
    for slot, column in enumerate(people):
        cells = {index: rows[line.row][column] for index, line in enumerate(labelled, 1) if column in rows[line.row]}
        places = {index: (line.row, column) for index, line in enumerate(labelled, 1)}
        records.append(Record(labelled[0].row, cells, slot=slot, places=places))
    return Table((), columns, tuple(records), _rest(search, set(rows))) if records else None


def _rest(search: HeaderSearch, used: set[int]) -> tuple[IgnoredRow, ...]:
    """The other filled rows: titles, sections without a known label, signatures."""
    found = []
    for row in range(1, len(search.sheet.rows) + 1):
        if row not in used and (cells := search.cells(row)):
            text = " ".join(heading(value) for value in cells.values())
            found.append(IgnoredRow(row, NoRecord.ABOVE if row < min(used) else NoRecord.NOTE, text))
    return tuple(found)
