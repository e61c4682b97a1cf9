"""The register's verbs (登记): add people, change them, change their state."""

from collections.abc import Sequence

from sqlalchemy import select

from expertpool.accounts.pool_protocol import Pool
from expertpool.experts.additions import (
    CHILD_TABLES,
    Prepared,
    child_rows,
    counted,
    prepare,
    table_of,
    unit_names,
)
from expertpool.experts.drafts import OWN, PersonDraft, Plain, plain_of
from expertpool.experts.listing import write_listings
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.uids import now_stamp
from expertpool.organisations.register import ensure_units
from expertpool.storage.queries import table_of as stored_table
from expertpool.storage.records import Record
from expertpool.storage.transaction import Transaction


def register(pool: Pool, draft: PersonDraft) -> Changes:
    """Add one person."""
    with pool.write("register", name=draft.name) as transaction:
        register_many(transaction, [draft])
    return transaction.result()


def register_many(
    transaction: Transaction, drafts: Sequence[PersonDraft], uids: Sequence[str] | None = None
) -> list[int]:
    """Add people with all their child rows, in bulk. Returns their ids in order."""
    return register_plain(transaction, [plain_of(draft) for draft in drafts], uids)


def register_plain(transaction: Transaction, people: Sequence[Plain], uids: Sequence[str] | None = None) -> list[int]:
    """:func:`register_many` for people as plain values (:func:`~expertpool.experts.drafts.plain_of`)."""
    ids, units = make_room(transaction, people)
    write_prepared(transaction, prepare(people, ids, units, transaction.stamp, uids))
    return list(ids["person"])


def make_room(transaction: Transaction, people: Sequence[Plain],
              known: dict[str, int] | None = None) -> tuple[dict[str, Sequence[int]], dict[str, int]]:
    """Reserve what preparing people needs from the database: new ids by kind of row, and unit ids by name.

    ``known`` remembers units between calls within one transaction.
    """
    held = {} if known is None else known
    names = unit_names(people)
    if strange := {pair for pair in names if pair[0] not in held}:
        held.update(ensure_units(transaction, strange))
    units = {name: held[name] for name, _kind in names if name}
    return {kind: transaction.reserve(table_of(kind), count) for kind, count in counted(people).items()}, units


def write_prepared(transaction: Transaction, prepared: Prepared) -> None:
    """Write people who were prepared."""
    for addition in prepared.additions:
        transaction.insert_rows(table_of(addition.table), addition.rows, addition.blocks)
    write_listings(transaction, prepared.listed)


def edit(pool: Pool, uid: str, draft: PersonDraft, version: int | None = None) -> Changes:
    """Replace a person's values by the draft's. ``version`` is the one that the form was opened with.

    Raises ``record.changed`` if somebody saved meanwhile.
    """
    with pool.write("edit person", name=draft.name) as transaction:
        person = transaction.by_uid(Person, uid, version)
        for name in OWN:
            if getattr(person, name) != getattr(draft, name):
                setattr(person, name, getattr(draft, name))
        replace_all_children(transaction, int(person.id or 0), draft)
    return transaction.result()


def change_state(pool: Pool, uid: str, state: str, reason: str, since: str, *, before: str = "") -> Changes:
    """Suspend, remove or reinstate a person, with the reason. ``before``: the state that whoever decides saw.

    Raises ``record.changed`` where it is another by now, and ``import.approve_first``.
    """
    with pool.write("change standing", state=state, reason=reason) as transaction:
        person = transaction.by_uid(Person, uid)
        transaction.words["name"] = person.name
        if before and person.state != before:
            raise UserProblem("record.changed", uid=uid)
        if person.state == "pending" and state == "active":  # letting people in is done by approving the import
            raise UserProblem("import.approve_first", name=person.name)
        person.state, person.state_reason, person.state_since = state, reason, since
    return transaction.result()


def replace_children(
    transaction: Transaction, table: type[Record], person: int, wanted: list[JsonObject]
) -> bool:
    """Keep rows that are as wanted, delete the others, add those missing; returns whether anything changed."""
    kept = transaction.session.scalars(select(table).where(stored_table(table).c.person_id == person)).all()
    left, gone = list(wanted), False
    for record in kept:
        same = next((row for row in left if all(getattr(record, k) == v for k, v in row.items())), None)
        if same is None:
            transaction.session.delete(record)
            gone = True
        else:
            left.remove(same)
    transaction.session.flush()
    transaction.insert_many(table, [{"person_id": person} | row for row in left])
    return gone or bool(left)


def replace_all_children(transaction: Transaction, person: int, draft: PersonDraft) -> None:
    """Replace all child rows of a person by the draft's. Any change raises the person's version, so that a form
    opened before notices it."""
    plain = plain_of(draft)
    units = ensure_units(transaction, unit_names([plain]))
    changed = [replace_children(transaction, table, person, child_rows(plain, child, units))
               for child, table in CHILD_TABLES.items()]
    if any(changed):
        transaction.get(Person, person).changed_at = now_stamp()
