"""Who may be appointed at all: role, term, state, absence, load, age, licence, education."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from expertpool.checks.eligibility import check_eligibility
from expertpool.checks.facts import AssessmentFact, LicenceFact, PersonFacts, RoleFact, UnavailabilityFact
from expertpool.rules.book import RuleBook

RULES = RuleBook.load()
TODAY = date(2026, 11, 22)
INVESTIGATOR, APPRAISER = "technical_investigator", "judicial_appraiser"
PERSON = PersonFacts(1, "u1", "王砚", birth="1980-05", education="doctorate",
                     roles=(RoleFact(INVESTIGATOR, start="2025-01", end="2027-12"),))


def codes(person: PersonFacts, role: str = INVESTIGATOR, rules: RuleBook = RULES) -> list[tuple[str, str]]:
    found = check_eligibility(person, role, rules, TODAY)
    assert all("{" not in one.text and one.text.endswith((".", "。")) for one in found)
    return [(one.code, one.level) for one in found]


def term(**more: Any) -> PersonFacts:
    return replace(PERSON, roles=(RoleFact(INVESTIGATOR, **more),))


def test_fit():
    assert codes(PERSON) == []


def test_role():
    assert codes(PERSON, APPRAISER) == [("E-ROLE.not_held", "block")]
    assert codes(replace(PERSON, roles=())) == [("E-ROLE.not_held", "block")]
    for state in ("suspended", "ended", "removed", "expired"):
        assert codes(term(state=state)) == [("E-ROLE.not_active", "block")]
    both = (RoleFact(INVESTIGATOR, state="ended", end="2020"), RoleFact(INVESTIGATOR, end="2028"))
    assert codes(replace(PERSON, roles=both)) == []


@pytest.mark.parametrize(("start", "end", "expected"), [
    ("2025", "2026-11-21", "E-TERM.expired"), ("2025", "2026-10", "E-TERM.expired"),
    ("2025", "2026-11-22", "E-TERM.ending"), ("2025", "2026-11", "E-TERM.ending"),
    ("2025", "2027-02-20", "E-TERM.ending"), ("2025", "2027-02-21", ""),
    ("2026-11-23", "2028", "E-TERM.not_begun"), ("2026-11-22", "2028", ""), ("2026-11", "2028", ""),
    ("", "", ""), ("2025", "", ""), ("", "2028", ""),
])
def test_term(start: str, end: str, expected: str):
    level = "inform" if expected.endswith("ending") else "block"
    assert codes(term(start=start, end=end)) == ([(expected, level)] if expected else [])


def test_a_later_term_follows_without_a_gap():
    terms = (RoleFact(INVESTIGATOR, start="2023", end="2026-11"), RoleFact(INVESTIGATOR, start="2026-11-22"))
    assert codes(replace(PERSON, roles=terms)) == []


@pytest.mark.parametrize("state", ["suspended", "removed", "merged"])
def test_state(state: str):
    assert codes(replace(PERSON, state=state)) == [("E-STATE.not_active", "block")]


@pytest.mark.parametrize(("start", "end", "away"), [
    ("2026-11-20", "2026-11-22", True), ("2026-11-22", "2026-11-22", True), ("2026-11", "", True),
    ("", "2026-12", True), ("2026-11-23", "2026-12-01", False), ("2026-11-01", "2026-11-21", False),
])
def test_absence(start: str, end: str, away: bool):
    person = replace(PERSON, unavailable=(UnavailabilityFact(start, end, "sick"),))
    assert codes(person) == ([("E-AWAY.absent", "block")] if away else [])


@pytest.mark.parametrize(("load", "cap", "expected"), [
    (3, None, []), (4, None, [("E-LOAD.nearly", "inform")]), (5, None, [("E-LOAD.full", "block")]),
    (5, 8, []), (2, 2, [("E-LOAD.full", "block")]), (0, 0, [("E-LOAD.full", "block")]),
])
def test_load(load: int, cap: int | None, expected: list[tuple[str, str]]):
    assert codes(replace(PERSON, open_load=load, cap=cap)) == expected


def test_load_limit_of_the_court():
    rules = RuleBook.load({"E-LOAD": {"parameters": {"cap": 10}}})
    assert codes(replace(PERSON, open_load=8), rules=rules) == []


@pytest.mark.parametrize(("birth", "above"), [
    ("1966-11-22", True), ("1966-11-23", False), ("1966-11", False), ("1966-10", True), ("1966", False),
    ("1965", True), ("", False),
])
def test_age(birth: str, above: bool):
    assert codes(replace(PERSON, birth=birth)) == ([("E-AGE.above", "warn")] if above else [])
    assert codes(replace(PERSON, birth=birth, age_exemption="院士")) == []


@pytest.mark.parametrize(("untils", "expected"), [
    ((), []), (("",), []), (("2028-01-01",), []), (("2026-11-21",), [("E-LICENCE.expired", "block")]),
    (("2026-11-22",), [("E-LICENCE.ending", "inform")]), (("2020", "2028"), []), (("2020", ""), []),
])
def test_licence_only_for_appraisers_and_only_if_recorded(untils: tuple[str, ...],
                                                         expected: list[tuple[str, str]]):
    licences = tuple(LicenceFact("210112005008", until) for until in untils)
    person = replace(PERSON, licences=licences, roles=(RoleFact(APPRAISER), RoleFact(INVESTIGATOR)))
    assert codes(person, APPRAISER) == expected
    assert codes(person, INVESTIGATOR) == []


@pytest.mark.parametrize(("education", "below"), [
    ("college", True), ("bachelor", False), ("doctorate", False), ("", False), ("other_education", False)])
def test_education(education: str, below: bool):
    found = codes(replace(PERSON, education=education))
    assert found == ([("E-EDUCATION.below", "warn")] if below else [])


def test_worst_first():
    person = replace(PERSON, birth="1950", state="removed", open_load=4)
    assert [level for _, level in codes(person)] == ["block", "warn", "inform"]


@pytest.mark.parametrize(("graded", "expected"), [
    ([(2025, "unfit")], [("E-ASSESSMENT.failed", "block")]), ([(2025, "basic")], [("E-ASSESSMENT.poor", "warn")]),
    ([(2025, "competent")], []), ([(2024, "unfit")], []), ([(2024, "unfit"), (2025, "")], []),
    ([(2025, "unfit"), (2026, "competent")], []), ([], []),
])
def test_assessment(graded: list[tuple[int, str]], expected: list[tuple[str, str]]):
    person = replace(PERSON, assessments=tuple(AssessmentFact(*one) for one in graded))
    assert codes(person) == expected
    lenient = RuleBook.load({"E-ASSESSMENT": {"outcomes": {"failed": "warn"}}})
    assert {level for _code, level in codes(person, rules=lenient)} <= {"warn"}


@pytest.mark.parametrize(("recommendation", "unit", "own", "expected"), [
    ("self", "", "", "E-CONSENT.unit"), ("self", "2026-01", "", ""), ("unit", "", "", "E-CONSENT.own"),
    ("invited", "", "yes", ""), ("", "", "", "")])
def test_consent(recommendation: str, unit: str, own: str, expected: str):
    person = replace(PERSON, recommendation=recommendation, unit_consent=unit, own_consent=own)
    assert codes(person) == ([(expected, "inform")] if expected else [])


def test_licences_of_two_bodies():
    def licences(*ends: str) -> PersonFacts:
        held = tuple(LicenceFact(f"2101120050{place:02}", end, f"示例鉴定所{place}") for place, end in enumerate(ends))
        return replace(PERSON, roles=(RoleFact(APPRAISER),), licences=held)

    assert codes(licences("2028", "2029"), APPRAISER) == [("E-BODIES.two", "warn")]
    assert codes(licences("2020", "2029"), APPRAISER) == []
