"""Backups as verbs (备份与恢复): where they are kept, when they are due, who may restore."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from expertpool.accounts.permissions import demand
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.places import data_folder
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.safekeeping.pool_protocol import KeptPool
from expertpool.storage import backup, restore
from expertpool.storage.backup import Backup
from expertpool.storage.dialects import is_url
from expertpool.storage.restore import Preview

SETTING = "backups"
OFF = "off"
MAKE, RESTORE = "back up", "restore"


@dataclass(frozen=True, slots=True)
class BackupState:
    """The state of the backups: the newest, the latest one proven by a trial restore, and where they are kept."""

    folder: Path
    second: Path | None
    automatic: bool
    count: int
    newest: Backup | None
    proven: Backup | None


@cache
def _shipped() -> JsonObject:
    from expertpool.foundation.data_file import plain_of, read  # pydantic is imported only when needed
    from expertpool.rules.schemas.house import Backups

    return plain_of(read(Backups))


def rules_of(pool: KeptPool) -> JsonObject:
    """When backups are made and how long they are kept: as shipped, with the court's changes."""
    return _shipped() | pool.setting(SETTING)


def backup_folder(pool: KeptPool) -> Path:
    """The folder of backups: ``EXPERTPOOL_BACKUPS``, the court's setting, else beside the pool."""
    given = os.environ.get("EXPERTPOOL_BACKUPS", "")
    chosen = given if given not in ("", OFF) else str(pool.setting(SETTING).get("folder", ""))
    if chosen:
        return Path(chosen)
    target = pool.database.target
    if is_url(target):
        return data_folder() / "backups" / (pool.database.engine.url.database or "pool")
    return beside(Path(target))


def beside(pool: Path) -> Path:
    """The folder of backups beside an embedded pool."""
    return pool.with_name(f"{pool.name}.backups")


def second_folder(pool: KeptPool) -> Path | None:
    """Where each backup is copied as well; None if nowhere."""
    chosen = str(pool.setting(SETTING).get("second", ""))
    return Path(chosen) if chosen else None


def automatic(pool: KeptPool) -> bool:
    """Whether backups are made automatically: of an embedded pool of the present, unless switched off."""
    return (not pool.actor.past and os.environ.get("EXPERTPOOL_BACKUPS") != OFF and not is_url(pool.database.target)
            and not pool.setting(SETTING).get(OFF, False))


def backup_state(pool: KeptPool) -> BackupState:
    """The state of the backups."""
    demand(pool.actor, "read")
    folder = backup_folder(pool)
    found = backup.list_backups(folder)
    proven = [one for one in found if one.proven]
    return BackupState(folder, second_folder(pool), automatic(pool), len(found), found[0] if found else None,
                    max(proven, key=lambda one: one.proven) if proven else None)


def backups(pool: KeptPool) -> list[Backup]:
    """All backups of the pool's folder, newest first."""
    demand(pool.actor, MAKE)
    return backup.list_backups(backup_folder(pool))


def back_up(pool: KeptPool, why: str = "by hand", *, prove: bool = True, progress: Progress = SILENT) -> Backup:
    """Make a backup now, check it, by default restore it for a trial, and delete older ones by the rules."""
    demand(pool.actor, MAKE)
    return _make(pool, why, prove=prove, progress=progress)


def _make(pool: KeptPool, why: str, *, prove: bool, progress: Progress = SILENT) -> Backup:
    folder = backup_folder(pool)
    made = backup.make_backup(pool.database, folder, why, prove=prove, progress=progress)
    backup.thin_folder(folder, rules_of(pool)["keep"], datetime.now(UTC))
    second = second_folder(pool)
    if second is not None:
        backup.copy_to(made.path, second)
        backup.thin_folder(second, rules_of(pool)["keep"], datetime.now(UTC))
    return made


def prove(pool: KeptPool, path: Path, progress: Progress = SILENT) -> Backup:
    """Restore a backup for a trial and discard the result; remembers when this was done."""
    demand(pool.actor, MAKE)
    backup.note_proof(path, backup.prove_backup(path, pool.database.vault, progress))
    return backup.described(path)


# -- automatic backups
def due(pool: KeptPool) -> bool:
    """Whether the daily backup is due: the newest is old, and something was written since."""
    if not automatic(pool):
        return False
    newest = next(iter(backup.list_backups(backup_folder(pool))), None)
    if newest is None:
        return pool.state() > 0
    age = datetime.now(UTC) - datetime.fromisoformat(newest.made)
    return age > timedelta(hours=rules_of(pool)["daily_hours"]) and newest.entry != pool.state()


def keep_daily(pool: KeptPool, progress: Progress = SILENT) -> Backup | None:
    """Make the daily backup with a trial restore, if it is due."""
    return _make(pool, "daily", prove=True, progress=progress) if due(pool) else None


def before(pool: KeptPool, operation: str) -> Backup | None:
    """The backup before operations that change much; none if nothing was written since the last.

    Raises ``backup.unwritten``: without the backup the operation does not begin.
    """
    if operation not in _shipped()["before"] or not automatic(pool):
        return None
    rules = rules_of(pool)
    state = pool.state()
    newest = next(iter(backup.list_backups(backup_folder(pool))), None)
    if operation not in rules["before"] or state == 0 or (newest is not None and newest.entry == state):
        return None
    pause = timedelta(minutes=rules["pause_minutes"].get(operation, 0))
    if newest is not None and datetime.now(UTC) - datetime.fromisoformat(newest.made) < pause:
        return None
    try:
        return _make(pool, f"before {operation}", prove=False)
    except EnvironmentProblem as error:
        if error.code == "backup.second":  # only the copy failed; the backup itself exists
            return None
        raise


def choose_places(pool: KeptPool, folder: str, second: str, *, off: bool = False) -> Changes:
    """Set where backups are kept and where they are copied; "" for the folder beside the pool, or for no copies."""
    return pool.set_parts(SETTING, {"folder": folder, "second": second, OFF: off})


# -- restoring
def restore_preview(pool: KeptPool, path: Path) -> Preview:
    """What restoring a backup into this pool would change."""
    demand(pool.actor, RESTORE)
    return restore.preview(pool.database, path)


def restore_backup(pool: KeptPool, path: Path, reason: str, progress: Progress = SILENT, *,
                   accounts: bool = False) -> dict[str, int]:
    """Replace the content of the pool by that of a backup, after backing up the present content. Returns rows by
    table.

    The present accounts stay unless ``accounts`` is True. A damaged backup is refused before anything is changed.
    Raises ``restore.reason``.
    """
    demand(pool.actor, RESTORE)
    if not reason.strip():
        raise UserProblem("restore.reason")
    restore.preview(pool.database, path)
    _make(pool, "before restore", prove=False, progress=progress)
    return restore.restore_into(pool.database, path, pool.actor.name, reason.strip(), pool.relist, progress,
                                accounts=accounts).counts
