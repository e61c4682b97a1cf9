"""Notices what others write (实时刷新): announced at once by PostgreSQL's LISTEN/NOTIFY, elsewhere by looking.

A window waits in its own worker with :meth:`Watch.wait`, which never reads more than the newest journal entry.
"""

import select as polling
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from expertpool.foundation.changes import Changes
from expertpool.foundation.problems import EnvironmentProblem
from expertpool.storage import dialects
from expertpool.storage.database import Database
from expertpool.storage.queries import id_of, table_of
from expertpool.storage.since import Moment, now, touched_since
from expertpool.storage.tables import JournalEntry

_SLICE = 0.2  # seconds after which a waiting worker checks whether to stop


@dataclass(frozen=True, slots=True)
class News:
    """What was written since the last look: by whom, and the numbers of the journal entries."""

    changes: Changes
    who: str
    entries: frozenset[int]


class Watch:
    """Remembers the newest entry seen; :meth:`wait` returns what came after it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.read() as session:
            self._seen = now(session)
        self._connection: Any = None

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> News | None:
        """What was written since the last call; None after ``seconds`` or when ``stopped()`` is true. Raises
        ``database.unreachable`` while the server cannot be reached."""
        if not self._database.is_sqlite:
            self._listen(seconds, stopped)
        else:
            _pause(seconds, stopped)
        return None if stopped() else self.news()

    def news(self) -> News | None:
        """What was written since the last look, without waiting."""
        with self._database.read() as session:
            newest = now(session)
            if newest == self._seen:
                return None
            touched = touched_since(session, self._seen)
            who = session.execute(select(id_of(JournalEntry), col(JournalEntry.actor),
                col(JournalEntry.operation)).where(
                table_of(JournalEntry).c.id > self._seen.entry).order_by(id_of(JournalEntry))).all()
        self._seen = Moment(newest.entry, newest.hash)
        actors = "、".join(dict.fromkeys(row.actor for row in who))
        operation = who[-1].operation if who else "restore"
        ids = {kind: frozenset(numbers) for kind, numbers in (touched or {}).items()}
        return News(Changes(newest.entry, operation, ids, many=touched is None), actors,
                    frozenset(row.id for row in who))

    def close(self) -> None:
        """Let go of the listening connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _listen(self, seconds: float, stopped: Callable[[], bool]) -> None:
        """Wait until the server notifies, the time is over, or ``stopped()`` is true."""
        try:
            if self._connection is None:
                connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                connection.execute(text(f"LISTEN {dialects.CHANNEL}"))
                self._connection = connection
            driver = self._connection.connection.driver_connection
            left = seconds
            while left > 0 and not stopped():
                ready, _write, _error = polling.select([driver.fileno()], [], [], min(_SLICE, left))
                if ready and next(iter(driver.notifies(timeout=0)), None) is not None:
                    return
                left -= _SLICE
        except _lost() as error:
            self._drop()
            known = dialects.translated(error) if isinstance(error, DBAPIError) else None
            raise known or EnvironmentProblem("database.unreachable", reason=str(error)[:120]) from error

    def _drop(self) -> None:
        """Close a broken connection."""
        connection, self._connection = self._connection, None
        try:
            if connection is not None:
                connection.invalidate()
                connection.close()
        except _lost():
            pass


def _lost() -> tuple[type[BaseException], ...]:
    """The problem raised if the server is gone."""
    from psycopg import Error

    return (Error, DBAPIError, OSError)


def _pause(seconds: float, stopped: Callable[[], bool]) -> None:
    import threading

    pause = threading.Event()
    left = seconds
    while left > 0 and not stopped():
        pause.wait(min(_SLICE, left))
        left -= _SLICE

