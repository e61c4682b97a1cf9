"""How a court runs the program (账户、权限、备份、名册): accounts, permissions, backups, columns of rosters."""

from typing import Literal, Self

from pydantic import model_validator

from expertpool.foundation.data_file import Bilingual, DataFile, Day, Positive, Strict, Text, only_once
from expertpool.rules.operations import Operation


class PasswordRules(Strict):
    """Lengths, and how many kinds of characters."""

    shortest: Positive
    longest: Positive
    kinds: Positive


class Argon2(Strict):
    """Cost of a password's hash."""

    time: Positive
    memory_kib: Positive
    lanes: Positive


class LockOut(Strict):
    """After so many failed attempts the account is locked for so many minutes."""

    failures: Positive
    minutes: Positive


class NumberSearches(Strict):
    """How often somebody who may not see numbers in full may look people up by a number."""

    per_hour: Positive


class Accounts(DataFile):
    """Passwords, lock-out and idle lock."""

    path = "rules/accounts.json"
    about: Text
    source: Text
    date: Day
    password: PasswordRules
    argon2: Argon2
    lock_out: LockOut
    number_searches: NumberSearches
    idle_minutes: Positive
    os_user_signs_in: bool
    os_user_signs_in_managers: bool


class Kept(Strict):
    """How long backups of each age group are kept."""

    all_hours: Positive
    days: Positive
    weeks: Positive
    months: Positive


class Backups(DataFile):
    """When backups are made automatically and how long they are kept."""

    path = "rules/backups.json"
    about: Text
    source: Text
    date: Day
    before: tuple[Operation, ...]
    pause_minutes: dict[Operation, Positive]
    daily_hours: Positive
    keep: Kept


class Office(Bilingual):
    """An office and what it may do; ``*`` for everything."""

    allow: tuple[Operation | Literal["*"], ...]


class Permissions(DataFile):
    """Offices, operations, what is allowed in a pool of the past, and which operations are limited to certain
    courts."""

    path = "rules/permissions.json"
    about: Text
    source: Text
    date: Day
    offices: dict[Text, Office]
    operations: dict[Operation, Bilingual]
    of_the_past: tuple[Operation, ...]
    case_bound: tuple[Operation, ...]

    @model_validator(mode="after")
    def _allowed_are_named(self) -> Self:
        for name, office in self.offices.items():
            only_once(name, office.allow)
            if unnamed := [one for one in office.allow if one != "*" and one not in self.operations]:
                raise ValueError(f"{name}: {unnamed[0]}")
        return self


class RosterColumn(Strict):
    """A column of a roster: which field (of the catalogue), its width in characters, its alignment."""

    key: Text
    width: Positive
    align: Literal["left", "center", "right"] = "left"
    text: bool = False


class Purpose(Bilingual):
    """What a roster for this purpose shows; ``full`` names columns whose numbers are not masked."""

    receiver: bool
    full: tuple[Text, ...]
    columns: tuple[RosterColumn, ...]

    @model_validator(mode="after")
    def _full_are_columns(self) -> Self:
        keys = [column.key for column in self.columns]
        only_once("column", keys)
        if strange := [key for key in self.full if key not in keys]:
            raise ValueError(f"full: {strange[0]}")
        return self


class RosterColumns(DataFile):
    """What a roster may hold, by the purpose it is made for."""

    path = "rules/roster_columns.json"
    about: Text
    source: Text
    date: Day
    purposes: dict[Text, Purpose]
