"""Brings the rows of one sheet into the pool (入库): known rows are left or updated, new ones are added.

A row is known if a record of the same owner equals it, or agrees in the columns that identify it. Nothing is deleted,
and an empty cell changes nothing.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import RowMapping, select

from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.masking import fits_mask, reads_as
from expertpool.foundation.problems import Severity
from expertpool.foundation.uids import new_uid
from expertpool.organisations.names import normalise
from expertpool.storage.queries import rows_where_in, table_of
from expertpool.storage.records import Record, entity
from expertpool.storage.transaction import Transaction, images
from expertpool.workbook.incoming import IncomingRow
from expertpool.workbook.references import References
from expertpool.workbook.sheets import Column, SheetKind

Image = JsonMapping
Groups = dict[tuple[Any, ...], list[Image]]
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KEYS = {"organisation": ("name", "name_key"), "organisationalias": ("alias", "alias_key")}


@dataclass
class Settled:
    """One row with its values as attributes, the record it became, and how."""

    row: IncomingRow
    values: JsonObject
    masked: JsonObject = field(default_factory=dict)  # attribute → masked number as shown
    id: int | None = None
    outcome: str = ""


class Settlement:
    """Brings in sheet after sheet within one writing transaction."""

    def __init__(self, transaction: Transaction, references: References) -> None:
        self.unit, self.references = transaction, references
        self.counts: Counter[str] = Counter()
        self._created: set[tuple[str, int]] = set()  # (table, id) added by this workbook
        self._changes: dict[int, JsonObject] = {}

    def settle(self, sheet: SheetKind, rows: Iterable[IncomingRow], present: frozenset[str]) -> list[Settled]:
        """Bring in rows by their owner and identifying columns; ``present`` are the columns of the sheet."""
        settled = [self.resolve(sheet, row) for row in rows]
        good = [one for one in settled if not one.row.rejected]
        groups = self._existing(sheet, good)
        stated = {column.attribute for column in sheet.columns
                  if column.key in present and column.attribute and column.kind != "uid"}
        for one in good:
            known = self.references.assignments.get(one.row.values.get("uid", ""))
            if known is not None:
                self._take(sheet, one, groups, partial(_is, known))
        for one in good:
            if stated:
                self._take(sheet, one, groups, partial(_equals, one, stated))
        for one in good:
            if sheet.match:
                self._take(sheet, one, groups, partial(_agrees, one, sheet.matched))
        self._add(sheet, [one for one in good if not one.outcome], groups)
        self.finish(sheet, settled)
        return settled

    def resolve(self, sheet: SheetKind, row: IncomingRow) -> Settled:
        """The values of a row as attributes, with references turned into ids; problems are added to the row."""
        one = Settled(row, {})
        if "person" in sheet.owners and (person := self.references.owner(row)) is not None:
            one.values["person_id"] = person
        for column in sheet.columns:
            if column.key in row.masked and column.attribute:
                one.masked[column.attribute] = row.masked[column.key]
            if column.key not in row.values or not column.attribute or column.kind == "uid":
                continue
            if column.stored:
                one.values[column.attribute] = row.values[column.key]
            elif not self_reference(sheet, column) and (key := self.references.find(column, row)) is not None:
                one.values[column.fills] = key
        for column in sheet.columns:
            if column.beside and column.fills not in one.values:
                self._beside(column, one)
        if sheet.table in _KEYS and _KEYS[sheet.table][0] in one.values:
            name, key_name = _KEYS[sheet.table]
            one.values[key_name] = normalise(one.values[name])
        return one

    def take(self, sheet: SheetKind, one: Settled, image: Image | RowMapping) -> None:
        """Treat a row as a stored record: note what changes."""
        one.id = int(image["id"])
        changes = {name: value for name, value in one.values.items() if not reads_as(value, image[name], name)}
        one.outcome = "updated" if changes else "unchanged"
        if changes:
            self._changes.setdefault(one.id, {}).update(changes)

    def insert(self, sheet: SheetKind, rows: Sequence[Settled]) -> None:
        """Write new records."""
        table: type[Record] = entity(sheet.table)
        named = any(column.kind == "uid" for column in sheet.columns)
        contents = [one.values | ({"uid": own_uid(one.row)} if named else {}) for one in rows]
        for one, number in zip(rows, self.unit.insert_many(table, contents), strict=True):
            one.id, one.outcome = number, "created"
            self._created.add((sheet.table, number))

    def finish(self, sheet: SheetKind, settled: Iterable[Settled]) -> None:
        """Write the changes and count; rows made from summary columns do not count as rows of the workbook."""
        self.unit.update_many(entity(sheet.table), self._changes)
        self._changes = {}
        for one in settled:
            one.outcome = "rejected" if one.row.rejected else one.outcome
            if not one.row.summed:
                self.counts[one.outcome] += 1

    def recount(self, one: Settled, outcome: str) -> None:
        """Count a row again with another outcome."""
        self.counts[one.outcome] -= 1
        self.counts[outcome] += 1
        one.outcome = outcome

    def fill_self_references(self, sheet: SheetKind, settled: Sequence[Settled]) -> None:
        """Set references to other rows of the same sheet (并入、接替), now that all rows have ids."""
        for column in (column for column in sheet.columns if self_reference(sheet, column)):
            wanted: dict[int, int] = {}
            for one in settled:
                if one.id is None or column.key not in one.row.values:
                    continue
                if (target := self.references.find(column, one.row)) is not None:
                    wanted[one.id] = target
                else:  # the row refers to itself
                    one.row.problems[-1] = replace(one.row.problems[-1], severity=Severity.WARNING)
            stored = images(self.unit.session, entity(sheet.table), wanted)
            self.unit.update_many(entity(sheet.table), {
                number: {column.fills: target} for number, target in wanted.items()
                if stored[number][column.fills] != target})

    def _beside(self, column: Column, one: Settled) -> None:
        """The unit that a written name means; none for a party who is a person."""
        name = one.row.values.get(column.beside, "")
        if name and one.values.get("kind") != "person" and name in self.references.units:
            one.values[column.fills] = self.references.units[name]

    def _existing(self, sheet: SheetKind, rows: Sequence[Settled]) -> Groups:
        """The records that rows of these owners may be, by owner."""
        stored, first = table_of(entity(sheet.table)), sheet.group[0]
        found: Groups = defaultdict(list)
        wanted = sorted({one.values[first] for one in rows})
        query = select(stored).order_by(stored.c.id)
        for row in rows_where_in(self.unit.session, query, stored.c[first], wanted):
            image = dict(row._mapping)
            if (sheet.table, image["id"]) not in self._created:
                found[tuple(image[name] for name in sheet.group)].append(image)
        return found

    def _take(self, sheet: SheetKind, one: Settled, groups: Groups, fits: Callable[[Image], bool]) -> None:
        """Treat a row as the first record of its owner that fits; each record is used once."""
        if one.outcome:
            return
        group = groups.get(tuple(one.values.get(name) for name in sheet.group), [])
        image = next(filter(fits, group), None)
        if image is not None:
            if not one.row.summed:
                group.remove(image)
            self.take(sheet, one, image)

    def _add(self, sheet: SheetKind, rows: Sequence[Settled], groups: Groups) -> None:
        """Add new rows. A row is left out if a required number is masked in it."""
        fresh = []
        for one in rows:
            if any(sheet.column(key).required for key in one.row.masked):
                one.outcome = "rejected"
            else:
                fresh.append(one)
        if sheet.placed:
            places: Counter[Any] = Counter({key: self._next_place(images_) for key, images_ in groups.items()})
            for one in fresh:
                key = tuple(one.values[name] for name in sheet.group)
                one.values["place"] = places[key]
                places[key] += 1
        self.insert(sheet, fresh)

    @staticmethod
    def _next_place(known: Iterable[Image]) -> int:
        return max((int(image["place"]) + 1 for image in known), default=0)


def own_uid(row: IncomingRow) -> str:
    """The uid of a new record: the given one if valid, else a new one."""
    given = str(row.values.get("uid", ""))
    return given if _UID.fullmatch(given) else new_uid()


def self_reference(sheet: SheetKind, column: Column) -> bool:
    """Whether a column refers to other rows of its own sheet."""
    return {"experts": "person", "assignments": "assignment"}.get(sheet.key) == column.kind


def _is(number: int, image: Image) -> bool:
    return bool(image["id"] == number)


def _equals(one: Settled, attributes: Iterable[str], image: Image) -> bool:
    """Whether a record says exactly what the row says, including empty cells."""
    for name in attributes:
        if name in one.masked:
            if not _shows(image, one, name):
                return False
        elif name in one.values:
            if not reads_as(one.values[name], image[name], name):
                return False
        elif image[name] and not isinstance(image[name], bool) and not name.endswith("_id"):
            return False
    return True


def _agrees(one: Settled, attributes: Iterable[str], image: Image) -> bool:
    """Whether a record agrees with the row in the identifying columns."""
    for name in attributes:
        if name in one.masked:
            if not _shows(image, one, name):
                return False
        elif name in one.values:
            if not reads_as(one.values[name], image[name], name):
                return False
        elif image[name] and not one.row.summed:
            return False
    return True


def _shows(image: Image, one: Settled, name: str) -> bool:
    """Whether a stored number, masked in the same way, reads like the cell."""
    return fits_mask(str(image[name] or ""), one.masked[name])
