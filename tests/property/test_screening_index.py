"""What is kept for speed says the same as judging everybody anew, after any sequence of changes."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from expertpool.assignments.tables import Assignment
from expertpool.cases.docket import case_by_number, open_case
from expertpool.cases.drafts import AgentDraft, CaseDraft, PartyDraft, PatentDraft
from expertpool.cases.tables import CourtCase
from expertpool.checks.eligibility import check_eligibility
from expertpool.checks.findings import Finding, ordered
from expertpool.checks.load_facts import load_case_facts, load_person_facts
from expertpool.checks.recheck import SweepReport, _judged, findings_now, rules_of, serving
from expertpool.checks.recusal import check_recusal
from expertpool.checks.screening_index import everybody, screen
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import EmploymentDraft, InterestDraft, PersonDraft, RoleDraft
from expertpool.experts.register import edit, register
from expertpool.foundation.dates import today
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint
from expertpool.organisations.load import load_organisation_book
from expertpool.organisations.register import add_alias, link
from expertpool.pool import ExpertPool
from tests.seeds import examples

UNITS = ("沈阳云岭机器人股份有限公司", "沈阳云岭机器人有限公司", "云岭机器人", "浑河理工大学", "浑河理工大学机械学院",
         "辽宁青松律师事务所", "海风重工集团有限公司", "海风重工（沈阳）有限公司")
NAMES = ("王砚", "何律言", "周明远", "欧阳 知微", "阿依古丽·买买提")
NUMBERS = ("(2026)辽01知民初1号", "(2026)最高法知民终2号", "(2026)辽01知民初3号")
TERM = RoleDraft(role="technical_investigator", start="2024-01-01", end="2028-12-31")

units, names = st.sampled_from(UNITS), st.sampled_from(NAMES)
interests = st.builds(InterestDraft, kind=st.sampled_from(["relative", "holding", "mandate", "avoid_unit", "avoid_person",
                                                           "office"]),
                      name=names, relation=st.just("spouse"), unit=units, end=st.sampled_from(["", "2026-10"]))
people = st.builds(
    PersonDraft, name=names, birth=st.sampled_from(["1970-01", "1981-02", "1992-03"]), roles=st.sampled_from([[TERM], []]),
    employments=st.lists(st.builds(EmploymentDraft, employer=units, end=st.sampled_from(["", "2025-05"])), max_size=2),
    interests=st.lists(interests, max_size=2))
cases = st.builds(
    CaseDraft, number=st.sampled_from(NUMBERS), original_number=st.sampled_from(["", NUMBERS[0]]),
    parties=st.lists(st.builds(PartyDraft, side=st.sampled_from(["plaintiff", "defendant"]), name=units,
                               legal_representative=st.just("") | names,
                               agents=st.lists(st.builds(AgentDraft, name=names, firm=units), max_size=1)),
                     min_size=1, max_size=2),
    patents=st.lists(st.builds(PatentDraft, number=st.just("ZL201910123456.7"), inventors=st.lists(names, max_size=1)),
                     max_size=1))
steps = st.lists(st.one_of(
    st.tuples(st.just("register"), people), st.tuples(st.just("edit"), st.integers(0, 9), people),
    st.tuples(st.just("case"), cases), st.tuples(st.just("appoint"), st.integers(0, 9), st.sampled_from(NUMBERS)),
    st.tuples(st.just("alias"), units, st.sampled_from(["云岭", "海风", "浑理"])),
    st.tuples(st.just("link"), units, units), st.tuples(st.just("undo"))), min_size=3, max_size=9)


def take(pool: ExpertPool, step: tuple[Any, ...]) -> None:
    rows = people_rows(pool, people_ids(pool, PeopleQuery())[:])
    match step:
        case ["register", draft]:
            register(pool, draft)
        case ["edit", place, draft] if rows:
            one = rows[place % len(rows)].uid
            edit(pool, one, draft, person_detail(pool, one).version)
        case ["case", draft]:
            open_case(pool, draft)
        case ["appoint", place, number] if rows:
            appoint(pool, number, rows[place % len(rows)].uid, "technical_investigator", reason="已核实")
        case ["alias", unit, alias]:
            add_alias(pool, unit, alias)
        case ["link", upper, lower] if upper != lower:
            link(pool, upper, lower, kind="parent")
        case ["undo"]:
            pool.undo_last()


def said(findings: Any) -> list[tuple[str, str]]:
    return sorted((one.key, one.level) for one in findings)


def anew(pool: ExpertPool, number: str) -> dict[int, list[Finding]]:
    """Everybody judged with nothing kept and nothing left out."""
    rules, day = pool.rules, today()
    with pool.read() as session:
        case = load_case_facts(session, case_by_number(session, number))
        book = load_organisation_book(session)
        found = {}
        for person in load_person_facts(session):
            recusal = check_recusal(person, case, book, rules, day)
            standing = check_eligibility(person, case.role, rules, day)
            if recusal or person.roles or any(hit.rule != "E-ROLE" for hit in standing):
                found[person.id] = ordered([*recusal, *standing])
        return found


@examples(15)
@given(steps)
def test_the_roll_and_the_sweep_leave_nobody_out(taken: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExpertPool.open(Path(folder) / "pool.db") as pool:
        for step in [("register", PersonDraft(name="王砚", roles=[TERM])),
                     ("case", CaseDraft(number=NUMBERS[0], parties=[PartyDraft(side="plaintiff", name=UNITS[0])])),
                     *taken]:
            try:
                take(pool, step)
            except UserProblem:
                continue  # refused: nothing was written
            with pool.read() as session:
                numbers = session.scalars(select(CourtCase.number)).all()
                rules = rules_of(session)
                chosen = serving(session, rules)
                kept = findings_now(session, chosen, rules, SweepReport())
                book = load_organisation_book(session)
                for one in chosen:
                    (person,) = load_person_facts(session, [one.person])
                    record = session.get(CourtCase, one.case)
                    assert record is not None
                    assert said(kept.get(one.id, ())) == said(
                        _judged(person, load_case_facts(session, record, one.role), book, rules))
                assert session.scalars(select(Assignment.id)).all() or not chosen
            for number in numbers:
                screening = screen(pool, number)
                expected = anew(pool, number)
                assert {key: said(hits) for key, hits in everybody(screening)} == {
                    key: said(hits) for key, hits in expected.items()}
                levels = dict(zip(screening.ids.tolist(), screening.levels.tolist(), strict=True))
                assert all(levels[key] == max((["inform", "warn", "block"].index(hit.level) + 1 for hit in hits),
                                              default=0) for key, hits in expected.items())
