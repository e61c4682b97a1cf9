"""The check of one person for one case (审查): what bars the person, and the stored check on which an appointment
rests."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.tables import CheckRecord
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CourtCase
from expertpool.checks.eligibility import check_eligibility
from expertpool.checks.facts import CaseFacts, PersonFacts
from expertpool.checks.findings import Finding, ordered
from expertpool.checks.load_facts import load_case_facts, load_person_facts
from expertpool.checks.recusal import check_recusal
from expertpool.experts.tables import Person
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.uids import now_stamp
from expertpool.organisations.load import load_organisation_book
from expertpool.rules.book import RuleBook
from expertpool.rules.stages import Stage
from expertpool.storage.journal import canonical

LIFT = "lift block"  # the operation whose permission is needed to lift a block


@numbers_hidden
def check(pool: Pool, number: str, uid: str, role: str = "") -> list[Finding]:
    """All findings between this person and this case, worst first; empty if there is none."""
    with pool.read() as session:
        case = case_by_number(session, number)
        return judge(session, pool.rules, case, person_by_uid(session, uid), role or case.role_needed)[2]


def check_record(person: PersonFacts, case: CaseFacts, findings: Sequence[Finding], rules: RuleBook, role: str,
                 overrides: list[JsonObject]) -> CheckRecord:
    """What was checked, on which facts, under which rules: stored with the assignment, can be printed years later."""
    facts = {"person": _plain(asdict(person)), "case": _plain(asdict(case))}
    rows = [finding.as_json() for finding in findings]
    print_ = hashlib.sha256(canonical([facts, rows, overrides, rules.version, role])).hexdigest()
    return CheckRecord(court_case_id=case.id, person_id=person.id, role=role, checked_at=now_stamp(),
                       rules_version=rules.version, fingerprint=print_, facts=facts, findings=rows,
                       overrides=overrides)


def check_in(session: Session, rules: RuleBook, case: CourtCase, person: Person, role: str) -> list[Finding]:
    """All findings between a person and a case, inside an open session."""
    return judge(session, rules, case, person, role)[2]


def judge(session: Session, rules: RuleBook, case: CourtCase, person: Person,
          role: str) -> tuple[PersonFacts, CaseFacts, list[Finding]]:
    day = today()
    facts = load_person_facts(session, [int(person.id or 0)])[0]
    case_facts = load_case_facts(session, case, role)
    findings = [*check_recusal(facts, case_facts, load_organisation_book(session), rules, day, stage=Stage.ASSIGN),
                *check_eligibility(facts, role, rules, day, stage=Stage.ASSIGN)]
    return facts, case_facts, ordered(findings)


def person_by_uid(session: Session, uid: str) -> Person:
    found = session.scalars(select(Person).where(col(Person.uid) == uid)).one_or_none()
    if found is None:
        raise UserProblem("record.missing", uid=uid)
    return found


def _plain(value: object) -> object:
    """Facts as plain JSON values."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, date) else value
