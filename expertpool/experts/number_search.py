"""Finding people by a number (按号码查找): noted for actors who may see numbers in full, limited for all others.

A search reveals whether somebody has the number, so many searches can reconstruct a hidden number. Without the
permission to reveal, only whole numbers can be searched, so many an hour as the rules allow, each noted in the
journal.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.accounts import account_rules
from expertpool.accounts.permissions import READ, demand, may
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import REVEAL
from expertpool.experts.listing import NUMBER_TAILS, number_sought
from expertpool.experts.tables import PersonListing
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.text import normal
from expertpool.storage.dialects import is_sqlite, match_condition
from expertpool.storage.queries import id_of, table_of
from expertpool.storage.secrets import vault_behind
from expertpool.storage.tables import JournalEntry

OPERATION = "search number"
_WHOLE = 7  # digits of the shortest whole number: a telephone number without area code
# searches noted since the program started: who searched for what
_asked: "WeakKeyDictionary[Pool, set[tuple[str, str]]]" = WeakKeyDictionary()


def numbers_to_seek(pool: Pool, text: str) -> frozenset[str]:
    """The words of a search text that are looked up as personal numbers. Raises ``search.numbers`` after too many."""
    demand(pool.actor, READ)
    words = [word for word in normal(text).split() if _is_number(word)]
    if may(pool.actor, REVEAL):
        _note_once(pool, words)
        return frozenset(words)
    whole = [word for word in words if len(word) >= _WHOLE]
    for word in whole:
        _count(pool, word)
    return frozenset(whole)


def _is_number(word: str) -> bool:
    plain = word.upper()
    return plain[:-1].isdigit() and (plain[-1].isdigit() or plain[-1] == "X") and (
        len(plain) in NUMBER_TAILS or len(plain) >= _WHOLE)


def _note_once(pool: Pool, words: Sequence[str]) -> None:
    """Note the first search that finds somebody by a number; it is not noted again until the program ends."""
    asked = _asked.setdefault(pool, set())
    if (pool.actor.name, "") in asked:
        return
    with pool.read() as session:
        found = [uid for word in words for uid in _people(session, word)]
    if found:
        asked.add((pool.actor.name, ""))
        _note(pool, found)


def _count(pool: Pool, word: str) -> None:
    """Count a search for a whole number; repeating it before the program ends is not counted again."""
    asked = _asked.setdefault(pool, set())
    if (pool.actor.name, word) in asked:
        return
    since = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with pool.read() as session:
        most = int(account_rules(session)["number_searches"]["per_hour"])
        entry = table_of(JournalEntry).c
        made = session.scalar(select(func.count(id_of(JournalEntry))).where(
            entry.operation == OPERATION, entry.actor == pool.actor.name, entry.at >= since)) or 0
        if made >= most:
            raise UserProblem("search.numbers", count=most)
        found = _people(session, word)
    asked.add((pool.actor.name, word))
    _note(pool, found)


def _people(session: Session, word: str) -> list[str]:
    connection = session.connection()
    token = number_sought(vault_behind(connection), word)
    return list(session.scalars(select(col(PersonListing.uid)).where(match_condition(
        is_sqlite(connection), "person", table_of(PersonListing).c.person_id, table_of(PersonListing).c.body,
        [[token]])).limit(200)))


def _note(pool: Pool, found: Sequence[str]) -> None:
    """Note who was found, never by which number."""
    with pool.own_write(OPERATION, always=True, count=len(found), people=list(found)):
        pass
