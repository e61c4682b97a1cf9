"""What the window hides because the core would refuse it. The core asks by itself; this only spares the try."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

May = Callable[[str], bool]  # whether whoever acts may do an operation


def allowed(pool: "ExpertPool | None", operation: str) -> bool:
    """Whether whoever acts in the pool may do the operation; true while there is no pool or no operation."""
    if not operation or pool is None:
        return True
    from expertpool.accounts.permissions import Actor, may

    return may(pool.actor, operation) if isinstance(pool.actor, Actor) else True


def everything(_operation: str) -> bool:
    """What a part assumes until its page says who acts."""
    return True


def offer(pool: "ExpertPool | None", operation: str, *parts: QWidget) -> None:
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
