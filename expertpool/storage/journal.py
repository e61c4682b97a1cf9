"""The journal (操作日志): each operation one entry with before and after of every record, chained by SHA-256.

Single edits and bulk writes are held in the same blocks, so history, undo and proof know one form only.
"""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from expertpool.foundation.uids import now_stamp
from expertpool.storage.dialects import lock_journal
from expertpool.storage.tables import JournalChange, JournalEntry

BLOCK = 1000  # records a block
Image = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after of one record; ``before`` is None for a new one, ``after`` for a deleted one."""

    table: str
    id: int
    before: Image | None
    after: Image | None


def canonical(value: Any) -> bytes:
    """JSON with one spelling: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def write_entry(connection: Connection, actor: str, operation: str, words: Mapping[str, Any],
                changes: Iterable[Change], undoes: int | None = None) -> int:
    """Append one entry and its blocks; returns the entry's id."""
    lock_journal(connection)
    previous = connection.execute(
        select(JournalEntry.hash).order_by(JournalEntry.id.desc()).limit(1)).scalar() or ""
    blocks = list(_blocks(changes))
    entry = {"at": now_stamp(), "actor": actor, "operation": operation, "words": dict(words), "undoes_id": undoes,
             "changes_hash": _blocks_hash(blocks), "previous_hash": previous}
    entry["hash"] = entry_hash(entry)
    done = connection.execute(insert(JournalEntry), entry)
    key = done.inserted_primary_key
    assert key is not None
    number = int(key[0])
    if blocks:
        connection.execute(insert(JournalChange), [block | {"entry_id": number} for block in blocks])
    return number


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 over all of an entry that must not change later."""
    kept = ("at", "actor", "operation", "words", "undoes_id", "changes_hash", "previous_hash")
    return hashlib.sha256(canonical({name: entry[name] for name in kept})).hexdigest()


def _blocks(changes: Iterable[Change]) -> Iterator[dict[str, Any]]:
    by_table: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_table[change.table].append(change)
    for table, all_of_it in by_table.items():
        all_of_it.sort(key=lambda change: change.id)
        for start in range(0, len(all_of_it), BLOCK):
            part = all_of_it[start:start + BLOCK]
            plain = canonical([[c.id, c.before, c.after] for c in part])
            yield {"table_name": table, "first_id": part[0].id, "last_id": part[-1].id, "count": len(part),
                   "payload": zlib.compress(plain, 3)}


def _blocks_hash(blocks: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over the blocks' plain content, in order."""
    total = hashlib.sha256()
    for block in blocks:
        total.update(str(block["table_name"]).encode() + b"\0")
        total.update(hashlib.sha256(zlib.decompress(block["payload"])).digest())
    return total.hexdigest()


def changes_of(connection: Connection, entry: int, table: str | None = None) -> Iterator[Change]:
    """The changes of one entry, in the order of writing."""
    query = select(JournalChange.table_name, JournalChange.payload).where(JournalChange.entry_id == entry)
    if table:
        query = query.where(JournalChange.table_name == table)
    for name, payload in connection.execute(query.order_by(JournalChange.id)):
        for number, before, after in json.loads(zlib.decompress(payload)):
            yield Change(name, number, before, after)


def history_of(connection: Connection, table: str, number: int) -> list[tuple[Any, Change]]:
    """All that ever happened to one record, oldest first: (entry row, change)."""
    entries = select(JournalEntry, JournalChange.payload).join(
        JournalChange, JournalChange.entry_id == JournalEntry.id
    ).where(JournalChange.table_name == table, JournalChange.first_id <= number, JournalChange.last_id >= number)
    found = []
    for row in connection.execute(entries.order_by(JournalEntry.id)):
        for key, before, after in json.loads(zlib.decompress(row.payload)):
            if key == number:
                found.append((row, Change(table, key, before, after)))
    return found


def first_broken(connection: Connection) -> int | None:
    """The id of the first entry whose content or chain does not fit its hash; None if all fit."""
    previous = ""
    entries = connection.execute(select(JournalEntry.__table__).order_by("id")).mappings().all()
    for entry in entries:
        blocks = connection.execute(select(JournalChange.table_name, JournalChange.payload).where(
            JournalChange.entry_id == entry["id"]).order_by(JournalChange.id)).mappings()
        try:
            content = _blocks_hash(blocks)
        except zlib.error:
            return int(entry["id"])
        if (content != entry["changes_hash"] or entry["previous_hash"] != previous
                or entry_hash(entry) != entry["hash"]):
            return int(entry["id"])
        previous = entry["hash"]
    return None
