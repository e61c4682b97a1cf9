"""One person in full; personal numbers are masked until revealed with a reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.permissions import demand, may
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import REVEAL, numbers_hidden
from expertpool.experts.additions import CHILD_TABLES
from expertpool.experts.catalogue import EXPERTS, PERSON
from expertpool.experts.drafts import CHILDREN, OWN, PersonDraft
from expertpool.experts.import_tables import ImportBatch, ValueSource
from expertpool.experts.tables import Person
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.masking import hidden
from expertpool.foundation.problems import UserProblem
from expertpool.rules.field_checks import as_written
from expertpool.storage.journal import history_of
from expertpool.storage.queries import id_of, table_of

HIDDEN_CHILD = {"id", "uid", "version", "created_at", "changed_at", "person_id", "place"}


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """Everything known of a person. ``values`` are the person's own columns; ``children`` the rows by kind."""

    id: int
    uid: str
    version: int
    name: str
    state: str
    values: JsonObject
    children: dict[str, list[JsonObject]]
    sources: list[JsonObject] = field(default_factory=list)

    @property
    def current_job(self) -> JsonObject:
        """The present employment, or an empty row if there is none."""
        jobs = sorted(self.children["employments"], key=lambda job: not job["current"])
        return jobs[0] if jobs else {"employer": "", "department": "", "position": ""}

    def draft(self) -> PersonDraft:
        """The person as a draft, for a form to change."""
        content: JsonObject = {name: self.values[name] for name in OWN}
        for child in CHILDREN:
            rows = self.children[child]
            content[child] = [row["text"] for row in rows] if child == "specialties" else rows
        return as_written(PersonDraft, content)


def person_detail(pool: Pool, uid: str, *, revealed: bool = False) -> PersonDetail:
    """The person's details; personal numbers are masked unless ``revealed``, which needs a permission. To look at
    them for a purpose use :func:`reveal`, which is noted in the journal.

    Raises ``record.missing``.
    """
    if revealed:
        demand(pool.actor, "reveal")
    with pool.read() as session:
        person = session.scalars(select(Person).where(col(Person.uid) == uid)).one_or_none()
        while person is not None and person.state == "merged" and person.merged_into_id:
            person = session.get(Person, person.merged_into_id)  # somebody merged away is replaced by the person kept
        if person is None:
            raise UserProblem("record.missing", uid=uid)
        return load_details(session, [int(person.id or 0)], revealed=revealed)[0]


def known_person(pool: Pool, number: int) -> PersonDetail:
    """A person by id, to be compared with a row of a file; numbers in full only for actors who may see them.

    Raises ``record.missing``.
    """
    with pool.read() as session:
        found = load_details(session, [number], revealed=may(pool.actor, REVEAL))
    if not found:
        raise UserProblem("record.missing", uid=str(number))
    return found[0]


def load_details(session: Session, ids: Sequence[int], *, revealed: bool = False,
                 shown: Collection[str] = ()) -> list[PersonDetail]:
    """Details of several people in a few queries, in the order of ``ids``; numbers are masked unless ``revealed``, or
    named in ``shown`` (id_number, bank_account, phone)."""
    people = {p.id: p for p in session.scalars(select(Person).where(id_of(Person).in_(ids)))}
    children: dict[int, dict[str, list[JsonObject]]] = {n: {c: [] for c in CHILDREN} for n in people if n}
    for child, table in CHILD_TABLES.items():
        columns = table_of(table).c
        for row in session.execute(select(table_of(table)).where(columns.person_id.in_(ids))
                                   .order_by(columns.id)).mappings():
            children[row["person_id"]][child].append({k: v for k, v in row.items() if k not in HIDDEN_CHILD})
    sources: dict[int, list[JsonObject]] = {n: [] for n in children}
    found = select(ValueSource, col(ImportBatch.created_at), col(ImportBatch.operator), col(ImportBatch.files)).join(
        ImportBatch, id_of(ImportBatch) == ValueSource.batch_id).where(
        col(ValueSource.person_id).in_(ids)).order_by(id_of(ValueSource))
    for source, at, operator, files in session.execute(found):
        sources[source.person_id].append({
            "file": source.file, "sheet": source.sheet, "row": source.row,
            "fields": source.fields or _cells(source, files), "batch": source.batch_id, "at": at,
            "operator": operator})
    details = [_detail(people[n], children[n], sources[n]) for n in ids if n in people]
    return details if revealed else [masked(detail, shown) for detail in details]


def _cells(source: ValueSource, files: Sequence[JsonObject]) -> dict[str, str]:
    """Field → cell, for the row of a table that the person was read from."""
    above = [table for file in files if file["file"] == source.file for table in file.get("tables", ())
             if table["sheet"] == source.sheet and table["below"] < source.row]
    columns = max(above, key=lambda table: int(table["below"]))["fields"] if above else {}
    return {field: f"{letters}{source.row}" for field, letters in columns.items()}


def _detail(person: Person, children: dict[str, list[JsonObject]],
            sources: list[JsonObject]) -> PersonDetail:
    values = {name: getattr(person, name) for name in OWN} | {
        "state_reason": person.state_reason, "state_since": person.state_since,
        "created_at": person.created_at, "changed_at": person.changed_at}
    return PersonDetail(int(person.id or 0), person.uid, person.version, person.name, person.state, values,
                        children, sources)


def masked(detail: PersonDetail, shown: Collection[str] = ()) -> PersonDetail:
    """The same person with identity, phone and bank numbers masked, except those in ``shown``; also in unrecognised
    columns, remarks and reasons."""
    values = {name: detail.values[name] if name in shown else PERSON.masked[name].hide(detail.values[name])
              if name in PERSON.masked else hidden(value) for name, value in detail.values.items()}
    children = {child: rows if _table_of(child) in shown else hidden(rows) for child, rows in detail.children.items()}
    for table in EXPERTS.children:
        if table.child in children and table.masked and table.table not in shown:
            children[table.child] = [row | {name: mask.hide(full[name]) for name, mask in table.masked.items()}
                                     for row, full in zip(children[table.child], detail.children[table.child],
                                                          strict=True)]
    return PersonDetail(detail.id, detail.uid, detail.version, detail.name, detail.state, values, children,
                        hidden(detail.sources))


def _table_of(child: str) -> str:
    return next((table.table for table in EXPERTS.children if table.child == child), child)


def reveal(pool: Pool, uid: str, reason: str) -> PersonDetail:
    """The person with full numbers. The reason is required and is written to the journal. Raises
    ``reveal.reason``."""
    note_reveal(pool, reason, [uid])
    return person_detail(pool, uid, revealed=True)


def note_reveal(pool: Pool, reason: str, uids: Sequence[str]) -> None:
    """Note in the journal that numbers were shown in full, to whom and why (个人信息保护法 art. 54).

    Raises ``reveal.reason``.
    """
    if not reason.strip():
        raise UserProblem("reveal.reason")
    with pool.write("reveal", reason=reason.strip(), people=list(uids)[:200], count=len(uids), always=True):
        pass


@numbers_hidden
def person_history(pool: Pool, uid: str) -> list[JsonObject]:
    """The history of a person, newest first: when, who, operation, changed columns. Raises ``record.missing``."""
    with pool.read() as session:
        number = session.scalars(select(id_of(Person)).where(col(Person.uid) == uid)).one_or_none()
        if number is None:
            raise UserProblem("record.missing", uid=uid)
        found = history_of(session.connection(), "person", number)
    steps = []
    for entry, change in reversed(found):
        before, after = change.before or {}, change.after or {}
        changed = {} if change.before is None else {
            name: (before.get(name), value_) for name, value_ in after.items()
            if before.get(name) != value_ and name not in ("version", "changed_at")}
        steps.append({"at": entry.at, "actor": entry.actor, "operation": entry.operation, "words": entry.words,
                      "entry": entry.id, "changed": changed})
    return steps
