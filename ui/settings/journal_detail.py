"""One journal entry at the right of the list (日志详情): who, when, what; each record before and after."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import _, n_
from expertpool.rules.operations import operation_words
from ui import theme
from ui.allowed import allowed
from ui.texts import joined, moment
from ui.widgets.cards import ScrollCard
from ui.widgets.labels import label

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool
    from expertpool.safekeeping.journal_keeping import EntryRow

SHOWN = 60  # most records shown in full
LONG = 160  # most characters of a value


class EntryDetail(QFrame):
    """Shows an entry; emits ``undo_wanted`` and ``then_wanted`` for its actions."""

    undo_wanted = Signal(int)
    then_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.entry: EntryRow | None = None
        self._card = ScrollCard()
        self.undoing = QPushButton(_("Undo this operation"))
        self.undoing.clicked.connect(lambda: self._say(self.undo_wanted))
        self.then = QPushButton(_("The pool as it was then"))
        self.then.clicked.connect(lambda: self._say(self.then_wanted))
        self.refusal = label("", "second", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.undoing)
        row.addWidget(self.then)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        column.addWidget(self._card, 1)
        column.addWidget(self.refusal)
        column.addLayout(row)
        self.show_entry(None, [], "", None)

    def _say(self, signal: Any) -> None:
        if self.entry is not None:
            signal.emit(self.entry.id)

    def show_entry(self, entry: "EntryRow | None", changes: list[object], refusal: str,
                   pool: "ExpertPool | None") -> None:
        """Show an entry with its changes and why it cannot be undone ("" if it can); None empties the card."""
        self.entry = entry
        body = self._card.body
        while (item := body.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for button in (self.undoing, self.then):
            button.setVisible(entry is not None)
        self.undoing.setVisible(entry is not None and allowed(pool, "undo"))
        self.undoing.setEnabled(not refusal)
        self.refusal.setText(refusal)
        self.refusal.setVisible(bool(refusal) and not self.undoing.isHidden())
        if entry is None:
            body.addWidget(label(_("Choose an operation to see what it changed."), "second", wrap=True))
            body.addStretch(1)
            return
        body.addWidget(label(operation_words({"operation": entry.operation, "words": entry.words}), "section",
                             wrap=True, copyable=True))
        facts = joined(_("Entry {number}").format(number=entry.id), moment(entry.at), entry.actor)
        body.addWidget(label(facts, "second", wrap=True))
        for change in changes[:SHOWN]:
            body.addWidget(_record(change))
        rest = max(entry.records, len(changes)) - SHOWN
        if rest > 0:
            more = n_("{count} more record", "{count} more records", rest)
            body.addWidget(label(more.format(count=rest), "second"))
        if not changes:
            body.addWidget(label(_("It changed no record."), "second"))
        body.addStretch(1)


def _record(change: Any) -> QWidget:
    from expertpool.safekeeping.change_words import KINDS, column_word, table_word, value_words

    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 6, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(joined(table_word(change.table), change.name, _(KINDS[change.kind])), "strong", wrap=True))
    for name, pair in change.fields.items():
        before, after = (_short(value_words(change.table, name, value)) for value in pair)
        word = column_word(change.table, name)
        if change.kind == "changed":
            said = _("{what}: {before} → {after}").format(what=word, before=before, after=after)
        else:
            said = f"{word}: {after if change.kind == 'new' else before}"
        column.addWidget(label(said, "", wrap=True, copyable=True))
    return made


def _short(text: str) -> str:
    return text if len(text) <= LONG else text[:LONG] + "…"

