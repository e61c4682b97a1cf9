"""Alerts (警示): findings that arose after an appointment, how they were answered, and the draft of a notice."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.states import is_open
from expertpool.assignments.tables import Alert, Assignment
from expertpool.cases.tables import CourtCase
from expertpool.checks.check import LIFT
from expertpool.checks.findings import stored_text
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.rules.book import RuleBook
from expertpool.storage.queries import id_of


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert: the appointment (``assignment``, uid) and case, the finding, the answer.

    ``serving``: the appointment is still open. ``liftable``: the person may go on if a reason is given.
    """

    uid: str
    assignment: str
    case: str
    case_uid: str
    judge: str
    person: str
    person_uid: str
    role: str
    serving: bool
    rule: str
    level: str
    text: str
    source: str
    facts: list[JsonObject]
    found_at: str
    cause: str
    state: str
    liftable: bool
    answer: str
    answered_by: str
    answered_at: str


@numbers_hidden
def alert_rows(pool: Pool, *, state: str = "open", case: str = "", person: str = "") -> list[AlertRow]:
    """Alerts, blocks first, then newest; of one case (uid) or person (uid) if given. ``state`` "" means every
    state."""
    query = select(Alert, Assignment, col(CourtCase.number), col(CourtCase.uid), col(CourtCase.judge),
                   col(Person.name), col(Person.uid)).join(Assignment, id_of(Assignment) == Alert.assignment_id).join(
        CourtCase, id_of(CourtCase) == Assignment.court_case_id).join(Person, id_of(Person) == Assignment.person_id)
    for value, column in ((state, col(Alert.state)), (case, col(CourtCase.uid)), (person, col(Person.uid))):
        if value:
            query = query.where(column == value)
    rules = pool.rules
    with pool.read() as session:
        rows = [AlertRow(
            uid=alert.uid, assignment=service.uid, case=number, case_uid=case_uid, judge=judge, person=name,
            person_uid=person_uid, role=service.role, serving=is_open(service.state), rule=alert.rule,
            level=alert.level, text=stored_text(alert.code, alert.parameters, alert.text), source=alert.source,
            facts=list(alert.facts), found_at=alert.found_at, cause=alert.cause, state=alert.state,
            liftable=_liftable(rules, alert),
            answer=alert.answer, answered_by=alert.answered_by, answered_at=alert.answered_at)
                for alert, service, number, case_uid, judge, name, person_uid in session.execute(
                    query.order_by(id_of(Alert).desc()))]
    return sorted(rows, key=lambda row: row.level != "block")


def answer_alert(pool: Pool, uid: str, reason: str) -> Changes:
    """Let the person go on in spite of a warning, or of a block that may be lifted, with a written reason.

    Raises ``alert.reason`` without a reason, ``alert.settled`` if it is answered already, ``alert.hard`` if the rule
    allows no exception.
    """
    if not reason.strip():
        raise UserProblem("alert.reason")
    with pool.write("answer alert", reason=reason) as transaction:
        alert = transaction.by_uid(Alert, uid)
        service = transaction.get(Assignment, alert.assignment_id)
        person, case = transaction.get(Person, service.person_id), transaction.get(CourtCase, service.court_case_id)
        transaction.words |= {"name": person.name, "number": case.number, "rule": alert.rule}
        if alert.state != "open":
            raise UserProblem("alert.settled")
        if alert.level == "block":
            if not _liftable(pool.rules, alert):
                raise UserProblem("alert.hard", name=person.name, number=case.number, reason=alert.text)
            demand(pool.actor, LIFT)
        alert.state, alert.answer = "answered", reason.strip()
        alert.answered_by, alert.answered_at = transaction.actor, transaction.stamp
    return transaction.result()


def _liftable(rules: RuleBook, alert: Alert) -> bool:
    """Whether an alert may be answered with a reason; of rules no longer in the book, only warnings may be."""
    return alert.level == "warn" or rules.may_lift(alert.rule, alert.code.partition(".")[2])
