"""ExpertPool (专家库): one open database, the person acting, the rule book. The window and the command line are given
nothing else."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlmodel import col

import expertpool.declarations.tables
import expertpool.draws.tables
import expertpool.organisations.tables  # noqa: F401 – undo and history know every table
from expertpool.accounts.accounts import as_now, first_actor
from expertpool.accounts.permissions import READ, Actor, demand, demand_courts, is_case_bound
from expertpool.accounts.undoing import UNDO, UndoOffer, demand_undo, next_undo
from expertpool.assignments.load import refresh_load
from expertpool.assignments.tables import Assignment
from expertpool.cases.browse import CaseQuery, case_ids, case_rows
from expertpool.cases.listing import refresh_cases
from expertpool.cases.tables import CaseListing, CourtCase
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.import_tables import WaitingRow
from expertpool.experts.listing import refresh_people
from expertpool.experts.tables import Person, PersonListing
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.places import default_database
from expertpool.foundation.problems import ExpectedError, Problem, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.work_folder import clear_abandoned
from expertpool.rules.book import RuleBook
from expertpool.rules.operations import Operation
from expertpool.safekeeping.backups import before
from expertpool.storage.database import Database
from expertpool.storage.dialects import is_url
from expertpool.storage.journal import first_broken
from expertpool.storage.queries import id_of
from expertpool.storage.seen import note, regression
from expertpool.storage.settings import setting_of
from expertpool.storage.tables import JournalEntry, Setting
from expertpool.storage.transaction import Transaction
from expertpool.storage.undo import undo_entry
from expertpool.storage.window_lock import WindowLock

if TYPE_CHECKING:
    from expertpool.storage.live import Watch



class ExpertPool:
    """One open pool. Reads are short sessions; every write goes through :meth:`write`."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self.database = database
        self.actor = actor
        self.noticed: tuple[Problem, ...] = ()  # notices for whoever opened the pool
        self._watched = False  # a copy of the past is older than what this computer last saw, and that is no fault
        self._lock: WindowLock | None = None
        database.derived[:] = [refresh_people, refresh_cases, refresh_load, _check_again]

    @classmethod
    def open(cls, target: str | Path | None = None, *, create: bool = True, actor: Actor | None = None) -> Self:
        """Open the pool at a path or database address; by default ``EXPERTPOOL_DATABASE`` or the embedded one."""
        clear_abandoned()
        chosen = str(target or os.environ.get("EXPERTPOOL_DATABASE") or default_database())
        database = Database(chosen, create=create, relist=_relist)
        pool = cls(database, actor or first_actor(database))
        pool._look_back()
        return pool

    def _look_back(self) -> None:
        """Compare the pool with what this computer saw last; where something is missing, warn and note it in the
        journal."""
        place = self.database.target, self.database.vault
        with self.database.read() as session:
            found = regression(session.connection(), *place)
        self._watched = True
        if found is not None:
            seen, now = found.seen.entry, found.found.entry
            self.noticed = (Problem("pool.regressed", parameters={"seen": seen, "found": now}),)
            with self.database.write(self.actor.name, "older state", {"always": True, "seen": seen, "found": now}):
                pass
        self._note_seen(anew=found is not None)

    def _note_seen(self, *, anew: bool = False) -> None:
        if self._watched:
            with suppress(ExpectedError, SQLAlchemyError), self.database.read() as session:
                note(session.connection(), self.database.target, self.database.vault, anew=anew)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._note_seen()
        self.database.close()
        if self._lock is not None:
            self._lock.release()

    def hold(self) -> None:
        """Keep other windows from opening this embedded pool until it is closed. Raises ``database.held``."""
        if not is_url(self.database.target):
            self._lock = WindowLock(Path(self.database.target))
            self._lock.take()

    # -- reading and writing
    def read(self) -> AbstractContextManager[Session]:
        """A session that sees one unchanging state of the pool, for any actor who may read."""
        demand(self.actor, READ)
        return self.database.read()

    @contextmanager
    def write(self, operation: str, **words: object) -> Iterator[Transaction]:
        """The only way to write: checks the permission, opens one transaction, writes one journal entry."""
        demand(self.actor, operation)
        before(self, operation)
        with self.database.write(self.actor.name, operation, words) as transaction:
            self._demand_now(transaction, operation)
            yield transaction
            self._demand_courts(transaction, operation)
        self._note_seen()

    @contextmanager
    def own_write(self, operation: str, **words: object) -> Iterator[Transaction]:
        """A write that everybody signed in may make about their own things; the calling verb checks whatever else is
        needed."""
        demand(self.actor, READ)
        Operation(operation)  # an operation that does not exist is a bug
        with self.database.write(self.actor.name, operation, words) as transaction:
            self._demand_now(transaction, READ)
            yield transaction

    def _demand_now(self, transaction: Transaction, operation: str) -> None:
        """Check the permission again, with the account as it is stored at the time of this transaction."""
        self.actor = as_now(transaction.session, self.actor)
        demand(self.actor, operation)

    def _demand_courts(self, transaction: Transaction, operation: str) -> None:
        """Operations on cases are allowed only to those who hold an office at the court of the case."""
        if not self.actor.courts or not is_case_bound(operation):
            return
        cases = transaction.touched().get("courtcase", set())
        courts = set(transaction.session.scalars(select(col(CourtCase.court_code)).where(
            id_of(CourtCase).in_(cases))))
        courts |= {str(row["court_code"]) for row in transaction.former("courtcase")}
        demand_courts(self.actor, operation, courts)

    def relist(self, transaction: Transaction) -> None:
        """Rebuild all listings (重建清单) inside a transaction."""
        _relist(transaction)

    # -- facts about the pool
    @property
    def place(self) -> str:
        """Where the data is kept, in words for people."""
        if is_url(self.database.target):
            return _("Server pool") + f" · {self.database.engine.url.host or 'PostgreSQL'}"
        return _("Pool on this computer") + f" · {Path(self.database.target).name}"

    @property
    def is_local(self) -> bool:
        """Whether the data lies in a file on this computer rather than on a server."""
        return not is_url(self.database.target)

    @property
    def address(self) -> str:
        """The file's path or the server's address, without the password."""
        return self.database.target if self.is_local else self.database.engine.url.render_as_string(
            hide_password=True)

    def watch(self) -> "Watch":
        """Watch for changes that other workstations write; the caller closes the watcher."""
        from expertpool.storage.live import Watch

        return Watch(self.database)

    @property
    def name(self) -> str:
        """The court's name as set; empty until somebody set it."""
        return str(self.setting("court").get("name", ""))

    @property
    def rules(self) -> RuleBook:
        """The rule book in force: shipped rules with the court's changes."""
        return RuleBook.of_setting(self.setting("rules"))

    def setting(self, key: str) -> JsonObject:
        """A setting of the court; an empty mapping if it was never set. Settings hold nothing personal, so anybody
        may read them."""
        with self.database.read() as session:
            return setting_of(session, key)

    def set_setting(self, key: str, value: JsonObject, source: str = "", *,
                    operation: str = "change setting") -> Changes:
        """Store a setting of the court; ``operation`` is given where other offices than usual may change this
        setting."""
        with self.write(operation, key=key) as transaction:
            found = transaction.session.scalars(select(Setting).where(col(Setting.key) == key)).first()
            if found is None:
                transaction.add(Setting(key=key, value=value, source=source))
            else:
                found.value, found.source = value, source
        return transaction.result()

    def set_parts(self, key: str, parts: JsonMapping, source: str = "", *, as_read: JsonMapping | None = None,
                  within: str = "", operation: str = "change setting") -> Changes:
        """Store some parts of a setting and leave the others as they are now, whoever changed them; None takes a part
        away. ``within``: the parts lie in this part of the setting.

        ``as_read`` holds the parts as whoever changes them saw them; raises ``record.changed`` where one of them is
        not so any more.
        """
        with self.write(operation, key=key) as transaction:
            found = transaction.session.scalars(select(Setting).where(col(Setting.key) == key)).first()
            value = dict(found.value) if found is not None else {}
            inner = dict(value.get(within, {})) if within else value
            if as_read is not None and any(inner.get(part) != as_read.get(part) for part in parts):
                raise UserProblem("record.changed", key=key)
            inner = {part: one for part, one in (inner | dict(parts)).items() if one is not None}
            value = value | {within: inner} if within else inner
            if found is None:
                transaction.add(Setting(key=key, value=value, source=source))
            else:
                found.value, found.source = value, source
        return transaction.result()

    def counts(self) -> dict[str, int]:
        """People in the pool, open cases, open assignments."""
        with self.read() as session:
            people = session.scalar(select(func.count()).select_from(PersonListing)
                                    .where(col(PersonListing.state) == "active")) or 0
            cases = session.scalar(select(func.count()).select_from(CaseListing)
                                   .where(col(CaseListing.state) == "open")) or 0
            serving = session.scalar(select(func.count()).select_from(Assignment)) or 0
        return {"experts": people, "open_cases": cases, "assignments": serving}

    def badges(self) -> dict[str, int]:
        """Page name → number of things waiting to be done on that page: open cases that lack people, import rows
        without an answer."""
        with self.read() as session:
            lacking = session.scalar(select(func.count()).select_from(CaseListing).where(
                col(CaseListing.state) == "open", col(CaseListing.serving) < CaseListing.people_needed))
            waiting = session.scalar(select(func.count()).select_from(WaitingRow).where(
                col(WaitingRow.state) == "waiting"))
        return {"matching": lacking or 0, "merging": waiting or 0}

    def find(self, text: str, most: int = 6) -> list[tuple[str, str, str, str]]:
        """People and cases for a search box: (kind, uid, text, second text), people first."""
        if not text.strip():
            return []
        people = people_rows(self, people_ids(self, PeopleQuery(search=text))[:most])
        cases = case_rows(self, case_ids(self, CaseQuery(search=text))[:most])
        return [*(("person", row.uid, row.name, row.employer) for row in people),
                *(("case", row.uid, row.number, row.cause) for row in cases)]

    def state(self) -> int:
        """The number of the last journal entry; it rises with every write."""
        with self.read() as session:
            return session.scalar(select(func.max(JournalEntry.id))) or 0

    def check_journal(self) -> tuple[int, int | None]:
        """Number of journal entries, and the first that does not fit its hash or chain (None if all fit)."""
        demand(self.actor, "verify journal")
        with self.read() as session:
            count = session.scalar(select(func.count()).select_from(JournalEntry)) or 0
            return count, first_broken(session.connection())

    # -- undo
    def undo(self, entry: int) -> Changes:
        """Undo one journal entry. The actor needs the permission of the undone operation, and an office for undoing
        what somebody else did."""
        with self.write(UNDO) as transaction:
            demand_undo(transaction.session, self.actor, entry)
            undo_entry(transaction, entry)
        return transaction.result()

    def undo_last(self) -> Changes:
        """Undo the actor's newest operation that is not undone yet."""
        found = self.next_undo()
        if found is None:
            raise UserProblem("undo.nothing")
        return self.undo(found.entry)

    def next_undo(self) -> UndoOffer | None:
        """What :meth:`undo_last` would undo, to be shown beforehand; None if there is nothing."""
        demand(self.actor, UNDO)
        with self.read() as session:
            return next_undo(session, self.actor)


def restore_elsewhere(path: Path, target: str, code: str = "", progress: Progress = SILENT) -> dict[str, int]:
    """Make a new pool from a backup, at a path or in an empty database; returns row counts by table. No pool need be
    open."""
    from expertpool.storage.restore import restore_to

    return restore_to(path, target, _relist, code, progress).counts


def _relist(transaction: Transaction) -> None:
    """Rebuild all listings (重建清单)."""
    everybody = set(transaction.session.scalars(select(id_of(Person))))
    refresh_people(transaction, {"person": everybody})
    cases = set(transaction.session.scalars(select(id_of(CourtCase))))
    refresh_cases(transaction, {"courtcase": cases})
    refresh_load(transaction, {"person": everybody, "courtcase": cases})


def _check_again(transaction: Transaction, touched: dict[str, set[int]]) -> None:
    """Check again (复查) the appointments that this transaction affects."""
    from expertpool.checks.recheck import watch  # imported late, because the first write is early enough

    watch(transaction, touched)
