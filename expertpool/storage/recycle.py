"""The recycle bin (回收站): records that an operation deleted and that do not exist now; and restoring them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.foundation.problems import UserProblem
from expertpool.storage.journal import Change, Image, changes_of
from expertpool.storage.queries import id_of
from expertpool.storage.records import METADATA, entity
from expertpool.storage.tables import JournalChange, JournalEntry
from expertpool.storage.transaction import OWNERS, Transaction, images

# tables that are listed, and the column with the record's name
KINDS = {"person": "name", "courtcase": "number", "organisation": "name"}
LOOKED_AT = 2000  # newest entries that are searched


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deleted record: kind, uid and name, the entry that deleted it, how many rows were deleted with it."""

    kind: str
    uid: str
    name: str
    entry: int
    at: str
    actor: str
    operation: str
    rows: int


def deleted(session: Session) -> list[Deleted]:
    """What can be restored, newest first; of a record deleted several times only the last deletion."""
    entries = session.scalars(select(JournalEntry).where(id_of(JournalEntry).in_(
        select(col(JournalChange.entry_id)).where(col(JournalChange.table_name).in_(KINDS)))).order_by(
        id_of(JournalEntry).desc()).limit(LOOKED_AT)).all()
    found: dict[tuple[str, int], Deleted] = {}
    gone: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        lost = _deletions(session, int(entry.id or 0))
        for kind in KINDS:
            for change in lost.get(kind, ()):
                if (kind, change.id) in found or change.before is None:
                    continue
                rows = sum(len(_belonging(changes, kind, {change.id})) for changes in lost.values())
                found[kind, change.id] = Deleted(
                    kind, change.before["uid"], str(change.before[KINDS[kind]]), int(entry.id or 0), entry.at,
                    entry.actor, entry.operation, rows)
                gone[kind].add(change.id)
    there = {kind: set(images(session, entity(kind), ids)) for kind, ids in gone.items()}
    return [one for (kind, number), one in found.items() if number not in there[kind]]


def bring_back(transaction: Transaction, number: int, uids: Collection[str]) -> int:
    """Restore records that entry ``number`` deleted, with all that was deleted with them; returns the number of rows.

    Raises ``recycle.missing`` if they are not among the deleted, ``recycle.taken`` if their place is taken (a unique
    number in use again, an owner that no longer exists).
    """
    session = transaction.session
    entry = session.get(JournalEntry, number)
    lost = _deletions(session, number)
    wanted = {kind: {change.id for change in lost.get(kind, ()) if change.before and change.before["uid"] in uids}
              for kind in KINDS}
    back = any(images(session, entity(kind), ids) for kind, ids in wanted.items())
    if entry is None or back or sum(map(len, wanted.values())) != len(set(uids)) or not uids:
        raise UserProblem("recycle.missing")
    rows: dict[str, list[Image]] = defaultdict(list)
    for table, changes in lost.items():
        keys = {change.id for kind, ids in wanted.items() for change in _belonging(changes, kind, ids)}
        known = images(session, entity(table), keys)
        rows[table] = [change.before for change in changes if change.before and change.id in keys - known.keys()]
    _with_what_they_lead_to(session, lost, rows)
    try:
        for table_ in METADATA.sorted_tables:
            if rows.get(table_.name):
                transaction.put_back(entity(table_.name), [
                    image | {"version": image["version"] + 1, "changed_at": transaction.stamp}
                    for image in rows[table_.name]])
        session.flush()
    except IntegrityError as error:
        raise UserProblem("recycle.taken") from error
    transaction.words |= {"what": entry.operation, "entry": number, "name": _names(lost, wanted)}
    return sum(map(len, rows.values()))


def _with_what_they_lead_to(session: Session, lost: dict[str, list[Change]], rows: dict[str, list[Image]]) -> None:
    """Add rows deleted by the same entry to which these refer: e.g. a unit deleted with its last person."""
    waiting = [(table, image) for table, images_ in rows.items() for image in images_]
    while waiting:
        table, image = waiting.pop()
        for key in METADATA.tables[table].foreign_keys:
            other, wanted = key.column.table.name, image.get(key.parent.name)
            if wanted is None or any(row["id"] == wanted for row in rows.get(other, ())):
                continue
            found = next((change.before for change in lost.get(other, ()) if change.id == wanted), None)
            if found is not None and not images(session, entity(other), [wanted]):
                rows[other].append(found)
                waiting.append((other, found))


def _deletions(session: Session, entry: int) -> dict[str, list[Change]]:
    """The deletions of one entry by table."""
    lost: dict[str, list[Change]] = defaultdict(list)
    for change in changes_of(session.connection(), entry):
        if change.after is None and change.before is not None:
            lost[change.table].append(change)
    return lost


def _belonging(changes: Sequence[Change], kind: str, ids: set[int]) -> list[Change]:
    """Those of the changes that are these records, or rows that belong to them."""
    columns = [column for column, owner in OWNERS.items() if owner == kind]
    return [change for change in changes if (change.table == kind and change.id in ids) or any(
        _value(change, column) in ids for column in columns)]


def _value(change: Change, column: str) -> Any:
    return (change.before or {}).get(column)


def _names(lost: dict[str, list[Change]], wanted: dict[str, set[int]]) -> str:
    return "、".join(str((change.before or {})[KINDS[kind]]) for kind, ids in wanted.items()
                    for change in lost.get(kind, ()) if change.id in ids)
