"""Restoring a backup (恢复): into the open pool in one transaction, or into a new pool; always with a preview."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.work_folder import noted_draft
from expertpool.storage import dialects, keys
from expertpool.storage.backup import check_whole, fill_empty, remove_pool_file
from expertpool.storage.backup_file import head_of, lines_of
from expertpool.storage.database import Database, told_in_words
from expertpool.storage.dump import Contents, load
from expertpool.storage.encrypting import Relist
from expertpool.storage.journal import write_entry
from expertpool.storage.kept_accounts import (
    AccountDifference,
    account_differences,
    guard_in,
    guard_of,
    put_back_accounts,
    setting_differences,
)
from expertpool.storage.opening import name_vault
from expertpool.storage.queries import id_of, table_of
from expertpool.storage.records import METADATA
from expertpool.storage.tables import JournalEntry
from expertpool.storage.transaction import Transaction
from expertpool.storage.upgrade import known_revisions, revision_of
from expertpool.storage.vault import Vault

COUNTED = ("person", "courtcase", "assignment", "organisation", "importbatch")


@dataclass(frozen=True, slots=True)
class Preview:
    """What restoring would change: rows of the main tables then and now, and the operations that would be lost.

    ``kept``: the pool still contains the state of the backup; otherwise the two histories differ. ``accounts`` that
    differ from those of the backup (the present ones stay unless the user chooses otherwise); ``settings``: keys of
    settings and ids of rules that would change; ``key``: the backup's recovery code is not the pool's present one.
    """

    made: str
    why: str
    then: Mapping[str, int]
    now: Mapping[str, int]
    lost: tuple[tuple[str, str, str], ...]  # at, actor, operation; oldest first
    kept: bool
    accounts: tuple[AccountDifference, ...] = ()
    settings: tuple[str, ...] = ()
    key: bool = False


def preview(database: Database, path: Path) -> Preview:
    """What restoring this backup into this pool would change. Reads the whole backup, so that a damaged one is
    refused.

    Raises ``backup.other``.
    """
    _same_vault(database, path)
    then, found = guard_in(lines_of(path, database.vault))
    head = head_of(path)
    with database.read() as session:
        today = guard_of(session.connection())
        counts = {name: session.scalar(select(func.count()).select_from(METADATA.tables[name])) or 0
                  for name in COUNTED}
        known = session.scalar(select(col(JournalEntry.hash)).where(id_of(JournalEntry) == found.entry))
        lost = session.execute(select(col(JournalEntry.at), col(JournalEntry.actor),
            col(JournalEntry.operation)).where(
            table_of(JournalEntry).c.id > found.entry).order_by(id_of(JournalEntry))).all()
    return Preview(head["made"], head["why"], {name: found.counts.get(name, 0) for name in COUNTED}, counts,
                   tuple((at, actor, operation) for at, actor, operation in lost),
                   not found.entry or known == found.hash, account_differences(then, today),
                   setting_differences(then, today), _other_code(database.vault, head))


def _other_code(vault: Vault, head: JsonMapping) -> bool:
    """Whether the recovery code was changed since the backup was made."""
    return bool(keys.portable(vault)["recovery"] != head["key"]["recovery"])


def restore_into(database: Database, path: Path, actor: str, reason: str, relist: Relist,
                 progress: Progress = SILENT, *, accounts: bool = False) -> Contents:
    """Replace the content of the pool by the state of a backup, in one transaction, with a journal entry.

    The present accounts and the rules of signing in stay, unless ``accounts`` says that the backup's are restored
    too; ``restore.unguarded`` if a pool that requires signing in would then be open to everybody. A backup of an
    older structure is refused (``backup.older``): it is restored to a new pool, which upgrades it. Everybody else
    sees either the old state or the new one. Raises ``backup.newer`` and ``backup.other``.
    """
    _same_vault(database, path)
    first = next(lines_of(path, database.vault))
    here = revision_of(database.engine)
    if first["revision"] != here:
        raise UserProblem("backup.older" if first["revision"] in known_revisions() else "backup.newer",
                          found=first["revision"])
    with database.guarded(), Session(database.engine.execution_options(writing=True)) as session:
        connection = session.connection()
        dialects.lock_journal(connection)
        lost = session.scalar(select(func.max(JournalEntry.id))) or 0
        today = guard_of(connection)
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
        dialects.clear_listings(connection)
        found = load(connection, lines_of(path, database.vault), progress)
        check_whole(connection)
        transaction = Transaction(session, actor, "restore", {})
        if not accounts:
            put_back_accounts(transaction, today)
        elif today.closed and not guard_of(connection).closed:
            raise UserProblem("restore.unguarded")
        transaction.settle()
        relist(Transaction(session, actor, "restore", {}))
        session.flush()
        # used ids are never used again: what left the pool, such as a paper, still refers to one thing only
        dialects.skip_ids(connection, "journalentry", lost)
        words = {"reason": reason, "made": head_of(path)["made"], "entry": found.entry, "lost_to": lost,
                 "accounts": "backup" if accounts else "today"}
        write_entry(connection, actor, "restore", words, transaction.blocks)
        session.commit()
    return found


def restore_to(path: Path, target: str, relist: Relist, code: str = "", progress: Progress = SILENT) -> Contents:
    """Make a pool at ``target`` (a path, or the address of an empty database) from a backup.

    ``code`` is the recovery code or passphrase, needed if this computer does not have the backup's key. Raises
    ``backup.not_empty``.
    """
    vault = vault_of(path, code)
    with told_in_words():
        if dialects.is_url(target):
            return _to_server(path, target, vault, relist, progress)
        return _beside(path, Path(target), vault, relist, progress)


def _beside(path: Path, file: Path, vault: Vault, relist: Relist, progress: Progress) -> Contents:
    """The pool is made beside its place first; half a pool never stands there."""
    if file.exists():
        raise UserProblem("backup.not_empty", path=file)
    part = file.with_name(f"{file.name}.restoring")
    part.unlink(missing_ok=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    with noted_draft(part):
        return _to_file(path, part, file, vault, relist, progress)


def _to_file(path: Path, part: Path, file: Path, vault: Vault, relist: Relist, progress: Progress) -> Contents:
    """Fill a draft file, upgrade its structure, and let it take the name ``file``."""
    try:
        engine = dialects.open_file(part, vault)
        try:
            found = fill_empty(engine, path, vault, progress)
        finally:
            engine.dispose()
        database = Database(str(part), vault=vault)  # upgrades the structure
        try:
            _listed(database, relist)
        finally:
            database.close()
    except BaseException:
        remove_pool_file(part)
        raise
    part.replace(file)
    return found


def _to_server(path: Path, target: str, vault: Vault, relist: Relist, progress: Progress) -> Contents:
    engine = dialects.open_server(target)
    try:
        if revision_of(engine) is not None:
            raise UserProblem("backup.not_empty", path=engine.url.database or target)
        dialects.give_vault(engine, vault)
        found = fill_empty(engine, path, vault, progress)
        with engine.execution_options(writing=True).begin() as connection:
            name_vault(connection, vault)
    finally:
        engine.dispose()
    database = Database(target)
    try:
        _listed(database, relist)
    finally:
        database.close()
    return found


def _listed(database: Database, relist: Relist) -> None:
    with database.guarded(), Session(database.engine.execution_options(writing=True)) as session:
        dialects.clear_listings(session.connection())
        relist(Transaction(session, "", "restore", {}))
        session.commit()


def vault_of(path: Path, code: str = "") -> Vault:
    """The vault of a backup: from this computer, or by the recovery code. Raises ``backup.needs_code``.

    Also raises ``vault.wrong_code``.
    """
    head: JsonObject = head_of(path)
    try:
        return keys.find(head["vault"])
    except EnvironmentProblem:
        if not code:
            raise UserProblem("backup.needs_code") from None
    vault = keys.opened(head["key"]["recovery"], code)
    if vault is None or vault.id != head["vault"]:
        raise UserProblem("vault.wrong_code")
    keys.adopt(vault, head["key"])
    return vault


def _same_vault(database: Database, path: Path) -> None:
    if head_of(path)["vault"] != database.vault.id:
        raise UserProblem("backup.other")

