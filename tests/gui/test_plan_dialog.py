"""The plan for many cases in the window: worked out, moved by hand, applied, taken back."""

import pytest
from PySide6.QtCore import Qt

from expertpool.assignments.service import assignment_rows
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, CaseFieldDraft
from expertpool.pool import ExpertPool
from tests.engines.test_plans import NUMBERS, TERM, person  # the same small docket
from tests.gui.test_overview_page import leave, window_on

assert TERM


@pytest.fixture
def opened(qtbot, tmp_path):
    path = tmp_path / "pool.expertpool"
    with ExpertPool.open(path) as pool:
        person(pool, "秦望舒", "浑河理工大学", "B62D")
        person(pool, "何其远", "浑河理工大学", "B62D")
        person(pool, "林知夏", "棋盘山药物研究所", "A61K")
        for number, code in zip(NUMBERS[:3], ("B62D", "B62D", "A61K"), strict=True):
            open_case(pool, CaseDraft(number=number, filed_on="2026-09-01", fields_=[CaseFieldDraft(code=code)]))
        window, _page = window_on(qtbot, path)
        window.navigate("matching")
        qtbot.waitUntil(window.jobs.idle, timeout=20_000)
        page = window.stack.currentWidget()
        qtbot.mouseClick(page.pending.planning, Qt.MouseButton.LeftButton)
        dialog = page.pending.plan
        settled(qtbot, window, dialog)
        yield pool, window, dialog


def settled(qtbot, window, dialog):
    qtbot.waitUntil(lambda: window.jobs.idle() and dialog.applying.isEnabled(), timeout=30_000)


def seats(dialog):
    return {(row["number"], row["name"]) for row in dialog.seats.rows if row["uid"]}


def choose(dialog, number):
    dialog.seats.select(1 + next(at for at, row in enumerate(dialog.seats.rows) if row["number"] == number))


def test_moved_by_hand_applied_and_taken_back(qtbot, opened):
    pool, window, dialog = opened
    assert len(seats(dialog)) == 3
    assert (NUMBERS[2], "林知夏") in seats(dialog)
    choose(dialog, NUMBERS[0])
    first = dialog.seats.current()["name"]
    qtbot.mouseClick(dialog.buttons["forbid"], Qt.MouseButton.LeftButton)
    settled(qtbot, window, dialog)
    assert (NUMBERS[0], first) not in seats(dialog)
    choose(dialog, NUMBERS[1])
    held = dialog.seats.current()["name"]
    qtbot.mouseClick(dialog.buttons["fix"], Qt.MouseButton.LeftButton)
    settled(qtbot, window, dialog)
    choose(dialog, NUMBERS[1])
    assert (dialog.seats.current()["name"], dialog.seats.current()["state"][1]) == (held, "accent")
    planned = seats(dialog)
    qtbot.mouseClick(dialog.applying, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.jobs.idle() and len(assignment_rows(pool)) == 3, timeout=30_000)
    assert {(row.case, row.person) for row in assignment_rows(pool)} == planned
    pool.undo_last()
    assert assignment_rows(pool) == []
    leave(window)


def test_forgetting_and_another_way(qtbot, opened):
    _pool, window, dialog = opened
    before = seats(dialog)
    choose(dialog, NUMBERS[2])
    qtbot.mouseClick(dialog.buttons["forbid"], Qt.MouseButton.LeftButton)
    settled(qtbot, window, dialog)
    assert (NUMBERS[2], "林知夏") not in seats(dialog)
    qtbot.mouseClick(dialog.buttons["forget"], Qt.MouseButton.LeftButton)
    settled(qtbot, window, dialog)
    assert seats(dialog) == before
    dialog.way.setCurrentIndex(1)
    dialog.way.activated.emit(1)
    settled(qtbot, window, dialog)
    assert dialog.plan.way == "fair"
    dialog.reject()
    leave(window)
