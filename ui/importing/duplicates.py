"""Step 4: rows that may be a known person (重复人员): shown side by side, one answer each; nothing is written yet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import theme
from ui.comparing import Line, compare, known_draft, reason_pill, stands_word
from ui.importing.journey import DIFFERENT, LATER, SAME, Journey, Question
from ui.widgets.cards import Card
from ui.widgets.chips import StatePill
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Line as Hairline
from ui.widgets.labels import label, restyle, tip
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from ui.page import Page

_ANSWERS = {
    SAME: (N_("same person"), "ok"),
    DIFFERENT: (N_("different people"), "accent"),
    LATER: (N_("waits"), "neutral"),
}
_KEYS = {SAME: "Alt+1", DIFFERENT: "Alt+2", LATER: "Alt+3"}


class DuplicatesStep(QWidget):
    """The questions at the left, the comparison and the three answers at the right."""

    answered = Signal()

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self._page, self.journey = page, Journey()
        self._lines: list[Line] = []
        self._current: Question | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._list_card(), 2)
        row.addWidget(self._compare_card(), 3)

    def _list_card(self) -> QWidget:
        card = Card(_("Possibly known already"), padding=0)
        card.body.setContentsMargins(1, 14, 1, 1)
        card.heading.setContentsMargins(9, 0, 16, 0)
        self.heading = card.heading
        self.table = RecordTable(
            [Column("name", N_("Row of the file"), 150, kind="strong", second="row", below=True, sortable=False),
             Column("known", N_("Known as"), 150, second="where", below=True, sortable=False, stretch=True),
             Column("answer", N_("Answer"), 104, kind="state", sortable=False)],
            lambda _key, _down: range(len(self.journey.questions)), self._given, row_height=theme.ROW_TALL,
            empty=EmptyState("ok", _("Nobody in these files seems to be known already"), [],
                             _("Every row is a new person or surely the same as somebody in the pool.")),
            accessible=_("Possible duplicates"))
        self.table.current_changed.connect(self._turn)
        card.add(self.table, 1)
        return card

    def _compare_card(self) -> QWidget:
        card = Card(padding=0)
        card.body.setContentsMargins(1, 14, 1, 14)
        head = QWidget()
        inside = QVBoxLayout(head)
        inside.setContentsMargins(10, 0, 16, 0)
        inside.setSpacing(theme.GAP)
        self.title = label("", "section")
        self.keys = QWidget()
        self._keys = FlowLayout(self.keys, 6)
        inside.addWidget(self.title)
        inside.addWidget(self.keys)
        card.add(head)
        self.table2 = RecordTable(
            [Column("word", N_("Item"), 132, sortable=False),
             Column("file", N_("In the file"), 190, sortable=False),
             Column("known", N_("In the pool"), 190, sortable=False, stretch=True),
             Column("stands", N_("Compared"), 84, kind="state", sortable=False)],
            lambda _key, _down: range(len(self._lines)), self._compared, row_height=32,
            empty=EmptyState("merge", _("Choose a row at the left")), accessible=_("Comparison"))
        card.add(self.table2, 1)
        card.add(Hairline())
        card.add(self._buttons())
        return card

    def _buttons(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(16, theme.GAP, 16, 0)
        row.setSpacing(theme.GAP)
        self.buttons: dict[str, QPushButton] = {}
        for answer, words in ((SAME, _("Same person: fill in")), (DIFFERENT, _("Different people: add")),
                              (LATER, _("Later: keep waiting"))):
            button = QPushButton(words)
            button.clicked.connect(lambda _checked=False, answer=answer: self.answer(answer))
            shortcut = QShortcut(QKeySequence(_KEYS[answer]), self)
            shortcut.activated.connect(lambda answer=answer: self.answer(answer))
            tip(button, _KEYS[answer])
            self.buttons[answer] = button
            row.addWidget(button)
        row.addStretch(1)
        self.rest: QLabel = label("", "small")
        row.addWidget(self.rest)
        return box

    def show_journey(self, journey: Journey) -> None:
        """Show the questions of a new preview."""
        self.journey, self._current, self._lines = journey, None, []
        self.table.reload(keep=False)
        self.table2.reload(keep=False)
        for button in self.buttons.values():
            button.setEnabled(bool(journey.questions))
        self.title.setText("")
        self._keys.clear()
        self._count()
        if journey.questions:
            self.table.select(next((i for i, one in enumerate(journey.questions) if one.answer == LATER), 0))

    def answer(self, answer: str) -> None:
        """Take an answer for the current row and go to the next row without one."""
        if self._current is None:
            return
        self._current.answer = answer
        self._current.apply()
        self.table.refresh()
        self._mark()
        self._count()
        self.answered.emit()
        here = self.journey.questions.index(self._current)
        order = [*range(here + 1, len(self.journey.questions)), *range(here)]
        following = next((i for i in order if self.journey.questions[i].answer == LATER), None)
        if following is None and here + 1 < len(self.journey.questions):
            following = here + 1
        if following is not None:
            self.table.select(following)

    def _count(self) -> None:
        left = self.journey.open_questions()
        self.heading.second.setText(str(len(self.journey.questions)) if self.journey.questions else "")
        self.rest.setText(_("{count} wait until somebody decides").format(count=left) if left
                          else _("All answered") if self.journey.questions else "")

    def _turn(self, number: int | None) -> None:
        if number is None or number >= len(self.journey.questions):
            return
        self._current = question = self.journey.questions[number]
        self.title.setText(_("{file}, row {row}  and  {known}").format(
            file=question.row.file, row=question.row.row, known=_known(question)))
        self._keys.clear()
        for key in question.match.keys:
            self._keys.addWidget(StatePill(*reason_pill(key)))
        self._mark()
        new = question.row.draft
        if question.inside:
            self._show_lines(compare(new, self._earlier(question), masked=False))
            return
        pool, key = self._page.pool, question.match.id
        self._page.jobs.read(self, lambda: compare(new, known_draft(pool, key)), self._show_lines, key="compare")

    def _earlier(self, question: Question) -> object:
        match = question.match
        return next((row for row in self.journey.plan.rows() if row.row == match.row and row.place == match.place),
                    question.row).draft

    def _show_lines(self, lines: list[Line]) -> None:
        self._lines = lines
        self.table2.reload(keep=False)

    def _mark(self) -> None:
        chosen = self._current.answer if self._current else ""
        for answer, button in self.buttons.items():
            restyle(button, role="primary" if answer == chosen != LATER else "")

    def _given(self, ids: Sequence[int]) -> list[Row]:
        rows = []
        for number in ids:
            question = self.journey.questions[number]
            words, tone = _ANSWERS[question.answer]
            rows.append({"id": number, "name": question.row.draft.name,
                         "row": _("row {row}").format(row=question.row.row), "known": question.match.name,
                         "where": question.match.employer if not question.inside else _(
                             "row {row} of this import").format(row=question.match.row),
                         "answer": (_(words), tone)})
        return rows

    def _compared(self, ids: Sequence[int]) -> list[Row]:
        rows = []
        for number in ids:
            line = self._lines[number]
            state = stands_word(line.stands)
            tone = state[1] if state[1] in ("danger", "warning") else ""
            rows.append({"id": number, "word": line.word, "file": line.file, "known": line.known, "stands": state,
                         "_tones": {"file": tone} if tone else {},
                         "_tips": {"file": line.file, "known": line.known}})
        return rows


def _known(question: Question) -> str:
    if question.inside:
        return _("row {row} of this import").format(row=question.match.row)
    return " ".join(part for part in (question.match.name, question.match.employer) if part)
