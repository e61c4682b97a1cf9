"""Suspending, removing and reinstating many people at once (批量变更状态): one preview, one journal entry, one
undo."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.many import Affected, named
from expertpool.foundation.problems import UserProblem
from expertpool.storage.queries import chunks, one_of


@numbers_hidden
def preview_states(pool: Pool, people: Sequence[int], state: str) -> list[Affected]:
    """What :func:`change_states` would do to each of these people (ids), in their order."""
    with pool.read() as session:
        found = {person.id: Affected(int(person.id or 0), person.uid, person.name, person.state,
                                     _why(person.state, state))
                 for part in chunks(people)
                 for person in session.scalars(select(Person).where(one_of(col(Person.id), part)))}
    return [found[number] for number in people if number in found]


def change_states(pool: Pool, people: Sequence[int], state: str, reason: str, since: str) -> Changes:
    """Suspend, remove or reinstate people with one reason; those already in that state, or waiting for approval, stay
    as they are.

    Raises ``standing.nobody`` if nobody would change.
    """
    with pool.write("change standing", state=state, reason=reason) as transaction:
        changed = []
        for part in chunks(people):
            found = select(Person).where(one_of(col(Person.id), part)).order_by(col(Person.id))
            for person in transaction.session.scalars(found):
                if not _why(person.state, state):
                    person.state, person.state_reason, person.state_since = state, reason, since
                    changed.append(person.name)
        if not changed:
            raise UserProblem("standing.nobody")
        transaction.words["name"] = named(changed)
    return transaction.result()


def _why(before: str, state: str) -> str:
    if before == state:
        return "standing.already"
    if before == "merged":
        return "standing.merged"
    return "standing.waits" if before == "pending" and state == "active" else ""
