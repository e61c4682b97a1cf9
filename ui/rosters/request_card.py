"""The request for a roster (名册要求): role, for whom, title, edition, order, search."""

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import texts, theme
from ui.rosters.audiences import AUDIENCES, RECEIVED, SAID
from ui.widgets.cards import Card
from ui.widgets.chips import FilterChips
from ui.widgets.fields import ChoiceField, Field, TextField
from ui.widgets.labels import label

DELAY = 250  # milliseconds after the last key before the preview is made again
_ORDERS = (("name", N_("By name (pinyin)")), ("field", N_("By technical field")))


class RequestCard(Card):
    """Emits ``changed`` shortly after the last change; :meth:`request` is what was entered."""

    changed = Signal()

    def __init__(self, remembered: Any) -> None:
        super().__init__(_("Roster"))
        self._remembered = remembered
        self.body.setSpacing(theme.PAD)
        self.audience = FilterChips(_("For whom"), [(code, _(word)) for code, word in AUDIENCES])
        self.said = label("", "small", wrap=True)
        self.role = ChoiceField("role", _("Role"), texts.choices("role"), empty=_("All roles"))
        self.title = TextField("title", _("Title of the roster"), longest=80,
                               placeholder=_("court, role and “roster”"))
        self.edition = TextField("edition", _("Edition"), longest=40, placeholder=_("e.g. 2026, no. 1"))
        self.receiver = TextField("receiver", _("Receiver"), longest=80, placeholder=_("court or office, person"))
        orders = [(code, _(word)) for code, word in _ORDERS]
        self.order = ChoiceField("order", _("Order of people"), orders, empty=None)
        self.search = TextField("search", _("Only people matching"), longest=80,
                                placeholder=_("name, unit, field …"))
        self.add(self.audience)
        self.add(self.said)
        self.add(self.receiver)
        self.add(self._pair(self.role, self.order))
        self.add(self.title)
        self.add(self._pair(self.edition, self.search))
        self.body.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.changed)
        self._restore()
        self.audience.chosen.connect(self._audience_chosen)
        for field in (self.receiver, self.role, self.title, self.edition, self.order, self.search):
            field.changed.connect(self._timer.start)

    def _pair(self, one: Field, other: Field) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.PAD)
        for field in (one, other):
            row.addWidget(field, 1)
        return box

    def _restore(self) -> None:
        kept = self._remembered.get("roster", {})
        kept = kept if isinstance(kept, dict) else {}
        purpose = str(kept.get("purpose", ""))
        self._show_audience(purpose if purpose in SAID else AUDIENCES[0][0])
        self.role.show(kept.get("role", ""))
        self.receiver.show(kept.get("receiver", ""))
        self.order.show(kept.get("order", "name"))
        self.title.show(kept.get("title", ""))
        self.edition.show(kept.get("edition", ""))
        self.search.show("")

    def keep(self) -> None:
        """Keep everything except the search for the next time."""
        request = self.request()
        self._remembered.put("roster", {name: request[name] for name in ("role", "purpose", "title", "edition",
                                                                         "order", "receiver")})

    def show_role(self, role: str) -> None:
        """Choose one role, as another page wants it."""
        self.role.show(role)
        self.changed.emit()

    def request(self) -> dict[str, Any]:
        """What was entered, as a :class:`RosterRequest` takes it."""
        return {"role": self.role.value() or "", "purpose": str(self.audience.choice()),
                "receiver": self.receiver.value(), "title": self.title.value(), "edition": self.edition.value(),
                "order": self.order.value() or "name", "search": self.search.value()}

    def _show_audience(self, purpose: str) -> None:
        self.audience.choose(purpose)
        self.said.setText(_(SAID[purpose]))
        self.receiver.setVisible(purpose in RECEIVED)

    def _audience_chosen(self, purpose: str) -> None:
        self._show_audience(purpose)
        self.changed.emit()
