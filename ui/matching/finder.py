"""The search box of matching: a whole 案号 in any spelling is matched at once, any other text offers cases."""

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter

from expertpool.cases.case_number import parse
from ui.matching.reading import number_hits
from ui.page import Page
from ui.widgets.search_box import SearchBox

GAP = "   "  # between number and parties in the offered lines


class CaseFinder(QObject):
    """``wanted(number)`` is a case named or picked, ``typed(text)`` every search."""

    wanted = Signal(str)
    typed = Signal(str)

    def __init__(self, page: Page, box: SearchBox) -> None:
        super().__init__(page)
        self._page, self._box = page, box
        self._quiet = False  # the number is only shown, not searched for
        self._shown = ""
        self._offers = QStringListModel(self)
        self.completer = QCompleter(self._offers, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setWidget(box)
        self.completer.activated.connect(self._picked)
        popup = self.completer.popup()
        if popup is None:  # Qt makes it when first asked for
            raise LookupError("a completer without offers")
        self._popup: QAbstractItemView = popup
        self._popup.installEventFilter(self)
        box.searched.connect(self._searched)

    def show_number(self, number: str) -> None:
        """Show the number of the current case ("" for none) without searching for it."""
        self._quiet = True
        self._box.show_text(number)
        self._quiet = False
        self._shown = number

    def eventFilter(self, popup: QObject, event: QEvent) -> bool:
        """Let the offered lines have Enter and Esc, which the search box would take."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self._popup.hide()
            return True
        index = self._popup.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._popup.hide()
            self._picked(str(index.data()))
            return True
        return False

    def _searched(self, text: str) -> None:
        if self._quiet:
            return
        in_hand = bool(self._shown)
        self.typed.emit(text)
        if text and (in_hand or parse(text).recognised):
            pool = self._page.pool
            self._page.jobs.read(self, lambda: number_hits(pool, text), lambda hits: self._offer(text, hits),
                                 key="hits")

    def _offer(self, text: str, hits: list[tuple[str, str]]) -> None:
        wanted = parse(text)
        if wanted.recognised and [number for number, _parties in hits] == [wanted.normalised]:
            if wanted.normalised != self._shown:
                self.wanted.emit(wanted.normalised)
            return
        self._offers.setStringList([f"{number}{GAP}{parties}" for number, parties in hits])
        if self._shown and hits and self._box.hasFocus():
            self.completer.complete()

    def _picked(self, line: str) -> None:
        self.wanted.emit(line.split(GAP)[0])
