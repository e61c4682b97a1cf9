"""The page of records with two workstations on one database, on both engines: changed meanwhile, gone meanwhile,
many at once, the list on paper."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from expertpool.accounts.permissions import Actor
from expertpool.cases.details import case_detail
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import EmploymentDraft, PersonDraft, PhoneDraft
from expertpool.experts.merge import merge
from expertpool.experts.register import edit, register
from expertpool.organisations.browse import unit_detail
from expertpool.organisations.edits import merge_units, set_unit
from expertpool.pool import ExpertPool
from tests.gui.waiting import rest

NUMBER, OTHER = "(2026)辽01知民初418号", "(2026)辽01知民初419号"


@pytest.fixture
def here(pool_target):
    with ExpertPool.open(pool_target, actor=Actor("here")) as pool:
        register(pool, PersonDraft(name="赵启明", school="老校", title_level="senior", birth="1978",
                                   phones=[PhoneDraft(number="13800001234")],
                                   employments=[EmploymentDraft(employer="浑河示例大学")]))
        register(pool, PersonDraft(name="何佳"))
        register(pool, PersonDraft(name="李娜"))
        open_case(pool, CaseDraft(number=NUMBER, judge="林某", filed_on="2026-09-01", parties=[
            PartyDraft(side="plaintiff", name="甲公司")]))
        open_case(pool, CaseDraft(number=OTHER, filed_on="2026-09-02"))
        yield pool


@pytest.fixture
def there(here, pool_target):
    """Another workstation: a pool of its own on the same database."""
    with ExpertPool.open(pool_target, actor=Actor("there")) as pool:
        yield pool


@pytest.fixture
def make(qtbot, jobs, feedback, prompts, here):
    def made(kind):
        from ui.page import Surroundings
        from ui.remembered import Remembered

        jobs.undo_entry, jobs.undo_last = here.undo, here.undo_last
        page = kind(Surroundings(jobs, feedback, prompts, Remembered(), lambda _name, **_rest: True, pool=here,
                                 title="Records"))
        jobs.changed.connect(page.refresh)
        qtbot.addWidget(page)
        page.resize(1180, 700)
        page.show()
        qtbot.waitExposed(page)
        rest(qtbot, jobs)
        return page

    return made


@pytest.fixture
def page(make):
    from ui.experts.page import ExpertsPage

    return make(ExpertsPage)


@pytest.fixture
def cases(make):
    from ui.cases.page import CasesPage

    return make(CasesPage)


@pytest.fixture
def units(make):
    from ui.organisations.page import UnitsPage

    page = make(UnitsPage)
    page.read()
    return page


def uid(pool, name):
    rows = people_rows(pool, people_ids(pool, PeopleQuery(state="")))
    return next(row.uid for row in rows if row.name == name)


def open_form(qtbot, page, key, kind="person"):
    page.open_record(kind, key)
    rest(qtbot, page.jobs)
    page.edit_current()
    rest(qtbot, page.jobs)
    return page.form.form


def change(pool, key, **values):
    """The other workstation saves."""
    detail = person_detail(pool, key, revealed=True)
    edit(pool, key, PersonDraft.model_validate(detail.draft().model_dump() | values), detail.version)


def press(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def conflict_of(qtbot, page):
    rest(qtbot, page.jobs)
    assert page.form.stack.currentWidget() is page.form.conflict
    return page.form.conflict


def values(pool, key):
    return person_detail(pool, key, revealed=True).draft()


def test_both_changed_a_field_and_saving_again_overwrites_nothing(qtbot, page, here, there):
    key = uid(here, "赵启明")
    form = open_form(qtbot, page, key)
    change(there, key, school="别的大学")
    form.fields["school"].edit.setText("本校")
    press(qtbot, form.saving)
    conflict = conflict_of(qtbot, page)
    (row,) = conflict.rows
    assert row.choice() == ""
    assert not conflict.saving.isEnabled()
    conflict.save()  # the key that saves does nothing either
    press(qtbot, conflict.leaving)  # back in the form, save once more without a choice
    assert form.fields["school"].value() == "本校"
    press(qtbot, form.saving)
    conflict = conflict_of(qtbot, page)
    assert values(here, key).school == "别的大学"
    conflict.rows[0].buttons["mine"].setChecked(True)
    press(qtbot, conflict.saving)
    rest(qtbot, page.jobs)
    assert values(here, key).school == "本校"
    assert page.list_shown


def test_texts_dates_and_choices_keep_what_only_one_side_changed(qtbot, page, here, there):
    key = uid(here, "赵启明")
    form = open_form(qtbot, page, key)
    change(there, key, school="别的大学", birth="1978-05")
    form.fields["title_level"]._put("associate")
    form.fields["title"].edit.setText("研究员")
    press(qtbot, form.saving)
    conflict = conflict_of(qtbot, page)
    assert {row.one.name: row.choice() for row in conflict.rows} == {
        "school": "theirs", "birth": "theirs", "title": "mine", "title_level": "mine"}
    press(qtbot, conflict.saving)
    rest(qtbot, page.jobs)
    now = values(here, key)
    assert (now.school, now.birth, now.title, now.title_level) == ("别的大学", "1978-05", "研究员", "associate")


def test_rows_added_on_both_sides_can_both_be_kept(qtbot, page, here, there):
    key = uid(here, "赵启明")
    form = open_form(qtbot, page, key)
    change(there, key, phones=[{"number": "13800001234"}, {"number": "13900005678"}])
    form.fields["phones"].adding.click()
    form.fields["phones"]._rows[-1].fields[1].edit.setText("024-1234567")
    press(qtbot, form.saving)
    conflict = conflict_of(qtbot, page)
    (row,) = conflict.rows
    assert "13900005678" not in row._said["theirs"]  # numbers stay masked here as well
    row.buttons["both"].setChecked(True)
    press(qtbot, conflict.saving)
    rest(qtbot, page.jobs)
    assert {phone.number for phone in values(here, key).phones} == {"13800001234", "13900005678", "024-1234567"}


def test_a_conflict_is_settled_by_keyboard_alone(qtbot, page, here, there):
    key = uid(here, "赵启明")
    form = open_form(qtbot, page, key)
    change(there, key, school="别的大学")
    form.fields["school"].edit.setText("本校")
    page.activateWindow()
    form.fields["school"].setFocus()
    qtbot.waitUntil(form.fields["school"].edit.hasFocus, timeout=5_000)
    qtbot.keyClick(form.fields["school"].edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    conflict = conflict_of(qtbot, page)
    first = QApplication.focusWidget()
    assert first is conflict.rows[0].buttons["theirs"]
    qtbot.keyClick(first, Qt.Key.Key_Right)
    if conflict.rows[0].choice() != "mine":  # the arrow moved the focus, the space bar chooses
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert conflict.rows[0].choice() == "mine"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, page.jobs)
    assert values(here, key).school == "本校"


def test_a_third_save_meanwhile_is_told_again(qtbot, page, here, there):
    key = uid(here, "赵启明")
    form = open_form(qtbot, page, key)
    change(there, key, school="别的大学")
    form.fields["school"].edit.setText("本校")
    press(qtbot, form.saving)
    conflict = conflict_of(qtbot, page)
    change(there, key, school="又一所")
    conflict.rows[0].buttons["mine"].setChecked(True)
    press(qtbot, conflict.saving)
    conflict = conflict_of(qtbot, page)
    assert values(here, key).school == "又一所"
    assert conflict.rows[0]._said["theirs"] == "又一所"
    conflict.rows[0].buttons["theirs"].setChecked(True)
    press(qtbot, conflict.saving)
    rest(qtbot, page.jobs)
    assert values(here, key).school == "又一所"
    assert page.list_shown


def test_a_record_that_is_gone_is_told_and_what_was_typed_can_be_copied(qtbot, page, here, there):
    register(there, PersonDraft(name="临时某"))
    page.reload()
    rest(qtbot, page.jobs)
    key = uid(here, "临时某")
    form = open_form(qtbot, page, key)
    there.undo_last()
    form.fields["school"].edit.setText("本校")
    press(qtbot, form.saving)
    rest(qtbot, page.jobs)
    assert page.form.gone.isVisible()
    assert form.fields["school"].value() == "本校"
    assert not form.saving.isEnabled()
    press(qtbot, page.form.gone.action)
    assert "本校" in QApplication.clipboard().text()
    page.prompts.prepare("drop")
    press(qtbot, form.leaving)
    assert page.list_shown


def test_a_person_merged_away_meanwhile_is_not_saved_into_the_other(qtbot, page, here, there):
    key = uid(here, "李娜")
    form = open_form(qtbot, page, key)
    merge(there, uid(there, "何佳"), key, reason="同一人")
    form.fields["school"].edit.setText("本校")
    press(qtbot, form.saving)
    rest(qtbot, page.jobs)
    assert page.form.gone.isVisible()
    assert values(here, uid(here, "何佳")).school == ""
    page.prompts.prepare("drop")
    form.leave()


def test_pressing_save_twice_enters_one_person(qtbot, page, here):
    page.add_expert()
    form = page.form.form
    form.fields["name"].edit.setText("新某")
    form.save()
    form.save()
    rest(qtbot, page.jobs)
    rows = people_rows(here, people_ids(here, PeopleQuery(state="")))
    assert [row.name for row in rows].count("新某") == 1


def test_a_case_changed_on_both_sides(qtbot, cases, here, there):
    key = case_detail(here, NUMBER).uid
    form = open_form(qtbot, cases, key, "case")
    detail = case_detail(there, NUMBER)
    draft = detail.draft()
    draft.judge = "别人"
    draft.parties.append(PartyDraft(side="defendant", name="乙公司"))
    edit_case(there, key, draft, detail.version)
    form.fields["judge"].edit.setText("王某")
    form.fields["clerk"].edit.setText("书某")
    press(qtbot, form.saving)
    conflict = conflict_of(qtbot, cases)
    assert {row.one.name: row.choice() for row in conflict.rows} == {"judge": "", "clerk": "mine", "parties": "theirs"}
    assert "乙公司" in next(row for row in conflict.rows if row.one.name == "parties")._said["theirs"]
    next(row for row in conflict.rows if row.one.name == "judge").buttons["theirs"].setChecked(True)
    press(qtbot, conflict.saving)
    rest(qtbot, cases.jobs)
    now = case_detail(here, NUMBER)
    assert (now.values["judge"], now.values["clerk"]) == ("别人", "书某")
    assert [party["name"] for party in now.parties] == ["甲公司", "乙公司"]


def test_facts_of_a_unit_changed_on_both_sides_and_a_unit_that_is_gone(qtbot, units, here, there):
    name = "浑河示例大学"
    key = unit_detail(here, name).row.uid
    form = open_form(qtbot, units, key, "organisation")
    set_unit(there, name, region="大连", remark="他们的备注")
    form.fields["region"].edit.setText("沈阳")
    press(qtbot, form.saving)
    conflict = conflict_of(qtbot, units)
    assert {row.one.name: row.choice() for row in conflict.rows} == {"region": "", "remark": "theirs"}
    conflict.rows[0].buttons["mine"].setChecked(True)
    press(qtbot, conflict.saving)
    rest(qtbot, units.jobs)
    now = unit_detail(here, name)
    assert (now.region, now.remark) == ("沈阳", "他们的备注")
    form = open_form(qtbot, units, key, "organisation")
    merge_units(there, "甲公司", name, reason="示例")
    form.fields["region"].edit.setText("抚顺")
    press(qtbot, form.saving)
    rest(qtbot, units.jobs)
    assert units.form.gone.isVisible()
    units.prompts.prepare("drop")
    form.leave()


def dialog_of(qtbot, page):
    from ui.widgets.many_dialog import ManyDialog

    rest(qtbot, page.jobs)
    return next(one for one in page.findChildren(ManyDialog) if one.isVisible())


def test_many_people_are_suspended_after_a_look_and_with_one_undo(qtbot, page, here):
    page.table.view.selectAll()
    page.menu_action("experts.states").trigger()
    dialog = dialog_of(qtbot, page)
    assert len(dialog.found) == 3
    assert not dialog.go.isEnabled()  # a reason is needed
    dialog.fields["reason"].edit.setText("年度核查")
    qtbot.waitUntil(dialog.go.isEnabled, timeout=5_000)
    rest(qtbot, page.jobs)
    press(qtbot, dialog.go)
    rest(qtbot, page.jobs)
    assert page.table.count() == 0
    assert {person_detail(here, uid(here, name)).state for name in ("赵启明", "何佳", "李娜")} == {"suspended"}
    page.jobs.undo()
    rest(qtbot, page.jobs)
    assert page.table.count() == 3


def test_the_key_that_removes_one_removes_all_selected(qtbot, page, here):
    page.table.view.selectAll()
    page.delete_selected()
    dialog = dialog_of(qtbot, page)
    assert dialog.fields["state"].value() == "removed"
    dialog.reject()
    assert page.table.count() == 3


def test_many_cases_are_closed_after_a_look(qtbot, cases, here):
    cases.table.view.selectAll()
    cases.close_selected()
    dialog = dialog_of(qtbot, cases)
    press(qtbot, dialog.go)
    rest(qtbot, cases.jobs)
    assert [case_detail(here, number).values["state"] for number in (NUMBER, OTHER)] == ["closed", "closed"]


def test_the_list_as_shown_is_written_as_pdf(qtbot, page, feedback, prompts, tmp_path):
    from ui.list_paper import list_paper

    target = tmp_path / "list.pdf"
    prompts.prepare(target)
    page.menu_action("experts.print").trigger()
    rest(qtbot, page.jobs)
    assert target.read_bytes().startswith(b"%PDF")
    columns = page.table.shown_columns()
    paper = list_paper("某法院", "Experts", "filter", columns, page.table.model.fetch(page.table.all_ids()))
    said, table = paper.blocks
    assert "filter · 3 rows" in said.words
    assert table.heads[0] == "Name"
    assert [row[0] for row in table.rows] == ["何佳", "李娜", "赵启明"]  # the order shown


def test_a_place_that_cannot_be_written_is_told(qtbot, page, feedback, prompts, tmp_path):
    prompts.prepare(tmp_path / "missing" / "list.pdf")
    page.print_list()
    rest(qtbot, page.jobs)
    assert any("could not be written" in text for _tone, text in feedback.seen)
