"""The table used for all lists (列表): any number of rows, sorted by the database, painted page by page.

Ids come from ``ids(sort_key, descending)`` in a reading worker; rows come from ``rows(ids)``, 200 at a time.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from html import escape

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from expertpool.foundation.language import _
from ui import theme
from ui.jobs import Jobs
from ui.remembered import Remembered
from ui.widgets.notes import EmptyState
from ui.widgets.record_header import RecordHeader
from ui.widgets.record_model import Column, RecordModel, Row, Rows, cell_text
from ui.widgets.record_view import RecordView, spans

Ids = Callable[[str, bool], Sequence[int]]


class RecordTable(QWidget):
    """A list with headings, selection, copying, a context menu and an empty state.

    Without ``jobs`` the ids are read at once (short lists). ``name`` is the key under which columns are remembered.
    """

    current_changed = Signal(object)  # id of the current row, None without one
    activated = Signal(object)  # id: double click, Enter or F2
    selection_changed = Signal(int)  # how many rows are selected
    counted = Signal(int)  # how many rows the list has
    acted = Signal(object, str)  # id, key: a button or tick of the row was pressed

    def __init__(
        self,
        columns: Sequence[Column],
        ids: Ids,
        rows: Rows,
        *,
        jobs: Jobs | None = None,
        name: str = "",
        remembered: Remembered | None = None,
        empty: QWidget | None = None,
        sort: tuple[str, bool] = ("", False),
        row_height: int = theme.ROW,
        accessible: str = "",
    ) -> None:
        super().__init__()
        self._ids, self._jobs = ids, jobs
        self.model = RecordModel(columns, rows)
        self.view = RecordView(row_height)
        self.view.setAccessibleName(accessible or _("List"))
        self.header = RecordHeader(self.view, self.model.columns, name, remembered)
        self.view.setHorizontalHeader(self.header)
        self.view.setModel(self.model)
        self.header.arrange()
        self.header.show_sort(*sort)
        self.empty = empty or EmptyState("search", _("Nothing to show"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.menu_actions: list[QAction] = []
        self.header.sort_wanted.connect(self.sort)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.selectionModel().currentRowChanged.connect(self._moved)
        self.view.copy_wanted.connect(self.copy)
        self.view.opened.connect(self._opened)
        self.view.pressed_cell.connect(self._pressed)
        self.view.customContextMenuRequested.connect(self._menu)

    # -- what is shown
    def reload(self, *, keep: bool = True, select: int | None = None) -> None:
        """Read ids and rows again; position and selection are kept, or ``select`` becomes current."""
        key, descending = self.header.key, self.header.descending
        kept = (self.current_id(), frozenset(self.selected_ids()), self.view.verticalScrollBar().value())
        if select is not None:
            kept = (select, frozenset((select,)), kept[2])

        def show(found: Sequence[int]) -> None:
            self._show(found, kept if keep or select is not None else None)

        if self._jobs is None:
            show(self._ids(key, descending))
        else:
            self._jobs.read(self, lambda: self._ids(key, descending), show, key="ids")

    def refresh(self) -> None:
        """Read the rows again but not their order: some values changed."""
        self.model.forget()

    def sort(self, key: str, descending: bool) -> None:
        """Sort by a column; done by the database."""
        self.header.show_sort(key, descending)
        self.reload()

    def count(self) -> int:
        """How many rows the list has."""
        return len(self.model.ids)

    def shown_columns(self) -> list[Column]:
        """The visible columns in the order on the screen (for exporting what is shown)."""
        return [column for _number, column in self.header.shown()]

    def all_ids(self) -> "array[int]":
        """All ids in the order shown."""
        return self.model.ids

    # -- current and selected
    def current_id(self) -> int | None:
        """Id of the current row."""
        index = self.view.currentIndex()
        return self.model.ids[index.row()] if index.isValid() else None

    def current_row(self) -> Row:
        """The current row; empty without one."""
        index = self.view.currentIndex()
        return self.model.row(index.row()) if index.isValid() else {}

    def selected_ids(self) -> list[int]:
        """Ids of the selected rows in the order shown; iterates over ranges, not cells."""
        return [self.model.ids[row] for row in self._selected_rows()]

    def select(self, wanted: int) -> bool:
        """Make the row with this id current; False if it is not in the list."""
        try:
            row = self.model.ids.index(wanted)
        except ValueError:
            return False
        self.view.selectRow(row)
        self.view.scrollTo(self.model.index(row, 0))
        return True

    # -- copying
    def copy(self) -> None:
        """The selected rows as a table for Excel and WPS: tab-separated text and HTML."""
        lines = list(self._lines(self._selected_rows()))
        data = QMimeData()
        data.setText("\n".join("\t".join(line) for line in lines))
        data.setHtml(
            "<table>"
            + "".join(
                "<tr>"
                + "".join(f"<td style=\"mso-number-format:'@'\">{escape(cell)}</td>" for cell in line)
                + "</tr>"
                for line in lines
            )
            + "</table>"
        )
        QApplication.clipboard().setMimeData(data)

    def _lines(self, rows: Iterator[int]) -> Iterator[list[str]]:
        columns = [column for column in self.shown_columns() if column.kind not in ("check", "action")]
        yield [_(column.title) for column in columns]
        for row in rows:
            values = self.model.row(row)
            yield [" ".join(cell_text(column, values, row).split()) for column in columns]

    # -- inside
    def _show(self, found: Sequence[int], kept: tuple[int | None, frozenset[int], int] | None) -> None:
        before = self.current_id()
        self.view.selectionModel().blockSignals(True)
        self.model.show_ids(found)
        if kept:
            self._restore(*kept)
        self.view.selectionModel().blockSignals(False)
        self._stack.setCurrentWidget(self.view if self.model.ids else self.empty)
        self.counted.emit(len(self.model.ids))
        self.selection_changed.emit(self._selected_count())
        if self.current_id() != before or self.current_id() is None:
            self.current_changed.emit(self.current_id())
        self.view.viewport().update()

    def _restore(self, current: int | None, selected: frozenset[int], place: int) -> None:
        if current is None and not selected:
            return
        selection, model = QItemSelection(), self.model
        last = len(model.columns) - 1
        for top, bottom in _spans(model.ids, selected):
            selection.select(model.index(top, 0), model.index(bottom, last))
        chosen = self.view.selectionModel()
        chosen.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current is not None and current in model.ids:
            row = model.ids.index(current)
            chosen.setCurrentIndex(model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.verticalScrollBar().setValue(place)
            self.view.scrollTo(model.index(row, 0))

    def _selected_rows(self) -> Iterator[int]:
        ranges = sorted((span.top(), span.bottom()) for span in spans(self.view.selectionModel()))
        after = -1
        for top, bottom in ranges:
            yield from range(max(top, after + 1), bottom + 1)
            after = max(after, bottom)

    def _selected_count(self) -> int:
        return sum(span.bottom() - span.top() + 1 for span in spans(self.view.selectionModel()))

    def _selected(self) -> None:
        self.selection_changed.emit(self._selected_count())

    def _moved(self) -> None:
        self.current_changed.emit(self.current_id())

    def _opened(self, row: int) -> None:
        self.activated.emit(self.model.ids[row])

    def _pressed(self, row: int, number: int) -> None:
        column = self.model.columns[number]
        if column.kind in ("check", "action") and (
            column.kind == "check" or self.model.row(row).get(column.key)
        ):
            self.acted.emit(self.model.ids[row], column.key)

    def _menu(self, place: QPoint) -> None:
        self.menu().popup(self.view.viewport().mapToGlobal(place))

    def menu(self) -> QMenu:
        """The context menu: the page's own actions, then copying and selecting all."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.menu_actions)
        if self.menu_actions:
            menu.addSeparator()
        for words, name, call in (
            (_("Copy as a table"), "copy", self.copy),
            (_("Select all"), "check", self.view.selectAll),
        ):
            menu.addAction(theme.icon(name), words).triggered.connect(call)
        return menu


def _spans(ids: Sequence[int], selected: frozenset[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of every run of selected rows."""
    top = -1
    for row, one in enumerate(ids if selected else ()):
        if one in selected:
            top = row if top < 0 else top
        elif top >= 0:
            yield top, row - 1
            top = -1
    if top >= 0:
        yield top, len(ids) - 1
