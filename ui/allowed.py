"""Hides what the core would refuse. The core checks permissions itself; hiding only spares the user the attempt."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

May = Callable[[str], bool]  # whether the actor may do an operation


def allowed(pool: "ExpertPool | None", operation: str) -> bool:
    """Whether the pool's actor may do the operation; True without a pool or an operation."""
    if not operation or pool is None:
        return True
    from expertpool.accounts.permissions import Actor, may

    return may(pool.actor, operation) if isinstance(pool.actor, Actor) else True


def everything(_operation: str) -> bool:
    """The assumption of a part until its page says who acts: everything is allowed."""
    return True


def offer(pool: "ExpertPool | None", operation: str, *parts: QWidget) -> None:
    """Hide parts from actors who may not do the operation, even if the page shows them later."""
    if not allowed(pool, operation):
        for part in parts:
            part.hide()
            part.installEventFilter(_Withheld(part))


class _Withheld(QObject):
    """Hides a part again as soon as something shows it."""

    def eventFilter(self, part: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(part, QWidget):
            part.hide()
        return False
