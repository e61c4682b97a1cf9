"""Plans on both engines: who sits where, what is refused, applied as a unit and taken back."""

import json
from pathlib import Path
from typing import Any

import pytest

from expertpool.assignments.service import assignment_rows
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, CaseFieldDraft, PartyDraft
from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, RoleDraft
from expertpool.experts.register import register
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint
from expertpool.planning.apply import apply_plan, check_plan
from expertpool.planning.plan import Plan, make_plan
from expertpool.pool import ExpertPool

NUMBERS = [f"(2026)辽01知民初{number}号" for number in (501, 502, 503, 504)]
TERM = RoleDraft(role="technical_investigator", start="2024-03-01", end="2028-12-31")


def person(pool: ExpertPool, name: str, employer: str, code: str, **values: Any) -> None:
    register(pool, PersonDraft(name=name, employments=[EmploymentDraft(employer=employer)], roles=[TERM],
                               fields_=[FieldDraft(code=code, main=True)], **values))


def uid(pool: ExpertPool, name: str) -> str:
    return next(row.uid for row in people_rows(pool, people_ids(pool, PeopleQuery())[:]) if row.name == name)


@pytest.fixture
def docket(pool: ExpertPool) -> ExpertPool:
    """Four cases of two fields, five people; one works for a party of the second case."""
    person(pool, "秦望舒", "浑河理工大学", "B62D", case_cap=2)
    person(pool, "何其远", "浑河理工大学", "B62D")
    person(pool, "苏见山", "步云机器人有限公司", "B62D")
    person(pool, "林知夏", "棋盘山药物研究所", "A61K", case_cap=1)
    person(pool, "周未央", "辉山制药研究院", "A61K")
    for number, code, party in zip(NUMBERS, ("B62D", "B62D", "A61K", "A61K"),
                                   ("甲示例有限公司", "步云机器人有限公司", "乙示例有限公司", "丙示例有限公司"), strict=True):
        open_case(pool, CaseDraft(number=number, filed_on="2026-09-01", fields_=[CaseFieldDraft(code=code)],
                                  people_needed=2 if number == NUMBERS[0] else 1,
                                  parties=[PartyDraft(side="plaintiff", name=party)]))
    return pool


def test_a_plan_keeps_every_rule_and_says_what_it_means(docket: ExpertPool) -> None:
    plan = make_plan(docket)
    assert check_plan(docket, plan) == []
    by_case = {number: [seat.name for seat in plan.seats if seat.number == number] for number in NUMBERS}
    assert len(by_case[NUMBERS[0]]) == 2
    assert not {"秦望舒", "何其远"} <= set(by_case[NUMBERS[0]])  # one employer
    assert "苏见山" not in by_case[NUMBERS[1]]  # works for the party
    assert {by_case[NUMBERS[2]][0], by_case[NUMBERS[3]][0]} <= {"林知夏", "周未央"}
    assert [case.empty for case in plan.cases] == [0, 0, 0, 0]
    assert plan.total == pytest.approx(sum(seat.score for seat in plan.seats), abs=0.05)
    assert all(one.after <= one.cap for one in plan.people)
    assert not assignment_rows(docket)


def test_applied_as_a_unit_and_taken_back(docket: ExpertPool) -> None:
    plan = make_plan(docket, way="fair")
    changes = apply_plan(docket, plan)
    rows = assignment_rows(docket)
    assert sorted((row.case, row.person) for row in rows) == sorted((seat.number, seat.name)
                                                                          for seat in plan.seats)
    assert all(row.check_id for row in rows)
    assert make_plan(docket).seats == ()
    docket.undo(changes.entry)
    assert assignment_rows(docket) == []


def test_fixed_and_forbidden_seats_are_kept(docket: ExpertPool) -> None:
    one, other = uid(docket, "何其远"), uid(docket, "周未央")
    plan = make_plan(docket, fixed={NUMBERS[1]: [one]}, forbidden={(NUMBERS[3], other)})
    assert [(seat.name, seat.fixed) for seat in plan.seats if seat.number == NUMBERS[1]] == [("何其远", True)]
    assert "周未央" not in [seat.name for seat in plan.seats if seat.number == NUMBERS[3]]
    with pytest.raises(UserProblem) as refused:
        make_plan(docket, fixed={NUMBERS[1]: [uid(docket, "苏见山")]})
    assert refused.value.code == "plan.fixed"


def test_seats_stay_empty_rather_than_break_a_rule(pool: ExpertPool) -> None:
    person(pool, "秦望舒", "浑河理工大学", "B62D", case_cap=1)
    for number in NUMBERS[:2]:
        open_case(pool, CaseDraft(number=number, filed_on="2026-09-01", fields_=[CaseFieldDraft(code="B62D")]))
    plan = make_plan(pool)
    assert sorted((case.empty, case.why) for case in plan.cases) == [(0, ""), (1, "taken")]


def test_nobody_serves_twice_in_a_dispute(pool: ExpertPool) -> None:
    person(pool, "秦望舒", "浑河理工大学", "B62D")
    open_case(pool, CaseDraft(number=NUMBERS[0], filed_on="2026-01-01", fields_=[CaseFieldDraft(code="B62D")]))
    open_case(pool, CaseDraft(number="(2026)最高法知民终9号", filed_on="2026-09-01", original_number=NUMBERS[0],
                              fields_=[CaseFieldDraft(code="B62D")]))
    assert len(make_plan(pool).seats) == 1


def test_a_plan_that_no_longer_holds_writes_nothing(docket: ExpertPool) -> None:
    plan = make_plan(docket)
    seat = next(seat for seat in plan.seats if seat.number == NUMBERS[2])
    appoint(docket, NUMBERS[2], seat.uid)
    assert {one.what for one in check_plan(docket, plan)} >= {"need", "blocked"}
    before = docket.state()
    with pytest.raises(UserProblem) as refused:
        apply_plan(docket, plan)
    assert refused.value.code == "plan.broken"
    assert docket.state() == before


def test_the_checker_finds_what_a_hand_broke(docket: ExpertPool) -> None:
    plan = make_plan(docket)
    seats = plan.seats
    doubled = Plan(**{**vars(plan), "seats": (*seats, seats[0])})
    assert "twice" in {one.what for one in check_plan(docket, doubled)}
    full = [seat for seat in seats if seat.name == "林知夏"]
    moved = Plan(**{**vars(plan), "seats": tuple(
        seat if seat.number not in NUMBERS[2:] else type(seat)(**{
            **{name: getattr(seat, name) for name in seat.__slots__}, "uid": full[0].uid, "name": full[0].name,
            "employer": full[0].employer}) for seat in seats)})
    assert "cap" in {one.what for one in check_plan(docket, moved)}


def test_the_command_line_makes_and_applies(docket: ExpertPool, pool_target: str, tmp_path: Path, capsys: Any,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_DATABASE", pool_target)

    def call(*arguments: str) -> tuple[int, str]:
        code = run(["--language", "en", *arguments])
        SETTINGS.database = ""
        return code, capsys.readouterr().out

    code, out = call("plan", "make", "--json", "--out", str(tmp_path / "plan.json"))
    assert code == 0
    assert len(json.loads(out)["seats"]) == 5
    assert call("plan", "apply", str(tmp_path / "plan.json"), "--json")[0] == 0
    assert len(assignment_rows(docket)) == 5
    (tmp_path / "other.json").write_text("[]", encoding="utf-8")
    assert call("plan", "apply", str(tmp_path / "other.json"))[0] == 1
