"""The one shape of a page of records: chips and list at the left, the card of the current record at the right, the
form in their place while one is edited, the list as shown on paper."""

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

LEAST = 320  # px of the card
Data = TypeVar("Data")


class RecordCard(Protocol):
    """What the page needs of the card of one record."""

    def show_nothing(self) -> None: ...


class RecordPage(Page, Generic[Data]):
    """A concrete page builds its parts and hands them to :meth:`assemble`, then says how one record is read
    (:meth:`read_record`), shown (:meth:`show_record`) and named (:meth:`key_of`); the rest is the same on every page.

    ``listed``: kinds of records whose changes alter the list itself, not only the card.
    """

    listed: tuple[str, ...] = ()
    table: RecordTable
    split: QSplitter

    # -- for the concrete page
    def read_record(self, pool: "ExpertPool", key: int | str) -> Data | None:
        """A record by id or by what other pages call it, in a worker; None if it is gone."""
        raise NotImplementedError

    def show_record(self, data: Data) -> None:
        """Show a record on the card."""
        raise NotImplementedError

    def key_of(self, data: Data) -> tuple[int, str]:
        """(id in the list, uid) of a record."""
        raise NotImplementedError

    def widen(self, data: Data) -> None:
        """Take filters away until the record is in the list."""

    def count(self) -> None:
        """Read again how many records each chip holds."""

    def make_form(self) -> RecordForm | None:
        """The page's form; None where records are edited elsewhere."""
        return None

    def heading(self) -> tuple[str, str]:
        """Title and filter of the list on paper."""
        return self._title.text(), self.text

    # -- putting together
    def assemble(self, table: RecordTable, card: QWidget, *, above: QWidget | None = None, width: int = 346) -> None:
        """Lay out list and card; ``above`` are the chips, ``width`` px is what the card starts with."""
        self.table, self._card = table, card
        self.text = ""  # what is searched for
        self.record: Data | None = None  # the record on the card
        self.form: RecordForm | None = None
        self._wanted = False  # the record being read is to become the current one of the list
        self._quiet = False  # the search box is emptied, not searched with
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

    # -- what the frame calls
    def open_record(self, kind: str, uid: str) -> None:
        if self.may_drop():
            self.leave_form()
            self.show_key(uid, select=True)

    def refresh(self, changes: Changes) -> None:
        if changes.many or not changes.ids or changes.touches(*(self.listed or self.kinds)):
            self.reload()
        if self.record is not None and self.listing:
            self.show_key(self.key_of(self.record)[1])

    def reload(self) -> None:
        self.table.reload()
        self.count()

    # -- the list
    @property
    def listing(self) -> bool:
        """Whether list and card are in sight rather than the form."""
        return self.stack.currentWidget() is self.split

    def narrowed(self, *, keep: bool = True) -> None:
        """A filter was set or taken away: read the list again."""
        self.table.reload(keep=keep)
        self.count()

    def show_text(self, text: str) -> None:
        """Put words into the search box without searching for them yet."""
        self._quiet, self.text = True, text
        if self.search is not None:
            self.search.show_text(text)
        self._quiet = False

    def choose_first(self) -> None:
        """Make the first row current where none is."""
        if self.table.current_id() is None and not self._wanted and self.table.count():
            self.table.select(self.table.all_ids()[0])

    def print_list(self) -> None:
        """The list as shown, or the rows selected in it, as PDF."""
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
        """Read a record by its uid or name; ``select`` makes it the current one of the list."""
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
        """The form, now in sight; the page fills it."""
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
        """Whether an open form may go away; asks if something in it is not saved."""
        return self.form is None or self.stack.currentWidget() is not self.form or self.form.form.may_leave()

    def leave_form(self) -> None:
        """Back to list and card."""
        self.stack.setCurrentWidget(self.split)
        if self.isVisible():
            self.table.view.setFocus()

    def _written(self, key: str) -> None:
        self.leave_form()
        if key:
            self.show_key(key, select=True)
