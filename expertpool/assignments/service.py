"""Service (履职): assignments as lists, and their steps from appointment to the end."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.accounts.door import Pool
from expertpool.assignments.states import demand_step, is_open
from expertpool.assignments.tables import Assignment, AssignmentEvent
from expertpool.cases.tables import CourtCase
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.storage.unit import Unit

DATED = {"notified": "notified_on", "accepted": "answered_on", "declined": "answered_on"}


def assignment_rows(pool: Pool, *, case: str = "", person: str = "") -> list[dict[str, Any]]:
    """Assignments, newest first; of one case (uid) or one person (uid) if given."""
    with pool.read() as session:
        return load_assignments(session, case=case, person=person)


def load_assignments(session: Session, *, case: str = "", person: str = "") -> list[dict[str, Any]]:
    """The same inside an open session."""
    query = select(Assignment, CourtCase.number, CourtCase.uid, CourtCase.cause, Person.name, Person.uid).join(
        CourtCase, CourtCase.id == Assignment.court_case_id).join(
        Person, Person.id == Assignment.person_id)
    if case:
        query = query.where(CourtCase.uid == case)
    if person:
        query = query.where(Person.uid == person)
    rows = []
    for record, number, case_uid, cause, name, person_uid in session.execute(
            query.order_by(Assignment.id.desc())):
        rows.append({
            "uid": record.uid, "version": record.version, "case": number, "case_uid": case_uid, "cause": cause,
            "person": name, "person_uid": person_uid, "role": record.role, "state": record.state,
            "open": is_open(record.state), "method": record.method, "duties": list(record.duties),
            "appointed_on": record.appointed_on, "notified_on": record.notified_on,
            "opinion_due": record.opinion_due, "opinion_signed_on": record.opinion_signed_on,
            "ended_on": record.ended_on, "reason": record.reason, "check_id": record.check_id})
    return rows


def change_assignment(pool: Pool, uid: str, state: str, *, note: str = "", version: int | None = None) -> Changes:
    """Take an assignment one step on (notified, accepted, completed, withdrawn …)."""
    with pool.write("change assignment", state=state, note=note) as unit:
        record = unit.by_uid(Assignment, uid, version)
        demand_step(record.state, state)
        person, case = unit.get(Person, record.person_id), unit.get(CourtCase, record.court_case_id)
        unit.words |= {"name": person.name, "number": case.number}
        step(unit, record, state, note)
    return unit.result()


def step(unit: Unit, record: Assignment, state: str, note: str) -> None:
    """Write the new state and its event."""
    day = str(today())
    unit.add(AssignmentEvent(assignment_id=int(record.id or 0), on=day, from_state=record.state, to_state=state,
                             actor=unit.actor, note=note))
    record.state = state
    if state in DATED:
        setattr(record, DATED[state], day)
    if not is_open(state):
        record.ended_on, record.end_reason = day, note
    unit.session.flush()


def record_assignments(unit: Unit, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Write assignments that come from a workbook as they are, history included in the journal."""
    return unit.insert_many(Assignment, rows)
