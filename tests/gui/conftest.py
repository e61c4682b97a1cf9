"""What all window tests share: the offscreen screen, a home of their own, no thread or timer left behind."""

import gc
import os
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import language, set_language


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Each test has its own data folder, so that window.ini and reports never touch the user's."""
    monkeypatch.setenv("EXPERTPOOL_HOME", str(tmp_path / "home"))
    before = language()
    set_language("en")
    yield tmp_path / "home"
    set_language(before)


@pytest.fixture(autouse=True)
def nothing_left(qapp, own_home):
    """No worker, running timer or window may survive a test."""
    from ui import theme
    from ui.application import leave_clipboard

    theme.apply("light")
    yield
    for widget in QApplication.topLevelWidgets():
        widget.close()
        if widget.windowType() != Qt.WindowType.Popup:  # a completer deletes its own, and would do so twice
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    leave_clipboard()
    assert [one.name for one in threading.enumerate() if one.name.startswith(("read", "change"))] == []
    timers = [one for one in gc.get_objects() if isinstance(one, QTimer) and isValid(one) and one.isActive()]
    assert timers == []
    # menus and pop-ups that Qt keeps hidden for itself are not ours to count
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == []


class SmallPool:
    """A pool with the frame's contract and nothing behind it."""

    name, actor, place = "沈阳市中级人民法院", "李岚", "本机专家库 · pool.expertpool"

    def __init__(self):
        self.closed, self.undone = False, []

    def counts(self):
        return {"experts": 1248, "open_cases": 86}

    def badges(self):
        return {"matching": 3}

    def find(self, text, limit):
        return [("expert", "u-1", "王新宇", "东北大学")] if "王" in text else []

    def next_undo(self):
        from expertpool.accounts.undoing import UndoOffer

        return UndoOffer(9, "2026-11-20T08:00:00.000Z", "李岚", "New expert")

    def undo_last(self):
        self.undone.append(0)
        return Changes(entry=9, operation="undo", ids={"expert": frozenset({1})})

    def undo(self, entry):
        self.undone.append(entry)
        return Changes(entry=entry + 1, operation="undo", ids={"expert": frozenset({1})})

    def close(self):
        self.closed = True


@pytest.fixture
def small_pool():
    return SmallPool()


@pytest.fixture
def feedback():
    from ui.feedback import Feedback

    return Feedback()


@pytest.fixture
def jobs(qapp, feedback):
    """Jobs that are shut down with the test."""
    from ui.jobs import Jobs

    made = Jobs(feedback)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def prompts():
    """Prompts that raise on every question no answer was prepared for."""
    from ui.prompts import Prompts

    made = Prompts()
    made.prepare()
    return made


@pytest.fixture
def acting():
    """Who acts in ``empty_pool``."""
    return "tester"


@pytest.fixture
def empty_pool(sqlite_template, tmp_path, acting):
    """An open pool without any record, for a test to fill; a fixture that fills it is called ``opened``."""
    from expertpool.accounts.permissions import Actor
    from expertpool.pool import ExpertPool

    path = tmp_path / "pool.expertpool"
    path.write_bytes(sqlite_template.read_bytes())
    with ExpertPool.open(path, actor=Actor(acting)) as pool:
        yield pool


@pytest.fixture
def went():
    """Where a shown page wanted to go: (page, what it gave along)."""
    return []


@pytest.fixture
def show_page(qtbot, jobs, feedback, prompts, went):
    """Shows a page on a pool as the window does: in its size, told of every change, able to undo."""
    def shown(kind, pool, title):
        from ui.page import Surroundings
        from ui.remembered import Remembered

        jobs.undo_entry, jobs.undo_last = pool.undo, pool.undo_last
        made = kind(Surroundings(jobs, feedback, prompts, Remembered(),
                                 lambda name, **more: went.append((name, more)) or True, pool=pool, title=title))
        jobs.changed.connect(made.refresh)
        qtbot.addWidget(made)
        made.resize(1180, 700)
        made.show()
        qtbot.waitExposed(made)
        return made

    return shown


@pytest.fixture
def show_settings(qtbot, jobs, show_page):
    """Shows the page of settings at one of its tabs."""
    def shown(pool, tab):
        from ui.settings.page import SettingsPage

        made = show_page(SettingsPage, pool, "Settings")
        made.shown(tab=tab)
        qtbot.waitUntil(jobs.idle, timeout=15_000)
        return made

    return shown
