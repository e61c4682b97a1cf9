"""The left column of matching: the case, fields recognised in it, what is needed, who served before."""

from collections import defaultdict
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from expertpool.fields.tree import tree
from expertpool.foundation.language import _
from ui import theme
from ui.case_reading import procedure_of_case
from ui.matching.reading import Answer, level_pill
from ui.texts import choices, joined, word
from ui.widgets.cards import FieldGrid, ScrollCard, empty
from ui.widgets.chips import StatePill
from ui.widgets.fields import Choice, narrow
from ui.widgets.flow_box import Flow
from ui.widgets.labels import SectionHeading, label, tip
from ui.widgets.lineage import LineageBar
from ui.widgets.technical_fields import short_label

LABELS = 60  # px


class CaseSide(ScrollCard):
    """Shows the case of an answer. ``role_chosen(code)`` asks for another ranking."""

    role_chosen = Signal(str)
    opened = Signal(str)  # number of another case of the chain, to be matched
    left = Signal()  # back to the cases that lack people
    edit = Signal(str)  # uid of the case
    looked = Signal(str)  # uid of an earlier case

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("The case"))
        self.body.setSpacing(theme.GAP)
        self.role: Choice | None = None
        self.lineage: LineageBar | None = None
        self.back: QPushButton | None = None

    def show_answer(self, answer: Answer) -> None:
        """Show the case of an answer."""
        place = self.area.verticalScrollBar().value()
        empty(self.body)
        self._head(answer)
        self._facts(answer)
        self._fields(answer)
        self._need(answer)
        self._line(answer)
        self._similar(answer)
        self.body.addStretch(1)
        self.area.verticalScrollBar().setValue(place)

    def _head(self, answer: Answer) -> None:
        self.back = _link(_("‹ Cases to appoint"))
        self.back.clicked.connect(self.left)
        heading = SectionHeading(_("Case"))
        editing = _link(_("Edit"))
        editing.setAccessibleName(_("Edit the case"))
        editing.clicked.connect(lambda: self.edit.emit(answer.ranking.case_uid))
        heading.add(self.back)
        heading.add(editing)
        self.body.addWidget(heading)

    def _facts(self, answer: Answer) -> None:
        detail = answer.card.detail
        values, grid = detail.values, FieldGrid(LABELS)
        count = len(detail.lineage)
        chain = _("line of {count} cases").format(count=count) if count > 1 else ""
        grid.add_value(_("Cause"), values["cause"])
        stage = word("procedure", procedure_of_case(answer.card))
        grid.add_value(_("Procedure"), joined(stage, chain), values["court"])
        sides: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for party in detail.parties:
            sides[party["side"]].append(party)
        for side, parties in sides.items():
            firms = dict.fromkeys(agent["firm"] or agent["name"] for party in parties for agent in party["agents"])
            grid.add_value(word("party_side", side), "\n".join(party["name"] for party in parties),
                           _("Agent: {names}").format(names="、".join(firms)) if firms else "")
        for patent in detail.patents:
            grid.add_value(_("Patent"), patent["title"] or patent["number"],
                           joined(patent["number"] if patent["title"] else "", "；".join(patent["ipc"])))
        grid.add_value(_("Issue"), values["issue"])
        self.body.addWidget(grid)

    def _fields(self, answer: Answer) -> None:
        used = list(answer.ranking.fields)
        self.body.addSpacing(theme.STEP)
        self.body.addWidget(SectionHeading(_("Fields")))
        values = {guess.code: guess.value for guess in answer.guesses}
        why = {guess.code: "、".join((*guess.words, *guess.cases)) for guess in answer.guesses}
        grid = FieldGrid(LABELS)
        for words, codes, tone in ((_("Counted"), used, "accent"),
                                   (_("Recognised"), [code for code in values if code not in used], "neutral")):
            box = Flow(words)
            for code in codes:
                value = f" {values[code]:.2f}" if 0 < values.get(code, 0) < 1 else ""
                pill = StatePill(short_label(code) + value, tone)
                tip(pill, "\n".join(filter(None, (tree().label(code), why.get(code)))))
                box.flow.addWidget(pill)
            if codes:
                grid.add_widget(words, box)
        self.body.addWidget(grid)
        if not values and not used:
            self.body.addWidget(label(_("Neither a field nor an issue is entered; only the load decides."), "small",
                                      wrap=True))

    def _need(self, answer: Answer) -> None:
        self.body.addSpacing(theme.STEP)
        self.body.addWidget(SectionHeading(_("Need")))
        grid = FieldGrid(LABELS)
        self.role = narrow(Choice(_("Role"), choices("role")), 6)
        self.role.setCurrentIndex(max(0, self.role.findData(answer.ranking.role)))
        self.role.activated.connect(lambda _place: self.role_chosen.emit(self.role.currentData()))
        grid.add_widget(_("Role"), self.role)
        serving = [row for row in answer.card.assignments if row.open or row.state == "completed"]
        needed = answer.card.detail.values["people_needed"]
        grid.add_value(_("People"), _("{serving} of {needed} appointed").format(serving=len(serving), needed=needed),
                       "、".join(row.person for row in serving))
        self.body.addWidget(grid)
        for hit in answer.ranking.notes:
            said = label(f"{level_pill(hit, answer.fixed)[0]} · {hit.text}", "small", wrap=True)
            tip(said, str(hit.source))
            self.body.addWidget(said)

    def _line(self, answer: Answer) -> None:
        detail = answer.card.detail
        if len(detail.lineage) < 2:
            return
        self.body.addSpacing(theme.STEP)
        self.body.addWidget(SectionHeading(_("Who served before")))
        numbers = {step["uid"]: step["number"] for step in detail.lineage}
        self.lineage = LineageBar(detail.lineage, detail.uid, answer.card.served)
        self.lineage.chosen.connect(lambda uid: self.opened.emit(numbers[uid]))
        self.body.addWidget(self.lineage)


    def _similar(self, answer: Answer) -> None:
        """Earlier cases like this one, and who served in them."""
        if not answer.similar:
            return
        self.body.addSpacing(theme.STEP)
        self.body.addWidget(SectionHeading(_("Similar cases")))
        for one in answer.similar:
            row = QHBoxLayout()
            row.setSpacing(theme.GAP)
            button = _link(one.number)
            tip(button, "\n".join(filter(None, (one.cause, "、".join(one.words)))))
            button.clicked.connect(lambda _checked=False, uid=one.uid: self.looked.emit(uid))
            row.addWidget(button)
            row.addStretch(1)
            row.addWidget(label(f"{one.likeness:.0%}", "small"))
            self.body.addLayout(row)
            if one.served:
                self.body.addWidget(label("；".join(_served(who) for who in one.served), "small", wrap=True))


def _served(who: Any) -> str:
    return joined(who.name, word("assignment_state", who.state), word("grade", who.grade) if who.grade else "")


def _link(words: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("role", "link")
    return made
