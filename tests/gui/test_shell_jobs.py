"""Work outside the window's thread: newest wins, stopping, errors as sentences, owners that are gone."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from PySide6.QtWidgets import QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.foundation.progress import Progress
from ui.job import changes_of


@pytest.fixture
def owner(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_result_arrives_in_the_windows_thread(qtbot, jobs, owner):
    seen = []
    jobs.read(owner, lambda: threading.current_thread().name,
              lambda name: seen.append((name, QThread.currentThread() is owner.thread())))
    qtbot.waitUntil(jobs.idle)
    assert len(seen) == 1
    assert seen[0][0].startswith("read")
    assert seen[0][1]


def test_newest_of_a_key_wins(qtbot, jobs, owner):
    first, seen = threading.Event(), []
    jobs.read(owner, lambda: first.wait(5) and "old", seen.append, key="search")
    jobs.read(owner, lambda: "new", seen.append, key="search")
    jobs.read(owner, lambda: "other", seen.append, key="counts")
    qtbot.waitUntil(lambda: len(seen) == 2)
    first.set()
    qtbot.waitUntil(jobs.idle)
    assert sorted(seen) == ["new", "other"]


def test_older_of_a_key_is_asked_to_stop(qtbot, jobs, owner):
    begun, stopped = threading.Event(), []

    def long(progress: Progress):
        begun.set()
        stopped.append(progress.stop.wait(5))
        progress.step(1, 2)

    jobs.read(owner, long, key="search")
    qtbot.waitUntil(begun.is_set)
    jobs.read(owner, lambda: None, key="search")
    qtbot.waitUntil(jobs.idle)
    assert stopped == [True]


def test_owner_that_is_gone_gets_nothing(qtbot, jobs):
    go, seen = threading.Event(), []
    owner = QObject()
    jobs.read(owner, lambda: go.wait(5), seen.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    go.set()
    qtbot.waitUntil(jobs.idle)
    assert seen == []


def test_owner_is_not_kept_alive_by_its_method(qtbot, jobs):
    class Owner(QObject):
        def take(self, value):
            seen.append(value)

    go, seen = threading.Event(), []
    owner = Owner()
    jobs.read(owner, lambda: go.wait(5), owner.take)
    del owner
    go.set()
    qtbot.waitUntil(jobs.idle)
    assert seen == []


def test_change_is_broadcast_told_and_can_be_undone(qtbot, jobs, owner, feedback, small_pool):
    jobs.undo_last, jobs.undo_entry = small_pool.undo_last, small_pool.undo
    broadcast, done = [], []
    jobs.changed.connect(broadcast.append)
    made = Changes(entry=7, operation="edit expert", ids={"expert": frozenset({1})})
    jobs.change(owner, lambda: made, done.append, words="Saved 王新宇.")
    qtbot.waitUntil(jobs.idle)
    assert broadcast == [made]
    assert done == [made]
    assert feedback.seen[-1] == ("ok", "Saved 王新宇.")
    jobs.undo(7)
    qtbot.waitUntil(jobs.idle)
    assert small_pool.undone == [7]
    assert feedback.seen[-1] == ("ok", "Undone.")


def test_changes_run_one_after_the_other(qtbot, jobs, owner):
    running, most = [], []

    def work():
        running.append(1)
        most.append(len(running))
        running.pop()
        return Changes()

    for _count in range(20):
        jobs.change(owner, work)
    qtbot.waitUntil(jobs.idle)
    assert max(most) == 1
    assert len(most) == 20


def test_changes_are_found_in_what_a_verb_returns():
    made = Changes(entry=1)

    class Report:
        changes = made

    assert changes_of(made) is made
    assert changes_of((made, "more")) is made
    assert changes_of(Report()) is made
    assert changes_of(Changes()) is None
    assert changes_of("something else") is None


def test_stopping_a_change_says_that_nothing_was_written(qtbot, jobs, owner, feedback):
    begun = threading.Event()

    def long(progress: Progress):
        begun.set()
        progress.stop.wait(5)
        progress.step(1, 10)

    number = jobs.change(owner, long, words="Import")
    qtbot.waitUntil(begun.is_set)
    assert jobs.writing()
    jobs.cancel(number)
    qtbot.waitUntil(jobs.idle)
    assert feedback.seen[-1] == ("accent", "Stopped. Nothing was written.")


@pytest.mark.parametrize("kind", [UserProblem, EnvironmentProblem])
def test_expected_errors_are_sentences(qtbot, jobs, owner, feedback, kind):
    def fail():
        raise kind("record.changed")

    jobs.read(owner, fail)
    qtbot.waitUntil(jobs.idle)
    assert feedback.seen[-1] == ("danger", kind("record.changed").text)


def test_any_other_error_is_a_report_not_a_traceback(qtbot, jobs, owner, feedback, own_home):
    jobs.read(owner, lambda: 1 / 0)
    qtbot.waitUntil(jobs.idle)
    tone, path = feedback.seen[-1]
    assert tone == "bug"
    reports = list((own_home / "reports").iterdir())
    assert [str(one) for one in reports] == [path]
    assert "ZeroDivisionError" in reports[0].read_text("utf-8")


def test_the_asker_may_tell_an_error_itself(qtbot, jobs, owner, feedback):
    told = []
    jobs.read(owner, lambda: 1 / 0, failed=lambda error: told.append(type(error)) or True)
    qtbot.waitUntil(jobs.idle)
    assert told == [ZeroDivisionError]
    assert not feedback.seen


def test_short_work_shows_nothing_and_long_work_its_progress(qtbot, jobs, owner):
    shown, go = [], threading.Event()
    jobs.shown.connect(shown.append)
    jobs.read(owner, lambda: 1)
    qtbot.waitUntil(jobs.idle)
    assert shown == []

    def long(progress: Progress):
        progress.step(30, 120, "Reading rows")
        go.wait(5)

    jobs.read(owner, long)
    qtbot.waitUntil(lambda: bool(shown))
    assert (shown[0].words, shown[0].done, shown[0].total, shown[0].stoppable) == ("Reading rows", 30, 120, True)
    go.set()
    qtbot.waitUntil(jobs.idle)
    assert shown[-1] is None


def test_closing_stops_waits_and_delivers_nothing(qtbot, jobs, owner):
    seen = []

    def long(progress: Progress):
        progress.stop.wait(5)
        return 1

    for _count in range(5):
        jobs.read(owner, long, seen.append)
    jobs.close()
    qtbot.wait(1)
    assert seen == []
    assert jobs.idle()
    assert jobs.read(owner, long) == 0
