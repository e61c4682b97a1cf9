"""Days with the precision in which they are known (年

年月
年月日), stored as ISO text; and the present day.
"""

import calendar
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, total_ordering

from expertpool.foundation.problems import UserProblem

# ISO text of a date that may be partial
ISO_PARTIAL = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$")
_FIRST_ZONED, _LAST_ZONED = 1971, 9998  # years that every system can reckon zones for
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day; ``month`` and ``day`` are 0 where unknown.

    A date that does not exist (month 13, 30 February) raises ``ValueError``. Ordering is by what is
    known: a year comes before its months, a month before its days.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day without a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """From ISO text ``1978``, ``1978-05`` or ``1978-05-12``; anything else raises ``ValueError``."""
        if not (found := _ISO.fullmatch(text)):
            raise ValueError(f"not an ISO date: {text!r}")
        return cls(*(int(part) for part in found.groups(default="0")))

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The full date of a calendar day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> str:
        """``Y``, ``YM`` or ``YMD``."""
        return "YMD" if self.day else "YM" if self.month else "Y"

    @property
    def first_day(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def agrees(self, other: "PartialDate") -> bool:
        """Whether both may be the same day, as far as each is known."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(a == b or not a or not b for a, b in pairs)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.year, self.month, self.day) < (other.year, other.month, other.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


_DAY: ContextVar[date | None] = ContextVar("day", default=None)
_fixed: date | None = None


def today() -> date:
    """The day by which terms, periods and rules are judged: today, unless :func:`judged_on` sets another."""
    return _DAY.get() or _fixed or date.today()


def fix_today(day: date | None) -> None:
    """Make this process take ``day`` for today, for pictures and tests that must repeat; None: the real day again.

    No option or environment variable can do this, so that a user cannot choose the day by which rules are judged.
    """
    global _fixed
    _fixed = day


def judge_on(day: date | None) -> None:
    """From now on this thread judges by ``day``; None: by today again."""
    _DAY.set(day)


@contextmanager
def judged_on(day: date | None) -> Iterator[None]:
    """Within the ``with`` block this thread judges by ``day`` (None: by today)."""
    token = _DAY.set(day)
    try:
        yield
    finally:
        _DAY.reset(token)


def local_time(stamp: str) -> str:
    """A stored stamp (UTC) as local day and time, to the minute; any other text is returned unchanged."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return stamp


def add_years(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th where there is none."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month if it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def days_between(start: date, end: date) -> int:
    """Days from ``start`` to ``end``; negative if ``end`` is earlier."""
    return (end - start).days


def age_on(birth: PartialDate, day: date) -> int:
    """Full years on a day, by the latest birthday that the known part of the birth date allows."""
    latest = birth.last_day
    return day.year - latest.year - ((day.month, day.day) < (latest.month, latest.day))


@lru_cache(maxsize=50_000)
def first_day(text: str) -> date | None:
    """The earliest day that a text can mean; None if it is empty or no date."""
    return PartialDate.parse(text).first_day if text else None


@lru_cache(maxsize=50_000)
def last_day(text: str) -> date | None:
    """The latest day that a text can mean; None if it is empty or no date."""
    return PartialDate.parse(text).last_day if text else None


def typed_day(text: str) -> date:
    """The day that somebody typed as 2026-11-23. Raises ``day.wrong``."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UserProblem("day.wrong", day=text) from error
    if str(day) != text:  # 20261123 and 2026-W48-1 are ISO too, but nobody means them
        raise UserProblem("day.wrong", day=text)
    return day


def day_begins(day: date) -> str:
    """The beginning of a local day as a UTC stamp, written as the journal writes them.

    Systems know no zone of the first and last years there are; no entry was written in them, so any zone will do.
    """
    if not _FIRST_ZONED <= day.year <= _LAST_ZONED:
        return f"{day.isoformat()}T00:00:00.000Z"
    return datetime.combine(day, time()).astimezone().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def day_ends(day: date) -> str:
    """As :func:`day_begins`, of the next day."""
    return day_begins(day + timedelta(days=1)) if day < date.max else f"{date.max.isoformat()}T24:00:00.000Z"


def as_day(day: str | date) -> date:
    """A calendar day from a day or its ISO text."""
    return day if isinstance(day, date) else date.fromisoformat(day)


def over(end: str, today: date) -> bool:
    """Whether something that ended on ``end`` was certainly over before ``today``."""
    last = last_day(end)
    return last is not None and last < today
