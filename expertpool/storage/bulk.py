"""Writing many new rows at once (批量写入), directly through the database driver.

An import writes about a dozen rows for each person; making an object for each of them would take most of the time. So
rows stay plain tuples: a :class:`Shape` knows a table's columns, fills in ids, stamps and defaults, encrypts what
must be encrypted, and the driver inserts them by a prepared statement (SQLite) or COPY (PostgreSQL).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, Table
from sqlalchemy.exc import IntegrityError

from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.uids import new_uids
from expertpool.rules.field_checks import ColumnCheck
from expertpool.storage.dialects import is_sqlite
from expertpool.storage.queries import table_of
from expertpool.storage.records import Record
from expertpool.storage.secrets import SecretJSON, SecretText, vault_behind
from expertpool.storage.vault import Vault

Row = tuple[Any, ...]
_EMPTY = {dict: "{}", list: "[]", type(None): "null"}
_FILLED = ("id", "uid", "version", "created_at", "changed_at")


@dataclass(frozen=True)
class Shape:
    """The columns of one table in order, and the default of each."""

    table: Table
    names: tuple[str, ...]
    defaults: JsonObject
    json_places: tuple[int, ...]
    secret_places: tuple[tuple[int, Any], ...]  # position and type of the encrypted columns
    # position, name and check of the columns described by a catalogue
    checks: tuple[tuple[int, str, ColumnCheck], ...]

    def place(self, column: str) -> int | None:
        """The position of a column in a row; None if the table has no such column."""
        return self.names.index(column) if column in self.names else None

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Raise the problem of the first value that is not allowed in its column."""
        columns = list(zip(*rows, strict=True)) if rows and self.checks else ()
        for place, _name, check in self.checks if columns else ():
            check(columns[place])

    def check_values(self, values: JsonMapping) -> None:
        """:meth:`check_rows` for some columns of one row."""
        for _place, name, check in self.checks:
            if name in values:
                check((values[name],))

    def rows(self, given: Sequence[JsonMapping], ids: Sequence[int], stamp: str) -> list[Row]:
        """Complete rows for the given values, with ids and stamps. KeyError names a column that the table lacks."""
        pick, result = itemgetter(*self.names), []
        for number, row, uid in zip(ids, given, new_uids(len(given)), strict=True):
            full = {**self.defaults, "uid": uid, **row, "id": number, "version": 1, "created_at": stamp,
                    "changed_at": stamp}
            if len(full) != len(self.names):
                raise KeyError(sorted(set(full) ^ set(self.names)))
            result.append(pick(full))
        return result


@cache
def shape_of(table: type[Record]) -> Shape:
    """The shape of a record's table, computed once."""
    stored: Table = table_of(table)
    names = tuple(column.name for column in stored.columns)
    defaults = {name: info.get_default(call_default_factory=True)
                for name, info in table.model_fields.items() if name not in _FILLED and not info.is_required()}
    places = tuple(place for place, column in enumerate(stored.columns) if isinstance(column.type, JSON | SecretJSON))
    secrets = tuple((place, column.type) for place, column in enumerate(stored.columns)
                    if isinstance(column.type, SecretText | SecretJSON))
    described = table.described.fields if table.described else ()
    checks = tuple((names.index(field.key), field.key, ColumnCheck(field)) for field in described
                   if not field.technical)
    return Shape(stored, names, defaults, places, secrets, checks)


def insert_rows(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Row],
                json_places: Sequence[int] = (), secret_places: Sequence[tuple[int, Any]] = ()) -> None:
    """Insert complete rows: on SQLite by one prepared statement, on PostgreSQL by COPY."""
    if not rows:
        return
    if secret_places:
        vault = vault_behind(connection)
        rows = [_sealed(vault, row, secret_places) for row in rows]
    if json_places:
        rows = [_encoded(row, json_places) for row in rows]
    columns = ", ".join(f'"{name}"' for name in names)
    if is_sqlite(connection):
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', list(rows))
        return
    driver: Any = connection.connection.driver_connection
    from psycopg import IntegrityError as Broken

    try:
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
    except Broken as error:  # the exception that SQLAlchemy would have raised
        raise IntegrityError(f"COPY {table.name}", None, error) from error


def _sealed(vault: Vault, row: Row, places: Sequence[tuple[int, Any]]) -> Row:
    changed = list(row)
    for place, kind in places:
        changed[place] = kind.sealed(vault, row[place])
    return tuple(changed)


def _encoded(row: Row, places: Sequence[int]) -> Row:
    changed = list(row)
    for place in places:
        changed[place] = json.dumps(row[place], ensure_ascii=False) if row[place] else _EMPTY[type(row[place])]
    return tuple(changed)
