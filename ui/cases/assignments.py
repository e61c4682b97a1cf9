"""Assignments of a case on its card: who, as what, which state, and the steps that may follow."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from expertpool.foundation.language import _
from ui import theme
from ui.texts import joined, state, word
from ui.widgets.chips import StatePill
from ui.widgets.labels import label

REASONED = ("declined", "withdrawn", "replaced", "cancelled", "suspended")  # steps that ask why


class AssignmentRow(QFrame):
    """One assignment. ``stepped(state)`` is the step pressed; the page writes it."""

    stepped = Signal(str)

    def __init__(self, row: Mapping[str, Any], following: list[str]) -> None:
        super().__init__()
        self.row = row
        self.setAccessibleName(joined(row["person"], word("case_role", row["role"]),
                                      word("assignment_state", row["state"])))
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(label(row["person"], "strong", copyable=True))
        top.addWidget(StatePill(*state("assignment_state", row["state"])))
        top.addStretch(1)
        self.next: QPushButton | None = None
        self.more: QPushButton | None = None
        if following:
            self._steps(top, following)
        texts = joined(word("case_role", row["role"]), word("assignment_method", row["method"]),
                       _("appointed on {day}").format(day=row["appointed_on"]) if row["appointed_on"] else "",
                       _("ended on {day}").format(day=row["ended_on"]) if row["ended_on"] else "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(label(texts, "small", wrap=True))
        if row["reason"]:
            column.addWidget(label(_("Reason: {reason}").format(reason=row["reason"]), "small", wrap=True))

    def _steps(self, line: QHBoxLayout, following: list[str]) -> None:
        """The usual next step as a button, the others in a menu."""
        first, *others = following
        self.next = self._button(word("assignment_state", first))
        self.next.setAccessibleName(_("{name}: mark as {state}").format(
            name=self.row["person"], state=self.next.text()))
        self.next.clicked.connect(lambda: self.stepped.emit(first))
        line.addWidget(self.next)
        if not others:
            return
        self.more = self._button(_("More"))
        self.more.setAccessibleName(_("Other steps for {name}").format(name=self.row["person"]))
        menu = QMenu(self.more)
        for code in others:
            menu.addAction(word("assignment_state", code)).triggered.connect(
                lambda _checked=False, code=code: self.stepped.emit(code))
        self.more.setMenu(menu)
        self.more.setProperty("menu", "true")
        line.addWidget(self.more)

    def _button(self, words: str) -> QPushButton:
        made = QPushButton(words)
        made.setProperty("role", "chip")
        return made
