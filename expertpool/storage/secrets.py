"""Columns that are encrypted in the database (加密列) and plain where they are used, on both databases.

The vault is attached to the engine's dialect, because SQLAlchemy hands that to a column type: so two pools open in
one process keep their keys apart.
"""

import json
from typing import Any

from sqlalchemy import JSON, Column, Connection, Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from expertpool.storage.vault import Vault


class SecretText(TypeDecorator[str]):
    """A text such as an identity number. Equality works in SQL, sorting and LIKE do not."""

    impl = String
    cache_ok = True
    secret = True

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return self.sealed(vault_of(dialect), value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return value if not value else vault_of(dialect).open(self.kind, value)

    def sealed(self, vault: Vault, value: Any) -> Any:
        """The value as it is stored."""
        return value if not value else vault.seal(self.kind, value)


class SecretJSON(TypeDecorator[Any]):
    """A JSON value, stored as an encrypted JSON text."""

    impl = JSON
    cache_ok = True
    secret = True

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return self.sealed(vault_of(dialect), value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if not isinstance(value, str):
            return value  # empty, or stored before the pool was encrypted
        return json.loads(vault_of(dialect).open(self.kind, value))

    def sealed(self, vault: Vault, value: Any) -> Any:
        """The value as it is stored; an empty mapping or list is no secret."""
        return vault.seal(self.kind, json.dumps(value, ensure_ascii=False)) if value else value


def vault_of(dialect: Any) -> Vault:
    """The vault of an engine's dialect."""
    vault: Vault = dialect.vault
    return vault


def vault_behind(connection: Connection) -> Vault:
    """The vault of the pool that a connection leads to."""
    return vault_of(connection.dialect)


def secret_text(kind: str, *, index: bool = False) -> Any:
    """An encrypted text column, "" by default."""
    return Field(default="", sa_column=Column(SecretText(kind), nullable=False, index=index))


def secret_map(kind: str) -> Any:
    """A sealed JSON column holding a mapping, never null."""
    return Field(default_factory=dict, sa_column=Column(SecretJSON(kind), nullable=False))
