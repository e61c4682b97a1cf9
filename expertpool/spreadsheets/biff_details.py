"""Details of an .xls sheet (BIFF8) that the fast reader does not give: hidden rows and columns, error cells.

Record numbers and layouts follow [MS-XLS] 2.4.
"""

import io
import struct
from collections.abc import Iterator
from pathlib import Path

from expertpool.spreadsheets.ooxml_details import SheetDetails

_BEGIN, _END, _SHEET, _ROW, _COLUMNS, _BOOLEAN_OR_ERROR, _FORMULA = 0x809, 0x0A, 0x85, 0x208, 0x7D, 0x205, 0x06
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
           0x2A: "#N/A"}
_MOST_LISTED = 100_000


class Overwritten(Exception):
    """The records end in zeros too early: copying the file was interrupted."""


def worksheet_details(path: Path) -> list[SheetDetails]:
    """Details of each worksheet in tab order; nothing if the container is unreadable."""
    from xlrd.compdoc import CompDoc, CompDocError

    try:
        container = CompDoc(path.read_bytes(), logfile=io.StringIO())
        data, base, length = container.locate_named_stream("Workbook")
    except (CompDocError, struct.error, IndexError, AssertionError):
        return []
    if data is None:
        return []
    stream = data[base:base + length]
    starts = [struct.unpack_from("<IBB", record)[0] for number, record in _records(stream, 0)
              if number == _SHEET and len(record) >= 6 and record[5] == 0]
    return [sheet_stream_details(stream, start) for start in starts]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records from ``start`` to the end of that substream, without those of charts inside it."""
    depth, place = 0, start
    while place + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, place)
        if number == length == 0:
            raise Overwritten
        if number == _BEGIN:
            depth += 1
        elif number == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield number, stream[place + 4:place + 4 + length]
        place += 4 + length


def sheet_stream_details(stream: bytes, start: int) -> SheetDetails:
    """Details of the sheet whose substream begins at byte ``start`` of the workbook stream."""
    details = SheetDetails()
    for number, record in _records(stream, start):
        if number == _ROW and len(record) >= 14 and record[12] & 0x20:
            details.hidden_rows.add(struct.unpack_from("<H", record)[0] + 1)
        elif number == _COLUMNS and len(record) >= 10 and record[8] & 1:
            first, last = struct.unpack_from("<HH", record)
            details.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        elif number == _BOOLEAN_OR_ERROR and len(record) >= 8 and record[7]:
            _error(details, record, record[6])
        elif number == _FORMULA and len(record) >= 14 and record[6] == 2 and record[12:14] == b"\xff\xff":
            _error(details, record, record[8])
    return details


def _error(details: SheetDetails, record: bytes, code: int) -> None:
    row, column = struct.unpack_from("<HH", record)
    details.error_count += 1
    if len(details.errors) < _MOST_LISTED:
        details.errors.append((row + 1, column + 1, _ERRORS.get(code, "#?")))
