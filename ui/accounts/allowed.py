"""What the window hides because the core would refuse it. The core asks by itself; this only spares the try."""

from typing import Any

from PySide6.QtWidgets import QWidget


def allowed(pool: Any, operation: str) -> bool:
    """Whether whoever acts in the pool may do the operation; true while there is no pool or no operation."""
    actor = getattr(pool, "actor", None)
    if not operation or not hasattr(actor, "office"):
        return True
    from expertpool.accounts.permissions import may

    return may(actor, operation)


def offer(pool: Any, operation: str, *parts: QWidget) -> None:
    """Hide the parts from whoever may not do the operation."""
    if not allowed(pool, operation):
        for part in parts:
            part.hide()
