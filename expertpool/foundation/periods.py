"""Counting of days (期间计算): the first day does not count, a last day of rest moves to the next working day.

民事诉讼法(2023) art. 85. Which days are worked is data: ``resources/rules/holidays.json`` and, for further years,
the court's setting ``holidays``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.places import resource
from expertpool.foundation.problems import UserProblem

SETTING = "holidays"


@dataclass(frozen=True)
class Year:
    """The days off (with the holiday's name) and the extra working days of a year, and who says so."""

    off: Mapping[date, str]
    work: frozenset[date]
    source: str
    dated: str


@dataclass(frozen=True)
class Period:
    """``counted`` is the last day as counted, ``end`` the day it runs to; ``rest`` names why it moved.

    ``known`` is False where a day had to be judged for which no year's notice is entered: movable holidays
    would be missing.
    """

    counted: date
    end: date
    rest: str = ""
    known: bool = True


@dataclass(frozen=True)
class WorkingDays:
    """Which days are worked."""

    weekends: frozenset[int]
    fixed: Mapping[str, str]
    years: Mapping[int, Year]

    def rest(self, day: date) -> str | None:
        """Why a day is no working day: the holiday's name, "" for a weekend; None on a working day."""
        year = self.years.get(day.year)
        if year and day in year.work:
            return None
        if year and day in year.off:
            return year.off[day]
        if not year and (name := self.fixed.get(f"{day:%m-%d}")):
            return name
        return "" if day.isoweekday() in self.weekends else None

    def period(self, start: date, days: int) -> Period:
        """A period of so many calendar days that an event on ``start`` sets going."""
        counted = end = start + timedelta(days=days)
        rest, known = self.rest(counted) or "", counted.year in self.years
        while self.rest(end) is not None:
            end += timedelta(days=1)
            known = known and end.year in self.years
        return Period(counted, end, rest, known)

    def working_period(self, start: date, days: int) -> Period:
        """A period of so many working days after ``start``."""
        end, left, known = start, days, True
        while left > 0:
            end += timedelta(days=1)
            known = known and end.year in self.years
            left -= self.rest(end) is None
        return Period(end, end, "", known)


def working_days(setting: JsonMapping | None = None) -> WorkingDays:
    """The shipped years with those the court entered: ``{"2027": {"source", "dated", "off", "work"}}``.

    Raises ``holidays.value`` where a year is not written as the shipped ones are.
    """
    data = _shipped()
    own = {int(year): _year(year, entry) for year, entry in (setting or {}).items()}
    shipped = {int(year): _year(year, entry) for year, entry in data["years"].items()}
    return WorkingDays(frozenset(data["weekends"]), data["fixed"], shipped | own)


@cache
def _shipped() -> JsonObject:
    content: JsonObject = json.loads(resource("rules", "holidays.json").read_text(encoding="utf-8"))
    return content


def _year(year: str, entry: JsonMapping) -> Year:
    try:
        off: dict[date, str] = {}
        for first, last, name in entry["off"]:
            day, end = date.fromisoformat(first), date.fromisoformat(last)
            if end < day or str(day.year) != str(year):
                raise ValueError(first)
            while day <= end:
                off[day] = str(name)
                day += timedelta(days=1)
        work = frozenset(date.fromisoformat(day) for day in entry["work"])
        return Year(off, work, str(entry["source"]), str(entry["dated"]))
    except (KeyError, TypeError, ValueError) as error:
        raise UserProblem("holidays.value", year=year, value=str(error)) from error
