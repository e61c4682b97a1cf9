"""The window's frame: pages when first shown, changes reaching them, Ctrl+K, dragging, closing, remembering."""

import dataclasses
import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import language
from expertpool.foundation.problems import EnvironmentProblem
from ui.main_window import MainWindow
from ui.page import Page
from ui.page_stack import together
from ui.pages import PAGES
from ui.widgets.fields import TextField
from ui.widgets.form import Form

BUILT = []


class Plain(Page):
    """A page that writes down what happens to it."""

    kinds = ("expert",)

    def build(self):
        BUILT.append(self)
        self.calls = []
        self.add_search("Name")
        self.body.addWidget(QLabel("here"))
        self.set_status("page ready")

    def refresh(self, changes):
        self.calls.append(("refresh", changes))

    def shown(self, **arguments):
        self.calls.append(("shown", arguments))

    def open_record(self, kind, uid):
        self.calls.append(("open", kind, uid))

    def add_expert(self):
        self.calls.append(("add",))


class WithForm(Plain):
    """A page with a form that may hold unsaved words."""

    kinds = ()

    def build(self):
        super().build()
        self.form = Form(self.prompts)
        self.form.add(TextField("name", "Name"))
        self.form.show_values({"name": "王"})
        self.body.addWidget(self.form)


ENTRIES = tuple(dataclasses.replace(entry, target=f"{__name__}:{'WithForm' if entry.name == 'cases' else 'Plain'}")
                for entry in PAGES)


@pytest.fixture
def make(qtbot, small_pool):
    """Makes windows over the small pool; all are closed in the end."""
    BUILT.clear()
    made = []

    def build(opener=None, size=(1366, 768)):
        window = MainWindow(opener or (lambda _target: small_pool), ENTRIES)
        window.prompts.prepare()
        if size:
            window.resize(*size)
        window.show()
        made.append(window)
        return window

    yield build
    for window in made:
        window.prompts.prepare("drop", "stop")
        window.close()
    BUILT.clear()


@pytest.fixture
def window(qtbot, make):
    made = make()
    made.open_pool()
    qtbot.waitUntil(made.jobs.idle)
    return made


def test_pages_are_built_when_first_shown(window):
    assert [page.accessibleName() for page in BUILT] == ["Overview"]
    window.navigate("experts")
    window.navigate("overview")
    window.navigate("experts")
    assert len(BUILT) == 2
    assert window.rail.buttons["experts"].isChecked()


def test_nothing_is_built_before_the_pool_is_open(make):
    window = make()
    assert BUILT == []
    assert window.isVisible()
    assert not window.navigate("experts")


def test_frame_says_whose_pool_it_is(window):
    assert window.rail.court.text() == "沈阳市中级人民法院"
    assert window.rail.actor.text() == "李岚"
    assert window.rail.buttons["matching"].badge == 3
    assert "本机专家库" in window.status.place.text()
    assert window.status.counts.text() == "Experts 1,248 · Open cases 86"
    assert window.status.page.text() == "page ready"


def test_arguments_and_records_reach_the_page(window):
    window.navigate("experts", kind="expert", uid="u-1", tab="history")
    assert window.stack.page("experts").calls == [("shown", {"tab": "history"}), ("open", "expert", "u-1")]


def test_keys_switch_pages(window):
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.current_name() == "cases"


def test_ctrl_f_goes_to_the_pages_search(qtbot, window):
    window.navigate("experts")
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.stack.current().search


def test_visible_page_refreshes_now_hidden_one_when_shown(qtbot, window):
    window.navigate("experts")
    window.navigate("overview")
    one, other = Changes(1, "a", {"expert": frozenset({1})}), Changes(2, "b", {"expert": frozenset({2})})
    overview, experts = window.stack.page("overview"), window.stack.page("experts")
    experts.calls.clear()
    for made in (one, other):
        window.jobs.change(window, lambda made=made: made)
    qtbot.waitUntil(window.jobs.idle)
    assert [call for call in overview.calls if call[0] == "refresh"] == [("refresh", one), ("refresh", other)]
    assert experts.calls == []
    window.navigate("experts")
    assert experts.calls[0][1].ids == {"expert": frozenset({1, 2})}


def test_page_is_not_bothered_by_other_kinds(qtbot, window):
    page = window.stack.page("overview")
    page.calls.clear()
    window.stack.broadcast(Changes(1, "a", {"holiday": frozenset({1})}))
    assert page.calls == []
    window.stack.broadcast(Changes(1, "a", many=True))
    assert len(page.calls) == 1


def test_missed_changes_add_up():
    both = together(Changes(1, "a", {"x": frozenset({1})}, {"x": ("u1",)}),
                    Changes(2, "b", {"x": frozenset({2}), "y": frozenset({3})}, {"x": ("u2",)}, True))
    assert both.ids == {"x": frozenset({1, 2}), "y": frozenset({3})}
    assert both.uids == {"x": ("u1", "u2")}
    assert both.many


def test_leaving_a_changed_form_asks(window):
    window.navigate("cases")
    form = window.stack.page("cases").form
    form.fields["name"].edit.setText("李")
    window.prompts.prepare("stay")
    assert not window.navigate("overview")
    assert window.rail.buttons["cases"].isChecked()
    window.prompts.prepare("drop")
    assert window.navigate("overview")


def test_command_box_finds_pages_actions_and_people(qtbot, window):
    window.navigate("experts")
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.box.isVisible()
    QTest.keyClicks(window.box.search, "add an exp")
    assert [one.text for one in window.box.findings()] == ["Add an expert"]
    QTest.keyClick(window.box.search, Qt.Key.Key_Return)
    assert window.stack.page("experts").calls[-1] == ("add",)
    assert not window.box.isVisible()
    window.open_command_box()
    window.box.search.setText("王")
    qtbot.waitUntil(lambda: [one.text for one in window.box.findings()] == ["王新宇"])
    QTest.keyClick(window.box.search, Qt.Key.Key_Return)
    assert window.stack.page("experts").calls[-1] == ("open", "expert", "u-1")


def test_command_box_knows_initials_and_escape(window):
    window.open_command_box()
    window.box.search.setText("mcyws")
    assert [one.text for one in window.box.findings()] == ["Rosters"]
    QTest.keyClick(window.box.search, Qt.Key.Key_Escape)
    assert not window.box.isVisible()


def test_undo_key_takes_back_but_not_while_writing(qtbot, window, small_pool):
    window.prompts.prepare(True)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: small_pool.undone == [9])
    qtbot.waitUntil(window.jobs.idle)
    search = window.stack.current().search
    search.setFocus()
    QTest.keyClicks(search, "a")
    QTest.keyClick(search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.jobs.idle)
    assert small_pool.undone == [9]
    assert search.text() == ""


def test_what_was_not_done_in_this_sitting_is_named_before_it_is_undone(qtbot, window, small_pool):
    window.prompts.prepare(False)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.prompts.asked))
    qtbot.waitUntil(window.jobs.idle)
    assert "New expert" in window.prompts.asked[-1]
    assert "李岚" in window.prompts.asked[-1]
    assert small_pool.undone == []
    window.jobs.changed.emit(Changes(entry=9, operation="register", ids={"person": frozenset({1})}))
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # one's own newest asks nothing
    qtbot.waitUntil(lambda: small_pool.undone == [9])


def test_dropped_spreadsheet_is_an_import(window, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("名册.xlsx", "photo.png", "old.XLS")])
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)
    assert window.stack.current_name() == "importing"
    [(_shown, arguments)] = window.stack.current().calls
    assert [file.name for file in arguments["files"]] == ["名册.xlsx", "old.XLS"]


def test_page_rail_and_look_are_remembered(qtbot, make, window):
    window.navigate("rosters")
    window.toggle_rail()
    window.resize(1000, 640)
    window.close()
    again = make(size=None)
    again.open_pool()
    qtbot.waitUntil(again.jobs.idle)
    assert again.stack.current_name() == "rosters"
    assert again.rail.narrow
    assert again.height() == 640


def test_language_switch_builds_pages_anew(qtbot, window):
    window.navigate("experts")
    before = window.stack.page("experts")
    window.set_language("zh_CN")
    qtbot.waitUntil(window.jobs.idle)
    assert language() == "zh_CN"
    assert window.stack.current_name() == "experts"
    assert window.stack.page("experts") is not before
    assert window.rail.court.text() == "沈阳市中级人民法院"
    window.set_language("en")
    qtbot.waitUntil(window.jobs.idle)
    assert window.remembered.get("language") == "en"


def test_pool_that_cannot_be_opened_offers_a_way_out(qtbot, make, small_pool):
    tries = []

    def opener(target):
        tries.append(target)
        if len(tries) == 1:
            raise EnvironmentProblem("record.changed")
        return small_pool

    window = make(opener)
    window.open_pool()
    qtbot.waitUntil(window.jobs.idle)
    assert window.pool is None
    assert window.stack._waiting.second.text() == EnvironmentProblem("record.changed").text
    window.stack._waiting.buttons[0].click()
    qtbot.waitUntil(window.jobs.idle)
    assert window.pool is small_pool
    assert window.stack.current_name() == "overview"


def test_closing_closes_the_pool(window, small_pool):
    window.close()
    assert small_pool.closed


def test_closing_during_a_change_waits_or_stays(qtbot, window, small_pool):
    go = threading.Event()
    window.jobs.change(window, lambda: go.wait(5) and Changes())
    window.prompts.prepare("stay")
    window.close()
    assert window.isVisible()
    window.prompts.prepare("wait")
    window.close()
    assert window.isVisible()
    assert not small_pool.closed
    go.set()
    qtbot.waitUntil(lambda: small_pool.closed)
    assert not window.isVisible()


def test_closing_may_stop_a_change(window, small_pool):
    def long(progress):
        progress.stop.wait(5)
        progress.step(1, 2)

    window.jobs.change(window, long)
    window.prompts.prepare("stop")
    window.close()
    assert small_pool.closed


def test_status_line_shows_work_and_cancels_it(qtbot, window):
    def long(progress):
        progress.step(50, 200, "Reading")
        progress.stop.wait(5)
        progress.step(60, 200, "Reading")

    window.jobs.change(window, long)
    qtbot.waitUntil(window.status.work.isVisible)
    assert window.status.words.text() == "Reading  50 / 200"
    assert window.status.bar.maximum() == 200
    window.status.stopping.click()
    qtbot.waitUntil(window.jobs.idle)
    assert not window.status.work.isVisible()


def test_line_edit_in_a_dialog_is_not_disturbed_by_shortcuts(window):
    edit = QLineEdit(window)
    edit.show()
    edit.setFocus()
    QTest.keyClicks(edit, "1234")
    assert edit.text() == "1234"
    assert window.stack.current_name() == "overview"


def test_more_than_three_actions_are_refused(window):
    page = window.stack.page("settings")
    for name in ("experts.add", "cases.add", "importing.open"):
        page.add_action(name)
    with pytest.raises(ValueError, match=r"experts\.roster"):
        page.add_action("experts.roster")
