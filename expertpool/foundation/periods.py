"""Counts periods of days (期间计算) with a calendar of working days and the rules of counting given with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Year:
    """The days off (with the holiday's name) and the extra working days of a year, and the notice that sets them."""

    off: Mapping[date, str]
    work: frozenset[date]
    source: str
    dated: str


@dataclass(frozen=True)
class Period:
    """``counted`` is the last day as counted, ``end`` the day on which the period ends; ``rest`` names the reason for
    moving it.

    ``known`` is False where a year is involved whose holiday notice is not entered: movable holidays would be
    missing.
    """

    counted: date
    end: date
    rest: str = ""
    known: bool = True


@dataclass(frozen=True)
class WorkingDays:
    """Which days are working days, and how periods are counted.

    ``first_day_counts``: whether the day of the event is the first day of a period; ``rest_moves_end``: whether a
    period that would end on a day of rest ends on the next working day.
    """

    weekends: frozenset[int]
    fixed: Mapping[str, str]
    years: Mapping[int, Year]
    first_day_counts: bool
    rest_moves_end: bool

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
        """A period of calendar days set off by an event on ``start``."""
        counted = end = start + timedelta(days=days - self.first_day_counts)
        known = counted.year in self.years
        if not self.rest_moves_end:
            return Period(counted, end, "", known)
        rest = self.rest(counted) or ""
        while self.rest(end) is not None:
            end += timedelta(days=1)
            known = known and end.year in self.years
        return Period(counted, end, rest, known)

    def working_period(self, start: date, days: int) -> Period:
        """A period of so many working days after ``start``."""
        end, left, known = start - timedelta(days=self.first_day_counts), days, True
        while left > 0:
            end += timedelta(days=1)
            known = known and end.year in self.years
            left -= self.rest(end) is None
        return Period(end, end, "", known)
