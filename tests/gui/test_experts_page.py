"""The page of experts: list, chips, card with masked numbers and history, form with lists, standing with a reason."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import (
    EmploymentDraft,
    FieldDraft,
    InterestDraft,
    LicenceDraft,
    PersonDraft,
    PhoneDraft,
    RoleDraft,
)
from expertpool.experts.register import change_state, edit, register
from expertpool.matching.appoint import appoint
from expertpool.storage.tables import JournalEntry
from tests.gui.waiting import rest
from ui.widgets.chips import StatePill

PHONE, IDENTITY = "13800001234", "210102198503071235"
NUMBER = "(2026)辽01知民初418号"


@pytest.fixture
def opened(empty_pool):
    """Four people: one full record with a case in hand, one whose term is over, one suspended, one consultant."""
    pool = empty_pool
    register(pool, PersonDraft(
        name="赵启明", gender="男", title="教授", title_level="senior", id_kind="resident_id", id_number=IDENTITY,
        phones=[PhoneDraft(number=PHONE)], case_cap=3,
        employments=[EmploymentDraft(employer="浑河示例大学", department="机械学院")],
        fields_=[FieldDraft(code="B62D", main=True), FieldDraft(code="G05B")], specialties=["移动机器人", "伺服控制"],
        licences=[LicenceDraft(number="LN-0007", until="2027-05-01")],
        interests=[InterestDraft(kind="relative", relation="spouse", name="林示例", unit="沈阳某机器人公司")],
        roles=[RoleDraft(role="technical_investigator", mode="part_time", start="2024-03-01", end="2027-02-28")]))
    register(pool, PersonDraft(
        name="安静", title="工程师", title_level="intermediate",
        roles=[RoleDraft(role="technical_investigator", end="2026-10-31")]))
    register(pool, PersonDraft(name="孟晓", roles=[RoleDraft(role="technical_consultant", end="2029-01-01")],
                               fields_=[FieldDraft(code="H04L", main=True)]))
    register(pool, PersonDraft(name="停某"))
    change_state(pool, uid(pool, "停某"), "suspended", "出国", "2026-11-01")
    open_case(pool, CaseDraft(number=NUMBER, cause="侵害发明专利权纠纷", filed_on="2026-09-01"))
    appoint(pool, NUMBER, uid(pool, "赵启明"), "technical_investigator", reason="示例理由")
    return pool


@pytest.fixture
def make(qtbot, jobs, show_page):
    def made(pool):
        from ui.experts.page import ExpertsPage

        page = show_page(ExpertsPage, pool, "Experts")
        rest(qtbot, jobs)
        return page

    return made


@pytest.fixture
def page(make, opened):
    return make(opened)


def uid(pool, name):
    ids = people_ids(pool, PeopleQuery(state=""))
    return next((row.uid for row in people_rows(pool, ids) if row.name == name), "")


def typed(widget, text):
    """Enter text the way an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def open_person(qtbot, page, name):
    page.open_record("person", uid(page.pool, name))
    rest(qtbot, page.jobs)


def names(page):
    return [row.name for row in people_rows(page.pool, page.table.all_ids())]


def texts(widget):
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def form_of(qtbot, page):
    rest(qtbot, page.jobs)
    return page.form.form


def test_the_list_shows_active_people_by_pinyin_and_the_first_card(page):
    assert names(page) == ["安静", "孟晓", "赵启明"]
    assert page.card.data.detail.name == "安静"
    assert page.filters.roles[""].text() == "All 3"
    assert page.filters.quicks["suspended"].text() == "Suspended 1"
    assert page.filters.quicks["removed"].isHidden()
    row = page.table.model.row(2)
    assert (row["level"], row["open_cases"], row["term_end"]) == ("senior", "1/3", "2027-02-28")
    assert row["fields"].endswith("· 移动机器人")
    assert page.table.model.row(0)["_tones"]["term_end"] == "danger"


@pytest.mark.parametrize(("text", "found"), [
    ("赵启", ["赵启明"]), ("zqm", ["赵启明"]), ("mengxiao", ["孟晓"]), ("浑河", ["赵启明"]), ("1234", ["赵启明"]),
    ("H04L", ["孟晓"]), ("没有这个人", [])])
def test_search_understands(qtbot, page, text, found):
    page.search.setFocus()
    typed(page.search, text)
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    rest(qtbot, page.jobs)
    assert names(page) == found
    assert page.empty.buttons[3].isVisible() == (not found)


def test_chips_narrow_by_category_term_and_standing(qtbot, page):
    press(qtbot, page.filters.roles["technical_consultant"])
    rest(qtbot, page.jobs)
    assert names(page) == ["孟晓"]
    press(qtbot, page.filters.roles[""])
    press(qtbot, page.filters.quicks["expiring"])
    rest(qtbot, page.jobs)
    assert names(page) == ["安静"]
    press(qtbot, page.filters.quicks["suspended"])
    rest(qtbot, page.jobs)
    assert names(page) == ["停某"]
    press(qtbot, page.filters.quicks["suspended"])
    rest(qtbot, page.jobs)
    assert len(names(page)) == 3


def test_the_field_menu_filters_and_its_chip_takes_the_filter_away(qtbot, page):
    group = page.table.model.row(1)["fields"]
    next(one for one in page.filters.menu.actions() if one.text() == group).trigger()
    rest(qtbot, page.jobs)
    assert names(page) == ["孟晓"]
    press(qtbot, page.filters.field_chip)
    rest(qtbot, page.jobs)
    assert len(names(page)) == 3


def test_other_pages_narrow_the_list(qtbot, page):
    page.shown(search="赵", role="technical_investigator")
    rest(qtbot, page.jobs)
    assert names(page) == ["赵启明"]
    page.shown(field="T05")
    rest(qtbot, page.jobs)
    assert (page.text, page.filters.role) == ("", "")
    page.shown(expiring=True)
    rest(qtbot, page.jobs)
    assert names(page) == ["安静"]


def test_sorting_is_done_by_the_database(qtbot, page):
    page.table.sort("open_cases", True)
    rest(qtbot, page.jobs)
    assert names(page)[0] == "赵启明"
    for column in page.table.model.columns:
        if column.sortable:
            page.table.sort(column.key, False)
            rest(qtbot, page.jobs)
            assert page.table.count() == 3


def test_a_person_out_of_sight_is_opened_from_elsewhere(qtbot, page):
    page.shown(search="孟")
    rest(qtbot, page.jobs)
    open_person(qtbot, page, "停某")
    assert page.card.data.detail.name == "停某"
    assert page.table.current_row()["name"] == "停某"
    assert page.search.text() == ""
    assert "出国" in texts(page.card)


def test_numbers_are_masked_and_shown_with_one_reason_a_sitting(qtbot, page, prompts):
    open_person(qtbot, page, "赵启明")
    phone, identity = page.card.masked["phones", 0], page.card.masked["id_number",]
    assert PHONE not in texts(page.card)
    prompts.prepare(None)
    press(qtbot, phone.button)
    assert phone.value.text() == "138****1234"
    prompts.prepare("联系送达")
    press(qtbot, phone.button)
    rest(qtbot, page.jobs)
    assert phone.value.text() == PHONE
    press(qtbot, identity.button)  # no second question: none is prepared
    rest(qtbot, page.jobs)
    assert identity.value.text() == IDENTITY
    with page.pool.read() as session:
        reasons = [one.words["reason"] for one in session.query(JournalEntry) if one.operation == "reveal"]
    assert reasons == ["联系送达", "联系送达"]
    press(qtbot, phone.button)
    assert phone.value.text() == "138****1234"


def test_the_tabs_of_the_card(qtbot, page, went):
    open_person(qtbot, page, "赵启明")
    assert "98 days left" in [one.text for one in page.card.findChildren(StatePill)]
    assert "1 of at most 3" in texts(page.card)
    assert "LN-0007" in texts(page.card)
    page.card.tabs.choose("service")
    press(qtbot, next(one for one in page.card.findChildren(QPushButton) if one.text() == NUMBER))
    assert went[0][0] == "cases"
    assert set(went[0][1]) == {"kind", "uid"}
    page.card.tabs.choose("interests")
    assert "沈阳某机器人公司" in texts(page.card)
    detail = person_detail(page.pool, uid(page.pool, "赵启明"), revealed=True)
    edit(page.pool, detail.uid, detail.draft().model_copy(update={"title": "研究员", "id_number": "210102198503071000"}))
    page.reload()
    open_person(qtbot, page, "赵启明")
    page.card.tabs.choose("history")
    rest(qtbot, page.jobs)
    said = texts(page.card)
    assert "教授 → 研究员" in said
    assert "Entered by hand." in said
    assert IDENTITY not in said


def test_f2_and_double_click_open_the_form(qtbot, page):
    page.table.view.setFocus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_F2)
    form = form_of(qtbot, page)
    assert page.stack.currentWidget() is page.form
    assert form.name.value() == "安静"
    qtbot.mouseClick(form.leaving, Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is page.split
    view = page.table.view
    spot = view.visualRect(page.table.model.index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    rest(qtbot, page.jobs)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    form = form_of(qtbot, page)
    assert form.name.value() == "赵启明"


def test_a_new_expert_from_the_form(qtbot, page):
    press(qtbot, page.action_button("experts.add"))
    form = page.form.form
    assert not form.saving.isEnabled()
    typed(form.name.edit, "何佳")
    form.identity.edit.setText("21010219850307123X")
    assert "does not check" in form.identity.note.text()
    form.identity.edit.setText(IDENTITY)
    assert (form.birth.value(), form.gender.value()) == ("1985-03-07", "男")
    form.title.edit.setText("高级工程师")
    assert form.level.value() == "associate"
    form.fields["phones"].adding.click()
    form.fields["phones"]._rows[0].fields[1].edit.setText("13900005678")
    form.fields["roles"].adding.click()
    role = {one.name: one for one in form.fields["roles"]._rows[0].fields}
    role["start"].edit.setText("2025年3月1日")
    assert form.fields["roles"].fault()  # a term needs its category
    role["role"].box.setCurrentIndex(role["role"].box.findData("judicial_appraiser"))
    role["end"].edit.setText("2024")
    assert "before it starts" in form.fields["roles"].note.text()
    assert not form.saving.isEnabled()
    role["end"].edit.setText("2028-02")
    form.specialties.edit.setText("焊接工艺；金属材料热处理")
    qtbot.waitUntil(lambda: bool(form.codes.guesses), timeout=15_000)
    press(qtbot, form.codes.offered.findChildren(QPushButton)[0])
    press(qtbot, form.saving)
    rest(qtbot, page.jobs)
    assert page.card.data.detail.name == "何佳"
    saved = person_detail(page.pool, uid(page.pool, "何佳"), revealed=True)
    assert (saved.values["id_number"], saved.values["title_level"]) == (IDENTITY, "associate")
    assert saved.children["phones"][0]["number"] == "13900005678"
    term = saved.children["roles"][0]
    assert (term["role"], term["state"], term["start"], term["end"]) == (
        "judicial_appraiser", "active", "2025-03-01", "2028-02")
    assert [row["text"] for row in saved.children["specialties"]] == ["焊接工艺", "金属材料热处理"]
    assert saved.children["fields_"][0]["main"]


def test_editing_keeps_masked_numbers_and_what_the_form_does_not_show(qtbot, page, prompts):
    open_person(qtbot, page, "赵启明")
    before = person_detail(page.pool, uid(page.pool, "赵启明"), revealed=True)
    page.edit_current()
    form = form_of(qtbot, page)
    shown = form.fields["phones"]._rows[0].fields[1]
    assert shown.edit.text() == "138****1234"
    assert form.identity.edit.text().startswith("21****")
    form.fields["remark"].edit.setPlainText("可承担勘验")
    press(qtbot, form.saving)
    rest(qtbot, page.jobs)
    after = person_detail(page.pool, before.uid, revealed=True)
    assert after.values["remark"] == "可承担勘验"
    assert after.children == before.children
    assert after.values["id_number"] == IDENTITY
    prompts.prepare("核对号码")
    page.edit_current()
    form = form_of(qtbot, page)
    press(qtbot, page.form.showing)
    rest(qtbot, page.jobs)
    assert form.identity.edit.text() == IDENTITY
    assert not form.is_changed()


def test_leaving_asks_and_search_does_not_lose_the_form(qtbot, page, prompts):
    page.add_expert()
    typed(page.form.form.name.edit, "某人")
    prompts.prepare("stay", "stay", "drop")
    page.form.form.leave()
    page.search.show_text("云岭")
    assert page.stack.currentWidget() is page.form
    page.form.form.leave()
    assert page.stack.currentWidget() is page.split


def test_somebody_elses_change_shows_both_values(qtbot, page):
    open_person(qtbot, page, "赵启明")
    page.edit_current()
    form = form_of(qtbot, page)
    detail = person_detail(page.pool, uid(page.pool, "赵启明"), revealed=True)
    edit(page.pool, detail.uid, detail.draft().model_copy(update={"school": "别的大学"}))
    form.fields["school"].edit.setText("本校")
    form.save()
    rest(qtbot, page.jobs)
    assert person_detail(page.pool, detail.uid).values["school"] == "别的大学"
    (row,) = page.form.conflict.rows
    row.buttons["mine"].setChecked(True)
    page.form.conflict.save()
    rest(qtbot, page.jobs)
    assert person_detail(page.pool, detail.uid).values["school"] == "本校"


def test_standing_changes_with_a_reason_and_can_be_undone(qtbot, page, prompts):
    open_person(qtbot, page, "孟晓")
    prompts.prepare("本人申请")
    press(qtbot, page.card.changing)
    rest(qtbot, page.jobs)
    detail = person_detail(page.pool, uid(page.pool, "孟晓"))
    assert (detail.state, detail.values["state_reason"]) == ("suspended", "本人申请")
    assert names(page) == ["安静", "赵启明"]
    page.jobs.undo()
    rest(qtbot, page.jobs)
    assert person_detail(page.pool, detail.uid).state == "active"
    open_person(qtbot, page, "停某")
    prompts.prepare("已回国")
    press(qtbot, page.card.changing)
    rest(qtbot, page.jobs)
    assert person_detail(page.pool, uid(page.pool, "停某")).state == "active"
    prompts.prepare(None)
    open_person(qtbot, page, "安静")
    page.delete_selected()
    rest(qtbot, page.jobs)
    assert person_detail(page.pool, uid(page.pool, "安静")).state == "active"


def test_the_roster_takes_the_category_along(qtbot, page, went):
    press(qtbot, page.action_button("experts.roster"))
    press(qtbot, page.filters.roles["technical_investigator"])
    press(qtbot, page.action_button("experts.roster"))
    assert went == [("rosters", {}), ("rosters", {"role": "technical_investigator"})]
    rest(qtbot, page.jobs)


def test_an_empty_pool_offers_the_first_steps(qtbot, make, empty_pool, went):
    page = make(empty_pool)
    assert page.empty.said.text() == "No experts yet"
    shown = [one for one in page.empty.buttons if one.isVisible()]
    assert len(shown) == 3
    press(qtbot, shown[0])
    assert went == [("importing", {"what": "experts"})]
    press(qtbot, shown[1])
    assert page.stack.currentWidget() is page.form


def test_every_control_has_a_name(qtbot, page):
    open_person(qtbot, page, "赵启明")
    page.edit_current()
    form = form_of(qtbot, page)
    for name in ("phones", "roles", "employments", "licences", "interests", "unavailable"):
        form.fields[name].adding.click()
    nameless = [one for one in page.findChildren(QPushButton) if not (one.text() or one.accessibleName())]
    assert nameless == []
    rows = [field for name in ("roles", "interests") for row in form.fields[name]._rows for field in row.fields]
    assert all(field.control.accessibleName() for field in rows)
    form.show_new()
