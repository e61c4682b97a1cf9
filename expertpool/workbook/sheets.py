"""The pool workbook's sheets and columns (专家库工作簿), used for reading and writing.

The columns of people and cases, and of what belongs to them, come from the catalogues of their fields. The data file
lists the sheets, the columns of other tables, and columns that belong to no table: references to other rows, and the
summary columns of the sheet of experts, which repeat later sheets in short (``after`` a field's column).
"""

import json
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from expertpool.cases.catalogue import CASES
from expertpool.experts.catalogue import EXPERTS
from expertpool.foundation.places import resource
from expertpool.rules.field_catalogue import CatalogueField, Kind

_TABLES = {**EXPERTS.by_table, **CASES.by_table}
OWNER_KEYS = {"person": "person_id", "case": "court_case_id"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` is its English key and, for stored values, the attribute of the table.

    ``kind``: text, date, whole, number, yes_no, word, words, list, json, field, uid, info (for readers only), or what
    a reference names (person, case, unit, party, assignment), whose id ``fills`` an attribute. ``secret`` masks (id,
    phone, bank); ``brief`` names the sheet that the column summarises; ``beside`` is the column whose text names the
    unit if this one is empty; a ``guide`` only helps to find what another column names. ``formerly`` are headings of
    older workbooks, which are still read.
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
    formerly: tuple[str, ...] = ()
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
    """One sheet: its table, to whom its rows belong, and by which columns a row is recognised."""

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
        """The attributes that say to which record a row belongs: rows are compared only within the same record's
        rows."""
        named = [column.fills for column in self.columns if column.fills and column.required]
        return (*named, *(OWNER_KEYS[owner] for owner in self.owners if OWNER_KEYS[owner] not in named))

    @property
    def matched(self) -> tuple[str, ...]:
        """The attributes by which a row is recognised among them."""
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
    """A heading or name in the form in which they are compared: without spaces and stars, half width."""
    return "".join(unicodedata.normalize("NFKC", text).replace("*", "").split()).casefold()


def _sheet(entry: dict[str, Any]) -> SheetKind:
    owners = tuple(entry.get("owners", ()))
    columns = [_column(column, owner=True) for owner in owners for column in _content()["owners"][owner]]
    columns += _of_table(entry["table"], entry["columns"])
    return SheetKind(entry["key"], entry["name"], entry["en"], entry["table"], tuple(columns), owners,
                     tuple(entry["match"]), entry.get("placed", False), entry["about"])


def _column(entry: dict[str, Any], *, owner: bool = False) -> Column:
    given = {name: value for name, value in entry.items() if name not in ("after", "word")}
    given |= {"words": tuple(entry.get("words", "").split()), "formerly": tuple(entry.get("formerly", ()))}
    if word := entry.get("word"):
        named = EXPERTS.targets.get(word) or EXPERTS.in_draft[word]
        given |= {"head": named.chinese, "en": named.english}
    return Column(**given, owner=owner)


def _of_table(table: str, entries: list[dict[str, Any]]) -> list[Column]:
    """The columns of a table: its fields in the catalogue's order, with further entries where they belong."""
    known = _TABLES.get(table)
    if known is None:
        return [_column(entry) for entry in entries]
    columns = [_described(described) for described in known.in_workbook]
    for entry in entries:
        keys = [column.key for column in columns]
        first = sum(1 for other in entries[:entries.index(entry)] if "after" not in other)
        columns.insert(keys.index(entry["after"]) + 1 if "after" in entry else first, _column(entry))
    return columns


def _described(described: CatalogueField) -> Column:
    kind = Kind.TEXT if described.kind is Kind.LONG else described.kind
    return Column(described.key, described.chinese, described.english, kind.value, described.words, described.closed,
                  described.required, described.mask.value if described.mask.operation == "reveal" else "",
                  formerly=described.formerly)
