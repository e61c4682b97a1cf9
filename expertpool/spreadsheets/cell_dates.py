"""Dates as people write them: ``1978.05``, ``197805``, ``7805``, ``65.09``, ``1978年5月``, serials, real dates."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from expertpool.foundation.dates import PartialDate, today
from expertpool.foundation.problems import Severity
from expertpool.spreadsheets.cell_text import Reading, Value, content, half_width, per_value, problem

_EPOCH = date(1899, 12, 30)  # serial of Excel from 61 on; day 60 is 29 February 1900, which never existed
_SERIALS = range(10_000, 60_001)  # serials of the years 1927 to 2064
_SEPARATOR = r"\s*[-/.年,、\\–—]\s*"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}}){_SEPARATOR}(\d{{1,2}})\s*[-/.月,、\\–—]\s*(\d{{1,2}})\s*[日号]?")
_MONTH = re.compile(rf"(\d{{4}}|\d{{2}}){_SEPARATOR}(\d{{1,2}})\s*月?")
_YEAR = re.compile(r"(\d{4})\s*年?")
_TAIL = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[APap][Mm])?$|\s*(?:出生|生|起|左右|至今)$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NOTES = re.compile(r"\([^()]*\)")
# January and October in number cells: 1975.1 may be either; 1975.01 stands in rosters for
# either as well, so both keep only the year and are reported. Text cells are not affected.
_UNSURE = frozenset({"1", "01"})
_DIGITS = str.maketrans("〇零一二三四五六七八九○", "001234567890")


@dataclass(frozen=True, slots=True)
class DateUse:
    """What a date column holds: the problem code for an unreadable date, the earliest year, whether dates may be in
    the future."""

    code: str
    earliest: int = 1900
    future: bool = False


BIRTH = DateUse("birth_invalid", 1900)
DAY = DateUse("date_invalid", 1900)
TERM = DateUse("date_invalid", 1980, future=True)


def read_date(value: Value, use: DateUse = DAY) -> Reading[PartialDate | None]:
    """A cell as a date with the precision it has.

    Problems: ``use.code`` (no date; or the number ``1975.1`` or ``1975.01``, whose month is uncertain: only the year
    is kept), ``date_serial`` (a bare day number of Excel was taken as a date).
    """
    return _read(value, use, today())


@per_value
def _read(value: Value, use: DateUse, _day: date) -> Reading[PartialDate | None]:
    """``_day`` is today: what is in the future today need not be so tomorrow."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _checked(PartialDate.of(value), value, use)
    if isinstance(value, time):
        return Reading(None, (problem(use.code, value),))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, use)
    text = content(value)
    if not text:
        return Reading(None)
    return _text(text, use)


def _number(value: float, use: DateUse) -> Reading[PartialDate | None]:
    if not math.isfinite(value):
        return Reading(None)
    if float(value).is_integer():
        return _digits(str(int(value)), value, use)
    whole, _dot, fraction = repr(float(value)).partition(".")
    if not (whole.isdigit() and fraction.isdigit()):
        return Reading(None, (problem(use.code, value),))
    year = _year(whole, use)
    if year and fraction in _UNSURE:
        return Reading(PartialDate(year), (problem(use.code, value, Severity.WARNING, ambiguous=True),))
    if year and len(fraction) <= 4:
        padded = fraction if len(fraction) in (1, 2) else fraction.ljust(4, "0")
        return _build(year, int(padded[:2]), int(padded[2:]) if padded[2:] else None, value, use)
    if int(whole) in _SERIALS and len(whole) == 5:  # a date with a time of day
        return _digits(whole, value, use)
    return Reading(None, (problem(use.code, value),))


def _digits(digits: str, value: Value, use: DateUse) -> Reading[PartialDate | None]:
    """``19780512``, ``197805``, ``1978``, ``7805``, ``780512`` or a serial of Excel."""
    if len(digits) == 8:
        return _build(int(digits[:4]), int(digits[4:6]), int(digits[6:]), value, use)
    if len(digits) == 6:
        if digits[:2] in ("19", "20") and 1 <= int(digits[4:]) <= 12:
            return _build(int(digits[:4]), int(digits[4:]), None, value, use)
        return _build(_year(digits[:2], use), int(digits[2:4]), int(digits[4:]), value, use)
    if len(digits) == 4:
        if 1900 <= int(digits) <= 2100:
            return _build(int(digits), None, None, value, use)
        return _build(_year(digits[:2], use), int(digits[2:]), None, value, use)
    if len(digits) == 5 and int(digits) in _SERIALS:
        found = _checked(PartialDate.of(_EPOCH + timedelta(days=int(digits))), value, use)
        note = problem("date_serial", value, Severity.WARNING, date=str(found.value or ""))
        return Reading(found.value, (*found.problems, *([note] if found.value else [])))
    return Reading(None, (problem(use.code, value),))


def _text(original: str, use: DateUse) -> Reading[PartialDate | None]:
    text = half_width(original).strip()
    text = _TAIL.sub("", _NOTES.sub("", text).strip()).strip().rstrip(".,、-/")
    if re.search("[〇零一二三四五六七八九○]{2,4}年", text):
        text = _han_numbers(text)
    if re.fullmatch(r"\d{4,8}", text):
        return _digits(text, original, use)
    if re.fullmatch(r"\d{4,6}\.0", text):
        return _digits(text[:-2], original, use)
    if found := _FULL.fullmatch(text):
        return _build(_year(found[1], use), int(found[2]), int(found[3]), original, use)
    if found := _MONTH.fullmatch(text):
        return _build(_year(found[1], use), int(found[2]), None, original, use)
    if re.fullmatch(r"\d{4}\.\d{4}", text):
        return _build(int(text[:4]), int(text[5:7]), int(text[7:]), original, use)
    if found := _YEAR.fullmatch(text):
        return _build(int(found[1]), None, None, original, use)
    if (found := _DAY_FIRST.fullmatch(text)) and (int(found[1]) > 12) != (int(found[2]) > 12):
        day, month = sorted((int(found[1]), int(found[2])), reverse=True)
        return _build(int(found[3]), month, day, original, use)
    return Reading(None, (problem(use.code, original),))


def _han_numbers(text: str) -> str:
    """``一九七八年十二月`` → ``1978年12月``."""
    def plain(found: re.Match[str]) -> str:
        tens, ten, ones = found[0].partition("十")
        if not ten:
            return found[0].translate(_DIGITS)
        return (tens.translate(_DIGITS) or "1") + (ones.translate(_DIGITS) or "0")

    return re.sub("[〇零○一二三四五六七八九十]+", plain, text)


def _year(digits: str, use: DateUse) -> int:
    """A year of four digits, or of two: the century that puts it in the past (18 years in the past for a birth)."""
    if len(digits) == 4:
        return int(digits)
    if len(digits) != 2:
        return 0
    latest = today().year + (10 if use.future else -18 if use is BIRTH else 0)
    return 2000 + int(digits) if 2000 + int(digits) <= latest else 1900 + int(digits)


def _build(year: int, month: int | None, day: int | None, value: Value,
           use: DateUse) -> Reading[PartialDate | None]:
    try:
        if 0 in (month, day):  # written as 00, unlike a part that was not written
            raise ValueError("no month or day 0")
        return _checked(PartialDate(year, month or 0, day or 0), value, use)
    except ValueError:
        return Reading(None, (problem(use.code, value),))


def _checked(found: PartialDate, value: Value, use: DateUse) -> Reading[PartialDate | None]:
    latest = today().year + (60 if use.future else 0)
    if found.year < use.earliest or found.year > latest or (not use.future and found.first_day > today()):
        return Reading(None, (problem(use.code, value),))
    return Reading(found)
