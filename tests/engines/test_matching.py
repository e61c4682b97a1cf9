"""From a case to an appointment on both engines: who may serve, who may not and under which law, who is chosen."""

import threading
from typing import Any

import pytest
from sqlalchemy import func, select

from expertpool.assignments.service import assignment_rows
from expertpool.assignments.tables import Assignment, CheckRecord
from expertpool.cases.browse import CaseQuery, case_counts, case_ids, case_rows
from expertpool.cases.details import case_detail
from expertpool.cases.docket import close_case, edit_case, open_case
from expertpool.cases.drafts import AgentDraft, CaseDraft, PartyDraft, PatentDraft
from expertpool.checks.check import check
from expertpool.checks.next_step import change_assignment
from expertpool.experts.drafts import (
    EmploymentDraft,
    FieldDraft,
    InterestDraft,
    PersonDraft,
    RoleDraft,
    UnavailabilityDraft,
)
from expertpool.experts.register import register
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import open_case_numbers, rank
from expertpool.pool import ExpertPool
from tests.declared import sign_for_case

NUMBER = "(2026)辽01知民初418号"
TERM = RoleDraft(role="technical_investigator", start="2024-03-01", end="2027-02-28")


def person(pool: ExpertPool, name: str, employer: str = "浑河理工大学", code: str = "B62D",
           specialties: tuple[str, ...] = ("移动机器人", "步态控制"), **values: Any) -> None:
    register(pool, PersonDraft(**{
        "name": name, "employments": [EmploymentDraft(employer=employer)],
        "fields_": [FieldDraft(code=code, main=True)], "specialties": list(specialties), "roles": [TERM], **values}))


def case(pool: ExpertPool, number: str = NUMBER, **values: Any) -> None:
    open_case(pool, CaseDraft(**{
        "number": number, "cause": "侵害发明专利权纠纷", "filed_on": "2026-09-01",
        "issue": "轮腿复合移动机器人的重心调节与步态切换控制方法",
        "parties": [
            PartyDraft(side="plaintiff", name="沈阳步云机器人有限公司", legal_representative="周步云", agents=[
                AgentDraft(name="刘一", firm="北陵示例律师事务所")]),
            PartyDraft(side="defendant", name="沈阳云岭机器人股份有限公司")],
        "patents": [PatentDraft(number="ZL201910123456.7", title="轮腿机器人", ipc=["B62D 57/032", "G05D 1/02"],
                                inventors=["周步云"])], **values}))


def names(rows: Any) -> list[str]:
    return [row.name for row in rows]


def uid(pool: ExpertPool, name: str) -> str:
    ranking = rank(pool, NUMBER)
    return next(p.uid for p in [*ranking.candidates, *ranking.to_verify, *ranking.excluded] if p.name == name)


def test_the_nearer_field_comes_first_with_reasons(pool: ExpertPool) -> None:
    case(pool)
    person(pool, "王新宇")
    person(pool, "李娜", code="C08L", specialties=("高分子材料",))
    person(pool, "何佳", code="G05B", specialties=("伺服控制", "机器人"))
    ranking = rank(pool, NUMBER)
    assert names(ranking.candidates) == ["王新宇", "何佳", "李娜"]
    first = ranking.candidates[0]
    assert first.reasons[0] == "B62D same subclass"
    assert any("移动机器人" in reason for reason in first.reasons)
    assert first.score == pytest.approx(sum(first.parts.values()))
    assert 0 <= ranking.candidates[-1].score < first.score <= 100


@pytest.mark.parametrize(("rule", "values"), [
    ("R1", {"name": "周步云", "employer": "沈阳步云机器人有限公司"}),
    ("R2", {"employer": "沈阳云岭机器人股份有限公司"}),
    ("R4", {"interests": [InterestDraft(kind="avoid_unit", unit="沈阳步云机器人有限公司")]}),
    ("R4", {"interests": [InterestDraft(kind="avoid_person", name="刘一", unit="北陵示例律师事务所")]}),
    ("E-ROLE", {"roles": [RoleDraft(role="judicial_appraiser")]}),
    ("E-TERM", {"roles": [TERM.model_copy(update={"end": "2026-11-21"})]}),
    ("E-AWAY", {"unavailable": [UnavailabilityDraft(start="2026-11-01", end="2026-12-01", reason="leave")]}),
    ("E-LOAD", {"case_cap": 0}),
])
def test_who_may_not_serve_and_why(pool: ExpertPool, rule: str, values: dict[str, Any]) -> None:
    case(pool)
    person(pool, **{"name": "陈立", **values})
    ranking = rank(pool, NUMBER)
    assert not ranking.candidates
    (excluded,) = ranking.excluded
    finding = excluded.findings[0]
    assert (finding.rule, finding.level) == (rule, "block")
    assert str(finding.source)
    assert excluded.name in finding.text or finding.facts
    with pytest.raises(UserProblem) as refused:
        appoint(pool, NUMBER, excluded.uid)
    assert refused.value.code == ("appoint.lift" if finding.liftable else "appoint.blocked")
    assert not assignment_rows(pool)


def test_a_warning_needs_a_written_reason(pool: ExpertPool) -> None:
    case(pool)
    person(pool, "周步云")  # the inventor's name, another unit: perhaps the same person
    ranking = rank(pool, NUMBER)
    (doubtful,) = ranking.to_verify
    assert doubtful.findings[0].rule == "R11"
    with pytest.raises(UserProblem) as refused:
        appoint(pool, NUMBER, doubtful.uid)
    assert refused.value.code == "appoint.verify"
    appoint(pool, NUMBER, doubtful.uid, reason="已核对身份证号，系同名")
    with pool.read() as session:
        stored = session.scalars(select(CheckRecord)).one()
        assert stored.overrides[0]["reason"] == "已核对身份证号，系同名"
        assert stored.fingerprint
        assert stored.rules_version == pool.rules.version


def test_appointing_counts_as_load_and_can_be_undone(pool: ExpertPool) -> None:
    case(pool)
    person(pool, "王新宇")
    assert open_case_numbers(pool) == [NUMBER]
    appoint(pool, "（2026）辽01知民初418号", uid(pool, "王新宇"), duties=["opinion"])
    (row,) = assignment_rows(pool)
    assert (row.person, row.case, row.state, row.open) == ("王新宇", NUMBER, "appointed", True)
    assert open_case_numbers(pool) == []
    assert case_rows(pool, case_ids(pool, CaseQuery()))[0].people == "王新宇"
    with pytest.raises(UserProblem) as refused:
        appoint(pool, NUMBER, row.person_uid)
    assert refused.value.code in ("appoint.twice", "appoint.blocked")
    pool.undo_last()
    assert assignment_rows(pool) == []
    assert case_rows(pool, case_ids(pool, CaseQuery()))[0].serving == 0


def test_the_steps_of_an_assignment(pool: ExpertPool) -> None:
    case(pool)
    person(pool, "王新宇")
    appoint(pool, NUMBER, uid(pool, "王新宇"))
    key = assignment_rows(pool)[0].uid
    sign_for_case(pool, uid(pool, "王新宇"), NUMBER)
    change_assignment(pool, key, "notified")
    assert assignment_rows(pool)[0].notified_on == "2026-11-22"
    change_assignment(pool, key, "completed", note="已结案")
    with pytest.raises(UserProblem) as refused:
        change_assignment(pool, key, "serving")
    assert refused.value.code == "assignment.step"
    assert not assignment_rows(pool)[0].open


def test_a_closed_or_unknown_case_is_refused(pool: ExpertPool) -> None:
    case(pool)
    person(pool, "王新宇")
    key = uid(pool, "王新宇")
    close_case(pool, case_detail(pool, NUMBER).uid, "2026-11-20")
    with pytest.raises(UserProblem) as closed:
        appoint(pool, NUMBER, key)
    assert closed.value.code == "appoint.closed"
    with pytest.raises(UserProblem) as unknown:
        rank(pool, "(2026)辽01知民初9号")
    assert unknown.value.code == "case.unknown"


def test_service_in_the_first_instance_bars_the_second(pool: ExpertPool) -> None:
    case(pool)
    person(pool, "王新宇")
    appoint(pool, NUMBER, uid(pool, "王新宇"))
    case(pool, "(2026)最高法知民终77号", original_number=NUMBER)
    assert [step["number"] for step in case_detail(pool, "(2026)最高法知民终77号").lineage] == [
        NUMBER, "(2026)最高法知民终77号"]
    (excluded,) = rank(pool, "(2026)最高法知民终77号").excluded
    assert excluded.findings[0].rule == "R7"
    assert excluded.findings[0].blocks


def test_a_new_party_changes_the_answer(pool: ExpertPool) -> None:
    case(pool)
    person(pool, "王新宇")
    assert check(pool, NUMBER, uid(pool, "王新宇")) == []
    detail = case_detail(pool, NUMBER)
    draft = detail.draft()
    draft.parties.append(PartyDraft(side="third_party", name="浑河理工大学"))
    edit_case(pool, detail.uid, draft, detail.version)
    assert [finding.rule for finding in check(pool, NUMBER, uid(pool, "王新宇"))][:1] == ["R2"]


def test_what_goes_in_comes_out(pool: ExpertPool) -> None:
    case(pool)
    detail = case_detail(pool, "2026辽01知民初418")
    assert detail.values["court"] == "沈阳市中级人民法院"
    assert (detail.values["procedure"], detail.values["nature"]) == ("first_instance", "civil")
    again = detail.draft()
    edit_case(pool, detail.uid, again, detail.version)
    assert case_detail(pool, NUMBER).draft() == again
    assert case_counts(pool)["lacking"] == 1


@pytest.mark.parametrize("typed", ["418", "（2026）辽01知民初418号", "步云", "刘一", "2026辽01知民初418"])
def test_search_finds_the_case_by(pool: ExpertPool, typed: str) -> None:
    case(pool)
    case(pool, "(2026)辽01知民初9号", parties=[PartyDraft(side="plaintiff", name="另一公司")])
    assert [row.number for row in case_rows(pool, case_ids(pool, CaseQuery(typed)))] == [NUMBER]


def test_two_appointments_at_once_write_one(pool: ExpertPool) -> None:
    case(pool)
    person(pool, "王新宇")
    key = uid(pool, "王新宇")
    answers: list[str] = []

    def try_it() -> None:
        try:
            appoint(pool, NUMBER, key)
            answers.append("done")
        except UserProblem as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=try_it) for _turn in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("done") == 1
    with pool.read() as session:
        assert session.scalar(select(func.count()).select_from(Assignment)) == 1
