"""The seal of the journal (日志封签): its newest entry, sealed by the vault's key, beside the journal itself.

The chain of hashes shows that nothing in the middle was changed or taken out. It cannot show that the newest entries
are gone, because a shorter chain is as whole as a longer one. So each writing transaction renews one sealed row with
the number and hash of its entry; and whoever opens a pool compares it with what this computer saw last
(:mod:`expertpool.storage.seen`), which finds a file that was put back from an older copy, seal and all.
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
    """The newest entry as the journal holds it."""
    table = table_of(JournalEntry)
    row = connection.execute(select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)).first()
    return State(int(row.id), str(row.hash)) if row else State()


def renew(connection: Connection, state: State) -> None:
    """Seal this state, in the transaction that wrote it."""
    content = json.dumps([state.entry, state.hash]).encode()
    connection.execute(delete(JournalSeal))
    connection.execute(insert(JournalSeal), {
        "id": 1, "sealed": vault_behind(connection).seal_bytes(PURPOSE, content)})


def sealed(connection: Connection) -> State | None:
    """The state that the seal holds; None where there is no seal, or one that this vault did not make."""
    found = connection.scalar(select(table_of(JournalSeal).c.sealed))
    if found is None:
        return None
    try:
        entry, digest = json.loads(vault_behind(connection).open_bytes(PURPOSE, found))
    except (ExpectedError, ValueError):
        return None
    return State(int(entry), str(digest))
