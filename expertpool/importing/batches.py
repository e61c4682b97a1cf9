"""The imports that were made (导入批次), and undoing one weeks later (撤销批次) without losing what came after."""

from dataclasses import dataclass

from sqlalchemy import Table, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.permissions import Actor, demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.accounts.undoing import demand_undo
from expertpool.experts.import_tables import ImportBatch
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.sentences import sentence
from expertpool.foundation.uids import now_stamp
from expertpool.importing.approval import OPERATION as APPROVE
from expertpool.importing.batch_trace import LISTS, SKIPPED, Trace, trace
from expertpool.storage.journal import history_of
from expertpool.storage.queries import CHUNK, chunks, rows_where_in
from expertpool.storage.records import METADATA, entity
from expertpool.storage.tables import JournalEntry
from expertpool.storage.transaction import Transaction
from expertpool.storage.undo import undo_entry

_HELD = 20 * CHUNK  # deleted rows collected before they are written to the journal as a block


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: when (UTC), by whom, from which files, with what result, whether it was undone."""

    uid: str
    at: str
    kind: str
    operator: str
    files: tuple[str, ...]
    counts: JsonObject
    undone: bool


@dataclass(frozen=True, slots=True)
class BatchUndo:
    """What undoing a batch does: people removed, people restored, and people spared: (uid, name, why)."""

    removes: int
    restores: int
    spared: tuple[tuple[str, str, str], ...]


@numbers_hidden
def batches(pool: Pool) -> list[Batch]:
    """Every import, newest first."""
    table = METADATA.tables["importbatch"]
    with pool.read() as session:
        rows = session.execute(select(table).order_by(table.c.id.desc())).mappings().all()
    return [Batch(row["uid"], row["created_at"], row["kind"], row["operator"],
                  tuple(str(file["file"]) for file in row["files"]), dict(row["counts"]), row["undone"])
            for row in rows]


@numbers_hidden
def undo_preview(pool: Pool, batch_uid: str) -> BatchUndo:
    """What :func:`undo_batch` would do; nothing is written. Raises the same problems."""
    with pool.read() as session:
        batch, entry = _entry(session, batch_uid)
        return _summary(session, trace(session, entry)) if batch.kind == "experts" else _whole(batch)


def undo_batch(pool: Pool, batch_uid: str) -> tuple[Changes, BatchUndo]:
    """Undo an import in one transaction and one journal entry, which can itself be undone.

    People it made and nobody touched since are removed; people it updated get their values back, field by field,
    where nothing changed since; everybody else is spared and listed. An import of cases is undone as a whole or not
    at all (``undo.later``). Raises ``batch.undone``, ``batch.missing``, ``record.missing``.
    """
    with pool.write("undo import") as transaction:
        batch, entry = _entry(transaction.session, batch_uid)
        demand_undo(transaction.session, pool.actor, entry)
        _demand_approved(transaction.session, pool.actor, batch)
        transaction.words |= {"files": "、".join(str(file["file"]) for file in batch.files), "batch": batch_uid}
        if batch.kind == "experts":
            found = trace(transaction.session, entry)
            done = _summary(transaction.session, found)
            transaction.words |= {"removed": done.removes, "restored": done.restores, "spared": len(done.spared)}
            transaction.update_many(ImportBatch, {int(batch.id or 0): {"undone": True}})
            transaction.session.expunge_all()  # the writes that follow bypass the session
            _take_back(transaction, found)
        else:
            done = _whole(batch)
            undo_entry(transaction, entry)
    return transaction.result(), done


def _demand_approved(session: Session, actor: Actor, batch: ImportBatch) -> None:
    """Undoing an import of approved people also undoes the approval, so the actor must be allowed to approve."""
    files = "、".join(str(file["file"]) for file in batch.files)  # older journal entries name no batch
    for words in session.scalars(select(col(JournalEntry.words)).where(col(JournalEntry.operation) == APPROVE)):
        if words.get("batch", batch.uid) == batch.uid and words.get("files") == files:
            demand(actor, APPROVE)


def _whole(batch: ImportBatch) -> BatchUndo:
    """What undoing an import of cases does, if it can be undone."""
    return BatchUndo(int(batch.counts.get("created", 0)), int(batch.counts.get("updated", 0)), ())


def _entry(session: Session, batch_uid: str) -> tuple[ImportBatch, int]:
    """The batch and the journal entry that wrote it."""
    batch = session.scalars(select(ImportBatch).filter_by(uid=batch_uid)).one_or_none()
    if batch is None:
        raise UserProblem("record.missing", uid=batch_uid)
    if batch.undone:
        raise UserProblem("batch.undone")
    for entry, change in history_of(session.connection(), "importbatch", int(batch.id or 0)):
        if change.before is None:
            return batch, int(entry.id)
    raise UserProblem("batch.missing")


def _summary(session: Session, found: Trace) -> BatchUndo:
    why = {person: sentence(f"batch.{code}") for person, code in found.spared.items()}
    for person, fields in found.kept.items():
        why[person] = "; ".join(sentence("batch.field", field=name) for name in dict.fromkeys(fields))
    people = METADATA.tables["person"].c
    named: list[tuple[str, str, str]] = []
    query = select(people.id, people.uid, people.name).order_by(people.id)
    named += [(uid, name, why[key]) for key, uid, name in rows_where_in(session, query, people.id, sorted(why))]
    restored = {found.owner[table].get(number, number) for table, rows in found.back.items() for number in rows}
    restored |= {int(image.get("person_id") or 0) for rows in found.removed.values() for image in rows}
    restored |= {person for table, ids in found.made.items() if table in LISTS
                 for number, person in found.owner[table].items() if person in found.updated and number in ids}
    return BatchUndo(len(found.removable), len(restored & found.updated), tuple(named))


def _take_back(transaction: Transaction, found: Trace) -> None:
    """Remove what the batch made, restore what it had changed, remove units that nothing refers to any more."""
    gone = found.removable
    shared = []
    for table in reversed(METADATA.sorted_tables):
        if table.name == "person":
            _remove(transaction, table, sorted(gone))
        elif table.name not in SKIPPED and (made := found.made.get(table.name)):
            owner = found.owner[table.name]
            ids = [number for number in sorted(made) if _goes(table.name, owner.get(number), found, gone)]
            if "person_id" in table.c:
                _remove(transaction, table, ids)
            else:
                shared.append((table, ids))
    for table in METADATA.sorted_tables:
        if found.removed.get(table.name):
            transaction.put_back(
                entity(table.name),
                [
                    image | {"version": image["version"] + 1, "changed_at": now_stamp()}
                    for image in found.removed[table.name]
                ],
            )
        if found.back.get(table.name):
            transaction.update_many(entity(table.name), found.back[table.name])
    for table, ids in shared:
        led_to = _led_to(transaction.session, table, ids)
        _remove(transaction, table, [number for number in ids if number not in led_to])


def _goes(table: str, owner: int | None, found: Trace, gone: set[int]) -> bool:
    """Whether a row that the batch wrote is removed."""
    if not owner:
        return True  # a unit is removed only if nothing refers to it
    if owner in found.people:
        return owner in gone
    return table != "valuesource" or owner not in found.kept


def _remove(transaction: Transaction, table: Table, ids: list[int]) -> None:
    for part in chunks(ids, _HELD):
        transaction.delete_many(entity(table.name), part)
        transaction.settle()


def _led_to(session: Session, table: Table, ids: list[int]) -> set[int]:
    """Those of the ids to which rows of any table refer."""
    session.flush()
    found: set[int] = set()
    for other in METADATA.sorted_tables:
        for column in other.c:
            if any(key.column.table is table for key in column.foreign_keys):
                found.update(row[0] for row in rows_where_in(session, select(column).distinct(), column, ids))
    return found
