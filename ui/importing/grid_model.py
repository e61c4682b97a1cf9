"""The rows of the file (网格数据), any number of them; a cell's content is made when it is painted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from expertpool.foundation.language import N_, _
from ui.field_words import field_word
from ui.importing.journey import GRAVITY, TONES, Journey, cell_of
from ui.widgets.labels import inert

_Index = QModelIndex | QPersistentModelIndex
OUTCOMES = {
    "create": (N_("new"), "ok"),
    "update": (N_("update"), "accent"),
    "unchanged": (N_("unchanged"), "neutral"),
    "duplicate": (N_("duplicate?"), "warning"),
    "reject": (N_("not imported"), "danger"),
}
FIXED = 2  # row number and outcome come before the columns of the file


class GridModel(QAbstractTableModel):
    """Rows of one table of the plan; ``show_rows`` may hide those without problems.

    ``corrected(row, column, text)`` is emitted when a cell was edited.
    """

    corrected = Signal(object, int, str)

    def __init__(self) -> None:
        super().__init__()
        self.journey = Journey()
        self.columns: list[Any] = []
        self.kind = "experts"
        self.rows: list[Any] = []
        self._faults: dict[int, dict[int, list[object]]] = {}

    def show_rows(self, journey: Journey, columns: Sequence[object], rows: Sequence[object]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.journey, self.kind = journey, journey.kind
        self.columns, self.rows = list(columns), list(rows)
        self._faults.clear()
        self.endResetModel()

    def rows_changed(self) -> None:
        """A correction or an answer changed rows: paint the visible ones again."""
        self._faults.clear()
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, self.columnCount() - 1))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() >= FIXED and not self.left_out(index):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text == self.data(index, role):
            return False
        self.corrected.emit(self.rows[index.row()], self.columns[index.column() - FIXED].index, text)
        return True

    def left_out(self, index: _Index) -> bool:
        """Whether the user left the row out."""
        return self.rows[index.row()] in self.journey.aside

    def edited(self, index: _Index) -> bool:
        """Whether the cell was corrected by hand."""
        if index.column() < FIXED:
            return False
        return self.columns[index.column() - FIXED].index in self.rows[index.row()].edited

    def outcome(self, index: _Index) -> tuple[str, str]:
        """(word, tone) of the outcome of a row."""
        row = self.rows[index.row()]
        if self.left_out(index):
            return _("kept out"), "neutral"
        if self.journey.uncompared and row.edited and row.decision == "create":
            return _("corrected"), "accent"
        word, tone = OUTCOMES[row.decision]
        return _(word), tone

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns) + FIXED

    def faults(self, number: int) -> dict[int, list[Any]]:
        """Problems of a row by view column, gravest first; computed when the row is first seen."""
        if number not in self._faults:
            row = self.rows[number]
            found: dict[int, list[Any]] = {}
            for problem in sorted(row.problems, key=lambda one: GRAVITY[one.severity]):
                found.setdefault(self.column_of(row, problem), []).append(problem)
            self._faults[number] = found
        return self._faults[number]

    def column_of(self, row: Any, problem: Any) -> int:
        """The view column of a problem; for a problem of the whole row, the column of row numbers."""
        if not row.slot:
            for place, column in enumerate(self.columns):
                if problem.column and column.index == problem.column:
                    return place + FIXED
        for place, column in enumerate(self.columns):
            if problem.field and column.field == problem.field:
                return place + FIXED
        return 0

    def tone(self, index: _Index) -> str:
        """The tone of a cell's background, "" for a cell without problems."""
        found = self.faults(index.row()).get(index.column())
        return TONES[found[0].severity] if found else ""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            said = [problem.text for problem in self.faults(index.row()).get(index.column(), ())]
            if self.edited(index):
                before = self.journey.first.get((row.place, self.columns[index.column() - FIXED].index))
                said.append(_("Corrected here. The file says: {value}").format(value=before or "—")
                            if before is not None else _("Corrected by the sender"))
            return inert("\n".join(said)) or None
        if role == Qt.ItemDataRole.EditRole and index.column() >= FIXED:
            return cell_of(row, self.columns[index.column() - FIXED].index)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if index.column() == 0:
            return str(row.row)
        if index.column() == 1:
            return self.outcome(index)[0]
        return cell_of(row, self.columns[index.column() - FIXED].index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical or role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
        ):
            return None
        said = "\n".join(part for part in self.heading(section) if part)
        return inert(said) if role == Qt.ItemDataRole.ToolTipRole else said

    def heading(self, section: int) -> tuple[str, str]:
        """The field's word, and the file's heading with the certainty."""
        if section < FIXED:
            return (_("Row"), _("Becomes"))[section], ""
        column = self.columns[section - FIXED]
        title = " ".join(column.header.split()) or _("(without heading)")
        if not column.field:
            return _("Further information"), title
        return field_word(column.field, self.kind), f"{title} · {column.confidence:.0%}"
