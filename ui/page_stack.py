"""The pages of one window: built when first shown, informed of changes; hidden ones when they are next shown."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from ui import density
from ui.page import Page, Surroundings
from ui.pages import PageEntry
from ui.widgets.notes import EmptyState


class PageStack(QStackedWidget):
    """Shows one page at a time. ``came`` carries the name of the page now visible."""

    came = Signal(str)
    status_changed = Signal(str)

    def __init__(self, surroundings: Surroundings, pages: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setObjectName("pages")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._surroundings = surroundings
        self.entries = {entry.name: entry for entry in pages}
        self.pages: dict[str, Page] = {}
        self._stale: dict[str, Changes] = {}
        self._waiting = QWidget()
        self.addWidget(self._waiting)

    def current_name(self) -> str:
        """Name of the visible page, "" if none is."""
        return next((name for name, page in self.pages.items() if page is self.currentWidget()), "")

    def current(self) -> Page | None:
        """The visible page."""
        return self.pages.get(self.current_name())

    def page(self, name: str) -> Page:
        """A page, built now if it was never shown."""
        if name not in self.pages:
            self._surroundings.title = _(self.entries[name].title)
            page = self.entries[name].load()(self._surroundings)
            page.setAccessibleName(_(self.entries[name].title))
            page.status_changed.connect(self._status)
            density.dress(page, density.chosen(page.remembered))
            self.pages[name] = page
            self.addWidget(page)
        return self.pages[name]

    def go(self, name: str, arguments: dict[str, Any]) -> bool:
        """Show a page; False if the present one may not be left. ``kind`` and ``uid`` among the arguments open that
        record."""
        before = self.current()
        if before is not None and before is not self.pages.get(name) and not before.may_leave():
            return False
        page = self.page(name)
        if page is not before:
            self.setCurrentWidget(page)
        if (changes := self._stale.pop(name, None)) is not None:
            page.refresh(changes)
        kind, uid = arguments.pop("kind", ""), arguments.pop("uid", "")
        focused = self.window().focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.setFocus()
        page.shown(**arguments)
        if uid:
            page.open_record(kind, uid)
        self.came.emit(name)
        self.status_changed.emit(page.status)
        return True

    def broadcast(self, changes: Changes) -> None:
        """Something was written: the visible page refreshes now, the others when they are next shown."""
        for name, page in self.pages.items():
            if page.kinds and changes.ids and not changes.touches(*page.kinds):
                continue
            if page is self.currentWidget():
                page.refresh(changes)
            else:
                self._stale[name] = together(self._stale.get(name), changes)

    def say(self, icon: str, sentence: str, steps: Any = (), second: str = "") -> None:
        """Show a sentence in place of the pages: that a pool is being opened, or why that failed."""
        self.removeWidget(self._waiting)
        self._waiting.deleteLater()
        self._waiting = EmptyState(icon, sentence, steps, second)
        self.addWidget(self._waiting)
        self.setCurrentWidget(self._waiting)

    def drop_pages(self) -> None:
        """Discard all pages (another language, another pool); they are built again when shown."""
        for page in self.pages.values():
            self.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        self._stale.clear()

    def _status(self, text: str) -> None:
        if self.sender() is self.currentWidget():
            self.status_changed.emit(text)


def together(one: Changes | None, other: Changes) -> Changes:
    """Two changes combined, for a page that missed both."""
    if one is None:
        return other
    ids = {
        kind: one.ids.get(kind, frozenset()) | other.ids.get(kind, frozenset())
        for kind in one.ids.keys() | other.ids.keys()
    }
    uids = {
        kind: one.uids.get(kind, ()) + other.uids.get(kind, ())
        for kind in one.uids.keys() | other.uids.keys()
    }
    return Changes(other.entry, other.operation, ids, uids, one.many or other.many)
