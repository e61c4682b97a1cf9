"""The chain of cases of one dispute (案件链): 一审 → 二审 → 重审一审 …, the shown case marked, with who served in
each."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from expertpool.assignments.service import AssignmentRow
from expertpool.foundation.language import _
from ui import theme
from ui.texts import joined, word
from ui.widgets.flow_box import Flow
from ui.widgets.labels import label, tip

SIDE, DOT, LINE = 16, 9, 22  # px


class LineageBar(QWidget):
    """One line for each case, joined by a rail: procedure, number (pressing it opens the case), who served in it."""

    chosen = Signal(str)  # uid of the case pressed

    def __init__(self, steps: Sequence[Mapping[str, Any]], here: str,
                 served: Mapping[str, Sequence[AssignmentRow]]) -> None:
        super().__init__()
        self.setAccessibleName(_("Line of cases"))
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stages = stages(steps)
        for place, step in enumerate(steps):
            column.addWidget(self._step(step, here, served.get(step["uid"], ()), place, len(steps)))

    def _step(self, step: Mapping[str, Any], here: str, people: Sequence[AssignmentRow], place: int,
              count: int) -> QWidget:
        current = step["uid"] == here
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(Rail(current, first=place == 0, last=place == count - 1))
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 3, 0, 4)
        texts.setSpacing(0)
        head = Flow()
        stage = word("procedure", self._stages[place]) or _("procedure unknown")
        said = label(stage, "strong" if current else "")
        said.setMinimumHeight(LINE)
        head.flow.addWidget(said)
        head.flow.addWidget(self._number(step, current))
        texts.addWidget(head)
        names = "、".join(joined(one.person, word("assignment_state", one.state)) for one in people)
        texts.addWidget(label(names or _("nobody appointed"), "small", wrap=True))
        row.addLayout(texts, 1)
        return line

    def _number(self, step: Mapping[str, Any], current: bool) -> QWidget:
        if current:
            shown = label(step["number"], "second", copyable=True)
            shown.setMinimumHeight(LINE)
            shown.setAccessibleName(_("This case") + f" {step['number']}")
            return shown
        button = QPushButton(step["number"])
        button.setProperty("role", "link")
        button.setAccessibleName(_("Open {number}").format(number=step["number"]))
        tip(button, step["court"])
        button.clicked.connect(lambda: self.chosen.emit(step["uid"]))
        self.buttons[step["uid"]] = button
        return button


def stages(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """The procedures of a chain: a first instance after a second one is the trial after the remand (发回重审).

    Case numbers do not show that, because the case gets an ordinary first-instance number again.
    """
    found: list[str] = []
    for step in steps:
        stage = step["procedure"]
        if stage == "first_instance" and "second_instance" in found:
            stage = "remand_first"
        elif stage == "second_instance" and "remand_first" in found:
            stage = "remand_second"
        found.append(stage)
    return found


class Rail(QWidget):
    """A dot on a vertical line: filled for the case shown."""

    def __init__(self, current: bool, *, first: bool, last: bool) -> None:
        super().__init__()
        self._current, self._first, self._last = current, first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(SIDE)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, top = SIDE / 2, 3 + LINE / 2
        painter.setPen(QPen(theme.qcolour("edge"), 1.5))
        if not self._first:
            painter.drawLine(int(middle), 0, int(middle), int(top - DOT / 2))
        if not self._last:
            painter.drawLine(int(middle), int(top + DOT / 2), int(middle), self.height())
        painter.setPen(QPen(theme.qcolour("accent" if self._current else "edge"), 1.5))
        painter.setBrush(theme.qcolour("accent") if self._current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(int(middle - DOT / 2), int(top - DOT / 2), DOT, DOT)
