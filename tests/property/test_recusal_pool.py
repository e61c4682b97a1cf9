"""Whole pools: whom the program appoints is clean by a second reading of the law, whom that bars is refused."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from expertpool.accounts.permissions import Actor
from expertpool.assignments.service import record_assignments
from expertpool.cases.details import case_detail
from expertpool.cases.docket import case_by_number, edit_case
from expertpool.checks.findings import Finding
from expertpool.checks.load_case_facts import load_facts_of_cases
from expertpool.checks.load_facts import load_person_facts
from expertpool.checks.recusal import check_recusal
from expertpool.experts.tables import Employment, Interest
from expertpool.foundation.dates import today
from expertpool.organisations.load import load_organisation_book
from expertpool.organisations.register import add_alias, link
from expertpool.pool import ExpertPool
from expertpool.rules.book import LEVELS
from tests.recusal_pools import COMPANIES, employment, fill, interest, party
from tests.recusal_second_reading import appoint_everybody
from tests.seeds import examples

SMALL = examples(12, suppress_health_check=[HealthCheck.too_slow,
                                                                        HealthCheck.function_scoped_fixture])


@contextmanager
def fresh(template: Path) -> Iterator[ExpertPool]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pool.expertpool"
        path.write_bytes(template.read_bytes())
        with ExpertPool.open(str(path), actor=Actor("tester")) as pool:
            yield pool


@SMALL
@given(st.randoms(use_true_random=False))
def test_appointed_is_clean_and_barred_is_refused(sqlite_template: Path, chance: Random) -> None:
    with fresh(sqlite_template) as pool:
        ids, numbers = fill(pool, chance, people=4, lines=1)
        appoint_everybody(pool, ids, numbers)


def every_finding(pool: ExpertPool) -> dict[tuple[int, int], list[Finding]]:
    with pool.read() as session:
        book, people = load_organisation_book(session), load_person_facts(session)
        cases = load_facts_of_cases(session, range(1, 100))
    return {(person.id, key): check_recusal(person, case, book, pool.rules, today())
            for person in people for key, case in cases.items()}


def add_something(pool: ExpertPool, chance: Random, ids: list[int], numbers: list[str]) -> None:
    kind, key, number = chance.choice(["post", "interest", "service", "party", "link", "alias"]), *map(
        chance.choice, (ids, numbers))
    if kind == "party":
        detail = case_detail(pool, number)
        draft = detail.draft()
        draft.parties.append(party(chance, "third_party"))
        edit_case(pool, detail.uid, draft, detail.version)
    elif kind == "link":
        link(pool, chance.choice(COMPANIES[:2]), COMPANIES[2], kind=chance.choice(["parent", "branch", "formerly"]))
    elif kind == "alias":
        add_alias(pool, chance.choice(COMPANIES), "示例仪器")
    else:
        with pool.write("edit person", name="王砚") as transaction:
            if kind == "service":
                case = case_by_number(transaction.session, number)
                record_assignments(transaction, [{"court_case_id": case.id, "person_id": key, "state": "completed",
                                                  "role": "technical_investigator", "ended_on": "2026-01-01"}])
            elif kind == "post":
                transaction.add(Employment(person_id=key, **employment(chance).model_dump(exclude={"employer_kind"})))
            else:
                transaction.add(Interest(person_id=key, **interest(chance, numbers).model_dump()))


def kept(before: Finding, after: list[Finding]) -> bool:
    """Still there, or another finding as grave or graver on the same participant or case took its place."""
    about = before.facts[1].value.split("；")[0]
    return any(one.facts[1].value.split("；")[0] == about and LEVELS.index(one.level) >= LEVELS.index(before.level)
               for one in after)


@SMALL
@given(st.randoms(use_true_random=False))
def test_another_fact_hides_nothing_and_taking_it_back_restores(sqlite_template: Path, chance: Random) -> None:
    with fresh(sqlite_template) as pool:
        ids, numbers = fill(pool, chance, people=4, lines=1)
        before = every_finding(pool)
        add_something(pool, chance, ids, numbers)
        after = every_finding(pool)
        for pair, found in before.items():
            assert all(kept(one, after[pair]) for one in found), pair
        pool.undo_last()
        assert every_finding(pool) == before
