"""合并: the questions at the left, two records side by side at the right, three answers by button and key."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import N_, _
from expertpool.foundation.problems import ExpectedError
from ui import theme
from ui.allowed import offer
from ui.comparing import reason_pill
from ui.merging.reading import PAIR, ROW, Entry, Sides, side_by_side, waiting_entries
from ui.merging.sides import SidesView
from ui.page import Page
from ui.widgets.cards import Card, ScrollCard
from ui.widgets.chips import FilterChips, StatePill
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, tip
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

ALL, LATER = "", "later"
_WHICH = ((ALL, N_("All")), ("rows", N_("Rows that wait")), ("pairs", N_("In the pool")), (LATER, N_("Put off")))
ANSWERS = (("same", "Alt+1"), ("different", "Alt+2"), ("later", "Alt+3"))


class MergingPage(Page):
    """``navigate("merging", which="rows")`` shows only rows of imports that wait."""

    kinds = ("person", "waitingrow", "duplicateanswer", "importbatch")

    def build(self) -> None:
        self.entries: list[Entry] = []
        self._shown: list[Entry] = []
        self.current: Entry | None = None
        self.view: SidesView | None = None
        self._typed = ""  # a reason that is shown again after a refusal
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._list_card(), 2)
        row.addWidget(self._sides_card(), 3)
        self.body.addLayout(row, 1)
        self.show_nothing()
        self.reload()

    def _list_card(self) -> QWidget:
        self.which = FilterChips(_("Which questions"), [(code, _(words)) for code, words in _WHICH])
        self.which.chosen.connect(lambda _code: self._list(keep=False))
        self.empty = EmptyState("merge", _("Nobody seems to be in the pool twice"), [], _(
            "Rows of an import that you leave for later wait here, and people of the pool who may be one."))
        self.table = RecordTable(
            [Column("name", N_("Name"), 150, kind="strong", second="what", below=True, sortable=False),
             Column("known", N_("May be"), 150, second="where", below=True, sortable=False, stretch=True),
             Column("state", N_("Kind"), 76, kind="state", sortable=False)],
            lambda _key, _down: range(len(self._shown)), self._given, row_height=theme.ROW_TALL, empty=self.empty,
            accessible=_("Questions"))
        self.table.current_changed.connect(self._turn)
        card = Card(padding=0)
        card.body.setContentsMargins(1, 12, 1, 1)
        chips = QWidget()
        inside = QVBoxLayout(chips)
        inside.setContentsMargins(12, 0, 12, 0)
        inside.addWidget(self.which)
        card.add(chips)
        card.add(self.table, 1)
        return card

    def _sides_card(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        self.card = ScrollCard(padding=16)
        self.keys = QWidget()
        self._keys = FlowLayout(self.keys, 6)
        self.hint = EmptyState("merge", _("Choose a question at the left"))
        for part in (self.keys, self.hint):
            self.card.body.addWidget(part)
        column.addWidget(self.card, 1)
        column.addWidget(self._foot())
        return whole

    def _foot(self) -> QWidget:
        self.foot = Card(padding=12)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why they are the same person, or are not; it stands in the history"))
        self.reason.setMaxLength(200)
        self.reason.textChanged.connect(lambda _text: self._look())
        named = label(_("Reason"), "second")
        named.setBuddy(self.reason)
        line.addWidget(named)
        line.addWidget(self.reason, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.buttons: dict[str, QPushButton] = {}
        for answer, keys in ANSWERS:
            self.buttons[answer] = button = QPushButton()
            tip(button, keys)
            button.clicked.connect(lambda _checked=False, answer=answer: self.answer(answer))
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
            row.addWidget(button)
        self.buttons["same"].setProperty("role", "primary")
        row.addStretch(1)
        self.drop = QPushButton(_("Discard the row"))
        self.drop.setProperty("role", "link")
        self.drop.clicked.connect(lambda: self.answer("drop"))
        row.addWidget(self.drop)
        self.foot.body.addLayout(line)
        self.foot.body.addLayout(row)
        offer(self.pool, "answer duplicate", self.foot)
        return self.foot

    # -- called by the window
    def shown(self, which: str = ALL, **_rest: object) -> None:
        if which:
            self.which.choose(which)
            self._list(keep=False)
        if self.isVisible():
            self.table.view.setFocus()

    def refresh(self, _changes: Changes) -> None:
        pool = self.pool
        self.jobs.read(self, lambda: waiting_entries(pool), self._show_entries, key="entries")

    # -- the list
    def _show_entries(self, found: list[Entry]) -> None:
        self.entries = found
        self._list()

    def _list(self, keep: bool = True) -> None:
        self._count()
        code, mark = self.which.choice(), self.current.mark if self.current and keep else None
        place = self.table.view.currentIndex().row()
        self._shown = [one for one in self.entries if code in (ALL, LATER if one.later else f"{one.kind}s")]
        self.table.reload(keep=False)
        same = next((i for i, one in enumerate(self._shown) if one.mark == mark), -1)
        if same >= 0 and self.view is not None:
            self.table.view.selectionModel().blockSignals(True)
            self.table.select(same)
            self.table.view.selectionModel().blockSignals(False)
        elif self._shown:
            self.table.select(min(max(place, 0), len(self._shown) - 1) if keep else 0)
        else:
            self.show_nothing()

    def _count(self) -> None:
        counts = {ALL: len(self.entries), "rows": 0, "pairs": 0, LATER: 0}
        for one in self.entries:
            counts[LATER if one.later else f"{one.kind}s"] += 1
        self.which.show_counts(counts)
        rows = counts["rows"]
        self.set_status(_("{count} rows of imports wait for an answer").format(count=rows) if rows else "")

    def _given(self, ids: Sequence[int]) -> list[Row]:
        rows = []
        for number in ids:
            one = self._shown[number]
            state = (_("put off"), "neutral") if one.later else (
                (_("row"), "warning") if one.kind == ROW else (_("pair"), "accent"))
            rows.append({"id": number, "name": one.name, "what": one.what, "known": one.known, "where": one.where,
                         "state": state, "_tips": {"name": one.what, "known": one.where}})
        return rows

    # -- side by side
    def _turn(self, number: int | None) -> None:
        if number is None or number >= len(self._shown):
            return
        self.current = entry = self._shown[number]
        pool = self.pool
        self.jobs.read(self, lambda: side_by_side(pool, entry), self._show_sides, key="sides", failed=self._gone)

    def swap(self) -> None:
        """Exchange which of the two is kept."""
        one = self.current
        if one is not None and one.kind == PAIR:
            number = self._shown.index(one)
            turned = replace(one, uid=one.kept, kept=one.uid, name=one.known, known=one.name, what=one.where,
                             where=one.what)
            self._shown[number] = turned
            self.entries[self.entries.index(one)] = turned
            self.table.refresh()
            self._turn(number)

    def show_nothing(self) -> None:
        """No question is current."""
        self.current = None
        self._drop_view()
        self._keys.clear()
        self.hint.show()
        self._look()

    def _show_sides(self, sides: Sides) -> None:
        self._drop_view()
        self.hint.hide()
        self._keys.clear()
        for key in sides.entry.keys:
            self._keys.addWidget(StatePill(*reason_pill(key)))
        swap = self.link(_("Swap"), self.swap) if sides.entry.kind == PAIR else None
        self.view = SidesView(sides, swap)
        self.card.body.addWidget(self.view)
        self.card.area.verticalScrollBar().setValue(0)
        agreeing = [reason_pill(key)[0] for key in sides.entry.keys if not key.endswith("_differs")]
        self.reason.setText(self._typed or _("; ").join(agreeing))
        self._typed = ""
        self.reason.setCursorPosition(0)
        self._look()

    def _gone(self, error: BaseException) -> bool:
        """Read the list again after an expected error, because one of the two no longer exists; returns whether it
        was one."""
        if isinstance(error, ExpectedError):
            self.show_nothing()
            self.reload()
            return True
        return False

    def _drop_view(self) -> None:
        if self.view is not None:
            self.card.body.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None

    def _look(self) -> None:
        one = self.current
        ready = one is not None and self.view is not None
        row = one is not None and one.kind == ROW
        self.foot.setVisible(ready)
        self.buttons["same"].setText(_("Same person: fill in") if row else _("Same person: merge"))
        self.buttons["different"].setText(_("Different people: add") if row else _("Different people"))
        self.buttons["later"].setText(_("Later"))
        joinable = bool(one and one.kept) if row else bool(self.reason.text().strip())
        self.buttons["same"].setEnabled(ready and joinable)
        for answer in ("different", "later"):
            self.buttons[answer].setEnabled(ready)
        self.drop.setVisible(row)

    # -- answers
    def answer(self, answer: str) -> None:
        """Store an answer and go to the next question."""
        one, view, pool = self.current, self.view, self.pool
        if one is None or view is None:
            return
        reason, choices = self.reason.text().strip(), view.choices()
        if one.kind == ROW and answer == "later":
            self._next()
            return
        if one.kind == ROW:
            from expertpool.importing.waiting import settle_waiting

            words = {"same": _("The row of {name} was added to the person in the pool."),
                     "different": _("{name} is a new person of the pool."),
                     "drop": _("The row of {name} was discarded.")}[answer]
            self._write(one, lambda: settle_waiting(pool, one.uid, answer, reason), words.format(name=one.name))
        else:
            from expertpool.experts.pairs import answer_pair

            words = {"same": _("{other} was merged into {name}."),
                     "different": _("{name} and {other} are remembered as different people."),
                     "later": _("{name} and {other} were put off.")}[answer]
            as_read = view.sides.as_read
            self._write(one, lambda: answer_pair(pool, one.kept, one.uid, answer, reason, choices=choices or None,
                                                 as_read=as_read), words.format(name=one.known, other=one.name))

    def _write(self, one: Entry, work: Callable[[], object], words: str) -> None:
        """Store an answer; the question leaves the list once it is stored, and stays with its reason if it is not."""
        self.foot.setEnabled(False)

        def stored(_changes: object) -> None:
            self.foot.setEnabled(True)
            if self.current is one:
                self._next(without=one)

        def failed(error: BaseException) -> bool:
            self.foot.setEnabled(True)
            if isinstance(error, ExpectedError) and error.code == "record.changed" and self.current is one:
                self._typed = self.reason.text()
                self._turn(self._shown.index(one))  # what stands now, to be looked at before the next answer
            return False

        self.jobs.change(self, work, stored, words=words, failed=failed)

    def _next(self, without: Entry | None = None) -> None:
        """Go to the next question; an answered one leaves the list at once."""
        here = self.table.view.currentIndex().row()
        if without is None:
            self.table.select((here + 1) % max(1, len(self._shown)))
            return
        self.entries = [one for one in self.entries if one is not without]
        self.current = None
        self._drop_view()
        self._list()
