"""False alarms (误报排除): a finding that was examined is dismissed, with a reason, until its facts change."""

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.tables import Dismissal
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CourtCase
from expertpool.checks.check import check
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.problems import UserProblem
from expertpool.storage.queries import id_of


def dismiss(pool: Pool, number: str, uid: str, key: str, reason: str) -> Changes:
    """Dismiss the finding with this ``key`` between a person and a case as a false alarm.

    The rule decides whether the dismissal holds for this case or for the person in every case. Raises
    ``dismiss.reason`` without a reason, ``dismiss.gone`` if the finding no longer exists, ``dismiss.never`` if its
    rule allows no dismissal.
    """
    demand(pool.actor, "dismiss finding")
    if not reason.strip():
        raise UserProblem("dismiss.reason")
    found = next((one for one in check(pool, number, uid) if one.key == key), None)
    if found is None:
        raise UserProblem("dismiss.gone")
    if not found.dismiss:
        raise UserProblem("dismiss.never", rule=found.rule, reason=found.text)
    with pool.write("dismiss finding", number=number, reason=reason, rule=found.rule) as transaction:
        person = transaction.by_uid(Person, uid)
        case = case_by_number(transaction.session, number)
        transaction.words |= {"name": person.name, "number": case.number}
        transaction.add(Dismissal(
            person_id=int(person.id or 0), court_case_id=case.id if found.dismiss == "case" else None, key=key,
            rule=found.rule, text=found.text, facts=[asdict(fact) for fact in found.facts], reason=reason.strip(),
            by=transaction.actor, at=transaction.stamp))
    return transaction.result()


def take_back(pool: Pool, uid: str, reason: str = "") -> Changes:
    """Withdraw a dismissal: the finding counts again."""
    with pool.write("dismiss finding", reason=reason, back=True) as transaction:
        record = transaction.by_uid(Dismissal, uid)
        transaction.words |= {"name": transaction.get(Person, record.person_id).name, "rule": record.rule}
        transaction.remove(record)
    return transaction.result()


@dataclass(frozen=True, slots=True)
class DismissalRow:
    """A finding that was examined and dismissed: person, case ("" for every case), reason."""

    uid: str
    person: str
    person_uid: str
    case: str
    rule: str
    text: str
    reason: str
    by: str
    at: str


@numbers_hidden
def dismissal_rows(pool: Pool, person: str = "") -> list[DismissalRow]:
    """What was dismissed, newest first; of one person (uid) if given."""
    query = select(Dismissal, col(Person.name), col(Person.uid), col(CourtCase.number)).join(
        Person, id_of(Person) == Dismissal.person_id).outerjoin(
        CourtCase, id_of(CourtCase) == Dismissal.court_case_id)
    if person:
        query = query.where(col(Person.uid) == person)
    with pool.read() as session:
        return [DismissalRow(one.uid, name, owner, number or "", one.rule, one.text, one.reason, one.by, one.at)
                for one, name, owner, number in session.execute(query.order_by(id_of(Dismissal).desc()))]
