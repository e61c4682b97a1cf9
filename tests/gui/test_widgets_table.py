"""The list: 100,000 rows page by page, sorting by the database, selection, copying, columns kept."""

from array import array

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.remembered import Remembered
from ui.widgets.record_model import PAGE, PAGES, Column, RecordModel, cell_text
from ui.widgets.record_table import RecordTable

MANY = 100_000
COLUMNS = [
    Column("name", "Name", 140, "strong"),
    Column("roles", "Roles", 160, "chips"),
    Column("unit", "Unit", 200, second="level"),
    Column("open", "Open", 60, "number"),
    Column("score", "Score", 160, "score"),
    Column("state", "State", 90, "state"),
    Column("pick", "", 80, "action"),
]


class Source:
    """Rows made up from their ids; counts what is asked for."""

    def __init__(self, count=MANY):
        self.count, self.sorts, self.asked = count, [], []

    def ids(self, key, descending):
        self.sorts.append((key, descending))
        order = range(self.count, 0, -1) if descending else range(1, self.count + 1)
        return array("q", order)

    def rows(self, ids):
        self.asked.append(len(ids))
        return [{"id": one, "name": f"专家{one}", "roles": ["技术调查官", ("兼职", "neutral")], "unit": "东北大学",
                 "level": "正高", "open": one * 1000, "score": [40, 30], "state": ("在任", "ok"), "pick": "选入",
                 "_tones": {"unit": "danger"}, "_tips": {"unit": "differs"}} for one in ids]


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def table(qtbot, jobs, source):
    made = RecordTable(COLUMNS, source.ids, source.rows, jobs=jobs, name="test", remembered=Remembered(),
                       accessible="Experts")
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.reload()
    qtbot.waitUntil(jobs.idle)
    return made


def test_hundred_thousand_rows_fetch_only_the_pages_in_sight(qtbot, jobs, table, source):
    qtbot.waitUntil(lambda: bool(source.asked))
    assert table.count() == MANY
    assert sum(source.asked) <= 2 * PAGE
    table.view.scrollToBottom()
    table.grab()
    assert sum(source.asked) <= 4 * PAGE
    assert max(source.asked) <= PAGE
    assert table.model.row(MANY - 1)["name"] == f"专家{MANY}"


def test_pages_kept_are_few(source):
    model = RecordModel(COLUMNS, source.rows)
    model.show_ids(source.ids("", False))
    for row in range(0, MANY, PAGE):
        model.row(row)
    assert model.fetched == MANY // PAGE
    model.row(MANY - 1)
    model.row(MANY - PAGE * (PAGES - 1))
    assert model.fetched == MANY // PAGE  # the last ones are still here
    model.row(0)
    assert model.fetched == MANY // PAGE + 1


def test_rows_are_put_in_the_order_of_their_ids():
    model = RecordModel(COLUMNS, lambda ids: [{"id": one, "name": str(one)} for one in sorted(ids) if one != 2])
    model.show_ids([3, 2, 1])
    assert [model.row(row).get("name") for row in range(3)] == ["3", None, "1"]


def test_heading_sorts_in_the_database_and_keeps_the_current_row(qtbot, jobs, table, source):
    table.select(500)
    header = table.header
    place = QPoint(header.sectionViewportPosition(0) + 20, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(jobs.idle)
    assert source.sorts[-1] == ("name", False)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(jobs.idle)
    assert source.sorts[-1] == ("name", True)
    assert table.current_id() == 500
    assert table.selected_ids() == [500]
    assert table.view.currentIndex().row() == MANY - 500


def test_selection_is_counted_by_ranges_and_painted_without_asking_each_row(qtbot, table, monkeypatch):
    counts, asked = [], []
    flags = RecordModel.flags
    monkeypatch.setattr(RecordModel, "flags", lambda model, index: asked.append(1) or flags(model, index))
    table.selection_changed.connect(counts.append)
    table.view.selectAll()
    assert counts[-1] == MANY
    table.grab()
    assert len(asked) < 2000
    assert len(table.selected_ids()) == MANY


def test_copy_gives_text_and_html(table):
    table.select(2)
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QApplication.clipboard().mimeData()
    assert data.text().splitlines() == ["Name\tRoles\tUnit\tOpen\tScore\tState",
                                        "专家2\t技术调查官、兼职\t东北大学 正高\t2,000\t70\t在任"]
    assert "<td" in data.html()
    assert "专家2" in data.html()


def test_copied_html_is_escaped(qtbot):
    table = RecordTable([Column("name", "Name")], lambda *_sort: [1], lambda _ids: [{"id": 1, "name": "<b>&"}])
    qtbot.addWidget(table)
    table.reload()
    table.select(1)
    table.copy()
    assert "&lt;b&gt;&amp;" in QApplication.clipboard().mimeData().html()


def test_keyboard_opens_and_moves(table):
    opened, current = [], []
    table.activated.connect(opened.append)
    table.current_changed.connect(current.append)
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_Home)
    QTest.keyClick(table.view, Qt.Key.Key_Down)
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    QTest.keyClick(table.view, Qt.Key.Key_F2)
    QTest.keyClick(table.view, Qt.Key.Key_End)
    assert opened == [2, 2]
    assert current[-1] == MANY


def test_button_in_a_row_acts(table):
    acted = []
    table.acted.connect(lambda one, key: acted.append((one, key)))
    index = table.model.index(3, 6)
    table.view.scrollTo(index)
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=table.view.visualRect(index).center())
    assert acted == [(4, "pick")]


def test_columns_are_kept(qtbot, jobs, table, source):
    header = table.header
    header.resizeSection(0, 222)
    header.moveSection(0, 2)
    header.setSectionHidden(5, True)
    header._keep()
    assert header.sectionSize(0) == 222
    again = RecordTable(COLUMNS, source.ids, source.rows, name="test", remembered=Remembered())
    qtbot.addWidget(again)
    assert [column.key for column in again.shown_columns()] == ["roles", "unit", "name", "open", "score", "pick"]
    assert again.header._widths[0] == 222
    again.header.reset_columns()
    assert [column.key for column in again.shown_columns()] == [column.key for column in COLUMNS]


def test_last_column_cannot_be_hidden(qtbot):
    table = RecordTable([Column("a", "A"), Column("b", "B", hidden=True)], lambda *_sort: [], lambda _ids: [])
    qtbot.addWidget(table)
    shown, hidden = table.header.menu().actions()[:2]
    assert not shown.isEnabled()
    assert hidden.isEnabled()
    hidden.setChecked(True)
    assert [column.key for column in table.shown_columns()] == ["a", "b"]


def test_empty_list_shows_the_first_step(qtbot):
    table = RecordTable(COLUMNS, lambda *_sort: [], lambda _ids: [])
    qtbot.addWidget(table)
    table.show()
    table.reload()
    assert table.empty.isVisible()
    assert not table.view.isVisible()


def test_row_that_vanished_is_blank():
    assert cell_text(COLUMNS[0], {}) == ""
    assert cell_text(COLUMNS[1], {}) == ""
    assert cell_text(COLUMNS[4], {}) == ""
    assert cell_text(COLUMNS[5], {}) == ""


def test_refresh_reads_visible_rows_again_and_keeps_the_selection(table, source):
    table.select(3)
    before = len(source.asked)
    table.refresh()
    table.grab()
    assert len(source.asked) > before
    assert table.selected_ids() == [3]


def test_room_left_over_goes_to_words_and_is_not_remembered(table):
    header = table.header
    fixed = {number: header.sectionSize(number) for number in (3, 4, 5, 6)}
    table.resize(1600, 600)
    assert header.length() == pytest.approx(table.view.viewport().width(), abs=3)
    assert {number: header.sectionSize(number) for number in fixed} == fixed
    table.resize(700, 600)
    assert [header.sectionSize(number) for number in (0, 2)] == [140, 200]


def test_stretching_column_gives_way_before_the_list_scrolls(qtbot):
    table = RecordTable([Column("a", "A", 200), Column("b", "B", 400, stretch=True)], lambda *_sort: [1],
                        lambda _ids: [{"id": 1}])
    qtbot.addWidget(table)
    table.resize(420, 300)
    table.show()
    table.reload()
    assert table.header.sectionSize(0) == 200
    assert table.header.length() == table.view.viewport().width()
