"""Service (履职): assignments as lists, and their steps from appointment to the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.due import WorkDue, work_due
from expertpool.assignments.recusal_rows import RecusalRow, recusals_of
from expertpool.assignments.states import is_open
from expertpool.assignments.tables import Assignment, AssignmentEvent
from expertpool.cases.tables import CourtCase
from expertpool.experts.tables import Person
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.rules.book import RuleBook
from expertpool.rules.holidays import SETTING
from expertpool.storage.queries import id_of, one_of
from expertpool.storage.transaction import Transaction

DATED = {"notified": "notified_on", "accepted": "answered_on", "declined": "answered_on"}


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """An assignment as lists show it.

    The last four fields are read only for one case or one person: ``events`` (经过: day, from, to, actor, note) and
    recusal applications, both oldest first, and the names of whoever was replaced and of the replacement.
    """

    uid: str
    version: int
    case: str
    case_uid: str
    cause: str
    person: str
    person_uid: str
    role: str
    state: str
    open: bool
    method: str
    duties: list[str]
    appointed_on: str
    notified_on: str
    opinion_due: str
    opinion_signed_on: str
    ended_on: str
    end_reason: str
    reason: str
    check_id: int | None
    due: tuple[WorkDue, ...] = ()
    events: list[dict[str, str]] = field(default_factory=list)
    recusals: list[RecusalRow] = field(default_factory=list)
    replaces: str = ""
    replaced_by: str = ""


# filled only when one case or one person is asked for
ONLY_OF_ONE = ("events", "recusals", "replaces", "replaced_by")


@numbers_hidden
def assignment_rows(pool: Pool, *, case: str = "", person: str = "") -> list[AssignmentRow]:
    """Assignments, newest first; of one case (uid) or one person (uid) if given."""
    rules, holidays = pool.rules, pool.setting(SETTING)
    with pool.read() as session:
        return load_assignments(session, rules, holidays, case=case, person=person)


def load_assignments(session: Session, rules: RuleBook, holidays: JsonMapping, *, case: str = "",
                     person: str = "") -> list[AssignmentRow]:
    """:func:`assignment_rows` inside an open session; for one case or person with events and recusal applications."""
    query = select(Assignment, col(CourtCase.number), col(CourtCase.uid), col(CourtCase.cause), col(Person.name),
                   col(Person.uid), col(CourtCase.deliberation_on)).join(
        CourtCase, id_of(CourtCase) == Assignment.court_case_id).join(
        Person, id_of(Person) == Assignment.person_id)
    if case:
        query = query.where(col(CourtCase.uid) == case)
    if person:
        query = query.where(col(Person.uid) == person)
    rows: dict[int, AssignmentRow] = {}
    replaced: dict[int, int] = {}  # assignment → the assignment that replaced it
    for record, number, case_uid, cause, name, person_uid, deliberation in session.execute(
            query.order_by(id_of(Assignment).desc())):
        rows[int(record.id or 0)] = AssignmentRow(
            uid=record.uid, version=record.version, case=number, case_uid=case_uid, cause=cause, person=name,
            person_uid=person_uid, role=record.role, state=record.state, open=is_open(record.state),
            method=record.method, duties=list(record.duties), appointed_on=record.appointed_on,
            notified_on=record.notified_on, opinion_due=record.opinion_due,
            opinion_signed_on=record.opinion_signed_on, ended_on=record.ended_on, end_reason=record.end_reason,
            reason=record.reason, check_id=record.check_id,
            due=tuple(work_due(rules, holidays, record, deliberation)))
        if record.replaces_id:
            replaced[record.replaces_id] = int(record.id or 0)
    return _deepened(session, rows, replaced) if case or person else list(rows.values())


def _deepened(session: Session, rows: dict[int, AssignmentRow], replaced: dict[int, int]) -> list[AssignmentRow]:
    """The rows with events (经过), recusal applications and the names of replaced and replacing people."""
    events: dict[int, list[dict[str, str]]] = {number: [] for number in rows}
    for event in session.scalars(select(AssignmentEvent).where(
            one_of(col(AssignmentEvent.assignment_id), rows)).order_by(id_of(AssignmentEvent))):
        events[event.assignment_id].append({"on": event.on, "from": event.from_state, "to": event.to_state,
                                            "actor": event.actor, "note": event.note})
    applications = recusals_of(session, list(rows))
    before = {new: rows[old].person for old, new in reversed(replaced.items()) if old in rows}
    after = {old: rows[new].person for old, new in replaced.items()}
    return [replace(row, events=events[number], recusals=applications.get(number, []),
                    replaces=before.get(number, ""), replaced_by=after.get(number, ""))
            for number, row in rows.items()]


def step(transaction: Transaction, record: Assignment, state: str, note: str, on: str = "") -> None:
    """Write the new state and its event, dated today or on the given day."""
    day = on or str(today())
    transaction.add(
        AssignmentEvent(
            assignment_id=int(record.id or 0),
            on=day,
            from_state=record.state,
            to_state=state,
            actor=transaction.actor,
            note=note,
        )
    )
    record.state = state
    if state in DATED and not getattr(record, DATED[state]):
        setattr(record, DATED[state], day)
    if not is_open(state):
        record.ended_on, record.end_reason = day, note
    transaction.session.flush()


def record_assignments(transaction: Transaction, rows: Sequence[JsonObject]) -> list[int]:
    """Write assignments from a workbook unchanged; the journal keeps their history too."""
    return transaction.insert_many(Assignment, rows)
