"""The smaller parts: chips, tabs, search, cards, messages, prompts; names for those who do not see the screen."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget

from expertpool.foundation.problems import UserProblem
from ui import texts
from ui.feedback import BugDialog, Feedback
from ui.prompts import Prompts, UnexpectedPrompt, _TextDialog
from ui.widgets.cards import Card, FieldGrid, FigureCard
from ui.widgets.chips import FilterChips, StatePill
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.form import Form
from ui.widgets.notes import Banner, EmptyState, StepBar
from ui.widgets.record_table import Column, RecordTable
from ui.widgets.rows_field import RowsField
from ui.widgets.score_bar import BarRow, ScoreBar, ScoreLegend
from ui.widgets.search_box import SearchBox
from ui.widgets.tabs import Tabs
from ui.widgets.toast import ToastLayer


def test_chips_choose_count_and_remove(qtbot):
    chips = FilterChips("Roles", [("all", "All"), ("a", "Appraisers")], addable=True)
    qtbot.addWidget(chips)
    chosen, removed = [], []
    chips.chosen.connect(chosen.append)
    chips.removed.connect(removed.append)
    assert chips.choice() == "all"
    chips.show_counts({"all": 1248, "a": 296})
    assert chips._choices["all"].text() == "All 1,248"
    chips._choices["a"].click()
    chips.show_filters([("field", "Field: mechanics")])
    chips._filters["field"].click()
    assert (chosen, removed, chips.choice()) == (["a"], ["field"], "a")
    chips.show_filters([])
    assert chips._filters == {}


def test_chips_wrap_when_narrow(qtbot):
    chips = FilterChips("Roles", [(number, f"a longer choice {number}") for number in range(8)])
    qtbot.addWidget(chips)
    layout = chips.layout()
    assert layout.heightForWidth(300) > layout.heightForWidth(2000) > 0


def test_tabs_by_arrow_keys_and_counts(qtbot):
    tabs = Tabs([("a", "Can"), ("b", "Verify"), ("c", "Cannot")], name="Candidates")
    qtbot.addWidget(tabs)
    changed = []
    tabs.changed.connect(changed.append)
    tabs.show_counts({"a": 37})
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    QTest.keyClick(tabs, Qt.Key.Key_Left)
    QTest.keyClick(tabs, Qt.Key.Key_Left)
    assert changed == ["b", "a", "c"]
    assert tabs._buttons["a"].text() == "Can 37"


def test_search_waits_a_little_and_enter_does_not(qtbot):
    box = SearchBox("Name")
    qtbot.addWidget(box)
    found = []
    box.searched.connect(found.append)
    QTest.keyClicks(box, "ab")
    assert found == []
    qtbot.waitUntil(lambda: found == ["ab"])
    QTest.keyClicks(box, "c")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert found == ["ab", "abc"]
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert found[-1] == ""


def test_search_ignores_syllables_that_are_not_chosen_yet(qtbot):
    box = SearchBox("Name")
    qtbot.addWidget(box)
    found = []
    box.searched.connect(found.append)
    QApplication.sendEvent(box, QInputMethodEvent("wang", []))
    assert not box._timer.isActive()
    assert box.text() == ""
    chosen = QInputMethodEvent()
    chosen.setCommitString("王")
    QApplication.sendEvent(box, chosen)
    qtbot.waitUntil(lambda: found == ["王"])


def test_masked_value_is_shown_by_the_hook_and_hidden_again(qtbot):
    grid = FieldGrid()
    qtbot.addWidget(grid)
    masked = grid.add_masked("Phone", "138****5678", lambda one: one.show_value("13812345678"))
    assert masked.value.text() == "138****5678"
    masked.button.click()
    assert masked.value.text() == "13812345678"
    masked.button.click()
    assert masked.value.text() == "138****5678"


def test_data_is_never_taken_for_markup(qtbot):
    grid = FieldGrid()
    qtbot.addWidget(grid)
    grid.add_value("Name", "<b>王</b>", "<i>x</i>")
    labels = grid.value("Name").findChildren(QWidget)
    assert [one.textFormat() for one in labels if hasattr(one, "textFormat")] == [Qt.TextFormat.PlainText] * 2


def test_figure_card_is_pressed_by_mouse_and_keyboard(qtbot):
    card = FigureCard("Experts", "1,248", "of which 312")
    qtbot.addWidget(card)
    pressed = []
    card.pressed.connect(lambda: pressed.append(1))
    card.show()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert pressed == [1, 1]
    assert card.accessibleName() == "Experts 1,248 of which 312"


def test_steps_behind_can_be_pressed_those_ahead_not(qtbot):
    steps = StepBar(["File", "Columns", "Data"])
    qtbot.addWidget(steps)
    chosen = []
    steps.chosen.connect(chosen.append)
    steps.show_step(1)
    for button in steps._buttons:
        button.click()
    assert chosen == [0, 1]


def test_toasts_stack_replace_and_leave(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 600)
    host.show()
    layer = ToastLayer(host)
    feedback = Feedback()
    feedback.layer = layer
    undone = []
    toast = feedback.ok("Saved.", ("Undo", lambda: undone.append(1)))
    feedback.ok("Saved.")
    for number in range(4):
        feedback.info(f"Note {number}")
    assert len(layer.toasts) == 3
    places = [one.geometry() for one in layer.toasts]
    assert places == sorted(places, key=lambda one: one.y())
    assert not any(one.intersects(other) for one, other in pairwise(places))
    layer.clear()
    toast = feedback.ok("Saved.", ("Undo", lambda: undone.append(1)))
    toast.action.click()
    assert undone == [1]
    assert layer.toasts == []
    feedback.trouble(UserProblem("undo.nothing"))
    assert not layer.toasts[0]._timer.isActive()  # an error stays until closed
    layer.clear()


def test_bug_dialog_hides_the_report_until_asked(qtbot, own_home):
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    feedback = Feedback()
    feedback.layer = ToastLayer(host)
    try:
        raise RuntimeError("broken inside")
    except RuntimeError as error:
        path = feedback.bug(error)
    dialog = feedback.dialog
    assert isinstance(dialog, BugDialog)
    assert dialog.isVisible()
    assert not dialog.report.isVisible()
    dialog._read()
    assert dialog.report.isVisible()
    assert "broken inside" in dialog.report.toPlainText()
    assert path.parent == own_home / "reports"
    dialog.accept()


def test_prompts_answer_from_the_prepared_ones():
    prompts = Prompts()
    prompts.prepare(["a.xlsx"], "b.xlsx", None, True, "wait", "text", "for the hearing")
    assert prompts.open_files(None, "Open") == [Path("a.xlsx")]
    assert prompts.save_file(None, "Save", "roster.xlsx") == Path("b.xlsx")
    assert prompts.folder(None, "Folder") is None
    assert prompts.question(None, "Really?") is True
    assert prompts.choose(None, "Which?", [("wait", "Wait"), ("stop", "Stop")]) == "wait"
    assert prompts.text(None, "Name", "of the view") == "text"
    assert prompts.reason(None, "the phone") == "for the hearing"
    assert prompts.asked[0] == "Open"
    with pytest.raises(UnexpectedPrompt):
        prompts.question(None, "And now?")


def test_reason_cannot_be_empty(qtbot):
    dialog = _TextDialog(None, "Why?", "It is logged.", "", long=False, needed=True)
    qtbot.addWidget(dialog)
    assert not dialog._confirm.isEnabled()
    dialog.field.setText("  ")
    assert not dialog._confirm.isEnabled()
    dialog.field.setText("hearing")
    assert dialog._confirm.isEnabled()


def test_words_of_states_come_with_a_tone():
    assert texts.tone("role_state", "active") == "ok"
    assert texts.tone("role_state", "unheard of") == "neutral"
    assert texts.state("no_such_kind", "x") == ("x", "neutral")
    assert texts.number(1248) == "1,248"
    assert texts.number(12.0) == "12"
    assert texts.lasting(0.2) == "about 1 s left"
    assert texts.lasting(150) == "about 2 min left"
    assert texts.joined("a", "", "b") == "a · b"


def gallery(prompts):
    """Every widget of the house on one page."""
    host = Card("All")
    form = Form(prompts)
    form.add(TextField("name", "Name"))
    form.add(ChoiceField("kind", "Kind", [("a", "A")]))
    form.add(DateField("date", "Date"))
    form.add(RowsField("rows", "Rows", lambda: [TextField("number", "Number")]))
    form.show_values({"rows": [{"number": "1"}]})
    table = RecordTable([Column("a", "A")], lambda *_sort: [1], lambda _ids: [{"id": 1, "a": "x"}],
                        accessible="People")
    table.reload()
    grid = FieldGrid()
    grid.add_masked("Phone", "138****", print)
    for part in (form, table, grid, FilterChips("Roles", [("a", "A")], addable=True), Tabs([("a", "A")], name="T"),
                 SearchBox("Name"), StatePill("Fine", "ok"), ScoreBar([("Field", 40.0), ("Text", 20.0)]),
                 ScoreLegend(["Field"]), BarRow("Mechanics", 96, 100, "18 cases", ("few", "warning")),
                 EmptyState("import", "Nothing yet", [("Import", print)]), Banner("warning", "Look", ("Go", print)),
                 StepBar(["One", "Two"]), FigureCard("Experts", "12")):
        host.add(part)
    return host


INTERACTIVE = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)


def nameless(root):
    """Interactive widgets without a name; Qt's own inner parts are not ours."""
    found = []
    for kind in INTERACTIVE:
        for widget in root.findChildren(kind):
            inner = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox | QLineEdit)
            inner = inner or type(widget).__name__ in ("QHeaderView", "RecordHeader", "QTableCornerButton",
                                                       "QComboBoxListView")
            inner = inner or widget.parent().metaObject().className() == "QComboBoxPrivateContainer"
            if inner or isinstance(widget.parent(), QAbstractItemView):
                continue
            name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            if not name.strip():
                found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_every_interactive_widget_has_a_name(qtbot, prompts):
    host = gallery(prompts)
    qtbot.addWidget(host)
    host.show()
    assert nameless(host) == []


def test_custom_painted_widgets_have_names_too(qtbot):
    for widget in (StatePill("Fine", "ok"), ScoreBar([("Field", 40.0)]), ScoreLegend(["Field"]),
                   BarRow("Mechanics", 96, 100)):
        qtbot.addWidget(widget)
        assert widget.accessibleName()


def test_everything_paints_in_both_looks(qtbot, prompts):
    from ui import theme

    host = gallery(prompts)
    qtbot.addWidget(host)
    host.resize(1100, 1500)
    host.show()
    light = host.grab().toImage()
    theme.apply("dark")
    dark = host.grab().toImage()
    assert light != dark
    assert dark.pixelColor(5, 5).lightness() < 80
