"""The grid of rows (数据网格): cells with problems are tinted and can be corrected in place."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from expertpool.foundation.language import _
from ui import theme
from ui.importing.grid_model import FIXED, GridModel
from ui.importing.journey import Journey, cell_of
from ui.widgets.chips import paint_pill, pill_width
from ui.widgets.record_view import spans

SIDE = 10
NARROW, WIDE = 72, 220  # first width of a file's column, in pixels


class GridCells(QStyledItemDelegate):
    """Paints a cell: its background by the problem, its text, a pill for the row's outcome."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        model: Any = index.model()
        rect, out = option.rect, model.left_out(index)
        tone = "" if out else model.tone(index)
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
            self._pill(painter, inner, *model.outcome(index))
        else:
            painter.setFont(theme.font("base"))
            plain = "second" if index.column() == 0 else "text"
            painter.setPen(theme.qcolour("disabled" if out else tone or plain))
            text = " ".join(str(index.data() or "").split())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if model.edited(index):
            self._corner(painter, QRectF(rect))
        if option.state & QStyle.StateFlag.State_Selected or (
                index.row() == current.row() and index.column() == current.column()):
            painter.setPen(theme.qcolour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _corner(self, painter: QPainter, rect: QRectF) -> None:
        """The mark of a cell corrected by hand; its tooltip shows the file's value."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.qcolour("accent"))
        corner = rect.topLeft() + QPointF(1, 1)
        painter.drawPolygon(QPolygonF([corner, corner + QPointF(9, 0), corner + QPointF(0, 9)]))
        painter.restore()

    def _pill(self, painter: QPainter, rect: QRectF, text: str, tone: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = min(pill_width(text), rect.width())
        paint_pill(painter, QRectF(rect.x() - 2, rect.center().y() - 10.5, width, 21), text, tone)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Any) -> QWidget:
        made = QLineEdit(parent)
        made.setStyleSheet("border-radius: 0;")
        made.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        return made


class GridHeading(QHeaderView):
    """Two lines: the register's word, below it the file's heading and the certainty."""

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
    """The view: cells are selected, copied and edited (F2, double click), all rows have one height.

    ``leaving(rows, out)``: rows are to be left out of the import (Del), or included again.
    """

    leaving = Signal(list, bool)

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
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda spot: self.menu().popup(self.viewport().mapToGlobal(spot)))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Rows of the file"))
        self.selectionModel().currentChanged.connect(lambda: self.viewport().update())

    def show_rows(self, journey: Journey, columns: Sequence[Any], rows: Sequence[Any], fit: bool = True) -> None:
        """Show rows; with ``fit`` columns are sized by their first values."""
        self.cells.show_rows(journey, columns, rows)
        if not fit:
            return
        self.setColumnWidth(0, 52)
        self.setColumnWidth(1, 96)
        base, small = QFontMetricsF(theme.font("base")), QFontMetricsF(theme.font("small"))
        for place, column in enumerate(columns):
            first, second = self.cells.heading(place + FIXED)
            texts = [cell_of(row, column.index) for row in rows[:60]]
            widest = max([base.horizontalAdvance(first), small.horizontalAdvance(second),
                          *(base.horizontalAdvance(text) for text in texts)])
            self.setColumnWidth(place + FIXED, round(min(WIDE, max(NARROW, widest + 2 * SIDE + 4))))

    def go_to(self, row: object, problem: object) -> bool:
        """Make the cell of a problem current; False if its row is not shown."""
        place = next((i for i, one in enumerate(self.cells.rows) if one is row), -1)
        if place < 0:
            return False
        index = self.cells.index(place, self.cells.column_of(row, problem))
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def menu(self) -> QMenu:
        """The actions for the current row and cell."""
        menu, rows = QMenu(self), self.chosen_rows()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        out = bool(rows) and all(row in self.cells.journey.aside for row in rows)

        def add(icon: str, words: str, key: str, call: Callable[[], object], on: bool = True) -> None:
            made = QAction(theme.icon(icon), f"{words}\t{key}", menu)
            made.triggered.connect(lambda: call())
            made.setEnabled(on)
            menu.addAction(made)

        index = self.currentIndex()
        editable = index.isValid() and bool(self.cells.flags(index) & Qt.ItemFlag.ItemIsEditable)
        add("edit", _("Correct the cell"), "F2", lambda: self.edit(index), editable)
        if out:
            add("undo", _("Take the row in again"), "Del", self._turn_rows, bool(rows))
        else:
            add("delete", _("Leave the row out"), "Del", self._turn_rows, bool(rows))
        add("copy", _("Copy"), "Ctrl+C", self._copy)
        return menu

    def chosen_rows(self) -> list[object]:
        """The rows of the selected cells."""
        places = sorted({row for span in spans(self.selectionModel())
                         for row in range(span.top(), span.bottom() + 1)})
        return [self.cells.rows[place] for place in places]

    def _turn_rows(self) -> None:
        if rows := self.chosen_rows():
            self.leaving.emit(rows, not all(row in self.cells.journey.aside for row in rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self._turn_rows()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            index = self.currentIndex()  # the Enter that ends editing arrives here as well
            if self.state() == self.State.NoState and self.cells.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda one: (one.row(), one.column())):
            lines.setdefault(index.row(), []).append(" ".join(str(index.data() or "").split()))
        QApplication.clipboard().setText("\n".join("\t".join(cells) for cells in lines.values()))
