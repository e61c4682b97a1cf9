"""The pool as it was on a day (回到某一天), read from a copy in the private work folder."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from typing import Self

from expertpool.accounts.permissions import READ, demand
from expertpool.foundation.dates import judged_on
from expertpool.foundation.language import _
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.text import is_number
from expertpool.foundation.work_folder import WorkPlace
from expertpool.pool import ExpertPool
from expertpool.storage.database import Database
from expertpool.storage.past import moment_of, past_copy
from expertpool.storage.transaction import Transaction

# operations of a past pool that are noted in the present pool's journal
NOTED = frozenset({"export roster", "export workbook", "reveal", "search number"})


class PastPool(ExpertPool):
    """The pool as it was on a day (回到某一天): everything can be read, nothing changed; its copy is removed on
    closing.

    Inside a ``with`` block terms, periods and rules are judged by ``moment``; elsewhere the caller wraps its calls in
    :func:`~expertpool.foundation.dates.judged_on`. Whatever is exported from the past pool, such as a roster, is
    noted in the journal of the present pool.
    """

    def __init__(self, database: Database, present: ExpertPool, day: str, moment: date,
                 folder: WorkPlace) -> None:
        super().__init__(database, replace(present.actor, past=day))
        self.day, self.moment = day, moment
        self._present, self._folder = present, folder
        self._judging = ExitStack()

    def __enter__(self) -> Self:
        self._judging.enter_context(judged_on(self.moment))
        return self

    def __exit__(self, *error: object) -> None:
        self._judging.close()
        super().__exit__(*error)

    @property
    def place(self) -> str:
        return _("The pool as of {day}").format(day=self.day)

    @contextmanager
    def write(self, operation: str, **words: object) -> Iterator[Transaction]:
        """Refuse to change the past. Only operations that merely note something are let through, and are noted in the
        present pool."""
        self._demand_noted(operation)
        with self._present.write(operation, **words, as_of=self.day) as transaction:
            yield transaction

    @contextmanager
    def own_write(self, operation: str, **words: object) -> Iterator[Transaction]:
        """The same as :meth:`write`."""
        self._demand_noted(operation)
        with self._present.own_write(operation, **words, as_of=self.day) as transaction:
            yield transaction

    def _demand_noted(self, operation: str) -> None:
        if operation not in NOTED:
            demand(self.actor, READ)
            raise UserProblem("past.read_only", day=self.day)

    def close(self) -> None:
        super().close()
        self._folder.close()


def as_of(pool: ExpertPool, day: str, progress: Progress = SILENT) -> PastPool:
    """Open the pool as it was at the end of a day (ISO), or right after the journal entry with this number.

    Raises ``past.day`` where ``day`` is neither, ``past.barrier`` where a backup was restored since then.
    """
    demand(pool.actor, "read journal")
    with pool.read() as session:
        entry, moment = moment_of(session.connection(), day)
    words = _("entry {entry} of {day}").format(entry=entry, day=moment) if is_number(day) else day
    folder = WorkPlace("past")
    try:
        copy = past_copy(pool.database, folder.path / "past.expertpool", entry, pool.relist, progress)
    except BaseException:
        folder.close()
        raise
    return PastPool(copy, pool, words, moment, folder)
