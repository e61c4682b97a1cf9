"""随机抽取: the draws of a case in four steps; what is frozen cannot be changed, only declared void."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from expertpool.documents.draw_record import draw_record
from expertpool.draws.answers import answer_draw
from expertpool.draws.browse import DrawDetail, DrawRow, draw_detail, draw_rows
from expertpool.draws.conditions import RULE, DrawField, preview
from expertpool.draws.drawing import complete_draw, open_draw, open_names, void_draw
from expertpool.draws.words import draw_word, turn_words
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui import theme
from ui.matching.draw_asking import answer_words, ground_of_void, reason_for, save_file, save_paper, why_excluded
from ui.matching.draw_counts import DrawCounts
from ui.matching.draw_fields import KEPT, DrawForm
from ui.matching.draw_frozen import FrozenPanel, HandsPanel
from ui.matching.draw_result import ResultPanel
from ui.page import Page
from ui.texts import joined, word
from ui.widgets.fields import Choice
from ui.widgets.labels import label
from ui.widgets.notes import StepBar

WIDTH, HEIGHT, COUNTS = 1240, 700, 380  # px
PAUSE = 300  # milliseconds without typing before people are counted again
FORM, FROZEN, HANDS, RESULT = range(4)


@dataclass(frozen=True)
class Draws:
    """What the dialog reads: the draws of the case in this role, oldest first, and one of them."""

    rows: Sequence[DrawRow]
    detail: DrawDetail | None


class DrawDialog(QDialog):
    """The draws of one case in one role. ``page`` provides pool, jobs, prompts and messages."""

    def __init__(self, page: Page, number: str, role: str, fields: Sequence[str]) -> None:
        super().__init__(page)
        self.page, self.number, self.role, self.codes = page, number, role, list(fields)
        self.rules = page.pool.rules
        self.rows: list[DrawRow] = []
        self.detail: DrawDetail | None = None
        self.secret: dict[str, tuple[str, str]] = {}  # uid → half and salt entered in this window
        self._field: DrawField | None = None
        self._busy = False
        self._unsaved: dict[str, str] = {}  # label → the reason that was typed, until it is written
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(PAUSE)
        self._settled.timeout.connect(self._count)
        self.setWindowTitle(_("Random draw"))
        least = self.rules.figure(RULE, "half_least", today())
        self.form, self.counts = DrawForm(least), DrawCounts()
        self.frozen, self.hands, self.outcome = FrozenPanel(), HandsPanel(least), ResultPanel()
        self._build()
        self.form.changed.connect(self._typed)
        self.counts.leaving_out.connect(self._leave_out)
        self.counts.taking_back.connect(self._take_back)
        self.hands.changed.connect(self._look)
        self.outcome.answering.connect(self._answer)
        self.outcome.opening.connect(self._open_names)
        self.outcome.person.connect(self._to_person)
        self.resize(WIDTH, HEIGHT)
        self.read()

    # -- what is shown
    def read(self, uid: str = "") -> None:
        """Read the draws of the case; show this one, by default the newest that is not void, else a new form."""
        pool, number, role = self.page.pool, self.number, self.role
        wanted = uid or (self.detail.uid if self.detail else "")

        def reading() -> Draws:
            rows = [row for row in reversed(draw_rows(pool, number)) if row.role == role]
            shown = wanted or next((row.uid for row in reversed(rows) if row.state != "void"), "")
            return Draws(rows, draw_detail(pool, shown) if shown else None)

        self.page.jobs.read(self, reading, self._show, key="draws")

    def _show(self, draws: Draws) -> None:
        self._busy, self.rows, self.detail = False, list(draws.rows), draws.detail
        self._unsaved = {}
        self._list()
        if self.detail is None:
            self.new_draw()
            return
        self.frozen.show_draw(self.detail, self.rules)
        if self.detail.state == "frozen":
            self.hands.show_draw(self.detail, *self.secret.get(self.detail.uid, ("", "")))
        else:
            self.outcome.show_draw(self.detail)
        self._step(RESULT if self.detail.result else FROZEN)

    def new_draw(self) -> None:
        """The form of a new draw."""
        self.detail = None
        kept = self.page.remembered.get(KEPT, {})
        self.form.start(self.role, self.codes, {
            "mains": self.rules.figure(RULE, "mains", today()),
            "reserves": self.rules.figure(RULE, "reserves", today()),
            "operator": self.page.pool.actor.name, **kept},
            further=bool(self.rows))
        self._list()
        self._step(FORM)
        self._count()

    def _list(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for row in self.rows:
            self.list.addItem(joined(turn_words(row.number, row.of), draw_word(row.state), row.code),
                              row.uid)
        if self.detail is None or all(row.state != "frozen" for row in self.rows):
            self.list.addItem(_("New draw"), "")
        self.list.setCurrentIndex(max(0, self.list.findData(self.detail.uid if self.detail else "")))
        self.list.setVisible(bool(self.rows))
        self.list.blockSignals(False)

    def _chosen(self) -> None:
        uid = str(self.list.currentData() or "")
        if uid:
            self.read(uid)
        else:
            self.new_draw()

    def _step(self, step: int) -> None:
        self.steps.show_step(step)
        self.stack.setCurrentIndex(step)
        detail = self.detail
        self.voiding.setVisible(detail is not None and detail.state != "void" and not any(
            one.state == "accept" for one in detail.places))
        for button in (self.printing, self.saving):
            button.setVisible(step == RESULT)
        words = {FORM: _("Freeze the draw"), FROZEN: _("To the two hands"), HANDS: _("Draw now")}
        frozen = detail is not None and detail.state == "frozen"
        self.going_on.setVisible(step == FORM or (step in words and frozen))
        self.going_on.setText(words.get(step, ""))
        self._look()
        start: Any = {FORM: self.form.fields["witness"], FROZEN: self.going_on, HANDS: self.hands.first(),
                      RESULT: self.outcome.first() or self.closing}[step]
        start.setFocus()

    def _back(self, step: int) -> None:
        """A finished step was pressed: people can be looked at, frozen conditions cannot be changed."""
        if step == FORM and self.detail is not None:
            self.hint.setText(_("The conditions are frozen. Another draw needs a ground; this one can be declared "
                                "void."))
        elif step == FROZEN:
            self._step(FROZEN)
            if self.detail is not None and self.detail.result:
                self.steps.show_step(RESULT)
        elif step == RESULT:
            self._step(RESULT)

    def _look(self) -> None:
        """Say what is missing; allow going on only if nothing is."""
        step = self.stack.currentIndex()
        missing = self.form.missing() if step == FORM else self.hands.missing() if step == HANDS else []
        nobody = step == FORM and self._field is not None and not self._field.eligible
        self.going_on.setEnabled(not missing and not nobody and not self._busy)
        self.hint.setText(_("Still needed: {fields}").format(fields="、".join(missing)) if missing else "")

    # -- the form
    def _typed(self) -> None:
        self._look()
        self._settled.start()

    def _count(self) -> None:
        self._settled.stop()
        if self.detail is not None or self._busy:
            return
        pool, number, conditions = self.page.pool, self.number, self.form.conditions()
        self.page.jobs.read(self, lambda: preview(pool, number, conditions), self._counted, key="count")

    def _counted(self, field: DrawField) -> None:
        self._field = field
        self.counts.show_field(field, blind=bool(self.form.fields["blind"].value()))
        self._look()

    def _leave_out(self, uid: str, name: str) -> None:
        if reason := why_excluded(self.page, self, name):
            self.form.excluded[uid] = reason
            self._count()

    def _take_back(self, uid: str) -> None:
        self.form.excluded.pop(uid, None)
        self._count()

    # -- going on
    def _by_key(self) -> None:
        if self.going_on.isVisible():
            self.going_on.click()

    def _go_on(self) -> None:
        step = self.stack.currentIndex()
        if step == FORM:
            self._freeze()
        elif step == FROZEN:
            self._step(HANDS)
        else:
            self._draw()

    def _freeze(self) -> None:
        pool, number, conditions = self.page.pool, self.number, self.form.conditions()
        seal, ground, secret = self.form.seal(), self.form.ground(), (self.form.half.value(), self.form.half.salt)
        self.page.remembered.put(KEPT, {"place": conditions.place, "witness_unit": conditions.witness_unit})

        def done(opened: Any) -> None:
            if conditions.hands == "two":
                self.secret[opened.uid] = secret
            self.read(opened.uid)

        self._write(lambda: open_draw(pool, number, conditions, seal, ground=ground), done,
                    _("Frozen: nothing of this draw can be changed any more."))

    def _draw(self) -> None:
        pool, uid, given = self.page.pool, self._uid(), self.hands.given()
        self._write(lambda: complete_draw(pool, uid, *given), lambda _changes: self.read(), _("Drawn."))

    def _void(self) -> None:
        if ground := ground_of_void(self.page, self, self._unsaved.get("", "")):
            self._unsaved[""] = ground
            pool, uid = self.page.pool, self._uid()
            self._write(lambda: void_draw(pool, uid, ground), lambda _changes: self.read(), _("Declared void."))

    def _answer(self, who: str, answer: str) -> None:
        if self.detail is None:
            return
        pool, uid = self.page.pool, self._uid()
        place = next(one for one in self.detail.places if one.label == who)
        reason = reason_for(self.page, self, place, answer, self._unsaved.get(who, ""))
        if reason is not None:
            self._unsaved[who] = reason
            self._write(lambda: answer_draw(pool, uid, who, answer, reason), lambda _changes: self.read(),
                        answer_words(place, answer), undoable=True)

    def _open_names(self, officers: list[str], reason: str) -> None:
        pool, uid = self.page.pool, self._uid()
        self._write(lambda: open_names(pool, uid, officers, reason), lambda _changes: self.read(),
                    _("The names are open."))

    def _write(self, work: Any, done: Any, words: str, *, undoable: bool = False) -> None:
        self._busy = True
        self._look()
        self.page.jobs.change(self, work, done, words=words, failed=self._refused, undoable=undoable)

    def _refused(self, error: BaseException) -> bool:
        """Show an expected error in the dialog; returns whether it was one."""
        self._busy = False
        self._look()
        if isinstance(error, ExpectedError):
            self.hint.setText(error.text)
            return True
        return False

    def reject(self) -> None:
        if not (self._busy and self.page.jobs.writing()):  # a refusal must find what was entered
            super().reject()

    def _uid(self) -> str:
        return self.detail.uid if self.detail else ""

    def _to_person(self, uid: str) -> None:
        self.accept()
        self.page.navigate("experts", kind="person", uid=uid)

    def _print(self) -> None:
        if self.detail is not None:
            pool, detail = self.page.pool, self.detail
            self.page.jobs.read(self, lambda: draw_record(pool, detail.uid), lambda paper: self.hint.setText(
                save_paper(self.page, self, detail, paper)), key="record")

    def _save_file(self) -> None:
        if self.detail is not None:
            self.hint.setText(save_file(self.page, self, self.detail))

    # -- parts
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, 16)
        column.setSpacing(theme.PAD)
        head = QHBoxLayout()
        head.addWidget(label(_("Random draw for {number}").format(number=self.number), "title"))
        head.addWidget(label(word("case_role", self.role), "second"))
        head.addStretch(1)
        self.list = Choice(_("Draws of this case"))
        self.list.setMinimumWidth(300)
        self.list.activated.connect(lambda _place: self._chosen())
        head.addWidget(self.list)
        column.addLayout(head)
        self.steps = StepBar([_("Conditions"), _("Frozen people"), _("Two hands"), _("Result and answers")])
        self.steps.chosen.connect(self._back)
        column.addWidget(self.steps)
        self.stack = QStackedWidget()
        first = QWidget()
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.PAD)
        row.addWidget(self.form, 1)
        self.counts.setFixedWidth(COUNTS)
        row.addWidget(self.counts)
        for part in (first, self.frozen, self.hands, self.outcome):
            self.stack.addWidget(part)
        column.addWidget(self.stack, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        def button(words: str, call: Any, role: str = "") -> QPushButton:
            made = QPushButton(words)
            made.setAutoDefault(False)
            if role:
                made.setProperty("role", role)
            made.clicked.connect(lambda: call())
            row.addWidget(made)
            return made

        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.voiding = button(_("Declare void…"), self._void, "danger")
        self.hint = label("", "small", wrap=True)
        row.addWidget(self.hint, 1)
        self.saving = button(_("Save certificate file…"), self._save_file)
        self.printing = button(_("Certificate as PDF…"), self._print)
        self.closing = button(_("Close"), self.reject)
        self.going_on = button("", self._go_on, "primary")
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._by_key)
        return row


def show_draws(page: "Page", number: str, role: str, fields: Sequence[str]) -> DrawDialog:
    """Open the draws of a case over a page; the dialog is deleted after closing."""
    dialog = DrawDialog(page, number, role, fields)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
