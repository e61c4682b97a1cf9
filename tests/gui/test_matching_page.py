"""The page of matching: choose a case, read why, choose people, appoint, be refused, be told that data changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from expertpool.assignments.service import assignment_rows
from expertpool.cases.details import case_detail
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft, PatentDraft
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, RoleDraft
from expertpool.experts.register import change_state, register
from expertpool.matching.appoint import appoint
from tests.gui.waiting import rest

NUMBER, NEXT = "(2026)辽01知民初418号", "(2026)辽01知民初500号"
TERM = RoleDraft(role="technical_investigator", start="2024-03-01", end="2028-02-28")


def person(pool, name, employer="浑河示例大学", code="B62D", role=TERM, **values):
    register(pool, PersonDraft(**values, name=name, employments=[EmploymentDraft(employer=employer)], roles=[role],
                               fields_=[FieldDraft(code=code, main=True)], specialties=["移动机器人"]))


@pytest.fixture
def opened(empty_pool):
    pool = empty_pool
    person(pool, "王新宇")
    person(pool, "何佳", code="G05B")
    person(pool, "周步云", "浑河示例大学")  # bears the inventor's name
    person(pool, "陈立", "沈阳云岭机器人股份有限公司")
    person(pool, "冯瑞", role=RoleDraft(role="technical_consultant", start="2024-01-01", end="2028-01-01"))
    person(pool, "孟晓", case_cap=0)
    for number, day in ((NUMBER, "2026-09-01"), (NEXT, "2026-10-01")):
        open_case(pool, CaseDraft(
            number=number, cause="侵害发明专利权纠纷", filed_on=day, people_needed=2, issue="移动机器人的步态控制",
            parties=[PartyDraft(side="plaintiff", name="沈阳步云机器人有限公司"),
                     PartyDraft(side="defendant", name="沈阳云岭机器人股份有限公司")],
            patents=[PatentDraft(number="201910123456.7", ipc=["B62D 57/032"], inventors=["周步云"])]))
    return pool


@pytest.fixture
def page(qtbot, jobs, opened, show_page):
    from ui.matching.page import MatchingPage

    made = show_page(MatchingPage, opened, "Match and appoint")
    made.shown()
    rest(qtbot, jobs)
    return made


def typed(widget, text):
    """Enter text the way an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def match(qtbot, page, number=NUMBER):
    page.shown(number=number)
    rest(qtbot, page.jobs)


def names(shown):
    return [one.name for one in shown.people]


def look_at(page, tab, name):
    page.lists.tabs.choose(tab)
    shown = page.lists.current_list()
    shown.select(next(one.id for one in shown.people if one.name == name))


def uids(page):
    return {one.name: one.uid for one in (*page.answer.ranking.candidates, *page.answer.ranking.to_verify,
                                          *page.answer.ranking.excluded)}


def press_choose(qtbot, shown):
    """Press the button of the current row with the mouse."""
    column = next(place for place, one in enumerate(shown.model.columns) if one.key == "choose")
    spot = shown.view.visualRect(shown.model.index(shown.view.currentIndex().row(), column)).center()
    qtbot.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_without_a_case_those_that_lack_people_are_listed(qtbot, page):
    assert page.pending.table.count() == 2
    assert page.pending.table.current_row()["number"] == NUMBER  # the oldest first
    assert not page.action_button("matching.appoint").isEnabled()
    page.pending.table.view.setFocus()
    qtbot.keyClick(page.pending.table.view, Qt.Key.Key_Return)
    rest(qtbot, page.jobs)
    assert page.answer.number == NUMBER
    assert page.search.text() == NUMBER


def test_a_typed_number_in_any_spelling_is_matched_at_once(qtbot, page):
    page.search.setFocus()
    typed(page.search, "（2026）辽01知民初字第500号")
    page.search.setText("2026辽01知民初500")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.answer is not None, timeout=15_000)
    assert page.answer.number == NEXT
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    rest(qtbot, page.jobs)
    assert page.answer is None
    assert page.stack.currentWidget() is page.pending


def test_three_tabs_with_counts_reasons_and_findings(qtbot, page):
    match(qtbot, page)
    assert names(page.lists.lists["candidates"]) == ["王新宇", "何佳"]
    assert names(page.lists.lists["to_verify"]) == ["周步云"]
    assert names(page.lists.lists["excluded"]) == ["陈立", "孟晓", "冯瑞"]
    tabs = [one.text() for one in page.lists.tabs.findChildren(QPushButton)]
    assert tabs == ["May serve 2", "To verify 1", "May not serve 3"]
    row = page.lists.lists["candidates"].model.row(0)
    assert "B62D" in row["why"]
    assert sum(row["score"]) == pytest.approx(page.answer.ranking.candidates[0].score)
    look_at(page, "excluded", "陈立")
    assert page.lists.current_list().current_row()["level"] == ("forbidden", "danger")
    assert page.card.findings[0].hit.rule == "R2"
    look_at(page, "excluded", "孟晓")
    assert page.lists.current_list().current_row()["level"] == ("setting", "warning")
    look_at(page, "to_verify", "周步云")
    assert page.lists.current_list().current_row()["pills"] == [("same name", "warning")]
    assert "rule book" in page.status


def test_choosing_by_mouse_and_keyboard(qtbot, page):
    match(qtbot, page)
    look_at(page, "candidates", "王新宇")
    shown = page.lists.current_list()
    press_choose(qtbot, shown)
    assert page.action_button("matching.appoint").text() == "Appoint 1 chosen"
    assert shown.current_row()["choose"] == ("chosen", True)
    shown.view.setFocus()
    qtbot.keyClick(shown.view, Qt.Key.Key_Down)
    qtbot.keyClick(shown.view, Qt.Key.Key_Space)
    assert {one.name for one in page.chosen.values()} == {"王新宇", "何佳"}
    qtbot.mouseClick(page.card.choosing, Qt.MouseButton.LeftButton)
    assert {one.name for one in page.chosen.values()} == {"王新宇"}


def test_appointing_writes_duties_says_so_and_checks_again(qtbot, page, feedback):
    match(qtbot, page)
    look_at(page, "candidates", "王新宇")
    page.lists.current_list().activated.emit(0)
    qtbot.mouseClick(page.action_button("matching.appoint"), Qt.MouseButton.LeftButton)
    dialog = page.dialog
    qtbot.waitUntil(dialog.isVisible)
    dialog.ticks["organise"].setChecked(False)
    assert dialog.confirming.isEnabled()
    qtbot.mouseClick(dialog.confirming, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    row = assignment_rows(page.pool, case=case_detail(page.pool, NUMBER).uid)[0]
    assert row.person == "王新宇"
    assert row.duties == ["advice", "evidence", "hearing", "opinion", "deliberation"]
    assert any("王新宇" in text for tone, text in feedback.seen if tone == "ok")
    assert page.chosen == {}
    assert "王新宇" in names(page.lists.lists["excluded"])
    assert page.banner.isHidden()
    page.jobs.undo()
    rest(qtbot, page.jobs)
    assert assignment_rows(page.pool, case=case_detail(page.pool, NUMBER).uid) == []
    assert not page.banner.isHidden()


def test_somebody_to_verify_needs_a_written_reason(qtbot, page):
    match(qtbot, page)
    look_at(page, "to_verify", "周步云")
    press_choose(qtbot, page.lists.current_list())
    page.appoint_chosen()
    dialog = page.dialog
    assert not dialog.confirming.isEnabled()
    box = next(iter(dialog.boxes.values()))
    box.setFocus()
    typed(box, "已核对身份证号，并非同一人")
    assert dialog.confirming.isEnabled()
    dialog.confirming.click()
    rest(qtbot, page.jobs)
    assert assignment_rows(page.pool, case=case_detail(page.pool, NUMBER).uid)[0].reason.startswith("已核对")


def test_a_refused_appointment_shows_its_sentence_and_writes_nothing(qtbot, page, feedback):
    match(qtbot, page)
    look_at(page, "candidates", "王新宇")
    press_choose(qtbot, page.lists.current_list())
    change_state(page.pool, uids(page)["王新宇"], "suspended", "本人申请", "2026-11-20")
    page.appoint_chosen()
    dialog = page.dialog
    dialog.confirming.click()
    rest(qtbot, page.jobs)
    assert dialog.isVisible()
    assert "Nothing was written" in dialog.refusal.text()
    assert not feedback.seen or feedback.seen[-1][0] != "danger"
    dialog.reject()
    qtbot.waitUntil(lambda: page.dialog is None)
    assert assignment_rows(page.pool, case=case_detail(page.pool, NUMBER).uid) == []
    assert page.chosen == {}
    assert "王新宇" in names(page.lists.lists["excluded"])


def test_data_that_changed_since_the_check_is_told(qtbot, page):
    match(qtbot, page)
    person(page.pool, "新来者")
    page.shown()
    rest(qtbot, page.jobs)
    assert page.banner.isVisible()
    assert "changed" in page.status
    qtbot.mouseClick(page.banner.action, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert page.banner.isHidden()
    assert "新来者" in names(page.lists.lists["candidates"])


def test_another_role_ranks_anew(qtbot, page):
    match(qtbot, page)
    page.side.role.setCurrentIndex(page.side.role.findData("technical_consultant"))
    page.side.role.activated.emit(page.side.role.currentIndex())
    rest(qtbot, page.jobs)
    assert names(page.lists.lists["candidates"]) == ["冯瑞"]
    assert page.answer.ranking.role == "technical_consultant"


def test_an_unknown_number_says_so_and_stays_on_the_list(qtbot, page, feedback):
    match(qtbot, page, "(2026)辽01知民初99999号")
    assert page.answer is None
    assert feedback.seen[-1][0] == "danger"
    assert page.stack.currentWidget() is page.pending


def test_the_check_sheet_is_a_pdf(qtbot, page, prompts, tmp_path):
    match(qtbot, page)
    prompts.prepare(tmp_path / "sheet.pdf")
    page.print_sheet()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    from expertpool.documents.answer_sheet import answer_sheet
    from ui.paper_html import paper_html

    assert "陈立" in paper_html(answer_sheet(page.pool, page.answer.ranking, page.answer.card.detail))
    prompts.prepare(tmp_path / "missing" / "sheet.pdf")
    page.print_sheet()
    assert page.feedback.seen[-1][0] == "danger"


def test_with_a_case_in_hand_the_search_offers_others(qtbot, page):
    match(qtbot, page)
    page.search.setFocus()
    page.search.setText("云岭")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(page.finder.completer.popup().isVisible, timeout=15_000)
    popup = page.finder.completer.popup()
    offered = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert [line.split()[0] for line in offered] == [NEXT, NUMBER]
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    rest(qtbot, page.jobs)
    assert page.answer.number == NEXT
    assert page.chosen == {}


def test_a_false_alarm_is_dismissed_with_a_reason_and_restored(qtbot, page, prompts):
    match(qtbot, page)
    look_at(page, "to_verify", "周步云")
    row = next(one for one in page.card.findings if one.hit.rule == "R11")
    assert row.button.text() == "False alarm…"
    prompts.prepare("身份证号不同")
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert "周步云" in names(page.lists.lists["candidates"])  # stands in nobody's way any more
    look_at(page, "candidates", "周步云")
    row = next(one for one in page.card.findings if one.hit.rule == "R11")
    assert (row.hit.dismissed, row.button.text()) == ("身份证号不同", "Restore")
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert "周步云" in names(page.lists.lists["to_verify"])


def test_without_a_reason_nothing_is_dismissed(qtbot, page, prompts):
    match(qtbot, page)
    look_at(page, "to_verify", "周步云")
    prompts.prepare(None)
    qtbot.mouseClick(page.card.findings[0].button, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert not page.card.findings[0].hit.dismissed


def test_a_block_that_may_be_lifted_needs_a_written_ground(qtbot, page):
    from expertpool.checks.check_sheet import check_sheet

    match(qtbot, page)
    look_at(page, "excluded", "孟晓")
    qtbot.mouseClick(page.card.approving, Qt.MouseButton.LeftButton)
    uid = page.card.person.uid
    assert not page.dialog.confirming.isEnabled()
    page.dialog.grounds[uid].setPlainText("院长批准：该领域仅此一人")
    assert page.dialog.confirming.isEnabled()
    qtbot.mouseClick(page.dialog.confirming, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    sheet = check_sheet(page.pool, assignment_rows(page.pool, person=uid)[0].uid)
    assert [(one.rules, one.level, one.reason, one.by) for one in sheet.answers] == [
        (("E-LOAD",), "block", "院长批准：该领域仅此一人", "tester")]
    assert sheet.intact


def test_a_block_of_statute_has_no_special_approval(qtbot, page):
    match(qtbot, page)
    look_at(page, "excluded", "陈立")
    assert page.card.approving is None
    assert any("fixed by statute" in one.text() for one in page.card.findChildren(QLabel))


def test_special_approval_is_for_those_with_the_permission(qtbot, page):
    page.card.may_lift = False
    match(qtbot, page)
    look_at(page, "excluded", "孟晓")
    assert not page.card.approving.isEnabled()
    assert page.card.approving.toolTip()


def test_who_comes_in_the_place_of_whom_is_kept(qtbot, page):
    from expertpool.assignments.recusals import RecusalDraft, apply_for_recusal, decide_recusal, recusal_rows

    match(qtbot, page)
    appoint(page.pool, NUMBER, uids(page)["王新宇"])
    before = assignment_rows(page.pool)[0].uid
    apply_for_recusal(page.pool, before, RecusalDraft("甲", "plaintiff", "oral", "gifts"))
    decide_recusal(page.pool, recusal_rows(page.pool)[0].uid, "granted", by="审判长", reason="属实")
    page.shown(number=NUMBER, replaces=before)
    rest(qtbot, page.jobs)
    look_at(page, "candidates", "何佳")
    page._toggle(page.card.person)
    page.appoint_chosen()
    assert page.dialog.replaces() == before
    assert "王新宇" in page.dialog.place.currentText()
    qtbot.mouseClick(page.dialog.confirming, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    rows = {row.person: row for row in assignment_rows(page.pool, case=case_detail(page.pool, NUMBER).uid)}
    assert rows["王新宇"].replaced_by == "何佳"


def test_the_sheet_of_one_person_is_a_pdf_with_every_rule(qtbot, page, prompts, tmp_path):
    from expertpool.documents.check_sheet import person_sheet
    from ui.paper_html import paper_html

    match(qtbot, page)
    look_at(page, "excluded", "陈立")
    target = tmp_path / "核对表.pdf"
    prompts.prepare(target)
    page.review.print_sheet(page.card.person)
    rest(qtbot, page.jobs)
    assert target.read_bytes().startswith(b"%PDF")
    paper = paper_html(person_sheet(page.pool, NUMBER, uids(page)["陈立"]))
    for said in (NUMBER, "陈立", ">R1<", ">R12<", ">E-TERM<", "nothing found", "[forbidden]", "Fingerprint"):
        assert said in paper, said
