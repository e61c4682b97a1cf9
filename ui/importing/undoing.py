"""Undoing a whole import (撤销导入): what is removed, what is restored, what is spared because it was edited
since."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import texts, theme
from ui.field_words import in_field_words
from ui.widgets.cards import Card
from ui.widgets.labels import label
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage


class UndoStep(QWidget):
    """Shown only if something would be spared; otherwise the import is undone at once."""

    def __init__(self, page: "ImportingPage") -> None:
        super().__init__()
        self._page = page
        self._batch, self._from = "", 0
        self._spared: Sequence[tuple[str, str, str]] = ()
        self.title = label("", "section")
        self.said = label("", "second", wrap=True)
        self.table = RecordTable(
            [Column("name", N_("Stays in the pool"), 160, kind="strong", sortable=False),
             Column("why", N_("Why"), 500, sortable=False, stretch=True)],
            lambda _key, _down: range(len(self._spared)), self._given, row_height=theme.ROW_COMPACT + 4,
            empty=EmptyState("ok", _("Nothing is spared")), accessible=_("What is spared"))
        self.undo = QPushButton(_("Undo the import"))
        self.undo.setProperty("role", "primary")
        self.undo.clicked.connect(lambda: self.go_on())
        self.keep = QPushButton(_("Keep the import"))
        self.keep.clicked.connect(lambda: page.go(self._from))
        head = QWidget()
        inside = QVBoxLayout(head)
        inside.setContentsMargins(16, 0, 16, theme.GAP)
        inside.setSpacing(theme.STEP)
        inside.addWidget(self.title)
        inside.addWidget(self.said)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, theme.GAP, 16, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self.undo)
        row.addWidget(self.keep)
        row.addStretch(1)
        card = Card(padding=0)
        card.body.setContentsMargins(1, 16, 1, 14)
        card.add(head)
        card.add(self.table, 1)
        card.add(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def ask(self, batch: str, files: str, step: int) -> None:
        """Read what undoing would do; ``step`` is where the user comes from."""
        from expertpool.importing.batches import undo_preview

        self._batch, self._from = batch, step
        self.title.setText(_("Undo the import of {files}").format(files=files))
        pool = self._page.pool
        self._page.jobs.read(self, lambda: undo_preview(pool, batch), self._ready, key="undo")

    def _ready(self, found: Any) -> None:
        self._spared = found.spared
        if not found.spared:
            self.go_on()
            return
        self.said.setText(_(
            "{removed} people leave the pool, {restored} get their former values back. What was edited since the "
            "import stays: the {spared} people below.").format(
            removed=texts.number(found.removes), restored=texts.number(found.restores),
            spared=texts.number(len(found.spared))))
        self.table.reload(keep=False)
        self._page.go(self._page.steps.indexOf(self))

    def go_on(self) -> None:
        """Undo the import."""
        from expertpool.importing.batches import undo_batch

        pool, batch = self._page.pool, self._batch
        self._page.jobs.change(self, lambda: undo_batch(pool, batch), self._done, words=_("The import was undone"))

    def _done(self, result: Any) -> None:
        page = self._page
        page.done.show_undone(len(result[1].spared))
        if page.steps.currentWidget() is self:
            page.go(self._from)

    def _given(self, ids: Sequence[int]) -> list[Row]:
        rows = []
        for number in ids:
            _uid, name, why = self._spared[number]
            words = in_field_words("batch.field", why)
            rows.append({"id": number, "name": name, "why": words, "_tips": {"why": words}})
        return rows
