"""The card of one person, at the right of the list: head, tabs 概要

履职
利害关系
历史, buttons.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.allowed import May, everything
from ui.experts import card_parts
from ui.experts.history import show_history
from ui.experts.interests import is_over, show_interests
from ui.experts.reading import PersonCardData, person_state
from ui.texts import joined, word
from ui.widgets.cards import Masked, empty
from ui.widgets.chips import StatePill
from ui.widgets.labels import label, tip
from ui.widgets.tabs import Tabs


class PersonCard(QFrame):
    """Shows one person. ``edit`` and ``standing`` are emitted by buttons; ``reveal(masked, what, key)`` asks for a
    full number; ``history_wanted`` asks the page for the history; ``opened(uid)`` is a case from the list of
    service."""

    edit = Signal()
    standing = Signal()
    reveal = Signal(object, str, object)
    history_wanted = Signal()
    opened = Signal(str)
    declaration = Signal(str)  # record, print or read
    unmerge = Signal(str, str)  # uid and name of a person merged into this one

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(_("Card of the expert"))
        self.data: PersonCardData | None = None
        self.history: list[dict[str, object]] | None = None
        self.masked: dict[object, Masked] = {}
        self.may: May = everything
        self.head = QVBoxLayout()
        self.head.setSpacing(theme.STEP)
        self.tabs = Tabs([("summary", _("Summary")), ("service", _("Service")), ("interests", _("Interests")),
                          ("history", _("History"))], name=_("Parts of the card"))
        self.tabs.changed.connect(self._draw)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("inside")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, theme.GAP, 0)
        self.body.setSpacing(theme.GAP)
        self.area.setWidget(inside)
        self.editing = QPushButton(_("Edit"))
        tip(self.editing, "F2")
        self.editing.clicked.connect(self.edit)
        self.changing = QPushButton(_("Suspend"))
        self.changing.clicked.connect(self.standing)
        self.foot = QWidget()
        buttons = QHBoxLayout(self.foot)
        buttons.setContentsMargins(0, theme.STEP, 0, 0)
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.editing)
        buttons.addWidget(self.changing)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.PAD)
        column.addLayout(self.head)
        column.addWidget(self.tabs)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No person is current."""
        self._clear()
        self.data, self.history = None, None
        self.tabs.hide()
        self.foot.hide()
        self.body.addStretch(1)
        said = label(_("Choose an expert to see fields, terms, service and interests."), "second", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(said)
        self.body.addStretch(2)

    def show_person(self, data: PersonCardData) -> None:
        """Show a person; the open tab stays open."""
        same = self.data is not None and self.data.detail.uid == data.detail.uid
        place = self.area.verticalScrollBar().value() if same else 0
        self.data, self.history = data, None
        self.tabs.show()
        self.foot.show()
        held = sum(not is_over(row) for row in data.detail.children["interests"])
        self.tabs.show_counts({"service": len(data.service), "interests": held})
        active = data.detail.state == "active"
        self.changing.setText(_("Suspend") if active else _("Reinstate"))
        self.changing.setVisible(data.detail.state != "merged")
        self._draw(self.tabs.current())
        self.area.verticalScrollBar().setValue(place)

    def show_history(self, steps: list[dict[str, object]]) -> None:
        """Show the history that was read."""
        self.history = steps
        if self.tabs.current() == "history":
            self._draw("history")

    def _draw(self, tab: str) -> None:
        if self.data is None:
            return
        self._clear()
        self._head(self.data)
        if tab == "summary":
            card_parts.summary(self.body, self.data, self._add_masked)
        elif tab == "service":
            card_parts.service(self.body, self.data, self.opened.emit)
        elif tab == "interests":
            show_interests(self.body, self.data, self._add_masked, self.declaration.emit)
        elif self.history is None:
            self.body.addWidget(label(_("Reading …"), "second"))
            self.history_wanted.emit()
        else:
            show_history(self.body, self.data, self.history)
        self.body.addStretch(1)

    def _head(self, data: PersonCardData) -> None:
        detail = data.detail
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(label(detail.name, "title", copyable=True))
        row.addWidget(StatePill(*person_state(detail.state)))
        row.addStretch(1)
        self.head.addLayout(row)
        level = word("title_level", detail.values["title_level"])
        title = detail.values["title"]
        titled = f"{title}（{level}）" if title and level else title or level
        job = detail.current_job
        self.head.addWidget(label(joined(job["employer"] + job["department"], titled) or "—", "second", wrap=True))
        if detail.values["state_reason"] and detail.state != "active":
            since = detail.values["state_since"]
            self.head.addWidget(label(_("Since {day}: {reason}").format(
                day=since, reason=detail.values["state_reason"]), "small", wrap=True))

        for uid, name in data.absorbed:
            line = QHBoxLayout()
            line.addWidget(label(_("{name} was merged into this record.").format(name=name), "small"))
            undo = QPushButton(_("Undo the merge"))
            undo.setProperty("role", "link")
            undo.clicked.connect(lambda _checked=False, uid=uid, name=name: self.unmerge.emit(uid, name))
            if self.may("unmerge people"):
                line.addWidget(undo)
            line.addStretch(1)
            self.head.addLayout(line)

    def _add_masked(self, grid: Any, words: str, value: str, key: object) -> None:
        """A masked number with its button."""
        self.masked[key] = grid.add_masked(words, value, lambda masked: self.reveal.emit(masked, words, key))
        if not self.may("reveal"):
            self.masked[key].button.hide()

    def _clear(self) -> None:
        self.masked = {}
        empty(self.head)
        empty(self.body)
