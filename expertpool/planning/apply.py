"""Verifying and applying a plan. The verification does not rely on how plans are made: it reads everything from the
pool again."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CaseListing
from expertpool.checks.check import check
from expertpool.checks.eligibility import case_limit
from expertpool.checks.load_facts import load_person_facts
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint_in
from expertpool.organisations.spelling import normalise
from expertpool.planning.plan import Plan, Seat
from expertpool.storage.queries import id_of


@dataclass(frozen=True, slots=True)
class Violation:
    """A hard rule that a plan breaks. ``what``: blocked, verify, twice, employer, dispute, cap, need or closed."""

    what: str
    number: str
    name: str
    text: str = ""


def check_plan(pool: Pool, plan: Plan, reason: str = "") -> list[Violation]:
    """The violations that forbid applying a plan, empty if there are none. ``reason`` answers warnings."""
    found = []
    for seat in plan.seats:
        for hit in check(pool, seat.number, seat.uid):
            if hit.blocks or (hit.level == "warn" and not reason.strip()):
                what = "blocked" if hit.blocks else "verify"
                found.append(Violation(what, seat.number, seat.name, hit.text))
    return found + _seats(plan) + _needs(pool, plan) + _loads(pool, plan)


def _seats(plan: Plan) -> list[Violation]:
    """Violations where somebody sits twice in a case, or two people of one employer do."""
    found = []
    by_case: dict[str, list[Seat]] = defaultdict(list)
    for seat in plan.seats:
        for other in by_case[seat.number]:
            if other.uid == seat.uid:
                found.append(Violation("twice", seat.number, seat.name))
            elif other.employer and normalise(other.employer) == normalise(seat.employer):
                found.append(Violation("employer", seat.number, seat.name, other.name))
        by_case[seat.number].append(seat)
    return found


def _needs(pool: Pool, plan: Plan) -> list[Violation]:
    """Violations where a case is closed, has more people than it lacks, or somebody sits in two cases of a
    dispute."""
    found = []
    given = Counter(seat.number for seat in plan.seats)
    lines: dict[tuple[int, str], str] = {}
    with pool.read() as session:
        for number, count in given.items():
            case = case_by_number(session, number)
            listed = session.scalars(select(CaseListing).where(col(CaseListing.court_case_id) == case.id)).one()
            if case.state != "open":
                found.append(Violation("closed", number, ""))
            elif listed.serving + count > listed.people_needed:
                found.append(Violation("need", number, ""))
            for seat in plan.seats:
                if seat.number == number and case.dispute_id is not None:
                    key = (case.dispute_id, seat.uid)
                    if lines.setdefault(key, number) != number:
                        found.append(Violation("dispute", number, seat.name, lines[key]))
    return found


def _loads(pool: Pool, plan: Plan) -> list[Violation]:
    """Violations where somebody would exceed the limit of open cases."""
    found = []
    given = Counter(seat.uid for seat in plan.seats)
    names = {seat.uid: seat for seat in plan.seats}
    with pool.read() as session:
        ids = session.scalars(select(id_of(Person)).where(col(Person.uid).in_(given)).order_by(id_of(Person))).all()
        for person in load_person_facts(session, list(ids), whole=False):
            if person.open_load + given[person.uid] > case_limit(person, pool.rules, today()):
                found.append(Violation("cap", names[person.uid].number, person.name))
    return found


def apply_plan(pool: Pool, plan: Plan, *, reason: str = "") -> Changes:
    """Appoint everybody of a plan in one transaction, each checked once more in it.

    Raises ``plan.broken`` with the first violation; then nothing is written. ``reason`` answers warnings.
    """
    if violations := check_plan(pool, plan, reason):
        first = violations[0]
        raise UserProblem("plan.broken", number=first.number, name=first.name, count=len(violations),
                          reason=first.text)
    rules = pool.rules
    with pool.write(
        "apply plan", cases=len({seat.number for seat in plan.seats}), people=len(plan.seats)
    ) as transaction:
        words = dict(transaction.words)
        for seat in plan.seats:
            appoint_in(transaction, pool.actor, rules, seat.number, seat.uid, reason=reason if seat.verify else "",
                       method="recommended")
        transaction.words.clear()
        transaction.words |= words
    return transaction.result()
