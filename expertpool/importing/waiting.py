"""Rows postponed during an import (待定行): kept with all they say until somebody decides who they are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.experts.details import load_details
from expertpool.experts.drafts import OWN, PersonDraft
from expertpool.experts.duplicate_index import unit_aliases
from expertpool.experts.import_tables import DuplicateAnswer, ImportBatch, ValueSource, WaitingRow
from expertpool.experts.register import register_many, replace_all_children
from expertpool.experts.same_person import Verdict, fingerprint
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.uids import now_stamp
from expertpool.importing.duplicates import identity_of
from expertpool.importing.merging import merged
from expertpool.importing.plan import ImportPlan, PlannedRow
from expertpool.rules.field_checks import as_written
from expertpool.storage.records import METADATA
from expertpool.storage.transaction import Transaction

ANSWERS = ("same", "different", "drop")
Place = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One waiting row. ``verdict.reasons`` says why it may be ``candidate`` (uid, "" if that person is gone)."""

    uid: str
    draft: PersonDraft
    file: str
    sheet: str
    row: int
    batch: str
    at: str
    operator: str
    candidate: str
    candidate_name: str
    verdict: Verdict


def keep_waiting(transaction: Transaction, batch_id: int, rows: Iterable[PlannedRow[PersonDraft]],
                 people: Mapping[Place, int] | None = None) -> int:
    """Keep rows for later, inside the import's own transaction; returns how many were not waiting before.

    ``people``: place of an earlier row of this import → the person made from it, for rows that may be that person.
    """
    waiting, aliases = waiting_fingerprints(transaction.session), unit_aliases(transaction.session)
    kept = []
    for row in rows:
        if (draft := row.draft) is None:
            continue
        mark = fingerprint(identity_of(draft, aliases))
        if mark in waiting:
            continue
        waiting.add(mark)
        match = row.match
        person = (match.id or (people or {}).get(match.place or ("", "", 0, 0))) if match else None
        kept.append({
            "batch_id": batch_id, "person_id": person, "file": row.file, "sheet": row.sheet, "row": row.row,
            "slot": row.slot, "draft": draft.model_dump(exclude_defaults=True), "fields": dict(row.fields),
            "keys": list(match.keys) if match else [], "fingerprint": mark})
    transaction.insert_many(WaitingRow, kept)
    return len(kept)


def new_to_wait(session: Any, rows: Iterable[PlannedRow[PersonDraft]]) -> list[PlannedRow[PersonDraft]]:
    """Of the rows that may be a known person, those that are not waiting already."""
    marks, aliases = waiting_fingerprints(session), unit_aliases(session)
    return [row for row in rows if row.decision == "duplicate" and (draft := row.draft) is not None
            and fingerprint(identity_of(draft, aliases)) not in marks]


def as_left_before(session: Any, plan: ImportPlan[PersonDraft],
                   matched: Sequence[tuple[PlannedRow[PersonDraft], int, Verdict]],
                   ) -> Sequence[tuple[PlannedRow[PersonDraft], int, Verdict]]:
    """Rows that an earlier import of the same file postponed stay postponed, however sure the match is by now; those
    that somebody dropped change nothing. A correction counts as the file that it corrects."""
    left = _left_before(session, {file.sha256 for file in plan.files} | {
        sheet.returned.sha256 for file in plan.files for sheet in file.sheets if sheet.returned})
    if not left:
        return matched
    aliases = unit_aliases(session)
    states = {row.place: state for row in plan.rows() if row.decision != "unchanged"
              and (draft := row.draft) is not None and (state := left.get(fingerprint(identity_of(draft, aliases))))}
    for row in plan.rows():
        if states.get(row.place) == "dropped":
            row.decision = "unchanged"
    return [(row, person, Verdict("perhaps", verdict.keys) if states.get(row.place) == "waiting" else verdict)
            for row, person, verdict in matched]


def _left_before(session: Any, files: Collection[str]) -> dict[str, str]:
    """Fingerprint → ``waiting`` or ``dropped``, of rows that imports of these files (sha256) postponed."""
    batch, table = METADATA.tables["importbatch"].c, METADATA.tables["waitingrow"].c
    found: dict[str, str] = {}
    for number, entries in session.execute(select(batch.id, batch.files).where(batch.undone.is_(False))).all():
        if any(entry.get("sha256") in files for entry in entries):
            for mark, state in session.execute(
                    select(table.fingerprint, table.state).where(table.batch_id == number, table.state != "done")):
                if found.get(mark) != "waiting":
                    found[mark] = state
    return found


def waiting_fingerprints(session: Any) -> set[str]:
    """Fingerprints of the rows that wait."""
    table = METADATA.tables["waitingrow"].c
    return set(session.scalars(select(table.fingerprint).where(table.state == "waiting")))


def waiting_people(session: Any) -> dict[str, tuple[int, str, str, tuple[str, ...]]]:
    """Fingerprint of each waiting row → the person it may be (id, uid, name) and the keys that agreed then."""
    table, person = METADATA.tables["waitingrow"].c, METADATA.tables["person"].c
    return {mark: (key, uid, name, tuple(agreed)) for mark, key, uid, name, agreed in session.execute(
        select(table.fingerprint, person.id, person.uid, person.name, table["keys"]).where(
            table.state == "waiting", table.fingerprint != "", table.person_id == person.id))}


@numbers_hidden
def waiting_rows(pool: Pool) -> list[Waiting]:
    """Every row that waits for an answer, oldest first."""
    table, person, batch = (METADATA.tables[name] for name in ("waitingrow", "person", "importbatch"))
    query = select(table, batch.c.uid.label("batch_uid"), batch.c.operator, person.c.uid.label("person_uid"),
                   person.c.name.label("person_name"), person.c.state.label("person_state")).join_from(
        table, batch, table.c.batch_id == batch.c.id).outerjoin(person, person.c.id == table.c.person_id)
    with pool.read() as session:
        rows = session.execute(query.where(table.c.state == "waiting").order_by(table.c.id)).mappings().all()
    found = []
    for row in rows:
        there = row["person_uid"] is not None and row["person_state"] != "merged"
        found.append(Waiting(
            row["uid"], as_written(PersonDraft, row["draft"]), row["file"], row["sheet"],
            row["row"], row["batch_uid"], row["created_at"], row["operator"],
            row["person_uid"] if there else "", row["person_name"] if there else "",
            Verdict("perhaps", tuple(row["keys"]))))
    return found


def settle_waiting(pool: Pool, uid: str, answer: str, reason: str = "") -> Changes:
    """Decide who a waiting row is, in one transaction.

    ``same`` adds what the row says to the person it may be; ``different`` makes a new person and remembers the
    answer; ``drop`` leaves the row out. Raises ``duplicates.answer``, ``duplicates.settled``,
    ``duplicates.candidate_gone``.
    """
    demand(pool.actor, "settle waiting row")
    if answer not in ANSWERS:
        raise UserProblem("duplicates.answer", answer=answer)
    with pool.write("settle waiting row", answer=answer, reason=reason) as transaction:
        waiting = transaction.by_uid(WaitingRow, uid)
        if waiting.state != "waiting":
            raise UserProblem("duplicates.settled")
        draft = as_written(PersonDraft, waiting.draft)
        transaction.words |= {"name": draft.name, "file": waiting.file, "row": waiting.row}
        if answer == "same":
            _add_to(transaction, waiting, draft)
        elif answer == "different":
            _register(transaction, waiting, draft, reason)
        waiting.state, waiting.answer = ("dropped" if answer == "drop" else "done"), answer
    return transaction.result()


def _add_to(transaction: Transaction, waiting: WaitingRow, draft: PersonDraft) -> None:
    person = transaction.session.get(Person, waiting.person_id) if waiting.person_id else None
    if person is None or person.state == "merged":
        raise UserProblem("duplicates.candidate_gone")
    known = load_details(transaction.session, [int(person.id or 0)], revealed=True)[0].draft()
    after = merged(known, draft)
    for name in OWN:
        if getattr(person, name) != getattr(after, name):
            setattr(person, name, getattr(after, name))
    replace_all_children(transaction, int(person.id or 0), after)
    _note_source(transaction, waiting, int(person.id or 0))


def _register(transaction: Transaction, waiting: WaitingRow, draft: PersonDraft, reason: str) -> None:
    (person,) = register_many(transaction, [draft])
    _note_source(transaction, waiting, person)
    if waiting.person_id:
        said = {"person_id": waiting.person_id, "answer": "different", "by": transaction.actor, "at": now_stamp(),
                "reason": reason, "keys": list(waiting.keys)}
        transaction.insert_many(
            DuplicateAnswer, [said | {"other_id": person}, said | {"fingerprint": waiting.fingerprint}]
        )


def _note_source(transaction: Transaction, waiting: WaitingRow, person: int) -> None:
    transaction.insert_many(ValueSource, [{
        "person_id": person, "batch_id": waiting.batch_id, "file": waiting.file, "sheet": waiting.sheet,
        "row": waiting.row, "fields": dict(waiting.fields)}])


def remember_different(
    transaction: Transaction, person: int, draft: PersonDraft, keys: Iterable[str], reason: str = ""
) -> None:
    """Remember, inside an import, that a row is not this person, so that the same row does not ask again."""
    mark = fingerprint(identity_of(draft, unit_aliases(transaction.session)))
    transaction.insert_many(DuplicateAnswer, [{
        "person_id": person, "fingerprint": mark, "answer": "different", "by": transaction.actor, "at": now_stamp(),
        "reason": reason, "keys": list(keys)}])


def waiting_of(session: Any, batch: ImportBatch) -> int:
    """How many rows of a batch still wait."""
    table = METADATA.tables["waitingrow"].c
    return len(session.scalars(select(table.id).where(table.batch_id == batch.id, table.state == "waiting")).all())
