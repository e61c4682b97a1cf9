"""The two lists of the overview: deadlines with their legal ground, and recent operations with undo."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from expertpool.foundation.language import _
from expertpool.rules.operations import operation_words
from ui import theme
from ui.allowed import May, everything
from ui.overview.words import day_words, due_words, moment, short_ground
from ui.widgets.cards import ScrollCard
from ui.widgets.chips import StatePill
from ui.widgets.labels import Elided, Line, SectionHeading, label, tip


class LineList(ScrollCard):
    """A card of lines under a heading; rebuilt when its rows change."""

    def __init__(self, title: str, nothing: str) -> None:
        super().__init__(padding=14)
        self.body.setSpacing(0)
        self._nothing = nothing
        self.body.addWidget(SectionHeading(title))
        self.area.setAccessibleName(title)
        self._lines: list[QWidget] = []

    def _fill(self, lines: Sequence[QWidget], *, lined: bool = True) -> None:
        while self.body.count() > 1:
            taken = self.body.takeAt(1)
            if taken is not None and (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = list(lines)
        if not lines:
            said = label(self._nothing, "second", wrap=True)
            said.setContentsMargins(0, 12, 0, 12)
            self.body.addWidget(said)
        for place, line in enumerate(lines):
            if place and lined:
                self.body.addWidget(Line())
            self.body.addWidget(line)
        self.body.addStretch(1)


class DueLine(QWidget):
    """One deadline; pressing it opens the case or the person."""

    pressed = Signal()

    def __init__(self, row: dict[str, Any]) -> None:
        super().__init__()
        text, tone = day_words(row["on"])
        what = due_words(row)
        self.setMinimumHeight(theme.ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(" ".join((text, row["subject"], what, row["ground"])))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(theme.PAD)
        pill = StatePill(text, tone)
        pill.setFixedWidth(84)
        line.addWidget(pill)
        subject = label(row["subject"])
        subject.setFixedWidth(164)
        line.addWidget(subject)
        line.addWidget(Elided(what), 1)
        ground = Elided(short_ground(row["ground"]), "small")
        tip(ground, row["ground"])
        line.addWidget(ground, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class DueList(LineList):
    """What is due, earliest first."""

    opened = Signal(dict)

    def __init__(self) -> None:
        super().__init__(_("Deadlines"), _("Nothing is due."))

    def show_rows(self, rows: list[dict[str, Any]]) -> None:
        lines: list[QWidget] = []
        for row in rows:
            line = DueLine(row)
            line.pressed.connect(lambda row=row: self.opened.emit(row))
            lines.append(line)
        self._fill(lines)


class RecentList(LineList):
    """The newest operations, with a button for those that can be undone."""

    undo = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Recent operations"), _("Nothing was written yet."))
        self.may: May = everything

    def show_rows(self, rows: list[dict[str, object]]) -> None:
        self._fill([self._line(row) for row in rows])

    def _line(self, row: dict[str, Any]) -> QWidget:
        made = QWidget()
        made.setMinimumHeight(32)
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(theme.PAD)
        at = label(moment(row["at"]), "second")
        at.setFixedWidth(80)
        line.addWidget(at)
        words = operation_words(row)
        line.addWidget(Elided(words), 1)
        line.addWidget(label(row["actor"], "second"))
        if row["undone"]:
            line.addWidget(StatePill(_("Undone"), "neutral"))
        elif row["undoable"] and self.may("undo"):
            button = QPushButton(_("Undo"))
            button.setProperty("role", "link")
            button.setAccessibleName(_("Undo: {what}").format(what=words))
            button.clicked.connect(lambda: self.undo.emit(row["entry"]))
            line.addWidget(button)
        return made
