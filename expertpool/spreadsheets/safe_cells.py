"""Values made safe for a cell: nothing that breaks the file, nothing that turns into a formula."""

import math
import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, time

from expertpool.spreadsheets.limits import cell_characters
from expertpool.spreadsheets.workbook import Value

_FORMULA_SIGNS = frozenset("=+-@−")
_BREAKS = ("\t", "\r", "\n")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LEADING = re.compile("[\\s\x00-\x1f\u00ad\u200b-\u200f\u2060\ufeff]+")
_BAD_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET_NAME = 31
_EXACT = 10**15  # a spreadsheet keeps 15 significant digits


def clean_text(text: str) -> str:
    """Text without control characters and lone surrogates; every line break is one ``\\n``."""
    if text.isprintable():  # most texts need no cleaning
        return text
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program may take the text for a formula: it starts with = + - @, in any width of these
    signs, maybe after spaces, tabs or line breaks, which some programs skip; or with a tab or a line break."""
    if not text or text[0].isalnum():  # the common case
        return False
    first = _LEADING.sub("", text)[:1]
    return text[0] in _BREAKS or unicodedata.normalize("NFKC", first) in _FORMULA_SIGNS


def cut_text(text: str) -> tuple[str, bool]:
    """The text as far as a cell holds it (counted in UTF-16 units), and whether it was cut."""
    most = cell_characters()
    if len(text) * 2 <= most or len(units := text.encode("utf-16-le")) <= most * 2:
        return text, False
    return units[:most * 2].decode("utf-16-le", "ignore"), True


def as_text(value: Value) -> str:
    """A value as a person reads it: whole numbers without ``.0``, dates as 2024-05-01, None as ''."""
    if isinstance(value, str):
        return clean_text(value)
    if value is None:
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M") if value.second == 0 else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def fits_number(value: int | float) -> bool:
    """Whether a spreadsheet keeps the number exactly if it is written as a number."""
    return math.isfinite(value) and abs(value) < _EXACT


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A permitted sheet name close to ``wanted`` and not among ``taken`` (case does not count)."""
    name = _BAD_IN_SHEET_NAME.sub(" ", clean_text(wanted)).strip().strip("'")[:_LONGEST_SHEET_NAME] or "Sheet"
    used = {other.casefold() for other in taken} | {"history"}  # a name reserved by Excel
    number, free = 1, name
    while free.casefold() in used:
        number += 1
        free = f"{name[:_LONGEST_SHEET_NAME - len(str(number)) - 1]} {number}"
    return free
