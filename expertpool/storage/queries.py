"""Queries by many ids: a database takes a limited number of values in one statement, so they are asked in parts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, Table, bindparam
from sqlalchemy.orm import Mapped, Session
from sqlmodel import SQLModel

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Column = ColumnElement[Any] | Mapped[Any]
FoundRow: TypeAlias = "Row[*tuple[Any, ...]]"  # type of a query whose columns are named at run time
CHUNK = 1000


def table_of(kind: type[SQLModel]) -> Table:
    """The stored table of a class."""
    found: Table = getattr(kind, "__table__")  # noqa: B009 - set by SQLAlchemy, unknown to the class's type
    return found


def id_of(table: type[SQLModel]) -> Mapped[int]:
    """The id column of a table for a query; in the database it is never null, though a record not yet stored has
    None."""
    found: Mapped[int] = getattr(table, "id")  # noqa: B009 - not every table is a Record
    return found


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most ``size``, in their order."""
    held = values if isinstance(values, Sequence) else list(values)
    for start in range(0, len(held), size):
        yield list(held[start:start + size])


def one_of(column: Column, values: Iterable[object]) -> ColumnElement[bool]:
    """The condition that a column holds one of these values.

    The values are one parameter, so the statement's text stays the same whatever their number, and is compiled once.
    """
    return column.in_(bindparam("values", list(values), expanding=True, unique=True))


def rows_where_in(session: Session, query: "Select[*Ts]", column: Column,
                  values: Iterable[object] | None) -> "Iterator[Row[*Ts]]":
    """Rows of the query whose ``column`` holds one of the values, asked in parts; all rows if ``values`` is None."""
    if values is None:
        yield from session.execute(query)
        return
    for part in chunks(values):
        yield from session.execute(query.where(one_of(column, part)))
