"""Units that look the same (疑似同一单位): one pair a row, three answers, and what the first would change."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from expertpool.foundation.problems import ExpectedError
from expertpool.organisations.words import verdict_word
from ui import theme
from ui.jobs import Jobs
from ui.organisations.effects import EffectsView
from ui.widgets.labels import label
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable
from ui.widgets.writing_dialog import WritingDialog

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

TONES = {"same": "ok", "perhaps": "warning", "group": "accent"}


def kept_and_other(pair: Any) -> tuple[Any, Any]:
    """Of two units that are one: the kept one, with the longer name, and the other, whose name becomes an alias."""
    first, second = sorted((pair.one, pair.other), key=lambda side: (-len(side.name), -side.people - side.cases))
    return first, second


class SuggestionsDialog(WritingDialog):
    """Emits ``answered(pair, answer)``; the pair leaves the list when its answer is stored."""

    answered = Signal(object, str)

    def __init__(self, parent: QWidget, jobs: Jobs, pool: "ExpertPool", pairs: Sequence[Any]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Units that look the same"))
        self.resize(960, 620)
        self.pairs = list(pairs)
        self._jobs, self._pool = jobs, pool
        self.table = RecordTable(
            [Column("one", N_("Unit name"), 260, kind="strong", sortable=False, stretch=True),
             Column("other", N_("Other unit"), 260, kind="strong", sortable=False, stretch=True),
             Column("looks", N_("Looks like"), 108, kind="state", sortable=False)],
            lambda _key, _down: range(len(self.pairs)), self._given, accessible=_("Units that look the same"),
            empty=EmptyState("ok", _("Every pair has an answer.")))
        self.table.current_changed.connect(self._turn)
        self.why = label("", "second", wrap=True)
        self.effects = EffectsView()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        column.addWidget(label(_("Units that look the same"), "title"))
        column.addWidget(label(_("An answer holds for good and can be undone. “The same unit” merges the two; the "
                                 "shorter name becomes another name of the longer."), "second", wrap=True))
        column.addWidget(self.table, 3)
        column.addWidget(self.why)
        column.addWidget(self.effects, 2)
        column.addLayout(self._buttons())
        self._fill(0)

    def answer(self, said: str) -> None:
        """Answer the current pair: same, group or different."""
        number = self.table.current_id()
        if number is None or number >= len(self.pairs):
            return
        if not self.writing:
            self.answered.emit(self.pairs[number], said)

    def store(self, pair: Any, work: Callable[[], object], words: str) -> None:
        """Write the answer about a pair; where it is refused the pair stays, with the sentence below the list."""
        number = self.pairs.index(pair)

        def stored(_changes: object) -> None:
            self.let_go()
            self.pairs.remove(pair)
            self._fill(number)

        def failed(error: BaseException) -> bool:
            self.let_go()
            if isinstance(error, ExpectedError):
                self.say(error.text)
            return isinstance(error, ExpectedError)

        self.hold()
        self._jobs.change(self, work, stored, words=words, failed=failed)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.buttons: dict[str, QPushButton] = {}
        for number, (code, words) in enumerate((("same", _("The same unit")), ("group", _("One group")),
                                                ("different", _("Different units"))), 1):
            button = QPushButton(f"{words}  ({number})")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, code=code: self.answer(code))
            QShortcut(QKeySequence(str(number)), self, lambda code=code: self.answer(code))
            self.buttons[code] = button
            row.addWidget(button)
        row.addStretch(1)
        closing = QPushButton(_("Close"))
        closing.setAutoDefault(False)
        closing.clicked.connect(self.accept)
        row.addWidget(closing)
        return row

    def _fill(self, place: int) -> None:
        self.table.reload(keep=False)
        for button in self.buttons.values() if hasattr(self, "buttons") else ():
            button.setEnabled(bool(self.pairs))
        if self.pairs:
            self.table.select(min(place, len(self.pairs) - 1))
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._turn(self.table.current_id())
        else:
            self.why.setText("")
            self.effects.show_words("")

    def _turn(self, number: int | None) -> None:
        if number is None or number >= len(self.pairs):
            return
        pair, pool = self.pairs[number], self._pool
        self.why.setText(pair.likeness.why)
        kept, other = kept_and_other(pair)

        def work() -> object:
            from expertpool.checks.alias_effects import alias_effects

            return alias_effects(pool, kept.name, other.name)

        self.effects.show_words(_("Checking open cases…"))
        self._jobs.read(self, work, self.effects.show_effects, key="effects")

    def _given(self, ids: Sequence[int]) -> list[Row]:
        rows: list[Row] = []
        for number in ids:
            pair = self.pairs[number]
            verdict = pair.likeness.verdict
            rows.append({"id": number, "one": pair.one.name, "other": pair.other.name,
                         "looks": (verdict_word(verdict), TONES[verdict]),
                         "_tips": {"one": _counts(pair.one), "other": _counts(pair.other),
                                   "looks": pair.likeness.why}})
        return rows


def _counts(side: Any) -> str:
    return _("{people} people, {cases} cases").format(people=side.people, cases=side.cases)
