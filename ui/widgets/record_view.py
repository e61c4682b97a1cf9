"""The view of a list: rows of one height, whole rows selected, keyboard and pointer."""

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.widgets.cells import CellPainter
from ui.widgets.record_model import Column


class RecordView(QTableView):
    """Rows of one height, whole rows selected, one tab stop."""

    copy_wanted = Signal()
    opened = Signal(int)
    pressed_cell = Signal(int, int)

    def __init__(self, row_height: int) -> None:
        super().__init__()
        self._cells = CellPainter(self)
        self.setItemDelegate(self._cells)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.clicked.connect(self._clicked)

    def _clicked(self, index: QModelIndex) -> None:
        self.pressed_cell.emit(index.row(), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and row >= 0:
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Space and row >= 0 and (ticks := self._ticks()):
            self.pressed_cell.emit(row, ticks[0])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.model().rowCount():
            last = self.model().rowCount() - 1
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def _ticks(self) -> list[int]:
        columns: list[Column] = self.model().columns  # type: ignore[attr-defined]
        return [number for number, column in enumerate(columns) if column.kind == "check"]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        header: Any = self.horizontalHeader()
        header.fill()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.selectionModel().setCurrentIndex(
                self.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered:
            self._cells.hovered = row
            self.viewport().update()


def spans(chosen: QItemSelectionModel) -> list[QItemSelectionRange]:
    """The ranges of a selection; counting by them never iterates over cells."""
    selection = chosen.selection()
    return [selection.at(place) for place in range(selection.count())]
