"""The common page of records: chips and list at the left, the card of the current record at the right, the form in
their place while one is edited, and the list as PDF."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.problems import ExpectedError
from ui import theme
from ui.list_paper import print_list
from ui.page import Page
from ui.record_form import RecordForm
from ui.widgets.cards import Card
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

LEAST = 320  # width of the card in pixels
Data = TypeVar("Data")


class RecordCard(Protocol):
    """What the page needs of the card of one record."""

    def show_nothing(self) -> None: ...


class RecordPage(Page, Generic[Data]):
    """A subclass builds its parts and hands them to :meth:`assemble`, then says how one record is read
    (:meth:`read_record`), shown (:meth:`show_record`) and identified (:meth:`key_of`); everything else is the same on
    every page.

    ``listed``: kinds of records whose changes alter the list itself, not only the card.
    """

    listed: tuple[str, ...] = ()
    table: RecordTable
    split: QSplitter

    # -- to be overridden by the page of a kind of record
    def read_record(self, pool: "ExpertPool", key: int | str) -> Data | None:
        """A record by id or by the key that other pages use, in a worker; None if it is gone."""
        raise NotImplementedError

    def show_record(self, data: Data) -> None:
        """Show a record on the card."""
        raise NotImplementedError

    def key_of(self, data: Data) -> tuple[int, str]:
        """(id in the list, uid) of a record."""
        raise NotImplementedError

    def widen(self, data: Data) -> None:
        """Remove filters until the record is in the list."""

    def count(self) -> None:
        """Read again how many records match each chip."""

    def make_form(self) -> RecordForm | None:
        """The page's form; None if records are edited elsewhere."""
        return None

    def heading(self) -> tuple[str, str]:
        """Title and filter for the printed list."""
        return self._title.text(), self.text

    # -- putting together
    def assemble(self, table: RecordTable, card: QWidget, *, above: QWidget | None = None, width: int = 346) -> None:
        """Lay out list and card; ``above`` are the chips, ``width`` is the card's first width in pixels."""
        self.table, self._card = table, card
        self.text = ""  # the text searched for
        self.record: Data | None = None  # the record on the card
        self.form: RecordForm | None = None
        self._wanted = False  # the record being read becomes the list's current one
        self._quiet = False  # the search box is emptied without starting a search
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack)
        listed = Card(padding=1)
        listed.add(table)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        if above is not None:
            column.addWidget(above)
        column.addWidget(listed, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(16)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(card)
        card.setMinimumWidth(LEAST)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([10_000, width])
        self.stack.addWidget(self.split)
        table.current_changed.connect(self._current)
        if self.search is not None:
            self.search.searched.connect(self._searched)
            self.search.down_pressed.connect(table.view.setFocus)

    # -- called by the window
    def open_record(self, kind: str, uid: str) -> None:
        if self.may_drop():
            self.leave_form()
            self.show_key(uid, select=True)

    def refresh(self, changes: Changes) -> None:
        if changes.many or not changes.ids or changes.touches(*(self.listed or self.kinds)):
            self.reload()
        if self.record is not None and self.list_shown:
            self.show_key(self.key_of(self.record)[1])

    def reload(self) -> None:
        self.table.reload()
        self.count()

    # -- the list
    @property
    def list_shown(self) -> bool:
        """Whether list and card are visible rather than the form."""
        return self.stack.currentWidget() is self.split

    def narrowed(self, *, keep: bool = True) -> None:
        """A filter was set or removed: read the list again."""
        self.table.reload(keep=keep)
        self.count()

    def show_text(self, text: str) -> None:
        """Put words into the search box without starting a search."""
        self._quiet, self.text = True, text
        if self.search is not None:
            self.search.show_text(text)
        self._quiet = False

    def choose_first(self) -> None:
        """Make the first row current if none is."""
        if self.table.current_id() is None and not self._wanted and self.table.count():
            self.table.select(self.table.all_ids()[0])

    def print_list(self) -> None:
        """Save the list as shown, or its selected rows, as PDF."""
        chosen = self.table.selected_ids()
        ids: Sequence[int] = chosen if len(chosen) > 1 else self.table.all_ids()
        title, narrowed = self.heading()
        print_list(self, self.table, ids, title, narrowed)

    def _searched(self, text: str) -> None:
        if self._quiet or not self.may_drop():
            return
        self.text = text
        self.leave_form()
        self.narrowed()

    # -- the card
    def show_key(self, key: str, *, select: bool = False) -> None:
        """Read a record by its uid or name; with ``select`` it becomes the list's current one."""
        self._wanted = select
        self._read(key)

    def _current(self, chosen: int | None) -> None:
        if self._wanted:
            return
        if chosen is None:
            self._show_nothing()
        else:
            self._read(chosen)

    def _read(self, key: int | str) -> None:
        pool = self.pool
        self.jobs.read(self, lambda: self.read_record(pool, key), self._show, key="card", failed=self._gone)

    def _show(self, data: Data | None) -> None:
        wanted, self._wanted = self._wanted, False
        if data is None:
            self._show_nothing()
            return
        number = self.key_of(data)[0]
        if wanted and not self.table.select(number):
            self.widen(data)
            self.show_text("")
            self.table.reload(select=number)
            self.count()
        self.record = data
        self.show_record(data)

    def _show_nothing(self) -> None:
        self.record = None
        card: Any = self._card
        card.show_nothing()

    def _gone(self, error: BaseException) -> bool:
        self._wanted = False
        self._show_nothing()
        return isinstance(error, ExpectedError)

    # -- the form
    def open_form(self) -> RecordForm:
        """Show the form; the page fills it."""
        if self.form is None:
            made = self.make_form()
            if made is None:
                raise LookupError("a page without a form has nothing to open")
            made.left.connect(self.leave_form)
            made.written.connect(self._written)
            self.stack.addWidget(made)
            self.form = made
        self.stack.setCurrentWidget(self.form)
        return self.form

    def may_drop(self) -> bool:
        """Whether an open form may be discarded; asks if something in it is not saved."""
        return self.form is None or self.stack.currentWidget() is not self.form or self.form.form.may_leave()

    def leave_form(self) -> None:
        """Return to list and card."""
        self.stack.setCurrentWidget(self.split)
        if self.isVisible():
            self.table.view.setFocus()

    def _written(self, key: str) -> None:
        self.leave_form()
        if key:
            self.show_key(key, select=True)
