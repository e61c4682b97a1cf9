"""What is left of an import in the pool (批次痕迹): what it made, what it changed, and what was changed since
then."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from expertpool.experts.additions import CHILD_TABLES
from expertpool.experts.belongings import owned_tables, person_columns
from expertpool.foundation.json_values import JsonObject
from expertpool.storage.journal import Change, Image, changes_of
from expertpool.storage.queries import CHUNK, one_of, rows_where_in
from expertpool.storage.records import METADATA, STAMPS

LISTS = {str(table.__tablename__): child for child, table in CHILD_TABLES.items()}
# what somebody did since, most important first
WHY = ("assigned", "merged", "imported", "waiting", "answered", "edited", "referred")
_BY_TABLE = {"assignment": "assigned", "checkrecord": "assigned", "valuesource": "imported",
             "waitingrow": "waiting", "duplicateanswer": "answered"} | dict.fromkeys(LISTS, "edited")
SKIPPED = {"importbatch"}


@dataclass
class Trace:
    """The present state of one import batch. Only ids, so that a hundred thousand rows fit into memory.

    ``made``: table → ids of rows that the batch wrote and that are unchanged. ``owner``: table → id → person.
    ``back``: person → columns to restore; ``lists``: (table, person) → rows to restore. ``spared``: person made by
    the batch → why that person stays; ``kept``: person → updated fields that stay as they are.
    """

    people: set[int] = field(default_factory=set)
    made: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    owner: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    back: dict[str, dict[int, JsonObject]] = field(default_factory=lambda: defaultdict(dict))
    removed: dict[str, list[Image]] = field(default_factory=lambda: defaultdict(list))
    spared: dict[int, str] = field(default_factory=dict)
    kept: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    updated: set[int] = field(default_factory=set)

    def spare(self, person: int, why: str) -> None:
        """Let a person made by the batch stay, for the most important of the reasons found."""
        if person not in self.spared or WHY.index(why) < WHY.index(self.spared[person]):
            self.spared[person] = why

    @property
    def removable(self) -> set[int]:
        """People made by the batch and not touched since."""
        return self.people - self.spared.keys()


def trace(session: Session, entry: int) -> Trace:
    """Compare what the journal says the batch wrote with what is in the pool now."""
    found = Trace()
    block = METADATA.tables["journalchange"].c
    tables = set(session.scalars(select(block.table_name).where(block.entry_id == entry).distinct()))
    owners = _owner_columns()
    _people(session, entry, found)
    for table in METADATA.sorted_tables:
        if table.name in tables - SKIPPED - {"person"}:
            _rows(session, entry, table, owners.get(table.name, ()), found)
    _referred(session, found)
    return found


def _people(session: Session, entry: int, found: Trace) -> None:
    for change, now in _now(session, entry, METADATA.tables["person"]):
        if change.before is None and now is not None:
            found.people.add(change.id)
            if not _same(change.after, now):
                found.spare(change.id, "merged" if now["state"] == "merged" else "edited")
        elif change.before is not None and change.after is not None and now is not None:
            found.updated.add(change.id)
            _columns(change, now, found, change.id)


def _columns(change: Change, now: Image, found: Trace, person: int) -> None:
    """Restore, column by column, those that nobody changed since."""
    before, after = change.before or {}, change.after or {}
    values = {}
    for column, old in before.items():
        if column in STAMPS or old == after[column] or now[column] == old:
            continue
        if now[column] == after[column]:
            values[column] = old
        else:
            found.kept[person].append(LISTS.get(change.table, column))
    if values:
        found.back[change.table][change.id] = values


def _rows(session: Session, entry: int, table: Table, columns: Iterable[str], found: Trace) -> None:
    """The rows of one table that the batch wrote, updated or removed."""
    replaced: set[int] = set()  # people whose list was changed since: the list stays as it is
    removed: list[Image] = []
    for change, now in _now(session, entry, table):
        image = change.after or change.before or {}
        person = next((image[column] for column in columns if image.get(column)), 0)
        if person:
            found.owner[table.name][change.id] = person
        if person and person not in found.people and table.name in LISTS:
            found.updated.add(person)
        if change.before is None:
            if now is not None and _same(change.after, now):
                found.made[table.name].add(change.id)
            else:
                _touched(table.name, person, found, replaced)
        elif change.after is None:
            removed += [change.before] if now is None else []
        elif now is None:
            _touched(table.name, person, found, replaced)
        else:
            _columns(change, now, found, person)
    for person in replaced:
        found.kept[person].append(LISTS[table.name])
    found.removed[table.name] = [image for image in removed if image.get("person_id") not in replaced]
    found.made[table.name] -= {number for number, person in found.owner[table.name].items() if person in replaced}


def _touched(table: str, person: int, found: Trace, replaced: set[int]) -> None:
    """Note that a row of the batch was changed since."""
    if person in found.people:
        found.spare(person, "edited" if table == "valuesource" else _BY_TABLE.get(table, "edited"))
    elif table in LISTS:
        replaced.add(person)


def _referred(session: Session, found: Trace) -> None:
    """Spare people to whom rows refer that the batch did not write."""
    people = sorted(found.people)
    columns: list[tuple[Table, Any, Any]] = [(table, column, None) for table, column in person_columns()]
    columns += [(METADATA.tables["person"], METADATA.tables["person"].c.merged_into_id, None)]
    columns += [(table, table.c.owner_id, table.c.owner_kind == "person") for table in owned_tables()]
    for table, column, only in columns:
        own = found.owner.get(table.name, {})
        query = select(table.c.id, column)
        for number, person in rows_where_in(session, query if only is None else query.where(only), column, people):
            if number not in own:
                found.spare(person, "merged" if table.name == "person" else _BY_TABLE.get(table.name, "referred"))


def _now(session: Session, entry: int, table: Table) -> Iterator[tuple[Change, Image | None]]:
    """The changes to one table in the batch's journal entry, each with the row as it is now."""
    part: list[Change] = []
    for change in changes_of(session.connection(), entry, table.name):
        part.append(change)
        if len(part) == CHUNK:
            yield from _with_rows(session, table, part)
            part = []
    yield from _with_rows(session, table, part)


def _with_rows(session: Session, table: Table, part: list[Change]) -> Iterator[tuple[Change, Image | None]]:
    if not part:
        return
    query = select(table).where(one_of(table.c.id, (change.id for change in part)))
    now = {row["id"]: dict(row) for row in session.execute(query).mappings()}
    for change in part:
        yield change, now.get(change.id)


def _same(after: Image | None, now: Image) -> bool:
    """Whether a row is as the batch left it, ignoring time stamps, so that an undone undo counts as untouched."""
    return after is not None and (after == now or all(
        now[column] == value for column, value in after.items() if column not in STAMPS))


def _owner_columns() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for table, column in person_columns():
        found[table.name].append(column.name)
    return found
