"""The digest of the journal (日志摘要编码): a short code on paper that no altered or rolled-back journal can
reproduce.

The code holds the number of the newest entry and 80 bits of the SHA-256 of its hash, which depends on all entries
before it. Printed and signed each week, it later proves that the journal still begins as it was on that day.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, select

from expertpool.foundation.problems import UserProblem
from expertpool.storage.journal import verify
from expertpool.storage.queries import table_of
from expertpool.storage.tables import JournalEntry

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 characters, none easily confused with another
_NUMBER, _PRINT, _GROUP = 6, 16, 4  # characters of 5 bits: numbers of entries up to 2^30, 80 bits of the hash


@dataclass(frozen=True, slots=True)
class Digest:
    """The state of the journal after one entry."""

    code: str
    entry: int
    at: str


@dataclass(frozen=True, slots=True)
class DigestCheck:
    """What became of the state for which a code was printed: ``kept``, ``rewritten``, ``missing``, or ``altered``.

    ``broken`` is the first altered entry up to that state; ``since`` counts the entries that came later.
    """

    outcome: str
    entry: int
    at: str = ""
    since: int = 0
    broken: int = 0


def digest(connection: Connection, until: str = "") -> Digest | None:
    """The digest of the newest entry, or of the newest before the moment ``until`` (UTC); None without one."""
    table = table_of(JournalEntry)
    query = select(table.c.id, table.c.at, table.c.hash).order_by(table.c.id.desc()).limit(1)
    row = connection.execute(query.where(table.c.at < until) if until else query).first()
    return Digest(code_of(row.id, row.hash), row.id, row.at) if row else None


def code_of(entry: int, entry_hash: str) -> str:
    """The code of a state: six groups of four characters, the last a check of the others."""
    sealed = int.from_bytes(hashlib.sha256(f"expertpool journal {entry} {entry_hash}".encode()).digest()[:10], "big")
    signs = _signs(entry, _NUMBER) + _signs(sealed, _PRINT)
    signs += _signs(_check(signs), 2)
    return "-".join(signs[start:start + _GROUP] for start in range(0, len(signs), _GROUP))


def check_code(connection: Connection, code: str) -> DigestCheck:
    """Whether the journal still holds the state for which the code was printed. Everything up to it is read and its
    hashes computed again, because a stored hash alone proves nothing. Raises ``digest.code``."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    if (len(signs) != _NUMBER + _PRINT + 2 or set(signs) - set(ALPHABET)
            or signs[-2:] != _signs(_check(signs[:-2]), 2)):
        raise UserProblem("digest.code")
    entry = 0
    for sign in signs[:_NUMBER]:
        entry = entry * 32 + ALPHABET.index(sign)
    table = table_of(JournalEntry)
    row = connection.execute(select(table.c.at, table.c.hash).where(table.c.id == entry)).first()
    if row is None:
        return DigestCheck("missing", entry)
    since = len(connection.execute(select(table.c.id).where(table.c.id > entry)).all())
    kept = code_of(entry, row.hash).replace("-", "") == signs
    if not kept:
        return DigestCheck("rewritten", entry, row.at, since)
    broken = verify(connection, entry).broken
    return DigestCheck("kept" if broken is None else "altered", entry, row.at, since, broken or 0)


def _signs(number: int, size: int) -> str:
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(size)))


def _check(signs: str) -> int:
    """Two check characters that detect every wrong character and every swap of two."""
    return sum((place + 1) * (ALPHABET.index(sign) + 1) for place, sign in enumerate(signs)) % 1021
