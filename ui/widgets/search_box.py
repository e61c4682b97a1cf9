"""The search box: searches while the user types, waits for the input method, gets the focus by Ctrl+F."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from expertpool.foundation.language import _
from ui import theme

DELAY = 120  # ms after the last key


class SearchBox(QLineEdit):
    """Emits ``searched(text)`` 120 ms after the last change, at once on Enter; Esc empties it.

    Half-typed syllables of an input method are not yet text, so nothing is searched until they are chosen.
    """

    searched = Signal(str)
    down_pressed = Signal()  # arrow down: the list below takes the focus

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(_("Search"))
        self.setAccessibleDescription(hint)
        self.setMinimumWidth(220)
        self.setMaximumWidth(420)
        self._icon = QAction(self)
        self.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self._composing = False
        self._last = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._search)
        self.textChanged.connect(self._changed)
        theme.look.changed.connect(self._dress)
        self._dress()

    def show_text(self, text: str) -> None:
        """Show and search ``text`` at once."""
        self.setText(text)
        self._search()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if self._composing:
            self._timer.stop()
        elif self.text().strip() != self._last:
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._search()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.show_text("")
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        if not self._composing:
            self._timer.start()

    def _search(self) -> None:
        self._timer.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)

    def _dress(self) -> None:
        self._icon.setIcon(theme.icon("search", "second", 16))
