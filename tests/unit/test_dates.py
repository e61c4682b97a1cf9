from datetime import date

import pytest

from expertpool.foundation.dates import PartialDate, add_months, add_years, age_on, days_between, fix_today, today


def test_precision_and_ends() -> None:
    month = PartialDate.parse("2024-02")
    assert (month.precision, month.first_day, month.last_day) == ("YM", date(2024, 2, 1), date(2024, 2, 29))
    assert PartialDate.parse("1978").last_day == date(1978, 12, 31)
    assert str(PartialDate.of(date(1978, 5, 12))) == "1978-05-12"


@pytest.mark.parametrize("wrong", ["1978-13", "1965-02-30", "78-05", "1978-5", "", "1978/05"])
def test_impossible_dates_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(wrong)


def test_order_and_agreement() -> None:
    assert PartialDate(1978) < PartialDate(1978, 5) < PartialDate(1978, 5, 12) < PartialDate(1978, 6)
    assert PartialDate(1978, 5).agrees(PartialDate(1978, 5, 12))
    assert not PartialDate(1978, 5).agrees(PartialDate(1978, 6))


def test_today_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    fix_today(date.fromisoformat("2025-03-04"))
    assert today() == date(2025, 3, 4)


def test_calendar_arithmetic() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert days_between(date(2024, 3, 1), date(2024, 2, 28)) == -2
    assert age_on(PartialDate(1966, 3, 2), date(2026, 3, 1)) == 59


def test_whoever_starts_the_program_does_not_choose_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_TODAY", "2025-03-04")
    fix_today(None)
    assert today().year > 2025
