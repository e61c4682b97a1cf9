"""Moving a pool (数据库迁移): from a file to a server or back, by a backup that is restored and compared."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from expertpool.accounts.permissions import demand
from expertpool.foundation.problems import EnvironmentProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.work_folder import WorkPlace
from expertpool.safekeeping.pool_protocol import KeptPool
from expertpool.storage.backup import make_backup
from expertpool.storage.database import Database
from expertpool.storage.dump import Contents, dump
from expertpool.storage.upgrade import revision_of

OPERATION = "move database"
APART = frozenset({"setting"})  # setting in which a server's pool names its vault
Restore = Callable[[Path, str], Any]


def move_database(pool: KeptPool, target: str, restore: Restore, progress: Progress = SILENT) -> dict[str, int]:
    """Copy the pool to an empty place (path or address) and compare every table with the original; returns rows by
    table.

    ``restore`` makes a pool from a backup. The pool itself is unchanged; the copy has the same key. Raises
    ``backup.not_empty``, and ``move.differs`` if somebody wrote meanwhile or the copy is not the same.
    """
    demand(pool.actor, OPERATION)
    with WorkPlace("move") as folder:
        made = make_backup(pool.database, folder.path, "move", progress=progress)
        restore(made.path, target)
    here = fingerprint(pool.database, progress)
    other = Database(target, vault=pool.database.vault)
    try:
        there = fingerprint(other, progress)
    finally:
        other.close()
    unlike = [name for name in here.digests if name not in APART and here.digests[name] != there.digests.get(name)]
    if unlike:
        raise EnvironmentProblem("move.differs", tables=", ".join(unlike))
    return here.counts


def fingerprint(database: Database, progress: Progress = SILENT) -> Contents:
    """Rows and SHA-256 of every stored table, the same for the same content on either engine."""
    with database.guarded(), database.engine.connect() as connection:
        return dump(connection, lambda _line: None, revision_of(database.engine) or "", progress)
