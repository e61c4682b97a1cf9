"""The rule book as a list (规则), with its card at the right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import theme
from ui.settings.rule_card import LEVELS, TAGS, RuleCard
from ui.widgets.chips import FilterChips
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from ui.settings.page import SettingsPage


class RulesTab(QWidget):
    """Rules the court may change, or all of them."""

    def __init__(self, page: "SettingsPage") -> None:
        super().__init__()
        self._page = page
        self.rules: list[Any] = []
        self._all: list[Any] = []
        self._overrides: dict[str, object] = {}
        self._going = False
        self.which = FilterChips(_("Which rules"), [("editable", _("The court may change")), ("all", _("All rules"))])
        self.which.chosen.connect(lambda _code: self._fill())
        self.table = RecordTable(
            [Column("code", N_("Rule"), 124, sortable=False),
             Column("title", N_("What it checks"), 220, kind="strong", sortable=False, stretch=True),
             Column("level", N_("Effect"), 84, kind="state", sortable=False),
             Column("tag", N_("How firm"), 100, kind="state", sortable=False),
             Column("own", N_("This court"), 84, kind="state", sortable=False)],
            lambda _key, _down: range(len(self.rules)), self._given, accessible=_("Rules"))
        self.table.current_changed.connect(self._turn)
        left = QFrame()
        left.setProperty("role", "card")
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 12, 1, 1)
        column.setSpacing(theme.PAD)
        chips = QHBoxLayout()
        chips.setContentsMargins(16, 0, 16, 0)
        chips.addWidget(self.which)
        column.addLayout(chips)
        column.addWidget(self.table, 1)
        self.card = RuleCard(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(left, 3)
        row.addWidget(self.card, 2)

    def show_rules(self, found: tuple[list[object], dict[str, object], dict[str, object]]) -> None:
        """(rules in force, shipped rules by id, the court's changes)."""
        self._all, shipped, self._overrides = found
        self.card.show_book(shipped, self._overrides)
        self._fill()

    def _fill(self) -> None:
        current = self.table.current_id()
        code = self.rules[current].id if self.rules and current is not None else ""
        editable = self.which.choice() == "editable"
        self.rules = [rule for rule in self._all if rule.editable] if editable else list(self._all)
        self.table.reload(keep=False)
        if self.rules:
            self.table.select(next((i for i, rule in enumerate(self.rules) if rule.id == code), 0))

    def _turn(self, number: int | None) -> None:
        if number is None or number >= len(self.rules) or self._going:
            return
        rule = self.rules[number]
        if self.card.rule is not None and self.card.rule.id != rule.id and not self.card.may_leave():
            here = next((i for i, one in enumerate(self.rules) if one.id == self.card.rule.id), number)
            self._going = True
            self.table.select(here)
            self._going = False
            return
        if self.card.rule is None or self.card.rule is not rule:
            self.card.show_rule(rule)

    def _given(self, ids: Sequence[int]) -> list[Row]:
        return [self._row(number) for number in ids]

    def _row(self, number: int) -> Row:
        rule = self.rules[number]
        words, tone = LEVELS[rule.level]
        return {"id": number, "code": rule.id, "title": str(rule.title),
                "level": (_("off"), "neutral") if rule.off else (_(words), tone),
                "tag": (_(TAGS[rule.tag][0]), "neutral") if rule.tag in TAGS else None,
                "own": (_("changed"), "accent") if self._overrides.get(rule.id) else None,
                "_tips": {"title": str(rule.source), "tag": _(TAGS[rule.tag][1]) if rule.tag in TAGS else ""}}
