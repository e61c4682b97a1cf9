"""The page 设置: court, pool, look, journal check, rules the court may change."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import text

from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from tests.gui.waiting import rest


@pytest.fixture
def opened(empty_pool):
    pool = empty_pool
    register(pool, PersonDraft(name="安示例"))
    return pool


class Frame:
    """What the page asks of the window."""

    def __init__(self):
        self.opened = []

    def open_pool(self, target):
        self.opened.append(target)


@pytest.fixture
def page(qtbot, jobs, opened, show_page):
    from ui.settings.page import SettingsPage

    made = show_page(SettingsPage, opened, "Settings")
    made.shown()
    rest(qtbot, jobs)
    return made


def press(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def show_rule(qtbot, page, code):
    page.tabs.tabs.choose("rules")
    place = next(i for i, rule in enumerate(page.rules.rules) if rule.id == code)
    page.rules.table.select(place)
    return page.rules.card


def test_the_name_of_the_court_is_saved_and_can_be_undone(qtbot, page):
    card = page.court
    assert not card.saving.isEnabled()
    card.court.edit.setFocus()
    qtbot.keyClicks(card.court.edit, "Example Court")
    qtbot.keyClick(card.court.edit, Qt.Key.Key_Return)
    rest(qtbot, page.jobs)
    assert page.pool.name == "Example Court"
    assert not card.saving.isEnabled()
    page.jobs.undo()
    rest(qtbot, page.jobs)
    assert page.pool.name == ""
    assert card.court.value() == ""


def test_leaving_with_an_unsaved_name_asks(qtbot, page):
    qtbot.keyClicks(page.court.court.edit, "Half")
    page.prompts.prepare("stay")
    assert not page.may_leave()
    page.prompts.prepare("drop")
    assert page.may_leave()
    assert page.court.court.value() == ""


def test_the_card_says_where_the_pool_lies(page, opened):
    said = page.court.place.value("File").findChildren(type(page.court.court.label))
    assert opened.database.target in [one.text() for one in said]


def test_another_and_a_new_pool_are_opened_by_the_window(qtbot, page, tmp_path):
    page.surroundings.window = frame = Frame()
    page.prompts.prepare(tmp_path / "b.expertpool", tmp_path / "new.expertpool")
    page.court._other()
    page.court._new()
    assert frame.opened == [str(tmp_path / "b.expertpool"), str(tmp_path / "new.expertpool")]


def test_the_journal_check_answers_in_words(qtbot, page, opened):
    press(qtbot, page.proof.checking)
    rest(qtbot, page.jobs)
    assert page.proof.answer.accessibleName() == "1 entries: all fit together, none was altered."
    with opened.database.engine.begin() as connection:
        connection.execute(text("UPDATE journalentry SET actor = 'somebody else'"))
    press(qtbot, page.proof.checking)
    rest(qtbot, page.jobs)
    assert page.proof.answer.accessibleName().startswith("Entry 1 does not fit its seal")


def test_look_and_row_height_hold_at_once_and_are_kept(qtbot, page):
    from ui import theme

    press(qtbot, page.look.look._choices["dark"])
    assert theme.look.dark
    assert page.remembered.get("look") == "dark"
    header = page.rules.table.view.verticalHeader()
    assert header.defaultSectionSize() == theme.ROW
    press(qtbot, page.look.rows._choices["compact"])
    assert header.defaultSectionSize() == theme.ROW_COMPACT
    press(qtbot, page.look.rows._choices["normal"])
    assert header.defaultSectionSize() == theme.ROW


def test_the_load_cap_is_changed_with_its_ground(qtbot, page, opened):
    card = show_rule(qtbot, page, "E-LOAD")
    assert not card.form.saving.isEnabled()
    card.form.fields["parameter:cap"].box.setValue(3)
    assert not card.form.saving.isEnabled()  # the ground is missing
    qtbot.keyClicks(card.form.fields["source"].edit, "Decision 7 of 2026")
    press(qtbot, card.form.saving)
    rest(qtbot, page.jobs)
    assert opened.rules.parameter("E-LOAD", "cap") == 3
    assert opened.setting("rules") == {"E-LOAD": {"parameters": {"cap": 3}}}
    row = next(page.rules.table.model.row(i) for i in range(page.rules.table.count())
               if page.rules.table.model.row(i)["code"] == "E-LOAD")
    assert row["own"] == ("changed", "accent")
    card.form.fields["parameter:cap"].box.setValue(5)
    qtbot.keyClicks(card.form.fields["source"].edit, "Decision 8 of 2026")
    press(qtbot, card.form.saving)
    rest(qtbot, page.jobs)
    assert opened.setting("rules") == {}


def test_levels_and_use_of_a_rule_are_changed(qtbot, page, opened):
    card = show_rule(qtbot, page, "R9")
    field = card.form.fields["outcome:listed"]
    field.box.setCurrentIndex(field.box.findData("warn"))
    card.form.fields["on"].box.setChecked(False)
    qtbot.keyClicks(card.form.fields["source"].edit, "Minutes of 3 March")
    press(qtbot, card.form.saving)
    rest(qtbot, page.jobs)
    rule = opened.rules.rule("R9")
    assert rule.off
    assert rule.level_of("listed") == "warn"


def test_what_statute_fixes_is_shown_without_a_form(qtbot, page):
    page.tabs.tabs.choose("rules")
    assert all(rule.editable for rule in page.rules.rules)
    press(qtbot, page.rules.which._choices["all"])
    card = show_rule(qtbot, page, "R1")
    assert card.form is None
    assert page.rules.table.count() > 25


def test_every_editable_figure_of_the_shipped_rules_has_words_and_a_field(qtbot, page):
    from expertpool.rules.book import RuleBook
    from ui.settings.rule_card import change_of, fields_of, values_of
    from ui.settings.rule_words import outcome_word, parameter_word

    for rule in RuleBook.load():
        if rule.editable:
            assert change_of(rule, values_of(rule)) == {}
            for field in fields_of(rule):
                qtbot.addWidget(field)
            assert all(parameter_word(name) != name for name in rule.parameters)
            assert all(outcome_word(name) != name for name in rule.outcomes)


def test_parts_and_their_licences_are_listed(qtbot, page):
    press(qtbot, page.about.licences)
    rest(qtbot, page.jobs)
    said = page.about.dialog.text.toPlainText()
    assert "PySide6" in said
    assert "openpyxl" in said
    page.about.dialog.close()


def at_another_desk(pool, name, parts):
    """What somebody else saved; this window has not heard of it."""
    from expertpool.accounts.permissions import Actor
    from expertpool.pool import ExpertPool

    with ExpertPool.open(pool.database.target, actor=Actor("zhang")) as other:
        other.set_parts(name, parts)


def test_a_rule_that_somebody_else_changed_meanwhile(qtbot, page, opened):
    card = show_rule(qtbot, page, "E-LOAD")
    card.form.fields["parameter:cap"].box.setValue(3)
    qtbot.keyClicks(card.form.fields["source"].edit, "Decision 7 of 2026")
    at_another_desk(opened, "rules", {"E-LOAD": {"parameters": {"cap": 4}}, "R9": {"off": True}})
    press(qtbot, card.form.saving)
    rest(qtbot, page.jobs)
    assert opened.rules.parameter("E-LOAD", "cap") == 4
    assert card.guarded.currentWidget() is card.guarded.conflict
    first = next(row for row in card.guarded.conflict.rows if row.one.name == "parameter:cap")
    assert (first.one.opened, first.one.now, first.one.mine) == (5, 4, 3)
    first.buttons["mine"].setChecked(True)
    card.guarded.conflict.save()
    rest(qtbot, page.jobs)
    assert opened.setting("rules") == {"E-LOAD": {"parameters": {"cap": 3}}, "R9": {"off": True}}


def test_another_rule_that_somebody_else_changed_stays(qtbot, page, opened):
    card = show_rule(qtbot, page, "E-LOAD")
    card.form.fields["parameter:cap"].box.setValue(3)
    qtbot.keyClicks(card.form.fields["source"].edit, "Decision 7 of 2026")
    at_another_desk(opened, "rules", {"R9": {"off": True}})
    press(qtbot, card.form.saving)
    rest(qtbot, page.jobs)
    assert opened.setting("rules") == {"E-LOAD": {"parameters": {"cap": 3}}, "R9": {"off": True}}


@pytest.mark.parametrize(("answer", "stands"), [("mine", "Mine"), ("now", "Theirs"), ("stay", "Theirs")])
def test_the_name_of_the_court_that_somebody_else_changed_meanwhile(qtbot, page, prompts, answer, stands):
    card = page.court
    qtbot.keyClicks(card.court.edit, "Mine")
    at_another_desk(page.pool, "court", {"name": "Theirs", "seal": "kept"})
    prompts.prepare(answer)
    press(qtbot, card.saving)
    rest(qtbot, page.jobs)
    assert page.pool.setting("court") == {"name": stands, "seal": "kept"}
    assert card.court.value() == ("Theirs" if answer == "now" else "Mine")
