"""Cards: surfaces with a thin border and round corners; figures and label–value grids on them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.chips import StatePill
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Elided, SectionHeading, label


class Card(QFrame):
    """A card; put parts into ``body``. ``padding`` in px. Only a card with a title has a ``heading``."""

    heading: SectionHeading

    def __init__(self, title: str = "", second: str = "", *, padding: int = 16) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(theme.GAP)
        if title:
            self.heading = SectionHeading(title, second)
            self.body.addWidget(self.heading)

    def add(self, part: QWidget, stretch: int = 0) -> QWidget:
        """Add a part below the others."""
        self.body.addWidget(part, stretch)
        return part


class ScrollCard(QFrame):
    """A card whose content scrolls if the window is too low."""

    def __init__(self, *, padding: int = 16) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("inside")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(theme.GAP)
        self.area.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(self.area)


class FigureCard(Card):
    """A figure of the overview: what, how many, of which; pressing it opens its list."""

    pressed = Signal()

    def __init__(self, title: str, figure: str = "—", second: str = "") -> None:
        super().__init__(padding=14)
        self.body.setSpacing(2)
        self._title = label(title, "small")
        self._figure = label(figure, "figure")
        self._second = Elided(second, "small")
        self._second.setMinimumHeight(18)
        for part in (self._title, self._figure, self._second):
            self.body.addWidget(part)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_figure(figure, second)

    def show_figure(self, figure: str, second: str = "") -> None:
        """Show another number and the words below it."""
        self._figure.setText(figure)
        self._second.setText(second)
        self.setAccessibleName(f"{self._title.text()} {figure} {second}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class FieldGrid(QWidget):
    """Label–value pairs. Values wrap; pills and masked values with 显示 are values too."""

    def __init__(self, label_width: int = 84) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.PAD)
        self._grid.setVerticalSpacing(theme.GAP)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, QWidget] = {}

    def add_value(self, name: str, value: str, second: str = "") -> None:
        """A value, followed by words in the second colour. An empty value shows a dash."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(value or "—", "" if value else "second", wrap=True, copyable=True))
        if second:
            column.addWidget(label(second, "small", wrap=True))
        self.add_widget(name, box)

    def add_pills(self, name: str, pills: Sequence[tuple[str, str]]) -> None:
        """Pills (word, tone) that wrap."""
        box = QWidget()
        flow = FlowLayout(box, theme.STEP)
        for text, tone in pills:
            flow.addWidget(StatePill(text, tone))
        if not pills:
            flow.addWidget(label("—", "second"))
        self.add_widget(name, box)

    def add_masked(self, name: str, masked: str, reveal: Callable[["Masked"], object]) -> "Masked":
        """A masked value; pressing 显示 calls ``reveal(masked)``, which may call ``masked.show_value``."""
        made = Masked(name, masked, reveal)
        self.add_widget(name, made)
        return made

    def add_widget(self, name: str, widget: QWidget) -> None:
        """A widget as a value."""
        row = self._grid.rowCount()
        named = label(name, "second")
        named.setBuddy(widget)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(named, row, 0, top)
        self._grid.addWidget(widget, row, 1)
        self._values[name] = widget

    def value(self, name: str) -> QWidget:
        """The widget that shows a value."""
        return self._values[name]


class Masked(QWidget):
    """Personal data shown masked, with a button to show it."""

    def __init__(self, name: str, masked: str, reveal: Callable[["Masked"], object]) -> None:
        super().__init__()
        self._masked, self._reveal, self._open = masked, reveal, False
        self.value = label(masked or "—", copyable=True)
        self.button = QPushButton(_("Show"))
        self.button.setProperty("role", "link")
        self.button.setAccessibleName(_("Show {what}").format(what=name))
        self.button.setVisible(bool(masked))
        self.button.clicked.connect(self._pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self.value)
        row.addWidget(self.button)
        row.addStretch(1)

    def show_value(self, value: str) -> None:
        """Show the full value until hidden again."""
        self._open = True
        self.value.setText(value)
        self.button.setText(_("Hide"))

    def _pressed(self) -> None:
        if not self._open:
            self._reveal(self)
            return
        self._open = False
        self.value.setText(self._masked)
        self.button.setText(_("Show"))


def empty(layout: QLayout) -> None:
    """Remove everything from a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
