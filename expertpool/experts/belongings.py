"""All rows that belong to a person, in whichever table (隶属记录); found from the foreign keys of the tables."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table, and_, select
from sqlalchemy.orm import Session

from expertpool.storage.records import METADATA


def person_columns() -> Iterator[tuple[Table, "Column[Any]"]]:
    """Every column of a journaled table that refers to a person, except the person's own table."""
    for table in METADATA.sorted_tables:
        if table.name == "person" or "uid" not in table.c or "version" not in table.c:
            continue  # listings are derived, and the journal records the past
        for column in table.c:
            if column.name == "person_id" or any(key.column.table.name == "person" for key in column.foreign_keys):
                yield table, column


def owned_tables() -> Iterator[Table]:
    """Tables whose rows name their owner by kind and id, as attachments do."""
    return (table for table in METADATA.sorted_tables if {"owner_kind", "owner_id"} <= set(table.c.keys()))


def belongings(session: Session, person: int) -> Iterator[tuple[str, str, int]]:
    """(table, column, id) of every row that refers to the person."""
    for table, column in person_columns():
        for (number,) in session.execute(select(table.c.id).where(column == person).order_by(table.c.id)):
            yield table.name, column.name, number
    for table in owned_tables():
        mine = and_(table.c.owner_kind == "person", table.c.owner_id == person)
        for (number,) in session.execute(select(table.c.id).where(mine).order_by(table.c.id)):
            yield table.name, "owner_id", number
