"""A roster as it will be printed (预览): a sheet of paper with title, as-of line, heading, rows, footer."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
)

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.labels import inert, label

_Index = QModelIndex | QPersistentModelIndex
CHARACTER = 8  # pixels per unit of a column's width in the workbook
SIDE = 5
LINES = 36  # pixels, room for two lines as in print


class PaperModel(QAbstractTableModel):
    """Heads and rows of a roster."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: list[str] = []
        self.rows: list[list[object]] = []
        self.centred: set[int] = set()

    def show_table(self, table: Any) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.heads, self.rows = list(table.heads), [list(row) for row in table.rows]
        self.centred = {i for i, column in enumerate(table.columns) if column.get("align") == "center"}
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        value = self.rows[index.row()][index.column()]
        text = "" if value is None else str(value)
        return inert(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None


class _Cells(QStyledItemDelegate):
    """Cells with a thin frame, as on paper."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model: Any = index.model()
        painter.save()
        painter.setPen(theme.qcolour("edge"))
        _frame(painter, option.rect, index.column() == 0)
        centred = index.column() in model.centred
        flag = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        inner = QRectF(option.rect).adjusted(SIDE, 0, -SIDE, 0)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.qcolour("text"))
        text = " ".join(str(index.data() or "").split())
        room = 2 * int(inner.width()) - painter.fontMetrics().height()  # what does not fit into the first line
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(room, int(inner.width())))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | flag | Qt.TextFlag.TextWrapAnywhere, shown)
        painter.restore()


class _Heading(QHeaderView):
    """Bold centred heads in a frame."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.qcolour("header"))
        painter.setPen(theme.qcolour("edge"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        _frame(painter, rect, section == 0)
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(theme.qcolour("text"))
        shown = painter.fontMetrics().elidedText(str(self.model().headerData(section, Qt.Orientation.Horizontal)),
                                                 Qt.TextElideMode.ElideRight, rect.width() - 4)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()


def _frame(painter: QPainter, rect: QRect, first: bool) -> None:
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
    if first:
        painter.drawLine(rect.topLeft(), rect.bottomLeft())


class Paper(QFrame):
    """Title, as-of line, table, page note."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.model = PaperModel()
        self.title, self.second = label("", "title", wrap=True), label("", "second", wrap=True)
        self.note = label("", "small")
        for part in (self.title, self.second, self.note):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.view = QTableView()
        self.view.setAccessibleName(_("Preview of the roster"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Cells(self.view))
        heading = _Heading(Qt.Orientation.Horizontal, self.view)
        heading.setFixedHeight(30)
        heading.setMinimumSectionSize(24)
        self.view.setHorizontalHeader(heading)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(LINES)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.viewport().installEventFilter(self)
        self._widths: list[int] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(theme.GAP)
        column.addWidget(self.title)
        column.addWidget(self.second)
        column.addWidget(self.view, 1)
        column.addWidget(self.note)

    def show_table(self, table: Any, most: int) -> None:
        """Show a roster; ``most`` rows were asked for."""
        self.model.show_table(table)
        self._widths = [int(column["width"]) for column in table.columns]
        self.title.setText(table.title)
        self.second.setText(table.subtitle)
        cut = len(table.rows) >= most
        self.note.setText(_("The first {count} rows; the workbook holds all").format(count=most) if cut
                          else _("Page 1 of …, the heading repeats on every page"))
        self._fit()

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Columns in the workbook's proportions, widened to fill the paper."""
        total = sum(self._widths)
        if not total:
            return
        room = self.view.viewport().width()
        unit = max(CHARACTER, room / total)
        widths = [int(width * unit) for width in self._widths]
        if unit > CHARACTER:
            widths[-1] += room - sum(widths)
        for place, width in enumerate(widths):
            self.view.setColumnWidth(place, width)
