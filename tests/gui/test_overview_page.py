"""总览 on a real pool: figures, deadlines, undo of an operation, first steps on an empty pool."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from expertpool.assignments.service import assignment_rows
from expertpool.cases.details import case_detail
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft, CaseFieldDraft, PartyDraft
from expertpool.checks.alerts import alert_rows
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, RoleDraft
from expertpool.experts.register import register
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import rank
from expertpool.organisations.register import link
from expertpool.pool import ExpertPool
from ui.main_window import MainWindow
from ui.overview.lists import DueLine

NUMBER = "(2026)辽01知民初418号"


@pytest.fixture
def opened(tmp_path):
    path = tmp_path / "pool.expertpool"
    with ExpertPool.open(path) as pool:
        yield pool, path


def window_on(qtbot, path):
    window = MainWindow(lambda target: ExpertPool.open(target))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.open_pool(str(path))
    qtbot.waitUntil(lambda: window.surroundings.pool is not None and window.jobs.idle(), timeout=20_000)
    window.navigate("overview")
    qtbot.waitUntil(window.jobs.idle, timeout=20_000)
    return window, window.stack.currentWidget()


def leave(window):
    pool = window.surroundings.pool
    window.close()
    window.jobs.close()
    pool.close()


def fill(pool):
    register(pool, PersonDraft(name="王新宇", fields_=[FieldDraft(code="B62D", main=True)], roles=[
        RoleDraft(role="technical_investigator", start="2024-01-01", end="2026-12-31")]))
    open_case(pool, CaseDraft(number=NUMBER, filed_on="2026-09-01", fields_=[CaseFieldDraft(code="B62D")]))
    appoint(pool, NUMBER, rank(pool, NUMBER).candidates[0].uid)


def test_an_empty_pool_offers_first_steps(qtbot, opened):
    window, page = window_on(qtbot, opened[1])
    assert page.stack.currentWidget() is page.empty
    assert [button.text() for button in page.empty.buttons] == [
        "Import a spreadsheet", "Open the sample pool", "Add an expert"]
    leave(window)


def test_figures_deadlines_and_undo(qtbot, opened):
    pool, path = opened
    fill(pool)
    window, page = window_on(qtbot, path)
    assert page.people.findChildren(type(page.people._figure))[1].text() == "1"
    lines = page.due.findChildren(DueLine)
    assert [line.accessibleName().split()[0] for line in lines] == ["11-25", "12-31"]
    assert "法释〔2019〕2号" in lines[0].accessibleName()
    assert len(assignment_rows(pool)) == 1
    button = next(b for b in page.recent.findChildren(QPushButton) if "Appointed 王新宇" in b.accessibleName())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.jobs.idle() and assignment_rows(pool) == [], timeout=20_000)
    qtbot.waitUntil(lambda: len(page.due.findChildren(DueLine)) == 1, timeout=20_000)
    leave(window)


def test_a_deadline_leads_to_its_case_by_keyboard(qtbot, opened):
    pool, path = opened
    fill(pool)
    window, page = window_on(qtbot, path)
    line = page.due.findChildren(DueLine)[0]
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is not page and window.jobs.idle(), timeout=20_000)
    assert type(window.stack.currentWidget()).__name__ == "CasesPage"
    leave(window)


def red(pool):
    """Somebody serves, and then the unit becomes a party."""
    register(pool, PersonDraft(name="秦望舒", employments=[EmploymentDraft(employer="浑河理工大学")], roles=[
        RoleDraft(role="technical_investigator", start="2024-01-01", end="2028-12-31")]))
    open_case(pool, CaseDraft(number=NUMBER, filed_on="2026-09-01", judge="周法官", parties=[
        PartyDraft(side="plaintiff", name="步云机器人有限公司")]))
    appoint(pool, NUMBER, rank(pool, NUMBER).candidates[0].uid)
    detail = case_detail(pool, NUMBER)
    draft = detail.draft()
    draft.parties.append(PartyDraft(side="defendant", name="浑河理工大学"))
    edit_case(pool, detail.uid, draft)


def test_an_appointment_turned_red_is_shown_and_leads_to_a_replacement(qtbot, opened, tmp_path):
    pool, path = opened
    red(pool)
    window, page = window_on(qtbot, path)
    assert page.alerts.isVisible()
    (button,) = page.alerts.findChildren(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.sheet is not None and page.sheet.isVisible(), timeout=10_000)
    sheet = page.sheet
    assert "浑河理工大学" in sheet.notice.toPlainText()
    assert not sheet.why.isEnabled()
    target = tmp_path / "notice.txt"
    window.surroundings.prompts.prepare(target)
    qtbot.mouseClick(sheet.saving, Qt.MouseButton.LeftButton)
    assert "周法官" in target.read_text(encoding="utf-8-sig")
    qtbot.mouseClick(sheet.replacing, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is not page and window.jobs.idle(), timeout=20_000)
    assert page.sheet is None
    leave(window)


def test_a_warning_is_answered_with_a_reason(qtbot, opened):
    pool, path = opened
    register(pool, PersonDraft(name="秦望舒", employments=[EmploymentDraft(employer="浑河理工大学")], roles=[
        RoleDraft(role="technical_investigator", start="2024-01-01", end="2028-12-31")]))
    open_case(pool, CaseDraft(number=NUMBER, filed_on="2026-09-01", parties=[
        PartyDraft(side="plaintiff", name="步云机器人有限公司")]))
    appoint(pool, NUMBER, rank(pool, NUMBER).candidates[0].uid)
    link(pool, "浑河理工大学", "步云机器人有限公司", kind="controls")
    window, page = window_on(qtbot, path)
    (button,) = page.alerts.findChildren(QPushButton)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.sheet is not None and page.sheet.isVisible(), timeout=10_000)
    assert not page.sheet.going_on.isEnabled()
    qtbot.keyClicks(page.sheet.why, "shares were sold in 2020")
    qtbot.keyClick(page.sheet.why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.sheet is None and window.jobs.idle() and not page.alerts.isVisible(),
                    timeout=20_000)
    assert alert_rows(pool, state="answered")[0].answer == "shares were sold in 2020"
    leave(window)
