"""Appointment (指派): checks the person again inside the writing transaction, then stores the appointment with that
check."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.permissions import Actor, demand, may
from expertpool.accounts.pool_protocol import Pool
from expertpool.assignments.due import due_at_appointment
from expertpool.assignments.states import open_states
from expertpool.assignments.tables import Assignment, AssignmentEvent
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CourtCase
from expertpool.checks.check import LIFT, check_record, judge, person_by_uid
from expertpool.checks.findings import Finding
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.rules.book import RuleBook
from expertpool.rules.holidays import SETTING as HOLIDAYS
from expertpool.storage.queries import id_of
from expertpool.storage.records import Record
from expertpool.storage.settings import setting_of
from expertpool.storage.transaction import Transaction


def appoint(pool: Pool, number: str, uid: str, role: str = "", *, reason: str = "", override: str = "",
            method: str = "recommended", duties: Sequence[str] = (), replaces: str = "") -> Changes:
    """Appoint a person to a case; with ``replaces`` (uid of an assignment), in place of that assignment's person.

    ``reason`` answers warnings; ``override`` is the written ground on which an actor with the permission lifts blocks
    that the rule book allows to be lifted. Raises ``appoint.blocked`` where a rule forbids, ``appoint.lift`` where a
    block could be lifted, ``appoint.verify`` where a warning needs a reason, ``appoint.twice`` and
    ``appoint.closed``. Facts are read under the same lock under which the row is written.
    """
    rules = pool.rules
    with pool.write("appoint") as transaction:
        appoint_in(transaction, pool.actor, rules, number, uid, role, reason=reason, override=override, method=method,
                   duties=duties, replaces=replaces)
    return transaction.result()


def appoint_in(
    transaction: Transaction,
    actor: Actor,
    rules: RuleBook,
    number: str,
    uid: str,
    role: str = "",
    *,
    reason: str = "",
    override: str = "",
    method: str = "recommended",
    duties: Sequence[str] = (),
    replaces: str = "",
) -> Assignment:
    """:func:`appoint` inside a transaction that writes more; whoever opened that transaction checked the permission.

    Nothing is written before everything is checked. Raises ``appoint.closed``, ``appoint.twice`` and
    ``appoint.verify``.
    """
    case = case_by_number(transaction.session, number)
    person = person_by_uid(transaction.session, uid)
    _lock(transaction.session, case, person)
    wanted = role or case.role_needed
    transaction.words |= {"name": person.name, "number": case.number, "role": wanted}
    _demand_open(transaction.session, case, person)
    facts, case_facts, findings = judge(transaction.session, rules, case, person, wanted)
    answers = _answers(actor, transaction, findings, person.name, case.number, reason, override)
    record = check_record(facts, case_facts, findings, rules, wanted, answers)
    transaction.add(record)
    day = str(today())
    due = due_at_appointment(rules, setting_of(transaction.session, HOLIDAYS), wanted, day, case.deliberation_on)
    assignment = Assignment(
        court_case_id=int(case.id or 0), person_id=int(person.id or 0), role=wanted, method=method,
        duties=list(duties), appointed_on=day, opinion_due=due, reason=reason or override,
        check_id=record.id, replaces_id=transaction.by_uid(Assignment, replaces).id if replaces else None)
    transaction.add(assignment)
    transaction.add(AssignmentEvent(assignment_id=int(assignment.id or 0), on=day, to_state=assignment.state,
                                    actor=transaction.actor, note=reason))
    return assignment


def _answers(actor: Actor, transaction: Transaction, findings: Sequence[Finding], name: str, number: str, reason: str,
             override: str) -> list[JsonObject]:
    """The reasons given for warnings and lifted blocks; raises where a finding may not be, or is not, answered."""
    blocks = [finding for finding in findings if finding.blocks]
    warnings = [finding for finding in findings if finding.level == "warn"]
    for finding in blocks:
        if not finding.liftable or not override.strip():
            code = "appoint.lift" if finding.liftable and may(actor, LIFT) else "appoint.blocked"
            raise UserProblem(code, name=name, number=number, reason=finding.text, rule=finding.rule)
    if blocks:
        demand(actor, LIFT)
        transaction.words["override"] = override
    if warnings and not reason.strip() and not override.strip():
        raise UserProblem("appoint.verify", name=name, number=number, reason=warnings[0].text,
                          rule=warnings[0].rule)
    return [{"rules": [one.rule for one in hits], "keys": [one.key for one in hits], "level": level, "reason": said,
             "by": actor.name, "office": actor.office, "at": transaction.stamp}
            for level, hits, said in (("block", blocks, override), ("warn", warnings, reason or override)) if hits]


def _lock(session: Session, case: CourtCase, person: Person) -> None:
    """Lock both rows, so that a second appointment of the same person waits (PostgreSQL; SQLite has a single
    writer)."""
    kinds: tuple[tuple[type[Record], int | None], ...] = ((Person, person.id), (CourtCase, case.id))
    for table, key in kinds:
        session.execute(update(table).where(id_of(table) == key).values(id=key)
                        .execution_options(synchronize_session=False))


def _demand_open(session: Session, case: CourtCase, person: Person) -> None:
    if case.state == "closed":
        raise UserProblem("appoint.closed", number=case.number)
    serving = session.scalars(select(id_of(Assignment)).where(
        col(Assignment.court_case_id) == case.id, col(Assignment.person_id) == person.id,
        col(Assignment.state).in_(open_states()))).first()
    if serving:
        raise UserProblem("appoint.twice", name=person.name, number=case.number)
