"""How long personal numbers are kept (保存期限): they are cleared some years after a person left; service in cases
stays.

The journal keeps the earlier values, sealed, as long as the pool exists, as proof of what was done. A court that must
forget those as well removes the old backups and closes the pool.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import or_, select
from sqlmodel import col

from expertpool.accounts.permissions import READ, demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.experts.tables import Person, Phone
from expertpool.foundation.changes import Changes
from expertpool.foundation.data_file import plain_of, read
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.rules.schemas.people import Retention
from expertpool.storage.queries import id_of

OPERATION = "clear numbers"
SETTING = "retention"


@dataclass(frozen=True, slots=True)
class Due:
    """A person whose numbers are no longer needed: the day the person left, and the day since when clearing is
    due."""

    uid: str
    name: str
    left: str
    due: str


@cache
def _shipped() -> JsonObject:
    return plain_of(read(Retention))


def retention_rules(pool: Pool) -> JsonObject:
    """Years, states and columns: as shipped, with the court's changes."""
    return _shipped() | pool.setting(SETTING)


@numbers_hidden
def numbers_due(pool: Pool) -> list[Due]:
    """People who left so long ago that their numbers are to be cleared; those already cleared are left out."""
    demand(pool.actor, READ)
    rules = retention_rules(pool)
    years = int(rules["years_after_leaving"])
    found = []
    with pool.read() as session:
        query = select(col(Person.uid), col(Person.name), col(Person.state_since)).where(
            col(Person.state).in_(rules["states"]), col(Person.state_since) != "", or_(
                *(getattr(Person, name) != "" for name in rules["cleared"]),
                id_of(Person).in_(select(col(Phone.person_id))))).order_by(col(Person.state_since))
        for uid, name, since in session.execute(query):
            left = date.fromisoformat((since + "-12-31")[:10] if len(since) == 4 else (since + "-28")[:10])
            due = left.replace(year=left.year + years, day=min(left.day, 28))
            if due <= today():
                found.append(Due(uid, name, since, due.isoformat()))
    return found


def clear_numbers(pool: Pool, uids: list[str]) -> Changes:
    """Clear numbers and addresses of those people who are due; others are left unchanged."""
    demand(pool.actor, OPERATION)
    wanted = {one.uid for one in numbers_due(pool)} & set(uids)
    rules = retention_rules(pool)
    with pool.write(OPERATION, count=len(wanted)) as transaction:
        people = transaction.session.execute(select(id_of(Person)).where(col(Person.uid).in_(wanted))).scalars().all()
        transaction.update_many(Person, {key: dict.fromkeys(rules["cleared"], "") for key in people})
        phones = transaction.session.scalars(select(id_of(Phone)).where(col(Phone.person_id).in_(people))).all()
        transaction.delete_many(Phone, phones)
    return transaction.result()
