"""The seal of the journal (日志封签): number and hash of its newest entry, encrypted with the vault's key, stored
beside it.

The chain of hashes shows that nothing in the middle was changed or removed. It cannot show that the newest entries
are missing, because a shorter chain is as valid as a longer one. So each writing transaction renews one row with the
number and hash of its entry. In addition, whoever opens a pool compares it with what this computer saw last
(:mod:`expertpool.storage.seen`); this finds a file that was replaced by an older copy including its seal.
"""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from expertpool.foundation.problems import ExpectedError
from expertpool.storage.queries import table_of
from expertpool.storage.secrets import vault_behind
from expertpool.storage.tables import JournalEntry, JournalSeal

PURPOSE = "journal seal"


@dataclass(frozen=True, slots=True)
class State:
    """A state of the journal: number and hash of its newest entry; 0 and "" for an empty one."""

    entry: int = 0
    hash: str = ""


def newest(connection: Connection) -> State:
    """The newest entry of the journal."""
    table = table_of(JournalEntry)
    row = connection.execute(select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)).first()
    return State(int(row.id), str(row.hash)) if row else State()


def renew(connection: Connection, state: State) -> None:
    """Seal this state, inside the transaction that wrote it."""
    content = json.dumps([state.entry, state.hash]).encode()
    connection.execute(delete(JournalSeal))
    connection.execute(insert(JournalSeal), {
        "id": 1, "sealed": vault_behind(connection).seal_bytes(PURPOSE, content)})


def sealed(connection: Connection) -> State | None:
    """The sealed state; None if there is no seal, or one that this vault did not make."""
    found = connection.scalar(select(table_of(JournalSeal).c.sealed))
    if found is None:
        return None
    try:
        entry, digest = json.loads(vault_behind(connection).open_bytes(PURPOSE, found))
    except (ExpectedError, ValueError):
        return None
    return State(int(entry), str(digest))
