"""Keeps open cases per person and serving people per case in step inside every writing transaction."""

from collections import Counter, defaultdict

from sqlalchemy import bindparam, select, update

from expertpool.assignments.states import open_states
from expertpool.assignments.tables import Assignment
from expertpool.cases.tables import CaseListing
from expertpool.experts.tables import Person, PersonListing
from expertpool.storage.transaction import CHUNK, Transaction


def refresh_load(transaction: Transaction, touched: dict[str, set[int]]) -> None:
    """Count again for every person and case that the transaction touched."""
    new = set() if touched.get("assignment") else transaction.listed  # whoever is new serves nowhere yet
    people = sorted(touched.get("person", set()) - new)
    cases = sorted(touched.get("courtcase", ()))
    for start in range(0, len(people), CHUNK):
        _people(transaction, people[start:start + CHUNK])
    for start in range(0, len(cases), CHUNK):
        _cases(transaction, cases[start:start + CHUNK])


def _people(transaction: Transaction, ids: list[int]) -> None:
    serving = Counter(transaction.session.scalars(select(Assignment.person_id).where(
        Assignment.state.in_(open_states()),
        Assignment.person_id.in_(bindparam("ids", ids, expanding=True)))))
    for person, count in serving.items():
        transaction.session.execute(update(PersonListing).where(PersonListing.person_id == person)
                                    .values(open_cases=count))


def _cases(transaction: Transaction, ids: list[int]) -> None:
    serving: dict[int, list[str]] = defaultdict(list)
    query = select(Assignment.court_case_id, Person.name).join(
        Person, Person.id == Assignment.person_id).where(
        Assignment.state.in_([*open_states(), "completed"]),
        Assignment.court_case_id.in_(bindparam("ids", ids, expanding=True)))
    for case, name in transaction.session.execute(query.order_by(Assignment.id)):
        serving[case].append(name)
    for case, names in serving.items():
        transaction.session.execute(update(CaseListing).where(CaseListing.court_case_id == case)
                                    .values(people="、".join(names), serving=len(names)))
