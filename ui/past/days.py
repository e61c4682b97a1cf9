"""By which day the window's thread judges, while windows showing different days are open side by side."""

from datetime import date

from PySide6.QtCore import QEvent, QObject

from expertpool.foundation.dates import judge_on
from ui.theme import application


class DayKeeper(QObject):
    """While ``window`` or a part of it handles an event, today is ``day``; otherwise it is the real day."""

    def __init__(self, window: QObject, day: date) -> None:
        super().__init__(window)
        self._window, self._day = window, day
        application().installEventFilter(self)

    def leave(self) -> None:
        """The window closes: use the real day again."""
        application().removeEventFilter(self)
        judge_on(None)

    def eventFilter(self, receiver: QObject, _event: QEvent) -> bool:
        part: QObject | None = receiver
        if not receiver.isWindowType():  # windows of the screen system belong to no part
            while part is not None and part is not self._window:
                part = part.parent()
            judge_on(self._day if part is not None else None)
        return False
