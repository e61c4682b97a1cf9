"""Terms of office (聘期) and validity of licences: ranges, lengths, or only an end."""

import re
from dataclasses import dataclass
from datetime import timedelta

from expertpool.foundation.dates import PartialDate, add_months, add_years
from expertpool.foundation.problems import Problem, Severity
from expertpool.spreadsheets.cell_dates import DAY, TERM, read_date
from expertpool.spreadsheets.cell_text import Reading, Value, content, half_width, line, problem

_DATE = r"\d{4}\s*(?:[年./-]\s*\d{1,2}\s*(?:[月./-]\s*\d{1,2}\s*日?|月)?|年|\d{2}(?:\d{2})?(?!\d))?"
_RANGE = re.compile(rf"^\D{{0,6}}({_DATE})\s*(?:起)?\s*(?:[-—–―~～至到]+|\s)\s*(?:至)?\s*"
                    rf"({_DATE}|今|长期|永久|无固定期限)?\D{{0,4}}$")
_LENGTH = re.compile(r"(\d{1,2}|[一二两三四五六七八九十])\s*(个?月|年)")
_END = re.compile(rf"(?:有效期)?(?:截?至|截止|到期)[:：]?\s*({_DATE})")
_HAN = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when, as far as stated; ``months`` for a length without dates (``三年`` → 36)."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    months: int = 0
    text: str = ""


def read_term(value: Value, start: PartialDate | None = None) -> Reading[Term]:
    """Read ``2024.1-2026.12``, ``2024年1月至2026年12月``, ``三年``, ``至2026年``; ``start`` is needed to complete a
    length.

    A term ends the day before its anniversary: three years from 2024-01-01 end on 2026-12-31. Problems:
    ``date_invalid``, ``term_reversed``.
    """
    text = line(value)
    if not text:
        return Reading(Term())
    plain = " ".join(half_width(content(value)).split())
    if (inside := re.search(r"\(([^()]*\d{4}[^()]*)\)", plain)) and _RANGE.match(inside[1]):
        plain = inside[1]  # 3年（2024.1-2026.12）
    if found := _RANGE.match(plain):
        return _range(found[1], found[2] or "", text)
    if found := _END.search(plain):
        end = read_date(found[1], TERM)
        return Reading(Term(start, end.value, text=text), end.problems)
    if (found := _LENGTH.search(plain)) and not re.search(r"\d{4}", plain):
        months = (_HAN.get(found[1]) or int(found[1])) * (12 if found[2] == "年" else 1)
        return Reading(Term(start, end_after(start, months), months, text))
    single = read_date(value, TERM)
    return Reading(Term(start, single.value, text=text) if start else Term(single.value, text=text), single.problems)


def _range(first: str, last: str, text: str) -> Reading[Term]:
    start = read_date(first, TERM)
    end: Reading[PartialDate | None] = read_date(last, TERM) if re.match(r"\d", last) else Reading(None)
    problems: tuple[Problem, ...] = (*start.problems, *end.problems)
    if start.value and end.value and end.value.last_day < start.value.first_day:
        problems += (problem("term_reversed", text, Severity.WARNING),)
    return Reading(Term(start.value, end.value, text=text), problems)


def end_after(start: PartialDate | None, months: int) -> PartialDate | None:
    """The last day of a term of ``months`` months, as precise as its start; None without a start."""
    if start is None or not months:
        return None
    if start.precision == "Y" and months % 12 == 0:
        return PartialDate(start.year + months // 12 - 1)
    if start.precision != "YMD":
        last = add_months(start.first_day, months - 1)
        return PartialDate(last.year, last.month)
    day = start.first_day
    end = add_years(day, months // 12) if months % 12 == 0 else add_months(day, months)
    return PartialDate.of(end - timedelta(days=1))


def read_until(value: Value) -> Reading[tuple[PartialDate | None, PartialDate | None]]:
    """A licence's validity → (from, until); a single date is the end."""
    if isinstance(value, str) and (half_width(content(value)).startswith(("长期", "永久"))):
        return Reading((None, None))
    if isinstance(value, str) and _RANGE.match(" ".join(half_width(content(value)).split())):
        term = read_term(value)
        return Reading((term.value.start, term.value.end), term.problems)
    if isinstance(value, str) and (found := _END.search(half_width(content(value)))):
        value = found[1]
    end = read_date(value, TERM)
    return Reading((None, end.value), end.problems)


def read_day(value: Value) -> Reading[PartialDate | None]:
    """Read a day in the past: hired, graduated, title given, licence issued. Problem: ``date_invalid``."""
    return read_date(value, DAY)
