"""What the window hides because the core would refuse it. The core asks by itself; this only spares the try."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

May = Callable[[str], bool]  # whether whoever acts may do an operation


def allowed(pool: Any, operation: str) -> bool:
    """Whether whoever acts in the pool may do the operation; true while there is no pool or no operation."""
    actor = getattr(pool, "actor", None)
    if not operation or not hasattr(actor, "office"):
        return True
    from expertpool.accounts.permissions import may

    return may(actor, operation)


def everything(_operation: str) -> bool:
    """What a part assumes until its page says who acts."""
    return True


def offer(pool: Any, operation: str, *parts: QWidget) -> None:
    """Keep the parts from whoever may not do the operation, even where the page shows them later."""
    if not allowed(pool, operation):
        for part in parts:
            part.hide()
            part.installEventFilter(_Withheld(part))


class _Withheld(QObject):
    """Hides a part as soon as something shows it."""

    def eventFilter(self, part: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(part, QWidget):
            part.hide()
        return False
