"""The base of every page: a title bar with search and at most three actions, a body, a status text."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from ui import theme
from ui.actions import action
from ui.allowed import allowed, offer
from ui.feedback import Feedback
from ui.jobs import Jobs
from ui.prompts import Prompts
from ui.remembered import Remembered
from ui.widgets.form import Form
from ui.widgets.labels import label, tip
from ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool
    from ui.main_window import MainWindow

MOST_ACTIONS = 3
FIND = "Ctrl+F"


class Navigate(Protocol):
    """Goes to a page and hands it arguments."""

    def __call__(self, page: str, **arguments: object) -> bool: ...


@dataclass
class Surroundings:
    """What a page needs of the window. ``pool`` is None until one is open; no page is built before that."""

    jobs: Jobs
    feedback: Feedback
    prompts: Prompts
    remembered: Remembered
    navigate: Navigate
    pool: "ExpertPool | None" = None
    title: str = ""
    window: "MainWindow | None" = field(default=None, repr=False)


class Page(QWidget):
    """A page of the window. Subclasses fill :meth:`build` and override the methods they need.

    ``kinds``: kinds of records the page shows; :meth:`refresh` is called only for changes that touch one of them
    (empty: for every change). A hidden page is refreshed when it is next shown.
    """

    status_changed = Signal(str)
    kinds: tuple[str, ...] = ()
    embedded = False  # part of another page: without title bar and margins of its own

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.setObjectName("page")
        self.surroundings = surroundings
        self.jobs, self.feedback = surroundings.jobs, surroundings.feedback
        self.prompts, self.remembered = surroundings.prompts, surroundings.remembered
        self.navigate = surroundings.navigate
        self.search: SearchBox | None = None
        self.status = ""
        self._actions: dict[str, QPushButton] = {}
        self._bar = QFrame()
        self._bar.setObjectName("titlebar")
        self._bar.setFixedHeight(theme.BAR)
        self._title = label(surroundings.title, "title")
        self._second = label("", "second")
        self._row = QHBoxLayout(self._bar)
        self._row.setContentsMargins(theme.WIDE, 0, theme.WIDE, 0)
        self._row.setSpacing(theme.PAD)
        self._left = QHBoxLayout()
        self._left.setSpacing(theme.PAD)
        self._right = QHBoxLayout()
        self._right.setSpacing(theme.GAP)
        self._row.addWidget(self._title)
        self._row.addWidget(self._second)
        self._row.addLayout(self._left, 1)
        self._row.addLayout(self._right)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(theme.WIDE, 16, theme.WIDE, 16)
        self.body.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        below = QWidget()
        below.setLayout(self.body)
        column.addWidget(below, 1)
        if self.embedded:
            self._bar.hide()
            self.body.setContentsMargins(0, 0, 0, 0)
        self.build()
        if self.search is None:
            self._left.addStretch(1)

    # -- to be overridden
    def build(self) -> None:
        """Make the page's parts; called once, before it is first shown."""

    def shown(self, **arguments: Any) -> None:
        """The page is now visible; receives the arguments of ``navigate``."""

    def refresh(self, changes: Changes) -> None:
        """Something that the page shows was written: read it again."""

    def reload(self) -> None:
        """Read everything again (F5)."""
        self.refresh(Changes(many=True))

    def open_record(self, kind: str, uid: str) -> None:
        """Show one record; called just after the page became visible."""

    def may_leave(self) -> bool:
        """Whether the page may be left: unsaved forms on it are asked about."""
        return all(form.may_leave() for form in self.findChildren(Form) if form.isVisible())

    # -- for use by the page
    @property
    def pool(self) -> "ExpertPool":
        """The open pool; pages are built only once there is one."""
        return cast("ExpertPool", self.surroundings.pool)

    def set_title(self, title: str, second: str = "") -> None:
        """Set the title; ``second`` follows it in the second colour."""
        self._title.setText(title)
        self._second.setText(second)

    def set_status(self, text: str) -> None:
        """Set the text of the status line for as long as the page is visible."""
        self.status = text
        self.status_changed.emit(text)

    def add_search(self, hint: str) -> SearchBox:
        """Add the page's only search box; Ctrl+F moves the focus to it."""
        self.search = SearchBox(f"{hint}    {FIND}")
        self._left.addWidget(self.search, 3)
        self._left.addStretch(1)
        QShortcut(QKeySequence(FIND), self).activated.connect(self._to_search)
        return self.search

    def add_to_title(self, widget: QWidget) -> QWidget:
        """Put something else beside the title, e.g. the steps of an import."""
        self._left.addWidget(widget)
        return widget

    def add_action(self, name: str, *, primary: bool = False, words: str = "") -> QPushButton:
        """Add a button for an action to the right of the title bar; at most three, one of them primary.

        Users who may not do it do not see it.
        """
        if len(self._actions) >= MOST_ACTIONS:
            raise ValueError(f"more than {MOST_ACTIONS} actions on one page: {name}")
        entry = action(name)
        button = QPushButton(words or _(entry.text))
        if primary:
            button.setProperty("role", "primary")
        offer(self.pool, entry.asks, button)
        if entry.shortcut:
            tip(button, QKeySequence(entry.shortcut).toString(QKeySequence.SequenceFormat.NativeText))
            QShortcut(QKeySequence(entry.shortcut), self).activated.connect(button.click)
        button.clicked.connect(lambda: entry.run(self) if allowed(self.pool, entry.asks) else None)
        self._right.addWidget(button)
        self._actions[name] = button
        return button

    def action_button(self, name: str) -> QPushButton:
        """The title bar's button of an action, to enable it or change its words."""
        return self._actions[name]

    def menu_action(self, name: str) -> QAction:
        """An action of the table for context menus, with its shortcut working on this page."""
        entry = action(name)
        made = QAction(theme.icon(entry.icon) if entry.icon else theme.icon("more"), _(entry.text), self)
        made.setVisible(allowed(self.pool, entry.asks))
        if entry.shortcut and name not in self._actions:
            made.setShortcut(QKeySequence(entry.shortcut))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(made)
        made.triggered.connect(lambda: entry.run(self) if allowed(self.pool, entry.asks) else None)
        return made

    def link(self, words: str, call: Callable[[], object]) -> QPushButton:
        """A button that looks like a link, for use inside cards."""
        made = QPushButton(words)
        made.setProperty("role", "link")
        made.clicked.connect(lambda: call())
        return made

    def _to_search(self) -> None:
        if self.search is not None:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
