"""The tab of interests: state of the declaration, sentences, recording a paper, forms, reading them back."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.declarations.drafts import DeclarationDraft
from expertpool.declarations.questions import form_data, questions
from expertpool.declarations.recording import declaration_state, declare
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import EmploymentDraft, InterestDraft, PersonDraft
from expertpool.experts.register import register
from tests.gui.waiting import rest
from ui.widgets.chips import StatePill

NUMBER = "(2026)辽01知民初418号"
SPOUSE = InterestDraft(kind="relative", relation="spouse", name="林示例", unit="沈阳某机器人公司",
                       id_number="210102198503071235")


@pytest.fixture
def pool(empty_pool):
    pool = empty_pool
    register(pool, PersonDraft(name="安亦舟", employments=[EmploymentDraft(employer="浑河理工大学")],
                               interests=[SPOUSE]))
    register(pool, PersonDraft(name="毕小川"))
    open_case(pool, CaseDraft(number=NUMBER, parties=[PartyDraft(side="plaintiff", name="云岭科技有限公司")]))
    return pool


@pytest.fixture
def page(qtbot, jobs, pool, show_page):
    from ui.experts.page import ExpertsPage

    page = show_page(ExpertsPage, pool, "Experts")
    rest(qtbot, jobs)
    page.card.tabs.choose("interests")
    page.open_record("person", uid(pool, "安亦舟"))
    rest(qtbot, jobs)
    return page


def uid(pool, name):
    return next(row.uid for row in people_rows(pool, people_ids(pool, PeopleQuery())) if row.name == name)


def texts(widget):
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def pills(widget):
    return [one.text for one in widget.findChildren(StatePill) if not one.isHidden()]


def button(page, name):
    return next(one for one in page.card.findChildren(QPushButton, f"declaration-{name}") if one.isVisible())


def press(qtbot, one):
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)


def typed(widget, text):
    """Enter text the way an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def opened(qtbot, page):
    qtbot.waitUntil(lambda: page.declarations.dialog is not None, timeout=15_000)
    rest(qtbot, page.jobs)
    return page.declarations.dialog


def nothing(day):
    return DeclarationDraft(signed_on=day, answers={question.code: "none" for question in questions()})


def signed(path: Path, name: str) -> None:
    """Answer everything open with 无 and sign."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == form_data()["heads"][0] and not sheet.cell(row + 1, 1).value:
            sheet.cell(row + 1, 1).value = "无"
        if sheet.cell(row, 1).value == "声明人签名":
            sheet.cell(row, 2).value, sheet.cell(row, 6).value = name, "2026-11-21"
    book.save(path)


def test_who_never_declared_is_told_what_to_do(page):
    assert "Never declared" in pills(page.card)
    assert "Print the form" in texts(page.card)
    assert button(page, "print").property("role") == "primary"
    assert "spouse 林示例, at 沈阳某机器人公司" in texts(page.card)
    assert "210102198503071235" not in texts(page.card)


@pytest.mark.parametrize(("day", "state"), [("2026-11-01", "Valid"), ("2025-12-01", "Over soon"),
                                            ("2025-01-01", "Over")])
def test_the_age_of_the_declaration(qtbot, page, pool, day, state):
    declare(pool, uid(pool, "毕小川"), nothing(day))
    page.open_record("person", uid(pool, "毕小川"))
    rest(qtbot, page.jobs)
    assert state in pills(page.card)
    assert f"Signed on {day}" in texts(page.card)
    assert "nothing was declared" in texts(page.card)


def test_what_ended_stands_last_and_does_not_count(qtbot, page, pool):
    declare(pool, uid(pool, "安亦舟"), nothing("2026-11-01"))
    page.reload()
    page.open_record("person", uid(pool, "安亦舟"))
    rest(qtbot, page.jobs)
    assert "Ended" in pills(page.card)
    assert "until 2026-11-01" in texts(page.card)


def test_a_signed_paper_is_recorded(qtbot, page, pool):
    press(qtbot, button(page, "record"))
    dialog = opened(qtbot, page)
    assert not dialog.confirming.isEnabled()
    relatives, holdings = dialog.blocks[0], dialog.blocks[1]
    assert (relatives.answer(), holdings.answer()) == ("some", "")
    qtbot.keyClicks(dialog.signed.edit, "2026-11-20")
    holdings.choose("some")
    holdings.rows.adding.click()
    row = holdings.rows._rows[0]
    assert not dialog.confirming.isEnabled()  # an entry without anything
    typed(next(field for field in row.fields if field.name == "unit").control, "云岭科技有限公司")
    press(qtbot, dialog.nothing)
    assert dialog.confirming.isEnabled()
    press(qtbot, dialog.confirming)
    rest(qtbot, page.jobs)
    assert page.declarations.dialog is None
    assert "Valid" in pills(page.card)
    assert "Shares of 云岭科技有限公司 (unlisted)" in texts(page.card)
    (relative, _holding) = person_detail(pool, uid(pool, "安亦舟"), revealed=True).children["interests"]
    assert (relative["id_number"], relative["declared_on"]) == (SPOUSE.id_number, "2026-11-20")
    page.jobs.undo()
    rest(qtbot, page.jobs)
    assert "Never declared" in pills(page.card)


def test_a_case_nobody_knows_keeps_the_dialog_open(qtbot, page, pool):
    press(qtbot, button(page, "record"))
    dialog = opened(qtbot, page)
    qtbot.keyClicks(dialog.signed.edit, "2026-11-20")
    typed(dialog.number.control, "（2020）辽01知民初1号")
    assert dialog.blocks[0].answer() == ""  # what is on file is no part of one for a case
    press(qtbot, dialog.nothing)
    press(qtbot, dialog.confirming)
    rest(qtbot, page.jobs)
    assert "no case" in dialog.number.note.text()
    dialog.number.control.setText("（2026）辽01知民初418号")
    press(qtbot, dialog.confirming)
    rest(qtbot, page.jobs)
    assert page.declarations.dialog is None
    assert [one.number for one in declaration_state(pool, uid(pool, "安亦舟")).cases] == [NUMBER]
    assert NUMBER in texts(page.card)


def test_a_day_to_come_is_refused(qtbot, page):
    press(qtbot, button(page, "record"))
    dialog = opened(qtbot, page)
    press(qtbot, dialog.nothing)
    qtbot.keyClicks(dialog.signed.edit, "2026-12-24")
    assert "not come" in dialog.signed.note.text()
    assert not dialog.confirming.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.declarations.dialog is None


def test_the_form_is_written_and_read_back(qtbot, page, pool, prompts, tmp_path):
    path = tmp_path / "表.xlsx"
    prompts.prepare(path)
    press(qtbot, button(page, "print"))
    menu = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    rest(qtbot, page.jobs)
    assert path.exists()
    signed(path, "安亦舟")
    prompts.prepare([path])
    press(qtbot, button(page, "read"))
    dialog = opened(qtbot, page)
    assert "Will be recorded" in pills(dialog)
    assert "1 unchanged" in texts(dialog)
    press(qtbot, dialog.confirming)
    rest(qtbot, page.jobs)
    assert declaration_state(pool, uid(pool, "安亦舟")).signed_on == "2026-11-21"
    assert "Valid" in pills(page.card)


def test_an_unsigned_form_is_only_shown(qtbot, page, pool, prompts, tmp_path):
    from expertpool.declarations.form import write_declaration_form

    write_declaration_form(pool, tmp_path / "表.xlsx", [uid(pool, "毕小川")])
    prompts.prepare([tmp_path / "表.xlsx"])
    press(qtbot, button(page, "read"))
    dialog = opened(qtbot, page)
    assert "Not signed" in pills(dialog)
    assert not dialog.confirming.isEnabled()
    dialog.reject()


def test_the_form_of_a_case_as_pdf(qtbot, page, prompts, tmp_path):
    path = tmp_path / "表.pdf"
    prompts.prepare("（2026）辽01知民初418号", path)
    page.declarations.write_case_form(page.card.data.detail.uid, "安亦舟", "pdf", "")
    rest(qtbot, page.jobs)
    assert path.read_bytes().startswith(b"%PDF")


def test_forms_for_many(qtbot, page, pool, prompts, tmp_path):
    prompts.prepare("folder", tmp_path)
    page.table.view.selectAll()
    actions = {one.text(): one for one in page.table.menu_actions}
    assert actions["Declaration forms for those selected"].isEnabled()
    actions["Declaration forms for those selected"].trigger()
    rest(qtbot, page.jobs)
    assert {one.name for one in tmp_path.glob("*.xlsx")} == {"利益冲突声明_安亦舟.xlsx", "利益冲突声明_毕小川.xlsx"}
    declare(pool, uid(pool, "毕小川"), nothing("2026-11-01"))
    prompts.prepare("book", tmp_path / "逾期.xlsx")
    actions["Declaration forms for all that are overdue"].trigger()
    rest(qtbot, page.jobs)
    assert openpyxl.load_workbook(tmp_path / "逾期.xlsx").sheetnames[:1] == ["安亦舟"]
    declare(pool, uid(pool, "安亦舟"), nothing("2026-11-02"))
    actions["Declaration forms for all that are overdue"].trigger()  # nobody is left: no question
    rest(qtbot, page.jobs)
