"""Counting of days: the first does not count, a last day of rest moves on, a year that is not entered is said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertpool.foundation.problems import UserProblem
from expertpool.rules.book import RuleBook
from expertpool.rules.holidays import working_days
from tests.seeds import examples

RULES = RuleBook.load()
CALENDAR = working_days(RULES)


@pytest.mark.parametrize(("start", "days", "end", "rest"), [
    ("2026-11-23", 3, "2026-11-26", ""),  # Monday: the day itself does not count
    ("2026-11-19", 3, "2026-11-23", ""),  # Thursday: Sunday moves to Monday
    ("2026-11-18", 3, "2026-11-23", ""),  # Wednesday: Saturday moves to Monday
    ("2026-09-29", 3, "2026-10-08", "国庆节"),
    ("2026-02-13", 3, "2026-02-24", "春节"),
    ("2026-05-06", 3, "2026-05-09", ""),  # a Saturday that is worked
    ("2026-01-01", 3, "2026-01-04", ""),  # a Sunday that is worked
    ("2025-09-30", 3, "2025-10-09", "国庆节、中秋节"),
])
def test_a_period_ends_on_a_working_day(start: str, days: int, end: str, rest: str) -> None:
    found = CALENDAR.period(date.fromisoformat(start), days)
    assert (str(found.end), found.rest, found.known) == (end, rest, True)


def test_the_shipped_years_follow_their_notices() -> None:
    year = CALENDAR.years[2026]
    assert (len(year.off), len(year.work), year.dated) == (33, 6, "2025-11-04")
    assert all(day.isoweekday() in CALENDAR.weekends for day in year.work)
    assert not year.off.keys() & year.work


def test_a_year_without_a_notice_is_said_and_can_be_entered() -> None:
    start = date(2026, 12, 30)
    assert CALENDAR.period(start, 3).known is False
    assert str(CALENDAR.period(start, 2).end) == "2027-01-04"  # New Year on a Friday, then the weekend
    entered = working_days(RULES, {"2027": {"source": "通知", "dated": "2026-11-30", "off": [["2027-01-01", "2027-01-05", "元旦"]],
                                     "work": []}})
    found = entered.period(start, 2)
    assert (str(found.end), found.rest, found.known) == ("2027-01-06", "元旦", True)


@pytest.mark.parametrize("entry", [
    {"source": "x", "dated": "x", "off": [["2027-01-05", "2027-01-01", "元旦"]], "work": []},
    {"source": "x", "dated": "x", "off": [["2026-01-05", "2026-01-06", "元旦"]], "work": []},
    {"source": "x", "dated": "x", "off": [["tomorrow", "2027-01-06", "元旦"]], "work": []},
    {"source": "x", "off": [], "work": []},
])
def test_a_year_that_cannot_be_read_is_refused(entry: dict) -> None:
    with pytest.raises(UserProblem) as refused:
        working_days(RULES, {"2027": entry})
    assert refused.value.code == "holidays.value"
    assert "2027" in refused.value.text


def test_working_days_skip_rest() -> None:
    assert str(CALENDAR.working_period(date(2026, 9, 24), 5).end) == "2026-10-09"  # 28, 29, 30 Sept., 8, 9 Oct.
    assert str(CALENDAR.working_period(date(2026, 11, 20), 1).end) == "2026-11-23"


@examples(40)
@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)), st.integers(1, 20))
def test_the_end_is_the_first_working_day_from_the_counted_one(start: date, days: int) -> None:
    found = CALENDAR.period(start, days)
    assert (found.counted - start).days == days
    assert CALENDAR.rest(found.end) is None
    passed = [date.fromordinal(day) for day in range(found.counted.toordinal(), found.end.toordinal())]
    assert all(CALENDAR.rest(day) is not None for day in passed)


@pytest.mark.parametrize(("first", "moves", "end", "working"), [
    (False, True, "2026-11-23", "2026-11-24"), (True, True, "2026-11-23", "2026-11-23"),
    (False, False, "2026-11-22", "2026-11-24"), (True, False, "2026-11-21", "2026-11-23")])
def test_how_days_are_counted_is_the_rules_matter(first: bool, moves: bool, end: str, working: str) -> None:
    counting = replace(RULES.rule("D-COUNT"), parameters={"first_day_counts": first, "holiday_moves_end": moves})
    book = replace(RULES, rules=tuple(counting if rule.id == "D-COUNT" else rule for rule in RULES))
    calendar, thursday = working_days(book), date(2026, 11, 19)
    assert str(calendar.period(thursday, 3).end) == end
    assert str(calendar.working_period(thursday, 3).end) == working


def test_the_calendar_of_one_content_is_made_once() -> None:
    year = {"2027": {"source": "通知", "dated": "2026-11-30", "off": [], "work": []}}
    assert working_days(RULES, year) is working_days(RULES, dict(year))
    assert working_days(RULES) is not working_days(RULES, year)
