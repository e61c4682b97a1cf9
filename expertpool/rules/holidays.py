"""The calendar by which periods are counted (节假日): shipped years, years entered by the court, rules of counting.

民事诉讼法(2023) art. 85. Working days are data: ``resources/rules/holidays.json`` and, for further years, the court's
setting ``holidays``; the rule D-COUNT says how days are counted.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from expertpool.foundation.data_file import read
from expertpool.foundation.dates import today
from expertpool.foundation.periods import WorkingDays, Year
from expertpool.foundation.problems import UserProblem
from expertpool.rules.book import RuleBook
from expertpool.rules.schemas.calendar import Holidays

SETTING = "holidays"
RULE = "D-COUNT"


def working_days(rules: RuleBook, setting: Mapping[str, Any] | None = None, day: str | date = "") -> WorkingDays:
    """The calendar of the shipped years and those the court entered: ``{"2027": {"source", "dated", "off",
    "work"}}``.

    ``day`` is the day from which is counted and whose rule applies; by default today. Raises ``holidays.value`` if a
    year is not written like the shipped ones.
    """
    on = day or today()
    return _calendar(json.dumps(dict(setting or {}), ensure_ascii=False, sort_keys=True),
                     rules.figure(RULE, "first_day_counts", on), rules.figure(RULE, "holiday_moves_end", on))


@lru_cache(maxsize=32)
def _calendar(setting: str, first_day_counts: bool, rest_moves_end: bool) -> WorkingDays:
    """The calendar, made once for each content of the setting."""
    own = {_number(year): _entered(year, entry) for year, entry in json.loads(setting).items()}
    shipped = read(Holidays)
    years = {int(year): _year(entry.off, entry.work, entry.source, entry.dated)
             for year, entry in shipped.years.items()}
    return WorkingDays(frozenset(shipped.weekends), shipped.fixed, years | own, first_day_counts, rest_moves_end)


def _number(year: str) -> int:
    try:
        return int(year)
    except ValueError as error:
        raise UserProblem("holidays.value", year=year, value=str(error)) from error


def _entered(year: str, entry: Mapping[str, Any]) -> Year:
    try:
        for first, last, _name in entry["off"]:
            if date.fromisoformat(last) < date.fromisoformat(first) or first[:4] != str(year):
                raise ValueError(first)
        return _year(entry["off"], entry["work"], str(entry["source"]), str(entry["dated"]))
    except (KeyError, TypeError, ValueError) as error:
        raise UserProblem("holidays.value", year=year, value=str(error)) from error


def _year(off: Any, work: Any, source: str, dated: str) -> Year:
    named: dict[date, str] = {}
    for first, last, name in off:
        day, end = date.fromisoformat(first), date.fromisoformat(last)
        while day <= end:
            named[day] = str(name)
            day += timedelta(days=1)
    return Year(named, frozenset(map(date.fromisoformat, work)), source, dated)
