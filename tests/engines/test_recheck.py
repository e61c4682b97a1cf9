"""Back-sweep on both engines: what comes up after an appointment, by whatever change, and what becomes of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from expertpool.accounts.permissions import Actor
from expertpool.assignments.service import assignment_rows
from expertpool.cases.details import case_detail
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import AgentDraft, CaseDraft, PartyDraft
from expertpool.checks.alerts import alert_rows, answer_alert
from expertpool.checks.check import check
from expertpool.checks.dismissals import dismiss, dismissal_rows, take_back
from expertpool.checks.next_step import change_assignment
from expertpool.checks.recheck import sweep
from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from expertpool.documents.alert_notice import alert_notice
from expertpool.documents.paper_text import paper_text
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import EmploymentDraft, InterestDraft, PersonDraft, RoleDraft
from expertpool.experts.merge import merge
from expertpool.experts.register import edit, register
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import rank
from expertpool.organisations.register import add_alias, link
from expertpool.pool import ExpertPool

NUMBER, SECOND = "(2026)辽01知民初418号", "(2026)辽01知民初419号"
TERM = RoleDraft(role="technical_investigator", start="2024-03-01", end="2027-12-31")


def person(pool: ExpertPool, name: str = "秦望舒", employer: str = "浑河理工大学", **values: Any) -> None:
    register(pool, PersonDraft(name=name, employments=[EmploymentDraft(employer=employer)], roles=[TERM], **values))


def case(pool: ExpertPool, number: str = NUMBER, parties: tuple[str, ...] = ("步云机器人有限公司", "云岭重工股份有限公司"),
         **values: Any) -> None:
    open_case(pool, CaseDraft(number=number, cause="侵害发明专利权纠纷", filed_on="2026-09-01", parties=[
        PartyDraft(side="defendant" if place else "plaintiff", name=name) for place, name in enumerate(parties)],
        **values))


def uid(pool: ExpertPool, name: str = "秦望舒") -> str:
    ranking = rank(pool, NUMBER)
    return next(one.uid for one in [*ranking.candidates, *ranking.to_verify, *ranking.excluded] if one.name == name)


@pytest.fixture
def served(pool: ExpertPool) -> ExpertPool:
    """A person of 浑河理工大学 serves in a case of two companies that have nothing to do with it."""
    person(pool)
    case(pool)
    appoint(pool, NUMBER, uid(pool))
    assert alert_rows(pool) == []
    return pool


def add_party(pool: ExpertPool, name: str = "浑河理工大学", number: str = NUMBER, **values: Any) -> None:
    detail = case_detail(pool, number)
    draft = detail.draft()
    draft.parties.append(PartyDraft(side="third_party", name=name, **values))
    edit_case(pool, detail.uid, draft)


def edit_person(pool: ExpertPool, **values: Any) -> None:
    detail = person_detail(pool, uid(pool))
    edit(pool, detail.uid, detail.draft().model_copy(update=values))


def add_agent(pool: ExpertPool) -> None:
    detail = case_detail(pool, NUMBER)
    draft = detail.draft()
    draft.parties[0].agents.append(AgentDraft(name="季明", firm="浑河理工大学"))
    edit_case(pool, detail.uid, draft)


CHANGES: dict[str, tuple[str, str, Callable[[ExpertPool], Any]]] = {
    "a party": ("R2", "block", add_party),
    "an agent's firm": ("R6", "block", add_agent),
    "an employer": ("R2", "block", lambda pool: edit_person(
        pool, employments=[EmploymentDraft(employer="云岭重工股份有限公司")])),
    "a relative": ("R5", "warn", lambda pool: edit_person(pool, interests=[
        InterestDraft(kind="relative", relation="spouse", name="吴桐", unit="云岭重工股份有限公司")])),
    "a holding": ("R9", "block", lambda pool: edit_person(pool, interests=[
        InterestDraft(kind="holding", unit="云岭重工股份有限公司")])),
    "a parent of a party": ("R2", "warn", lambda pool: link(pool, "浑河理工大学", "云岭重工股份有限公司", kind="controls")),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_turns_the_appointment_red_and_its_undo_clears_it(served: ExpertPool, what: str) -> None:
    rule, level, change = CHANGES[what]
    change(served)
    (alert,) = [row for row in alert_rows(served) if row.rule == rule]
    assert alert.level == level
    assert alert.case == NUMBER
    assert alert.person == "秦望舒"
    assert alert.source
    entry = served.state()
    served.undo(entry)
    assert [row for row in alert_rows(served) if row.rule == rule] == []


def test_an_alias_turns_the_appointment_red(pool: ExpertPool) -> None:
    person(pool)
    case(pool, parties=("步云机器人有限公司", "浑理"))
    appoint(pool, NUMBER, uid(pool))
    assert alert_rows(pool) == []
    add_alias(pool, "浑河理工大学", "浑理")
    (alert,) = alert_rows(pool)
    assert (alert.rule, alert.level) == ("R2", "block")


def test_a_merge_turns_the_appointment_red(served: ExpertPool) -> None:
    register(served, PersonDraft(name="秦望舒", birth="1980-02-03", roles=[TERM], employments=[
        EmploymentDraft(employer="云岭重工股份有限公司", department="研究院")]))
    ranking = rank(served, NUMBER)
    other = next(one.uid for one in ranking.excluded if one.employer == "云岭重工股份有限公司")
    kept = assignment_rows(served)[0].person_uid
    merge(served, kept, other, reason="身份证件相同")
    assert ("R2", "block") in {(row.rule, row.level) for row in alert_rows(served)}


def test_a_fact_that_goes_settles_its_alert(served: ExpertPool) -> None:
    add_party(served)
    assert len(alert_rows(served)) == 1
    detail = case_detail(served, NUMBER)
    draft = detail.draft()
    draft.parties.pop()
    edit_case(served, detail.uid, draft)
    assert alert_rows(served) == []
    (old,) = alert_rows(served, state="settled")
    assert old.rule == "R2"


def test_what_was_answered_at_the_appointment_is_not_said_again(pool: ExpertPool) -> None:
    person(pool)
    case(pool)
    link(pool, "浑河理工大学", "云岭重工股份有限公司", kind="controls")
    appoint(pool, NUMBER, uid(pool), reason="已向双方当事人说明，均无异议")
    report = sweep(pool)
    assert (report.appointments, report.judged, report.alerts) == (1, 1, 0)
    add_party(pool, "某不相干有限公司")
    assert alert_rows(pool) == []


def test_an_alert_is_answered_or_the_person_replaced(served: ExpertPool) -> None:
    link(served, "浑河理工大学", "云岭重工股份有限公司", kind="controls")
    (alert,) = alert_rows(served)
    with pytest.raises(UserProblem) as refused:
        answer_alert(served, alert.uid, " ")
    assert refused.value.code == "alert.reason"
    answer_alert(served, alert.uid, "参股关系已于2020年终止")
    assert alert_rows(served) == []
    assert sweep(served).alerts == 0
    add_party(served)
    (hard,) = alert_rows(served)
    with pytest.raises(UserProblem) as refused:
        answer_alert(served, hard.uid, "无妨")
    assert refused.value.code == "alert.hard"
    change_assignment(served, hard.assignment, "replaced", note="另行指派")
    (ended,) = [row for row in alert_rows(served, state="") if row.uid == hard.uid]
    assert not ended.serving


def test_the_notice_says_who_which_case_what_and_which_law(served: ExpertPool) -> None:
    add_party(served)
    (alert,) = alert_rows(served)
    notice = paper_text(alert_notice(served, alert.uid))
    for part in (NUMBER, "秦望舒", "浑河理工大学", alert.text, alert.source):
        assert part in notice


def test_another_instance_of_the_dispute_touches_those_who_serve_there(served: ExpertPool) -> None:
    first = assignment_rows(served)[0]
    change_assignment(served, first.uid, "completed")
    open_case(served, CaseDraft(number="(2026)最高法知民终900号", original_number=NUMBER))
    with pytest.raises(UserProblem) as refused:
        appoint(served, "(2026)最高法知民终900号", first.person_uid)
    assert refused.value.parameters["rule"] == "R7"


def test_lineage_learnt_later_turns_the_second_appointment_red(served: ExpertPool) -> None:
    second = "(2026)最高法知民终900号"
    open_case(served, CaseDraft(number=second, cause="侵害发明专利权纠纷", filed_on="2026-10-01"))
    appoint(served, second, assignment_rows(served)[0].person_uid)
    detail = case_detail(served, second)
    draft = detail.draft()
    draft.original_number = NUMBER
    edit_case(served, detail.uid, draft)
    assert {(row.rule, row.level) for row in alert_rows(served)} == {("R7", "block")}


def test_a_false_alarm_is_dismissed_until_its_facts_change(pool: ExpertPool) -> None:
    person(pool)
    case(pool)
    detail = case_detail(pool, NUMBER)
    draft = detail.draft()
    draft.parties[1].legal_representative = "秦望舒"
    edit_case(pool, detail.uid, draft)
    one = uid(pool)
    (finding,) = check(pool, NUMBER, one)
    assert (finding.rule, finding.level, finding.dismiss) == ("R11", "warn", "case")
    dismiss(pool, NUMBER, one, finding.key, "已核对身份证件，不是同一人")
    (after,) = check(pool, NUMBER, one)
    assert (after.level, after.dismissed) == ("inform", "已核对身份证件，不是同一人")
    appoint(pool, NUMBER, one)
    (row,) = dismissal_rows(pool, one)
    take_back(pool, row.uid)
    assert [hit.level for hit in check(pool, NUMBER, one) if hit.rule == "R11"] == ["warn"]
    case(pool, SECOND)
    detail = case_detail(pool, SECOND)
    draft = detail.draft()
    draft.parties[1].legal_representative = "秦望舒"
    edit_case(pool, detail.uid, draft)
    assert [hit.level for hit in check(pool, SECOND, one) if hit.rule == "R11"] == ["warn"]


def test_only_a_rule_that_allows_it_can_be_lifted_and_only_by_whom_it_may(pool: ExpertPool) -> None:
    person(pool, interests=[InterestDraft(kind="mandate", unit="云岭重工股份有限公司", start="2026-01", end="2026-10")])
    case(pool)
    one = uid(pool)
    with pytest.raises(UserProblem) as refused:
        appoint(pool, NUMBER, one)
    assert refused.value.code == "appoint.lift"
    pool.actor = Actor("承办人", "case_manager")
    with pytest.raises(UserProblem) as refused:
        appoint(pool, NUMBER, one, override="双方同意")
    assert refused.value.code == "permission.denied"
    pool.actor = Actor("管理员", "register_keeper")
    appoint(pool, NUMBER, one, override="咨询事项与本案无关，合议庭同意")
    assert assignment_rows(pool)[0].reason == "咨询事项与本案无关，合议庭同意"
    assert sweep(pool).alerts == 0


def test_a_changed_rule_is_applied_to_those_who_serve(pool: ExpertPool) -> None:
    person(pool, interests=[InterestDraft(kind="mandate", unit="云岭重工股份有限公司", end="2025-01-01")])
    case(pool)
    appoint(pool, NUMBER, uid(pool))
    pool.set_setting("rules", {"R6": {"parameters": {"years": 5}}})
    assert [row.rule for row in alert_rows(pool)] == ["R6"]


def test_the_command_line_sweeps_answers_and_dismisses(served: ExpertPool, pool_target: str, monkeypatch: pytest.MonkeyPatch,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    def call(*arguments: str) -> Any:
        code = run(["--language", "en", *arguments])
        out = capsys.readouterr().out
        SETTINGS.database = ""
        return json.loads(out) if code == 0 and "--json" in arguments else code

    monkeypatch.setenv("EXPERTPOOL_DATABASE", pool_target)
    link(served, "浑河理工大学", "云岭重工股份有限公司", kind="controls")
    report = call("sweep", "--json")
    assert (report["appointments"], report["alerts"], len(report["open"])) == (1, 0, 1)
    (alert,) = call("alerts", "list", "--json")
    assert alert["rule"] == "R2"
    assert NUMBER in call("alerts", "notice", alert["uid"], "--json")["notice"]
    assert call("alerts", "answer", alert["uid"], "--reason", "verified", "--json")["answer"] == "verified"
    assert call("alerts", "list", "--json") == []
    assert call("alerts", "answer", alert["uid"], "--reason", "again") == 1
    draft = case_detail(served, NUMBER).draft()
    draft.parties[1].legal_representative = "秦望舒"
    edit_case(served, case_detail(served, NUMBER).uid, draft)
    one = assignment_rows(served)[0].person_uid
    (finding,) = [row for row in call("check", NUMBER, one, "--json")["findings"] if row["rule"] == "R11"]
    call("dismissals", "add", NUMBER, one, finding["key"], "--reason", "other person", "--json")
    (row,) = call("dismissals", "list", "--json")
    assert row["reason"] == "other person"
    assert call("dismissals", "undo", row["uid"], "--json")
    assert call("dismissals", "list", "--json") == []
