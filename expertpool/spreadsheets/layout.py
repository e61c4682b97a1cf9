"""Finds the tables in a sheet: header, columns, records; and says of every other row why it is no record.

Pure: a sheet and a score for headings go in, tables come out. What the columns mean and which values taken from above
may be used is decided by the caller.
"""

from collections.abc import Sequence

from expertpool.spreadsheets.data_rows import RecordRows
from expertpool.spreadsheets.forms import find_labelled
from expertpool.spreadsheets.found_tables import IgnoredRow, NoRecord, Table
from expertpool.spreadsheets.header_rows import Header, HeaderSearch, Score, heading
from expertpool.spreadsheets.workbook import Sheet


def find_tables(sheet: Sheet, score: Score) -> list[Table]:
    """All tables of ``sheet`` from top to bottom; none if no row looks like a header.

    ``score(text)`` says from 0 to 1 how certainly a header text is a known one.
    """
    search = HeaderSearch(sheet, score)
    if beside := find_labelled(search):
        return [beside]
    tables: list[Table] = []
    header: Header | None = None
    start = 1  # first row after the last table's header
    row = 1
    while row <= len(sheet.rows):
        if search.is_header(row) and not (header and _no_new_header(search, header, row)):
            found = search.block_at(row, start)
            if header:
                tables.append(_table(search, header, start, found.rows[0] - 1, tables))
            header = found
            start = row = found.rows[-1] + 1
        else:
            row += 1
    if header is None:
        header = _lonely_column(search)
        start = header.rows[-1] + 1 if header else 1
    if header:
        tables.append(_table(search, header, start, len(sheet.rows), tables))
    return tables


def table_at(sheet: Sheet, header_rows: Sequence[int], score: Score) -> Table:
    """The table whose header the user pointed at (1-based rows); it reaches to the end of the sheet."""
    search = HeaderSearch(sheet, score)
    header = search.header_of(tuple(sorted(header_rows)))
    return _table(search, header, header.rows[-1] + 1, len(sheet.rows), [])


def _no_new_header(search: HeaderSearch, header: Header, row: int) -> bool:
    """Whether the row goes on below its header: only another full header begins a new table, a repeated one does
    not."""
    return header.repeats(search.sheet.rows[row - 1]) or search.known(row) < 3


def _table(search: HeaderSearch, header: Header, first: int, last: int, before: list[Table]) -> Table:
    above = _above(search, header) if not before else []
    titles = frozenset(ignored.text for ignored in above)
    rows = RecordRows(search, header, titles)
    for row in range(first, last + 1):
        rows.take(row)
    columns, records = rows.finished()
    return Table(header.rows, columns, records, (*above, *rows.ignored))


def _above(search: HeaderSearch, header: Header) -> list[IgnoredRow]:
    """Title, unit and date lines above the first header."""
    found = []
    for row in range(1, header.rows[0]):
        if cells := search.cells(row):
            text = " ".join(heading(value) for value in cells.values())
            found.append(IgnoredRow(row, NoRecord.ABOVE, text))
    return found


def _lonely_column(search: HeaderSearch) -> Header | None:
    """A list under a single certain heading, if the sheet has no fuller header."""
    for row in range(1, min(len(search.sheet.rows), 15)):
        cells = search.cells(row)
        if len(cells) == 1 and search.cells(row + 1) and all(
                search.score(heading(value)) >= 0.95 for value in cells.values()):
            return search.header_of((row,))
    return None
