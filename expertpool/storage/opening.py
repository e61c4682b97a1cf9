"""Finds the key a pool needs before it is opened: from the head of an embedded file, or from a setting on a
server."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select
from sqlmodel import col

from expertpool.foundation.files import replacing
from expertpool.foundation.places import key_folder
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.storage import dialects, keys, seal
from expertpool.storage.encrypting import Relist, encrypt_file, seal_stored
from expertpool.storage.network_paths import is_network_path
from expertpool.storage.queries import id_of
from expertpool.storage.tables import Setting
from expertpool.storage.upgrade import bring_up_to_date
from expertpool.storage.vault import Vault

PLAIN = b"SQLite format 3\0"
PAGE = 4096  # page size of SQLCipher, in bytes
# beginnings of other files that people choose by mistake
OTHERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG")
VAULT = "vault"  # the setting in which a server's pool names its vault


def open_embedded(path: Path, relist: Relist, *, create: bool = True,
                  vault: Vault | None = None) -> tuple[Engine, Vault]:
    """An engine for an embedded pool, with its structure up to date. ``vault`` is given if the caller knows the key.

    Raises ``database.foreign``, ``database.missing``, ``database.network`` and ``database.read_only``.
    """
    if is_network_path(path):
        raise EnvironmentProblem("database.network", path=path)
    head = _head(path, create)
    if head == PLAIN:
        encrypt_file(path, relist)
        head = _head(path, create)
    if vault is None:
        vault = _vault_of(path, head)
    elif head and head.hex() != vault.id:
        raise UserProblem("database.foreign", path=path)
    known = vault

    def keep(revision: str) -> Path:
        return keep_before_upgrade(path, known, revision)

    engine, new = _upgraded(dialects.open_file(path, vault), keep)
    if new:
        _seal_as_it_is(engine)
    return engine, vault


def open_shared(target: str, relist: Relist) -> tuple[Engine, Vault]:
    """An engine for a pool on a server, with its structure up to date; a pool without a vault gets one."""
    engine, new = _upgraded(dialects.open_server(target))
    try:
        vault = _vault_on(engine, relist)
        dialects.give_vault(engine, vault)
        if new:
            _seal_as_it_is(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine, vault


def keep_before_upgrade(path: Path, vault: Vault, revision: str) -> Path:
    """Copy the unchanged file to the folder of backups, so that the earlier program can still open it.

    Raises ``backup.unwritten``: without the copy the pool is not upgraded. Also raises ``database.damaged``.
    """
    from sqlcipher3 import dbapi2

    kept = path.with_name(f"{path.name}.backups") / f"{path.stem}-before-upgrade-{revision}{path.suffix}"
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with replacing(kept) as draft, closing(dbapi2.connect(str(path))) as source, \
                closing(dbapi2.connect(str(draft))) as copy:
            for connection in (source, copy):
                connection.execute(dialects.key_pragma(vault)).close()
            source.backup(copy)
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise EnvironmentProblem("database.damaged", reason="quick_check")
    except (OSError, dbapi2.Error) as error:
        raise EnvironmentProblem("backup.unwritten", path=kept, reason=str(error)[:120]) from error
    return kept


def _upgraded(engine: Engine, before: Callable[[str], object] = lambda _revision: None) -> tuple[Engine, bool]:
    try:
        return engine, bring_up_to_date(engine, before)
    except BaseException:
        engine.dispose()
        raise


def _seal_as_it_is(engine: Engine) -> None:
    """Seal a journal that is older than seals, once, when its structure is upgraded."""
    with engine.execution_options(writing=True).begin() as connection:
        if seal.sealed(connection) is None and (state := seal.newest(connection)).entry:
            seal.renew(connection, state)


def _head(path: Path, create: bool) -> bytes:
    """The first 16 bytes of a pool's file; empty if there is no file and ``create`` allows making one."""
    if path.is_dir():
        raise UserProblem("database.foreign", path=path)
    try:
        if path.exists():
            with path.open("rb") as file:
                return file.read(16)
        if not create:
            raise UserProblem("database.missing", path=path)
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("database.read_only", path=path) from error
    return b""


def _vault_of(path: Path, head: bytes) -> Vault:
    """The vault of an embedded file; a new one for a file that is still to be made."""
    if not head:
        return keys.make(path)
    known = keys.beside(path).exists() or (key_folder() / f"{head.hex()}.key").exists()
    if len(head) < 16 or (not known and not _looks_encrypted(path)):
        raise UserProblem("database.foreign", path=path)
    return keys.find(head.hex(), path)


def _looks_encrypted(path: Path) -> bool:
    """Whether a file of unknown key looks like an encrypted pool: whole pages, and no known beginning."""
    with path.open("rb") as file:
        return path.stat().st_size % PAGE == 0 and file.read(4) not in OTHERS


def _vault_on(engine: Engine, relist: Relist) -> Vault:
    """The vault named by a server's pool; if none is, a vault is made and everything stored is encrypted."""
    wanted = select(col(Setting.value)).where(col(Setting.key) == VAULT)
    with engine.connect() as connection:
        found = connection.scalar(wanted)
    if found:
        return keys.find(found["id"])
    with engine.execution_options(writing=True).begin() as connection:
        dialects.lock_journal(connection)  # only one workstation at a time may make the vault
        found = connection.scalar(wanted)
        if found:
            return keys.find(found["id"])
        vault = keys.make(None)
        name_vault(connection, vault)
        seal_stored(connection, vault, relist)
    return vault


def name_vault(connection: Connection, vault: Vault) -> None:
    """Store in a server's pool which vault it belongs to, unless that is stored already."""
    if connection.scalar(select(id_of(Setting)).where(col(Setting.key) == VAULT)) is None:
        connection.execute(insert(Setting), Setting(key=VAULT, value={"id": vault.id}).model_dump(exclude={"id"}))
