"""Rows that were taken for no records (未作为数据的行), and what the reader noticed about the file."""

from collections.abc import Sequence
from typing import Any

from expertpool.foundation.language import N_, _
from ui import theme
from ui.widgets.cards import Card
from ui.widgets.labels import label
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

_REASONS = {
    "above": N_("Title above the heading"),
    "header again": N_("Heading repeated"),
    "title again": N_("Title repeated"),
    "group": N_("Group heading"),
    "total": N_("Total"),
    "note": N_("Note row"),
    "signature": N_("Signature line"),
    "page": N_("Page number"),
    "sample": N_("Example row"),
    "number only": N_("Only a number"),
    "continued": N_("Continues the row above"),
    "stray": N_("Stray text"),
}


class IgnoredRows(Card):
    """A short list: sheet row, why, its text."""

    def __init__(self) -> None:
        super().__init__(_("Rows left out"), padding=0)
        self.body.setContentsMargins(1, 14, 1, 1)
        self.heading.setContentsMargins(9, 0, 16, 0)
        self.notices = label("", "small", wrap=True)
        self.notices.setContentsMargins(10, 0, 16, theme.STEP)
        self.add(self.notices)
        self._rows: list[Any] = []
        self.table = RecordTable(
            [Column("row", N_("Row"), 52, sortable=False),
             Column("text", N_("What it says"), 160, second="why", below=True, sortable=False, stretch=True)],
            lambda _key, _down: range(len(self._rows)), self._given, row_height=theme.ROW_TALL,
            empty=EmptyState("check", _("Every row with content is a row of data")),
            accessible=_("Rows left out"))
        self.add(self.table, 1)

    def show_sheet(self, file: Any, sheet: Any) -> None:
        """The rows of a table that are no records."""
        self._rows = list(sheet.ignored)
        said = [notice.text for notice in file.notices]
        self.notices.setText("\n".join(said))
        self.notices.setVisible(bool(said))
        self.heading.second.setText(str(len(self._rows)) if self._rows else "")
        self.table.reload(keep=False)

    def _given(self, ids: Sequence[int]) -> list[Row]:
        return [self._row(number) for number in ids]

    def _row(self, number: int) -> Row:
        one = self._rows[number]
        why = _(_REASONS.get(str(one.reason), "")) or str(one.reason)
        return {"id": number, "row": one.row, "why": why, "text": one.text, "_tips": {"text": one.text}}
