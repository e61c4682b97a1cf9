"""The alias book in the settings: list, card, another name with its effects first, pairs to confirm by key."""

import pytest
from PySide6.QtCore import Qt

from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.experts.drafts import EmploymentDraft, PersonDraft
from expertpool.experts.register import register
from expertpool.organisations.browse import unit_detail, unit_rows
from expertpool.organisations.suggestions import suggestions
from tests.gui.waiting import rest

NUMBER, PARTY, SHORT = "(2026)辽01知民初418号", "沈阳云岭机器人股份有限公司", "云机股份"


@pytest.fixture
def opened(empty_pool):
    return empty_pool


@pytest.fixture
def filled(opened):
    for name, employer in (("王新宇", SHORT), ("何佳", "沈阳工业大学"), ("李娜", "沈工大"), ("赵明", "沈阳云岭机器人有限公司")):
        register(opened, PersonDraft(name=name, employments=[EmploymentDraft(employer=employer)]))
    open_case(opened, CaseDraft(number=NUMBER, cause="侵害发明专利权纠纷", filed_on="2026-09-01", parties=[
        PartyDraft(side="defendant", name=PARTY)]))
    return opened


@pytest.fixture
def tab(filled, show_settings, went):
    made = show_settings(filled, "units").units
    made.went = went
    return made


def press(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(qtbot, jobs, tab, name):
    tab.table.select(next(row.id for row in tab.units if row.name == name))
    rest(qtbot, jobs)


def texts_in(widget):
    from PySide6.QtWidgets import QLabel

    return [one.text() for one in widget.findChildren(QLabel)]


def test_list_search_and_card(qtbot, jobs, tab):
    assert len(tab.units) == 5
    tab.search.show_text("云岭")
    rest(qtbot, jobs)
    assert {row.name for row in tab.units} == {PARTY, "沈阳云岭机器人有限公司"}
    choose(qtbot, jobs, tab, PARTY)
    assert tab.card.detail.row.name == PARTY
    from PySide6.QtWidgets import QPushButton

    press(qtbot, next(one for one in tab.card.findChildren(QPushButton) if one.text() == NUMBER))
    assert tab.went[-1] == ("cases", {"search": NUMBER})
    tab.search.show_text("没有这个单位")
    rest(qtbot, jobs)
    assert tab.units == []
    assert tab.card.detail is None


def test_another_name_shows_first_whom_it_bars(qtbot, jobs, feedback, tab, filled):
    choose(qtbot, jobs, tab, PARTY)
    press(qtbot, tab.card.buttons["alias"])
    dialog = tab.dialog
    dialog.fields["alias"].edit.setText(SHORT)
    before = filled.state()
    press(qtbot, dialog.go)
    rest(qtbot, jobs)
    assert filled.state() == before
    assert "王新宇" in texts_in(dialog.view)
    assert NUMBER in texts_in(dialog.view)
    dialog.fields["source"].edit.setText("公司网站")  # something changed: look again
    press(qtbot, dialog.go)
    rest(qtbot, jobs)
    assert filled.state() == before
    press(qtbot, dialog.go)
    rest(qtbot, jobs)
    assert [one["alias"] for one in unit_detail(filled, PARTY).aliases] == [SHORT]
    assert SHORT in texts_in(tab.card)
    assert any(tone == "ok" and SHORT in text for tone, text in feedback.seen)
    jobs.undo()
    rest(qtbot, jobs)
    assert unit_detail(filled, PARTY).aliases == ()


def test_nothing_is_saved_without_a_name(qtbot, jobs, tab, filled):
    choose(qtbot, jobs, tab, PARTY)
    before = filled.state()
    for wanted in ("alias", "link", "merge"):
        press(qtbot, tab.card.buttons[wanted])
        press(qtbot, tab.dialog.go)
        rest(qtbot, jobs)
        assert tab.dialog.isVisible()
        assert any(field.note.text() for field in tab.dialog.fields.values())
        tab.dialog.reject()
    assert filled.state() == before


def test_link_merge_and_facts(qtbot, jobs, tab, filled):
    choose(qtbot, jobs, tab, PARTY)
    press(qtbot, tab.card.buttons["link"])
    tab.dialog.fields["other"].edit.setText("沈阳工业大学")
    press(qtbot, tab.dialog.go)
    rest(qtbot, jobs)
    assert "何佳" in texts_in(tab.dialog.view)
    press(qtbot, tab.dialog.go)
    rest(qtbot, jobs)
    (link,) = unit_detail(filled, PARTY).links
    assert (link["name"], link["upper"]) == ("沈阳工业大学", True)
    tab.drop_link(link)
    rest(qtbot, jobs)
    assert unit_detail(filled, PARTY).links == ()
    press(qtbot, tab.card.buttons["merge"])
    tab.dialog.fields["other"].edit.setText("沈阳云岭机器人有限公司")
    tab.dialog.fields["reason"].edit.setText("改制前后")
    press(qtbot, tab.dialog.go)
    rest(qtbot, jobs)
    press(qtbot, tab.dialog.go)
    rest(qtbot, jobs)
    assert tab.card.detail.row.people == 1
    press(qtbot, tab.card.buttons["edit"])
    form = tab.form.form
    form.fields["credit_code"].edit.setText("9144030071526726X1")
    assert "check character" in form.fields["credit_code"].note.text()
    assert not form.saving.isEnabled()
    form.fields["credit_code"].edit.setText("9144030071526726XG")
    press(qtbot, form.saving)
    rest(qtbot, jobs)
    assert tab.card.detail.row.credit_code == "9144030071526726XG"
    tab.drop_alias(tab.card.detail.aliases[0])
    rest(qtbot, jobs)
    assert tab.card.detail.aliases == ()


def test_pairs_are_answered_by_key(qtbot, jobs, tab, filled):
    assert tab.strip.isVisible()
    assert len(tab.pairs) == 2
    press(qtbot, tab.strip.action)
    dialog = tab.dialog
    rest(qtbot, jobs)
    assert dialog.table.current_row()["one"] in ("沈工大", "沈阳工业大学")
    assert dialog.why.text()
    qtbot.keyClick(dialog, Qt.Key.Key_1)
    rest(qtbot, jobs)
    assert [one["alias"] for one in unit_detail(filled, "沈阳工业大学").aliases] == ["沈工大"]
    assert "沈工大" not in {row.name for row in unit_rows(filled)}
    qtbot.keyClick(dialog, Qt.Key.Key_3)
    rest(qtbot, jobs)
    assert dialog.pairs == []
    assert not dialog.buttons["same"].isEnabled()
    assert suggestions(filled) == []
    assert not tab.strip.isVisible()
    dialog.accept()


def test_an_empty_pool_offers_the_first_step(qtbot, jobs, prompts, opened, show_settings):
    tab = show_settings(opened, "units").units
    assert not tab.strip.isVisible()
    press(qtbot, tab.empty.buttons[0])
    tab.dialog.fields["organisation"].edit.setText("沈阳工业大学")
    tab.dialog.fields["alias"].edit.setText("沈工大")
    press(qtbot, tab.dialog.go)
    rest(qtbot, jobs)
    press(qtbot, tab.dialog.go)
    rest(qtbot, jobs)
    assert tab.card.detail.row.name == "沈阳工业大学"


def test_a_merge_that_is_refused_stays_in_its_dialog(qtbot, jobs, tab, filled):
    choose(qtbot, jobs, tab, PARTY)
    press(qtbot, tab.card.buttons["merge"])
    dialog = tab.dialog
    dialog.fields["other"].edit.setText(PARTY)  # with itself
    dialog.fields["reason"].edit.setText("两份执照相同")
    for _step in ("look", "save"):
        press(qtbot, dialog.go)
        rest(qtbot, jobs)
    assert dialog.isVisible()
    assert dialog.isEnabled()
    assert dialog.refusal.isVisible()
    assert dialog.fields["reason"].edit.text() == "两份执照相同"
    dialog.reject()


def test_a_pair_whose_answer_is_refused_stays_in_the_list(qtbot, jobs, tab, filled):
    from expertpool.organisations.edits import answer_units

    press(qtbot, tab.strip.action)
    dialog = tab.dialog
    rest(qtbot, jobs)
    pair = dialog.pairs[dialog.table.current_id()]
    answer_units(filled, pair.one.name, pair.other.name, "group")
    dialog.answer("different")
    rest(qtbot, jobs)
    assert pair in dialog.pairs
    assert "changed by someone else" in dialog.refusal.text()
    dialog.reject()
