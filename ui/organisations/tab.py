"""The alias book of units (单位别名库): list at the left, the unit's card at the right, pairs to confirm above."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import N_, _, n_
from ui import texts, theme
from ui.allowed import allowed, offer
from ui.organisations.card import UnitCard
from ui.organisations.dialog import UnitDialog, alias_fields, fact_fields, link_fields, merge_fields
from ui.organisations.suggestions import SuggestionsDialog, kept_and_other
from ui.widgets.labels import label
from ui.widgets.notes import Banner, EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable
from ui.widgets.search_box import SearchBox

KINDS = ("organisation", "organisationalias", "organisationlink", "organisationanswer", "employment", "party",
         "agent")
_KEYS: dict[str, Callable[[Any], Any]] = {
    "name": lambda row: row.name, "kind": lambda row: (row.kind, row.name), "people": lambda row: row.people,
    "cases": lambda row: row.cases, "code": lambda row: row.credit_code}


class UnitsTab(QWidget):
    """Reads when it is shown and when something it shows has changed."""

    def __init__(self, page: Any) -> None:
        super().__init__()
        self._page = page
        self.units: list[Any] = []
        self.pairs: list[Any] = []
        self.dialog: UnitDialog | SuggestionsDialog | None = None
        self._wanted = ""
        self.strip = Banner("warning", "", (_("Review"), self.review), closable=False)
        self.strip.hide()
        self.search = SearchBox(_("Name, other name or credit code"))
        self.search.searched.connect(lambda _text: self.read())
        self.counted = label("", "second")
        self.empty = EmptyState("building", _("No unit is known yet."), [(_("Enter another name"), self.add_alias)],
                                _("Units come with experts and cases. Here they get their short, former and foreign "
                                  "names, and the links between them."))
        self.table = RecordTable(
            [Column("name", N_("Unit name"), 220, kind="strong", stretch=True, second="also", below=True),
             Column("kind", N_("Kind"), 104), Column("code", N_("Credit code"), 164, hidden=True),
             Column("people", N_("People"), 64, kind="number"), Column("cases", N_("Cases"), 64, kind="number")],
            self._ids, self._given, accessible=_("Units"), empty=self.empty, sort=("name", False), row_height=44)
        self.table.current_changed.connect(self._turn)
        self.search.down_pressed.connect(self.table.view.setFocus)
        self.card = UnitCard()
        self.card.may = lambda operation: allowed(page.pool, operation)
        offer(page.pool, "edit organisation", self.strip, self.empty.buttons[0])
        for signal, call in ((self.card.alias_wanted, self.add_alias), (self.card.link_wanted, self.add_link),
                             (self.card.merge_wanted, self.merge), (self.card.edit_wanted, self.edit),
                             (self.card.alias_dropped, self.drop_alias), (self.card.link_dropped, self.drop_link),
                             (self.card.person_pressed, lambda name: page.navigate("experts", search=name)),
                             (self.card.case_pressed, lambda number: page.navigate("cases", search=number))):
            signal.connect(call)
        self._arrange()

    def _arrange(self) -> None:
        left = QFrame()
        left.setProperty("role", "card")
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 12, 1, 1)
        column.setSpacing(theme.PAD)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 0, 16, 0)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.counted)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addWidget(left, 3)
        halves.addWidget(self.card, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.PAD)
        whole.addWidget(self.strip)
        whole.addLayout(halves, 1)

    # -- reading
    def read(self) -> None:
        """Read units and suggestions again."""
        pool, text = self._page.pool, self.search.text().strip()
        self._page.jobs.read(self, lambda: units_of(pool, text), self._show, key="units")
        self._page.jobs.read(self, lambda: pairs_of(pool), self._show_pairs, key="pairs")

    def refresh(self, changes: Changes) -> None:
        """Read again what changes touch."""
        if changes.many or any(changes.touches(kind) for kind in KINDS):
            self.read()

    def _show(self, rows: list[Any]) -> None:
        current = self.card.detail.row.uid if self.card.detail is not None else ""
        self.units = rows
        self.counted.setText(n_("{count} unit", "{count} units", len(rows)).format(count=len(rows)))
        if self.search.text().strip():
            self.empty.show_sentence(_("No unit has this name."), _("Search for another part of the name."))
        self.table.reload(keep=False)
        place = next((i for i, row in enumerate(rows) if row.uid == current or row.name == self._wanted), 0)
        self._wanted = ""
        if rows:
            self.table.select(place)
            self._turn(place)
        else:
            self.card.show_unit(None)

    def _show_pairs(self, pairs: list[Any]) -> None:
        self.pairs = pairs
        self.strip.setVisible(bool(pairs))
        self.strip.show_text("warning", n_("{count} pair of units may be the same unit and waits for an answer",
                                           "{count} pairs of units may be the same unit and wait for an answer",
                                           len(pairs)).format(count=len(pairs)))

    def _ids(self, key: str, descending: bool) -> Sequence[int]:
        if key not in _KEYS:
            return range(len(self.units))
        return sorted(range(len(self.units)), key=lambda number: _KEYS[key](self.units[number]), reverse=descending)

    def _given(self, ids: Sequence[int]) -> list[Row]:
        return [{"id": number, "name": unit.name, "also": "、".join(unit.aliases) or unit.credit_code,
                 "kind": texts.word("organisation_kind", unit.kind) if unit.kind else "", "code": unit.credit_code,
                 "people": unit.people, "cases": unit.cases}
                for number, unit in ((number, self.units[number]) for number in ids)]

    def _turn(self, number: int | None) -> None:
        if number is None or number >= len(self.units):
            return
        pool, uid = self._page.pool, self.units[number].uid
        self._page.jobs.read(self, lambda: detail_of(pool, uid), self.card.show_unit, key="unit")

    # -- writing
    def add_alias(self) -> None:
        """Give the unit shown, or one still to be named, another name."""
        pool, name = self._page.pool, self._name()

        def effects(values: dict[str, Any]) -> Any:
            from expertpool.checks.alias_effects import alias_effects

            return alias_effects(pool, values.get("organisation") or name, values["alias"])

        def save(values: dict[str, Any]) -> Any:
            from expertpool.organisations.register import add_alias

            return add_alias(pool, values.pop("organisation", name), **values)

        title = _("Another name of {name}").format(name=name) if name else _("Another name of a unit")
        self._ask(title, _("Everybody named by it is from then on taken to be this unit."), alias_fields(name),
                  effects, save, _("The name “{alias}” was saved."))

    def add_link(self) -> None:
        """Link the unit shown to another."""
        pool, name = self._page.pool, self._name()

        def ends(values: dict[str, Any]) -> tuple[str, str]:
            return (values["other"], name) if values["side"] == "upper" else (name, values["other"])

        def effects(values: dict[str, Any]) -> Any:
            from expertpool.checks.alias_effects import link_effects

            return link_effects(pool, *ends(values), values["kind"], values["start"], values["end"])

        def save(values: dict[str, Any]) -> Any:
            from expertpool.organisations.register import link

            return link(pool, *ends(values), kind=values["kind"], start=values["start"], end=values["end"],
                        source=values["source"])

        self._ask(_("Link of {name}").format(name=name), _("Parent, branch, controlled, renamed or affiliated unit."),
                  link_fields(), effects, save, _("The link to “{other}” was saved."))

    def merge(self) -> None:
        """Let another unit go into the one shown."""
        pool, name = self._page.pool, self._name()

        def effects(values: dict[str, Any]) -> Any:
            from expertpool.checks.alias_effects import alias_effects

            return alias_effects(pool, name, values["other"])

        def save(values: dict[str, Any]) -> Any:
            from expertpool.organisations.edits import merge_units

            return merge_units(pool, name, values["other"], reason=values["reason"])

        self._ask(_("Merge another unit into {name}").format(name=name),
                  _("Its people, cases, names and links move here, and its name becomes another name."),
                  merge_fields(), effects, save, _("“{other}” was merged."))

    def edit(self) -> None:
        """Change the facts of the unit shown."""
        pool, detail = self._page.pool, self.card.detail

        def save(values: dict[str, Any]) -> Any:
            from expertpool.organisations.edits import set_unit

            return set_unit(pool, detail.row.uid, **{**values, "kind": values["kind"] or ""}, version=detail.version)

        self._ask(_("Facts of {name}").format(name=detail.row.name), _("A wrong credit code is not saved."),
                  fact_fields(detail), None, save, _("The unit was saved."))

    def drop_alias(self, row: dict[str, Any]) -> None:
        """Take another name away."""
        pool = self._page.pool

        def work() -> Any:
            from expertpool.organisations.register import remove_alias

            return remove_alias(pool, row["uid"])

        self._page.jobs.change(self, work, words=_("The name “{alias}” was removed.").format(alias=row["alias"]))

    def drop_link(self, row: dict[str, Any]) -> None:
        """Take a link away."""
        pool = self._page.pool

        def work() -> Any:
            from expertpool.organisations.register import unlink

            return unlink(pool, row["uid"])

        self._page.jobs.change(self, work, words=_("The link to “{other}” was removed.").format(other=row["name"]))

    def review(self) -> None:
        """Open the pairs that look the same."""
        self.dialog = SuggestionsDialog(self, self._page.jobs, self._page.pool, self.pairs)
        self.dialog.answered.connect(self._answer)
        self.dialog.open()

    def _answer(self, pair: Any, said: str) -> None:
        pool = self._page.pool
        kept, other = kept_and_other(pair)

        def work() -> Any:
            from expertpool.organisations.edits import answer_units, merge_units

            if said == "same":
                return merge_units(pool, kept.uid, other.uid, reason=pair.likeness.why)
            return answer_units(pool, kept.name, other.name, said)

        words = {"same": _("“{other}” was merged."), "group": _("Saved: one group."),
                 "different": _("Saved: different units.")}[said]
        self._page.jobs.change(self, work, words=words.format(other=other.name))

    def _ask(self, title: str, explained: str, fields: Sequence[Any], effects: Any, save: Any, words: str) -> None:
        self.dialog = UnitDialog(self, self._page.jobs, title, explained, fields, effects)

        def write(values: dict[str, Any]) -> None:
            self._wanted = values.get("organisation", "")
            said = words.format(**{"alias": "", "other": "", **values})
            self._page.jobs.change(self, lambda: save(dict(values)), words=said)

        self.dialog.saved.connect(write)
        self.dialog.open()

    def _name(self) -> str:
        return str(self.card.detail.row.name) if self.card.detail is not None else ""


def units_of(pool: Any, text: str) -> list[Any]:
    """Rows of the list."""
    from expertpool.organisations.browse import unit_rows

    return unit_rows(pool, text)


def pairs_of(pool: Any) -> list[Any]:
    """Pairs that wait for an answer."""
    from expertpool.organisations.suggestions import suggestions

    return suggestions(pool)


def detail_of(pool: Any, uid: str) -> Any:
    """The card's unit; None if it is gone meanwhile."""
    from expertpool.foundation.problems import UserProblem
    from expertpool.organisations.browse import unit_detail

    try:
        return unit_detail(pool, uid)
    except UserProblem:
        return None
