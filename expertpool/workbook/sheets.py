"""The pool workbook's sheets and columns (专家库工作簿), described once as data and used by reader and writer."""

import json
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from expertpool.foundation.places import resource

OWNER_KEYS = {"person": "person_id", "case": "court_case_id"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` is its English key and, for stored values, the attribute of the table.

    ``kind``: text, date, whole, number, yes_no, word, words, list, json, field, uid, info (for readers
    only), or what a reference names (person, case, unit, party, assignment), whose id ``fills`` an
    attribute. ``secret`` masks (id, phone, bank); ``brief`` names the sheet that the column sums up;
    ``beside`` is the column whose text leads to the unit where this one is empty; a ``guide`` only helps
    to find what another column names.
    """

    key: str
    head: str
    en: str
    kind: str = "text"
    words: tuple[str, ...] = ()
    closed: bool = False
    required: bool = False
    secret: str = ""
    fills: str = ""
    beside: str = ""
    brief: str = ""
    owner: bool = False
    guide: bool = False
    about: dict[str, str] = field(default_factory=dict)

    @property
    def attribute(self) -> str:
        """The attribute of the table that the column sets; "" if it sets none."""
        if self.brief or self.guide or self.kind == "info" or (self.owner and not self.fills):
            return ""
        return self.fills or self.key

    @property
    def stored(self) -> bool:
        """Whether the cell's value itself is stored."""
        return bool(self.attribute) and not self.fills


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One sheet: the table it carries, whom its rows belong to, and by which columns a row is known again."""

    key: str
    name: str
    en: str
    table: str
    columns: tuple[Column, ...]
    owners: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    placed: bool = False
    about: dict[str, str] = field(default_factory=dict)

    def column(self, key: str) -> Column:
        """The column with this key."""
        return next(column for column in self.columns if column.key == key)

    @property
    def group(self) -> tuple[str, ...]:
        """The attributes that say to which record a row belongs: rows are compared within such a group."""
        named = [column.fills for column in self.columns if column.fills and column.required]
        return (*named, *(OWNER_KEYS[owner] for owner in self.owners if OWNER_KEYS[owner] not in named))

    @property
    def matched(self) -> tuple[str, ...]:
        """The attributes by which a row is known again within its group."""
        return tuple(self.column(key).attribute for key in self.match)


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(resource("templates", "pool_workbook.json").read_text(encoding="utf-8"))
    return content


@cache
def sheets() -> tuple[SheetKind, ...]:
    """Every sheet, each after those that its rows refer to."""
    return tuple(_sheet(entry) for entry in _content()["sheets"])


def shown_sheets() -> list[SheetKind]:
    """Every sheet in the order of the workbook."""
    return [sheet(key) for key in _content()["order"]]


def sheet(key: str) -> SheetKind:
    """The sheet with this key."""
    return next(one for one in sheets() if one.key == key)


def sheet_named(name: str) -> SheetKind | None:
    """The sheet of this name: Chinese, English or its key; None for any other."""
    wanted = plain(name)
    return next((one for one in sheets() if wanted in (plain(one.name), plain(one.en), plain(one.key))), None)


def general_rules(language: str) -> list[str]:
    """How the workbook is filled in, sentence by sentence, in ``zh`` or ``en``."""
    return list(_content()["rules"][language])


def plain(text: str) -> str:
    """A head or name as it is compared: without spaces, stars and width."""
    return "".join(unicodedata.normalize("NFKC", text).replace("*", "").split()).casefold()


def _sheet(entry: dict[str, Any]) -> SheetKind:
    owners = tuple(entry.get("owners", ()))
    columns = [_column(column, owner=True) for owner in owners for column in _content()["owners"][owner]]
    columns += [_column(column) for column in entry["columns"]]
    return SheetKind(entry["key"], entry["name"], entry["en"], entry["table"], tuple(columns), owners,
                     tuple(entry["match"]), entry.get("placed", False), entry["about"])


def _column(entry: dict[str, Any], *, owner: bool = False) -> Column:
    return Column(**{**entry, "words": tuple(entry.get("words", "").split())}, owner=owner)
