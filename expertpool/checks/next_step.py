"""Changing the state of an assignment by hand (指派变更); the rules of stage ``notice`` are checked before the
parties are told."""

from expertpool.accounts.pool_protocol import Pool
from expertpool.assignments.recusal_rows import demand_decided
from expertpool.assignments.service import step
from expertpool.assignments.states import demand_step, is_open
from expertpool.assignments.tables import Assignment
from expertpool.cases.tables import CourtCase
from expertpool.checks.findings import Finding, ordered
from expertpool.checks.load_facts import load_case_facts, load_person_facts
from expertpool.checks.recheck import rules_of
from expertpool.checks.recusal import check_recusal
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.problems import UserProblem
from expertpool.organisations.load import load_organisation_book
from expertpool.rules.stages import AssignmentState, Stage
from expertpool.storage.transaction import Transaction


def change_assignment(pool: Pool, uid: str, state: str, *, note: str = "", version: int | None = None) -> Changes:
    """Move an assignment to its next state (notified, accepted, completed, withdrawn …).

    Notifying the parties raises ``notice.blocked`` where a rule forbids it, e.g. because no declaration was signed
    for the case (R13), and ``notice.verify`` where a rule warns and no written reason is given.
    """
    with pool.write("change assignment", state=state, note=note) as transaction:
        record = transaction.by_uid(Assignment, uid, version)
        demand_step(record.state, state)
        if is_open(state):
            demand_decided(transaction, record)
        person, case = transaction.get(Person, record.person_id), transaction.get(CourtCase, record.court_case_id)
        transaction.words |= {"name": person.name, "number": case.number}
        if state == AssignmentState.NOTIFIED:
            _demand_notice(transaction, record, person, case, note)
        step(transaction, record, state, note)
    return transaction.result()


def _demand_notice(transaction: Transaction, record: Assignment, person: Person, case: CourtCase, note: str) -> None:
    """Check the rules of stage ``notice``, before the parties are told."""
    findings = _at_notice(transaction, record, case)
    blocks = [one for one in findings if one.level == "block"]
    warnings = [one for one in findings if one.level == "warn"]
    for code, found in (("notice.blocked", blocks), ("notice.verify", [] if note.strip() else warnings)):
        if found:
            raise UserProblem(code, name=person.name, number=case.number, reason=found[0].text, rule=found[0].rule)


def _at_notice(transaction: Transaction, record: Assignment, case: CourtCase) -> list[Finding]:
    session = transaction.session
    person = load_person_facts(session, [record.person_id])[0]
    return ordered(check_recusal(person, load_case_facts(session, case, record.role), load_organisation_book(session),
                                 rules_of(session), today(), stage=Stage.NOTICE))
