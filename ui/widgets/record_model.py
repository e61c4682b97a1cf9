"""Rows of a list: the ids in the wanted order, and the few pages of rows that are visible."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from expertpool.foundation.language import _
from ui.widgets.labels import inert

PAGE, PAGES = 200, 24  # rows a page, pages kept
Row = dict[str, Any]
Rows = Callable[[Sequence[int]], list[Row]]
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One column of a list.

    ``key`` names the value in a row, ``title`` is a marked text, ``width`` in pixels. ``kind``: ``text``, ``strong``
    (bold), ``number``, ``chips`` (texts or (text, tone) pairs), ``state`` ((text, tone)), ``score`` (points of the
    parts, or one number), ``rank`` (1, 2, 3 … down the list), ``check`` (bool), ``action`` (words of a button).
    ``second`` names a value shown in the second colour: after the first, or with ``below`` under it. A row may carry
    ``_tones`` (key → tone of the background) and ``_tips`` (key → tooltip).
    """

    key: str
    title: str
    width: int = 120
    kind: str = "text"
    align: str = ""
    sortable: bool = True
    second: str = ""
    below: bool = False
    hidden: bool = False
    stretch: bool = False

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Numbers are aligned right, everything else left, unless set otherwise."""
        side = self.align or ("right" if self.kind in ("number", "rank") else "left")
        return {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}.get(
            side, Qt.AlignmentFlag.AlignLeft
        ) | Qt.AlignmentFlag.AlignVCenter


class RecordModel(QAbstractTableModel):
    """Holds ids (``array('q')``) and fetches pages of 200 rows by id when they become visible."""

    def __init__(self, columns: Sequence[Column], rows: Rows) -> None:
        super().__init__()
        self.columns = list(columns)
        self.ids: array[int] = array("q")
        self._rows = rows
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self.fetched = 0  # pages read so far

    def show_ids(self, ids: Sequence[int]) -> None:
        """Replace the whole list."""
        self.beginResetModel()
        self.ids = ids if isinstance(ids, array) else array("q", ids)
        self._pages.clear()
        self.endResetModel()

    def forget(self) -> None:
        """Read the visible rows again when next painted."""
        self._pages.clear()
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    def row(self, number: int) -> Row:
        """The row at a position of the list; empty if it was deleted meanwhile."""
        page, offset = divmod(number, PAGE)
        if page not in self._pages:
            wanted = self.ids[page * PAGE : (page + 1) * PAGE]
            found = self._rows(wanted)
            self.fetched += 1
            self._pages[page] = _in_order(wanted, found)
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return self._pages[page][offset]

    def fetch(self, ids: Sequence[int]) -> list[Row]:
        """Rows for a list of any length, read at once and not kept; may be called in a worker."""
        return [row for start in range(0, len(ids), PAGE)
                for row in _in_order(ids[start:start + PAGE], self._rows(ids[start:start + PAGE]))]

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.ids)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(column, self.row(index.row()), index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            said = self.row(index.row()).get("_tips", {}).get(column.key)
            return inert(str(said)) if said else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].alignment
        return None


def cell_text(column: Column, row: Row, number: int = 0) -> str:
    """The plain text of a cell: for copying, reading aloud and finding."""
    value = row.get(column.key)
    if column.kind == "rank":
        return str(number + 1)
    if column.kind == "score":
        return f"{score_of(value):.0f}" if value is not None else ""
    if column.kind == "check":
        return _("Yes") if value else _("No")
    if column.kind == "chips":
        text = "、".join(chip_of(one)[0] for one in value or ())
    elif column.kind in ("state", "action"):
        text = chip_of(value)[0] if value else ""
    elif column.kind == "number" and isinstance(value, int):
        text = f"{value:,}"
    else:
        text = "" if value is None else str(value)
    second = row.get(column.second) if column.second else ""
    return f"{text} {second}".strip() if second else text


def chip_of(value: Any) -> tuple[str, str]:
    """(text, tone) of a chip given as text or as a pair."""
    return (value, "accent") if isinstance(value, str) else (str(value[0]), str(value[1]))


def score_of(value: Any) -> float:
    """The sum of a score given as a number or as its parts."""
    return float(value) if isinstance(value, int | float) else float(sum(value))


def _in_order(wanted: Sequence[int], found: list[Row]) -> list[Row]:
    if len(found) == len(wanted) and all(
        row.get("id", one) == one for row, one in zip(found, wanted, strict=True)
    ):
        return found
    known = {row.get("id"): row for row in found}
    return [known.get(one, {}) for one in wanted]
