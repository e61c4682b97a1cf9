"""Beside the form of a draw: how many would take part now, who is excluded and why, warnings."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from expertpool.draws.conditions import Candidate, DrawField
from expertpool.draws.words import ground_word
from expertpool.foundation.language import N_, _
from expertpool.foundation.problems import Problem, Severity
from ui import theme
from ui.widgets.cards import Card, FieldGrid, empty
from ui.widgets.labels import SectionHeading, label
from ui.widgets.notes import Banner, EmptyState
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

TONES = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.NOTE: "accent"}
MOST_RULES = 6
PEOPLE = (Column("name", N_("Name"), 96, "strong", sortable=False),
          Column("unit", N_("Unit"), 150, stretch=True, sortable=False),
          Column("load", N_("Load"), 50, "number", sortable=False),
          Column("out", "", 74, "action", sortable=False))


class DrawCounts(Card):
    """Shows a :class:`DrawField`. ``leaving_out(uid, name)``: the user wants to exclude somebody by name;
    ``taking_back(uid)``: or no longer."""

    leaving_out = Signal(str, str)
    taking_back = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=14)
        self._by_id: dict[int, Candidate] = {}
        self._order: list[int] = []
        self._named: set[str] = set()
        self.figure = label("—", "figure")
        self.figure.setAccessibleName(_("People who would take part"))
        self.second = label("", "small", wrap=True)
        self.add(label(_("Would take part now"), "small"))
        self.add(self.figure)
        self.add(self.second)
        self.notes = QWidget()
        self._notes = QVBoxLayout(self.notes)
        self._notes.setContentsMargins(0, 0, 0, 0)
        self._notes.setSpacing(theme.STEP)
        self.add(self.notes)
        self.rules = QWidget()
        self._rules = QVBoxLayout(self.rules)
        self._rules.setContentsMargins(0, 0, 0, 0)
        self.add(self.rules)
        self.heading = SectionHeading(_("Candidates"))
        self.add(self.heading)
        self.people = RecordTable(PEOPLE, lambda _key, _down: self._order,
                                  lambda ids: [self._row(self._by_id[one]) for one in ids],
                                  row_height=theme.ROW_COMPACT, accessible=_("People who would take part"),
                                  empty=EmptyState("person", _("Nobody can be drawn")))
        self.people.acted.connect(self._pressed)
        self.people.activated.connect(lambda row: self._pressed(row, "out"))
        self.add(self.people, 1)
        self.body.addStretch(0)

    def show_field(self, field: DrawField, *, blind: bool) -> None:
        """Show who would take part; in a blind draw without names."""
        self.figure.setText(f"{len(field.eligible):,}")
        self.second.setText(_("{count} kept out").format(count=len(field.excluded)))
        empty(self._notes)
        for problem in field.warnings:
            self._notes.addWidget(_note(problem))
        empty(self._rules)
        grid, rules = FieldGrid(190), list(field.by_rule().items())
        for rule, count in rules[:MOST_RULES]:
            grid.add_value(ground_word(rule, field.rules), str(count))
        if len(rules) > MOST_RULES:
            grid.add_value(_("{count} further reasons").format(count=len(rules) - MOST_RULES), "…")
        self._rules.addWidget(grid)
        named = [one for one in field.excluded if any(ground.rule == "C-NAMED" for ground in one.out)]
        self._named = {one.uid for one in named}
        self._by_id = {one.id: one for one in (*named, *field.eligible)}
        self._order = list(self._by_id)
        self.heading.setVisible(not blind)
        self.people.setVisible(not blind)
        self.body.setStretch(self.body.count() - 1, int(blind))  # otherwise the spare height is spread over the card
        self.people.reload()

    def _row(self, one: Candidate) -> dict[str, object]:
        return {"name": one.name, "unit": one.unit, "load": one.open_cases,
                "out": _("Take part again") if one.uid in self._named else _("Exclude…"),
                "_tips": {"out": next((ground.text for ground in one.out if ground.rule == "C-NAMED"), "")}}

    def _pressed(self, row: Any, _key: str) -> None:
        one = self._by_id[row]
        if one.uid in self._named:
            self.taking_back.emit(one.uid)
        else:
            self.leaving_out.emit(one.uid, one.name)


def _note(problem: Problem) -> Banner:
    return Banner(TONES[problem.severity], problem.text, closable=False)
