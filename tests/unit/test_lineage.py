"""Art. 5 of 法释〔2019〕2号: who served in one procedure, and whether that bars another."""

from dataclasses import replace

import pytest

from expertpool.checks.facts import CaseFacts, InterestFact, LinkFact, PersonFacts, ServiceFact
from expertpool.checks.findings import Finding
from expertpool.checks.lineage import procedure_here
from expertpool.checks.recusal import check_recusal
from expertpool.organisations.book import OrganisationBook
from expertpool.rules.book import RuleBook

RULES = RuleBook.load()
CASE = CaseFacts(10, "(2026)辽01知民初418号", dispute_id=5, procedure="first_instance")
PERSON = PersonFacts(1, "u1", "王砚")


def check(person: PersonFacts, case: CaseFacts) -> list[Finding]:
    return check_recusal(person, case, OrganisationBook(), RULES, "2026-11-22")


def served(procedure: str, role: str = "technical_investigator", state: str = "completed", case_id: int = 7,
           dispute: int | None = 5) -> PersonFacts:
    return replace(PERSON, service=(ServiceFact(case_id, "(2025)某案", procedure, role, state, dispute),))


def outcome(earlier: str, later: str, *links: LinkFact, state: str = "completed") -> tuple[str, str] | None:
    found = check(served(earlier, state=state), replace(CASE, procedure=later, links=links))
    assert len(found) <= 1
    return (found[0].code, found[0].level) if found else None


FIRST, SECOND = "first_instance", "second_instance"
BARRED, FREE = ("R7.other_procedure", "block"), ("R7.remand_exception", "inform")


@pytest.mark.parametrize(("earlier", "later", "expected"), [
    (FIRST, SECOND, BARRED), (FIRST, "remand_first", BARRED), (SECOND, "remand_first", BARRED),
    (SECOND, "remand_second", FREE), ("remand_first", "remand_second", BARRED),
    (FIRST, "remand_second", BARRED), (FIRST, "retrial", BARRED), (SECOND, "retrial_second", BARRED),
    (SECOND, "retrial_review", BARRED), ("retrial_review", "retrial", BARRED),
    ("remand_second", "retrial", BARRED), ("preservation", FIRST, ("R7.preservation", "warn")),
    ("preservation", SECOND, BARRED), (FIRST, FIRST, ("R7.same_procedure", "warn")),
    (SECOND, SECOND, ("R7.same_procedure", "warn")),
    ("jurisdiction_second", SECOND, ("R7.ancillary", "warn")),
    ("enforcement", FIRST, ("R7.ancillary", "warn")), ("", FIRST, ("R7.procedure_unknown", "warn")),
    (FIRST, "", ("R7.procedure_unknown", "warn")),
])
def test_table_of_procedures(earlier: str, later: str, expected: tuple[str, str]):
    assert outcome(earlier, later) == expected


def test_second_instance_again_after_a_remand():
    former = LinkFact(7, "(2025)某案", "appeal", SECOND, 5)
    again = LinkFact(8, "(2026)重审", "remand", FIRST, 5)
    assert outcome(SECOND, SECOND, former, again) == FREE
    assert outcome(FIRST, SECOND, former, again) == BARRED


def test_the_first_instance_after_a_remand_is_another_procedure():
    first = LinkFact(7, "(2024)一审", "", FIRST, 5)
    second = LinkFact(8, "(2025)二审", "appeal", SECOND, 5)
    case = replace(CASE, links=(first, second))
    assert procedure_here(case) == "remand_first"
    assert procedure_here(replace(case, links=(first,))) == FIRST
    assert procedure_here(replace(case, links=(first, replace(second, earlier=False)))) == FIRST
    assert outcome(FIRST, FIRST, first, second) == BARRED


def test_preservation_of_the_second_instance_counts_where_it_is_linked():
    link = LinkFact(7, "(2025)某案", "preservation", "preservation", 5, direct=True)
    assert outcome("preservation", SECOND, link) == ("R7.preservation", "warn")


@pytest.mark.parametrize(("state", "expected"), [
    ("serving", BARRED), ("appointed", BARRED), ("replaced", BARRED), ("withdrawn", ("R7.perhaps", "warn")),
    ("recused", ("R7.perhaps", "warn")), ("declined", None), ("cancelled", None), ("proposed", None),
])
def test_who_took_part(state: str, expected: tuple[str, str] | None):
    assert outcome(FIRST, SECOND, state=state) == expected


def test_other_disputes_do_not_count():
    assert check(served(FIRST, dispute=6), replace(CASE, procedure=SECOND)) == []
    assert check(served(FIRST, dispute=None), replace(CASE, procedure=SECOND, dispute_id=None)) == []


def test_a_family_link_counts_without_a_dispute():
    link = LinkFact(7, "(2025)某案", "appeal", FIRST)
    case = replace(CASE, procedure=SECOND, dispute_id=None, links=(link,))
    assert [one.code for one in check(served(FIRST, dispute=None), case)] == ["R7.other_procedure"]


def test_r10_the_invalidation_of_the_patent_is_another_dispute():
    case = replace(CASE, links=(LinkFact(7, "(2025)京73行初9号", "invalidation", FIRST, 9),))
    assert [(one.code, one.level) for one in check(served(FIRST, dispute=9), case)] == [
        ("R10.related", "warn")]
    assert check(served(FIRST, state="declined", dispute=9), case) == []
    series = replace(CASE, dispute_id=None, links=(LinkFact(7, "(2025)某案", "series", FIRST),))
    assert check(served(FIRST, dispute=None), series) == []


@pytest.mark.parametrize(("earlier", "wanted", "code", "level"), [
    ("technical_investigator", "judicial_appraiser", "R7.appraiser_after", "block"),
    ("technical_consultant", "judicial_appraiser", "R7.appraiser_after", "block"),
    ("judicial_appraiser", "technical_investigator", "R7.other_role", "block"),
    ("judicial_appraiser", "judicial_appraiser", "R7.appraiser_again", "block"),
    ("technical_consultant", "technical_investigator", "R7.role_changed", "warn"),
])
def test_change_of_role_in_the_same_case(earlier: str, wanted: str, code: str, level: str):
    found = check(served(FIRST, role=earlier, case_id=CASE.id), replace(CASE, role=wanted))
    assert [(one.code, one.level) for one in found] == [(code, level)]


def test_the_stricter_table_wins():
    found = check(served(FIRST, role="technical_consultant"), replace(CASE, procedure=SECOND))
    assert [one.code for one in found] == ["R7.other_procedure"]


def test_already_appointed_here():
    here = served(FIRST, state="appointed", case_id=CASE.id)
    assert [one.code for one in check(here, CASE)] == ["R7.already"]
    assert check(served(FIRST, state="completed", case_id=CASE.id), CASE) == []


@pytest.mark.parametrize("role", ["witness", "专家辅助人", "陪审员"])
def test_declared_roles_in_a_case_of_the_dispute(role: str):
    case = replace(CASE, links=(LinkFact(7, "(2025)最高法知民终5号", "appeal", SECOND, 5),))
    for number in ("（2026）辽01知民初418号", "(2025)最高法知民终5号"):
        person = replace(PERSON, interests=(InterestFact("case_role", number, detail=role),))
        assert [(one.code, one.level) for one in check(person, case)] == [("R7.other_role", "block")]
    elsewhere = replace(PERSON, interests=(InterestFact("case_role", "(2020)辽01民初1号", detail=role),))
    assert check(elsewhere, case) == []
