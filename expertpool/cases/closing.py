"""Closing many cases at once (批量结案): one preview, one journal entry, one undo."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.cases.tables import CourtCase
from expertpool.foundation.changes import Changes
from expertpool.foundation.many import Affected, named
from expertpool.foundation.problems import UserProblem
from expertpool.storage.queries import chunks, one_of


@numbers_hidden
def preview_closing(pool: Pool, cases: Sequence[int]) -> list[Affected]:
    """What :func:`close_cases` would do to each of these cases (ids), in their order."""
    with pool.read() as session:
        found = {case.id: Affected(int(case.id or 0), case.uid, case.number, case.state,
                                   _why(pool, case.state, case.court_code))
                 for part in chunks(cases)
                 for case in session.scalars(select(CourtCase).where(one_of(col(CourtCase.id), part)))}
    return [found[number] for number in cases if number in found]


def close_cases(pool: Pool, cases: Sequence[int], on: str) -> Changes:
    """Close cases on a day; cases closed already or of a court outside the actor's office are left as they are.

    Raises ``case.none_to_close`` if no case would change.
    """
    with pool.write("edit case", closed_on=on) as transaction:
        closed = []
        for part in chunks(cases):
            for case in transaction.session.scalars(select(CourtCase).where(one_of(col(CourtCase.id), part))
                                                    .order_by(col(CourtCase.id))):
                if not _why(pool, case.state, case.court_code):
                    case.state, case.closed_on = "closed", on
                    closed.append(case.number)
        if not closed:
            raise UserProblem("case.none_to_close")
        transaction.words["number"] = named(closed)
    return transaction.result()


def _why(pool: Pool, state: str, court: str) -> str:
    if state == "closed":
        return "case.closed_already"
    return "case.other_court" if court and pool.actor.courts and court not in pool.actor.courts else ""
