"""Checking one case against everybody, and checking again what a new party touches, each against one bare pass."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from expertpool.assignments.tables import Assignment
from expertpool.cases.details import case_detail
from expertpool.cases.docket import edit_case
from expertpool.cases.drafts import PartyDraft
from expertpool.cases.tables import CaseListing, CourtCase, Party
from expertpool.checks.alerts import alert_rows
from expertpool.checks.recheck import sweep
from expertpool.checks.screening_index import screen
from expertpool.experts.tables import Employment, Person
from expertpool.organisations.register import add_alias, ensure_units
from tests.benchmark.sizes import PEOPLE, size

CASES = size(20_000, 3_000)
NUMBER = "(2026)辽01知民初1号"
FIRMS = ("重工", "电气", "制药", "新材料", "软件", "汽车零部件", "仪表", "种业")


def test_one_case_against_everybody(benchmark: Any, large_pool: Any, figures: list[str],
                                    seconds: Callable[[Callable[[], Any]], float]) -> None:
    def one_pass() -> None:
        with large_pool.read() as session:
            session.execute(select(Person.id, Person.name, Person.state)).all()
            session.execute(select(Employment.person_id, Employment.employer)).all()

    floor = min(seconds(one_pass) for _turn in range(3))
    first = seconds(lambda: screen(large_pool, NUMBER))
    took = min(seconds(lambda: screen(large_pool, NUMBER)) for _turn in range(5))
    found = benchmark.pedantic(lambda: screen(large_pool, NUMBER), rounds=5)
    assert len(found.ids) == PEOPLE
    assert int((found.levels == 3).sum()) >= PEOPLE * 11 // 20_000
    figures.append(f"checking one case against {PEOPLE:,} people: {1000 * took:.0f} ms warm (target 300 at 100,000), "
                   f"{first:.1f} s first; one pass over names and units {1000 * floor:.0f} ms, "
                   f"ratio {took / floor:.2f}")


@pytest.fixture(scope="module")
def busy_pool(large_pool: Any) -> Any:
    """The large pool with as many open cases of two companies each, one person serving in every one."""
    names = [f"辽河{number}{FIRMS[number % len(FIRMS)]}有限公司" for number in range(CASES)]
    with large_pool.write("open case") as transaction:
        units = ensure_units(transaction, [(name, "") for name in names])
        people = transaction.session.scalars(select(Person.id).order_by(Person.id).limit(CASES)).all()
        cases = transaction.insert_many(CourtCase, [
            {"number": f"(2025)辽01知民初{number + 10}号", "procedure": "first_instance", "nature": "civil",
             "state": "open", "filed_on": "2025-05-06", "cause": "侵害发明专利权纠纷"} for number in range(CASES)])
        transaction.insert_many(Party, [
            {"court_case_id": case, "side": side, "place": place, "name": names[(number + place * 7) % CASES],
             "organisation_id": units[names[(number + place * 7) % CASES]]}
            for number, case in enumerate(cases) for place, side in enumerate(("plaintiff", "defendant"))])
        transaction.insert_many(Assignment, [
            {"court_case_id": case, "person_id": people[number % len(people)], "role": "technical_investigator",
             "state": "serving", "appointed_on": "2025-06-01"} for number, case in enumerate(cases)])
    return large_pool


def test_a_new_party_among_many_open_cases(busy_pool: Any, figures: list[str],
                                           seconds: Callable[[Callable[[], Any]], float]) -> None:
    pool, number = busy_pool, f"(2025)辽01知民初{CASES // 2 + 10}号"

    def one_pass() -> None:
        with pool.read() as session:
            session.execute(text("SELECT id, person_id, court_case_id, state FROM assignment")).all()
            session.execute(text("SELECT court_case_id, name, organisation_id FROM party")).all()

    floor = min(seconds(one_pass) for _turn in range(3))
    detail = case_detail(pool, number)
    with pool.read() as session:
        served = session.execute(select(Employment.employer).join(
            Assignment, Assignment.person_id == Employment.person_id).where(
            Assignment.court_case_id == detail.id)).scalar()
        assert session.scalar(select(CaseListing.state).where(CaseListing.court_case_id == detail.id)) == "open"
    draft = detail.draft()
    draft.parties.append(PartyDraft(side="third_party", name=str(served)))
    saving = seconds(lambda: edit_case(pool, detail.uid, draft))
    assert {row.case for row in alert_rows(pool)} == {number}
    alias = seconds(lambda: add_alias(pool, "辽河0重工有限公司", "浑河第1理工大学"))
    assert any(row.rule == "R2" for row in alert_rows(pool))
    whole = min(seconds(lambda: sweep(pool)) for _turn in range(2))
    figures.append(f"a new party among {CASES:,} open cases: {saving:.2f} s to save with its back-sweep (target 1); "
                   f"a new alias {alias:.2f} s; all of them again {whole:.2f} s; one pass over service and parties "
                   f"{floor:.3f} s, ratio {saving / floor:.1f}")
