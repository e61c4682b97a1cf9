"""Keys that work everywhere in the window: its own actions, and Ctrl+1 … 9 for the pages."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from ui.actions import ACTIONS
from ui.pages import PageEntry

if TYPE_CHECKING:
    from ui.main_window import MainWindow

MOST_PAGES = 9


def bind(window: "MainWindow", pages: tuple[PageEntry, ...]) -> None:
    """Give the window its keys."""
    for entry in ACTIONS:
        if entry.shortcut and not entry.page:
            QShortcut(QKeySequence(entry.shortcut), window).activated.connect(partial(window.act, entry.id))
    for place, page in enumerate(pages[:MOST_PAGES], start=1):
        QShortcut(QKeySequence(f"Ctrl+{place}"), window).activated.connect(partial(window.navigate, page.name))
