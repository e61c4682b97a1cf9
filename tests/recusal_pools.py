"""Small pools full of ties between people, units and cases, made by a given source of chance."""

from random import Random

from expertpool.assignments.service import record_assignments
from expertpool.cases.docket import enter
from expertpool.cases.drafts import AgentDraft, CaseDraft, PartyDraft, PatentDraft
from expertpool.experts.drafts import EmploymentDraft, InterestDraft, PersonDraft, RoleDraft
from expertpool.experts.register import register_many
from expertpool.organisations.register import add_alias, link
from expertpool.pool import ExpertPool

COMPANIES = ["沈阳云岭达机器人有限公司", "大连海风通重工有限公司", "鞍山白鹿盛制药有限公司", "锦州松涛昌仪表有限公司"]
FIRMS = ["辽宁青松康律师事务所", "吉林长河诚知识产权代理有限公司"]
ALIASES = {"云岭达机": COMPANIES[0], "老海风厂": COMPANIES[1]}
BRANCH = "营口示范作业分部"
NAMES = ["王砚", "何律言", "周明远", "林知微", "郑海生", "秦审之"]
PATENTS = ["201910123456.8", "202020123456.1"]
DAYS = ["", "", "", "2019", "2024-03", "2025-11-21", "2025-11-22", "2026-03", "2026-11-21", "2026-11-22", "2027"]
RELATIONS = ["spouse", "brother", "cousin", "parent_in_law", "classmate", "friend", "former_spouse"]
KINDS = ["mandate", "holding", "relative", "avoid_unit", "office", "avoid_person", "case_role", "examined_patent",
         "patent"]
CHAIN = ["(2023)辽01知民初{}号", "(2024)最高法知民终{}号", "(2025)辽01知民初{}号", "(2025)最高法知民终{}号",
         "(2026)最高法知民再{}号"]


def units(chance: Random) -> str:
    """A unit by one of its names."""
    return chance.choice([*COMPANIES, *FIRMS, *ALIASES, BRANCH])


def employment(chance: Random) -> EmploymentDraft:
    """A post of any time."""
    end = chance.choice(DAYS)
    return EmploymentDraft(employer=units(chance), end=end, current=chance.random() < 0.7)


def interest(chance: Random, numbers: list[str], kind: str = "") -> InterestDraft:
    """A declared interest, of any kind if none is given."""
    kind = kind or chance.choice(KINDS)
    end = chance.choice(DAYS)
    if kind == "relative":
        return InterestDraft(kind=kind, name=chance.choice(NAMES), relation=chance.choice(RELATIONS), end=end)
    if kind == "avoid_person":
        return InterestDraft(kind=kind, name=chance.choice(NAMES), end=end)
    if kind in ("examined_patent", "patent"):
        return InterestDraft(kind=kind, name=chance.choice(PATENTS))
    if kind == "case_role":
        return InterestDraft(kind=kind, name=chance.choice(numbers), detail=chance.choice(["witness", "juror", "agent"]))
    relation = chance.choice(["", "", "spouse", "friend"]) if kind == "holding" else ""
    return InterestDraft(kind=kind, unit=units(chance), end=end, relation=relation,
                         name=chance.choice(NAMES) if relation else "", unlisted=chance.random() < 0.7)


def person(chance: Random, numbers: list[str], place: int) -> PersonDraft:
    """Somebody who may be appointed, with a post, an interest or both; the kinds of interest take turns."""
    kinds = [KINDS[place % len(KINDS)], ""][:chance.choice([1, 1, 2])] if place % 3 else []
    jobs = chance.choice([0, 0, 0, 1]) if kinds else chance.choice([0, 1, 1, 2])
    return PersonDraft(
        name=chance.choice(NAMES), id_number=chance.choice(["", "", "210102197805123016"]),
        employments=[employment(chance) for _one in range(jobs)],
        interests=[interest(chance, numbers, kind) for kind in kinds], case_cap=99,
        roles=[RoleDraft(role=role, start="2024", end="2029") for role in ("technical_investigator",
                                                                           "judicial_appraiser")])


def party(chance: Random, side: str) -> PartyDraft:
    """A company with a representative and perhaps an agent, or a person."""
    if chance.random() < 0.3:
        return PartyDraft(side=side, name=chance.choice(NAMES), kind="person",
                          id_number=chance.choice(["", "210102197805123016"]))
    agents = [AgentDraft(name=chance.choice(NAMES), firm=chance.choice([*FIRMS, ""]))] if chance.random() < 0.5 else []
    return PartyDraft(side=side, name=chance.choice([*COMPANIES, *ALIASES, BRANCH]), agents=agents,
                      legal_representative=chance.choice([*NAMES, "", ""]))


def fill(pool: ExpertPool, chance: Random, people: int, lines: int) -> tuple[list[int], list[str]]:
    """Enter people and lines of cases, aliases, links, some service. Ids of the people, numbers of the cases."""
    drafts: list[CaseDraft] = []
    for one in range(lines):
        for step in range(chance.choice([1, 1, 2, 4, len(CHAIN)])):
            drafts.append(CaseDraft(
                number=CHAIN[step].format(100 + one), original_number=CHAIN[step - 1].format(100 + one) if step else "",
                role_needed=chance.choice(["technical_investigator"] * 3 + ["judicial_appraiser"]),
                parties=[party(chance, side) for side in ("plaintiff", "defendant")],
                patents=[PatentDraft(number=chance.choice(PATENTS), inventors=[chance.choice(NAMES)],
                                     patentees=[chance.choice([*COMPANIES, NAMES[0]])])] if chance.random() < 0.5 else []))
    numbers = [draft.number for draft in drafts]
    for alias, unit_name in ALIASES.items():
        add_alias(pool, unit_name, alias)
    link(pool, COMPANIES[2], BRANCH, kind=chance.choice(["branch", "parent"]), end=chance.choice(["", "2020"]))
    link(pool, COMPANIES[0], COMPANIES[3], kind=chance.choice(["controls", "formerly", "affiliated"]))
    start = chance.randrange(2 * len(KINDS))
    with pool.write("import experts") as transaction:
        ids = register_many(transaction, [person(chance, numbers, start + place) for place in range(people)])
        cases = enter(transaction, drafts)
        record_assignments(transaction, [
            {"court_case_id": chance.choice(cases), "person_id": key,
             "role": chance.choice(["technical_investigator", "technical_consultant", "judicial_appraiser"]),
             "state": chance.choice(["completed", "replaced", "declined", "withdrawn"]), "ended_on": "2026-01-01"}
            for key in ids if chance.random() < 0.3])
    return ids, numbers
