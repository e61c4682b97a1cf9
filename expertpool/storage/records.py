"""What every stored record has: integer id, ``uid`` for exchange, ``version`` for optimistic locking, time stamps.

Stored values are only text, whole numbers, floats, booleans and JSON: dates are ISO text with the precision that is
known (Y, YM or YMD), moments are UTC text. So the journal can hold any record as it is.
"""

from functools import cache
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, MetaData
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from expertpool.foundation.uids import new_uid, now_stamp
from expertpool.rules.field_catalogue import TableFields

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: MetaData = SQLModel.metadata
STAMPS = ("version", "changed_at")


class Record(SQLModel):
    """Base of all journaled tables."""

    __table_args__: ClassVar[Any] = {"sqlite_autoincrement": True}
    described: ClassVar[TableFields | None] = None  # the catalogue's fields by which columns are checked when written
    lasting: ClassVar[bool] = False  # True: what was written is never undone, only followed by more

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True, max_length=36)
    version: int = Field(default=1, nullable=False)
    created_at: str = Field(default_factory=now_stamp, max_length=24)
    changed_at: str = Field(default_factory=now_stamp, max_length=24)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version} if hasattr(cls, "__table__") else {}


def json_list() -> Any:
    """A JSON column holding a list, never null."""
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False))


def json_map() -> Any:
    """A JSON column holding a mapping, never null."""
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def lasting_tables() -> set[str]:
    """Names of the tables whose records cannot be undone."""
    return {str(mapper.class_.__tablename__) for mapper in SQLModel._sa_registry.mappers
            if issubclass(mapper.class_, Record) and mapper.class_.lasting}


def journaled_tables() -> set[str]:
    """Names of the tables whose every change is in the journal."""
    return {str(mapper.class_.__tablename__) for mapper in SQLModel._sa_registry.mappers
            if issubclass(mapper.class_, Record)}


@cache
def entity(table: str) -> type[Record]:
    """The class of a stored table by its name."""
    for mapper in SQLModel._sa_registry.mappers:
        if issubclass(mapper.class_, Record) and mapper.class_.__tablename__ == table:
            return mapper.class_
    raise KeyError(table)
