"""The card of one case, at the right of the list: number, chain of cases, assignments, parties, patents, fields,
dates."""


from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from expertpool.assignments.states import next_states
from expertpool.cases.catalogue import CASE
from expertpool.cases.details import CaseDetail
from expertpool.fields.tree import tree
from expertpool.foundation.language import _
from ui import theme
from ui.allowed import May, everything
from ui.case_reading import CaseCardData, procedure_of_case
from ui.cases.assignments import AssignmentLine
from ui.cases.reading import state_pill
from ui.texts import joined, word
from ui.widgets.cards import FieldGrid, ScrollCard, empty
from ui.widgets.chips import StatePill
from ui.widgets.labels import Line, SectionHeading, label, tip
from ui.widgets.lineage import LineageBar


class CaseCard(ScrollCard):
    """Shows one case. ``match``, ``edit`` and ``close_case`` are pressed buttons; ``opened(uid)`` another case of the
    chain; ``stepped(row, state)`` the next step of an assignment; ``asked(row, action)`` what is wanted of its
    recusal."""

    match = Signal()
    edit = Signal()
    closing = Signal()
    opened = Signal(str)
    stepped = Signal(object, str)
    asked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Card of the case"))
        self.data: CaseCardData | None = None
        self.lineage: LineageBar | None = None
        self.rows: list[AssignmentLine] = []
        self.may: May = everything
        self.matching = QPushButton()
        self.editing = QPushButton()
        self.show_nothing()

    def show_nothing(self) -> None:
        """No case is current."""
        self._clear()
        self.body.addStretch(1)
        said = label(_("Choose a case to see its parties, patents and who serves."), "second", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(said)
        self.body.addStretch(2)

    def show_case(self, data: CaseCardData) -> None:
        """Show a case."""
        place = self.area.verticalScrollBar().value() if self.data and self.data.detail.uid == data.detail.uid else 0
        self._clear()
        self.data = data
        self._head(data)
        self._assignments(data)
        self._lineage(data)
        self._parties(data)
        self._patents(data)
        self._issue(data)
        self._dates(data)
        self.body.addStretch(1)
        self.area.verticalScrollBar().setValue(place)

    def _clear(self) -> None:
        self.data, self.lineage, self.rows = None, None, []
        empty(self.body)

    def _head(self, data: CaseCardData) -> None:
        values = data.detail.values
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        number = label(data.detail.number, "title", wrap=True, copyable=True)
        row.addWidget(number, 1)
        serving = sum(one.open or one.state == "completed" for one in data.assignments)
        pill = StatePill(*state_pill(values["state"], serving, values["people_needed"]))
        row.addWidget(pill)
        self.body.addLayout(row)
        stage = word("procedure", procedure_of_case(data))
        self.body.addWidget(label(joined(stage, values["court"]) or "—", "second", wrap=True))
        if values["cause"]:
            self.body.addWidget(label(values["cause"], "", wrap=True, copyable=True))
        self.matching = QPushButton(_("Match and appoint"))
        self.matching.setProperty("role", "primary")
        self.matching.setEnabled(values["state"] == "open")
        tip(self.matching, "Ctrl+M")
        self.matching.clicked.connect(self.match)
        self.editing = QPushButton(_("Edit"))
        tip(self.editing, "F2")
        self.editing.clicked.connect(self.edit)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.setContentsMargins(0, theme.STEP, 0, theme.STEP)
        buttons.addWidget(self.matching)
        if self.may("edit case"):
            buttons.addWidget(self.editing)
        if values["state"] == "open" and self.may("edit case"):
            closing = QPushButton(_("Close the case"))
            closing.clicked.connect(self.closing)
            buttons.addWidget(closing)
        buttons.addStretch(1)
        self.body.addLayout(buttons)

    def _assignments(self, data: CaseCardData) -> None:
        values = data.detail.values
        needed = _("{count} needed as {role}").format(
            count=values["people_needed"], role=word("case_role", values["role_needed"]))
        self._section(_("Assignments"), needed)
        serving = sum(one.open or one.state == "completed" for one in data.assignments)
        lacking = values["state"] == "open" and serving < values["people_needed"]
        for row in data.assignments:
            shown = AssignmentLine(row, next_states(row.state), lacking=lacking, may=self.may("change assignment"))
            shown.asked.connect(lambda action, row=row: self.asked.emit(row, action))
            shown.stepped.connect(lambda state, row=row: self.stepped.emit(row, state))
            self.rows.append(shown)
            self.body.addWidget(shown)
        if not data.assignments:
            self.body.addWidget(label(_("Nobody is appointed yet."), "second"))

    def _lineage(self, data: CaseCardData) -> None:
        count = len(data.detail.lineage)
        if count < 2:
            return
        self._section(_("Line of cases"), _("{count} cases").format(count=count))
        self.lineage = LineageBar(data.detail.lineage, data.detail.uid, data.served)
        self.lineage.chosen.connect(self.opened)
        self.body.addWidget(self.lineage)

    def _parties(self, data: CaseCardData) -> None:
        self._section(_("Parties"))
        grid = FieldGrid(72)
        for party in data.detail.parties:
            lines = [_("Legal representative: {name}").format(name=party["legal_representative"])
                     if party["legal_representative"] else ""]
            lines += [_("Agent: {names}").format(names=joined(agent["name"], agent["firm"]))
                      for agent in party["agents"]]
            grid.add_value(word("party_side", party["side"]), party["name"], "\n".join(filter(None, lines)))
        self._grid(grid, bool(data.detail.parties))

    def _patents(self, data: CaseCardData) -> None:
        if not data.detail.patents:
            return
        self._section(_("Patents"))
        grid = FieldGrid(72)
        for patent in data.detail.patents:
            second = joined(patent["number"] if patent["title"] else "", "；".join(patent["ipc"]))
            inventors = "、".join(patent["inventors"])
            names = _("Inventors: {names}").format(names=inventors) if inventors else ""
            grid.add_value(word("patent_kind", patent["kind"]) or _("Patent"), patent["title"] or patent["number"],
                           "\n".join(filter(None, (second, names))))
        self._grid(grid, True)

    def _issue(self, data: CaseCardData) -> None:
        values, fields = data.detail.values, tree()
        self._section(_("Technical issue"))
        self.body.addWidget(label(values["issue"] or "—", "" if values["issue"] else "second", wrap=True,
                                  copyable=True))
        for entry in data.detail.fields:
            words = fields.label(entry["code"]) if fields.knows(entry["code"]) else entry["code"]
            words += "（" + _("main") + "）" if entry["main"] else ""
            self.body.addWidget(label(words, "small", wrap=True))

    def _dates(self, data: CaseCardData) -> None:
        values = data.detail.values
        self._section(_("Course"))
        grid = FieldGrid(72)
        filled = [field for section in ("dates", "course") for field in CASE.on_card(section) if values[field.key]]
        for field in filled:
            grid.add_value(field.shown, values[field.key])
        self._grid(grid, bool(filled))

    def _section(self, words: str, second: str = "") -> None:
        self.body.addWidget(Line())
        self.body.addWidget(SectionHeading(words, second))

    def _grid(self, grid: FieldGrid, filled: bool) -> None:
        self.body.addWidget(grid if filled else label("—", "second"))
        if not filled:
            grid.deleteLater()


def values_of(detail: CaseDetail) -> dict[str, object]:
    """The values of the case as a form shows them."""
    return detail.draft().model_dump() | {"number": detail.number}
