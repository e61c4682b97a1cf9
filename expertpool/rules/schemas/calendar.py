"""The calendar that days are counted with (节假日): ``resources/rules/holidays.json``."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from expertpool.foundation.data_file import Bilingual, DataFile, Day, Strict, Text


def _month_and_day(text: str) -> str:
    date.fromisoformat(f"2000-{text}")
    return text


YearNumber = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
MonthDay = Annotated[str, AfterValidator(_month_and_day)]
Weekday = Annotated[int, Field(ge=1, le=7)]


class HolidayYear(Strict):
    """What the State Council's notice says for a year: days off from and to with their names, extra working days."""

    source: Text
    dated: Day
    off: tuple[tuple[Day, Day, Text], ...]
    work: tuple[Day, ...]


class Holidays(DataFile):
    """Weekends, fixed public holidays, and the years whose notice is known."""

    path = "rules/holidays.json"
    version: Day
    note: Text
    source: Bilingual
    weekends: tuple[Weekday, ...]
    fixed: dict[MonthDay, Text]
    years: dict[YearNumber, HolidayYear]

    @model_validator(mode="after")
    def _within_the_year(self) -> Self:
        for year, entry in self.years.items():
            for day in (*(day for first, last, _name in entry.off for day in (first, last)), *entry.work):
                if not day.startswith(year):
                    raise ValueError(f"{day} ∉ {year}")
            if disordered := [first for first, last, _name in entry.off if last < first]:
                raise ValueError(f"{disordered[0]} > ")
        return self
