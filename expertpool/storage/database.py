"""One open database: reading sessions and writing transactions."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.storage import dialects, journal
from expertpool.storage.encrypting import Relist
from expertpool.storage.opening import open_embedded, open_shared
from expertpool.storage.transaction import Transaction
from expertpool.storage.vault import Vault

Derive = Callable[[Transaction, dict[str, set[int]]], None]


class Database:
    """The engine with its two ways in, :meth:`read` and :meth:`write`. ``derived`` functions update listings inside
    each writing transaction."""

    def __init__(self, target: str, *, create: bool = True, vault: Vault | None = None,
                 relist: Relist = lambda _unit: None) -> None:
        self.target = target
        self.derived: list[Derive] = []
        self.engine: Engine
        self.vault: Vault
        with told_in_words():
            if dialects.is_url(target):
                self.engine, self.vault = open_shared(target, relist)
            else:
                self.engine, self.vault = open_embedded(Path(target), relist, create=create, vault=vault)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one unchanging state of the pool and writes nothing."""
        with told_in_words(), Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def write(
        self, actor: str, operation: str, words: JsonObject, *, quiet: bool = False
    ) -> Iterator[Transaction]:
        """One transaction with one journal entry; after an error nothing is kept.

        A transaction that changed nothing leaves no entry, unless ``quiet`` is False and words ask for one
        (``words["always"]``), as showing a number in full does.
        """
        with told_in_words(), Session(self.engine.execution_options(writing=True), expire_on_commit=False) as session:
            transaction = Transaction(session, actor, operation, words)
            session.connection()  # take the write lock now, not at the first write
            yield transaction
            always = bool(transaction.words.pop("always", False))
            if transaction.settle() or always:
                touched = transaction.touched()
                for derive in self.derived:
                    derive(transaction, touched)
                transaction.settle()
                transaction.entry = journal.write_entry(
                    session.connection(),
                    actor,
                    transaction.operation,
                    transaction.words,
                    transaction.blocks,
                    transaction.undoes,
                )
                dialects.tell_others(session.connection(), transaction.entry)
            session.commit()

    def guarded(self) -> AbstractContextManager[None]:
        """Raise the database's errors as problems with a sentence, for work outside :meth:`read` and
        :meth:`write`."""
        return told_in_words()

    def close(self) -> None:
        """Close every connection; on SQLite the write-ahead log is merged into the file."""
        self.engine.dispose()


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turn the database's errors into ours."""
    try:
        yield
    except StaleDataError as error:
        raise UserProblem("record.changed") from error
    except DBAPIError as error:
        known = dialects.translated(error)
        if known is None and isinstance(error, OperationalError) and error.connection_invalidated:
            from expertpool.foundation.problems import EnvironmentProblem

            known = EnvironmentProblem("database.unreachable", reason=str(error.orig)[:160])
        if known is None:
            raise
        raise known from error
