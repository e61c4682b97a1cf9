"""Errors that nobody expected, wherever in the window's process they happen, reach the one door: the report.

Qt swallows an exception that leaves a slot or an event handler: it is printed where nobody looks and the program goes
on as if nothing had been. Python tells of each through a hook; these lead to :meth:`ui.feedback.Feedback.bug`.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from ui.feedback import Feedback


class _Door(QObject):
    """Carries an error from any thread into the window's own."""

    met = Signal(object)


@contextmanager
def reported(feedback: Feedback) -> Iterator[Callable[[BaseException], None]]:
    """Inside, every error that leaves a slot, an event handler or a thread is told; yields what tells."""
    door = _Door()
    door.met.connect(feedback.trouble, Qt.ConnectionType.QueuedConnection)
    before, before_thread = sys.excepthook, threading.excepthook

    def tell(error: BaseException) -> None:
        door.met.emit(error)

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            before(type(error), error, error.__traceback__)
        else:
            tell(error)

    def thread_hook(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None and not isinstance(given.exc_value, SystemExit):
            tell(given.exc_value)

    sys.excepthook, threading.excepthook = hook, thread_hook
    try:
        yield tell
    finally:
        sys.excepthook, threading.excepthook = before, before_thread
        door.deleteLater()
