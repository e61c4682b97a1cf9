"""The part of the open pool that any room may use without importing the rooms above it."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy.orm import Session

from expertpool.accounts.permissions import Actor
from expertpool.foundation.json_values import JsonObject
from expertpool.rules.book import RuleBook
from expertpool.storage.transaction import Transaction


class Pool(Protocol):
    """What verbs use of ``ExpertPool``."""

    @property
    def actor(self) -> Actor: ...

    @property
    def name(self) -> str: ...

    @property
    def rules(self) -> RuleBook: ...

    def read(self) -> AbstractContextManager[Session]: ...

    def write(self, operation: str, **words: object) -> AbstractContextManager[Transaction]: ...

    def own_write(self, operation: str, **words: object) -> AbstractContextManager[Transaction]: ...

    def setting(self, key: str) -> JsonObject: ...

    def state(self) -> int: ...
