"""The journal as verbs (操作日志): entries with before and after, its verification, its digest on paper, the recycle
bin."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.accounts.undoing import demand_undo
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import day_begins, day_ends, today, typed_day
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import N_
from expertpool.foundation.masking import hidden
from expertpool.foundation.problems import UserProblem
from expertpool.rules.operations import operation_name
from expertpool.safekeeping.change_words import described_field, is_inner
from expertpool.storage import digest, journal, recycle
from expertpool.storage.digest import Digest, DigestCheck
from expertpool.storage.journal import Verdict
from expertpool.storage.past import last_before
from expertpool.storage.queries import table_of
from expertpool.storage.recycle import Deleted
from expertpool.storage.tables import JournalChange, JournalEntry
from expertpool.storage.undo import undoable

READ, VERIFY, BACK = "read journal", "verify journal", "restore deleted"
HIDDEN = frozenset({"version", "changed_at", "created_at", "uid", "id", "password_hash", "content"})
# encrypted columns, of which only the fact of a change is shown
CLOSED = frozenset({"more", "draft", "answers", "facts", "address",
                    "record", "people", "reasons", "operator_half", "witness_half", "salt", "seed", "result",
                    "drawn"})  # columns of a draw, which may be blind
WHY_WORDS = {"content": N_("what it says of the records was altered"), "entry": N_("the entry itself was altered"),
             "chain": N_("an entry before it was altered or is missing"),
             "end": N_("the newest entries are missing: somebody took them out"),
             "seal": N_("the seal of the newest entry is missing or is not this pool's")}
DIGEST_WORDS = {
    "kept": N_("The journal holds this state (entry {entry} of {at}); {since} entries came later."),
    "rewritten": N_("Entry {entry} is not the one of the day the code was printed: the journal was rewritten."),
    "altered": N_("Entry {broken} no longer says what it said when the code was printed: the journal was altered."),
    "missing": N_("Entry {entry} is not there: the pool was rolled back to an older file, or this is another pool."),
}
MOST = 500  # most records of one entry that are shown


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """Which entries to list: by person, operation, day (ISO, from and to); newest first."""

    actor: str = ""
    operation: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One operation as a list shows it; ``undone``: by a later one, ``records``: how many it changed."""

    id: int
    at: str
    actor: str
    operation: str
    words: JsonObject
    undone: bool
    records: int


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after; numbers masked, encrypted texts left out. ``fields``: column → (before, after)."""

    table: str
    id: int
    kind: str  # new / changed / deleted
    name: str
    fields: dict[str, tuple[object, object]]


def journal_ids(pool: Pool, query: EntryQuery) -> list[int]:
    """Numbers of the entries, newest first."""
    demand(pool.actor, READ)
    entry = table_of(JournalEntry).c
    wanted = select(entry.id).order_by(entry.id.desc())
    if query.actor:
        wanted = wanted.where(entry.actor == query.actor)
    if query.operation:
        wanted = wanted.where(entry.operation == query.operation)
    if query.since:
        wanted = wanted.where(entry.at >= day_begins(typed_day(query.since)))
    if query.until:
        wanted = wanted.where(entry.at < day_ends(typed_day(query.until)))
    with pool.read() as session:
        return list(session.scalars(wanted))


@numbers_hidden
def journal_rows(pool: Pool, ids: Collection[int]) -> list[EntryRow]:
    """These entries, in the order given."""
    demand(pool.actor, READ)
    entry, blocks = table_of(JournalEntry).c, table_of(JournalChange).c
    with pool.read() as session:
        counts: dict[int, int] = dict(session.execute(select(blocks.entry_id, func.sum(blocks.count)).where(
            blocks.entry_id.in_(ids)).group_by(blocks.entry_id)).all())
        undone = set(session.scalars(select(entry.undoes_id).where(entry.undoes_id.in_(ids))))
        rows = {row.id: EntryRow(row.id, row.at, row.actor, row.operation, dict(row.words), row.id in undone,
                                 int(counts.get(row.id, 0)))
                for row in session.execute(select(entry.id, entry.at, entry.actor, entry.operation, entry.words)
                                           .where(entry.id.in_(ids)))}
    return [rows[number] for number in ids if number in rows]


@numbers_hidden
def journal_changes(pool: Pool, number: int) -> list[RecordChange]:
    """What an entry changed, record by record; at most the first few hundred."""
    demand(pool.actor, READ)
    found: list[RecordChange] = []
    with pool.read() as session:
        for change in journal.changes_of(session.connection(), number):
            before, after = change.before or {}, change.after or {}
            names = [name for name in {**before, **after} if name not in HIDDEN and not is_inner(name)
                     and before.get(name) != after.get(name) and (change.before is not None or after.get(name))]
            fields = {name: (_shown(change.table, name, before.get(name)),
                             _shown(change.table, name, after.get(name))) for name in names}
            kind = "new" if change.before is None else "deleted" if change.after is None else "changed"
            image = after or before
            called = "" if change.table == "phone" else str(image.get("name") or image.get("number") or "")
            found.append(RecordChange(change.table, change.id, kind, hidden(called), fields))
            if len(found) == MOST:
                break
    return found


@numbers_hidden
def journal_choices(pool: Pool) -> tuple[list[str], list[str]]:
    """All actors and operations in the journal, as choices for filtering a list."""
    demand(pool.actor, READ)
    entry = table_of(JournalEntry).c
    with pool.read() as session:
        return (list(session.scalars(select(entry.actor).distinct().order_by(entry.actor))),
                list(session.scalars(select(entry.operation).distinct().order_by(entry.operation))))


def undo_refusal(pool: Pool, number: int) -> str:
    """Why an entry cannot be undone, as a sentence; "" if it can."""
    demand(pool.actor, READ)
    with pool.read() as session:
        try:
            demand_undo(session, pool.actor, number)
            entry, by_table = undoable(session, number)
        except UserProblem as refused:
            return refused.text
    return "" if by_table else UserProblem("undo.empty", what=operation_name(entry.operation)).text


def verify_journal(pool: Pool) -> Verdict:
    """Read the whole journal and verify its hashes and seal."""
    demand(pool.actor, VERIFY)
    with pool.read() as session:
        return journal.verify(session.connection())


def journal_digest(pool: Pool, day: str = "") -> Digest:
    """The digest of today, or of the end of a day (ISO).

    Raises ``undo.nothing`` where there was no entry yet, ``day.wrong`` for what is no day, ``past.clock`` where the
    clock ran backwards across its end.
    """
    demand(pool.actor, VERIFY)
    with pool.read() as session:
        connection, until = session.connection(), day_ends(typed_day(day)) if day else ""
        if until:
            last_before(connection, until, day)  # no code for a day whose end nobody can tell
        found = digest.digest(connection, until)
    if found is None:
        raise UserProblem("undo.nothing")
    return found


def weekly_digests(pool: Pool, weeks: int = 12) -> list[tuple[str, Digest]]:
    """The digest at the end of each of the last weeks (Sunday, ISO), newest first; weeks before the first entry are
    left out."""
    demand(pool.actor, VERIFY)
    sunday = today() - timedelta(days=today().isoweekday() % 7)
    found = []
    with pool.read() as session:
        for week in range(weeks):
            day = sunday - timedelta(weeks=week)
            one = digest.digest(session.connection(), day_ends(day))
            if one is not None:
                found.append((day.isoformat(), one))
    return found


def check_digest(pool: Pool, code: str) -> DigestCheck:
    """Whether the journal still contains the state for which a printed code was made."""
    demand(pool.actor, VERIFY)
    with pool.read() as session:
        return digest.check_code(session.connection(), code)


@numbers_hidden
def deleted_records(pool: Pool) -> list[Deleted]:
    """The recycle bin, newest first."""
    demand(pool.actor, BACK)
    with pool.read() as session:
        return recycle.deleted(session)


def restore_deleted(pool: Pool, entry: int, uids: Collection[str]) -> Changes:
    """Restore records that an operation deleted, with everything deleted together with them."""
    with pool.write(BACK) as transaction:
        demand_undo(transaction.session, pool.actor, entry)  # restoring is the inverse of deleting
        recycle.bring_back(transaction, entry, uids)
    return transaction.result()


def _shown(table: str, name: str, value: Any) -> object:
    if name in CLOSED:
        return "***" if value else value
    field = described_field(table, name)
    masked = field is not None and field.mask.operation == "reveal"
    return field.mask.hide(value) if field and masked and value else hidden(value)
