"""Which key a pool needs before it can be opened: from the head of an embedded file, from a setting on a server."""

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
PAGE = 4096  # bytes, of SQLCipher
OTHERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG")  # what else people choose by mistake
VAULT = "vault"  # the setting in a server's pool that names its vault


def open_embedded(path: Path, relist: Relist, *, create: bool = True,
                  vault: Vault | None = None) -> tuple[Engine, Vault]:
    """An engine for an embedded pool, brought up to date. ``vault`` is given where the caller knows the key."""
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
    """An engine for a pool on a server, brought up to date; a pool without a vault gets one."""
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
    """Copy the file as it is beside its backups, so that the program of before can still open it.

    Raises ``backup.unwritten``: without the copy there is no upgrade.
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
    """A journal from before the seal is sealed once, when its structure is brought up to date."""
    with engine.execution_options(writing=True).begin() as connection:
        if seal.sealed(connection) is None and (state := seal.newest(connection)).entry:
            seal.renew(connection, state)


def _head(path: Path, create: bool) -> bytes:
    """The first 16 bytes of a pool's file; empty where there is none yet, which ``create`` allows."""
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
    """Whether a file of unknown key has the shape of an encrypted pool: whole pages, and a head of no known kind."""
    with path.open("rb") as file:
        return path.stat().st_size % PAGE == 0 and file.read(4) not in OTHERS


def _vault_on(engine: Engine, relist: Relist) -> Vault:
    """The vault that a server's pool names; made, and everything stored sealed, where it names none."""
    wanted = select(col(Setting.value)).where(col(Setting.key) == VAULT)
    with engine.connect() as connection:
        found = connection.scalar(wanted)
    if found:
        return keys.find(found["id"])
    with engine.execution_options(writing=True).begin() as connection:
        dialects.lock_journal(connection)  # one workstation at a time makes the vault
        found = connection.scalar(wanted)
        if found:
            return keys.find(found["id"])
        vault = keys.make(None)
        name_vault(connection, vault)
        seal_stored(connection, vault, relist)
    return vault


def name_vault(connection: Connection, vault: Vault) -> None:
    """Write into a server's pool which vault it belongs to, unless it says so."""
    if connection.scalar(select(id_of(Setting)).where(col(Setting.key) == VAULT)) is None:
        connection.execute(insert(Setting), Setting(key=VAULT, value={"id": vault.id}).model_dump(exclude={"id"}))
