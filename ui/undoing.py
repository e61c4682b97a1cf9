"""Ctrl+Z (撤销): an operation written from this window is undone at once; any other only after a question."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from ui.allowed import allowed
from ui.texts import moment

if TYPE_CHECKING:
    from expertpool.accounts.undoing import UndoOffer
    from ui.main_window import MainWindow


class Undoing(QObject):
    """Knows which operations were written from this window since it was opened."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._of_this_sitting: set[int] = set()
        window.jobs.changed.connect(self._note)

    def ask(self) -> None:
        """Read what would be undone next, then undo it, or ask first."""
        pool = self._window.pool
        if pool is not None and allowed(pool, "undo"):
            self._window.jobs.read(self, pool.next_undo, self._offered, key="undo")

    def _offered(self, offer: "UndoOffer | None") -> None:
        window = self._window
        if offer is None:
            window.feedback.info(_("There is nothing of yours to undo."))
            return
        asked = _("Undo “{what}”, done by {actor} on {moment}?").format(
            what=offer.what, actor=offer.actor, moment=moment(offer.at))
        if offer.entry in self._of_this_sitting or window.prompts.question(window, asked, yes=_("Undo")):
            window.jobs.undo(offer.entry)

    def _note(self, changes: Changes) -> None:
        if changes.entry:
            self._of_this_sitting.add(changes.entry)
