"""Before the parties are told the declaration is asked for; what is due follows the rule book and the calendar."""

import json
from typing import Any

import pytest

from expertpool.assignments.service import AssignmentRow, assignment_rows
from expertpool.assignments.tables import Alert, Assignment, Dismissal
from expertpool.cases.details import case_detail
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.checks.alerts import alert_rows, answer_alert
from expertpool.checks.check_sheet import check_sheet
from expertpool.checks.dismissals import dismissal_rows
from expertpool.checks.next_step import change_assignment
from expertpool.checks.recheck import sweep
from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from expertpool.documents.alert_notice import alert_notice
from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.drafts import EmploymentDraft, LicenceDraft, PersonDraft, RoleDraft
from expertpool.experts.register import register
from expertpool.foundation.problems import UserProblem
from expertpool.insights.overview import overview
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import rank
from expertpool.pool import ExpertPool
from tests.declared import sign_for_case

NUMBER = "(2026)辽01知民初518号"


def serve(pool: ExpertPool, role: str = "technical_investigator", deliberation: str = "") -> AssignmentRow:
    register(pool, PersonDraft(name="秦望舒", employments=[EmploymentDraft(employer="浑河理工大学")], roles=[
        RoleDraft(role=role, start="2024-03-01", end="2029-12-31")]))
    open_case(pool, CaseDraft(number=NUMBER, cause="侵害发明专利权纠纷", filed_on="2026-09-01", role_needed=role,
                              deliberation_on=deliberation, people_needed=2,
                              parties=[PartyDraft(side="plaintiff", name="步云机器人有限公司")]))
    ranking = rank(pool, NUMBER)
    appoint(pool, NUMBER, [*ranking.candidates, *ranking.to_verify][0].uid, reason="已核实")
    return row(pool)


def row(pool: ExpertPool) -> AssignmentRow:
    return assignment_rows(pool)[0]


def refused(pool: ExpertPool, state: str = "notified", **more: Any) -> UserProblem:
    with pytest.raises(UserProblem) as said:
        change_assignment(pool, row(pool).uid, state, **more)
    return said.value


def test_nobody_is_told_before_the_declaration_for_the_case_is_signed(pool: ExpertPool) -> None:
    one = serve(pool)
    before = pool.state()
    problem = refused(pool, note="先行告知")  # a block of R13 is not lifted by a reason
    assert problem.code == "notice.blocked"
    assert "R13" not in problem.text
    assert {"秦望舒", NUMBER} <= {problem.parameters["name"], problem.parameters["number"]}
    assert (pool.state(), row(pool).state, row(pool).notified_on) == (before, "appointed", "")
    sign_for_case(pool, one.person_uid, NUMBER)
    change_assignment(pool, one.uid, "notified")
    assert row(pool).notified_on == "2026-11-22"
    pool.undo_last()
    assert row(pool).state == "appointed"


def test_a_declaration_for_another_case_does_not_count(pool: ExpertPool) -> None:
    one = serve(pool)
    open_case(pool, CaseDraft(number="(2026)辽01知民初519号", parties=[PartyDraft(side="plaintiff", name="某公司")]))
    sign_for_case(pool, one.person_uid, "(2026)辽01知民初519号")
    sign_for_case(pool, one.person_uid, "")  # a yearly one
    assert refused(pool).code == "notice.blocked"


def test_the_other_steps_do_not_ask_for_it(pool: ExpertPool) -> None:
    one = serve(pool)
    change_assignment(pool, one.uid, "withdrawn", note="本人申请")
    assert row(pool).state == "withdrawn"


@pytest.mark.parametrize(("change", "without", "with_reason"), [
    ({"level": "warn", "outcomes": {"missing": "warn"}}, "notice.verify", ""),
    ({"outcomes": {"missing": "inform"}}, "", ""),
    ({"off": True}, "", ""),
])
def test_the_court_may_lower_the_rule(pool: ExpertPool, change: dict[str, Any], without: str, with_reason: str) -> None:
    one = serve(pool)
    pool.set_setting("rules", {"R13": change})
    if without:
        assert refused(pool).code == without
        assert refused(pool, note="  ").code == without
        change_assignment(pool, one.uid, "notified", note="已当庭口头声明，书面补正中")
        assert case_events(pool)[-1]["note"] == "已当庭口头声明，书面补正中"
    else:
        change_assignment(pool, one.uid, "notified")
    assert row(pool).state == "notified"


def case_events(pool: ExpertPool) -> list[dict[str, Any]]:
    return list(assignment_rows(pool, case=case_detail(pool, NUMBER).uid)[0].events)


def test_the_command_line_says_the_same(pool: ExpertPool, pool_target: str, monkeypatch: pytest.MonkeyPatch,
                                        capsys: pytest.CaptureFixture[str]) -> None:
    one = serve(pool)
    monkeypatch.setenv("EXPERTPOOL_DATABASE", pool_target)

    def step() -> tuple[int, str, str]:
        code = run(["--language", "en", "assignments", "step", one.uid, "notified", "--json"])
        SETTINGS.database = ""
        said = capsys.readouterr()
        return code, said.out, said.err

    code, _out, err = step()
    assert (code, "declaration" in err) == (1, True)
    sign_for_case(pool, one.person_uid, NUMBER)
    code, out, _err = step()
    assert (code, json.loads(out)["state"]) == (0, "notified")


def test_an_opinion_is_due_the_day_before_the_deliberation(pool: ExpertPool) -> None:
    one = serve(pool, deliberation="2026-12-10")
    assert [(due.what, due.on) for due in one.due] == [("opinion", "2026-12-09")]
    assert one.opinion_due == "2026-12-09"
    detail = case_detail(pool, NUMBER)
    draft = detail.draft()
    draft.deliberation_on = "2026-12-20"
    edit_case(pool, detail.uid, draft)
    assert [due.on for due in row(pool).due] == ["2026-12-19"]  # by the day of now, not the one written down
    assert [due["on"] for due in overview(pool).due if due["what"] == "opinion"] == ["2026-12-19"]


def test_an_appraisal_is_due_in_working_days(pool: ExpertPool) -> None:
    pool.set_setting("holidays", {"2027": {"source": "通知", "dated": "2026-11-01", "work": [],
                                           "off": [["2027-01-01", "2027-01-03", "元旦"]]}})
    one = serve(pool, "judicial_appraiser", deliberation="2026-12-10")
    # 22 November 2026 is a Sunday; thirty working days from the 23rd, New Year's Day is none
    assert [(due.what, due.on, due.latest) for due in one.due] == [
        ("appraisal", "2027-01-04", "2027-02-15")]
    assert one.opinion_due == "2027-01-04"
    assert "202号" in one.due[0].ground
    assert [(due["what"], due["on"]) for due in overview(pool).due if due["person"] == "秦望舒"
            and due["what"].startswith(("appraisal", "opinion"))] == [("appraisal", "2027-01-04")]
    sign_for_case(pool, one.person_uid, NUMBER)
    change_assignment(pool, one.uid, "accepted")
    assert [(due.what, due.on) for due in row(pool).due] == [
        ("appraisal", "2027-01-04"), ("appraisal_plan", "2026-11-27")]
    change_assignment(pool, one.uid, "serving")
    assert [due.what for due in row(pool).due] == ["appraisal"]
    pool.set_setting("rules", {"D-APPRAISAL": {"off": True}})
    assert [due.what for due in row(pool).due] == ["opinion"]


def test_one_figure_says_when_the_end_of_a_term_is_near(pool: ExpertPool) -> None:
    register(pool, PersonDraft(
        name="程澜", employments=[EmploymentDraft(employer="浑河理工大学")],
        roles=[RoleDraft(role="technical_investigator", start="2024-03-01", end="2027-02-10")],  # in 80 days
        licences=[LicenceDraft(number="210", until="2027-02-10")]))
    open_case(pool, CaseDraft(number=NUMBER, cause="侵害发明专利权纠纷",
                              parties=[PartyDraft(side="plaintiff", name="步云机器人有限公司")]))

    def seen() -> tuple[int, int, bool, set[str]]:
        found, candidates = overview(pool), rank(pool, NUMBER).candidates
        return (found.days_ahead, found.expiring_terms, "E-TERM" in {
            one.rule for candidate in candidates for one in candidate.findings}, {one["what"] for one in found.due})

    assert seen() == (90, 1, True, {"term", "licence"})
    pool.set_setting("rules", {"D-TERM": {"parameters": {"days": [60]}}})
    assert seen() == (60, 0, False, {"licence"})
    pool.set_setting("rules", {"D-TERM": {"off": True}})
    assert seen() == (0, 0, False, {"licence"})
    assert people_ids(pool, PeopleQuery())


def stranded(pool: ExpertPool, level: str = "block") -> AssignmentRow:
    """An alert of a rule that the book does not have any more."""
    one = serve(pool)
    with pool.write("sweep") as transaction:
        service = transaction.by_uid(Assignment, one.uid)
        transaction.add(Dismissal(person_id=service.person_id, key="k", rule="R99", text="当时写下的话。", reason="误报"))
        number = service.id
    with pool.write("sweep") as transaction:
        transaction.add(Alert(assignment_id=number, key="k", rule="R99", code="R99.gone", level=level,
                              text="当时写下的话。", source="旧规定", rules_version="old", found_at="2026-11-22T00:00:00Z"))
    return one


@pytest.mark.parametrize("level", ["block", "warn"])
def test_an_alert_of_a_rule_that_left_the_book_is_shown_in_its_words(pool: ExpertPool, level: str) -> None:
    stranded(pool, level)
    (alert,) = alert_rows(pool)
    assert (alert.rule, alert.text, alert.source, alert.liftable) == (
        "R99", "当时写下的话。", "旧规定", level == "warn")
    assert "当时写下的话。" in str(alert_notice(pool, alert.uid))
    assert [one.text for one in dismissal_rows(pool)] == ["当时写下的话。"]
    if level == "warn":
        answer_alert(pool, alert.uid, "规则已废止")
    else:
        with pytest.raises(UserProblem) as hard:
            answer_alert(pool, alert.uid, "规则已废止")
        assert hard.value.code == "alert.hard"
    sweep(pool)
    assert [one.state for one in alert_rows(pool, state="")] == ["answered" if level == "warn" else "settled"]


def test_a_stored_check_with_a_rule_that_left_the_book_is_shown(pool: ExpertPool) -> None:
    from expertpool.assignments.tables import CheckRecord

    one = serve(pool)
    with pool.write("sweep") as transaction:
        record = transaction.get(CheckRecord, transaction.by_uid(Assignment, one.uid).check_id)
        record.findings = [*record.findings, {"rule": "R99", "severity": "warn", "code": "R99.gone", "key": "k",
                                              "text": "当时写下的话。", "source": "旧规定", "parameters": {}, "facts": []}]
    shown = {rule.rule: [hit.text for hit in rule.hits] for rule in check_sheet(pool, one.uid).rules}
    assert shown["R99"] == ["当时写下的话。"]


def test_a_change_of_the_court_to_a_rule_that_left_the_book_bars_nobody_from_the_pool(pool: ExpertPool) -> None:
    pool.set_setting("rules", {"R99": {"level": "warn"}, "R3": {"parameters": {"years": 5}}})
    assert pool.rules.parameter("R3", "years") == 5
    assert "R99" not in pool.rules


def test_a_misspelt_operation_is_an_error_at_once(pool: ExpertPool) -> None:
    for write in (pool.write, pool.own_write):
        with pytest.raises(ValueError, match="regster"), write("regster"):
            pass
