"""Recusal applications as lists (回避申请): what was asked, decided and reconsidered, what is due and how late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.assignments.states import is_open
from expertpool.assignments.tables import Assignment, RecusalApplication
from expertpool.cases.tables import CourtCase
from expertpool.experts.tables import Person
from expertpool.foundation.dates import days_between, today
from expertpool.foundation.language import language
from expertpool.foundation.problems import UserProblem
from expertpool.rules import vocabulary
from expertpool.rules.book import RuleBook
from expertpool.storage.queries import id_of, one_of
from expertpool.storage.transaction import Transaction

RULE = "D-RECUSAL"
DECISIONS = ("granted", "dismissed")
FIELDS = ("uid", "version", "applicant", "side", "form", "ground_code", "ground", "received_on", "suspended_from",
          "urgent", "decide_by", "decided_on", "decision", "decided_by", "decision_reason",
          "reconsideration_asked_on", "reconsider_by", "reconsidered_on", "reconsideration",
          "reconsideration_reason")


def stage_of(record: RecusalApplication | Mapping[str, Any]) -> str:
    """``pending``, ``granted``, ``dismissed``, ``reconsidering``, ``upheld`` or ``changed``."""
    def field(name: str) -> str:
        found = record[name] if isinstance(record, Mapping) else getattr(record, name)
        return str(found or "")

    if field("decision") not in DECISIONS:
        return "pending"
    if field("reconsideration") in DECISIONS:
        return "upheld" if field("reconsideration") == field("decision") else "changed"
    return "reconsidering" if field("reconsideration_asked_on") else field("decision")


def provision(ground: str, nature: str) -> str:
    """The provision that a ground of recusal rests on, by the nature of the case; "" without a ground."""
    laws = vocabulary.value("recusal_ground", ground, "law") or {}
    law = laws.get(nature) or laws.get("civil") or {}
    return str(law.get("en" if language() == "en" else "zh", ""))


def recusal_rows(pool: Pool, case: str = "", person: str = "", state: str = "") -> list[dict[str, Any]]:
    """Applications, newest first; of one case (uid) or person (uid); ``state``: a stage, or ``open`` for all that
    wait for a decision or a reconsideration."""
    with pool.read() as session:
        rows = load_recusals(session, case=case, person=person)
    return [row for row in rows if state in ("", row["stage"]) or (state == "open" and row["open"])]


def load_recusals(session: Session, *, case: str = "", person: str = "",
                  assignments: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """The same inside an open session; of these assignments (ids) if given."""
    wanted: tuple[Any, ...] = (RecusalApplication, Assignment, CourtCase, Person)
    query = select(*wanted).join(
        Assignment, id_of(Assignment) == RecusalApplication.assignment_id).join(
        CourtCase, id_of(CourtCase) == Assignment.court_case_id).join(
        Person, id_of(Person) == Assignment.person_id)
    if case:
        query = query.where(col(CourtCase.uid) == case)
    if person:
        query = query.where(col(Person.uid) == person)
    if assignments is not None:
        query = query.where(one_of(col(RecusalApplication.assignment_id), assignments))
    return [_row(*found) for found in session.execute(query.order_by(wanted[0].id.desc()))]


def recusals_of(session: Session, assignments: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Applications by the assignment's id, oldest first."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in reversed(load_recusals(session, assignments=assignments)):
        found[row["assignment_id"]].append(row)
    return dict(found)


def recusals_due(session: Session, rules: RuleBook) -> list[dict[str, Any]]:
    """What is to be decided, as the overview lists what is due: a decision, or a reconsideration.

    Where the law sets no day it stands under today, so that it is not forgotten and never called late.
    """
    rule = rules.rule(RULE)
    return [{"on": row["due"] or str(today()), "subject": row["case"], "what": "recusal", "person": row["person"],
             "ground": str(rule.source_for(row["nature"])), "stage": row["stage"], "uid": row["uid"]}
            for row in load_recusals(session) if row["open"]]


def demand_decided(transaction: Transaction, record: Assignment) -> None:
    """Raise ``recusal.pending`` while an application suspends the work of this assignment."""
    waiting = [one for one in transaction.session.scalars(select(RecusalApplication).where(
        col(RecusalApplication.assignment_id) == record.id)) if stage_of(one) == "pending"]
    if waiting and record.state == "suspended":
        raise UserProblem("recusal.pending", name=transaction.get(Person, record.person_id).name,
                          number=transaction.get(CourtCase, record.court_case_id).number)


def _row(record: RecusalApplication, assignment: Assignment, case: CourtCase, person: Person) -> dict[str, Any]:
    stage = stage_of(record)
    serving = is_open(assignment.state)
    waits = stage == "reconsidering" or (stage == "pending" and serving)
    due = "" if not waits else record.decide_by if stage == "pending" else record.reconsider_by
    return {name: getattr(record, name) for name in FIELDS} | {
        "assignment": assignment.uid, "assignment_id": assignment.id, "assignment_state": assignment.state,
        "case": case.number, "case_uid": case.uid, "nature": case.nature, "person": person.name,
        "person_uid": person.uid, "role": assignment.role, "stage": stage, "open": waits,
        "provision": provision(record.ground_code, case.nature), "due": due, "days_left": _left(due),
        "late": _after(record.decided_on, record.decide_by),
        "reconsideration_late": _after(record.reconsidered_on, record.reconsider_by),
        "asked_late": _after(record.reconsideration_asked_on, record.decided_on),
        "by_party": vocabulary.flag("recusal_form", record.form or "written", "by_party")}


def _left(due: str) -> int | None:
    """Days until a day, negative once it is past; None without a day."""
    return days_between(today(), date.fromisoformat(due)) if due else None


def _after(done: str, due: str) -> int:
    """Days by which something was done after its day."""
    return max(0, days_between(date.fromisoformat(due), date.fromisoformat(done))) if done and due else 0
