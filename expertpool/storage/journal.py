"""The journal (操作日志): one entry for each operation, with before and after of every record, chained by SHA-256.

An import of 100,000 people writes 1.2 million records; one row of the journal for each would double the pool and the
time. So an entry holds blocks of up to a thousand records of one table, compressed and encrypted. New records are
stored column by column, because the values of a column resemble each other and compress well. A single edit is a
block with one record, so history, undo, verification and the pool of a past day read one form only.
"""

import hashlib
import json
import secrets
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select
from sqlmodel import col

from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import ExpectedError
from expertpool.foundation.uids import now_stamp
from expertpool.storage import seal
from expertpool.storage.dialects import lock_journal
from expertpool.storage.queries import id_of, table_of
from expertpool.storage.secrets import vault_behind
from expertpool.storage.tables import JournalChange, JournalEntry
from expertpool.storage.vault import Vault

BLOCK = 1000  # most records in a block
_BLOCKS = 20  # blocks read at a time
# marks of a block: encrypted from before the salt; encrypted with a salt that its digest includes
SEALED, SALTED = b"\x01", b"\x02"
_SALT = 16
Image = JsonObject
Block = JsonObject  # table_name, first_id, last_id, count, payload, sha256 of the plain content
_STORED = ("table_name", "first_id", "last_id", "count", "payload")


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; ``before`` is None for a new record, ``after`` for a deleted one."""

    table: str
    id: int
    before: Image | None
    after: Image | None


def canonical(value: object) -> bytes:
    """JSON in a single spelling: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class Blocks:
    """The blocks of one entry, compressed while the transaction goes on, so that a large import never keeps its
    records in memory twice."""

    def __init__(self) -> None:
        self._done: list[Block] = []

    def __bool__(self) -> bool:
        return bool(self._done)

    def add(self, blocks: Iterable[Block]) -> None:
        """Add blocks made elsewhere."""
        self._done += blocks

    def inserted(self, table: str, names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
        """Add new records, given as complete rows ascending by id."""
        self._done += blocks_of(table, names, rows)

    def changed(self, changes: Iterable[Change]) -> None:
        """Add any changes, in blocks by table."""
        by_table: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_table[change.table].append(change)
        for table, all_of_it in by_table.items():
            all_of_it.sort(key=lambda change: change.id)
            for start in range(0, len(all_of_it), BLOCK):
                part = all_of_it[start:start + BLOCK]
                plain = canonical([[c.id, c.before, c.after] for c in part])
                self._done.append(_compressed(table, part[0].id, part[-1].id, len(part), plain))

    def taken(self) -> list[Block]:
        """The blocks in the order in which they were added."""
        return self._done


def blocks_of(table: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[Block]:
    """The journal's blocks for new records, given as complete rows ascending by id."""
    number, found = names.index("id"), []
    for start in range(0, len(rows), BLOCK):
        part = rows[start:start + BLOCK]
        found.append(_compressed(table, part[0][number], part[-1][number], len(part),
                                 canonical(_by_column(names, part))))
    return found


def _by_column(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> JsonObject:
    """New records column by column; a value that is the same in all of them is stored once."""
    columns, same = {}, {}
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        first = values[0]
        if name != "id" and values.count(first) == len(values):
            same[name] = first
        else:
            columns[name] = values
    return {"columns": columns, "same": same}


def _compressed(table: str, first: int, last: int, count: int, plain: bytes) -> Block:
    return {"table_name": table, "first_id": first, "last_id": last, "count": count,
            "payload": zlib.compress(plain, 3), "sha256": hashlib.sha256(plain).digest()}


def write_entry(connection: Connection, actor: str, operation: str, words: JsonMapping, blocks: Blocks,
                undoes: int | None = None) -> int:
    """Append one entry and its blocks; returns the entry's id."""
    done, vault = blocks.taken(), vault_behind(connection)
    for block in done:
        block["payload"], block["sha256"] = sealed_block(vault, block["payload"], block["sha256"])
    lock_journal(connection)
    previous = connection.execute(
        select(col(JournalEntry.hash)).order_by(id_of(JournalEntry).desc()).limit(1)).scalar() or ""
    digest = _blocks_hash((block["table_name"], block["sha256"]) for block in done)
    entry = {"at": now_stamp(), "actor": actor, "operation": operation, "words": dict(words), "undoes_id": undoes,
             "changes_hash": digest, "previous_hash": previous}
    entry["hash"] = entry_hash(entry)
    key = connection.execute(insert(JournalEntry), entry).inserted_primary_key
    assert key is not None
    number = int(key[0])
    if done:
        connection.execute(insert(JournalChange), [
            {name: block[name] for name in _STORED} | {"entry_id": number} for block in done])
    seal.renew(connection, seal.State(number, str(entry["hash"])))
    return number


def entry_hash(entry: JsonMapping) -> str:
    """SHA-256 over everything in an entry that must not change later."""
    kept = ("at", "actor", "operation", "words", "undoes_id", "changes_hash", "previous_hash")
    return hashlib.sha256(canonical({name: entry[name] for name in kept})).hexdigest()


def _blocks_hash(blocks: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 over table names and SHA-256 of the blocks' plain content, in order."""
    total = hashlib.sha256()
    for table, digest in blocks:
        total.update(str(table).encode() + b"\0" + digest)
    return total.hexdigest()


def sealed_block(vault: Vault, payload: bytes, digest: bytes) -> tuple[bytes, bytes]:
    """A block as it is stored, and its digest for the chain.

    The digest includes a salt that is encrypted with the block, so that without the key nobody can find out a number
    by trying values until the digest fits.
    """
    salt = secrets.token_bytes(_SALT)
    return SALTED + vault.seal_bytes("journal", salt + payload), hashlib.sha256(salt + digest).digest()


def opened_block(vault: Vault, payload: bytes) -> tuple[bytes, bytes]:
    """The plain content of a stored block and its digest. Raises ``vault.value`` or zlib.error if it was changed."""
    form, salt = payload[:1], b""
    if form in (SEALED, SALTED):
        payload = vault.open_bytes("journal", payload[1:])
        if form == SALTED:
            salt, payload = payload[:_SALT], payload[_SALT:]
    plain = zlib.decompress(payload)
    digest = hashlib.sha256(plain).digest()
    return plain, hashlib.sha256(salt + digest).digest() if salt else digest


def _opened(vault: Vault, table: str, payload: bytes) -> Iterator[Change]:
    """The changes in one block: new records are stored column by column, others one by one."""
    content = json.loads(opened_block(vault, payload)[0])
    if isinstance(content, dict):
        names, same = list(content["columns"]), content["same"]
        for row in zip(*content["columns"].values(), strict=True):
            image = {**same, **dict(zip(names, row, strict=True))}
            yield Change(table, image["id"], None, image)
        return
    for key, before, after in content:
        yield Change(table, key, before, after)


def changes_of(connection: Connection, entry: int, table: str | None = None) -> Iterator[Change]:
    """The changes of one entry, in the order in which they were written."""
    query = select(col(JournalChange.table_name), col(JournalChange.payload)).where(
        col(JournalChange.entry_id) == entry)
    if table:
        query = query.where(col(JournalChange.table_name) == table)
    for name, payload in connection.execute(query.order_by(id_of(JournalChange))):
        yield from _opened(vault_behind(connection), name, payload)


def changes_of_table(connection: Connection, table: str) -> Iterator[Change]:
    """Every change of one table's records, in the order in which they were written; a few blocks in memory at a
    time."""
    blocks, vault, last = table_of(JournalChange), vault_behind(connection), 0
    while rows := connection.execute(select(blocks.c.id, blocks.c.payload).where(
            blocks.c.table_name == table, blocks.c.id > last).order_by(blocks.c.id).limit(_BLOCKS)).all():
        last = rows[-1].id
        for row in rows:
            yield from _opened(vault, table, row.payload)


def history_of(connection: Connection, table: str, number: int) -> list[tuple[Any, Change]]:
    """All that ever happened to one record, oldest first: (entry row, change)."""
    entries = select(JournalEntry, col(JournalChange.payload)).join(
        JournalChange, col(JournalChange.entry_id) == JournalEntry.id
    ).where(col(JournalChange.table_name) == table, col(JournalChange.first_id) <= number,
    col(JournalChange.last_id) >= number)
    found, vault = [], vault_behind(connection)
    for row in connection.execute(entries.order_by(id_of(JournalEntry))):
        found += [(row, change) for change in _opened(vault, table, row.payload) if change.id == number]
    return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of verifying the journal: the number of entries read; the first faulty entry (None if none) and the
    fault: ``content`` of its records, ``entry`` itself, ``chain`` (the entry before was changed or is missing),
    ``end`` (the newest entries are missing), ``seal`` (the seal of the newest entry is missing or not made by this
    pool)."""

    count: int
    broken: int | None = None
    why: str = ""


def first_broken(connection: Connection) -> int | None:
    """The id of the first entry whose content or chain does not fit its hash; None if all fit."""
    return verify(connection).broken


def verify(connection: Connection, until: int | None = None, *, sealed: bool = True) -> Verdict:
    """Read the whole journal, or the entries up to ``until``, and verify its chain and its seal.

    With ``sealed=False`` the seal is not checked, because backups of older structures have none.
    """
    previous, vault = "", vault_behind(connection)
    count = last = 0
    for entry in _in_order(connection):
        if until is not None and entry["id"] > until:
            return Verdict(count)
        last = int(entry["id"])
        count += 1
        blocks = connection.execute(select(table_of(JournalChange)).where(
            JournalChange.entry_id == entry["id"]).order_by(id_of(JournalChange))).mappings()
        try:
            content = _blocks_hash((block["table_name"], _fitting(vault, block)) for block in blocks)
        except (zlib.error, ValueError, ExpectedError):
            return Verdict(count, int(entry["id"]), "content")
        why = ("content" if content != entry["changes_hash"] else "chain" if entry["previous_hash"] != previous
               else "entry" if entry_hash(entry) != entry["hash"] else "")
        if why:
            return Verdict(count, int(entry["id"]), why)
        previous = entry["hash"]
    stray = connection.execute(select(col(JournalChange.entry_id)).where(col(JournalChange.entry_id).not_in(
        select(id_of(JournalEntry))))).first()
    if stray:
        return Verdict(count, int(stray[0]), "chain")
    return _end(connection, count, last, previous) if sealed else Verdict(count)


def _end(connection: Connection, count: int, last: int, last_hash: str) -> Verdict:
    """Whether the newest entry is the one that was sealed."""
    found = seal.sealed(connection)
    if found == seal.State(last, last_hash) or (found is None and last == 0):
        return Verdict(count)
    if found is not None and found.entry > last:
        return Verdict(count, last + 1, "end")
    return Verdict(count, last, "seal")


def _fitting(vault: Vault, block: RowMapping) -> bytes:
    """The digest of a block, whose ids and count must be those of its content. Raises ValueError if they are not."""
    plain, digest = opened_block(vault, block["payload"])
    content = json.loads(plain)
    ids = content["columns"]["id"] if isinstance(content, dict) else [row[0] for row in content]
    if (block["first_id"], block["last_id"], block["count"]) != (ids[0], ids[-1], len(ids)):
        raise ValueError(block["id"])
    return digest


def _in_order(connection: Connection) -> Iterator[Any]:
    """The entries by number, a few hundred at a time."""
    table, last = table_of(JournalEntry), 0
    while rows := connection.execute(select(table).where(table.c.id > last).order_by(table.c.id)
                                     .limit(BLOCK)).mappings().all():
        last = rows[-1]["id"]
        yield from rows
