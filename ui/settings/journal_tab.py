"""The journal (操作日志): every operation in words, what it changed, undoing it, its verification and its digests on
paper."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import N_, _, n_
from expertpool.rules.operations import operation_name, operation_words
from ui import texts, theme
from ui.allowed import allowed, offer
from ui.saving import write_paper
from ui.settings.journal_detail import EntryDetail
from ui.texts import moment
from ui.widgets.cards import Card
from ui.widgets.date_field import tidy_date
from ui.widgets.fields import Choice
from ui.widgets.labels import label
from ui.widgets.notes import Banner, EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from ui.page import Page

RIGHT = 400  # px


class JournalTab(QWidget):
    """Reads when it is shown and after every write."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self._page = page
        self._actors: list[str] = []
        self._operations: list[str] = []
        self.actor = Choice(_("Who"), [("", _("Everybody"))])
        self.operation = Choice(_("Operation"), [("", _("All operations"))])
        self.since, self.until = self._day(_("From, e.g. 2026-03-01")), self._day(_("Until"))
        for choice in (self.actor, self.operation):
            choice.currentIndexChanged.connect(lambda _place: self.reload())
        self.counted = label("", "second")
        self.answer = Banner("ok", "")
        self.answer.hide()
        self.table = RecordTable(
            [Column("id", N_("No."), 64, kind="number", sortable=False),
             Column("at", N_("Time"), 134, sortable=False), Column("actor", N_("Who"), 90, sortable=False),
             Column("what", N_("Operation"), 220, sortable=False, stretch=True, second="undone"),
             Column("records", N_("Records"), 72, kind="number", sortable=False)],
            self._ids, self._given, jobs=page.jobs, accessible=_("Journal"), row_height=32,
            empty=EmptyState("history", _("No operation fits"), [], _(
                "Everything that is written stands here, with who, when, before and after.")))
        self.table.current_changed.connect(self._turn)
        self.table.counted.connect(lambda count: self.counted.setText(
            n_("{count} operation", "{count} operations", count).format(count=texts.number(count))))
        self.detail = EntryDetail()
        self.detail.undo_wanted.connect(self.undo)
        self.detail.then_wanted.connect(lambda number: self._travel(str(number)))
        self.detail.setFixedWidth(RIGHT)
        self._arrange()

    def _day(self, words: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(words)
        made.setAccessibleName(words)
        made.setFixedWidth(136)
        made.editingFinished.connect(self.reload)
        return made

    def _arrange(self) -> None:
        self.checking = self._button(_("Check the journal"), self.check)
        self.printing = self._button(_("Print its digests …"), self.print_digests)
        self.comparing = self._button(_("Compare a digest …"), self.compare)
        self.going = self._button(_("Back to a day …"), self.travel)
        offer(self._page.pool, "verify journal", self.checking, self.printing, self.comparing)
        bar, narrow = QHBoxLayout(), QHBoxLayout()
        narrow.setContentsMargins(12, 12, 12, 4)
        for row in (bar, narrow):
            row.setSpacing(theme.GAP)
        bar.addWidget(self.counted, 1)
        for button in (self.going, self.checking, self.comparing, self.printing):
            bar.addWidget(button)
        for part in (self.actor, self.operation, self.since, self.until):
            narrow.addWidget(part)
        narrow.addStretch(1)
        left = Card(padding=0)
        left.body.addLayout(narrow)
        left.add(self.table, 1)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addWidget(left, 1)
        halves.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(bar)
        column.addWidget(self.answer)
        column.addLayout(halves, 1)

    def _button(self, words: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda _checked=False: call())
        return button

    # -- reading
    def read(self) -> None:
        """Read the list again, and the people and operations by which it can be filtered."""
        pool = self._page.pool

        def work() -> object:
            from expertpool.safekeeping.journal_keeping import journal_choices

            return journal_choices(pool)

        self._page.jobs.read(self, work, self._offer, key="choices")

    def refresh(self, _changes: Changes) -> None:
        """Something was written."""
        self.read()

    def reload(self) -> None:
        """Read the list for the filters set above it."""
        for edit in (self.since, self.until):
            tidy = tidy_date(edit.text())
            if tidy is None or len(tidy) not in (0, 10):
                self._say("warning", _("“{text}” is no day. Write it as 2026-03-01.").format(text=edit.text()))
                return
            edit.setText(tidy)
        self.table.reload()

    def _offer(self, found: tuple[list[str], list[str]]) -> None:
        self._fill(self.actor, _("Everybody"), [(one, one) for one in found[0]])
        self._fill(self.operation, _("All operations"), [(one, operation_name(one)) for one in found[1]])
        self.reload()

    def _fill(self, choice: Choice, everything: str, pairs: Sequence[tuple[str, str]]) -> None:
        chosen = choice.currentData()
        choice.blockSignals(True)
        choice.clear()
        for code, words in (("", everything), *sorted(pairs, key=lambda pair: pair[1])):
            choice.addItem(words, code)
        choice.setCurrentIndex(max(0, choice.findData(chosen)))
        choice.blockSignals(False)

    def _ids(self, _key: str, _down: bool) -> Sequence[int]:
        from expertpool.safekeeping.journal_keeping import EntryQuery, journal_ids

        return journal_ids(self._page.pool, EntryQuery(
            self.actor.currentData() or "", self.operation.currentData() or "", self.since.text(), self.until.text()))

    def _given(self, ids: Sequence[int]) -> list[Row]:
        from expertpool.safekeeping.journal_keeping import journal_rows

        return [{"id": row.id, "at": moment(row.at), "actor": row.actor,
                 "what": operation_words({"operation": row.operation, "words": row.words}),
                 "undone": _("undone") if row.undone else "", "records": texts.number(row.records)}
                for row in journal_rows(self._page.pool, ids)]

    def _turn(self, number: int | None) -> None:
        pool = self._page.pool
        if number is None:
            self.detail.show_entry(None, [], "", pool)
            return

        def work() -> object:
            from expertpool.safekeeping.journal_keeping import journal_changes, journal_rows, undo_refusal

            return (journal_rows(pool, [number])[0], journal_changes(pool, number),
                    undo_refusal(pool, number) if allowed(pool, "undo") else "")

        self._page.jobs.read(self, work, lambda found: self.detail.show_entry(found[0], found[1], found[2], pool),
                              key="entry")

    # -- what can be done
    def undo(self, number: int) -> None:
        """Undo one operation; the core refuses if later ones depend on it."""
        pool = self._page.pool
        self._page.jobs.change(self, lambda: pool.undo(number), words=_("Undone."), undoable=False)

    def travel(self) -> None:
        """Choose a day to go back to."""
        window = self._page.surroundings.window
        if window is not None:
            window.ask_past()

    def _travel(self, moment_: str) -> None:
        window = self._page.surroundings.window
        if window is not None:
            window.show_past(moment_)

    def check(self) -> None:
        """Read the whole journal and verify its hashes and seal."""
        pool = self._page.pool

        def work() -> object:
            from expertpool.safekeeping.journal_keeping import verify_journal

            return verify_journal(pool)

        self._page.jobs.read(self, work, self._checked, words=_("Checking the journal …"), key="proof")

    def _checked(self, found: Any) -> None:
        if found.broken is None:
            self._say("ok", _("{count} entries: all fit together, none was altered.").format(
                count=texts.number(found.count)))
            return
        from expertpool.safekeeping.journal_keeping import WHY_WORDS

        why = _(WHY_WORDS[found.why])
        self._say("danger", _("Entry {entry} does not fit: {why}, outside this program. Keep a copy of the file and "
                              "tell whoever answers for the pool.").format(entry=found.broken, why=why))
        self.table.select(found.broken)

    def compare(self) -> None:
        """Compare a printed code with the journal."""
        page = self._page
        code = page.prompts.text(page, _("Compare a digest"), _(
            "Type the code from the paper. Gaps and small letters do not matter."))
        if not code:
            return
        pool = page.pool

        def work() -> object:
            from expertpool.safekeeping.journal_keeping import check_digest

            return check_digest(pool, code)

        page.jobs.read(self, work, self._compared)

    def _compared(self, found: Any) -> None:
        from expertpool.safekeeping.journal_keeping import DIGEST_WORDS

        self._say("ok" if found.outcome == "kept" else "danger", _(DIGEST_WORDS[found.outcome]).format(
            entry=found.entry, at=moment(found.at), since=texts.number(found.since), broken=found.broken))

    def print_digests(self) -> None:
        """Save the codes of today and of earlier weeks as PDF."""
        page = self._page
        target = page.prompts.save_file(page, _("Save the digests of the journal"), _("Digests of the journal.pdf"),
                                        "pdf")
        if target is None:
            return
        pool = page.pool

        def work() -> object:
            from expertpool.documents.journal_digest import digest_paper

            return digest_paper(pool)

        def write(paper: Any) -> None:
            if write_paper(page, paper, target):
                self._say("ok", _("Saved as {file}. Print it, have it signed, and keep it apart from the computer.")
                          .format(file=target.name))

        page.jobs.read(self, work, write)

    def _say(self, tone: str, sentence: str) -> None:
        self.answer.show_text(tone, sentence)
        self.answer.show()
