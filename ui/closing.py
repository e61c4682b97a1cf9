"""Whether the window may close now: unsaved forms are asked about; running writes are waited for or stopped."""

from typing import TYPE_CHECKING

from expertpool.foundation.language import _

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def may_close(window: "MainWindow") -> bool:
    """True to close now. ``window.closing`` remembers that the window closes by itself when the writing is done."""
    page = window.stack.current()
    may = window.gate.may_close() if window.gate.locked else page is None or page.may_leave()
    if not window.closing and not may:
        return False
    return not window.jobs.writing() or _stop(window)


def _stop(window: "MainWindow") -> bool:
    """Ask what to do while something is being written: True to close now (the write is rolled back), False to stay or
    wait."""
    answer = "wait" if window.closing else window.prompts.choose(
        window, _("Something is still being written."),
        [("wait", _("Close when it is done")), ("stop", _("Stop it and close")), ("stay", _("Stay"))])
    window.closing = answer == "wait"
    return answer == "stop"
