"""Everything a pool stores, as lines of JSON (逻辑转储), the same for both databases; encrypted values stay
encrypted.

First a line with the structure's revision, then for each table its columns and its rows in chunks, at the end the
number of rows of each table and the SHA-256 of them. Listings are left out, because they are derived.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    LargeBinary,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
    type_coerce,
    update,
)
from sqlmodel import col

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import EnvironmentProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.storage.dialects import raise_sequences
from expertpool.storage.queries import id_of
from expertpool.storage.records import METADATA
from expertpool.storage.secrets import SecretJSON, SecretText
from expertpool.storage.tables import JournalEntry

FORMAT = 1
CHUNK = 500
DERIVED = frozenset({"personlisting", "caselisting"})
Line = Any


@dataclass
class Contents:
    """What a dump holds: the structure's revision, the newest journal entry, rows and digest of each table."""

    revision: str = ""
    entry: int = 0
    hash: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)


def stored_tables() -> list[Table]:
    """The tables in a dump, each after those to which it refers."""
    return [table for table in METADATA.sorted_tables if table.name not in DERIVED]


def stored(column: Column[Any]) -> Any:
    """A column as it is stored, without decrypting."""
    if isinstance(column.type, SecretText):
        return type_coerce(column, String()).label(column.name)
    if isinstance(column.type, SecretJSON):
        return type_coerce(column, JSON()).label(column.name)
    return column


def dump(connection: Connection, put: Callable[[Line], None], revision: str, progress: Progress = SILENT) -> Contents:
    """Pass every line to ``put``; returns what was dumped. The connection must show one state throughout."""
    newest = connection.execute(select(id_of(JournalEntry), col(JournalEntry.hash))
                                .order_by(id_of(JournalEntry).desc()).limit(1)).first()
    found = Contents(revision, *(newest or (0, "")))
    put({"format": FORMAT, "revision": revision, "entry": found.entry, "hash": found.hash})
    tables = stored_tables()
    total = sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
    done = 0
    for table in tables:
        put({"table": table.name, "columns": [column.name for column in table.columns]})
        digest, count = hashlib.sha256(), 0
        for rows in table_rows(connection, table):
            put(rows)
            digest.update(_spelled(rows))
            count += len(rows)
            done += len(rows)
            progress.step(done, total, _("Backup"))
        found.counts[table.name], found.digests[table.name] = count, digest.hexdigest()
    put({"counts": found.counts, "digests": found.digests})
    return found


def table_rows(connection: Connection, table: Table) -> Iterator[list[list[Any]]]:
    """The rows of one table in chunks, in the order of their ids, in a form independent of the database."""
    key = next(iter(table.primary_key.columns))
    binary = [place for place, column in enumerate(table.columns) if isinstance(column.type, LargeBinary)]
    chosen, last = [stored(column) for column in table.columns], None
    place = list(table.columns).index(key)
    while True:
        query = select(*chosen).order_by(key).limit(CHUNK)
        rows = [list(row) for row in connection.execute(query if last is None else query.where(key > last))]
        if not rows:
            return
        last = rows[-1][place]
        for row in rows if binary else ():
            for number in binary:
                row[number] = b64encode(row[number]).decode()
        yield rows


def load(connection: Connection, lines: Iterable[Line], progress: Progress = SILENT) -> Contents:
    """Write the rows of a dump into empty tables of the same structure; returns what was loaded.

    Raises ``backup.damaged`` if counts or digests do not fit, or a table is unknown.
    """
    known = {table.name: table for table in stored_tables()}
    later: list[tuple[Table, str, int, int]] = []  # references within a table, set once all its rows are there
    total = 0

    def write(name: str, columns: list[str], rows: list[list[Any]]) -> None:
        nonlocal total
        table = known.get(name)
        if table is None or set(columns) - set(table.columns.keys()):
            raise EnvironmentProblem("backup.damaged")
        for column in within(table):
            place, key = columns.index(column), columns.index("id")
            later.extend((table, column, row[key], row[place]) for row in rows if row[place] is not None)
            rows = [[*row[:place], None, *row[place + 1:]] for row in rows]
        connection.execute(_insert(table, columns), [_row(table, columns, row) for row in rows])
        total += len(rows)
        progress.step(total, 0, _("Restore"))

    found = walk(lines, write)
    for table, column, key, value in later:
        connection.execute(update(table).where(table.c.id == key).values({column: value}))
    raise_sequences(connection, [name for name in found.counts if "id" in known[name].c])
    return found


def within(table: Table) -> list[str]:
    """The columns of a table that refer to the same table."""
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def walk(lines: Iterable[Line], use: Callable[[str, list[str], list[list[Any]]], None] | None = None) -> Contents:
    """Read a dump, pass its rows to ``use``, and compare them with the counts and digests at its end.

    Raises ``backup.damaged``.
    """
    found, name = Contents(), ""
    columns: list[str] = []
    digests: JsonObject = {}
    ended = False
    for line in lines:
        if isinstance(line, list):
            digests[name].update(_spelled(line))
            found.counts[name] += len(line)
            if use is not None:
                use(name, columns, line)
        elif "table" in line:
            name, columns = line["table"], line["columns"]
            digests[name], found.counts[name] = hashlib.sha256(), 0
        elif "format" in line:
            found.revision, found.entry, found.hash = line["revision"], line["entry"], line["hash"]
        else:
            found.digests = {table: digest.hexdigest() for table, digest in digests.items()}
            ended = line["counts"] == found.counts and line["digests"] == found.digests
    if not ended:
        raise EnvironmentProblem("backup.damaged")
    return found


def _spelled(rows: list[list[Any]]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _insert(table: Table, columns: list[str]) -> Any:
    """An insert statement that stores encrypted values as they are."""
    return insert(table).values({name: bindparam(f"_{name}", type_=stored(table.columns[name]).type)
                                 for name in columns})


def _row(table: Table, columns: list[str], row: list[Any]) -> JsonObject:
    return {f"_{name}": b64decode(value) if isinstance(table.columns[name].type, LargeBinary) else value
            for name, value in zip(columns, row, strict=True)}
