"""Everything that differs between SQLite and PostgreSQL, in one place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, event, func, select, text
from sqlalchemy.engine import URL, make_url

from expertpool.foundation.problems import EnvironmentProblem, ExpectedError
from expertpool.storage.network_paths import is_network_path
from expertpool.storage.vault import Vault

BUSY_MILLISECONDS = 10_000
CHANNEL = "expertpool"  # the channel on which a server announces writes
JOURNAL_LOCK = 0x45585045  # number of PostgreSQL's advisory lock for appending to the journal


def is_url(target: str) -> bool:
    """Whether the target names a database server rather than a file."""
    return "://" in target


def open_server(target: str) -> Engine:
    """An engine for a ``postgresql+psycopg://`` address."""
    url: URL = make_url(target)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, pool_pre_ping=True, hide_parameters=True)


def open_file(path: Path, vault: Vault) -> Engine:
    """An engine for an embedded pool, which SQLCipher encrypts as a whole with the vault's key.

    The vault's id is stored in the first 16 bytes of the file, in place of the salt, so that a file tells whose key
    it needs. Raises ``database.network``.
    """
    from sqlcipher3 import dbapi2

    if is_network_path(path):
        raise EnvironmentProblem("database.network", path=path)

    def connect() -> Any:
        connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None,
                                    timeout=BUSY_MILLISECONDS / 1000)
        connection.execute(key_pragma(vault)).close()
        return connection

    engine = create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=_queue_pool(),
                           hide_parameters=True)
    give_vault(engine, vault)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
                       f"busy_timeout={BUSY_MILLISECONDS}", "temp_store=MEMORY", "cache_size=-32768"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # under plain BEGIN a read that turns into a write fails at once, so writers say so at the start
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def key_pragma(vault: Vault) -> str:
    """What unlocks an embedded file on a new connection: the raw key and the salt, so that no key is derived."""
    return f"PRAGMA key = \"x'{vault.file_key}{vault.id}'\""


def give_vault(engine: Engine, vault: Vault) -> None:
    """Use this vault for the encrypted columns of everything read and written through this engine."""
    engine.dialect.vault = vault  # type: ignore[attr-defined]  # the one place that the types of columns are handed


def _queue_pool() -> Any:
    from sqlalchemy.pool import QueuePool

    return QueuePool


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def reserve_ids(connection: Connection, table: str, count: int, given: int = 0) -> Sequence[int]:
    """``count`` new ids of ``table``, never used before, ascending; ``given`` is the last one handed out."""
    if is_sqlite(connection):
        used = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :t"), {"t": table}).scalar()
        if used is None:
            used = connection.execute(text(f'SELECT coalesce(max(id), 0) FROM "{table}"')).scalar_one()
        used = max(used, given)
        return range(used + 1, used + count + 1)
    drawn = connection.execute(
        text(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, :n)"),
        {"n": count}).scalars()
    return sorted(drawn)


def raise_sequences(connection: Connection, tables: Sequence[str]) -> None:
    """Make new ids follow the existing ones, after rows were written with their ids; SQLite does so by itself."""
    for table in tables if not is_sqlite(connection) else ():
        connection.execute(text(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT coalesce(max(id), 1) "
            f"FROM \"{table}\"), nextval(pg_get_serial_sequence('{table}', 'id'))))"))


def skip_ids(connection: Connection, table: str, used: int) -> None:
    """Never again hand out ids of ``table`` up to ``used``."""
    if is_sqlite(connection):
        connection.execute(text("UPDATE sqlite_sequence SET seq = max(seq, :used) WHERE name = :t"),
                           {"used": used, "t": table})
    elif used:
        connection.execute(text(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(:used, "
            f"nextval(pg_get_serial_sequence('{table}', 'id')) - 1))"), {"used": used})


def lock_journal(connection: Connection) -> None:
    """Let only one transaction at a time append to the journal (SQLite has a single writer anyway)."""
    if not is_sqlite(connection):
        connection.execute(select(func.pg_advisory_xact_lock(JOURNAL_LOCK)))


def tell_others(connection: Connection, entry: int) -> None:
    """Inside the writing transaction: tell listeners on a server as soon as it is committed."""
    if not is_sqlite(connection):
        connection.execute(text("SELECT pg_notify(:channel, :entry)"), {"channel": CHANNEL, "entry": str(entry)})


def create_search(connection: Connection) -> None:
    """The full-text tables: FTS5 over spaced characters on SQLite; PostgreSQL searches the body column."""
    for kind in ("person", "case"):
        if is_sqlite(connection):
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {kind}_search USING fts5(body, tokenize='unicode61', content='', "
                "contentless_delete=1)")


def remove_search(connection: Connection, kind: str, ids: Sequence[int]) -> None:
    """Remove the search texts of these ids."""
    if is_sqlite(connection) and ids:
        connection.execute(text(f"DELETE FROM {kind}_search WHERE rowid IN :ids")
                           .bindparams(bindparam("ids", expanding=True)), {"ids": list(ids)})


def add_search(connection: Connection, kind: str, bodies: Sequence[tuple[int, str]]) -> None:
    """Add search texts; PostgreSQL searches the listing's own text instead."""
    if is_sqlite(connection) and bodies:
        connection.exec_driver_sql(f"INSERT INTO {kind}_search(rowid, body) VALUES (?, ?)", list(bodies))


def search_gap(connection: Connection, kind: str, table: str) -> int:
    """How many records of ``table`` have no search text, or the other way round."""
    if not is_sqlite(connection):
        return 0
    return int(connection.exec_driver_sql(
        f"SELECT count(*) FROM (SELECT rowid AS id FROM {kind}_search) AS s FULL JOIN \"{table}\" AS t "
        "ON s.id = t.id WHERE s.id IS NULL OR t.id IS NULL").scalar() or 0)


def clear_listings(connection: Connection) -> None:
    """Delete everything derived from the records; it is rebuilt afterwards."""
    for kind in ("person", "case"):
        connection.execute(text(f"DELETE FROM {kind}listing"))
        if is_sqlite(connection):
            connection.execute(text(f"DROP TABLE IF EXISTS {kind}_search"))
    create_search(connection)


def match_condition(sqlite: bool, kind: str, key: Any, body: Any, phrases: Sequence[Sequence[str]]) -> Any:
    """The SQL condition that of every phrase (spaced and folded) one spelling occurs in the search text."""
    if sqlite:
        words = " AND ".join(f"({' OR '.join(_quoted(spelling) for spelling in phrase)})" for phrase in phrases)
        return key.in_(text(f"SELECT rowid FROM {kind}_search WHERE {kind}_search MATCH :words")
                       .bindparams(words=words))
    from sqlalchemy import and_, or_

    return and_(*(or_(*(body.ilike("%" + _escaped(spelling) + "%", escape="\\") for spelling in phrase))
                  for phrase in phrases))


def _quoted(spelling: str) -> str:
    plain = spelling.replace('"', " ")
    return f'"{plain}"*' if plain.isascii() else f'"{plain}"'


def _escaped(phrase: str) -> str:
    return phrase.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def translated(error: Exception) -> ExpectedError | None:
    """The problem to report for a database error, or None if it is a bug of ours."""
    words = str(getattr(error, "orig", error)).lower()
    for sign, code in (("database is locked", "database.busy"), ("readonly", "database.read_only"),
                       ("read-only", "database.read_only"), ("disk is full", "database.full"),
                       ("no space left", "database.full"),
                       ("disk i/o error", "database.disk"), ("not a database", "database.foreign"),
                       ("malformed", "database.damaged"), ("unable to open", "database.read_only"),
                       ("connection", "database.unreachable"), ("server closed", "database.unreachable"),
                       ("password authentication", "database.unreachable")):
        if sign in words:
            return EnvironmentProblem(code, reason=words.splitlines()[0][:160])
    return None
