"""Verifying the journal (日志核验): whether anything in the history was altered, in words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from expertpool.foundation.language import _
from ui import texts
from ui.widgets.cards import Card
from ui.widgets.labels import label
from ui.widgets.notes import Banner

if TYPE_CHECKING:
    from ui.page import Page


class ProofCard(Card):
    """One button, one answer."""

    def __init__(self, page: "Page") -> None:
        super().__init__(_("Journal"))
        self._page = page
        self.add(label(_("Every change is kept with who, when, before and after; each entry seals the one before it. "
                         "The check reads all of them and says whether any was altered."), "second", wrap=True))
        self.checking = QPushButton(_("Check the journal"))
        self.checking.clicked.connect(self.check)
        self.answer = Banner("ok", "", closable=False)
        self.answer.hide()
        self.add(self.answer)
        self.body.addWidget(self.checking, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def check(self) -> None:
        """Read the whole journal in a worker."""
        pool = self._page.pool
        self.checking.setEnabled(False)
        self._page.jobs.read(self, lambda: pool.check_journal(), self._show, key="proof", failed=self._failed,
                             words=_("Checking the journal …"))

    def _failed(self, _error: BaseException) -> bool:
        self.checking.setEnabled(True)
        return False

    def _show(self, found: tuple[int, int | None]) -> None:
        count, broken = found
        self.checking.setEnabled(True)
        if broken is None:
            self.answer.show_text("ok", _("{count} entries: all fit together, none was altered.").format(
                count=texts.number(count)))
        else:
            self.answer.show_text("danger", _(
                "Entry {entry} does not fit its seal: it, or one before it, was altered outside this program. The "
                "records themselves can be read as before. Keep a copy of the file and tell whoever answers for the "
                "pool.").format(entry=broken))
        self.answer.show()
