"""The rail at the left (导航栏): pages in groups with badges, court and actor; can be narrowed to icons."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from expertpool.foundation.language import _
from ui import texts, theme
from ui.pages import GROUPS, PageEntry
from ui.widgets.labels import Elided, icon_button, label, tip


class RailButton(QAbstractButton):
    """One page in the rail: icon, words, a badge with the number of things to do."""

    def __init__(self, entry: PageEntry, place: int) -> None:
        super().__init__()
        self.entry, self.place, self.badge, self.narrow = entry, place, 0, False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_badge(0)

    def show_badge(self, count: int) -> None:
        """Show how many things are to be done; 0 shows no badge."""
        self.badge = count
        title = _(self.entry.title)
        self.setText(title)
        self.setAccessibleName(_("{page}, {count} to do").format(page=title, count=count) if count else title)
        tip(self, f"{title}  Ctrl+{self.place}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, theme.ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, on = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5), self.isChecked()
        painter.setPen(QPen(theme.qcolour("focus"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        ground = "accent_soft" if on else "hover" if self.underMouse() else "rail"
        painter.setBrush(theme.qcolour(ground))
        painter.drawRoundedRect(rect, 6, 6)
        picture = theme.pixmap(self.entry.icon, "accent" if on else "second", 20, self.devicePixelRatioF())
        x = (self.width() - 20) // 2 if self.narrow else 10
        painter.drawPixmap(x, (self.height() - 20) // 2, picture)
        if not self.narrow:
            painter.setFont(theme.font("base", bold=on))
            painter.setPen(theme.qcolour("accent" if on else "text"))
            words = rect.adjusted(40, 0, -(34 if self.badge else 6), 0)
            shown = painter.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, int(words.width())
            )
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        if self.badge:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        text = str(self.badge) if self.badge < 100 else "99+"
        font = theme.font("small")
        width = max(18.0, QFontMetricsF(font).horizontalAdvance(text) + 10)
        right, top = (self.width() - 2, 2) if self.narrow else (self.width() - 10, self.height() / 2 - 9)
        rect = QRectF(right - width, top, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.qcolour("danger_soft"))
        painter.drawRoundedRect(rect, 9, 9)
        painter.setFont(font)
        painter.setPen(theme.qcolour("danger"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """All pages, one of them chosen."""

    chosen = Signal(str)
    narrowed = Signal(bool)

    def __init__(self, pages: Sequence[PageEntry]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.narrow = False
        self.buttons: dict[str, RailButton] = {}
        self._headings: list[QWidget] = []
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(0)
        column.addWidget(self._brand())
        group = "work"
        for place, entry in enumerate(pages, start=1):
            if entry.group != group:
                group = entry.group
                column.addWidget(self._heading(_(GROUPS[group])))
            button = RailButton(entry, place)
            self._group.addButton(button)
            self.buttons[entry.name] = button
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(self._foot())
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(button.entry.name))
        self.set_narrow(False)

    def choose(self, name: str) -> None:
        """Mark a page as the visible one."""
        self.buttons[name].setChecked(True)

    def show_badges(self, badges: dict[str, int]) -> None:
        """Show numbers at pages; pages not named lose theirs."""
        for name, button in self.buttons.items():
            button.show_badge(int(badges.get(name, 0)))

    def show_who(self, court: str, actor: str, office: str = "", *, account: bool = False) -> None:
        """Show court, actor and office at the foot; ``account``: with the account's menu."""
        self.court.setText(court or _("Court not named yet"))
        self.actor.setText(texts.joined(actor, office))
        self.account.setVisible(account)

    def set_narrow(self, narrow: bool) -> None:
        """Show only icons, or icons with words."""
        self.narrow = narrow
        self.setFixedWidth(theme.RAIL_NARROW if narrow else theme.RAIL)
        for button in self.buttons.values():
            button.narrow = narrow
            button.update()
        for part in (self._names, self._who):
            part.setVisible(not narrow)
        for heading in self._headings:
            heading.setVisible(not narrow)
        words = _("Widen the rail") if narrow else _("Narrow the rail")
        tip(self.folding, f"{words}  Ctrl+B")
        self.folding.setAccessibleName(words)
        theme.dress(self.folding, "chevron-right" if narrow else "chevron-left", "second", 16)

    def _brand(self) -> QWidget:
        box = QWidget()
        box.setFixedHeight(theme.BAR + 8)
        self._names = QWidget()
        names = QVBoxLayout(self._names)
        names.setContentsMargins(0, 10, 0, 8)
        names.setSpacing(0)
        names.addWidget(label(_("Expert pool"), "brand"))
        names.addWidget(label("ExpertPool", "small"))
        mark = label()
        theme.dress(mark, "application", "accent", 26)
        row = QHBoxLayout(box)
        row.setContentsMargins(6, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(mark)
        row.addWidget(self._names, 1)
        return box

    def _heading(self, words: str) -> QWidget:
        made = label(words, "small")
        made.setContentsMargins(10, 12, 0, 4)
        self._headings.append(made)
        return made

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("railfoot")
        self._who = QWidget()
        who = QVBoxLayout(self._who)
        who.setContentsMargins(6, 8, 0, 0)
        who.setSpacing(2)
        self.court, self.actor = Elided("", "small"), Elided("", "small")
        for part in (self.court, self.actor):
            part.setMinimumHeight(18)
            who.addWidget(part)
        self.folding = icon_button("chevron-left", _("Narrow the rail"), size=16)
        self.folding.clicked.connect(lambda: self.narrowed.emit(not self.narrow))
        self.account = icon_button("person", _("Account"), size=16)
        self.account_menu = QMenu(self.account)
        self.account.setMenu(self.account_menu)
        self.account.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.account.hide()
        buttons = QVBoxLayout()
        buttons.setSpacing(0)
        buttons.addStretch(1)
        for button in (self.account, self.folding):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._who, 1)
        row.addLayout(buttons)
        return foot
