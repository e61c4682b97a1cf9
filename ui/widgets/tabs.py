"""Flat tabs with counts; the page's own stack or list follows ``changed``."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.labels import Line


class Tabs(QWidget):
    """Underlined tabs in a row: (code, words). Arrow keys move; a count follows the words."""

    changed = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]], *, name: str = "", line: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._words = dict(tabs)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.row = QHBoxLayout()
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.WIDE)
        for code, words in tabs:
            button = QPushButton(words)
            button.setProperty("role", "tab")
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._buttons[code] = button
            self._group.addButton(button)
            self.row.addWidget(button)
        self.row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.row)
        if line:
            column.addWidget(Line())
        self._group.buttonToggled.connect(self._toggled)
        if tabs:
            self.choose(tabs[0][0])

    def choose(self, code: str) -> None:
        """Open a tab."""
        self._buttons[code].setChecked(True)

    def take_away(self, code: str) -> None:
        """Hide a tab from somebody who may not use it."""
        self._buttons[code].hide()

    def current(self) -> str:
        """Code of the open tab."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show numbers after the words."""
        for code, count in counts.items():
            self._buttons[code].setText(f"{self._words[code]} {count:,}")

    def add(self, widget: QWidget) -> QWidget:
        """Put a legend or button at the right end of the tabs."""
        self.row.addWidget(widget)
        return widget

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        codes = [code for code, button in self._buttons.items() if not button.isHidden()]
        code = codes[(codes.index(self.current()) + step) % len(codes)]
        self.choose(code)
        self._buttons[code].setFocus()

    def _toggled(self, button: QPushButton, on: bool) -> None:
        if on:
            self.changed.emit(next(code for code, one in self._buttons.items() if one is button))


class TabbedPages(QFrame):
    """Tabs above the pages they open."""

    def __init__(self, pages: Sequence[tuple[str, str, QWidget]], *, name: str = "") -> None:
        super().__init__()
        from PySide6.QtWidgets import QStackedWidget

        self.tabs = Tabs([(code, words) for code, words, _page in pages], name=name)
        self.stack = QStackedWidget()
        self._index = {code: self.stack.addWidget(page) for code, _words, page in pages}
        self.tabs.changed.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)

    def _show(self, code: str) -> None:
        self.stack.setCurrentIndex(self._index[code])
