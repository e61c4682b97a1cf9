"""The window on the pool as it was: the reading pages under a banner with the day; no action that writes."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent

from expertpool.foundation.dates import judged_on
from expertpool.foundation.language import _
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.past.days import DayKeeper
from ui.pool_opening import PoolHeading
from ui.widgets.notes import Banner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

READING = ("overview", "experts", "cases", "matching", "rosters")
ASIDE = 48  # offset in pixels from the window it was opened from


class PastWindow(MainWindow):
    """Takes an open pool of the past, and closes it together with the window."""

    def __init__(self, past: Any, beside: "QWidget") -> None:
        self.past = past
        super().__init__(lambda _target: past, tuple(page for page in PAGES if page.name in READING))
        self.days = DayKeeper(self, past.moment)
        self.jobs.around = lambda: judged_on(past.moment)
        self.remembered.keeps = False
        self.setGeometry(beside.geometry().translated(ASIDE, ASIDE))
        self.resize(beside.size().expandedTo(QSize(self.minimumSize())))

    def assemble(self) -> None:
        super().assemble()
        self.setWindowTitle(_("The pool as of {day}").format(day=self.past.day) + " · " + _("Judicial expert pool"))
        self.banner = Banner("warning", _(
            "The pool as of {day}: to read, match and export only. Nothing can be changed here; terms and rules are "
            "those of that day.").format(day=self.past.day), (_("Close"), self.close), closable=False)
        self.column.insertWidget(0, self.banner)

    def show_heading(self, heading: PoolHeading) -> None:
        super().show_heading(replace(heading, signed_in=None))  # the window it was opened from handles signing in

    def follow(self) -> None:
        """Do nothing: nobody writes to the past, and it is not backed up."""

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.days.leave()
            self.deleteLater()


def show_past(window: Any, day: str) -> None:
    """Open the window on the pool as it was at the end of ``day`` (ISO), or after the entry with this number."""
    pool = window.pool

    def work(progress: Any) -> Any:
        from expertpool.past_pool import as_of

        return as_of(pool, day, progress)

    def ready(past: object) -> None:
        made = PastWindow(past, window)
        window.pasts.append(made)
        made.destroyed.connect(lambda: window.pasts.remove(made) if made in window.pasts else None)
        made.show()
        made.open_pool()

    window.jobs.read(window, work, ready, words=_("Going back …"))


def ask_day(window: Any) -> None:
    """Ask for the day, then open the window."""
    day = window.prompts.text(window, _("Back to a day"), _(
        "The pool as it was at the end of this day opens in a window of its own, to be read. Write the day as "
        "2026-03-01."))
    if day:
        from ui.widgets.date_field import tidy_date

        show_past(window, tidy_date(day) or day)

