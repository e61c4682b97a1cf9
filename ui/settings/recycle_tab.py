"""The recycle bin (回收站): what operations deleted and does not exist now; chosen records can be restored."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _, n_
from expertpool.rules.operations import operation_name
from ui import theme
from ui.texts import moment
from ui.widgets.cards import Card
from ui.widgets.labels import label
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool
    from ui.page import Page


class RecycleTab(QWidget):
    """Reads when it is shown and after each restoring."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self._page = page
        self.rows: list[Any] = []
        self.table = RecordTable(
            [Column("name", N_("Name"), 200, kind="strong", sortable=False, stretch=True),
             Column("kind", N_("Kind"), 96, sortable=False),
             Column("operation", N_("Deleted by"), 170, sortable=False),
             Column("at", N_("Time"), 140, sortable=False), Column("actor", N_("Who"), 110, sortable=False),
             Column("rows", N_("Records"), 84, kind="number", sortable=False)],
            lambda _key, _down: range(len(self.rows)), self._given, accessible=_("Recycle bin"),
            empty=EmptyState("delete", _("The recycle bin is empty"), [], _(
                "Experts, cases and units that an operation deleted can be brought back from here, with all that "
                "belonged to them.")))
        self.table.selection_changed.connect(lambda _count: self._look())
        self.bringing = QPushButton(_("Bring back"))
        self.bringing.setProperty("role", "primary")
        self.bringing.clicked.connect(self.bring_back)
        self.chosen = label("", "second")
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 12, 12)
        below.setSpacing(theme.PAD)
        below.addWidget(self.bringing)
        below.addWidget(self.chosen, 1)
        card = Card(padding=0)
        card.add(self.table, 1)
        card.body.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        self._look()

    def read(self) -> None:
        """Read again what was deleted, in a worker."""
        pool = self._page.pool

        def work() -> object:
            from expertpool.safekeeping.journal_keeping import deleted_records

            return deleted_records(pool)

        self._page.jobs.read(self, work, self._show, key="recycle")

    def _show(self, rows: list[object]) -> None:
        self.rows = rows
        self.table.reload(keep=False)
        self._look()

    def _given(self, ids: Sequence[int]) -> list[Row]:
        from expertpool.safekeeping.change_words import table_word

        return [{"id": number, "name": one.name, "kind": table_word(one.kind),
                 "operation": operation_name(one.operation), "at": moment(one.at), "actor": one.actor,
                 "rows": str(one.rows)} for number in ids for one in [self.rows[number]]]

    def _selected(self) -> list[Any]:
        return [self.rows[number] for number in self.table.selected_ids() if number < len(self.rows)]

    def _look(self) -> None:
        count = len(self._selected())
        self.bringing.setEnabled(bool(count))
        self.chosen.setText(n_("{count} chosen", "{count} chosen", count).format(count=count) if count else "")

    def bring_back(self) -> None:
        """Restore the chosen records; those of one operation together."""
        pool, chosen = self._page.pool, self._selected()
        by_entry: dict[int, list[str]] = {}
        for one in chosen:
            by_entry.setdefault(one.entry, []).append(one.uid)
        for entry, uids in by_entry.items():
            self._bring(pool, entry, uids)

    def _bring(self, pool: "ExpertPool", entry: int, uids: list[str]) -> None:
        def work() -> Any:
            from expertpool.safekeeping.journal_keeping import restore_deleted

            return restore_deleted(pool, entry, uids)

        self._page.jobs.change(self, work, lambda _changes: self.read(), words=n_(
            "{count} record is back.", "{count} records are back.", len(uids)).format(count=len(uids)))
