"""An error in a slot, an event handler or a thread of the window reaches the report instead of vanishing."""

import sys
import threading

from PySide6.QtWidgets import QPushButton

from ui.unexpected import reported


def fails(*_given):
    raise ValueError("安亦舟")


def test_an_error_in_a_slot_is_told(qtbot, feedback):
    before = sys.excepthook
    button = QPushButton("x")
    qtbot.addWidget(button)
    button.clicked.connect(fails)
    with reported(feedback):
        button.click()
        qtbot.waitUntil(lambda: bool(feedback.seen))
    assert [kind for kind, _path in feedback.seen] == ["bug"]
    assert sys.excepthook is before


def test_an_error_in_a_thread_is_told_in_the_windows_own(qtbot, feedback):
    with reported(feedback):
        thread = threading.Thread(target=fails, name="elsewhere")
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: bool(feedback.seen))
    assert [kind for kind, _path in feedback.seen] == ["bug"]
