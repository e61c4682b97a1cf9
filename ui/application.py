"""Start and end of the window: language, look, first paint, then opening the pool in a worker."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from expertpool.foundation.language import N_

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

NO_SCREEN = N_(
    "There is no screen here, so the window cannot open. Use the command line instead: "
    "python main.py --help lists all commands, python main.py demo DIR shows everything on sample data."
)


def run(arguments: Sequence[str] = (), opener: Callable[[str | None], object] | None = None) -> int:
    """Run the window until it is closed; returns the exit code (0, or 3 without a screen).

    ``arguments`` may be ``--database PATH|URL`` or ``--sample`` (the invented sample pool); ``opener`` opens a pool
    and is called in a worker.
    """
    if not has_screen():
        from expertpool.foundation.language import _, set_language, system_language

        set_language(system_language())
        print(_(NO_SCREEN), file=sys.stderr)  # noqa: T201 there is no window to say it in
        return 3
    application = start(arguments)
    window = make_window(opener or (open_sample if "--sample" in arguments else open_pool))
    window.show()
    from PySide6.QtCore import QTimer

    from ui.unexpected import reported

    with reported(window.feedback):
        QTimer.singleShot(0, window, lambda: window.open_pool(_target(arguments)))
        code = int(application.exec())
    window.jobs.close()
    leave_clipboard()
    return code


def leave_clipboard() -> None:
    """Put what was copied on the clipboard as Qt's own data: Qt destroys it after Python has ended, and data made in
    Python would crash the process then."""
    from PySide6.QtGui import QGuiApplication
    from shiboken6 import createdByPython

    clipboard = QGuiApplication.clipboard()
    content = clipboard.mimeData()
    if content is not None and createdByPython(content):
        clipboard.setText(clipboard.text())


def has_screen() -> bool:
    """Whether a window can appear: always on Windows and macOS, by the environment elsewhere."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def start(arguments: Sequence[str] = ()) -> Any:
    """The QApplication, in the language and look used last."""
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.languages import use_language
    from ui.remembered import Remembered

    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(
        [sys.argv[0] if sys.argv else "expertpool"])
    application.setApplicationName("ExpertPool")
    application.setDesktopFileName("expertpool")
    kept = Remembered()
    use_language(os.environ.get("EXPERTPOOL_LANGUAGE") or str(kept.get("language", "")))
    theme.apply(str(kept.get("look", "auto")))
    return application


def make_window(opener: Callable[[str | None], Any]) -> Any:
    """The main window, not yet shown and without a pool."""
    from ui.main_window import MainWindow

    return MainWindow(opener)


def open_pool(target: str | None) -> "ExpertPool":
    """Open the core's pool; this imports the database libraries, so call it only in a worker."""
    from expertpool.pool import ExpertPool

    return ExpertPool.open(target)


def open_sample(target: str | None) -> "ExpertPool":
    """Open the sample pool beside the user's own, filled from the shipped samples the first time."""
    from expertpool.workbook.sample_pool import open_sample_pool

    return open_pool(target) if target else open_sample_pool()


def _target(arguments: Sequence[str]) -> str | None:
    words = list(arguments)
    for place, word in enumerate(words):
        if word == "--database" and place + 1 < len(words):
            return words[place + 1]
        if word.startswith("--database="):
            return word.partition("=")[2]
    return None
