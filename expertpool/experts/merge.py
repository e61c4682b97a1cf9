"""Merging two people who are the same human being (合并), and separating them again (撤销合并), even long afterwards.

Nothing is deleted: what the other person has and the kept one lacks is moved; what both have stays with the merged
person, who is no longer shown. So separating only moves the same rows back.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.experts.additions import CHILD_TABLES
from expertpool.experts.belongings import belongings, owned_tables, person_columns
from expertpool.experts.comparing import child_key, kept_rows, suggestion
from expertpool.experts.details import PersonDetail, load_details
from expertpool.experts.drafts import OWN, PersonDraft
from expertpool.experts.pair_answers import demand_unsettled
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.sentences import sentence
from expertpool.rules.field_checks import edited
from expertpool.storage.journal import Change, Image, changes_of, history_of
from expertpool.storage.records import METADATA, STAMPS, entity
from expertpool.storage.transaction import Transaction, images

OPERATION = "merge people"
_LEFT = {"id", "uid", "created_at", "place", *STAMPS}
_OWNERS = {column.name for _table, column in person_columns()} | {"owner_id"}


@dataclass(frozen=True, slots=True)
class Unmerged:
    """What separating two people did; ``spared`` are sentences about what changed since the merge and was left as it
    is."""

    changes: Changes
    spared: tuple[str, ...]


def merge(pool: Pool, kept_uid: str, other_uid: str, choices: JsonMapping | None = None, *,
          reason: str, as_read: Mapping[str, int] | None = None) -> Changes:
    """Merge two people in one transaction and one journal entry.

    ``choices``: field → ``kept``, ``other`` or another value; a field without a choice takes what
    :func:`~expertpool.experts.comparing.compare` suggests. Raises ``merge.itself``, ``merge.gone``, ``merge.reason``,
    ``merge.choice``; with ``as_read`` (uid → version that was compared) ``record.changed``, and
    ``duplicates.settled`` where somebody said meanwhile that they are different people.
    """
    demand(pool.actor, OPERATION)
    if kept_uid == other_uid:
        raise UserProblem("merge.itself")
    if not reason.strip():
        raise UserProblem("merge.reason")
    with pool.write(OPERATION, reason=reason.strip()) as transaction:
        kept, other = (transaction.by_uid(Person, uid, (as_read or {}).get(uid)) for uid in (kept_uid, other_uid))
        for person in (kept, other):
            if person.state == "merged":
                raise UserProblem("merge.gone", name=person.name)
        if as_read is not None:
            demand_unsettled(transaction.session, int(kept.id or 0), int(other.id or 0))
        transaction.words |= {"name": kept.name, "other": other.name, "kept_uid": kept_uid, "other_uid": other_uid}
        first, second = load_details(transaction.session, [int(kept.id or 0), int(other.id or 0)], revealed=True)
        for name, value in _chosen(first, second, choices or {}).items():
            if getattr(kept, name) != value:
                setattr(kept, name, value)
        _move(transaction, first.id, second.id)
        other.state, other.state_reason, other.state_since = "merged", reason.strip(), str(today())
        other.merged_into_id = first.id
    return transaction.result()


def _chosen(kept: PersonDetail, other: PersonDetail, choices: JsonMapping) -> JsonObject:
    """The person's own values after the merge."""
    values = {}
    for name in OWN:
        choice = choices.get(name) if name in choices else suggestion(name, kept, other)[0]
        values[name] = (kept if choice == "kept" else other).values[name] if choice in ("kept", "other") else choice
    if "more" not in choices:
        values["more"] = {**other.values["more"], **{k: v for k, v in kept.values["more"].items() if v}}
    try:
        edited(PersonDraft, values, {"one": kept.values, "two": other.values})
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise UserProblem("merge.choice", field=name, value=values.get(name)) from error
    return values


def _move(transaction: Transaction, kept: int, other: int) -> None:
    """Move every row of ``other``, in all tables, to ``kept``, except those that ``kept`` has already."""
    moves: dict[str, dict[int, JsonObject]] = defaultdict(dict)
    for table, column, number in belongings(transaction.session, other):
        moves[table].setdefault(number, {})[column] = kept
    for child, record in CHILD_TABLES.items():
        table = str(record.__tablename__)
        mine = {child_key(child, row): row for row in kept_rows(transaction.session, table, kept)}
        main, last = any(row.get("main") for row in mine.values()), len(mine)
        for row in kept_rows(transaction.session, table, other):
            same = mine.get(child_key(child, row))
            if same is None:
                change = moves[table][row["id"]]
                if "place" in row:
                    change["place"] = last
                    last += 1
                if main and row.get("main"):
                    change["main"] = False
                continue
            del moves[table][row["id"]]
            filled = {name: value for name, value in row.items()
                      if name not in _LEFT and value and same[name] in ("", None)}
            if filled:
                moves[table][same["id"]] = moves[table].get(same["id"], {}) | filled
                same.update(filled)
    for table, changes in moves.items():
        if changes:
            transaction.update_many(entity(table), changes)


@numbers_hidden
def absorbed_people(pool: Pool, person: int) -> list[tuple[str, str]]:
    """(uid, name) of the people who were merged into this one."""
    with pool.read() as session:
        return merged_away(session, person)


def merged_away(session: Session, person: int) -> list[tuple[str, str]]:
    """(uid, name) of the people who were merged into this one."""
    table = METADATA.tables["person"].c
    return [(uid, name) for uid, name in session.execute(
        select(table.uid, table.name).where(table.merged_into_id == person).order_by(table.id))]


def unmerge(pool: Pool, other_uid: str) -> Unmerged:
    """Separate a person who was merged into another, however long ago.

    Moved rows are moved back and chosen values are restored, except what was changed since: that is left and listed.
    Raises ``merge.not_merged``.
    """
    with pool.write("unmerge people") as transaction:
        other = transaction.by_uid(Person, other_uid)
        entry = _merge_entry(transaction.session, int(other.id or 0)) if other.state == "merged" else None
        if entry is None:
            raise UserProblem("merge.not_merged", name=other.name)
        kept = transaction.get(Person, int(other.merged_into_id or 0))
        transaction.words |= {"name": kept.name, "other": other.name, "entry": entry}
        by_table: dict[str, list[Change]] = defaultdict(list)
        for change in changes_of(transaction.session.connection(), entry):
            by_table[change.table].append(change)
        names = {int(kept.id or 0): kept.name, int(other.id or 0): other.name}
        holders = set(_holders(transaction.session, kept))
        spared: list[str] = []
        transaction.session.expunge_all()  # the writes that follow bypass the session
        for table, changes in by_table.items():
            now = images(transaction.session, entity(table), [change.id for change in changes])
            back: dict[int, JsonObject] = {}
            for change in changes:
                values = _back(change, now.get(change.id), holders, int(other.id or 0), names, spared)
                if values:
                    back[change.id] = values
            transaction.update_many(entity(table), back)
        if spared:
            transaction.words["spared"] = len(spared)
    return Unmerged(transaction.result(), tuple(spared))


def _back(change: Change, now: Image | None, holders: set[int], other: int, names: Mapping[int, str],
          spared: list[str]) -> JsonObject:
    """The values of one changed row that are restored to what they were before the merge."""
    before, after = change.before or {}, change.after or {}
    if now is None:
        spared.append(sentence("merge.spared_gone", name=names[min(holders & set(names), default=other)],
                               what=_words(after)))
        return {}
    values = {}
    for column, old in before.items():
        if column in STAMPS or old == after.get(column) or now[column] == old:
            continue
        # a merged person is shown nowhere and edited by nobody
        free = change.table == "person" and change.id == other
        moved = column in _OWNERS and now[column] in holders and old == other
        if now[column] == after[column] or free or moved:
            values[column] = old
        elif change.table == "person":
            spared.append(sentence("merge.spared_value", name=names.get(change.id, ""), field=column))
        elif column != "place":
            spared.append(sentence("merge.spared_row", name=names[min(holders & set(names), default=other)],
                                   what=_words(now)))
    return values


def _merge_entry(session: Session, person: int) -> int | None:
    """The journal entry of the latest merge of this person into another."""
    for entry, change in reversed(history_of(session.connection(), "person", person)):
        if entry.operation == OPERATION and change.after and change.after.get("merged_into_id"):
            return int(entry.id)
    return None


def _holders(session: Session, person: Person) -> Iterator[int]:
    """The person, and the people into whom they were merged in turn."""
    now: Person | None = person
    seen: set[int] = set()
    while now is not None and now.id not in seen:
        seen.add(int(now.id or 0))
        yield int(now.id or 0)
        now = session.get(Person, now.merged_into_id) if now.merged_into_id else None


def _words(image: JsonMapping) -> str:
    """The values of a row that mean something to people."""
    hidden = _LEFT | _OWNERS | {"organisation_id", "batch_id", "content", "sha256", "id_number"}
    said = [str(value) for name, value in image.items() if name not in hidden and value and isinstance(value, str)]
    return " ".join(said[:4])


def tables_moved() -> set[str]:
    """Names of all tables whose rows a merge moves."""
    return {table.name for table, _column in person_columns()} | {table.name for table in owned_tables()}
