"""What the careful reader of .xlsx needs beside the sheet: shared texts, date styles, day numbers.

That reader goes cell by cell in limited memory and ignores faults in everything that is only decoration. It is slower
than the fast reader and is used where that one fails or would need too much memory.
"""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

from expertpool.foundation.text import is_number
from expertpool.spreadsheets.ooxml_parts import local
from expertpool.spreadsheets.safe_xml import parse_xml
from expertpool.spreadsheets.workbook import Value

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # ISO/IEC 29500 18.8.30
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_ELAPSED_FORMAT = 46
_NOT_DATE_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P', re.IGNORECASE)


def shared_strings(package: zipfile.ZipFile, part: str) -> list[str]:
    """The workbook's table of texts; phonetic hints left out."""
    texts: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "hint": 0}

    def start(name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "si":
            pieces.clear()
        state["hint"] += name == "rPh"
        state["text"] = name == "t" and not state["hint"]

    def end(name: str) -> None:
        name = local(name)
        state["text"] = False
        state["hint"] -= name == "rPh"
        if name == "si":
            texts.append(unescaped("".join(pieces)))

    def data(text: str) -> None:
        if state["text"]:
            pieces.append(text)

    if part:
        _parse(package, part, start, end, data)
    return texts


def date_styles(package: zipfile.ZipFile, part: str) -> dict[int, bool]:
    """Indexes of the cell styles that show a number as date or time; True for elapsed time such as [h]:mm."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside = {"cells": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "numFmt" and is_number(attributes.get("numFmtId", "")):
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside["cells"] = True
        elif name == "xf" and inside["cells"]:
            number = attributes.get("numFmtId", "0")
            formats.append(int(number) if is_number(number) else 0)

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            inside["cells"] = False

    if part:
        _parse(package, part, start, end, lambda text: None)
    found = ((index, codes.get(number, ""), number) for index, number in enumerate(formats))
    return {index: bool(_ELAPSED.search(code)) or (not code and number == _ELAPSED_FORMAT)
            for index, code, number in found if (_shows_date(code) if code else number in _DATE_FORMATS)}


def unescaped(text: str) -> str:
    """``_x000D_`` and its like as the characters they stand for."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)  # half a surrogate pair stays as it is written


def _parse(package: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None],
           end: Callable[[str], None], data: Callable[[str], None]) -> None:
    with package.open(part) as file:
        parse_xml(file, start, end, data)


def _shows_date(code: str) -> bool:
    if _ELAPSED.search(code):
        return True
    return bool(re.search("[ymdhs]", _NOT_DATE_LETTERS.sub("", code.split(";")[0]), re.IGNORECASE))


def plain_number(number: float) -> Value:
    """Whole numbers as int as long as a float holds them exactly; None for not-a-number."""
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def duration(seconds: float) -> str:
    """Elapsed time as hours, minutes and seconds: ``30:15:00``."""
    whole = round(abs(seconds))
    return f"{'-' if seconds < 0 else ''}{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def date_of_serial(serial: float, from_1904: bool) -> Value:
    """A spreadsheet day number as date, datetime or time; the number itself where it is no real day."""
    if not (0 <= serial < 2_958_466) or (not from_1904 and 60 <= serial < 61):  # 1900-02-29 never existed
        return plain_number(serial)
    if serial < 1:
        moment = datetime(1900, 1, 1) + timedelta(seconds=round(serial * 86_400))
        return moment.time() if moment.day == 1 else plain_number(serial)
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if serial >= 61 else 31)
    moment = epoch + timedelta(days=int(serial), seconds=round(serial % 1 * 86_400))
    return moment.date() if serial == int(serial) else moment
