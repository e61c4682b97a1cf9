"""Parties in the case form: a box that recognises pasted text, and rows with their agents."""

from typing import Any

from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from expertpool.cases.party_text import read_parties
from expertpool.foundation.language import _
from ui import theme
from ui.texts import choices, joined, word
from ui.widgets.fields import Choice, Field
from ui.widgets.labels import icon_button, label, tip

EXAMPLE = "原告：甲公司；委托诉讼代理人：某某，某某律师事务所律师；被告：乙公司、丙公司"


class PartiesField(Field):
    """``value()`` is a list of parties as in the draft, each with ``agents``."""

    def __init__(self, name: str, words: str) -> None:
        holder = QFrame()
        super().__init__(name, words, holder)
        self.parties: list[PartyRow] = []
        self.paste = QPlainTextEdit()
        self.paste.setTabChangesFocus(True)
        self.paste.setFixedHeight(58)
        self.paste.setPlaceholderText(_("Paste here, e.g. {example}").format(example=EXAMPLE))
        self.paste.setAccessibleName(_("Paste parties"))
        self.paste.textChanged.connect(self._pasted)
        self.taking = QPushButton()
        self.taking.clicked.connect(self.take)
        above = QHBoxLayout()
        above.setSpacing(theme.GAP)
        above.addWidget(self.paste, 1)
        above.addWidget(self.taking)
        self.adding = QPushButton(_("Add a party"))
        self.adding.setProperty("role", "link")
        theme.dress(self.adding, "add", "accent", 14)
        self.adding.clicked.connect(self._add_empty)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self._column.addLayout(above)
        line = QHBoxLayout()
        line.addWidget(self.adding)
        line.addStretch(1)
        self._column.addLayout(line)
        self.setFocusProxy(self.paste)
        self._pasted()

    def value(self) -> list[dict[str, object]]:
        return [row.value() for row in self.parties if row.filled()]

    def said(self, value: Any) -> str:
        lines = []
        for party in value or ():
            agents = "、".join(joined(agent["name"], agent["firm"]) for agent in party["agents"])
            lines.append(joined(word("party_side", party["side"]), party["name"], party["legal_representative"],
                                party["credit_code"], _("Agents: {names}").format(names=agents) if agents else ""))
        return "\n".join(lines)

    def take(self) -> None:
        """Turn the pasted text into rows; existing parties get the details they lack."""
        for party in read_parties(self.paste.toPlainText()):
            agents = [vars(agent) | {"relation": ""} for agent in party.agents]
            content = vars(party) | {"agents": agents}
            known = next((row for row in self.parties if row.key() == (party.side, party.name)), None)
            if known is None:
                self._add(content)
            else:
                known.complete(content)
        self.paste.clear()
        self.changed.emit()

    def _pasted(self) -> None:
        found = read_parties(self.paste.toPlainText())
        self.taking.setEnabled(bool(found))
        self.taking.setText(_("Take {count} parties").format(count=len(found)) if found else _("Take parties"))

    def _put(self, value: Any) -> None:
        for row in list(self.parties):
            self._drop(row)
        for entry in value or ():
            self._add(dict(entry))
        self.paste.clear()

    def _add_empty(self) -> None:
        used = {row.value()["side"] for row in self.parties}
        self._add({"side": "defendant" if "plaintiff" in used else "plaintiff"}).name.setFocus()

    def _add(self, content: dict[str, object]) -> "PartyRow":
        row = PartyRow(content, self)
        self.parties.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        row.removing.clicked.connect(lambda: self._remove(row))
        return row

    def _remove(self, row: "PartyRow") -> None:
        self._drop(row)
        self.changed.emit()

    def _drop(self, row: "PartyRow") -> None:
        self.parties.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()


class PartyRow(QFrame):
    """One party: side, name, kind, legal representative, credit code; below it the agents."""

    def __init__(self, content: dict[str, Any], owner: PartiesField) -> None:
        super().__init__()
        self._content, self._owner = content, owner
        self.side = _choice("party_side", _("Side"), content.get("side", "plaintiff"), 112)
        self.kind = _choice("party_kind", _("Kind of party"), content.get("kind", "organisation"), 160)
        self.name = _edit(_("Name of the party"), content.get("name", ""))
        self.representative = _edit(_("Legal representative"), content.get("legal_representative", ""))
        self.code = _edit(_("Credit code"), content.get("credit_code", ""))
        self.agents: list[AgentRow] = []
        self.adding = QPushButton(_("Agent"))
        self.adding.setProperty("role", "link")
        self.adding.setAccessibleName(_("Add an agent"))
        theme.dress(self.adding, "add", "accent", 14)
        self.adding.clicked.connect(self._add_empty)
        self.removing = icon_button("close", _("Remove this party"), size=14)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP)
        for place, (part, stretch) in enumerate((
                (self.side, 0), (self.name, 5), (self.kind, 0), (self.representative, 3), (self.code, 3),
                (self.adding, 0), (self.removing, 0))):
            grid.addWidget(part, 0, place)
            grid.setColumnStretch(place, stretch)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.STEP)
        self._column.addLayout(grid)
        for agent in content.get("agents", ()):
            self.add_agent(agent)
        for edit in (self.name, self.representative, self.code):
            edit.textChanged.connect(owner.changed)
        for box in (self.side, self.kind):
            box.currentIndexChanged.connect(owner.changed)

    def _add_empty(self) -> None:
        self.add_agent({}).name.setFocus()
        self._owner.changed.emit()

    def key(self) -> tuple[str, str]:
        """Side and name: the same party has the same key."""
        return self.side.currentData(), self.name.text().strip()

    def filled(self) -> bool:
        """Whether it has a name."""
        return bool(self.name.text().strip())

    def complete(self, content: dict[str, Any]) -> None:
        """Fill empty values from pasted text and add missing agents."""
        for edit, key in ((self.representative, "legal_representative"), (self.code, "credit_code")):
            if not edit.text().strip():
                edit.setText(content[key])
        known = {agent.name.text().strip() for agent in self.agents}
        for agent in content["agents"]:
            if agent["name"] not in known:
                self.add_agent(agent)

    def add_agent(self, content: dict[str, object]) -> "AgentRow":
        """Add an agent below the others."""
        row = AgentRow(content, self._owner)
        self.agents.append(row)
        self._column.addWidget(row)
        row.removing.clicked.connect(lambda: self._drop(row))
        return row

    def value(self) -> dict[str, object]:
        """The party as in the draft; values without a field here stay as they were."""
        return {"credit_code": "", "id_number": "", "address": "", **self._content} | {
            "side": self.side.currentData(), "name": self.name.text().strip(), "kind": self.kind.currentData(),
            "legal_representative": self.representative.text().strip(), "credit_code": self.code.text().strip(),
            "agents": [agent.value() for agent in self.agents if agent.name.text().strip()]}

    def _drop(self, row: "AgentRow") -> None:
        self.agents.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._owner.changed.emit()


class AgentRow(QWidget):
    """One agent: name, kind, firm."""

    def __init__(self, content: dict[str, Any], owner: PartiesField) -> None:
        super().__init__()
        self._content = content
        self.name = _edit(_("Agent's name"), content.get("name", ""))
        self.kind = _choice("agent_kind", _("Kind of agent"), content.get("kind", "lawyer"), 128)
        self.firm = _edit(_("Firm of the agent"), content.get("firm", ""))
        self.removing = icon_button("close", _("Remove this agent"), size=14)
        row = QHBoxLayout(self)
        row.setContentsMargins(116, 0, 0, 0)
        row.setSpacing(theme.STEP)
        row.addWidget(label(_("Agent"), "small"))
        for part, stretch in ((self.name, 2), (self.kind, 0), (self.firm, 5), (self.removing, 0)):
            row.addWidget(part, stretch)
        self.name.textChanged.connect(owner.changed)
        self.firm.textChanged.connect(owner.changed)
        self.kind.currentIndexChanged.connect(owner.changed)

    def value(self) -> dict[str, Any]:
        """The agent as in the draft."""
        return {"relation": "", **self._content} | {
            "name": self.name.text().strip(), "kind": self.kind.currentData(), "firm": self.firm.text().strip()}


def _edit(words: str, value: str) -> QLineEdit:
    made = QLineEdit(value)
    made.setPlaceholderText(words)
    made.setAccessibleName(words)
    tip(made, words)
    made.setMinimumWidth(72)
    return made


def _choice(kind: str, words: str, value: str, width: int) -> Choice:
    made = Choice(words, choices(kind))
    made.setFixedWidth(width)
    tip(made, words)
    place = made.findData(value)
    if place < 0:
        made.addItem(value, value)
        place = made.count() - 1
    made.setCurrentIndex(place)
    return made
