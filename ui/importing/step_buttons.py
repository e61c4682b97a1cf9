"""The buttons that lead through an import (上一步、下一步): at most three; the last one writes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from expertpool.foundation.language import _
from ui import texts, theme
from ui.importing.journey import Journey
from ui.widgets.labels import tip

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage

CHOOSING, COLUMNS, CHECKING, DUPLICATES, DONE, UNDOING = range(6)


class StepButtons(QWidget):
    """Save the rows with problems, back, next. Ctrl+Enter is next."""

    def __init__(self, page: "ImportingPage") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.reporting = self._button(_("Save rows with problems"), page.save_report)
        self.back = self._button(_("Back"), page.go_back)
        self.next = self._button("", page.go_next)
        self.next.setProperty("role", "primary")
        for button in (self.reporting, self.back, self.next):
            row.addWidget(button)

    def _button(self, words: str, call: Callable[[], object]) -> QPushButton:
        made = QPushButton(words)
        made.clicked.connect(lambda: call())
        return made

    def show_state(self, here: int, journey: Journey, busy: bool) -> None:
        """Show what can be done at step ``here``."""
        planned = journey.plan is not None or bool(journey.preview)
        self.back.setVisible(COLUMNS <= here <= DUPLICATES)
        self.back.setEnabled(not busy)
        self.reporting.setVisible(here == CHECKING and journey.kind != "workbook")
        self.reporting.setEnabled(bool(journey.problems()))
        self.next.setVisible(here < DONE and (here != CHOOSING or bool(journey.paths)))
        self.next.setText(next_words(here, journey))
        self.next.setShortcut("Ctrl+Return")  # setting new words removes it
        tip(self.next, "Ctrl+Enter")
        last = not journey.uncompared and (here == DUPLICATES or (here == CHECKING and not journey.questions))
        halted = journey.whole and journey.unfit() > 0
        ready = not journey.doubly_mapped() if here == COLUMNS else not last or (journey.writes() > 0 and not halted)
        if last and halted:
            tip(self.next, _(
                "{count} rows cannot be imported. Correct them, leave them out, or write the others.").format(
                count=texts.number(journey.unfit())))
        self.next.setEnabled(not busy and (here == CHOOSING or planned) and ready)


def next_words(here: int, journey: Journey) -> str:
    """The words for the next step, with its number."""
    if here == CHOOSING and journey.kind != "workbook":
        return _("Next: check columns")
    if here in (CHOOSING, COLUMNS):
        return _("Next: check data")
    if journey.uncompared:
        return _("Compare with the pool again")
    if here == CHECKING and journey.questions:
        return _("Next: duplicates {count}").format(count=len(journey.questions))
    if not journey.writes():
        return _("Nothing to write")
    written = texts.number(journey.writes() - journey.waiting())
    if waiting := journey.waiting():
        return _("Write {count} rows, keep {waiting} waiting").format(count=written, waiting=texts.number(waiting))
    return _("Write {count} rows to the pool").format(count=written)
