"""Panels and what helps when nobody fits, on both engines."""

from itertools import combinations

import pytest

from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, CaseFieldDraft, PartyDraft
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, RoleDraft, UnavailabilityDraft
from expertpool.experts.register import register
from expertpool.matching.panels import COVERED, STEP, Demand, _covers, panel
from expertpool.matching.ranking import rank
from expertpool.matching.relaxations import in_words, relaxations
from expertpool.pool import ExpertPool

NUMBER = "(2026)辽01知民初601号"
TERM = RoleDraft(role="technical_investigator", start="2024-03-01", end="2028-12-31")
OVER = RoleDraft(role="technical_investigator", body="辽宁省高级人民法院", start="2020-03-01", end="2023-02-28")


def person(pool: ExpertPool, name: str, employer: str, code: str, title_level: str = "senior", term: RoleDraft = TERM,
           **values: object) -> None:
    register(pool, PersonDraft.model_validate({
        "name": name, "employments": [EmploymentDraft(employer=employer)], "roles": [term],
        "fields_": [FieldDraft(code=code, main=True)], "title_level": title_level, **values}))


@pytest.fixture
def docket(pool: ExpertPool) -> ExpertPool:
    person(pool, "秦望舒", "浑河理工大学", "B62D")
    person(pool, "何其远", "浑河理工大学", "G05B")
    person(pool, "苏见山", "白塔自动化研究所", "G05B", "associate")
    person(pool, "林知夏", "棋盘山药物研究所", "A61K")
    person(pool, "周未央", "辉山智能装备研究院", "B62D", "intermediate")
    open_case(pool, CaseDraft(number=NUMBER, filed_on="2026-09-01", parties=[
        PartyDraft(side="plaintiff", name="甲示例有限公司")],
        fields_=[CaseFieldDraft(code="B62D"), CaseFieldDraft(code="G05B")]))
    return pool


def test_a_panel_is_the_best_of_all_that_meet_the_demands(docket: ExpertPool) -> None:
    demands = [Demand("G05B"), Demand("senior")]
    found = panel(docket, NUMBER, 2, demands)
    ranking = rank(docket, NUMBER)

    def worth(some: tuple[object, ...]) -> float:
        covered = sum(any(_covers(code, one) for one in some) for code in ranking.fields)
        return sum(round(one.score * STEP) for one in some) + COVERED * covered

    allowed = [some for some in combinations(ranking.candidates, 2)
               if all(sum(demand.met_by(one) for one in some) >= demand.count for demand in demands)
               and len({one.employer for one in some}) == 2]
    assert worth(found.people) == max(map(worth, allowed))
    assert len({one.employer for one in found.people}) == 2
    assert set(found.covered) == {"B62D", "G05B"}


def test_a_contradiction_is_named_with_the_fewest_demands(docket: ExpertPool) -> None:
    found = panel(docket, NUMBER, 3, [Demand("A61K", 2), Demand("senior")])
    assert found.people == ()
    assert len(found.contradiction) == 1
    assert "A61K" in found.contradiction[0]
    many = panel(docket, NUMBER, 9)
    assert len(many.contradiction) == 1
    units = panel(docket, NUMBER, 2, [Demand("G05B"), Demand("B62D"), Demand("senior", 2)])
    assert len(units.contradiction) >= 2


def test_what_helps_when_nobody_fits(pool: ExpertPool) -> None:
    person(pool, "秦望舒", "浑河理工大学", "B62D", unavailable=[UnavailabilityDraft(start="2026-01-01", reason="leave")])
    person(pool, "何其远", "浑河理工大学", "B62D", term=OVER)
    person(pool, "苏见山", "甲示例有限公司", "B62D", term=OVER)
    person(pool, "林知夏", "棋盘山药物研究所", "B60K")
    open_case(pool, CaseDraft(number=NUMBER, filed_on="2026-09-01", fields_=[CaseFieldDraft(code="B62D")], parties=[
        PartyDraft(side="plaintiff", name="甲示例有限公司")]))
    found = relaxations(pool, NUMBER)
    assert (found.fitting, found.free) == (4, 1)
    removed = {one.rule: (one.all, one.alone) for one in found.removed}
    assert removed == {"E-TERM": (2, 1), "E-AWAY": (1, 1), "R2": (1, 0)}
    assert [(step.what, step.people) for step in found.steps] == [("E-AWAY", 1), ("E-TERM", 1)]
    assert found.lenders == (("辽宁省高级人民法院", 1),)
    assert all(line and "{" not in line for line in in_words(found))
