"""Tables of the journal, of accounts and of the court's own settings."""

from typing import Any, ClassVar

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from expertpool.storage.records import Record, json_list, json_map
from expertpool.storage.secrets import secret_text


class JournalEntry(SQLModel, table=True):
    """One operation: who, when, in which words; chained by hash to the entry before it."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(index=True)
    actor: str
    operation: str
    words: dict[str, Any] = json_map()
    undoes_id: int | None = Field(default=None, index=True)
    changes_hash: str = ""
    previous_hash: str = ""
    hash: str = ""


class JournalChange(SQLModel, table=True):
    """Before and after of records of one table, with ids ``first_id`` to ``last_id``, in one compressed block."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="journalentry.id", index=True)
    table_name: str = Field(index=True)
    first_id: int = Field(index=True)
    last_id: int = Field(index=True)
    count: int = 0
    payload: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class JournalSeal(SQLModel, table=True):
    """The newest entry's number and hash, encrypted by the vault: a single row (日志封签)."""

    id: int | None = Field(default=None, primary_key=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Account(Record, table=True):
    """A user account and its office (权限)."""

    lasting: ClassVar[bool] = True  # undo must not bring back an old password or a removed office

    name: str = Field(unique=True)
    display_name: str = ""
    office: str = "administrator"
    courts: list[str] = json_list()  # codes of the courts where the office is held; empty: every court
    active: bool = True
    password_hash: str = secret_text("password")  # Argon2id hash with its parameters, "" without a password
    password_changed_at: str = ""
    must_change: bool = False
    failures: int = 0
    locked_until: str = ""
    os_user: str = Field(default="", index=True)
    last_signed_in_at: str = ""


class Setting(Record, table=True):
    """The court's own settings: name, rule parameters, vocabularies it changed; with source and date."""

    key: str = Field(unique=True)
    value: dict[str, Any] = json_map()
    source: str = ""
    effective_from: str = ""
