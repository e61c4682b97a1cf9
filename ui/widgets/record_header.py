"""Headings of a list: sorting, choosing, moving and sizing columns, all of it remembered."""


from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from expertpool.foundation.language import _
from ui import theme
from ui.remembered import Remembered
from ui.widgets.record_model import Column

LEAST, NARROW = 36, 88  # least width of every column, and of one that shrinks first, in pixels


class RecordHeader(QHeaderView):
    """Column headings. ``sort_wanted(key, descending)`` asks the list to read its ids again."""

    sort_wanted = Signal(str, bool)

    def __init__(
        self, view: QTableView, columns: list[Column], name: str, remembered: Remembered | None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._columns, self._name, self._remembered = columns, name, remembered
        self.key, self.descending = "", False
        self._view, self._filling = view, False
        self._widths = [column.width for column in columns]
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(LEAST)
        self.setFixedHeight(theme.ROW)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.sectionClicked.connect(self._clicked)

    def arrange(self) -> None:
        """Arrange the columns as last left, or by default. Call once the model is set."""
        # With the list's own selection Qt asks every row of a selected list each time a heading is painted.
        self.setSelectionModel(QItemSelectionModel(self.model(), self))
        kept = self._remembered.get(f"columns/{self._name}", []) if self._remembered and self._name else []
        known = {str(key): (int(width), bool(hidden)) for key, width, hidden in kept}
        for number, column in enumerate(self._columns):
            self._widths[number], hidden = known.get(column.key, (column.width, column.hidden))
            self.setSectionHidden(number, hidden)
        for place, key in enumerate([key for key in known if any(one.key == key for one in self._columns)]):
            number = next(i for i, column in enumerate(self._columns) if column.key == key)
            self.moveSection(self.visualIndex(number), place)
        self.fill()
        self.sectionResized.connect(self._resized)
        self.sectionMoved.connect(self._keep)

    def fill(self) -> None:
        """Give each column its own width, and distribute the remaining width over the columns of words."""
        shown = [number for number in range(self.count()) if not self.isSectionHidden(number)]
        spare = self._view.viewport().width() - sum(self._widths[number] for number in shown)
        takers = [number for number in shown if self._columns[number].stretch]
        if spare > 0 and not takers:
            takers = [number for number in shown if self._columns[number].kind in ("text", "strong", "chips")]
        total = sum(self._widths[number] for number in takers)
        self._filling = True
        for number in shown:
            width = self._widths[number]
            if number in takers:
                width = max(min(width, NARROW), width + spare * width // total)
            self.resizeSection(number, width)
        self._filling = False

    def shown(self) -> list[tuple[int, Column]]:
        """(number, column) of the visible columns in the order on the screen."""
        order = [self.logicalIndex(place) for place in range(self.count())]
        return [(number, self._columns[number]) for number in order if not self.isSectionHidden(number)]

    def show_sort(self, key: str, descending: bool) -> None:
        """Mark the column the list is sorted by."""
        self.key, self.descending = key, descending
        self.viewport().update()

    def menu(self) -> QMenu:
        """The menu that chooses columns."""
        menu = QMenu(self)
        for number, column in enumerate(self._columns):
            if not column.title:
                continue
            action = menu.addAction(_(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(number))
            action.setEnabled(self.isSectionHidden(number) or len(self.shown()) > 1)
            action.toggled.connect(lambda on, number=number: self._show_column(number, on))
        menu.addSeparator()
        menu.addAction(_("Columns as they were at first")).triggered.connect(self.reset_columns)
        return menu

    def reset_columns(self) -> None:
        """Forget which columns were chosen, moved and sized."""
        for number, column in enumerate(self._columns):
            self.moveSection(self.visualIndex(number), number)
            self.setSectionHidden(number, column.hidden)
            self._widths[number] = column.width
        self.fill()
        if self._remembered and self._name:
            self._remembered.forget(f"columns/{self._name}")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:
        painter.save()
        super().paintSection(painter, rect, number)
        painter.restore()
        column = self._columns[number]
        if column.key != self.key or not self.key:
            return
        width = self.fontMetrics().horizontalAdvance(_(column.title))
        right = bool(column.alignment & Qt.AlignmentFlag.AlignRight)
        x = rect.right() - 10 - width - 16 if right else rect.x() + 10 + width + 4
        spot = QPoint(max(rect.x() + 1, min(x, rect.right() - 14)), rect.center().y() - 6)
        picture = theme.pixmap(
            "chevron-down" if self.descending else "chevron-up", "accent", 12, self.devicePixelRatioF()
        )
        painter.drawPixmap(spot, picture)

    def _clicked(self, number: int) -> None:
        column = self._columns[number]
        if column.sortable and column.kind not in ("rank", "action", "check"):
            descending = not self.descending if column.key == self.key else False
            self.sort_wanted.emit(column.key, descending)

    def _show_column(self, number: int, on: bool) -> None:
        self.setSectionHidden(number, not on)
        self.fill()
        self._keep()

    def _resized(self, number: int, _before: int, width: int) -> None:
        if width and not self._filling:  # width set by the user; 0 means hidden
            self._widths[number] = width
            self._keep()

    def _keep(self, *_what: object) -> None:
        if not (self._remembered and self._name):
            return
        order = [self.logicalIndex(place) for place in range(self.count())]
        self._remembered.put(f"columns/{self._name}", [
            [self._columns[number].key, self._widths[number], self.isSectionHidden(number)] for number in order])
