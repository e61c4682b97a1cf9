"""The line at the bottom: place of the data, counts, the page's own words, running work with a cancel button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from expertpool.foundation.language import _
from ui import texts, theme
from ui.job import ShownWork
from ui.widgets.chips import StatePill
from ui.widgets.labels import Elided, label, tip

HEIGHT = 28
SLOWEST = 10  # items per second from which a speed is shown


class StatusLine(QFrame):
    """Words at the left, work at the right. ``cancel_wanted`` carries the job's number."""

    cancel_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setFixedHeight(HEIGHT)
        self._number = 0
        self.place, self.counts = label(), label()
        self.page = Elided()
        self.work = QWidget()
        self.words = label()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(140)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.stopping = QPushButton(_("Cancel"))
        self.stopping.setProperty("role", "link")
        self.stopping.clicked.connect(lambda: self.cancel_wanted.emit(self._number))
        inside = QHBoxLayout(self.work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.GAP)
        for part in (self.words, self.bar, self.stopping):
            inside.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.WIDE, 0, theme.PAD, 0)
        row.setSpacing(24)
        self.trouble = StatePill("", "danger")
        self.trouble.hide()
        row.addWidget(self.trouble)
        row.addWidget(self.place)
        row.addWidget(self.counts)
        row.addWidget(self.page, 1)
        row.addWidget(self.work)
        self.work.hide()

    def show_pool(self, place: str, counts: dict[str, int]) -> None:
        """Show the place of the data and its counts."""
        self.place.setText(place)
        parts = (
            [_("Experts {count}").format(count=texts.number(counts["experts"]))]
            if "experts" in counts
            else []
        )
        if "open_cases" in counts:
            parts.append(_("Open cases {count}").format(count=texts.number(counts["open_cases"])))
        self.counts.setText(" · ".join(parts))

    def show_trouble(self, sentence: str) -> None:
        """Show that the pool cannot be reached; "" if it can be reached again."""
        self.trouble.show_state(_("No connection, trying again …") if sentence else "", "danger")
        tip(self.trouble, sentence)

    def show_work(self, shown: ShownWork | None) -> None:
        """Show running work; None removes it."""
        self.work.setVisible(shown is not None)
        if shown is None:
            return
        if self._number != shown.number:
            self._number = shown.number
            self.stopping.setEnabled(True)
        self.stopping.setVisible(shown.stoppable)
        words = shown.words
        if shown.total:
            words += f"  {shown.done:,} / {shown.total:,}"
        if shown.rate >= SLOWEST:
            words += "  " + _("{rate}/s").format(rate=f"{round(shown.rate):,}")
        if shown.rest:
            words += "  " + texts.lasting(shown.rest)
        self.words.setText(words)
        self.bar.setRange(0, shown.total)
        self.bar.setValue(shown.done)
