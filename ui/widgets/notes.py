"""What is shown where something is missing or needs attention: empty state, banner, steps."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.labels import icon_button, label, restyle
from ui.widgets.toast import ICONS


class EmptyState(QWidget):
    """Says what a page is for and offers the first step. ``steps``: (words, call), the first is primary."""

    def __init__(
        self, icon: str, sentence: str, steps: Sequence[tuple[str, Callable[[], object]]] = (), second: str = ""
    ) -> None:
        super().__init__()
        picture = QLabel()
        theme.dress(picture, icon, "edge", 48)
        self.said = label(sentence, "section", wrap=True)
        self.second = label(second, "second", wrap=True)
        self.buttons: list[QPushButton] = []
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addStretch(1)
        for number, (words, call) in enumerate(steps):
            button = QPushButton(words)
            if number == 0:
                button.setProperty("role", "primary")
            button.clicked.connect(lambda _checked=False, call=call: call())
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        column.addStretch(2)
        column.addWidget(picture, 0, middle)
        for told in (self.said, self.second):
            told.setAlignment(middle)
            told.setMinimumWidth(200)
            column.addWidget(told)
        self.second.setVisible(bool(second))
        column.addLayout(row)
        column.addStretch(3)

    def show_sentence(self, sentence: str, second: str = "") -> None:
        """Show other words, e.g. that nothing was found."""
        self.said.setText(sentence)
        self.second.setText(second)
        self.second.setVisible(bool(second))


class Banner(QFrame):
    """A sentence inside a page that stays: icon, words, an action, a cross if it may be closed."""

    closed = Signal()

    def __init__(
        self, tone: str, text: str, action: tuple[str, Callable[[], object]] | None = None, closable: bool = True
    ) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._picture, self._said = QLabel(), label("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAD, theme.GAP, theme.GAP, theme.GAP)
        row.setSpacing(theme.GAP)
        row.addWidget(self._picture)
        row.addWidget(self._said, 1)
        self.action: QPushButton | None = None
        if action:
            self.action = QPushButton(action[0])
            self.action.clicked.connect(lambda: action[1]())
            row.addWidget(self.action)
        if closable:
            cross = icon_button("close", _("Close message"), size=14)
            cross.clicked.connect(self._close)
            row.addWidget(cross)
        self.show_text(tone, text)

    def show_text(self, tone: str, text: str) -> None:
        """Show another sentence."""
        self._said.setText(text)
        self.setAccessibleName(text)
        theme.dress(self._picture, ICONS.get(tone, "info"), tone, 20)
        restyle(self, tone=tone)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class StepBar(QWidget):
    """Numbered steps of a longer task; finished ones can be pressed to go back."""

    chosen = Signal(int)

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._buttons: list[QPushButton] = []
        self.current = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        for number, words in enumerate(steps):
            button = QPushButton(f"{number + 1}  {words}")
            button.setProperty("role", "step")
            button.clicked.connect(lambda _checked=False, number=number: self.chosen.emit(number))
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Mark step ``current`` (from 0) as the present one."""
        self.current = current
        for number, button in enumerate(self._buttons):
            stage = "done" if number < current else "now" if number == current else "later"
            state = {"done": _("done"), "now": _("current step"), "later": _("not yet")}[stage]
            button.setAccessibleName(f"{button.text()} · {state}")
            button.setEnabled(stage != "later")
            restyle(button, stage=stage)
