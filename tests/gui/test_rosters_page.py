"""The page 名册与文书: preview, styled export, pool workbook, recent exports."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from expertpool.experts.drafts import EmploymentDraft, PersonDraft, PhoneDraft, RoleDraft
from expertpool.experts.register import register
from tests.gui.waiting import rest


@pytest.fixture
def opened(empty_pool):
    pool = empty_pool
    pool.set_setting("court", {"name": "示例市中级人民法院"})
    for number, (name, role) in enumerate((("安示例", "technical_investigator"), ("白示例", "judicial_appraiser"),
                                           ("曹示例", "technical_investigator"))):
        register(pool, PersonDraft(
            name=name, roles=[RoleDraft(role=role)], phones=[PhoneDraft(number=f"1390000000{number}")],
            employments=[EmploymentDraft(employer="浑河示例大学")]))
    return pool


@pytest.fixture
def page(qtbot, jobs, opened, show_page):
    from ui.rosters.page import RostersPage

    made = show_page(RostersPage, opened, "Rosters")
    made.shown()
    rest(qtbot, jobs)
    return made


def press(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def names(page):
    place = page.paper.model.heads.index("Name")
    return [row[place] for row in page.paper.model.rows]


def test_the_preview_is_the_roster_with_title_and_day(page):
    assert names(page) == ["安示例", "白示例", "曹示例"]
    assert page.paper.title.text() == "示例市中级人民法院 Judicial experts roster"
    assert "2026-11-22" in page.paper.second.text()
    assert "Mobile" in page.paper.model.heads
    assert "139****0000" in page.paper.model.rows[0]


def test_role_audience_title_and_search_change_the_preview(qtbot, page):
    press(qtbot, page.request_card.audience._choices["public"])
    rest(qtbot, page.jobs)
    assert "Mobile" not in page.paper.model.heads
    box = page.request_card.role.box
    box.setCurrentIndex(box.findData("judicial_appraiser"))
    page.request_card.title.edit.setText("鉴定人名册")
    page.request_card.edition.edit.setText("2026 年第 1 版")
    qtbot.waitUntil(lambda: page.paper.title.text() == "鉴定人名册", timeout=15_000)
    rest(qtbot, page.jobs)
    assert names(page) == ["白示例"]
    assert "2026 年第 1 版" in page.paper.second.text()
    page.request_card.search.edit.setText("没有这个人")
    qtbot.waitUntil(lambda: names(page) == [], timeout=15_000)
    assert not page.action_button("rosters.export").isEnabled()


def test_the_roster_is_exported_noted_and_its_folder_offered(qtbot, page, tmp_path):
    path = tmp_path / "名册.xlsx"
    page.prompts.prepare(path)
    press(qtbot, page.action_button("rosters.export"))
    rest(qtbot, page.jobs)
    sheet = load_workbook(path).active
    assert sheet["A1"].value == "示例市中级人民法院 Judicial experts roster"
    assert page.feedback.seen[-1] == ("ok", "The roster of 3 people was saved as 名册.xlsx.")
    assert page.exports.table.count() == 1
    row = page.exports.table.model.row(0)
    assert (row["file"], row["people"], row["actor"]) == ("名册.xlsx", "3 people", "tester")


def test_a_closed_picker_exports_nothing(qtbot, page):
    page.prompts.prepare(None)
    press(qtbot, page.action_button("rosters.export"))
    rest(qtbot, page.jobs)
    assert page.exports.table.count() == 0


def test_the_pool_workbook_is_masked_unless_a_reason_is_given(qtbot, page, tmp_path):
    masked, full = tmp_path / "遮盖.xlsx", tmp_path / "完整.xlsx"
    page.prompts.prepare("masked", masked)
    press(qtbot, page.action_button("rosters.pool_out"))
    rest(qtbot, page.jobs)
    page.prompts.prepare("full", None)
    press(qtbot, page.action_button("rosters.pool_out"))
    rest(qtbot, page.jobs)
    assert not full.exists()
    page.prompts.prepare("full", "年度核对", full)
    press(qtbot, page.action_button("rosters.pool_out"))
    rest(qtbot, page.jobs)
    assert "13900000000" not in everything(masked)
    assert "13900000000" in everything(full)


def everything(path):
    return " ".join(str(cell) for sheet in load_workbook(path) for row in sheet.values for cell in row)


def test_importing_a_workbook_goes_through_the_import_page(qtbot, page, tmp_path, went):
    path = tmp_path / "工作簿.xlsx"
    page.prompts.prepare(path)
    press(qtbot, page.action_button("rosters.pool_in"))
    assert went == [("importing", {"files": [path], "what": "workbook"})]


def test_a_new_person_appears_in_the_preview(qtbot, page):
    page.jobs.change(page, lambda: register(page.pool, PersonDraft(
        name="丁示例", roles=[RoleDraft(role="technical_investigator")])))
    rest(qtbot, page.jobs)
    assert names(page)[-1] == "丁示例"


def test_what_was_asked_for_is_kept(qtbot, page):
    from ui.rosters.request_card import RequestCard

    press(qtbot, page.request_card.audience._choices["public"])
    rest(qtbot, page.jobs)
    again = RequestCard(page.remembered)
    qtbot.addWidget(again)
    assert again.request()["purpose"] == "public"
