"""Bringing the rows of one sheet into the pool (入库): known rows are left or updated, new ones added.

A row is known again if a record of the same owner equals it, or agrees in the columns that identify it.
Nothing is deleted, and an empty cell changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import bindparam, select

from expertpool.exchange.cells import MASKS
from expertpool.exchange.incoming import IncomingRow
from expertpool.exchange.references import References
from expertpool.exchange.sheets import Column, SheetKind
from expertpool.foundation.problems import Severity
from expertpool.storage.records import Record, entity
from expertpool.storage.unit import CHUNK, Unit

Image = Mapping[str, Any]


@dataclass
class Settled:
    """One row with what it says as attributes, the record it became, and how."""

    row: IncomingRow
    values: dict[str, Any]
    masked: dict[str, Any] = field(default_factory=dict)  # attribute → (mask, shown text)
    id: int | None = None
    outcome: str = ""


class Settlement:
    """Settles sheet after sheet inside one writing transaction."""

    def __init__(self, unit: Unit, references: References) -> None:
        self.unit, self.references = unit, references
        self.counts: Counter[str] = Counter()
        self.created: set[tuple[str, int]] = set()  # (table, id) added by this workbook

    def settle(self, sheet: SheetKind, rows: Iterable[IncomingRow], *, present: frozenset[str]) -> list[Settled]:
        """Settle rows by their group and identifying columns; ``present`` are the columns of the sheet."""
        settled = [self.resolve(sheet, row) for row in rows]
        good = [one for one in settled if not one.row.rejected]
        groups = self._existing(sheet, good)
        blanks = {column.attribute for column in sheet.columns if column.key in present and column.attribute}
        for one in good:
            self._take(one, groups, sheet, lambda image, one=one: _equals(image, one, blanks))  # type: ignore[misc]
        for one in good:
            if not one.outcome and sheet.match:
                self._take(one, groups, sheet, lambda image, one=one: _agrees(image, one, sheet.matched))  # type: ignore[misc]
        self._add(sheet, [one for one in good if not one.outcome], groups)
        self.count(settled)
        return settled

    def resolve(self, sheet: SheetKind, row: IncomingRow) -> Settled:
        """What a row says as attributes, references turned into ids; problems are noted at the row."""
        one = Settled(row, {})
        if "person" in sheet.owners and (person := self.references.owner(row)) is not None:
            one.values["person_id"] = person
        for column in sheet.columns:
            if column.key in row.masked:
                one.masked[column.attribute] = (MASKS[column.secret], row.masked[column.key])
            if column.key not in row.values or not column.attribute or column.kind == "uid":
                continue
            if column.stored and column.key != "party_side":
                one.values[column.attribute] = row.values[column.key]
            elif column.fills and not self_reference(sheet, column):
                one.values[column.fills] = self.references.find(column, row)
        for column in sheet.columns:
            if column.beside and column.fills not in one.values:
                self._beside(column, one)
        return one

    def _beside(self, column: Column, one: Settled) -> None:
        """The unit that a written name leads to; a party who is a person is none."""
        name = one.row.values.get(column.beside, "")
        if name and one.values.get("kind") != "person" and name in self.references.units:
            one.values[column.fills] = self.references.units[name]

    def _existing(self, sheet: SheetKind, rows: Sequence[Settled]) -> dict[tuple[Any, ...], list[Image]]:
        """The records that rows of these groups may be, by group."""
        table = entity(sheet.table).__table__
        first = sheet.group[0] if sheet.group else ""
        query = select(table).order_by(table.c.id)
        found: dict[tuple[Any, ...], list[Image]] = defaultdict(list)
        wanted = sorted({one.values[first] for one in rows}) if first else [0]
        for start in range(0, len(wanted), CHUNK):
            part = query.where(table.c[first].in_(bindparam(
                "ids", wanted[start:start + CHUNK], expanding=True))) if first else query
            for image in self.unit.session.execute(part).mappings():
                if (sheet.table, image["id"]) not in self.created:
                    found[tuple(image[name] for name in sheet.group)].append(dict(image))
        return found

    def _take(self, one: Settled, groups: dict[tuple[Any, ...], list[Image]], sheet: SheetKind, fits: Any) -> None:
        """Let a row be the first record of its group that fits; a record is taken once."""
        if one.outcome:
            return
        group = groups.get(tuple(one.values.get(name) for name in sheet.group), [])
        for image in group:
            if fits(image):
                if not one.row.summed:
                    group.remove(image)
                self.change(sheet, one, image)
                return

    def change(self, sheet: SheetKind, one: Settled, image: Image) -> None:
        """Bring a stored record to what the row says."""
        one.id = int(image["id"])
        new = {name: value for name, value in one.values.items() if image[name] != value}
        one.outcome = "updated" if new else "unchanged"
        if new:
            self.unit.update_many(entity(sheet.table), {one.id: new})

    def _add(self, sheet: SheetKind, rows: Sequence[Settled], groups: Mapping[tuple[Any, ...], list[Image]]) -> None:
        """Add rows that are new. A hidden number that a record needs keeps the row out."""
        fresh = []
        for one in rows:
            if any(sheet.column(key).required for key in one.row.masked):
                one.outcome = "rejected"
            else:
                fresh.append(one)
        if sheet.placed:
            places: Counter[Any] = Counter({key: len(images) for key, images in groups.items()})
            for one in fresh:
                key = tuple(one.values[name] for name in sheet.group)
                one.values["place"] = places[key]
                places[key] += 1
        self.insert(sheet, fresh)

    def insert(self, sheet: SheetKind, rows: Sequence[Settled], more: Sequence[dict[str, Any]] = ()) -> None:
        """Write new records; ``more`` are further attributes of each."""
        table: type[Record] = entity(sheet.table)
        contents = [one.values | (more[at] if more else {}) for at, one in enumerate(rows)]
        for one, number in zip(rows, self.unit.insert_many(table, contents), strict=True):
            one.id, one.outcome = number, "created"
            self.created.add((sheet.table, number))

    def count(self, settled: Iterable[Settled]) -> None:
        """Count the outcomes; rows made from summing columns are no rows of the workbook."""
        for one in settled:
            one.outcome = "rejected" if one.row.rejected else one.outcome
            if not one.row.summed:
                self.counts[one.outcome] += 1

    def fill_self_references(self, sheet: SheetKind, settled: Sequence[Settled]) -> None:
        """Set what refers to other rows of the same sheet (并入、接替), now that all have ids."""
        for column in (column for column in sheet.columns if self_reference(sheet, column)):
            wanted = {}
            for one in settled:
                if one.id is not None and column.key in one.row.values:
                    target = self.references.find(column, one.row)
                    if target is not None:
                        wanted[one.id] = target
                    else:
                        one.row.problems[-1:] = [_softened(one.row)]
            stored = _stored(self.unit, sheet, column.fills, wanted)
            self.unit.update_many(entity(sheet.table), {
                number: {column.fills: target} for number, target in wanted.items() if stored[number] != target})


def self_reference(sheet: SheetKind, column: Column) -> bool:
    """Whether a column names other rows of its own sheet."""
    return {"experts": "person", "assignments": "assignment"}.get(sheet.key) == column.kind and not column.required


def _stored(unit: Unit, sheet: SheetKind, attribute: str, ids: Iterable[int]) -> dict[int, Any]:
    table = entity(sheet.table).__table__
    wanted, found = sorted(ids), {}
    for start in range(0, len(wanted), CHUNK):
        for number, value in unit.session.execute(select(table.c.id, table.c[attribute]).where(
                table.c.id.in_(bindparam("ids", wanted[start:start + CHUNK], expanding=True)))):
            found[number] = value
    return found


def _softened(row: IncomingRow) -> Any:
    """The last problem of a row as a warning: the row itself was taken."""
    return replace(row.problems[-1], severity=Severity.WARNING)


def _equals(image: Image, one: Settled, attributes: Iterable[str]) -> bool:
    """Whether a record says just what the row says, empty cells included."""
    for name in attributes:
        if name in one.masked:
            mask, shown = one.masked[name]
            if mask(image[name] or "") != shown:
                return False
        elif name in one.values:
            if image[name] != one.values[name]:
                return False
        elif image[name] and not isinstance(image[name], bool) and not name.endswith("_id"):
            return False
    return True


def _agrees(image: Image, one: Settled, attributes: Iterable[str]) -> bool:
    """Whether a record agrees with the row in what identifies it."""
    for name in attributes:
        if name in one.masked:
            mask, shown = one.masked[name]
            if mask(image[name] or "") != shown:
                return False
        elif name not in one.values:
            if image[name] and not one.row.summed:
                return False
        elif image[name] != one.values[name]:
            return False
    return True

