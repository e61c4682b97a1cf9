"""A pool from before the vault becomes an encrypted one (加密升级): whole or not at all, nothing left in plain."""

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from expertpool.foundation.problems import EnvironmentProblem
from expertpool.storage import dialects, keys, seal
from expertpool.storage.journal import SEALED
from expertpool.storage.queries import table_of
from expertpool.storage.records import METADATA
from expertpool.storage.secrets import SecretJSON, SecretText
from expertpool.storage.tables import JournalChange
from expertpool.storage.transaction import Transaction
from expertpool.storage.upgrade import bring_up_to_date
from expertpool.storage.vault import Vault

_CHUNK = 500


Relist = Callable[[Transaction], None]  # makes all listings anew


def encrypt_file(path: Path, relist: Relist) -> None:
    """Turn a plain SQLite pool into an encrypted one beside it, check it, and put it in the place of the other.

    Raises ``database.busy`` where somebody has the pool open, and leaves the pool as it was on any error.
    """
    from sqlcipher3 import dbapi2

    vault = keys.make(path)
    fresh = path.with_name(path.name + ".encrypting")
    fresh.unlink(missing_ok=True)
    plain = dbapi2.connect(str(path), isolation_level=None, timeout=dialects.BUSY_MILLISECONDS / 1000)
    try:
        _exported(plain, fresh, vault)
        engine = dialects.open_file(fresh, vault)
        try:
            bring_up_to_date(engine)
            with engine.execution_options(writing=True).begin() as connection:
                seal_stored(connection, vault, relist)
            _checked(plain, engine)
        finally:
            engine.dispose()  # folds the write-ahead file in
    except dbapi2.OperationalError as error:
        fresh.unlink(missing_ok=True)
        raise dialects.translated(error) or error from error
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    finally:
        plain.close()
    fresh.replace(path)
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _exported(plain: Any, fresh: Path, vault: Vault) -> None:
    """Copy every page into a new encrypted file while nobody else may write."""
    plain.execute("PRAGMA journal_mode=DELETE").close()  # folds the write-ahead file in; needs the pool for itself
    plain.execute("PRAGMA locking_mode=EXCLUSIVE").close()
    plain.execute("BEGIN EXCLUSIVE").close()
    plain.execute("COMMIT").close()
    plain.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(fresh), f"x'{vault.file_key}{vault.id}'")).close()
    plain.execute("SELECT sqlcipher_export('fresh')").fetchall()
    plain.execute("DETACH DATABASE fresh").close()


def _checked(plain: Any, engine: Any) -> None:
    """The new file holds as many rows of every table as the old one."""
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            try:
                before = plain.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]
            except Exception:
                continue
            if connection.scalar(select(func.count()).select_from(table)) != before:
                raise EnvironmentProblem("database.damaged", reason=table.name)


def seal_stored(connection: Connection, vault: Vault, relist: Relist) -> None:
    """Seal every value and every journal block that is still plain, without touching what they say.

    The digests of the journal stay as they are: they were taken over the plain content. The listings are made anew,
    because their search text held numbers.
    """
    dialects.give_vault(connection.engine, vault)
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SecretText | SecretJSON):
                _seal_column(connection, table, column.name)
    _seal_journal(connection, vault)
    if (state := seal.newest(connection)).entry:  # without a vault the journal's end could not be sealed
        seal.renew(connection, state)
    with Session(connection) as session:
        relist(Transaction(session, "", "upgrade", {}))
        session.flush()


def _seal_column(connection: Connection, table: Table, name: str) -> None:
    """Read and write one column: what is read plain is written sealed."""
    number, column = table.c.id, table.c[name]
    last = 0
    while rows := connection.execute(select(number, column).where(number > last).order_by(number)
                                     .limit(_CHUNK)).all():
        last = rows[-1][0]
        full = [{"key": key, "sealed": value} for key, value in rows if value]
        if full:
            connection.execute(update(table).where(number == bindparam("key"))
                               .values({name: bindparam("sealed", type_=column.type)}), full)


def _seal_journal(connection: Connection, vault: Vault) -> None:
    blocks: Table = table_of(JournalChange)
    last = 0
    while rows := connection.execute(select(blocks.c.id, blocks.c.payload).where(blocks.c.id > last)
                                     .order_by(blocks.c.id).limit(_CHUNK)).all():
        last = rows[-1][0]
        for key, payload in rows:
            if not is_plain(payload):
                continue
            connection.execute(update(blocks).where(blocks.c.id == key).values(
                payload=SEALED + vault.seal_bytes("journal", payload)))


def is_plain(payload: bytes) -> bool:
    """Whether a journal block is from before the vault."""
    try:
        zlib.decompressobj().decompress(payload[:64])
    except zlib.error:
        return False
    return True

