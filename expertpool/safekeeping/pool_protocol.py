"""What this room needs of the open pool: its database, and rebuilding its listings."""

from typing import Protocol

from expertpool.accounts.pool_protocol import Pool
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonMapping
from expertpool.storage.database import Database
from expertpool.storage.transaction import Transaction


class KeptPool(Pool, Protocol):
    """A pool with its database."""

    @property
    def database(self) -> Database: ...

    def relist(self, transaction: Transaction) -> None: ...

    def set_parts(self, key: str, parts: JsonMapping) -> Changes: ...
