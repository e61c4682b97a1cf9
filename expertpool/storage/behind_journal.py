"""Finds rows changed behind the journal (绕过日志的改动): compares every stored row with its record in the journal.

The chain of hashes proves that nobody changed the journal; it says nothing about the tables beside it. The journal
holds every record before and after each operation, so the last image of a record is what its row must contain. A row
that differs, that no entry ever wrote, or that is gone without an entry, was changed by something other than this
program. One table is read at a time, and only a short digest is kept of each record, so that the pool of a whole
province fits into memory.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic_core import PydanticUndefined
from sqlalchemy import Connection, Table, select

from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.progress import SILENT, Progress
from expertpool.storage.dump import stored_tables
from expertpool.storage.journal import Image, canonical, changes_of_table, history_of
from expertpool.storage.queries import table_of
from expertpool.storage.records import Record, entity, journaled_tables
from expertpool.storage.secrets import vault_behind

CHUNK = 500
MOST = 50  # most records reported by name for one table
# columns by which a record is named, if it has one of them
NAMES = ("name", "number", "title", "alias", "key", "label", "file")


@dataclass(frozen=True, slots=True)
class StrangeRow:
    """A record that differs from the journal. ``kind``: changed (``fields`` differ), added or gone."""

    table: str
    id: int
    kind: str
    name: str = ""
    fields: tuple[str, ...] = ()


def strange_rows(connection: Connection, progress: Progress = SILENT) -> Iterator[StrangeRow]:
    """Every stored record that the journal does not explain, table by table; at most ``MOST`` of each table."""
    wanted = journaled_tables()
    tables = [table for table in stored_tables() if table.name in wanted]
    for done, table in enumerate(tables):
        progress.step(done, len(tables), table.name)
        found = _of_table(connection, table)
        for _number, strange in zip(range(MOST), found, strict=False):
            yield strange


def _of_table(connection: Connection, table: Table) -> Iterator[StrangeRow]:
    defaults = _defaults(entity(table.name))
    last: dict[int, int] = {}
    for change in changes_of_table(connection, table.name):
        if change.after is None:
            last.pop(change.id, None)
        else:
            last[change.id] = _digest(change.after, defaults)
    for row in _rows(connection, table):
        number = int(row["id"])
        known = last.pop(number, None)
        if known is None:
            if not _is_vault_name(connection, table, row):
                yield StrangeRow(table.name, number, "added", _called(row))
        elif known != _digest(row, defaults):
            yield StrangeRow(table.name, number, "changed", _called(row),
                             _differing(connection, table, row, defaults))
    for number in sorted(last):
        image = _last_image(connection, table, number)
        yield StrangeRow(table.name, number, "gone", _called(image or {}))


def _rows(connection: Connection, table: Table) -> Iterator[JsonMapping]:
    last = 0
    while rows := connection.execute(select(table).where(table.c.id > last).order_by(table.c.id)
                                     .limit(CHUNK)).mappings().all():
        last = int(rows[-1]["id"])
        yield from map(dict, rows)


def _defaults(table: type[Record]) -> JsonObject:
    """The value of each column in records that are older than the column."""
    found: JsonObject = {}
    for name in (column.name for column in table_of(table).columns):
        info = table.model_fields.get(name)
        value = None if info is None else info.default
        if info is not None and info.default_factory in (list, dict):
            value = info.default_factory()
        found[name] = None if value is PydanticUndefined else value
    return found


def _digest(image: JsonMapping, defaults: JsonMapping) -> int:
    whole = canonical({name: image.get(name, value) for name, value in defaults.items()})
    return int.from_bytes(hashlib.blake2b(whole, digest_size=8).digest(), "big")


def _differing(connection: Connection, table: Table, row: JsonMapping,
               defaults: JsonMapping) -> tuple[str, ...]:
    image = _last_image(connection, table, int(row["id"])) or {}
    return tuple(name for name, value in defaults.items() if image.get(name, value) != row.get(name))


def _last_image(connection: Connection, table: Table, number: int) -> Image | None:
    history = history_of(connection, table.name, number)
    return next((change.after or change.before for _entry, change in reversed(history)), None)


def _called(image: JsonMapping) -> str:
    return next((str(image[name]) for name in NAMES if image.get(name)), "")


def _is_vault_name(connection: Connection, table: Table, row: JsonMapping) -> bool:
    """Whether the row is the name of a server pool's vault, which is stored before there is a journal."""
    return (table.name == "setting" and row.get("key") == "vault"
            and row.get("value") == {"id": vault_behind(connection).id})
