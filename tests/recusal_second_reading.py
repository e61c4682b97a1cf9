"""Appoint everybody to every case by the real verb and compare with the slow reading of the law."""

from collections import Counter

from sqlalchemy import select

from expertpool.assignments.tables import Assignment
from expertpool.cases.docket import case_by_number
from expertpool.experts.tables import Person
from expertpool.foundation.dates import today
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from tests.slow_recheck import barred


def appoint_everybody(pool: ExpertPool, ids: list[int], numbers: list[str]) -> tuple[int, Counter[str]]:
    """How many were appointed, and how often a rule alone was the ground of a refusal.

    Each answer must be that of the slow reading.
    """
    appointed, alone = 0, Counter[str]()
    for number in numbers:
        for key in ids:
            with pool.read() as session:
                person, case = session.get_one(Person, key), case_by_number(session, number)
                uid, role = person.uid, case.role_needed
                if session.scalars(select(Assignment.id).where(
                        Assignment.court_case_id == case.id, Assignment.person_id == key,
                        Assignment.ended_on == "")).first():
                    continue
                grounds = barred(session, case, person, role, today())
            answer = _answer(pool, number, uid)
            assert answer in ("", "appoint.blocked", "appoint.lift")
            assert bool(answer) == bool(grounds), (number, key, grounds)
            appointed += not answer
            if len(grounds) == 1:
                alone[grounds[0]] += 1
    return appointed, alone


def _answer(pool: ExpertPool, number: str, uid: str) -> str:
    """The code of the refusal, "" if the person was appointed."""
    try:
        appoint(pool, number, uid, reason="已核实")
    except UserProblem as problem:
        return problem.code
    return ""
