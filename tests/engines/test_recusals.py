"""Recusal applications on both engines: suspended at once, decided in time, reconsidered once, undone; check sheets."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from expertpool.accounts.permissions import Actor
from expertpool.assignments.recusals import (
    RecusalDraft,
    apply_for_recusal,
    ask_reconsideration,
    decide_reconsideration,
    decide_recusal,
    follow_up,
    recusal_rows,
)
from expertpool.assignments.service import assignment_rows
from expertpool.assignments.tables import CheckRecord
from expertpool.cases.browse import CaseQuery, case_ids
from expertpool.cases.details import case_detail
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.checks.check_sheet import check_sheet, live_sheet, verify_check
from expertpool.checks.dismissals import dismiss
from expertpool.checks.next_step import change_assignment
from expertpool.cli import run
from expertpool.experts.drafts import EmploymentDraft, InterestDraft, PersonDraft, RoleDraft
from expertpool.experts.register import register
from expertpool.foundation.dates import fix_today
from expertpool.foundation.problems import UserProblem
from expertpool.insights.overview import overview
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import rank
from expertpool.pool import ExpertPool
from tests.declared import sign_for_case

NUMBER, PENAL = "(2026)辽01知民初418号", "(2026)辽01刑初7号"
DEFENDANT = "沈阳云岭机器人股份有限公司"
DRAFT = RecusalDraft("沈阳云岭机器人股份有限公司", "defendant", "written", "other_relation", "与原告有学术合作")


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Chooses today."""
    def choose(iso: str) -> None:
        fix_today(date.fromisoformat(iso))
    choose("2026-11-18")
    return choose


@pytest.fixture
def served(pool: ExpertPool, day: Any) -> str:
    """Uid of an assignment in force."""
    for name in ("王新宇", "何佳"):
        register(pool, PersonDraft(name=name, employments=[EmploymentDraft(employer="浑河理工大学")], roles=[
            RoleDraft(role="technical_investigator", start="2024-03-01", end="2027-12-31")]))
    for number in (NUMBER, PENAL):
        open_case(pool, CaseDraft(number=number, cause="侵害发明专利权纠纷", filed_on="2026-09-01", parties=[
            PartyDraft(side="plaintiff", name="沈阳步云机器人有限公司"), PartyDraft(side="defendant", name=DEFENDANT)]))
    appoint(pool, NUMBER, uid_of(pool, "王新宇"))
    sign_for_case(pool, assignment_rows(pool)[0].person_uid, NUMBER)
    return str(assignment_rows(pool)[0].uid)


def uid_of(pool: ExpertPool, name: str, number: str = NUMBER) -> str:
    ranking = rank(pool, number)
    return next(one.uid for one in [*ranking.candidates, *ranking.to_verify, *ranking.excluded] if one.name == name)


def assigned(pool: ExpertPool, uid: str) -> dict[str, Any]:
    rows = assignment_rows(pool, case=case_detail(pool, NUMBER).uid)
    return next(row for row in rows if row.uid == uid)


def filed(pool: ExpertPool, served: str, draft: RecusalDraft = DRAFT) -> dict[str, Any]:
    apply_for_recusal(pool, served, draft)
    return recusal_rows(pool)[0]


def refusal(verb: Any, *given: Any, **named: Any) -> UserProblem:
    with pytest.raises(UserProblem) as refused:
        verb(*given, **named)
    return refused.value


def test_the_person_is_suspended_and_the_decision_has_its_day(pool: ExpertPool, served: str, day: Any) -> None:
    row = filed(pool, served)
    assert assigned(pool, served).state == "suspended"
    # Wednesday the 18th does not count; the third day is a Saturday and moves to Monday the 23rd
    assert (row.suspended_from, row.decide_by, row.days_left, row.stage) == (
        "2026-11-18", "2026-11-23", 5, "pending")
    assert "art. 47(1)(3)" in row.provision
    day("2026-11-25")
    assert recusal_rows(pool, state="open")[0].days_left == -2
    due = next(one for one in overview(pool).due if one["what"] == "recusal")
    assert (due["on"], due["subject"], due["person"]) == ("2026-11-23", NUMBER, "王新宇")
    assert "art. 50" in due["ground"]


@pytest.mark.parametrize("before", ["appointed", "notified", "accepted", "serving"])
def test_a_dismissed_application_leads_back_to_the_state_before(pool: ExpertPool, served: str, day: Any,
                                                                before: str) -> None:
    if before != "appointed":
        change_assignment(pool, served, before)
    notified = assigned(pool, served).notified_on
    row = filed(pool, served)
    day("2026-11-20")
    decide_recusal(pool, row.uid, "dismissed", by="审判长 李某", reason="学术会议上的同席不构成利害关系")
    after = assigned(pool, served)
    assert (after.state, after.notified_on) == (before, notified)
    assert [event["to"] for event in after.events][-2:] == ["suspended", before]
    assert after.recusals[0].late == 0
    assert follow_up(pool, row.uid).replaces == ""


def test_a_granted_application_opens_the_place_for_another_one(pool: ExpertPool, served: str, day: Any) -> None:
    lacking = CaseQuery(state="open", lacking=True)
    row = filed(pool, served)
    assert len(case_ids(pool, lacking)) == 1  # the other case; a suspended person still holds the place
    day("2026-11-27")
    decide_recusal(pool, row.uid, "granted", by="审判长 李某", reason="合著论文，可能影响公正")
    after = assigned(pool, served)
    assert (after.state, after.open, after.ended_on) == ("recused", False, "2026-11-27")
    assert len(case_ids(pool, lacking)) == 2
    assert after.recusals[0].late == 4  # the day of decision was the 23rd
    todo = follow_up(pool, row.uid)
    assert (todo.replaces, todo.number, todo.role) == (served, NUMBER, "technical_investigator")
    assert len(todo.notices) == 2
    appoint(pool, NUMBER, uid_of(pool, "何佳"), replaces=todo.replaces)
    assert assigned(pool, served).replaced_by == "何佳"
    assert follow_up(pool, row.uid).replaces == ""


def test_urgent_measures_go_on(pool: ExpertPool, served: str, day: Any) -> None:
    change_assignment(pool, served, "serving")
    row = filed(pool, served, RecusalDraft("原告", "plaintiff", "oral", "gifts", urgent="证据保全正在进行"))
    assert assigned(pool, served).state == "serving"
    assert (row.suspended_from, row.urgent) == ("", "证据保全正在进行")
    decide_recusal(pool, row.uid, "granted", by="审判长 李某", reason="收受礼品属实")
    assert assigned(pool, served).state == "recused"


def test_two_applications_and_the_state_before_the_first(pool: ExpertPool, served: str, day: Any) -> None:
    change_assignment(pool, served, "notified")
    first = filed(pool, served)
    second = filed(pool, served, RecusalDraft("原告", "plaintiff", "oral", "interest"))
    decide_recusal(pool, first.uid, "dismissed", by="审判长", reason="无事实依据")
    assert assigned(pool, served).state == "suspended"
    decide_recusal(pool, second.uid, "dismissed", by="审判长", reason="无事实依据")
    assert assigned(pool, served).state == "notified"


def test_reconsideration_once_by_the_applicant_without_suspension(pool: ExpertPool, served: str, day: Any) -> None:
    row = filed(pool, served)
    assert refusal(ask_reconsideration, pool, row.uid).code == "recusal.undecided"
    assert refusal(decide_reconsideration, pool, row.uid, True, by="x", reason="y").code == "recusal.unasked"
    decide_recusal(pool, row.uid, "dismissed", by="审判长 李某", reason="无事实依据")
    ask_reconsideration(pool, row.uid)
    found = recusal_rows(pool, state="open")[0]
    assert (found.stage, found.reconsider_by, found.due) == ("reconsidering", "2026-11-23", "2026-11-23")
    assert assigned(pool, served).state == "appointed"
    assert refusal(ask_reconsideration, pool, row.uid).code == "recusal.once"
    decide_reconsideration(pool, row.uid, False, by="审判长 李某", reason="新提交的合著论文属实")
    assert assigned(pool, served).state == "recused"
    assert recusal_rows(pool)[0].stage == "changed"
    assert refusal(decide_reconsideration, pool, row.uid, True, by="x", reason="y").code == "recusal.reconsidered"


def test_a_recusal_taken_back_on_reconsideration_lets_the_person_be_appointed_again(
        pool: ExpertPool, served: str, day: Any) -> None:
    row = filed(pool, served)
    decide_recusal(pool, row.uid, "granted", by="审判长 李某", reason="可能影响公正")
    ask_reconsideration(pool, row.uid)
    decide_reconsideration(pool, row.uid, False, by="审判长 李某", reason="理由不成立")
    after = assigned(pool, served)
    assert (after.state, "changed" in after.events[-1]["note"]) == ("withdrawn", True)
    appoint(pool, NUMBER, after.person_uid, reason="回避决定经复议变更")
    assert [row.state for row in assignment_rows(pool, person=after.person_uid)] == ["appointed", "withdrawn"]


def test_own_request_and_own_motion_have_no_applicant(pool: ExpertPool, served: str, day: Any) -> None:
    row = filed(pool, served, RecusalDraft("", "", "self", "interest", "其配偶在被告处任职"))
    decide_recusal(pool, row.uid, "granted", by="审判长 李某", reason="属实")
    assert refusal(ask_reconsideration, pool, row.uid).code == "recusal.nobody"


def test_criminal_cases_have_no_statutory_day(pool: ExpertPool, served: str, day: Any) -> None:
    appoint(pool, PENAL, uid_of(pool, "何佳", PENAL), "technical_investigator", reason="已核实")
    other = next(row.uid for row in assignment_rows(pool) if row.case == PENAL)
    row = filed(pool, other)
    assert (row.nature, row.decide_by, row.days_left) == ("criminal", "", None)
    assert "art. 29(4)" in row.provision
    day("2027-03-01")
    assert next(one for one in overview(pool).due if one["what"] == "recusal")["on"] == "2027-03-01"  # never late


@pytest.mark.parametrize(("draft", "code"), [
    (RecusalDraft("", "defendant", "written", "interest"), "recusal.incomplete"),
    (RecusalDraft("甲", "defendant", "written"), "recusal.incomplete"),
    (RecusalDraft("甲", "defendant", "by phone", "interest"), "recusal.value"),
    (RecusalDraft("甲", "defendant", "oral", "dislike"), "recusal.value"),
    (RecusalDraft("甲", "defendant", "oral", "interest", received_on="2026-11-19"), "recusal.day"),
    (RecusalDraft("甲", "defendant", "oral", "interest", received_on="2026-11-17"), "recusal.day"),
    (RecusalDraft("甲", "defendant", "oral", "interest", received_on="20261118"), "recusal.day"),
])
def test_what_is_not_an_application_is_refused_in_a_sentence(pool: ExpertPool, served: str, draft: RecusalDraft,
                                                            code: str) -> None:
    refused = refusal(apply_for_recusal, pool, served, draft)
    assert refused.code == code
    assert "…" not in refused.text
    assert assigned(pool, served).state == "appointed"


def test_wrong_order_is_refused(pool: ExpertPool, served: str, day: Any) -> None:
    assert refusal(change_assignment, pool, served, "suspended").code == "assignment.step"
    assert refusal(change_assignment, pool, served, "recused").code == "assignment.step"
    row = filed(pool, served)
    assert refusal(change_assignment, pool, served, "serving").code == "recusal.pending"
    decide_recusal(pool, row.uid, "granted", by="审判长", reason="属实")
    assert refusal(decide_recusal, pool, row.uid, "dismissed", by="审判长", reason="x").code == "recusal.decided"
    assert refusal(apply_for_recusal, pool, served, DRAFT).code == "recusal.state"


def test_after_the_hearing_only_a_ground_known_later(pool: ExpertPool, served: str, day: Any) -> None:
    from expertpool.cases.docket import edit_case

    detail = case_detail(pool, NUMBER)
    edit_case(pool, detail.uid, detail.draft().model_copy(update={"hearing_on": "2026-11-10"}))
    refused = refusal(apply_for_recusal, pool, served, DRAFT)
    assert (refused.code, "2026-11-10" in refused.text) == ("recusal.debate", True)
    row = filed(pool, served, RecusalDraft("甲", "defendant", "oral", "gifts", later_known="庭后由证人告知"))
    assert "庭后由证人告知" in row.ground


def test_each_step_can_be_undone(pool: ExpertPool, served: str, day: Any) -> None:
    change_assignment(pool, served, "serving")
    before = assigned(pool, served)
    application = apply_for_recusal(pool, served, DRAFT)
    row = recusal_rows(pool)[0]
    decision = decide_recusal(pool, row.uid, "granted", by="审判长", reason="属实")
    asked = ask_reconsideration(pool, row.uid)
    changed = decide_reconsideration(pool, row.uid, True, by="审判长", reason="维持")
    assert refusal(pool.undo, decision.entry).code == "undo.later"
    for one, stage in ((changed, "reconsidering"), (asked, "granted"), (decision, "pending")):
        pool.undo(one.entry)
        assert recusal_rows(pool)[0].stage == stage
    pool.undo(application.entry)
    after = assigned(pool, served)
    assert replace(after, version=0) == replace(before, version=0)
    assert pool.check_journal()[1] is None


def test_only_who_may_files_an_application(pool: ExpertPool, served: str) -> None:
    pool.actor = Actor("读者", "reader")
    assert refusal(apply_for_recusal, pool, served, DRAFT).code == "permission.denied"


def test_commands_apply_decide_reconsider_list(pool: ExpertPool, served: str, pool_target: str, day: Any,
                                               capsys: pytest.CaptureFixture[str]) -> None:
    def ask(*words: str) -> Any:
        assert run(["--database", pool_target, "--language", "zh_CN", "recusals", *words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    row = ask("apply", served, "--applicant", DEFENDANT, "--side", "被告", "--form", "口头", "--ground", "interest")
    assert (row["side"], row["form"], row["decide_by"]) == ("defendant", "oral", "2026-11-23")
    assert ask("list", "--state", "open")[0]["uid"] == row["uid"]
    done = ask("decide", row["uid"], "驳回申请", "--by", "审判长 李某", "--reason", "无事实依据")
    assert (done["decision"], len(done["notices"])) == ("dismissed", 1)
    assert ask("reconsider", row["uid"])["stage"] == "reconsidering"
    assert ask("reconsider", row["uid"], "upheld", "--by", "审判长 李某", "--reason", "维持")["stage"] == "upheld"
    assert run(["--database", pool_target, "recusals", "decide", row["uid"], "granted", "--by", "x", "--reason",
                "y"]) == 1
    assert "decided already" in capsys.readouterr().err


def test_the_sheet_of_an_appointment_is_printable_years_later(pool: ExpertPool, served: str, pool_target: str,
                                                             day: Any, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = check_sheet(pool, served)
    assert (sheet.number, sheet.person, sheet.stored, sheet.intact) == (NUMBER, "王新宇", True, True)
    rules = {one.rule: one for one in sheet.rules}
    assert {"R1", "R2", "R9", "R11", "E-TERM"} <= rules.keys()
    assert "R13" not in rules  # checked before the notice, not at the appointment
    assert rules["R1"].hits == ()
    assert any(DEFENDANT in value for _words, value in sheet.case)
    assert run(["--database", pool_target, "check", "--record", served, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["fingerprint"] == sheet.fingerprint
    pool.set_setting("rules", {"R3": {"parameters": {"years": 5}}})
    assert check_sheet(pool, served).other_rules


def test_a_record_that_was_tampered_with_does_not_agree(pool: ExpertPool, served: str, day: Any) -> None:
    with pool.database.engine.begin() as connection:
        connection.execute(update(CheckRecord.__table__).values(findings=[{
            "rule": "R1", "severity": "inform", "text": "x", "source": "y", "facts": []}]))
    assert not check_sheet(pool, served).intact
    with pool.read() as session:
        assert not verify_check(session.scalars(select(CheckRecord)).one())


def test_lifted_blocks_answers_and_false_alarms_stand_on_the_sheet(pool: ExpertPool, served: str, day: Any) -> None:
    register(pool, PersonDraft(name="周步云", employments=[EmploymentDraft(employer="浑河理工大学")], interests=[
        InterestDraft(kind="relative", name="周某", relation="classmate", unit=DEFENDANT)], roles=[
        RoleDraft(role="technical_investigator", start="2024-03-01", end="2027-12-31")]))
    from expertpool.cases.docket import edit_case

    detail = case_detail(pool, NUMBER)
    draft = detail.draft()
    draft.parties[0].legal_representative = "周步云"
    draft.people_needed = 2
    edit_case(pool, detail.uid, draft)
    uid = uid_of(pool, "周步云")
    sheet = live_sheet(pool, NUMBER, uid)
    assert (sheet.stored, sheet.intact, sheet.state) == (False, True, "")
    hit = next(one for one in sheet.rules if one.rule == "R11").hits[0]
    assert (hit.level, len(hit.facts)) == ("warn", 2)
    dismiss(pool, NUMBER, uid, hit.key, "身份证号不同，不是同一人")
    again = next(one for one in live_sheet(pool, NUMBER, uid).rules if one.rule == "R11").hits[0]
    assert (again.dismissed, again.level) == ("身份证号不同，不是同一人", "inform")
    appoint(pool, NUMBER, uid, reason="已向本人核实")
    stored = check_sheet(pool, next(row.uid for row in assignment_rows(pool) if row.person == "周步云"))
    assert stored.intact
    assert next(one for one in stored.rules if one.rule == "R11").hits[0].dismissed


def test_holidays_of_a_further_year_are_entered_and_counted(pool: ExpertPool, served: str, pool_target: str, tmp_path: Path,
                                                            day: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(*words: str) -> int:
        return run(["--database", pool_target, "holidays", *words])

    file = tmp_path / "2027.json"
    file.write_text(json.dumps({"2027": {"source": "通知", "dated": "2026-12-01", "work": [],
                                         "off": [["2027-01-01", "2027-01-03", "元旦"], ["2027-01-04", "2027-01-05", "调休"]]}}),
                    encoding="utf-8")
    assert ask("set", str(file)) == 0
    assert ask("list", "--json") == 0
    assert [row["year"] for row in json.loads(capsys.readouterr().out.split("2027\n", 1)[1])] == [2025, 2026, 2027]
    day("2026-12-30")
    assert filed(pool, served).decide_by == "2027-01-06"
    file.write_text('{"2028": {"off": "none"}}', encoding="utf-8")
    assert ask("set", str(file)) == 1
    assert "2028" in capsys.readouterr().err


def test_the_check_says_its_levels_in_words(pool: ExpertPool, served: str, pool_target: str,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    uid = assignment_rows(pool)[0].person_uid
    assert run(["--database", pool_target, "--language", "zh_CN", "check", NUMBER, uid]) == 0
    assert "[R7 禁止]" in capsys.readouterr().out  # serves in this case already
    assert run(["--database", pool_target, "check", NUMBER]) == 2
