"""Appointment (指派): checks once more inside the writing transaction, then writes with the check beside it."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from expertpool.accounts.door import Pool
from expertpool.accounts.permissions import Actor, demand, may
from expertpool.assignments.states import open_states
from expertpool.assignments.tables import Assignment, AssignmentEvent, CheckRecord
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CourtCase
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.rulebook import RuleBook
from expertpool.foundation.uids import now_stamp
from expertpool.matching.eligibility import check_eligibility
from expertpool.matching.facts import CaseFacts, PersonFacts
from expertpool.matching.findings import Finding, ordered
from expertpool.matching.gather import gather_book, gather_case, gather_people
from expertpool.matching.recusal import check_recusal
from expertpool.storage.journal import canonical
from expertpool.storage.unit import Unit

LIFT = "lift block"  # the operation that an office must be allowed to lift a block


def check(pool: Pool, number: str, uid: str, role: str = "") -> list[Finding]:
    """Everything that stands between this person and this case, worst first; empty if nothing does."""
    with pool.read() as session:
        case = case_by_number(session, number)
        return _check(session, pool.rules, case, _person(session, uid), role or case.role_needed)[2]


def appoint(pool: Pool, number: str, uid: str, role: str = "", *, reason: str = "", override: str = "",
            method: str = "recommended", duties: Sequence[str] = (), replaces: str = "") -> Changes:
    """Appoint a person to a case, in the place of another one where ``replaces`` is an assignment's uid.

    ``reason`` answers warnings; ``override`` is the written ground on which somebody with the permission lifts
    blocks that the rule book lets be lifted. Raises ``appoint.blocked`` where a rule forbids, ``appoint.lift``
    where a block could be lifted, ``appoint.verify`` where a warning needs a reason, ``appoint.twice`` and
    ``appoint.closed``. The facts are read under the same lock that the row is written with.
    """
    rules = pool.rules
    with pool.write("appoint") as unit:
        appoint_in(unit, pool.actor, rules, number, uid, role, reason=reason, override=override, method=method,
                   duties=duties, replaces=replaces)
    return unit.result()


def appoint_in(unit: Unit, actor: Actor, rules: RuleBook, number: str, uid: str, role: str = "", *, reason: str = "",
               override: str = "", method: str = "recommended", duties: Sequence[str] = (),
               replaces: str = "") -> Assignment:
    """The same inside a transaction that writes more than the appointment; whoever opened it asked for permission.
    Nothing is written before everything is checked."""
    case = case_by_number(unit.session, number)
    person = _person(unit.session, uid)
    _lock(unit.session, case, person)
    wanted = role or case.role_needed
    unit.words |= {"name": person.name, "number": case.number, "role": wanted}
    _demand_open(unit.session, case, person)
    facts, case_facts, findings = _check(unit.session, rules, case, person, wanted)
    answers = _answers(actor, unit, findings, person.name, case.number, reason, override)
    record = check_record(facts, case_facts, findings, rules, wanted, answers)
    unit.add(record)
    day = str(today())
    assignment = Assignment(
        court_case_id=int(case.id or 0), person_id=int(person.id or 0), role=wanted, method=method,
        duties=list(duties), appointed_on=day, opinion_due=case.deliberation_on, reason=reason or override,
        check_id=record.id, replaces_id=unit.by_uid(Assignment, replaces).id if replaces else None)
    unit.add(assignment)
    unit.add(AssignmentEvent(assignment_id=int(assignment.id or 0), on=day, to_state=assignment.state,
                             actor=unit.actor, note=reason))
    return assignment


def _answers(actor: Actor, unit: Unit, findings: Sequence[Finding], name: str, number: str, reason: str,
             override: str) -> list[dict[str, Any]]:
    """What was said to warnings and lifted blocks; a sentence where something may not or is not answered."""
    blocks = [finding for finding in findings if finding.blocks]
    warnings = [finding for finding in findings if finding.level == "warn"]
    for finding in blocks:
        if not finding.liftable or not override.strip():
            code = "appoint.lift" if finding.liftable and may(actor, LIFT) else "appoint.blocked"
            raise UserProblem(code, name=name, number=number, reason=finding.text, rule=finding.rule)
    if blocks:
        demand(actor, LIFT)
        unit.words["override"] = override
    if warnings and not reason.strip() and not override.strip():
        raise UserProblem("appoint.verify", name=name, number=number, reason=warnings[0].text,
                          rule=warnings[0].rule)
    return [{"rules": [one.rule for one in hits], "keys": [one.key for one in hits], "level": level, "reason": said,
             "by": actor.name, "office": actor.office, "at": unit.stamp}
            for level, hits, said in (("block", blocks, override), ("warn", warnings, reason or override)) if hits]


def check_record(person: PersonFacts, case: CaseFacts, findings: Sequence[Finding], rules: RuleBook, role: str,
                 overrides: list[dict[str, Any]]) -> CheckRecord:
    """What was checked, on which facts, under which rules: stored with the assignment, printable years later."""
    facts = {"person": _plain(asdict(person)), "case": _plain(asdict(case))}
    rows = [finding.as_json() for finding in findings]
    print_ = hashlib.sha256(canonical([facts, rows, overrides, rules.version, role])).hexdigest()
    return CheckRecord(court_case_id=case.id, person_id=person.id, role=role, checked_at=now_stamp(),
                       rules_version=rules.version, fingerprint=print_, facts=facts, findings=rows,
                       overrides=overrides)


def check_in(session: Session, rules: RuleBook, case: CourtCase, person: Person, role: str) -> list[Finding]:
    """What stands between a person and a case, inside an open session."""
    return _check(session, rules, case, person, role)[2]


def _check(session: Session, rules: RuleBook, case: CourtCase, person: Person,
           role: str) -> tuple[PersonFacts, CaseFacts, list[Finding]]:
    day = today()
    facts = gather_people(session, [int(person.id or 0)])[0]
    case_facts = gather_case(session, case, role)
    findings = [*check_recusal(facts, case_facts, gather_book(session), rules, day, stage="assign"),
                *check_eligibility(facts, role, rules, day)]
    return facts, case_facts, ordered(findings)


def _lock(session: Session, case: CourtCase, person: Person) -> None:
    """Hold both rows, so that a second appointment of the same person waits (PostgreSQL; SQLite has one writer)."""
    for table, key in ((Person, person.id), (CourtCase, case.id)):
        session.execute(update(table).where(table.id == key).values(id=key)
                        .execution_options(synchronize_session=False))


def _demand_open(session: Session, case: CourtCase, person: Person) -> None:
    if case.state == "closed":
        raise UserProblem("appoint.closed", number=case.number)
    serving = session.scalars(select(Assignment.id).where(
        Assignment.court_case_id == case.id, Assignment.person_id == person.id,
        Assignment.state.in_(open_states()))).first()
    if serving:
        raise UserProblem("appoint.twice", name=person.name, number=case.number)


def _person(session: Session, uid: str) -> Person:
    found = session.scalars(select(Person).where(Person.uid == uid)).one_or_none()
    if found is None:
        raise UserProblem("record.missing", uid=uid)
    return found


def _plain(value: Any) -> Any:
    """Facts as JSON holds them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, date) else value
