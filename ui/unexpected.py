"""Unexpected errors anywhere in the window's process are all reported in one way.

Qt swallows an exception that leaves a slot or an event handler: it is printed where nobody looks, and the program
goes on as if nothing had happened. Python calls a hook for each; these hooks lead to
:meth:`ui.feedback.Feedback.bug`.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from ui.feedback import Feedback


class _Carrier(QObject):
    """Carries an error from any thread into the window's own."""

    met = Signal(object)


@contextmanager
def reported(feedback: Feedback) -> Iterator[Callable[[BaseException], None]]:
    """Within the ``with`` block every error that leaves a slot, an event handler or a thread is reported."""
    carrier = _Carrier()
    carrier.met.connect(feedback.trouble, Qt.ConnectionType.QueuedConnection)
    before, before_thread = sys.excepthook, threading.excepthook

    def tell(error: BaseException) -> None:
        carrier.met.emit(error)

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
        carrier.deleteLater()
