"""Chips that can be pressed, and pills that show a state."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.flow import FlowLayout


class StatePill(QWidget):
    """A short word on a tinted background. Colour alone never carries the meaning: the word says the same."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font("small"))
        self.show_state(text, tone)

    def show_state(self, text: str, tone: str = "neutral") -> None:
        """Show another word."""
        self.text, self.tone = text, tone
        self.setAccessibleName(text)
        self.setVisible(bool(text)) if self.parent() else None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(pill_width(self.text)), 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_pill(painter, QRectF(self.rect()), self.text, self.tone)


def pill_width(text: str) -> float:
    """Width of a pill with this word, in px."""
    return QFontMetricsF(theme.font("small")).horizontalAdvance(text) + 2 * 7


def paint_pill(painter: QPainter, rect: QRectF, text: str, tone: str) -> None:
    """Draw a pill into ``rect``; shared by the widget and the tables."""
    tone = tone if tone in theme.TONES else "neutral"
    painter.setFont(theme.font("small"))
    painter.setPen(QPen(theme.qcolour(tone, 48), 1))
    painter.setBrush(theme.qcolour(f"{tone}_soft"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.qcolour(tone))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()) - 8)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)


class Chip(QPushButton):
    """A rounded button. ``removable`` ones have a cross and emit ``removed`` when pressed."""

    removed = Signal()

    def __init__(
        self, text: str, *, count: int | None = None, checkable: bool = False, removable: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        self.setCheckable(checkable or removable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.removable = removable
        self._text = text
        self.show_count(count)
        if removable:
            self.setChecked(True)
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            theme.dress(self, "close", "accent", 12)
            self.setAccessibleName(_("Remove {what}").format(what=text))
            self.clicked.connect(self._remove)

    def show_count(self, count: int | None) -> None:
        """Show the words followed by a number."""
        words = self._text if count is None else f"{self._text} {count:,}"
        self.setText(f"{words}\u2002" if self.removable else words)  # room before the cross

    def _remove(self) -> None:
        self.setChecked(True)
        self.removed.emit()


class FilterChips(QWidget):
    """A row of chips: choices of which one is set (with counts), and active filters that can be removed."""

    chosen = Signal(object)  # code of the choice pressed
    removed = Signal(object)  # code of the filter removed
    add_pressed = Signal()

    def __init__(self, name: str, choices: Sequence[tuple[object, str]] = (), *, addable: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, theme.GAP)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        self._choices: dict[object, Chip] = {}
        self._filters: dict[object, Chip] = {}
        self._group.buttonClicked.connect(self._chosen)
        for code, text in choices:
            chip = Chip(text, checkable=True)
            self._choices[code] = chip
            self._group.addButton(chip)
            self._flow.addWidget(chip)
        if choices:
            self.choose(choices[0][0])
        self.adding = Chip(_("Filter"))
        theme.dress(self.adding, "add", "second", 14)
        self.adding.clicked.connect(self.add_pressed)
        self.adding.setVisible(addable)
        self._addable = addable
        self._flow.addWidget(self.adding)

    def choose(self, code: object) -> None:
        """Press a choice without emitting a signal."""
        self._choices[code].setChecked(True)

    def choice(self) -> object:
        """Code of the pressed choice, None without choices."""
        return next((code for code, chip in self._choices.items() if chip.isChecked()), None)

    def show_counts(self, counts: dict[Any, int]) -> None:
        """Put numbers behind the choices."""
        for code, chip in self._choices.items():
            chip.show_count(counts.get(code))

    def show_filters(self, filters: Sequence[tuple[object, str]]) -> None:
        """Show the active filters, each with a cross."""
        for chip in self._filters.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._filters = {}
        self._flow.removeWidget(self.adding)
        for code, text in filters:
            chip = Chip(text, removable=True)
            chip.removed.connect(lambda code=code: self.removed.emit(code))
            self._filters[code] = chip
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self.adding)
        self.adding.setVisible(self._addable)
        self.updateGeometry()

    def _chosen(self, chip: Chip) -> None:
        self.chosen.emit(next(code for code, one in self._choices.items() if one is chip))
