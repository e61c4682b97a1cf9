"""Remembers what this computer saw last of a pool (上次所见状态), so that an older copy put in its place is noticed.

A small file beside the user's keys for each pool and path, encrypted by the pool's vault. It is renewed after writing
and when a pool is closed; it never goes back. Restoring an older state through the program is not reported, because
the restore itself is in the journal with the number of the entry it replaced.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from expertpool.foundation.files import write_whole
from expertpool.foundation.places import key_folder
from expertpool.foundation.problems import EnvironmentProblem, ExpectedError
from expertpool.storage.dialects import is_url
from expertpool.storage.queries import table_of
from expertpool.storage.seal import State, newest
from expertpool.storage.tables import JournalEntry
from expertpool.storage.vault import Vault

PURPOSE = "last seen"


@dataclass(frozen=True, slots=True)
class Regression:
    """The pool is not the one last seen here: its journal, which ends with ``found``, does not contain ``seen``."""

    seen: State
    found: State

    @property
    def lost(self) -> int:
        """How many operations are missing at least; 0 if other operations are in their place."""
        return max(0, self.seen.entry - self.found.entry)


def regression(connection: Connection, target: str, vault: Vault) -> Regression | None:
    """The regression if the journal lacks or contradicts what was seen here last; None if all is well."""
    seen, now = _read(target, vault), newest(connection)
    if seen is None or seen.entry == 0:
        return None
    table = table_of(JournalEntry)
    there = connection.scalar(select(table.c.hash).where(table.c.id == seen.entry))
    if there == seen.hash or _was_restored(connection, seen.entry):
        return None
    return Regression(seen, now)


def note(connection: Connection, target: str, vault: Vault, *, anew: bool = False) -> None:
    """Remember the journal's newest entry, unless a later one was seen; ``anew`` after a regression was reported."""
    now, seen = newest(connection), _read(target, vault)
    if seen is not None and not anew and (seen == now or seen.entry > now.entry):
        return
    content = json.dumps([now.entry, now.hash]).encode()
    with suppress(OSError, EnvironmentProblem):  # a full key folder is no reason to refuse work that is already done
        path = _path(target, vault)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, vault.seal_bytes(PURPOSE, content))


def _was_restored(connection: Connection, entry: int) -> bool:
    """Whether a restore through the program replaced the entries up to ``entry``."""
    table = table_of(JournalEntry)
    words = connection.scalars(select(table.c.words).where(table.c.operation == "restore"))
    return any(int(one.get("lost_to") or 0) >= entry for one in words)


def _read(target: str, vault: Vault) -> State | None:
    try:
        entry, digest = json.loads(vault.open_bytes(PURPOSE, _path(target, vault).read_bytes()))
        return State(int(entry), str(digest))
    except (OSError, ValueError, ExpectedError):
        return None


def _path(target: str, vault: Vault) -> Path:
    place = target if is_url(target) else str(Path(target).resolve())
    name = hashlib.sha256(place.encode()).hexdigest()[:12]
    return key_folder() / f"{vault.id}-{name}.seen"
