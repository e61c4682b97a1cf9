"""Undo (撤销): applies the inverse of a journal entry, as an entry of its own; refused if its records changed since.

The inverse deletes the rows that the entry added and restores those it changed or deleted. Foreign keys decide the
order. If the entry deleted nothing, former values are restored first and added rows deleted after: a changed row may
refer to an added one, such as a unit that came with a new employer. If the entry deleted rows, its added rows are
deleted first, and then each table, in the order of references, gets back its deleted rows and after them its former
values, which may refer to those rows. Which order applies follows from what the entry holds, never from trial and
error.
"""

from collections import defaultdict

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.uids import now_stamp
from expertpool.rules.operations import operation_name
from expertpool.storage.journal import Change, Image, changes_of
from expertpool.storage.queries import id_of, table_of
from expertpool.storage.records import METADATA, STAMPS, entity, lasting_tables
from expertpool.storage.tables import JournalChange, JournalEntry
from expertpool.storage.transaction import Transaction, images

NAMED = 5  # most later operations that a refusal names


def last_undoable(session: Session, actor: str | None = None) -> JournalEntry | None:
    """The newest entry that is no undo and was not undone; of this actor if given."""
    undone = select(col(JournalEntry.undoes_id)).where(col(JournalEntry.undoes_id).is_not(None))
    query = select(JournalEntry).where(
        col(JournalEntry.undoes_id).is_(None), id_of(JournalEntry).not_in(undone),
        col(JournalEntry.operation) != "reveal",
        ~exists().where(col(JournalChange.entry_id) == JournalEntry.id,
        col(JournalChange.table_name).in_(lasting_tables())))
    if actor is not None:
        query = query.where(col(JournalEntry.actor) == actor)
    return session.scalars(query.order_by(id_of(JournalEntry).desc()).limit(1)).first()


def undoable(session: Session, number: int) -> tuple[JournalEntry, dict[str, list[Change]]]:
    """The entry and its changes by table, if nothing forbids undoing it.

    Raises ``undo.again``, ``undo.lasting``, ``undo.later`` (which names the later operations), ``undo.nothing``.
    """
    entry = session.get(JournalEntry, number)
    if entry is None:
        raise UserProblem("undo.nothing")
    what = operation_name(entry.operation)
    if session.scalars(select(id_of(JournalEntry)).where(col(JournalEntry.undoes_id) == number)).first():
        raise UserProblem("undo.again", what=what)
    by_table: dict[str, list[Change]] = defaultdict(list)
    for change in changes_of(session.connection(), number):
        by_table[change.table].append(change)
    if by_table.keys() & lasting_tables():
        raise UserProblem("undo.lasting", what=what)
    changed = {table: _changed_since(session, table, changes) for table, changes in by_table.items()}
    if any(changed.values()):
        raise UserProblem("undo.later", what=what, count=sum(map(len, changed.values())),
                          which=_later_entries(session, number, changed))
    return entry, by_table


def undo_entry(transaction: Transaction, number: int) -> None:
    """Apply the inverse of entry ``number`` inside ``transaction``. Raises what :func:`undoable` raises;
    ``undo.later`` also if the database refuses because of a later reference."""
    session = transaction.session
    entry, by_table = undoable(session, number)
    transaction.undoes = number
    transaction.words |= {"what": entry.operation, "entry": number}
    order = [table.name for table in METADATA.sorted_tables if table.name in by_table]
    lost = any(c.after is None for changes in by_table.values() for c in changes)
    try:
        if not lost:  # a changed row may refer to an added one: a unit that came with an interest
            for table in order:
                _restore(transaction, table, by_table[table])
        for table in reversed(order):
            transaction.delete_many(entity(table), [c.id for c in by_table[table] if c.before is None])
        if lost:
            for table in order:
                _restore(transaction, table, by_table[table])
        session.flush()
    except IntegrityError as error:
        raise UserProblem("undo.later", what=operation_name(entry.operation), count=1, which="") from error


def _restore(transaction: Transaction, table: str, changes: list[Change]) -> None:
    gone = [c.before for c in changes if c.before is not None and c.after is None]
    transaction.put_back(entity(table), [image | {"version": image["version"] + 1, "changed_at": now_stamp()}
                                         for image in gone])
    edited = {c.id: _plain(c.before) for c in changes if c.before is not None and c.after is not None}
    transaction.update_many(entity(table), edited, restored=True)


def _later_entries(session: Session, number: int, changed: dict[str, set[int]]) -> str:
    """Later operations on these records: number, day, who, what; only the first few."""
    found: list[str] = []
    later = select(JournalEntry).where(table_of(JournalEntry).c.id > number).order_by(id_of(JournalEntry))
    for entry in session.scalars(later):
        if any(change.id in changed.get(change.table, ())
               for change in changes_of(session.connection(), int(entry.id or 0))):
            found.append(f"{entry.id} ({entry.at[:10]} {entry.actor}, {operation_name(entry.operation)})")
            if len(found) == NAMED:
                break
    return "; ".join(found)


def _changed_since(session: Session, table: str, changes: list[Change]) -> set[int]:
    """Which of these records are no longer as the entry left them."""
    now = images(session, entity(table), [c.id for c in changes])
    found = set()
    for change in changes:
        current = now.get(change.id)
        gone = (current is None) != (change.after is None)
        differs = current is not None and change.after is not None and _plain(current) != _plain(change.after)
        if gone or differs:
            found.add(change.id)
    return found


def _plain(image: Image) -> JsonObject:
    return {name: value for name, value in image.items() if name not in STAMPS}
