"""Ctrl+K: one box that finds pages, actions, people and cases by Chinese words, pinyin initials or English words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from expertpool.foundation.language import _
from ui import theme
from ui.actions import ACTIONS
from ui.pages import PAGES, PageEntry
from ui.widgets.search_box import SearchBox
from ui.widgets.toast import shade

WIDTH, ROWS, LINE = 560, 9, 38


@dataclass(frozen=True)
class Finding:
    """One line of the box: its words, and what happens when it is chosen."""

    icon: str
    text: str
    second: str
    call: Callable[[], object]
    keys: str = ""


def matches(typed: str, text: str, letters: str, source: str) -> bool:
    """Whether the typed text finds an entry: by part of its words, its pinyin initials, or its English words."""
    wanted = typed.casefold().replace(" ", "")
    hay = (text.casefold().replace(" ", ""), source.casefold().replace(" ", ""))
    return any(wanted in one for one in hay) or (bool(letters) and letters.startswith(wanted))


class CommandBox(QFrame):
    """A box over the window's upper middle. ``find(typed, show)`` may add records later by calling
    ``show(findings)``."""

    def __init__(
        self,
        host: QWidget,
        go: Callable[[str], object],
        act: Callable[[str], object],
        find: Callable[[str, Callable[[Sequence[Finding]], None]], object],
        may: Callable[[str], bool] = lambda _operation: True,
        pages: Sequence[PageEntry] = PAGES,
    ) -> None:
        super().__init__(host)
        self.setObjectName("palette")
        self._go, self._act, self._find, self._may = go, act, find, may
        self._pages = pages
        self._host = host
        self._before: QWidget | None = None
        self.search = SearchBox(_("A person, a case number, a page or what you want to do"))
        self.search.setMaximumWidth(WIDTH)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Found"))
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAD, theme.PAD, theme.PAD, theme.PAD)
        column.setSpacing(theme.GAP)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self.search.textChanged.connect(self._typed)
        self.search.searched.connect(self._look)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._chosen)
        shade(self)
        self.hide()

    def open(self) -> None:
        """Show the box, empty, with the focus."""
        self._before = self._host.focusWidget()
        self.search.show_text("")
        self._typed("")
        self.move((self._host.width() - WIDTH) // 2, 72)
        self.show()
        self.raise_()
        self.search.setFocus()

    def leave(self) -> None:
        """Hide the box; the focus returns to where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._before = None

    def findings(self) -> list[Finding]:
        """The lines that the box shows now."""
        return [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]

    def _typed(self, text: str) -> None:
        self._fill(self._own(text.strip()))

    def _own(self, typed: str) -> list[Finding]:
        found = [
            Finding(
                page.icon, _(page.title), _("Page"), partial(self._go, page.name), f"Ctrl+{place}"
            )
            for place, page in enumerate(self._pages, start=1)
            if matches(typed, _(page.title), page.letters, page.title)
        ]
        return found + [
            Finding(
                entry.icon, _(entry.text), _("Action"), partial(self._act, entry.id), entry.shortcut
            )
            for entry in ACTIONS
            if entry.listed and self._may(entry.asks) and matches(typed, _(entry.text), entry.letters, entry.text)
        ]

    def _look(self, typed: str) -> None:
        if typed:
            self._find(typed, lambda records: self._add_records(typed, records))

    def _add_records(self, typed: str, records: Sequence[Finding]) -> None:
        if typed == self.search.text().strip():
            self._fill([*records, *self._own(typed)])

    def _fill(self, findings: Sequence[Finding]) -> None:
        self.list.clear()
        for finding in findings:
            item = QListWidgetItem(f"{finding.text} {finding.second}")
            item.setData(Qt.ItemDataRole.UserRole, finding)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(LINE * min(ROWS, max(1, len(findings))) + 2)
        self.setFixedSize(WIDTH, self._column.sizeHint().height())

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            finding: Finding = item.data(Qt.ItemDataRole.UserRole)
            self.leave()
            finding.call()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())
        return False

    def _key(self, key: int) -> bool:
        step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(key)
        if step and self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._chosen(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return step is not None
        return True


class _Lines(QStyledItemDelegate):
    """Paints lines: icon, words, second words, shortcut at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH - 40, LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        finding: Finding = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(2, 1, -2, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.qcolour("accent_soft"))
            painter.drawRoundedRect(rect, 6, 6)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            int(rect.x()) + 8,
            int(rect.center().y()) - 9,
            theme.pixmap(finding.icon or "chevron-right", "second", 18, ratio),
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small"))
        painter.setPen(theme.qcolour("second"))
        tail = finding.keys or finding.second
        width = painter.fontMetrics().horizontalAdvance(tail) + 12
        painter.drawText(rect.adjusted(0, 0, -10, 0), middle | Qt.AlignmentFlag.AlignRight, tail)
        words = rect.adjusted(36, 0, -width - 8, 0)
        painter.setFont(theme.font())
        painter.setPen(theme.qcolour("text"))
        shown = painter.fontMetrics().elidedText(
            finding.text, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, middle, shown)
        used = painter.fontMetrics().horizontalAdvance(shown) + 10
        if finding.keys == "" and used < words.width():
            painter.restore()
            return
        painter.setFont(theme.font("small"))
        painter.setPen(theme.qcolour("second"))
        painter.drawText(words.adjusted(used, 0, 0, 0), middle, finding.second if finding.keys else "")
        painter.restore()
