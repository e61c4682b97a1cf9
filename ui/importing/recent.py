"""Recent imports (最近导入): when, which files, with what result, and undo."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from expertpool.foundation.language import N_, _
from ui import theme
from ui.allowed import allowed
from ui.texts import clock
from ui.widgets.cards import Card
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool
    from ui.importing.page import ImportingPage

OPERATIONS = ("import cases", "import workbook")  # imports of experts are stored as batches


def recent(pool: "ExpertPool") -> list[dict[str, object]]:
    """Imports of every kind, newest first; those of experts can be undone weeks later, sparing what was edited."""
    from expertpool.importing.approval import pending_imports
    from expertpool.importing.batches import batches
    from expertpool.insights.overview import newest_operations

    pending = {uid: count for uid, _at, _operator, count in pending_imports(pool)}
    found = [{"at": one.at, "actor": one.operator, "words": {**one.counts, "files": "、".join(one.files)},
              "undone": one.undone, "undoable": not one.undone, "batch": one.uid, "entry": 0,
              "pending": pending.get(one.uid, 0)}
             for one in batches(pool) if one.kind == "experts"]
    found += [{**entry, "batch": ""} for entry in newest_operations(pool, OPERATIONS)]
    return sorted(found, key=lambda entry: str(entry["at"]), reverse=True)


def tally(words: dict[str, Any]) -> str:
    """What an import did, in words, without zeros."""
    named = (
        ("created", N_("{count} new")),
        ("updated", N_("{count} updated")),
        ("unchanged", N_("{count} unchanged")),
        ("duplicates", N_("{count} possible duplicates")),
        ("rejected", N_("{count} could not be imported")),
    )
    parts = [_(text).format(count=f"{int(words[name]):,}") for name, text in named if words.get(name)]
    return _(", ").join(parts) or _("Nothing to write")


class RecentImports(Card):
    """The list; each import that can be undone has a button."""

    def __init__(self, page: "ImportingPage") -> None:
        super().__init__(_("Recent imports"), _("a whole import can be undone"), padding=0)
        self.body.setContentsMargins(1, 14, 1, 1)
        self.heading.setContentsMargins(9, 0, 16, 0)
        self._page = page
        self._rows: list[dict[str, Any]] = []
        empty = EmptyState("history", _("Nothing was imported yet"), [],
                           _("Begin with the roster somebody sent you. You see every row before it is written."))
        self.table = RecordTable(
            [Column("files", N_("Files"), 200, second="what", below=True, sortable=False, stretch=True),
             Column("at", N_("When"), 128, second="actor", below=True, sortable=False),
             Column("undo", N_("Undo"), 78, kind="action", sortable=False),
             Column("approve", N_("Approval"), 78, kind="action", sortable=False)],
            lambda _key, _down: range(len(self._rows)), self._given, empty=empty, row_height=theme.ROW_TALL,
            accessible=_("Recent imports"))
        self.table.acted.connect(self._act)
        self.table.view.setColumnHidden(3, True)
        self.add(self.table, 1)

    def read(self) -> None:
        """Read the list again, in a worker."""
        pool = self._page.pool
        self._page.jobs.read(self, lambda: recent(pool), self._show, key="recent")

    def _show(self, found: list[dict[str, Any]]) -> None:
        self._rows = found
        self.table.view.setColumnHidden(3, not any(entry.get("pending") for entry in found))
        self.table.reload()

    def _given(self, ids: Sequence[int]) -> list[Row]:
        return [self._row(number) for number in ids]

    def _row(self, number: int) -> Row:
        entry = self._rows[number]
        words = entry["words"]
        done = tally(words)
        files = str(words.get("files") or words.get("file") or "")
        pool, waiting = self._page.pool, entry.get("pending", 0)
        if entry["undone"]:
            done = _("Undone") + " · " + done
        elif waiting:
            done = _("{count} wait for approval").format(count=f"{waiting:,}") + " · " + done
        undoable = entry["undoable"] and allowed(pool, "undo import" if entry["batch"] else "undo")
        return {"id": number, "files": files, "at": clock(entry["at"]), "actor": entry["actor"], "what": done,
                "approve": _("Approve") if waiting and allowed(pool, "approve import") else "",
                "undo": _("Undo") if undoable else "", "_tips": {"files": f"{files}\n{done}"}}

    def _act(self, number: int, key: str) -> None:
        entry, pool = self._rows[number], self._page.pool
        if key == "approve":
            from expertpool.importing.approval import approve_import

            self._page.jobs.change(self, lambda: approve_import(pool, entry["batch"]), lambda _changes: self.read(),
                                   words=_("The import was approved."))
        if key != "undo":
            return
        self._page.undo_import(entry["batch"], entry["entry"], str(entry["words"].get("files", "")))
