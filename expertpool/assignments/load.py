"""Keeps two counts up to date inside every writing transaction: open cases per person, serving people per case."""

from collections import Counter, defaultdict

from sqlalchemy import select, update
from sqlmodel import col

from expertpool.assignments.states import open_states
from expertpool.assignments.tables import Assignment
from expertpool.cases.tables import CaseListing
from expertpool.experts.tables import Person, PersonListing
from expertpool.storage.queries import chunks, id_of, one_of
from expertpool.storage.transaction import Transaction


def refresh_load(transaction: Transaction, touched: dict[str, set[int]]) -> None:
    """Count again for every person and case that the transaction changed."""
    new = set() if touched.get("assignment") else transaction.listed  # a new person serves nowhere yet
    people = sorted(touched.get("person", set()) - new)
    cases = sorted(touched.get("courtcase", ()))
    for part in chunks(people):
        _people(transaction, part)
    for part in chunks(cases):
        _cases(transaction, part)


def _people(transaction: Transaction, ids: list[int]) -> None:
    serving = Counter(transaction.session.scalars(select(col(Assignment.person_id)).where(
        col(Assignment.state).in_(open_states()),
        one_of(col(Assignment.person_id), ids))))
    for person, count in serving.items():
        transaction.session.execute(update(PersonListing).where(col(PersonListing.person_id) == person)
                                    .values(open_cases=count))


def _cases(transaction: Transaction, ids: list[int]) -> None:
    serving: dict[int, list[str]] = defaultdict(list)
    query = select(col(Assignment.court_case_id), col(Person.name)).join(
        Person, id_of(Person) == Assignment.person_id).where(
        col(Assignment.state).in_([*open_states(), "completed"]),
        one_of(col(Assignment.court_case_id), ids))
    for case, name in transaction.session.execute(query.order_by(id_of(Assignment))):
        serving[case].append(name)
    for case, names in serving.items():
        transaction.session.execute(update(CaseListing).where(col(CaseListing.court_case_id) == case)
                                    .values(people="、".join(names), serving=len(names)))
