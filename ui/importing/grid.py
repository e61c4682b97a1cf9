"""The rows as they stand in the file (数据网格): any number of rows, cells tinted where something is wrong."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from expertpool.foundation.language import N_, _
from ui import theme
from ui.field_words import field_word
from ui.importing.journey import GRAVITY, TONES
from ui.widgets.chips import paint_pill, pill_width

_Index = QModelIndex | QPersistentModelIndex
OUTCOMES = {
    "create": (N_("new"), "ok"),
    "update": (N_("update"), "accent"),
    "unchanged": (N_("unchanged"), "neutral"),
    "duplicate": (N_("duplicate?"), "warning"),
    "reject": (N_("not imported"), "danger"),
}
FIXED = 2  # row number and outcome stand before the columns of the file
SIDE = 10
NARROW, WIDE = 72, 220  # px a column of the file is given at first


class GridModel(QAbstractTableModel):
    """Rows of one table of the plan; ``show_rows`` may hold back those without problems."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[Any] = []
        self.kind = "experts"
        self.rows: list[Any] = []
        self._faults: dict[int, dict[int, list[Any]]] = {}

    def show_rows(self, kind: str, columns: Sequence[Any], rows: Sequence[Any]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.kind, self.columns, self.rows = kind, list(columns), list(rows)
        self._faults.clear()
        self.endResetModel()

    def outcomes_changed(self) -> None:
        """An answer changed what becomes of some rows."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 1), self.index(len(self.rows) - 1, 1))

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns) + FIXED

    def faults(self, number: int) -> dict[int, list[Any]]:
        """Problems of a row by view column, gravest first; worked out when the row is first seen."""
        if number not in self._faults:
            row = self.rows[number]
            found: dict[int, list[Any]] = {}
            for problem in sorted(row.problems, key=lambda one: GRAVITY[one.severity]):
                found.setdefault(self.column_of(row, problem), []).append(problem)
            self._faults[number] = found
        return self._faults[number]

    def column_of(self, row: Any, problem: Any) -> int:
        """The view column where a problem stands; the row number's for those of the whole row."""
        if not row.slot:
            for place, column in enumerate(self.columns):
                if problem.column and column.index == problem.column:
                    return place + FIXED
        for place, column in enumerate(self.columns):
            if problem.field and column.field == problem.field:
                return place + FIXED
        return 0

    def tone(self, index: _Index) -> str:
        """The tone of a cell's ground, "" for a cell without problems."""
        found = self.faults(index.row()).get(index.column())
        return TONES[found[0].severity] if found else ""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            found = self.faults(index.row()).get(index.column(), ())
            return "\n".join(problem.text for problem in found) or None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if index.column() == 0:
            return str(row.row)
        if index.column() == 1:
            return _(OUTCOMES[row.decision][0])
        return row.cells.get(self.columns[index.column() - FIXED].index, "")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
        ):
            return None
        return "\n".join(part for part in self.heading(section) if part)

    def heading(self, section: int) -> tuple[str, str]:
        """The field's word, and the file's heading with how sure that is."""
        if section < FIXED:
            return (_("Row"), _("Becomes"))[section], ""
        column = self.columns[section - FIXED]
        title = " ".join(column.header.split()) or _("(without heading)")
        if not column.field:
            return _("Further information"), title
        return field_word(column.field, self.kind), f"{title} · {column.confidence:.0%}"


class GridCells(QStyledItemDelegate):
    """Paints a cell: its ground by the problem, its text, a pill for what becomes of the row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model: Any = index.model()
        rect, tone = option.rect, model.tone(index)
        painter.save()
        view: Any = option.widget
        current = view.currentIndex()
        if index.row() == current.row():
            painter.fillRect(rect, theme.qcolour("selected"))
        if tone:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.qcolour(f"{tone}_soft"))
        painter.setPen(theme.qcolour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = QRectF(rect).adjusted(SIDE, 0, -4, -1)
        if index.column() == 1:
            self._pill(painter, inner, model.rows[index.row()].decision)
        else:
            painter.setFont(theme.font("base"))
            painter.setPen(theme.qcolour(tone or ("second" if index.column() == 0 else "text")))
            text = " ".join(str(index.data() or "").split())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if option.state & QStyle.StateFlag.State_Selected or (
                index.row() == current.row() and index.column() == current.column()):
            painter.setPen(theme.qcolour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _pill(self, painter: QPainter, rect: QRectF, decision: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, tone = OUTCOMES[decision]
        width = min(pill_width(_(text)), rect.width())
        paint_pill(painter, QRectF(rect.x() - 2, rect.center().y() - 10.5, width, 21), _(text), tone)


class GridHeading(QHeaderView):
    """Two lines: the register's word, below it the file's heading and how sure."""

    HEIGHT = 48

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setFixedHeight(self.HEIGHT)
        self.setMinimumSectionSize(44)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model: Any = self.model()
        first, second = model.heading(section)
        painter.save()
        painter.fillRect(rect, theme.qcolour("header"))
        painter.setPen(theme.qcolour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = QRectF(rect).adjusted(SIDE, 6, -4, -6)
        lines = [(first, "text" if section >= FIXED else "second", "base")]
        if second:
            lines.append((second, "second", "small"))
        height = inner.height() / len(lines)
        for place, (text, colour, size) in enumerate(lines):
            painter.setFont(theme.font(size if section >= FIXED else "small"))
            painter.setPen(theme.qcolour(colour))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
            spot = QRectF(inner.x(), inner.y() + place * height, inner.width(), height)
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()


class Grid(QTableView):
    """The view: cells are selected and copied, rows have one height."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = GridModel()
        self.setModel(self.cells)
        self.setItemDelegate(GridCells(self))
        self.setHorizontalHeader(GridHeading(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Rows of the file"))
        self.selectionModel().currentChanged.connect(lambda: self.viewport().update())

    def show_rows(self, kind: str, columns: Sequence[Any], rows: Sequence[Any], fit: bool = True) -> None:
        """Show rows; ``fit`` sizes the columns by their first values."""
        self.cells.show_rows(kind, columns, rows)
        if not fit:
            return
        self.setColumnWidth(0, 52)
        self.setColumnWidth(1, 96)
        base, small = QFontMetricsF(theme.font("base")), QFontMetricsF(theme.font("small"))
        for place, column in enumerate(columns):
            first, second = self.cells.heading(place + FIXED)
            texts = [row.cells.get(column.index, "") for row in rows[:60]]
            widest = max([base.horizontalAdvance(first), small.horizontalAdvance(second),
                          *(base.horizontalAdvance(text) for text in texts)])
            self.setColumnWidth(place + FIXED, round(min(WIDE, max(NARROW, widest + 2 * SIDE + 4))))

    def go_to(self, row: Any, problem: Any) -> bool:
        """Make the cell of a problem current; False if its row is not shown."""
        place = next((i for i, one in enumerate(self.cells.rows) if one is row), -1)
        if place < 0:
            return False
        index = self.cells.index(place, self.cells.column_of(row, problem))
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda one: (one.row(), one.column())):
            lines.setdefault(index.row(), []).append(" ".join(str(index.data() or "").split()))
        QApplication.clipboard().setText("\n".join("\t".join(cells) for cells in lines.values()))
