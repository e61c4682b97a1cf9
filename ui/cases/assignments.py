"""Assignments on the card of a case: who, in which role, state, possible next steps, recusal, history."""


from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from expertpool.assignments.due import WorkDue
from expertpool.assignments.service import AssignmentRow
from expertpool.assignments.states import next_states
from expertpool.foundation.language import _
from ui import theme
from ui.cases.recusal_words import action_words, actions, recusal_pill, told, told_by_pill
from ui.texts import joined, state, word
from ui.widgets.chips import StatePill
from ui.widgets.labels import label

REASONED = ("declined", "withdrawn", "replaced", "cancelled")  # steps for which a reason is asked


class AssignmentLine(QFrame):
    """One assignment. ``stepped(state)`` is the step pressed, ``asked(action)`` what is wanted of a recusal or the
    check sheet; the page carries out both. ``lacking``: the case needs a replacement for the person who left;
    ``may``: whether the actor may take steps."""

    stepped = Signal(str)
    asked = Signal(str)

    def __init__(self, row: AssignmentRow, following: list[str], *, lacking: bool = False,
                 may: bool = True) -> None:
        super().__init__()
        self.row = row
        self.setAccessibleName(joined(row.person, word("case_role", row.role),
                                      word("assignment_state", row.state)))
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(label(row.person, "strong", copyable=True))
        if not told_by_pill(row):
            top.addWidget(StatePill(*state("assignment_state", row.state)))
        top.addStretch(1)
        self.next: QPushButton | None = None
        self.more: QPushButton | None = None
        self.pill: StatePill | None = None
        self.history: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 4)
        self._column.setSpacing(2)
        self._column.addLayout(top)
        if may:
            self._steps(top, following, actions(
                row, row.open and bool(next_states(row.state, "recusal")), lacking))
        texts = joined(word("case_role", row.role), word("assignment_method", row.method),
                       _("appointed on {day}").format(day=row.appointed_on) if row.appointed_on else "",
                       _("ended on {day}").format(day=row.ended_on) if row.ended_on else "")
        self._recusal()
        self._column.addWidget(label(texts, "small", wrap=True))
        for text in (*map(due_words, row.due),
                     _("Reason: {reason}").format(reason=row.reason) if row.reason else "",
                     _("In the place of {name}").format(name=row.replaces) if row.replaces else "",
                     _("Replaced by {name}").format(name=row.replaced_by) if row.replaced_by else ""):
            if text:
                self._column.addWidget(label(text, "small", wrap=True))
        self._timeline()

    def _recusal(self) -> None:
        """The newest application in a separate pill, so that nothing beside the name is cut off."""
        shown = recusal_pill(self.row)
        if shown is None:
            return
        words, tone, second = shown
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        self.pill = StatePill(words, tone)
        line.addWidget(self.pill)
        line.addStretch(1)
        self._column.addLayout(line)
        if second:
            self._column.addWidget(label(second, "small", wrap=True, copyable=True))

    def _steps(self, line: QHBoxLayout, following: list[str], wanted: list[str]) -> None:
        """The usual next step as a button, all others in a menu."""
        pressing = wanted and (wanted[0] in ("decide", "reconsider") or (
            wanted[0] == "replace" and self.row.state == "recused"))
        first, *rest = wanted if pressing else ["", *wanted]
        steps = list(following)
        if first:
            self.next = self._button(action_words(first))
            self.next.setAccessibleName(f"{self.row.person}: {self.next.text()}")
            self.next.clicked.connect(lambda: self.asked.emit(first))
        elif steps:
            state_ = steps.pop(0)
            self.next = self._button(word("assignment_state", state_))
            self.next.setAccessibleName(_("{name}: mark as {state}").format(
                name=self.row.person, state=self.next.text()))
            self.next.clicked.connect(lambda: self.stepped.emit(state_))
        if self.next is not None:
            line.addWidget(self.next)
        if steps or rest:
            line.addWidget(self._menu(steps, rest))

    def _menu(self, steps: list[str], wanted: list[str]) -> QPushButton:
        self.more = self._button(_("More"))
        self.more.setAccessibleName(_("Other steps for {name}").format(name=self.row.person))
        menu = QMenu(self.more)
        for code in steps:
            menu.addAction(word("assignment_state", code)).triggered.connect(
                lambda _checked=False, code=code: self.stepped.emit(code))
        if steps and wanted:
            menu.addSeparator()
        for code in wanted:
            menu.addAction(action_words(code)).triggered.connect(
                lambda _checked=False, code=code: self.asked.emit(code))
        self.more.setMenu(menu)
        self.more.setProperty("menu", "true")
        return self.more

    def _timeline(self) -> None:
        """Every step with its day, shown on demand."""
        lines = told(self.row)
        if not lines:
            return
        opening = QPushButton(_("History ({count})").format(count=len(lines)))
        opening.setProperty("role", "link")
        opening.setCheckable(True)
        opening.setAccessibleName(_("History of {name}").format(name=self.row.person))
        self.history = QFrame()
        column = QVBoxLayout(self.history)
        column.setContentsMargins(theme.PAD, 0, 0, 0)
        column.setSpacing(2)
        for day, words in lines:
            column.addWidget(label(f"{day}  {words}", "small", wrap=True, copyable=True))
        self.history.hide()
        opening.toggled.connect(self.history.setVisible)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(opening)
        line.addStretch(1)
        self._column.addLayout(line)
        self._column.addWidget(self.history)
        self.opening = opening

    def _button(self, words: str) -> QPushButton:
        made = QPushButton(words)
        made.setProperty("role", "chip")
        return made


def due_words(one: WorkDue) -> str:
    """What the person has to hand in, and when."""
    template = {"opinion": _("Opinion due {on}"), "appraisal_plan": _("Plan of the appraisal due {on}"),
                "appraisal": _("Appraisal due {on}, in complex matters {latest}")}[one.what]
    return template.format(on=one.on, latest=one.latest)
