"""Recent exports of rosters and workbooks (最近导出): what, when, who; from the journal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from expertpool.foundation.language import N_, _
from expertpool.insights.overview import newest_operations
from ui import texts
from ui.rosters.audiences import audience_word
from ui.widgets.cards import Card
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from ui.page import Page

OPERATIONS = ("export roster", "export workbook")


class RecentExports(Card):
    """A short list."""

    def __init__(self, page: "Page") -> None:
        super().__init__(_("Recent exports"), _("who took which list out of the pool"), padding=0)
        self.body.setContentsMargins(1, 12, 1, 1)
        self.heading.setContentsMargins(9, 0, 16, 0)
        self._page = page
        self._rows: list[dict[str, Any]] = []
        self.table = RecordTable(
            [Column("what", N_("What"), 260, sortable=False, stretch=True),
             Column("people", N_("Size"), 96, sortable=False),
             Column("file", N_("File"), 180, sortable=False),
             Column("at", N_("When"), 128, sortable=False),
             Column("actor", N_("Who"), 90, sortable=False)],
            lambda _key, _down: range(len(self._rows)), self._given, row_height=30,
            empty=EmptyState("export", _("Nothing was exported yet")), accessible=_("Recent exports"))
        self.add(self.table, 1)

    def read(self) -> None:
        """Read the list again, in a worker."""
        pool = self._page.pool
        self._page.jobs.read(self, lambda: newest_operations(pool, OPERATIONS), self._show, key="exports")

    def _show(self, found: list[dict[str, object]]) -> None:
        self._rows = found
        self.table.reload()

    def _given(self, ids: Sequence[int]) -> list[Row]:
        rows = []
        for number in ids:
            entry = self._rows[number]
            words = entry["words"]
            if entry["operation"] == "export roster":
                what = texts.joined(str(words.get("title", "")), audience_word(_purpose(words)),
                                    str(words.get("receiver", "")))
                size = _("{count} people").format(count=texts.number(int(words.get("people", 0))))
            else:
                what, size = _("Pool workbook"), ""
            rows.append({"id": number, "what": what, "people": size, "file": str(words.get("file", "")),
                         "at": texts.clock(entry["at"]), "actor": entry["actor"], "_tips": {"what": what}})
        return rows


def _purpose(words: dict[str, object]) -> str:
    """The purpose of an export; older entries only tell whether it was for publication."""
    return str(words.get("purpose") or ("public" if words.get("public") else "internal"))
