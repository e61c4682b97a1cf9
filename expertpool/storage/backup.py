"""Backups (备份): made while the pool is open, checked after writing, thinned with age, copied to a second folder."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from expertpool.foundation.files import replacing, write_whole
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import EnvironmentProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.uids import now_stamp
from expertpool.foundation.work_folder import noted_draft
from expertpool.storage import dialects, keys
from expertpool.storage.backup_file import head_of, lines_of, writing
from expertpool.storage.database import Database
from expertpool.storage.dump import Contents, dump, load, walk
from expertpool.storage.journal import verify
from expertpool.storage.upgrade import migrate, revision_of
from expertpool.storage.vault import Vault

ENDING = ".backup"
PAGES = 2000  # pages copied at a time; between the steps others can work
PROOFS = "proofs.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: when and why it was made, of which state, how large, and when it was last proven."""

    path: Path
    made: str
    why: str
    entry: int
    size: int
    proven: str = ""  # when it was last restored for a trial, "" if never
    rows: int = 0


def make_backup(database: Database, folder: Path, why: str, *, prove: bool = False, second: Path | None = None,
                progress: Progress = SILENT) -> Backup:
    """Write a backup of the pool's present state and read it back; with ``prove``, restore it for a trial as well.

    ``second`` is the folder of a copy. Raises ``backup.unwritten`` or ``backup.damaged``; the file is then removed.
    Also raises ``database.damaged``.
    """
    made = now_stamp()
    path = _free_name(folder, made, why)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with database.guarded(), _snapshot(database, folder, progress) as connection:
            head = _head(database, connection, made, why)
            with writing(path, database.vault, head) as writer:
                put = dump(connection, writer.put, revision_of(connection.engine) or "", progress)
        found = walk(lines_of(path, database.vault))
        if found != put:
            raise EnvironmentProblem("backup.damaged")
        proven = now_stamp() if prove and prove_backup(path, database.vault, progress) else ""
    except OSError as error:
        remove_pool_file(path)
        raise EnvironmentProblem("backup.unwritten", path=path, reason=error.strerror or str(error)) from error
    except BaseException:
        remove_pool_file(path)
        raise
    _note(folder, path, {"rows": sum(found.counts.values()), "proven": proven})
    if second is not None:
        copy_to(path, second)
    return described(path)


def list_backups(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first; other files are ignored."""
    found = []
    for path in folder.glob(f"*{ENDING}") if folder.is_dir() else ():
        with suppress(EnvironmentProblem, Exception):
            found.append(described(path))
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def described(path: Path) -> Backup:
    """What a backup's head and the notes of its trial restores say."""
    head = head_of(path)
    noted = _notes(path.parent).get(path.name, {})
    return Backup(path, head["made"], head["why"], int(head.get("entry", 0)), path.stat().st_size,
                  noted.get("proven", ""), int(noted.get("rows", 0)))


def prove_backup(path: Path, vault: Vault, progress: Progress = SILENT) -> Contents:
    """Restore a backup into a temporary pool, check and count it, discard that pool. Raises if anything fails."""
    trial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.trial")
    with noted_draft(trial):
        engine = dialects.open_file(trial, vault)
        try:
            return fill_empty(engine, path, vault, progress)
        finally:
            engine.dispose()
            remove_pool_file(trial)


def note_proof(path: Path, found: Contents) -> None:
    """Remember that a backup was restored for a trial."""
    _note(path.parent, path, {"rows": sum(found.counts.values()), "proven": now_stamp()})


def fill_empty(engine: Engine, path: Path, vault: Vault, progress: Progress = SILENT) -> Contents:
    """Restore a backup into an empty database, with the table structure it was written in; everything is checked."""
    revision = next(lines_of(path, vault))["revision"]
    return fill_from(engine, revision, lines_of(path, vault), progress)


def fill_from(engine: Engine, revision: str, lines: Iterable[Any], progress: Progress = SILENT) -> Contents:
    """Load the lines of a dump into an empty database with the structure of ``revision``; everything is checked."""
    with engine.execution_options(writing=True).connect() as connection:
        migrate(connection, revision)
    with engine.execution_options(writing=True).begin() as connection:
        found = load(connection, lines, progress)
        check_whole(connection)
    return found


def check_whole(connection: Connection) -> None:
    """Check all references and the journal. Raises ``backup.damaged``."""
    broken = verify(connection, sealed=False).broken is not None
    if dialects.is_sqlite(connection):
        broken = broken or connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None
    if broken:
        raise EnvironmentProblem("backup.damaged")


# -- which backups are kept
def thin(times: list[datetime], keep: Mapping[str, int], now: datetime) -> set[datetime]:
    """Which of the backups made at these times are kept.

    All of the last ``all_hours``, then the newest of each of so many ``days``, ISO ``weeks`` and ``months`` that have
    one. The newest of all is always kept.
    """
    ordered = sorted(times, reverse=True)
    kept = {time for time in ordered if now - time <= timedelta(hours=keep["all_hours"])} | set(ordered[:1])
    for period, many in (("%Y-%m-%d", keep["days"]), ("%G-%V", keep["weeks"]), ("%Y-%m", keep["months"])):
        newest: dict[str, datetime] = {}
        for time in ordered:
            newest.setdefault(time.strftime(period), time)
        kept |= set(list(newest.values())[:many])
    return kept


def thin_folder(folder: Path, keep: Mapping[str, int], now: datetime) -> list[Path]:
    """Delete backups that are not to be kept; returns the deleted ones. A file that cannot be deleted stays."""
    backups = {backup.path: datetime.fromisoformat(backup.made) for backup in list_backups(folder)}
    kept = thin(list(backups.values()), keep, now)
    gone = []
    for path, time in backups.items():
        if time not in kept:
            with suppress(OSError):
                path.unlink()
                gone.append(path)
    return gone


def copy_to(path: Path, second: Path) -> Path:
    """Copy a backup to a second folder, whole or not at all. Raises ``backup.second``, ``backup.damaged``."""
    target = second / path.name
    try:
        second.mkdir(parents=True, exist_ok=True)
        content = hashlib.sha256()
        with replacing(target) as draft:
            with path.open("rb") as source, draft.open("wb") as copy:
                while piece := source.read(1 << 20):
                    content.update(piece)
                    copy.write(piece)
            if _sha256(draft) != content.digest():
                raise EnvironmentProblem("backup.damaged")
    except OSError as error:
        raise EnvironmentProblem("backup.second", path=second, reason=error.strerror or str(error)) from error
    return target


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


# -- parts of making a backup
@contextmanager
def _snapshot(database: Database, folder: Path, progress: Progress) -> Iterator[Connection]:
    """A connection to one unchanging state of the pool: a copy made by SQLite's backup interface, or a
    transaction."""
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection
        return
    copy = folder / f".{secrets.token_hex(6)}.copy"
    with noted_draft(copy):
        yield from _copied(database, copy, progress)


def _copied(database: Database, copy: Path, progress: Progress) -> Iterator[Connection]:
    try:
        copy_pages(database, copy, progress)
        engine = dialects.open_file(copy, database.vault)
        try:
            with engine.connect() as connection:
                if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
                    raise EnvironmentProblem("database.damaged", reason="quick_check")
                yield connection
        finally:
            engine.dispose()
    finally:
        remove_pool_file(copy)


def copy_pages(database: Database, copy: Path, progress: Progress) -> None:
    """Copy an open embedded pool to another file by SQLite's backup interface; the key is the same."""
    from sqlcipher3 import dbapi2

    def told(_status: int, remaining: int, total: int) -> None:
        progress.step(total - remaining, total, _("Backup"))

    try:
        with closing(dbapi2.connect(str(copy), isolation_level=None)) as target:
            target.execute(dialects.key_pragma(database.vault)).close()
            with database.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.rollback()  # the backup interface reads one state of the file
                driver.backup(target, pages=PAGES, progress=told, sleep=0.01)
    except dbapi2.Error as error:  # not through the engine, so nobody has put it into words yet
        raise dialects.translated(error) or error from error


def remove_pool_file(path: Path) -> None:
    """Delete an embedded pool that nobody keeps, with what SQLite lays beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)


def _head(database: Database, connection: Connection, made: str, why: str) -> JsonObject:
    from sqlalchemy import func, select

    from expertpool.storage.tables import JournalEntry

    name = "PostgreSQL" if dialects.is_url(database.target) else Path(database.target).name
    return {"vault": database.vault.id, "key": keys.portable(database.vault), "made": made, "why": why, "pool": name,
            "entry": connection.scalar(select(func.max(JournalEntry.id))) or 0}


def _free_name(folder: Path, made: str, why: str) -> Path:
    stem = "".join(letter for letter in made[:19] if letter.isdigit()) + "-" + why.replace(" ", "-")
    number = 1
    while (path := folder / f"{stem}{'' if number == 1 else f'-{number}'}{ENDING}").exists():
        number += 1
    return path


def _notes(folder: Path) -> JsonObject:
    try:
        found: JsonObject = json.loads((folder / PROOFS).read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        return {}


def _note(folder: Path, path: Path, said: JsonObject) -> None:
    """Note what was found out about a backup. This is only a convenience, so failing to note is no failure of the
    backup."""
    notes = {name: kept for name, kept in _notes(folder).items() if (folder / name).exists()}
    notes[path.name] = said
    with suppress(OSError):
        write_whole(folder / PROOFS, json.dumps(notes, indent=1))
