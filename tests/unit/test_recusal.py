"""Recusal: each rule where it applies, where it does not, and at its edge."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from expertpool.checks.facts import (
    CaseFacts,
    DeclarationFact,
    EmploymentFact,
    InterestFact,
    ParticipantFact,
    PersonFacts,
)
from expertpool.checks.findings import Finding, whom
from expertpool.checks.recusal import check_case, check_recusal
from expertpool.foundation.language import language, set_language
from expertpool.organisations.book import OrganisationBook, OrganisationLinkFact, UnitName
from expertpool.organisations.names import normalise
from expertpool.organisations.ties import AliasNote, SourcedBook, SourcedLink
from expertpool.rules.book import RuleBook

RULES = RuleBook.load()
TODAY = date(2026, 11, 22)
ROBOT, HEAVY, FIRM, GROUP, OLD = 1, 2, 3, 4, 5
BOOK = OrganisationBook(
    names={ROBOT: "沈阳云岭机器人股份有限公司", HEAVY: "大连海风重工股份有限公司", FIRM: "辽宁青松律师事务所",
           GROUP: "北方云岭控股集团有限公司", OLD: "沈阳第九机械厂"},
    aliases={normalise("云岭机器人"): ROBOT},
    links=(OrganisationLinkFact(GROUP, ROBOT, "controls", "2015"),
           OrganisationLinkFact(OLD, ROBOT, "formerly")))
PARTIES = (
    ParticipantFact("party", "大连海风重工股份有限公司", "plaintiff", 0, HEAVY),
    ParticipantFact("party", "沈阳云岭机器人股份有限公司", "defendant", 1, ROBOT),
    ParticipantFact("party", "周明远", "defendant", 2, person_kind="person", id_number="210102197805123016"),
    ParticipantFact("legal_representative", "郑海生", "plaintiff", firm_name="大连海风重工股份有限公司",
                    firm_id=HEAVY),
    ParticipantFact("agent", "何律言", "plaintiff", firm_name="辽宁青松律师事务所", firm_id=FIRM),
    ParticipantFact("inventor", "林知微", patent="ZL200310102344.5"),
    ParticipantFact("examiner", "秦审之", patent="ZL200310102344.5"),
)
CASE = CaseFacts(10, "(2026)辽01知民初418号", procedure="first_instance", cause_kind="invention",
                 participants=PARTIES, patents=("ZL200310102344.5",))
PERSON = PersonFacts(1, "u1", "王砚")


def check(person: PersonFacts, case: CaseFacts = CASE, **more: str) -> list[Finding]:
    return check_recusal(person, case, BOOK, RULES, TODAY, **more)


def hits(person: PersonFacts, case: CaseFacts = CASE) -> set[tuple[str, str]]:
    return {(finding.code, finding.level) for finding in check(person, case)}


def works(name: str, **more: Any) -> PersonFacts:
    return replace(PERSON, employments=(EmploymentFact(name, **more),))


def declares(kind: str, **more: Any) -> PersonFacts:
    return replace(PERSON, interests=(InterestFact(kind, **more),))


def test_a_stranger_is_free():
    assert check(PERSON) == []
    assert check(works("沈阳工业大学")) == []


# R1 and R11: the person himself

def test_r1_same_number_even_under_another_name():
    assert hits(replace(PERSON, id_number="210102197805123016")) == {("R1.same_id", "block")}
    fifteen = "210102780512301"  # as given until 1999
    assert hits(replace(PERSON, id_number=fifteen)) == {("R1.same_id", "block")}


def test_r1_name_and_unit():
    assert ("R1.same_unit", "block") in hits(replace(works("大连海风重工股份有限公司"), name="郑海生"))
    agent = replace(works("辽宁青松律师事务所", current=False, end="2010"), name="何律言")
    assert hits(agent) == {("R1.same_unit", "block")}


def test_r11_name_alone():
    assert hits(replace(PERSON, name="林知微")) == {("R11.same_name", "warn")}
    assert hits(replace(PERSON, former_names=("林 知微",))) == {("R11.same_name", "warn")}
    assert hits(replace(PERSON, name="周明远")) == {("R11.same_name", "warn")}


def test_r11_not_where_the_numbers_differ():
    assert hits(replace(PERSON, name="周明远", id_number="11010519491231002X")) == set()


# R2: the unit

@pytest.mark.parametrize("employer", [
    EmploymentFact("沈阳云岭机器人股份有限公司"), EmploymentFact("whatever was typed", ROBOT),
    EmploymentFact("云岭机器人"), EmploymentFact("沈阳 云岭机器人股份有限公司（退休）"),
    EmploymentFact("沈阳云岭机器人股份有限公司", end="2026-11-22"),
    EmploymentFact("沈阳云岭机器人股份有限公司", end="2026"),
])
def test_r2_the_same_unit(employer: EmploymentFact):
    assert hits(replace(PERSON, employments=(employer,))) == {("R2.same_unit", "block")}


def test_r2_group_branch_and_office():
    assert hits(works("北方云岭控股集团有限公司")) == {("R2.group", "warn")}
    assert hits(works("沈阳第九机械厂")) == {("R2.branch", "block")}
    assert hits(declares("office", organisation_name="大连海风重工股份有限公司")) == {("R2.office", "block")}


def test_r2_links_count_only_while_they_hold():
    links = (OrganisationLinkFact(GROUP, ROBOT, "controls", "2015", "2020-06"),)
    book = replace(BOOK, links=links)
    assert check_recusal(works("北方云岭控股集团有限公司"), CASE, book, RULES, TODAY) == []
    assert check_recusal(works("北方云岭控股集团有限公司"), CASE, book, RULES, "2020-06-30") != []
    begun = replace(BOOK, links=(OrganisationLinkFact(GROUP, ROBOT, "controls", "2027"),))
    assert check_recusal(works("北方云岭控股集团有限公司"), CASE, begun, RULES, TODAY) == []


def test_r2_names_both_data_and_the_article():
    before = language()
    try:
        set_language("en")
        finding, = check(works("沈阳云岭机器人股份有限公司", start="2021-03", source="名册.xlsx · 第7行"))
        assert finding.text == ("王砚 works for “沈阳云岭机器人股份有限公司” (since 2021-03), which is defendant 1 "
                                "“沈阳云岭机器人股份有限公司” in this case.")
        assert [fact.value for fact in finding.facts] == [
            "沈阳云岭机器人股份有限公司 (2021-03 –)", "沈阳云岭机器人股份有限公司"]
        assert finding.facts[0].source == "名册.xlsx · 第7行"
        assert "art. 47" in str(finding.source)
        set_language("zh_CN")
        assert "第四十七条" in str(finding.source)
        assert whom("party", "defendant", 12).replace(" ", "") == "被告十二"
    finally:
        set_language(before)


# R3: a unit left

@pytest.mark.parametrize(("end", "code"), [
    ("2026-11-21", "R3.left_recently"), ("2024", "R3.left_recently"), ("2023-11-23", "R3.left_recently"),
    ("2023-11", "R3.left_recently"), ("2023-11-22", "R3.left_recently"), ("2023-11-21", ""), ("2023-10", ""), ("2022", ""), ("", "R3.left_unknown"),
])
def test_r3_three_years(end: str, code: str):
    found = hits(works("沈阳云岭机器人股份有限公司", current=False, end=end))
    assert found == ({(code, "warn")} if code else set())


def test_r3_level_can_be_raised():
    rules = RuleBook.load({"R3": {"outcomes": {"left_recently": "block"}}})
    person = works("沈阳云岭机器人股份有限公司", current=False, end="2025")
    assert [one.level for one in check_recusal(person, CASE, BOOK, rules, TODAY)] == ["block"]


# R4: declared units and persons

def test_r4_units():
    assert hits(declares("avoid_unit", organisation_name="云岭机器人")) == {("R4.unit", "block")}
    assert hits(declares("avoid_unit", name="沈阳云岭机器人股份有限公司")) == {("R4.unit", "block")}
    assert hits(declares("avoid_unit", organisation_name="辽宁青松律师事务所")) == {("R4.unit", "block")}
    group = declares("avoid_unit", organisation_name="北方云岭控股集团有限公司")
    assert hits(group) == {("R4.group", "warn")}
    assert hits(declares("avoid_unit", organisation_name="鞍山白鹿制药有限公司")) == set()


def test_r4_persons():
    assert hits(declares("avoid_person", name="何 律言")) == {("R4.person", "block")}
    assert hits(declares("avoid_person", name="周明远", id_number="11010519491231002X")) == set()


def test_r4_ends_with_the_declaration():
    robot = {"organisation_name": "云岭机器人"}
    assert hits(declares("avoid_unit", end="2026-11-21", **robot)) == set()
    assert hits(declares("avoid_unit", end="2026-11-22", **robot)) == {("R4.unit", "block")}


# R5: relatives

@pytest.mark.parametrize(("relation", "name", "expected"), [
    ("spouse", "何律言", ("R5.relative", "block")), ("sibling_in_law", "周明远", ("R5.relative", "block")),
    ("cousin", "郑海生", ("R5.relative", "block")), ("", "周明远", ("R5.relative", "block")),
    ("brother", "林知微", ("R5.inventor", "warn")), ("classmate", "何律言", ("R5.other_relation", "warn")),
])
def test_r5_relatives(relation: str, name: str, expected: tuple[str, str]):
    assert hits(declares("relative", name=name, relation=relation)) == {expected}


def test_r5_others_and_units():
    assert hits(declares("relative", name="别的人", relation="spouse")) == set()
    at_party = {"name": "别的人", "relation": "spouse", "organisation_name": "大连海风重工股份有限公司"}
    assert hits(declares("relative", **at_party)) == {("R5.unit", "warn")}
    assert hits(declares("relative", **(at_party | {"relation": "friend"}))) == set()


# R6: agents' firms and mandates

def test_r6_firms():
    assert hits(works("辽宁青松律师事务所")) == {("R6.firm", "block")}
    assert hits(works("辽宁青松律师事务所", current=False, end="2026-03")) == {("R6.former_firm", "block")}
    assert hits(works("辽宁青松律师事务所", current=False, end="2025-10")) == set()
    assert hits(works("辽宁青松律师事务所大连分所")) == {("R6.branch", "block")}


def test_r6_an_agent_who_left_long_ago():
    gone = replace(CASE, participants=(replace(PARTIES[4], ended="2025-06"),))
    assert hits(works("辽宁青松律师事务所"), gone) == set()
    lately = replace(CASE, participants=(replace(PARTIES[4], ended="2026-06"),))
    assert hits(works("辽宁青松律师事务所"), lately) == {("R6.firm", "block")}


@pytest.mark.parametrize(("end", "hit"), [
    ("", True), ("2026-01", True), ("2025-11-22", True), ("2025-11-21", False)])
def test_r6_mandates_for_one_year(end: str, hit: bool):
    found = hits(declares("mandate", organisation_name="大连海风重工股份有限公司", end=end))
    assert found == ({("R6.mandate", "block")} if hit else set())


# R8, R9, R12, R13, R14

def test_r8_the_patent():
    assert hits(declares("examined_patent", name="200310102344.5")) == {("R8.declared", "block")}
    assert hits(declares("patent", name="ZL 2003 1 0102344.5")) == {("R8.own_patent", "block")}
    assert hits(declares("examined_patent", name="ZL201920123456.9")) == set()
    assert hits(replace(PERSON, name="秦审之")) == {("R8.same_name", "warn")}


def test_r9_holdings():
    heavy = {"organisation_name": "大连海风重工股份有限公司"}
    assert hits(declares("holding", **heavy)) == {("R9.unlisted", "block")}
    assert hits(declares("holding", unlisted=False, **heavy)) == {("R9.listed", "inform")}
    assert hits(declares("holding", end="2026-01", **heavy)) == set()
    assert hits(declares("holding", organisation_name="北方云岭控股集团有限公司")) == {("R9.group", "warn")}
    listed = replace(BOOK, listed=frozenset({HEAVY}))
    found = check_recusal(declares("holding", **heavy), CASE, listed, RULES, TODAY)
    assert [one.code for one in found] == ["R9.listed"]


def test_r12_alike_names():
    assert hits(works("沈阳云岭机器人有限公司")) == {("R12.alike", "warn")}
    assert hits(works("大连海风重工")) == {("R12.alike", "warn")}
    assert hits(declares("avoid_unit", organisation_name="沈阳云岭机器人有限公司")) == {("R12.alike", "warn")}


def test_r13_only_before_the_notice():
    assert check(PERSON, stage="assign") == []
    assert [one.code for one in check(PERSON, stage="notice")] == ["R13.missing"]
    signed = replace(PERSON, declarations=(DeclarationFact(CASE.id, "2026-11-20"),))
    assert check(signed, stage="notice") == []
    other = replace(PERSON, declarations=(DeclarationFact(99, "2026-11-20"), DeclarationFact(CASE.id, "")))
    assert [one.code for one in check(other, stage="notice")] == ["R13.missing"]


@pytest.mark.parametrize(("kind", "codes"), [
    ("invention", []), ("software", []), ("", []), ("trademark", [("R14.outside", "warn")]),
    ("technical_contract", [("R14.also", "inform")]),
])
def test_r14_kinds_of_cases(kind: str, codes: list[tuple[str, str]]):
    found = check_case(replace(CASE, cause="某纠纷", cause_kind=kind), RULES, TODAY)
    assert [(one.code, one.level) for one in found] == codes


def test_worst_first_and_as_json():
    jobs = (EmploymentFact("大连海风重工"), EmploymentFact("沈阳云岭机器人股份有限公司"))
    found = check(replace(PERSON, employments=jobs))
    assert [one.level for one in found] == ["block", "warn"]
    row = found[0].as_json()
    assert (row["rule"], row["severity"]) == ("R2", "block")
    assert row["text"]
    assert row["source"]
    assert all("{" not in one.text and "…" not in one.text for one in found)


def test_the_book_of_units():
    assert BOOK.relation(UnitName("云岭机器人"), UnitName("", ROBOT), TODAY).kind == "same"
    assert not BOOK.relation(UnitName(""), UnitName("云岭机器人"), TODAY)
    through = replace(BOOK, links=(OrganisationLinkFact(GROUP, ROBOT), OrganisationLinkFact(GROUP, HEAVY)))
    relation = through.relation(UnitName("", ROBOT), UnitName("", HEAVY), TODAY)
    assert (relation.kind, relation.via) == ("group", ("北方云岭控股集团有限公司",))


def test_rules_act_only_while_they_are_in_force():
    person = works("沈阳云岭机器人股份有限公司")
    for first, last, acts in (("2019-05-01", "", True), ("2026-11-22", "2026-11-22", True),
                              ("2026-11-23", "", False), ("2019-05-01", "2026-11-21", False)):
        rules = replace(RULES, rules=tuple(replace(rule, valid_from=first, valid_to=last) if rule.id == "R2" else rule
                                           for rule in RULES.rules))
        assert bool(check_recusal(person, CASE, BOOK, rules, TODAY)) == acts
    off = RuleBook.load({"R3": {"off": True}})
    left = works("沈阳云岭机器人股份有限公司", current=False, end="2026")
    assert check_recusal(left, CASE, BOOK, RULES, TODAY)
    assert check_recusal(left, CASE, BOOK, off, TODAY) == []


def test_links_and_other_names_are_facts_with_their_sources():
    book = SourcedBook(BOOK.names, BOOK.aliases, (SourcedLink(GROUP, ROBOT, "controls", "2015", source="年报"),),
                       notes={normalise("云岭机器人"): AliasNote("云岭机器人", "short", "企业公示")})
    finding, = check_recusal(works("北方云岭控股集团有限公司", start="2020-01", source="名册"), CASE, book, RULES, TODAY)
    assert [(fact.what, fact.value, fact.source) for fact in finding.facts] == [
        ("employment", "北方云岭控股集团有限公司 (2020-01 –)", "名册"),
        ("participant", "沈阳云岭机器人股份有限公司", ""),
        ("link", "北方云岭控股集团有限公司 → 沈阳云岭机器人股份有限公司", "年报")]
    assert finding.text == (
        "王砚 works for “北方云岭控股集团有限公司” (since 2020-01); “北方云岭控股集团有限公司” controls defendant 1 "
        "“沈阳云岭机器人股份有限公司” (since 2015, source: 年报); “沈阳云岭机器人股份有限公司” is defendant 1 in this case.")
    finding, = check_recusal(works("云岭机器人"), CASE, book, RULES, TODAY)
    assert [fact.source for fact in finding.facts] == ["", "", "企业公示"]
    assert "source: 企业公示" in finding.text


def test_the_key_of_a_namesake_follows_what_was_compared():
    def key(person: PersonFacts, case: CaseFacts = CASE) -> str:
        finding, = check_recusal(person, case, BOOK, RULES, TODAY)
        return finding.key

    one = replace(works("沈阳工业大学"), name="周明远", birth="1980-05")
    assert key(one) == key(replace(one, birth="1980-06"))  # the year was compared
    assert key(one) != key(replace(one, birth="1981"))
    assert key(one) != key(replace(one, employments=(EmploymentFact("沈阳航空航天大学"),)))
    moved = tuple(replace(party, address="大连市示例路1号") if party.name == "周明远" else party for party in PARTIES)
    assert key(one) != key(one, replace(CASE, participants=moved))
    before = language()
    try:
        english = key(one)
        set_language("zh_CN")
        assert key(one) == english
    finally:
        set_language(before)


def test_r15_one_appraiser_alone():
    for role, people, codes in (("judicial_appraiser", 1, ["R15.few"]), ("judicial_appraiser", 2, []),
                                ("technical_investigator", 1, [])):
        found = check_case(replace(CASE, role=role, people_needed=people), RULES, TODAY)
        assert [one.code for one in found] == codes


def test_the_key_of_alike_names_holds_in_other_cases_too():
    person = works("沈阳云岭机器人有限公司")
    keys = set()
    for side, place in (("defendant", 1), ("plaintiff", 0)):
        party = ParticipantFact("party", "沈阳云岭机器人股份有限公司", side, place)
        finding, = check_recusal(person, replace(CASE, participants=(party,)), OrganisationBook(), RULES, TODAY)
        assert finding.rule == "R12"
        keys.add(finding.key)
    assert len(keys) == 1
