"""A recusal on the case card: filed in a dialog, shown with the days left, decided, reconsidered, printed."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from expertpool.assignments.recusals import RecusalDraft, apply_for_recusal, recusal_rows
from expertpool.assignments.service import assignment_rows
from expertpool.cases.details import case_detail
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.checks.next_step import change_assignment
from expertpool.experts.drafts import EmploymentDraft, PersonDraft, RoleDraft
from expertpool.experts.register import register
from expertpool.foundation.dates import fix_today
from expertpool.foundation.language import set_language
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import rank
from tests.declared import sign_for_case
from tests.gui.waiting import rest

NUMBER, DEFENDANT = "(2026)辽01知民初418号", "沈阳云岭机器人股份有限公司"


@pytest.fixture
def opened(empty_pool):
    fix_today(date.fromisoformat("2026-11-18"))  # a Wednesday
    pool = empty_pool
    register(pool, PersonDraft(name="王新宇", employments=[EmploymentDraft(employer="浑河示例大学")], roles=[
        RoleDraft(role="technical_investigator", start="2024-01-01", end="2028-01-01")]))
    open_case(pool, CaseDraft(number=NUMBER, cause="侵害发明专利权纠纷", filed_on="2026-09-01", judge="张某", parties=[
        PartyDraft(side="plaintiff", name="沈阳步云机器人有限公司"), PartyDraft(side="defendant", name=DEFENDANT)]))
    appoint(pool, NUMBER, rank(pool, NUMBER).candidates[0].uid)
    sign_for_case(pool, assignment_rows(pool)[0].person_uid, NUMBER)
    change_assignment(pool, assignment_rows(pool)[0].uid, "notified")
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


def row(page):
    return page.card.rows[0]


def wanted(page):
    """What the menu of the assignment offers."""
    return [one.text() for one in row(page).more.menu().actions() if one.text()]


def choose(page, words):
    next(one for one in row(page).more.menu().actions() if one.text() == words).trigger()


def confirm(qtbot, page):
    qtbot.mouseClick(page.recusals.dialog.confirming, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)


def state(page):
    return assignment_rows(page.pool)[0].state


def file_one(page, **values):
    uid = assignment_rows(page.pool)[0].uid
    apply_for_recusal(page.pool, uid, RecusalDraft(**{
        "applicant": DEFENDANT, "side": "defendant", "ground_code": "gifts", **values}))
    page.reload()
    page.open_record("case", NUMBER)


def test_an_application_is_filed_with_ground_provision_and_day_of_decision(qtbot, page):
    choose(page, "Recusal application…")
    dialog = page.recusals.dialog
    assert not dialog.confirming.isEnabled()  # applicant and ground are missing
    dialog.applicant.box.setCurrentText("")
    typed(dialog.applicant.box.lineEdit(), DEFENDANT)
    assert dialog.side.value() == "defendant"  # the party is known
    dialog.ground.box.setCurrentIndex(dialog.ground.box.findData("other_relation"))
    assert "art. 47(1)(3)" in dialog.law.text()
    assert "2026-11-23" in dialog.clock.text()  # the third day is a Saturday
    assert "2026-11-21" in dialog.clock.text()
    assert not dialog.urgent.isVisibleTo(dialog)
    confirm(qtbot, page)
    assert state(page) == "suspended"
    assert row(page).pill.text == "Suspended · waits for the decision (5 days left)"
    assert row(page).next.text() == "Decide…"
    assert page.recusals.dialog is None


def test_after_the_hearing_the_later_known_ground_is_needed(qtbot, page):
    detail = case_detail(page.pool, NUMBER)
    edit_case(page.pool, detail.uid, detail.draft().model_copy(update={"hearing_on": "2026-11-10"}))
    page.open_record("case", NUMBER)
    rest(qtbot, page.jobs)
    choose(page, "Recusal application…")
    dialog = page.recusals.dialog
    dialog.applicant.box.setEditText("某公司")
    dialog.ground.box.setCurrentIndex(1)
    assert dialog.late.isVisibleTo(dialog)
    assert not dialog.confirming.isEnabled()
    dialog.later.edit.setPlainText("庭后由证人告知")
    assert dialog.confirming.isEnabled()
    dialog.form.box.setCurrentIndex(dialog.form.box.findData("own_motion"))  # the court is not bound by it
    assert not dialog.late.isVisibleTo(dialog)
    assert not dialog.applicant.isVisibleTo(dialog)
    dialog.reject()


def test_urgent_work_goes_on_with_its_reason(qtbot, page):
    choose(page, "Recusal application…")
    dialog = page.recusals.dialog
    dialog.applicant.box.setEditText(DEFENDANT)
    dialog.ground.box.setCurrentIndex(1)
    dialog.going_on.box.click()
    assert not dialog.confirming.isEnabled()
    dialog.urgent.edit.setText("证据保全正在进行")
    confirm(qtbot, page)
    assert state(page) == "notified"
    assert "证据保全正在进行" in recusal_rows(page.pool)[0].urgent


def test_the_decision_dismisses_and_reconsideration_recuses(qtbot, page, prompts, went):
    file_one(page)
    rest(qtbot, page.jobs)
    qtbot.mouseClick(row(page).next, Qt.MouseButton.LeftButton)
    dialog = page.recusals.dialog
    assert dialog.name.value() == "张某"  # the judge of the case
    dialog.result_.box.setCurrentIndex(dialog.result_.box.findData("dismissed"))
    dialog.reasons.edit.setPlainText("无事实依据")
    confirm(qtbot, page)
    assert state(page) == "notified"
    assert "dismissed" in row(page).pill.text
    prompts.prepare("2026-11-18")
    choose(page, "Ask for reconsideration…")
    rest(qtbot, page.jobs)
    assert row(page).next.text() == "Reconsider…"
    assert state(page) == "notified"  # nobody is suspended meanwhile
    qtbot.mouseClick(row(page).next, Qt.MouseButton.LeftButton)
    dialog = page.recusals.dialog
    dialog.result_.box.setCurrentIndex(dialog.result_.box.findData("changed"))
    dialog.reasons.edit.setPlainText("新证据属实")
    confirm(qtbot, page)
    assert state(page) == "recused"
    assert row(page).next.text() == "Appoint another"
    qtbot.mouseClick(row(page).next, Qt.MouseButton.LeftButton)
    uid = assignment_rows(page.pool)[0].uid
    assert went[-1] == ("matching", {"number": NUMBER, "role": "technical_investigator", "replaces": uid})


def test_a_late_decision_is_told_before_and_after(qtbot, page, monkeypatch, feedback):
    file_one(page)
    fix_today(date.fromisoformat("2026-11-25"))
    page.open_record("case", NUMBER)
    rest(qtbot, page.jobs)
    assert row(page).pill.text.endswith("(2 days late)")
    assert row(page).pill.tone == "danger"
    qtbot.mouseClick(row(page).next, Qt.MouseButton.LeftButton)
    dialog = page.recusals.dialog
    assert "2026-11-23" in dialog.late.text()
    dialog.day.edit.setText("2026-11-17")  # before the application
    assert not dialog.confirming.isEnabled()
    dialog.day.edit.setText("2026-11-25")
    dialog.result_.box.setCurrentIndex(dialog.result_.box.findData("granted"))
    dialog.reasons.edit.setPlainText("属实")
    confirm(qtbot, page)
    assert recusal_rows(page.pool)[0].late == 2
    assert "decided 2 days late" in [one.text() for one in row(page).findChildren(QLabel)]
    told = next(text for _tone, text in feedback.seen if "Within 3 days" in text)  # the notices that are due now
    assert DEFENDANT in told


def test_the_history_opens_below_the_assignment_and_a_step_is_undone(qtbot, page, jobs):
    file_one(page)
    rest(qtbot, jobs)
    shown = row(page)
    assert shown.history.isHidden()
    qtbot.mouseClick(shown.opening, Qt.MouseButton.LeftButton)
    assert not shown.history.isHidden()
    assert shown.opening.text() == "History (3)"
    page.jobs.undo()
    rest(qtbot, jobs)
    assert (state(page), recusal_rows(page.pool)) == ("notified", [])


def test_papers_are_written_as_pdf_and_hold_what_the_law_wants(qtbot, page, prompts, tmp_path):
    from expertpool.documents.recusal import decision_of, in_words, load_file, recusal_register
    from ui.paper_html import paper_html

    file_one(page)
    rest(qtbot, page.jobs)
    assert "Decision, draft (PDF)…" not in wanted(page)  # nothing is decided
    for words, file in (("Register form (PDF)…", "登记表.pdf"), ("Check sheet (PDF)…", "核对表.pdf")):
        prompts.prepare(tmp_path / file)
        choose(page, words)
        rest(qtbot, page.jobs)
        assert (tmp_path / file).read_bytes().startswith(b"%PDF")
    set_language("zh_CN")
    assert in_words("2026-11-20") == "二〇二六年十一月二十日"
    set_language("en")
    one = recusal_rows(page.pool)[0]
    paper = paper_html(recusal_register(page.pool, one.uid))
    for said in (NUMBER, DEFENDANT, "王新宇", "2026-11-18", "2026-11-23", "art. 47(2)", "reconsideration"):
        assert said in paper, said
    decided = replace(one, stage="dismissed", decision="dismissed", decided_on="2026-11-20", decided_by="审判长 张某",
                      decision_reason="<无事实依据>")
    paper = paper_html(decision_of(replace(load_file(page.pool, one.uid), application=decided), page.pool.rules))
    for said in (DEFENDANT, "&lt;无事实依据&gt;", "审判长 张某", "art. 50", "once for reconsideration", "2026-11-20"):
        assert said in paper, said


def test_every_field_of_the_dialogs_has_a_name_and_nothing_is_cut_off(qtbot, page):
    choose(page, "Recusal application…")
    dialog = page.recusals.dialog
    qtbot.waitExposed(dialog)
    QApplication.processEvents()
    for field in dialog.fields:
        assert field.control.accessibleName()
        if field.isVisibleTo(dialog):
            assert field.control.height() >= field.control.minimumSizeHint().height() or isinstance(
                field.control, QPlainTextEdit)
            assert field.geometry().bottom() <= dialog.height()
    dialog.reject()


def test_a_technical_opinion_is_kept_and_taken_out_again(qtbot, page, prompts, opened, tmp_path):
    paper = tmp_path / "意见.pdf"
    paper.write_bytes(b"%PDF signed")
    prompts.prepare(paper)
    choose(page, "Keep the technical opinion…")
    qtbot.waitUntil(page.jobs.idle, timeout=15_000)
    state = opened.state()
    prompts.prepare(tmp_path / "again.pdf")
    choose(page, "Take the technical opinion out…")
    qtbot.waitUntil(page.jobs.idle, timeout=15_000)
    assert (tmp_path / "again.pdf").read_bytes() == b"%PDF signed"
    assert opened.state() == state + 1  # who read it is noted


def test_a_decision_that_is_refused_keeps_its_reasons(qtbot, page):
    """Somebody else decided meanwhile; the dialog used to be gone, and an hour's reasons with it."""
    from expertpool.assignments.recusals import decide_recusal

    file_one(page)
    rest(qtbot, page.jobs)
    qtbot.mouseClick(row(page).next, Qt.MouseButton.LeftButton)
    dialog = page.recusals.dialog
    dialog.result_.box.setCurrentIndex(dialog.result_.box.findData("granted"))
    dialog.reasons.edit.setPlainText("双方系师生关系，已调取学籍档案核实")
    decide_recusal(page.pool, recusal_rows(page.pool)[0].uid, "dismissed", by="审判长 李某", reason="无依据")
    confirm(qtbot, page)
    assert dialog.isVisible()
    assert dialog.isEnabled()
    assert dialog.reasons.value() == "双方系师生关系，已调取学籍档案核实"
    assert "changed by someone else" in dialog.refusal.text()
    assert recusal_rows(page.pool)[0].decision == "dismissed"
    dialog.reject()


def test_a_day_of_reconsideration_that_is_refused_is_asked_again(qtbot, page, prompts):
    from expertpool.assignments.recusals import decide_recusal

    file_one(page)
    decide_recusal(page.pool, recusal_rows(page.pool)[0].uid, "dismissed", by="审判长 李某", reason="无依据")
    page.reload()
    page.open_record("case", NUMBER)
    rest(qtbot, page.jobs)
    prompts.prepare("2026-13-45", "2026-11-18")
    choose(page, "Ask for reconsideration…")
    rest(qtbot, page.jobs)
    assert row(page).next.text() == "Reconsider…"
