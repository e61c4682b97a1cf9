"""Turns a pool older than encryption into an encrypted one (加密升级): whole or not at all, leaving nothing
readable."""

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


Relist = Callable[[Transaction], None]  # the function that rebuilds all listings


def encrypt_file(path: Path, relist: Relist) -> None:
    """Make an encrypted copy of a plain SQLite pool, check it, and replace the plain one by it.

    Raises ``database.busy`` if somebody has the pool open; after any error the pool is unchanged. Also raises
    ``database.damaged``.
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
            engine.dispose()  # merges the write-ahead log into the file
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
    """Copy every page into a new encrypted file while nobody else can write."""
    plain.execute("PRAGMA journal_mode=DELETE").close()  # merges the write-ahead log; needs exclusive access
    plain.execute("PRAGMA locking_mode=EXCLUSIVE").close()
    plain.execute("BEGIN EXCLUSIVE").close()
    plain.execute("COMMIT").close()
    plain.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(fresh), f"x'{vault.file_key}{vault.id}'")).close()
    plain.execute("SELECT sqlcipher_export('fresh')").fetchall()
    plain.execute("DETACH DATABASE fresh").close()


def _checked(plain: Any, engine: Any) -> None:
    """Check that the new file holds as many rows of every table as the old one."""
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            try:
                before = plain.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]
            except Exception:
                continue
            if connection.scalar(select(func.count()).select_from(table)) != before:
                raise EnvironmentProblem("database.damaged", reason=table.name)


def seal_stored(connection: Connection, vault: Vault, relist: Relist) -> None:
    """Encrypt every value and every journal block that is still plain, without changing their content.

    The digests of the journal stay as they are, because they were taken over the plain content. Listings are rebuilt,
    because their search texts held numbers.
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
    """Read and write one column: plain values are written encrypted."""
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
    """Whether a journal block was written before the pool was encrypted."""
    try:
        zlib.decompressobj().decompress(payload[:64])
    except zlib.error:
        return False
    return True

