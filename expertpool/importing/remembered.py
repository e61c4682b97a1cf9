"""Corrections of columns that are remembered for a layout and offered the next time (记住的列对应).

A layout is recognised by its headings, whatever their order and whatever rows follow. Nothing is applied
automatically: :func:`offers` lists what is remembered for the tables of a preview, the caller asks the user, and
:func:`apply_remembered` gives the corrections for reading the file again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonMapping
from expertpool.importing.columns import ColumnChoice
from expertpool.importing.headers import header_key
from expertpool.importing.plan import ImportPlan, PlannedSheet
from expertpool.importing.reading import Corrections

SETTING, LAYOUTS = "import_columns", "layouts"
OPERATION = "remember columns"


class Memory(Pool, Protocol):
    """What this module needs of the pool: it must also store settings."""

    def set_parts(self, key: str, parts: JsonMapping, source: str = "", *, within: str = "",
                  operation: str = "change setting") -> Changes: ...


@dataclass(frozen=True, slots=True)
class Remembered:
    """The corrections for a layout: its name, heading key → field, who entered them and on which day (ISO)."""

    name: str
    fields: dict[str, str]
    by: str
    at: str
    fingerprint: str = ""


def heading_keys(headers: Sequence[str]) -> list[str]:
    """The key of each column: its heading in comparable form, numbered if it occurs again."""
    counted: dict[str, int] = {}
    keys = []
    for header in headers:
        key = header_key(header, notes=True)
        counted[key] = counted.get(key, 0) + 1
        keys.append(key if counted[key] == 1 and key else f"{key}#{counted[key]}")
    return keys


def fingerprint(headers: Sequence[str]) -> str:
    """The key of a layout: 16 hexadecimal digits computed from its headings, whatever their order."""
    return hashlib.sha256("\n".join(sorted(heading_keys(headers))).encode()).hexdigest()[:16]


def all_remembered(pool: Pool) -> list[Remembered]:
    """Every remembered layout, by name."""
    layouts = pool.setting(SETTING).get(LAYOUTS, {})
    return sorted((_known(mark, entry) for mark, entry in layouts.items()), key=lambda known: known.name)


def remembered(pool: Pool, headers: Sequence[str]) -> Remembered | None:
    """What is remembered for a layout with these headings; None if nothing is."""
    mark = fingerprint(headers)
    entry = pool.setting(SETTING).get(LAYOUTS, {}).get(mark)
    return _known(mark, entry) if entry else None


def remember(pool: Memory, headers: Sequence[str], name: str, corrections: Mapping[int, str]) -> Remembered:
    """Remember ``corrections`` (place in ``headers`` from 0 → field, "" for a column kept as text) under a name.

    Earlier corrections of the same layout are replaced. The name is only shown to people and need not be unique.
    """
    keys = heading_keys(headers)
    mark = fingerprint(headers)
    entry = {"name": name.strip(), "fields": {keys[place]: field for place, field in corrections.items()},
             "by": pool.actor.name, "at": today().isoformat()}
    pool.set_parts(SETTING, {mark: entry}, within=LAYOUTS, operation=OPERATION)
    return _known(mark, entry)


def forget(pool: Memory, mark: str) -> bool:
    """Forget the layout with this fingerprint; False if it was not remembered."""
    demand(pool.actor, OPERATION)
    if mark not in pool.setting(SETTING).get(LAYOUTS, {}):
        return False
    pool.set_parts(SETTING, {mark: None}, within=LAYOUTS, operation=OPERATION)
    return True


def offers(pool: Pool, plan: ImportPlan[Any]) -> list[tuple[PlannedSheet[Any], Remembered]]:
    """The tables of a preview that would be read differently with what is remembered for their layout."""
    layouts = pool.setting(SETTING).get(LAYOUTS, {})
    found = []
    for sheet in (sheet for file in plan.files for sheet in file.sheets) if layouts else ():
        mark = fingerprint([column.header for column in sheet.columns])
        if mark in layouts:
            known = _known(mark, layouts[mark])
            if any(column.field != field for column, field in _corrected(sheet.columns, known)):
                found.append((sheet, known))
    return found


def apply_remembered(sheet: PlannedSheet[Any], known: Remembered) -> Corrections:
    """The corrections with which to read the file of this table again."""
    return {(sheet.file, sheet.name, column.index): field for column, field in _corrected(sheet.columns, known)}


def _corrected(columns: Sequence[ColumnChoice], known: Remembered) -> list[tuple[ColumnChoice, str]]:
    keys = heading_keys([column.header for column in columns])
    return [(column, known.fields[key]) for column, key in zip(columns, keys, strict=True) if key in known.fields]


def _known(mark: str, entry: JsonMapping) -> Remembered:
    return Remembered(str(entry["name"]), dict(entry["fields"]), str(entry["by"]), str(entry["at"]), mark)
