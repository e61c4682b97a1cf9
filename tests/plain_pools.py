"""A pool as a program without a vault left it: plain file, plain values, plain journal with its own chain."""

import hashlib
import json
import sqlite3
import zlib
from pathlib import Path

from expertpool.storage.journal import _blocks_hash, entry_hash
from expertpool.storage.vault import Vault


def as_before_the_vault(sealed: Path, vault: Vault, plain: Path) -> None:
    """Write the pool in ``sealed`` (which may be open) to ``plain``."""
    from sqlcipher3 import dbapi2

    from expertpool.storage.dialects import key_pragma

    connection = dbapi2.connect(str(sealed), isolation_level=None)
    connection.execute(key_pragma(vault)).close()
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),)).close()
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.close()
    old = sqlite3.connect(plain)
    for key, payload in old.execute("SELECT id, payload FROM journalchange").fetchall():
        inner = vault.open_bytes("journal", payload[1:])[16:]
        old.execute("UPDATE journalchange SET payload = ? WHERE id = ?", (inner, key))
    _chain_again(old)
    old.execute("DROP TABLE journalseal")  # the structure of those days had none
    old.execute("UPDATE alembic_version SET version_num = '0005'")
    old.commit()
    old.close()


def _chain_again(old: sqlite3.Connection) -> None:
    """The chain over plain contents."""
    previous = ""
    names = ("at", "actor", "operation", "words", "undoes_id")
    for number, *values in old.execute("SELECT id, at, actor, operation, words, undoes_id FROM journalentry "
                                       "ORDER BY id").fetchall():
        entry = dict(zip(names, values, strict=True)) | {"previous_hash": previous}
        entry["words"] = json.loads(entry["words"])
        blocks = old.execute("SELECT table_name, payload FROM journalchange WHERE entry_id = ? ORDER BY id", (number,))
        entry["changes_hash"] = _blocks_hash(
            (table, hashlib.sha256(zlib.decompress(payload)).digest()) for table, payload in blocks)
        previous = entry_hash(entry)
        old.execute("UPDATE journalentry SET changes_hash = ?, previous_hash = ?, hash = ? WHERE id = ?",
                    (entry["changes_hash"], entry["previous_hash"], previous, number))
