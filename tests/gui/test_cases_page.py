"""The page of cases: list, chips, card with its line of cases and steps, form with parties, patents and fields."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from expertpool.assignments.service import assignment_rows
from expertpool.cases.browse import CaseQuery, case_ids
from expertpool.cases.details import case_detail
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft, PatentDraft
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, RoleDraft
from expertpool.experts.register import register
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import rank
from tests.declared import sign_for_case
from tests.gui.waiting import rest

FIRST, SECOND, AGAIN = "(2024)辽01知民初96号", "(2025)最高法知民终207号", "(2026)辽01知民初418号"
OTHER = "(2026)辽02知民初7号"
PASTED = ("原告：甲示例机床有限公司；委托诉讼代理人：刘一，北陵示例律师事务所律师；"
          "被告：乙示例数控有限公司、丙示例电机厂")


@pytest.fixture
def opened(empty_pool):
    """A pool with one dispute of three cases, one closed case, one person who served first."""
    pool = empty_pool
    register(pool, PersonDraft(
        name="赵启明", employments=[EmploymentDraft(employer="浑河示例大学")],
        fields_=[FieldDraft(code="B62D", main=True)],
        roles=[RoleDraft(role="technical_investigator", start="2024-01-01", end="2028-01-01")]))
    parties = [PartyDraft(side="plaintiff", name="沈阳步云机器人有限公司"),
               PartyDraft(side="defendant", name="沈阳云岭机器人股份有限公司")]
    patents = [PatentDraft(number="201910123456.7", title="轮腿机器人", ipc=["B62D 57/032"])]
    for number, original, day in ((FIRST, "", "2024-03-11"), (SECOND, FIRST, "2025-02-20"),
                                  (AGAIN, SECOND, "2026-09-01")):
        open_case(pool, CaseDraft(number=number, cause="侵害发明专利权纠纷", filed_on=day, parties=parties,
                                  patents=patents, original_number=original))
    open_case(pool, CaseDraft(number=OTHER, cause="技术合同纠纷", state="closed", closed_on="2026-10-01"))
    appoint(pool, FIRST, rank(pool, FIRST).candidates[0].uid)
    return pool


@pytest.fixture
def page(qtbot, jobs, opened, show_page):
    from ui.cases.page import CasesPage

    made = show_page(CasesPage, opened, "Cases")
    rest(qtbot, jobs)
    return made


def typed(widget, text):
    """Enter text the way an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def open_record(qtbot, page, number):
    page.open_record("case", case_detail(page.pool, number).uid)
    rest(qtbot, page.jobs)


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def chip(page, words):
    return next(one for one in page.chips.findChildren(QPushButton) if one.text().startswith(words))


def test_the_list_shows_the_newest_number_first_and_its_card(page):
    assert page.table.count() == 4
    assert page.table.current_row()["number"] == OTHER
    assert page.card.data.detail.number == OTHER
    assert chip(page, "All").text() == "All 4"
    assert chip(page, "To appoint").text() == "To appoint 2"


def test_chips_and_search_work_together(qtbot, page):
    press(qtbot, chip(page, "To appoint"))
    rest(qtbot, page.jobs)
    assert page.table.count() == 2
    page.search.setFocus()
    typed(page.search, "2026")
    page.search.show_text("2026年辽01知民初第418号")
    rest(qtbot, page.jobs)
    assert page.table.count() == 1
    assert page.table.current_row()["number"] == AGAIN
    page.search.show_text("没有这样的公司")
    rest(qtbot, page.jobs)
    assert page.table.count() == 0
    assert page.empty.said.text() == "No case fits"
    assert not page.action_button("cases.match").isEnabled()


def test_the_line_of_cases_names_the_trial_after_the_remand_and_opens_others(qtbot, page):
    open_record(qtbot, page, AGAIN)
    line = page.card.lineage
    assert line._stages == ["first_instance", "second_instance", "remand_first"]
    first = case_detail(page.pool, FIRST).uid
    press(qtbot, line.buttons[first])
    rest(qtbot, page.jobs)
    assert page.card.data.detail.number == FIRST
    assert page.table.current_row()["number"] == FIRST


def test_the_next_step_of_an_assignment_is_one_press_and_can_be_undone(qtbot, page, feedback):
    open_record(qtbot, page, FIRST)
    row = page.card.rows[0]
    assert row.next.text() == "notified"
    sign_for_case(page.pool, row.row.person_uid, FIRST)
    press(qtbot, row.next)
    rest(qtbot, page.jobs)
    uid = case_detail(page.pool, FIRST).uid
    assert assignment_rows(page.pool, case=uid)[0].state == "notified"
    assert page.card.rows[0].row.state == "notified"
    page.jobs.undo()
    rest(qtbot, page.jobs)
    assert page.card.rows[0].row.state == "appointed"


def test_the_parties_are_told_only_after_the_declaration(qtbot, page, feedback):
    open_record(qtbot, page, FIRST)
    press(qtbot, page.card.rows[0].next)
    rest(qtbot, page.jobs)
    tone, text = feedback.seen[-1]
    assert (tone, "declaration" in text) == ("danger", True)
    assert page.card.rows[0].row.state == "appointed"


def test_where_the_rule_only_warns_the_window_asks_for_a_reason(qtbot, page, prompts):
    page.pool.set_setting("rules", {"R13": {"outcomes": {"missing": "warn"}}})
    open_record(qtbot, page, FIRST)
    prompts.prepare(None)
    press(qtbot, page.card.rows[0].next)
    rest(qtbot, page.jobs)
    assert page.card.rows[0].row.state == "appointed"
    prompts.prepare("当庭已口头声明")
    press(qtbot, page.card.rows[0].next)
    rest(qtbot, page.jobs)
    row = page.card.rows[0].row
    assert (row.state, row.events[-1]["note"]) == ("notified", "当庭已口头声明")


def test_the_card_says_when_the_opinion_is_due(qtbot, page):
    detail = case_detail(page.pool, FIRST)
    draft = detail.draft()
    draft.deliberation_on = "2026-12-10"
    edit_case(page.pool, detail.uid, draft)
    open_record(qtbot, page, FIRST)
    assert "Opinion due 2026-12-09" in [one.text() for one in page.card.rows[0].findChildren(QLabel)]


def test_a_step_that_ends_the_service_asks_why(qtbot, page, prompts):
    open_record(qtbot, page, FIRST)
    prompts.prepare("工作变动")
    page.card.rows[0].stepped.emit("withdrawn")
    rest(qtbot, page.jobs)
    assert assignment_rows(page.pool, case=case_detail(page.pool, FIRST).uid)[0].state == "withdrawn"
    prompts.prepare(None)
    assert page.card.rows[0].next is None


def test_matching_takes_the_number_along(qtbot, page, went):
    open_record(qtbot, page, AGAIN)
    press(qtbot, page.card.matching)
    assert went == [("matching", {"number": AGAIN})]


def test_a_new_case_from_number_and_pasted_parties(qtbot, page):
    press(qtbot, page.action_button("cases.add"))
    form = page.form.form
    assert not form.saving.isEnabled()
    typed(form.number.edit, "2026年辽01知民初第500号")
    assert "沈阳市中级人民法院" in form.number.note.text()
    assert (form.court.value(), form.nature.value()) == ("沈阳市中级人民法院", "civil")
    form.cause.edit.setText("侵犯发明专利权")
    assert "侵害发明专利权纠纷" in form.cause.note.text()
    form.parties.paste.setPlainText(PASTED)
    assert form.parties.taking.text() == "Take 3 parties"
    press(qtbot, form.parties.taking)
    form.issue.edit.setPlainText("永磁同步电机的伺服控制方法")
    qtbot.waitUntil(lambda: bool(form.fields_.guesses), timeout=15_000)
    offered = form.fields_.offered.findChildren(QPushButton)
    press(qtbot, offered[0])
    accepted = form.fields_.guesses[0].code
    form.patents.adding.click()
    number = form.patents._rows[0].fields[0]
    number.edit.setText("ZL201910123456.8")
    assert "check digit" in form.patents.note.text()
    assert form.saving.isEnabled()
    press(qtbot, form.saving)
    rest(qtbot, page.jobs)
    saved = case_detail(page.pool, "(2026)辽01知民初500号")
    assert [party["side"] for party in saved.parties] == ["plaintiff", "defendant", "defendant"]
    assert saved.parties[0]["agents"][0]["firm"] == "北陵示例律师事务所"
    assert saved.values["cause_code"]
    assert saved.fields[0] == {"code": accepted, "main": True, "origin": "recognised"}
    assert saved.patents[0]["kind"] == "invention"
    assert page.stack.currentWidget() is page.split
    assert page.card.data.detail.number == "(2026)辽01知民初500号"


def test_a_number_that_is_not_understood_is_kept(qtbot, page):
    page.add_case()
    typed(page.form.form.number.edit, "内部编号甲-3")
    assert "kept" in page.form.form.number.note.text()
    assert page.form.form.number.fault() == ""
    page.form.form.save()
    rest(qtbot, page.jobs)
    assert case_detail(page.pool, "内部编号甲-3").values["recognised"] is False


def test_a_known_number_is_refused_under_its_field(qtbot, page):
    page.add_case()
    typed(page.form.form.number.edit, AGAIN)
    before = len(case_ids(page.pool, CaseQuery()))
    page.form.form.save()
    rest(qtbot, page.jobs)
    assert "already" in page.form.form.number.note.text()
    assert page.stack.currentWidget() is page.form
    assert len(case_ids(page.pool, CaseQuery())) == before


def test_editing_keeps_what_no_field_shows_and_leaving_asks(qtbot, page, prompts):
    open_record(qtbot, page, AGAIN)
    qtbot.keyClick(page.table.view, Qt.Key.Key_F2)
    form = page.form.form
    assert page.stack.currentWidget() is page.form
    assert not form.is_changed()
    form.fields["judge"].edit.setText("林某")
    prompts.prepare("stay", "stay")
    form.leave()
    page.search.show_text("云岭")
    assert page.stack.currentWidget() is page.form
    press(qtbot, form.saving)
    rest(qtbot, page.jobs)
    saved = case_detail(page.pool, AGAIN)
    assert saved.values["judge"] == "林某"
    assert saved.patents[0]["ipc"] == ["B62D 57/032"]
    assert len(saved.lineage) == 3


def test_a_case_changed_meanwhile_shows_both_values(qtbot, page):
    open_record(qtbot, page, AGAIN)
    page.edit_current()
    detail = case_detail(page.pool, AGAIN)
    edit_case(page.pool, detail.uid, detail.draft().model_copy(update={"judge": "别人"}))
    page.form.form.fields["judge"].edit.setText("林某")
    page.form.form.save()
    rest(qtbot, page.jobs)
    assert case_detail(page.pool, AGAIN).values["judge"] == "别人"
    (row,) = page.form.conflict.rows
    row.buttons["mine"].setChecked(True)
    page.form.conflict.save()
    rest(qtbot, page.jobs)
    assert case_detail(page.pool, AGAIN).values["judge"] == "林某"


def test_closing_a_case_is_one_press(qtbot, page):
    open_record(qtbot, page, AGAIN)
    press(qtbot, next(one for one in page.card.findChildren(QPushButton) if one.text() == "Close the case"))
    rest(qtbot, page.jobs)
    assert case_detail(page.pool, AGAIN).values["state"] == "closed"
    assert not page.card.matching.isEnabled()


def test_columns_follow_the_room(qtbot, page):
    place = next(n for n, column in enumerate(page.table.model.columns) if column.key == "filed_on")
    assert page.table.header.isSectionHidden(place)
    page.resize(1700, 900)
    qtbot.waitUntil(lambda: not page.table.header.isSectionHidden(place))
    page.resize(1100, 700)
    qtbot.waitUntil(lambda: page.table.header.isSectionHidden(place))


def test_every_control_has_a_name(page):
    page.add_case()
    page.form.form.parties.adding.click()
    page.form.form.patents.adding.click()
    nameless = [one for one in page.findChildren(QPushButton) if not (one.text() or one.accessibleName())]
    assert nameless == []
    row = page.form.form.parties.parties[0]
    assert all(part.accessibleName() for part in (row.side, row.kind, row.name, row.representative, row.code))
    page.form.form.show_new()


def test_a_step_that_is_refused_asks_again_with_what_was_typed(qtbot, page, prompts, monkeypatch):
    from expertpool.checks.next_step import change_assignment

    open_record(qtbot, page, FIRST)
    card = page.card.rows[0]
    (one,) = assignment_rows(page.pool, case=case_detail(page.pool, FIRST).uid)
    change_assignment(page.pool, one.uid, "withdrawn", note="另一处已办理")
    given = []
    monkeypatch.setattr(type(prompts), "text", lambda _self, _parent, title, label, initial="", **_more: given.append(
        (label, initial)) or ("工作变动" if len(given) == 1 else None))
    card.stepped.emit("withdrawn")
    rest(qtbot, page.jobs)
    assert len(given) == 2
    assert "changed by someone else" in given[1][0]
    assert given[1][1] == "工作变动"
