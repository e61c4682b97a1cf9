"""Details of an .xlsx sheet that the fast reader does not give: its extent, hidden rows and columns, error cells,
formulas never computed. Found by searching the sheet's XML, block by block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from expertpool.spreadsheets.workbook import MergedRange

_BLOCK = 4 * 1024 * 1024
_MOST_LISTED = 100_000
_MOST_MERGED = 50_000
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,12})"([^>]*)')
_WIDE = re.compile(rb' r="([A-Z]{2,9})(\d{1,12})"')
_ERROR = re.compile(rb'<c\b([^>]*?\bt="e"[^>]*)>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?\s*<v>([^<]*)')
_FORMULA = re.compile(rb'<c\b([^>]*)><f\b[^>]*?(?:/>|>[^<]*</f>)\s*(<v>[^<]|<v\s*/>|<v></v>|</c>)')
_SINGLE_QUOTED = re.compile(rb"<(?:row|c|col|mergeCell)\s[^>]*='")
_FALSE_DAYS = (b"<v>60<", b"<v>60.", b"<v>-")
_HEAD = 65536
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_COLUMN = re.compile(rb"<col\b[^>]*>")
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(slots=True)
class SheetDetails:
    """1-based rows and columns. ``last_column`` counts only columns from AA on (else 26).

    ``errors`` are (row, column, text), ``uncomputed`` are (row, column) of formulas without a result;
    both stop at 100,000, the counts beside them do not.
    """

    last_row: int = 0
    last_column: int = 26
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    error_count: int = 0
    uncomputed_count: int = 0
    merged: list[MergedRange] = field(default_factory=list)
    # position and value of a cell beyond the last row or column
    outside: list[tuple[str, str]] = field(default_factory=list)
    # False: the XML is prefixed, UTF-16 or unusually quoted, and this search finds nothing in it
    readable: bool = True
    false_days: bool = False  # a number that is no day: number 60 of the 1900 calendar, or a negative one


def column_number(letters: str) -> int:
    """``A`` → 1, ``XFD`` → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def sheet_details(file: IO[bytes]) -> SheetDetails:
    """Search the open sheet part once, from its beginning to its end."""
    details = SheetDetails()
    for number, block in enumerate(_blocks(file)):
        if number == 0:
            details.readable = b"<worksheet" in block[:4096] and not _SINGLE_QUOTED.search(block[:_HEAD])
            _columns(block, details)
        _rows(block, details)
        if b't="d"' in block or b"<row>" in block or block.count(b"<row ") > block.count(b' r="'):
            details.readable = False
        details.false_days = details.false_days or any(sign in block for sign in _FALSE_DAYS)
        if b't="e"' in block:
            _errors(block, details)
        if b"<f" in block:
            _formulas(block, details)
        if b"<mergeCell " in block:
            details.merged += [_range(match) for match in _MERGED.finditer(block)]
            del details.merged[_MOST_MERGED:]
    return details


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Pieces of the XML that end with a whole row."""
    rest = b""
    while chunk := file.read(_BLOCK):
        rest += chunk
        cut = rest.rfind(b"</row>") + 6
        if cut > 6:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > 8 * _BLOCK:  # no row ends here: keep only what may still matter
            cut = max(rest.rfind(b"<"), 1)
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


def _rows(block: bytes, details: SheetDetails) -> None:
    for match in _ROW.finditer(block):
        row = int(match[1])
        if not match[2].endswith(b"/"):  # a row without cells makes the sheet no longer
            details.last_row = max(details.last_row, row)
        if b"hidden" in match[0] and re.search(rb'\bhidden="(?:1|true)"', match[0]):
            details.hidden_rows.add(row)
    for match in _WIDE.finditer(block):
        details.last_column = max(details.last_column, column_number(match[1].decode()))
        details.last_row = max(details.last_row, int(match[2]))


def _columns(block: bytes, details: SheetDetails) -> None:
    for match in _COLUMN.finditer(block):
        if re.search(rb'\bhidden="(?:1|true)"', match[0]):
            ends = [re.search(rb'\b%s="(\d{1,6})"' % end, match[0]) for end in (b"min", b"max")]
            if ends[0] and ends[1]:
                last = min(int(ends[1][1]), 16384)
                details.hidden_columns.update(range(int(ends[0][1]), last + 1))


def _errors(block: bytes, details: SheetDetails) -> None:
    for match in _ERROR.finditer(block):
        details.error_count += 1
        if len(details.errors) < _MOST_LISTED and (place := _REFERENCE.search(match[1])):
            text = match[2].decode("utf-8", "replace")
            details.errors.append((int(place[2]), column_number(place[1].decode()), text))


def _formulas(block: bytes, details: SheetDetails) -> None:
    for match in _FORMULA.finditer(block):
        empty_text = match[2] != b"</c>" and b't="str"' in match[1]  # a formula whose result is ""
        if (match[2].startswith(b"<v>") and match[2] != b"<v></v>") or empty_text:
            continue
        details.uncomputed_count += 1
        if len(details.uncomputed) < _MOST_LISTED and (place := _REFERENCE.search(match[1])):
            details.uncomputed.append((int(place[2]), column_number(place[1].decode())))


def _range(match: re.Match[bytes]) -> MergedRange:
    return MergedRange(int(match[2]), column_number(match[1].decode()),
                       int(match[4]), column_number(match[3].decode()))
