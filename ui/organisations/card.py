"""One unit (单位卡): its other names, links, people and cases, and the actions on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import _
from ui import texts, theme
from ui.allowed import May, everything
from ui.widgets.cards import FieldGrid, ScrollCard
from ui.widgets.chips import StatePill
from ui.widgets.labels import Elided, SectionHeading, icon_button, label, tip
from ui.widgets.notes import EmptyState

SHOWN = 8  # most people and cases listed before "and … more"


class UnitCard(ScrollCard):
    """Shows a :class:`~expertpool.organisations.browse.UnitDetail`."""

    alias_wanted = Signal()
    link_wanted = Signal()
    merge_wanted = Signal()
    edit_wanted = Signal()
    alias_dropped = Signal(object)  # carries the row
    link_dropped = Signal(object)
    person_pressed = Signal(str)
    case_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.detail: Any = None
        self.buttons: dict[str, QPushButton] = {}
        self.may: May = everything
        self._inside: QWidget = QWidget()
        self.body.addWidget(self._inside, 1)
        self.show_unit(None)

    def show_nothing(self) -> None:
        """No unit is current."""
        self.show_unit(None)

    def show_unit(self, detail: object) -> None:
        """Show a unit, or a hint if none is chosen."""
        self.detail = detail
        self.buttons = {}
        self.body.removeWidget(self._inside)
        self._inside.deleteLater()
        self._inside = self._hint() if detail is None else self._card(detail)
        self.body.addWidget(self._inside, 1)
        self.area.verticalScrollBar().setValue(0)

    def _hint(self) -> QWidget:
        return EmptyState("building", _("Choose a unit in the list."))

    def _card(self, detail: Any) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        column.addWidget(label(detail.row.name, "title", wrap=True, copyable=True))
        column.addLayout(self._buttons())
        column.addWidget(self._facts(detail))
        column.addWidget(SectionHeading(_("Other names"), str(len(detail.aliases) or "")))
        for row in detail.aliases:
            column.addWidget(self._row(texts.word("alias_kind", row["kind"]), row["alias"], row, self.alias_dropped))
        if not detail.aliases:
            column.addWidget(label(_("None. A short or former name entered here leads to this unit everywhere."),
                                   "second", wrap=True))
        column.addWidget(SectionHeading(_("Links to other units"), str(len(detail.links) or "")))
        for row in detail.links:
            words = f"{texts.word('organisation_link', row['kind'])} {'↑' if row['upper'] else '↓'}"
            line = self._row(words, row["name"], row, self.link_dropped)
            tip(line, _("“{name}” is above").format(name=row["name"]) if row["upper"] else
                            _("“{name}” is below").format(name=row["name"]))
            column.addWidget(line)
        if not detail.links:
            column.addWidget(label("—", "second"))
        self._list(column, _("People of the unit"), detail.row.people, [
            (one["name"], texts.joined(*self._job(one))) for one in detail.people], self.person_pressed)
        roles = {"party": _("party"), "firm": _("agents' firm"), "patentee": _("patentee")}
        self._list(column, _("Cases"), detail.row.cases, [
            (one["number"], texts.joined(texts.word("party_side", one["side"]) if one["side"] else
                                                     roles[one["as"]], texts.word("case_state", one["state"])))
            for one in detail.cases], self.case_pressed)
        column.addStretch(1)
        return inside

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        if not self.may("edit organisation"):
            return row
        wanted = (("alias", _("Other name…"), self.alias_wanted), ("link", _("Link…"), self.link_wanted),
                  ("merge", _("Merge…"), self.merge_wanted), ("edit", _("Edit…"), self.edit_wanted))
        for code, words, signal in wanted:
            button = QPushButton(words)
            if code == "alias":
                button.setProperty("role", "primary")
            button.clicked.connect(signal)
            self.buttons[code] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _facts(self, detail: Any) -> FieldGrid:
        grid = FieldGrid(64)
        grid.add_value(_("Kind"), texts.word("organisation_kind", detail.row.kind) if detail.row.kind else "")
        grid.add_value(_("Credit code"), detail.row.credit_code)
        more = texts.joined(detail.region, _("listed") if detail.listed else "", detail.remark)
        if more:
            grid.add_value(_("Region"), more)
        return grid

    def _row(self, kind: str, name: str, row: Mapping[str, Any], dropped: Any) -> QWidget:
        """One name or link: kind, name, time and source, a button to remove it."""
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(StatePill(kind, "neutral"))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Elided(name))
        time = f"{row['start'] or '…'} – {row['end'] or '…'}" if row["start"] or row["end"] else ""
        if said := texts.joined(time, row["source"]):
            names.addWidget(Elided(said, "small"))
        line.addLayout(names, 1)
        cross = icon_button("close", _("Remove {what}").format(what=name), size=14)
        cross.clicked.connect(lambda: dropped.emit(row))
        if self.may("edit organisation"):
            line.addWidget(cross)
        return made

    def _list(self, column: QVBoxLayout, title: str, count: int, rows: Sequence[tuple[str, str]],
              pressed: Any) -> None:
        column.addWidget(SectionHeading(title, str(count or "")))
        for name, second in rows[:SHOWN]:
            line = QHBoxLayout()
            line.setSpacing(theme.GAP)
            button = QPushButton(name)
            button.setProperty("role", "link")
            button.clicked.connect(lambda _checked=False, name=name: pressed.emit(name))
            line.addWidget(button)
            line.addWidget(Elided(second, "small"), 1)
            column.addLayout(line)
        if len(rows) > SHOWN:
            column.addWidget(label(_("and {count} more").format(count=len(rows) - SHOWN), "second"))
        if not rows:
            column.addWidget(label("—", "second"))

    @staticmethod
    def _job(one: Mapping[str, object]) -> tuple[str, ...]:
        time = f"{one['start'] or '…'} – {one['end'] or '…'}" if one["start"] or one["end"] else ""
        return (_("works here") if one["current"] else _("worked here"), time)
