"""Every table of the files with a tick (表格清单): what is imported; hidden sheets are listed without a tick."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from expertpool.foundation.language import N_, _
from ui import theme
from ui.importing.journey import Journey, table_of
from ui.texts import joined, number
from ui.widgets.cards import Card
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

MOST = 5  # most tables shown without scrolling


class Tables(Card):
    """``chosen(place)`` is the table to show, ``ticked(key, wanted)`` and ``sheet_ticked(path, name)`` the ticks."""

    chosen = Signal(int)
    ticked = Signal(object, bool)
    sheet_ticked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(_("Tables"), padding=0)
        self.body.setContentsMargins(1, 14, 1, 1)
        self.heading.setContentsMargins(9, 0, 16, 0)
        self.journey = Journey()
        self._entries: list[Any] = []
        self.table = RecordTable(
            [Column("in", N_("Import"), 44, kind="check", sortable=False),
             Column("name", N_("Table"), 160, second="what", below=True, sortable=False, stretch=True)],
            lambda _key, _down: range(len(self._entries)), self._given, row_height=theme.ROW_TALL,
            accessible=_("Tables"))
        self.table.header.hide()
        self.table.acted.connect(self._turn)
        self.table.activated.connect(lambda place: self._turn(place, "in"))
        self.table.current_changed.connect(self._shown)
        self.add(self.table, 1)

    def show_journey(self, journey: Journey) -> None:
        """List the tables; a single one leaves nothing to choose."""
        self.journey = journey
        self._entries = list(journey.sheets())
        for file in journey.plan.files if journey.plan else ():
            self._entries += [(file, name) for name in file.hidden_sheets]
        self.setVisible(len(self._entries) > 1)
        self.heading.second.setText(str(len(self._entries)))
        self.setFixedHeight(52 + theme.ROW_TALL * min(MOST, len(self._entries)))
        self.table.reload(keep=False)

    def _shown(self, place: int | None) -> None:
        if place is not None and place < len(self.journey.sheets()):
            self.chosen.emit(place)

    def _turn(self, place: int, _key: str) -> None:
        file, sheet = self._entries[place]
        if isinstance(sheet, str):
            self.sheet_ticked.emit(file.path, sheet)
            return
        key = table_of(sheet)
        self.ticked.emit(key, key in self.journey.tables_out)
        self.table.refresh()

    def _given(self, ids: Sequence[int]) -> list[Row]:
        return [self._row(place) for place in ids]

    def _row(self, place: int) -> Row:
        file, sheet = self._entries[place]
        several = len(self.journey.plan.files) > 1
        if isinstance(sheet, str):
            return {"id": place, "in": False, "name": sheet,
                    "what": joined(_("hidden sheet, not read yet"), file.name if several else "")}
        wanted = table_of(sheet) not in self.journey.tables_out
        rows = _("{rows} rows of data").format(rows=number(len(sheet.rows)))
        return {"id": place, "in": wanted, "name": sheet.name or file.name,
                "what": joined(rows if wanted else _("kept out"), file.name if several and sheet.name else ""),
                "_tips": {"name": joined(file.name, sheet.name)}}
