"""Recusal applications as lists (回避申请): what was asked, decided and reconsidered, what is due, what was late."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.states import is_open
from expertpool.assignments.tables import Assignment, RecusalApplication
from expertpool.cases.tables import CourtCase
from expertpool.experts.tables import Person
from expertpool.foundation.dates import days_between, today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import language
from expertpool.foundation.problems import UserProblem
from expertpool.rules import vocabulary
from expertpool.rules.book import RuleBook
from expertpool.storage.queries import id_of, one_of
from expertpool.storage.transaction import Transaction

RULE = "D-RECUSAL"
DECISIONS = ("granted", "dismissed")


@dataclass(frozen=True, slots=True)
class RecusalRow:
    """A recusal application with its assignment, case and person.

    ``open``: a decision or reconsideration is awaited; ``due`` is its day, ``days_left`` None if there is none.
    ``late``, ``reconsideration_late`` and ``asked_late`` are the days by which a step missed its day.
    """

    uid: str
    version: int
    applicant: str
    side: str
    form: str
    ground_code: str
    ground: str
    received_on: str
    suspended_from: str
    urgent: str
    decide_by: str
    decided_on: str
    decision: str
    decided_by: str
    decision_reason: str
    reconsideration_asked_on: str
    reconsider_by: str
    reconsidered_on: str
    reconsideration: str
    reconsideration_reason: str
    assignment: str
    assignment_id: int
    assignment_state: str
    case: str
    case_uid: str
    nature: str
    person: str
    person_uid: str
    role: str
    stage: str
    open: bool
    provision: str
    due: str
    days_left: int | None
    late: int
    reconsideration_late: int
    asked_late: int
    by_party: bool


def stage_of(record: RecusalApplication) -> str:
    """The stage of an application: ``pending``, ``granted``, ``dismissed``, ``reconsidering``, ``upheld`` or
    ``changed``."""
    if record.decision not in DECISIONS:
        return "pending"
    if record.reconsideration in DECISIONS:
        return "upheld" if record.reconsideration == record.decision else "changed"
    return "reconsidering" if record.reconsideration_asked_on else record.decision


def provision(ground: str, nature: str) -> str:
    """The legal provision for a ground of recusal, by the nature of the case; "" without a ground."""
    laws = vocabulary.value("recusal_ground", ground, "law") or {}
    law = laws.get(nature) or laws.get("civil") or {}
    return str(law.get("en" if language() == "en" else "zh", ""))


@numbers_hidden
def recusal_rows(pool: Pool, case: str = "", person: str = "", state: str = "") -> list[RecusalRow]:
    """Recusal applications, newest first; of one case (uid) or person (uid) if given. ``state``: one stage, or
    ``open`` for all that await a decision or a reconsideration."""
    with pool.read() as session:
        rows = load_recusals(session, case=case, person=person)
    return [row for row in rows if state in ("", row.stage) or (state == "open" and row.open)]


def load_recusals(session: Session, *, case: str = "", person: str = "",
                  assignments: Sequence[int] | None = None) -> list[RecusalRow]:
    """:func:`recusal_rows` inside an open session; only of these assignments (ids) if given."""
    query = select(RecusalApplication, Assignment, CourtCase, Person).join(
        Assignment, id_of(Assignment) == RecusalApplication.assignment_id).join(
        CourtCase, id_of(CourtCase) == Assignment.court_case_id).join(
        Person, id_of(Person) == Assignment.person_id)
    if case:
        query = query.where(col(CourtCase.uid) == case)
    if person:
        query = query.where(col(Person.uid) == person)
    if assignments is not None:
        query = query.where(one_of(col(RecusalApplication.assignment_id), assignments))
    return [_row(*found) for found in session.execute(query.order_by(id_of(RecusalApplication).desc()))]


def recusals_of(session: Session, assignments: Sequence[int]) -> dict[int, list[RecusalRow]]:
    """Recusal applications by the assignment's id, oldest first."""
    found: dict[int, list[RecusalRow]] = defaultdict(list)
    for row in reversed(load_recusals(session, assignments=assignments)):
        found[row.assignment_id].append(row)
    return dict(found)


def recusals_due(session: Session, rules: RuleBook) -> list[JsonObject]:
    """Decisions and reconsiderations that are due, as the overview lists them.

    Where the law sets no day the item is listed under today, so that it is not forgotten and never called late.
    """
    rule = rules.version_on(RULE, today())
    return [{"on": row.due or str(today()), "subject": row.case, "what": "recusal", "person": row.person,
             "ground": str(rule.source_for(row.nature)), "stage": row.stage, "uid": row.uid}
            for row in load_recusals(session) if row.open]


def demand_decided(transaction: Transaction, record: Assignment) -> None:
    """Raise ``recusal.pending`` while an undecided application suspends the work of this assignment."""
    waiting = [one for one in transaction.session.scalars(select(RecusalApplication).where(
        col(RecusalApplication.assignment_id) == record.id)) if stage_of(one) == "pending"]
    if waiting and record.state == "suspended":
        raise UserProblem("recusal.pending", name=transaction.get(Person, record.person_id).name,
                          number=transaction.get(CourtCase, record.court_case_id).number)


def _row(record: RecusalApplication, assignment: Assignment, case: CourtCase, person: Person) -> RecusalRow:
    stage = stage_of(record)
    waits = stage == "reconsidering" or (stage == "pending" and is_open(assignment.state))
    due = "" if not waits else record.decide_by if stage == "pending" else record.reconsider_by
    return RecusalRow(
        uid=record.uid, version=record.version, applicant=record.applicant, side=record.side, form=record.form,
        ground_code=record.ground_code, ground=record.ground, received_on=record.received_on,
        suspended_from=record.suspended_from, urgent=record.urgent, decide_by=record.decide_by,
        decided_on=record.decided_on, decision=record.decision, decided_by=record.decided_by,
        decision_reason=record.decision_reason, reconsideration_asked_on=record.reconsideration_asked_on,
        reconsider_by=record.reconsider_by, reconsidered_on=record.reconsidered_on,
        reconsideration=record.reconsideration, reconsideration_reason=record.reconsideration_reason,
        assignment=assignment.uid, assignment_id=int(assignment.id or 0), assignment_state=assignment.state,
        case=case.number, case_uid=case.uid, nature=case.nature, person=person.name, person_uid=person.uid,
        role=assignment.role, stage=stage, open=waits, provision=provision(record.ground_code, case.nature), due=due,
        days_left=_left(due), late=_after(record.decided_on, record.decide_by),
        reconsideration_late=_after(record.reconsidered_on, record.reconsider_by),
        asked_late=_after(record.reconsideration_asked_on, record.decided_on),
        by_party=bool(vocabulary.flag("recusal_form", record.form or "written", "by_party")))


def _left(due: str) -> int | None:
    """Days until a day, negative once it has passed; None without a day."""
    return days_between(today(), date.fromisoformat(due)) if due else None


def _after(done: str, due: str) -> int:
    """Days by which ``done`` came after ``due``."""
    return max(0, days_between(date.fromisoformat(due), date.fromisoformat(done))) if done and due else 0
