"""Recusal holds still: more facts never hide what was found, and order does not matter."""

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from expertpool.checks.facts import (
    CaseFacts,
    EmploymentFact,
    InterestFact,
    LinkFact,
    ParticipantFact,
    PersonFacts,
    ServiceFact,
)
from expertpool.checks.findings import Finding
from expertpool.checks.recusal import check_recusal
from expertpool.organisations.book import OrganisationBook, OrganisationLinkFact
from expertpool.rules import vocabulary
from expertpool.rules.book import LEVELS, RuleBook

RULES = RuleBook.load()
UNITS = ["沈阳云岭机器人股份有限公司", "沈阳云岭机器人有限公司", "云岭机器人", "大连海风重工股份有限公司",
         "辽宁青松律师事务所", "辽宁青松律师事务所大连分所", "东北大学", "东北大学机械学院", ""]
PEOPLE = ["王砚", "何律言", "周明远", "林 知微", ""]
BOOK = OrganisationBook(names=dict(enumerate(UNITS[:5], 1)), links=(OrganisationLinkFact(1, 4, "controls"),))
DAYS = st.sampled_from(["", "2019", "2024-03", "2026-11-21", "2026-11-22", "2027"])
KEYS = st.none() | st.integers(1, 5)
PROCEDURES = st.sampled_from([word.code for word in vocabulary.words("procedure")] + [""])


def words(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from([word.code for word in vocabulary.words(kind)])


EMPLOYMENTS = st.builds(EmploymentFact, name=st.sampled_from(UNITS), organisation_id=KEYS, end=DAYS,
                        current=st.booleans())
INTERESTS = st.builds(InterestFact, kind=words("interest"), name=st.sampled_from([*PEOPLE, *UNITS]),
                      relation=words("relation"), organisation_id=KEYS,
                      organisation_name=st.sampled_from(UNITS), end=DAYS, unlisted=st.booleans())
PARTICIPANTS = st.builds(
    ParticipantFact,
    kind=st.sampled_from(["party", "legal_representative", "agent", "inventor", "patentee", "examiner"]),
    name=st.sampled_from([*PEOPLE, *UNITS]), side=words("party_side"), place=st.integers(0, 3),
    organisation_id=KEYS, firm_name=st.sampled_from(UNITS), firm_id=KEYS,
    person_kind=st.sampled_from(["person", "organisation"]),
    ended=DAYS)
SERVICE = st.builds(ServiceFact, case_id=st.integers(8, 12), number=st.just("(2025)某案"),
                    procedure=PROCEDURES, role=words("case_role"), state=words("assignment_state"),
                    dispute_id=st.none() | st.integers(1, 2))
LINKS = st.builds(LinkFact, case_id=st.integers(8, 12), number=st.just("(2025)某案"), kind=words("case_link"),
                  procedure=PROCEDURES, earlier=st.booleans())
FACTS = st.one_of(EMPLOYMENTS, INTERESTS, SERVICE)
PERSONS = st.builds(PersonFacts, id=st.just(1), uid=st.just("u"), name=st.sampled_from(PEOPLE),
                    employments=st.lists(EMPLOYMENTS, max_size=3).map(tuple),
                    interests=st.lists(INTERESTS, max_size=3).map(tuple),
                    service=st.lists(SERVICE, max_size=3).map(tuple))
CASES = st.builds(CaseFacts, id=st.just(10), number=st.just("(2026)辽01知民初418号"),
                  dispute_id=st.none() | st.integers(1, 2), procedure=PROCEDURES, role=words("role"),
                  participants=st.lists(PARTICIPANTS, max_size=4).map(tuple),
                  links=st.lists(LINKS, max_size=2).map(tuple))


def check(person: PersonFacts, case: CaseFacts) -> list[Finding]:
    return check_recusal(person, case, BOOK, RULES, "2026-11-22")


def with_fact(person: PersonFacts, fact: EmploymentFact | InterestFact | ServiceFact) -> PersonFacts:
    if isinstance(fact, EmploymentFact):
        return replace(person, employments=(*person.employments, fact))
    if isinstance(fact, InterestFact):
        return replace(person, interests=(*person.interests, fact))
    return replace(person, service=(*person.service, fact))


def whom(finding: Finding) -> tuple[str, ...]:
    """Who or what in the case it is about: a participant by name and position, else the case, dispute or patent.

    Not by the text of the second fact: a namesake (R11) is shown with the firm and address that were compared, the
    same participant recognised (R1) by name alone.
    """
    said = finding.parameters
    return (str(said["side"]), str(said["place"]), str(said["other"])) if "other" in said else (finding.facts[1].value,)


def kept(before: Finding, after: list[Finding]) -> bool:
    """The same is still said of the same participant, or something graver took its place."""
    return any(whom(one) == whom(before) and (
        LEVELS.index(one.level) > LEVELS.index(before.level)
        or (one.code, one.level) == (before.code, before.level)) for one in after)


@example(  # a party of the same name was a namesake (R11) until the person's unit was known to be the firm named there
    PersonFacts(id=1, uid="u", name="王砚"),
    CaseFacts(id=10, number="(2026)辽01知民初418号", participants=(
        ParticipantFact("party", "王砚", "plaintiff", firm_name="东北大学", person_kind="person"),)),
    EmploymentFact(name="东北大学", current=True))
@given(PERSONS, CASES, FACTS)
def test_another_fact_of_the_person_hides_nothing(person: PersonFacts, case: CaseFacts,
                                                  fact: EmploymentFact | InterestFact | ServiceFact):
    after = check(with_fact(person, fact), case)
    assert all(kept(one, after) for one in check(person, case))


def taken_over(before: Finding, after: list[Finding], other: ParticipantFact) -> bool:
    """The same, or something graver, is said of the party ``other``, who is the patentee of before."""
    return (before.parameters.get("kind"), before.parameters.get("other"), other.kind) == (
        "patentee", other.name, "party") and any(
        one.parameters.get("other") == other.name and LEVELS.index(one.level) >= LEVELS.index(before.level)
        for one in after)


@example(  # a patentee who is a party is listed once, as the party
    PersonFacts(id=1, uid="u", name="王砚"),
    CaseFacts(id=10, number="(2026)辽01知民初418号", participants=(
        ParticipantFact("patentee", "王砚", "plaintiff", firm_name="东北大学", person_kind="person"),)),
    ParticipantFact("party", "王砚", "plaintiff", firm_name="东北大学", person_kind="person"))
@example(  # a party of that name of another kind does not hide the patentee whom the person works for
    PersonFacts(id=1, uid="u", name="王砚", employments=(EmploymentFact(name="东北大学", current=True),)),
    CaseFacts(id=10, number="(2026)辽01知民初418号", participants=(ParticipantFact("patentee", "东北大学"),)),
    ParticipantFact("party", "东北大学", "defendant", person_kind="person"))
@example(  # nor one that says less of the patentee, whose firm is the person's unit
    PersonFacts(id=1, uid="u", name="王砚", employments=(EmploymentFact(name="东北大学", current=True),)),
    CaseFacts(id=10, number="(2026)辽01知民初418号", participants=(
        ParticipantFact("patentee", "王砚", firm_name="东北大学", person_kind="person"),)),
    ParticipantFact("party", "王砚", "defendant", person_kind="person"))
@given(PERSONS, CASES, PARTICIPANTS)
def test_another_participant_hides_nothing(person: PersonFacts, case: CaseFacts, other: ParticipantFact):
    after = check(person, replace(case, participants=(*case.participants, other)))
    assert all(one in after or taken_over(one, after, other) for one in check(person, case))


@given(PERSONS, CASES)
def test_order_does_not_matter_and_every_finding_speaks(person: PersonFacts, case: CaseFacts):
    found = check(person, case)
    turned = check(replace(person, employments=person.employments[::-1], interests=person.interests[::-1]),
                   replace(case, participants=case.participants[::-1]))
    assert sorted(one.text for one in found) == sorted(one.text for one in turned)
    for one in found:
        assert one.text != f"matching.{one.code}"
        assert "…" not in one.text
        assert str(one.source)
        assert len(one.facts) >= 2
        assert all(fact.what == "link" for fact in one.facts[2:])
        assert one.level in LEVELS
