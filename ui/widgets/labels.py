"""Text on the screen in the few styles of the look, and the line between parts."""

from html import escape

from PySide6.QtGui import QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ui import theme

LONGEST_TIP = 2000  # characters
Role = str  # "", title, section, strong, figure, second, small, problem, brand


def label(text: str = "", role: Role = "", *, wrap: bool = False, copyable: bool = False) -> QLabel:
    """A label in one of the styles; plain text, so that data can never be taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    if copyable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def inert(text: str) -> str:
    """Text for a tooltip: what looks like markup is shown as written, and very long text is cut."""
    text = text if len(text) <= LONGEST_TIP else text[:LONGEST_TIP] + " …"
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>" if Qt.mightBeRichText(text) else text


def tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip; the only way to do so, because Qt would interpret markup in tooltips."""
    widget.setToolTip(inert(text))


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties used by the stylesheet, and apply it again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def icon_button(name: str, accessible: str, role: str = "second", size: int = 18) -> QToolButton:
    """A button with only an icon; ``accessible`` is its name and its tooltip."""
    made = QToolButton()
    theme.dress(made, name, role, size)
    made.setAccessibleName(accessible)
    tip(made, accessible)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


class Line(QFrame):
    """A hairline between parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "line")


class Elided(QLabel):
    """One line that is cut with … if there is too little room; the full text is the tooltip."""

    def __init__(self, text: str = "", role: Role = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        tip(self, self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class SectionHeading(QWidget):
    """Heading of a part of a page or card: bold words, second words beside, room for buttons at the right."""

    def __init__(self, text: str, second: str = "") -> None:
        super().__init__()
        self.title = label(text, "section")
        self.second = label(second, "small")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.GAP)
        self.row.addWidget(self.title)
        self.row.addWidget(self.second)
        self.row.addStretch(1)

    def add(self, widget: QWidget) -> QWidget:
        """Put a button or legend at the right end."""
        self.row.addWidget(widget)
        return widget
