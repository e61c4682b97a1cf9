"""Rows changed behind the journal (绕过日志的改动): every record as the journal left it, against what is stored.

The journal holds each record before and after every operation, so that it can be read forward: the last image of a
record is what its row must say. A row that says something else, that no entry ever wrote, or that is gone without an
entry, was written by something other than this program. One table is read at a time, and of each record only a short
digest is kept, so that a province's pool fits into memory.
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
MOST = 50  # of one table, records that are named one by one
NAMES = ("name", "number", "title", "alias", "key", "label", "file")  # what a record is called by, where it has one


@dataclass(frozen=True, slots=True)
class StrangeRow:
    """A record that is not as the journal left it. ``kind``: changed (``fields`` differ), added or gone."""

    table: str
    id: int
    kind: str
    name: str = ""
    fields: tuple[str, ...] = ()


def strange_rows(connection: Connection, progress: Progress = SILENT) -> Iterator[StrangeRow]:
    """Every stored record that the journal does not explain, table by table; of each table at most ``MOST``."""
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
    """What each column holds in records from before it was added."""
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
    """A server's pool is told the name of its vault before there is a journal."""
    return (table.name == "setting" and row.get("key") == "vault"
            and row.get("value") == {"id": vault_behind(connection).id})
