"""Waiting in tests of the window."""

from PySide6.QtWidgets import QApplication


def rest(qtbot, jobs):
    """Wait until nothing is read or written any more, and what was put on the screen is in sight.

    A widget that joins a visible one is shown by an event that Qt posts, so events are handled once more.
    """
    qtbot.waitUntil(jobs.idle, timeout=30_000)
    QApplication.processEvents()
    qtbot.waitUntil(jobs.idle, timeout=30_000)
