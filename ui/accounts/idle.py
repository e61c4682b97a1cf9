"""Notices that nobody is using the program: the time since the last key or pointer event in any of its windows."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from ui.theme import application

LOOK = 5_000  # milliseconds between two checks
INPUT = frozenset((QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
                   QEvent.Type.TouchBegin, QEvent.Type.InputMethod))


class IdleWatch(QObject):
    """Emits ``idled`` once after the set minutes without input. ``now`` returns seconds that only increase."""

    idled = Signal()

    def __init__(self, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.now, self.minutes = now, 0
        self._last = now()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.look)

    def watch(self, minutes: int) -> None:
        """Start counting; 0 minutes stops it."""
        self.minutes, self._last = minutes, self.now()
        running = application()
        if minutes and not self._timer.isActive():
            running.focusWindowChanged.connect(self._follow)
            self._follow(QGuiApplication.focusWindow())
            self._timer.start()
        elif not minutes and self._timer.isActive():
            running.focusWindowChanged.disconnect(self._follow)
            self._timer.stop()

    def look(self) -> None:
        """Check whether the time is over."""
        if self.minutes and self.now() - self._last >= self.minutes * 60:
            self.watch(0)
            self.idled.emit()

    def _follow(self, window: QWindow | None) -> None:
        """Watch a window: it receives input before any of its parts does."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if event.type() in INPUT:
            self._last = self.now()
        return False
