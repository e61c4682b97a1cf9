"""The alias book of units (单位别名库), shown among the settings: list, the unit's card, pairs to confirm above."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import N_, _, n_
from expertpool.organisations.browse import UnitDetail, UnitRow, unit_detail, unit_rows
from ui import texts
from ui.allowed import allowed, offer
from ui.organisations.card import UnitCard
from ui.organisations.dialog import UnitDialog, alias_fields, link_fields, merge_fields
from ui.organisations.facts_form import UnitFactsForm
from ui.organisations.suggestions import SuggestionsDialog, kept_and_other
from ui.record_page import RecordPage
from ui.widgets.labels import label
from ui.widgets.notes import Banner, EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable
from ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

KINDS = ("organisation", "organisationalias", "organisationlink", "organisationanswer", "employment", "party",
         "agent")
CARD = 440  # first width of the card, in pixels
_KEYS: dict[str, Callable[[UnitRow], Any]] = {
    "name": lambda row: row.name, "kind": lambda row: (row.kind, row.name), "people": lambda row: row.people,
    "cases": lambda row: row.cases, "code": lambda row: row.credit_code}


class UnitsPage(RecordPage[UnitDetail]):
    """Reads when it is shown and when something it shows has changed."""

    kinds = listed = KINDS
    embedded = True
    form: UnitFactsForm | None

    def build(self) -> None:
        self.units: list[UnitRow] = []
        self.pairs: list[Any] = []
        self.dialog: UnitDialog | SuggestionsDialog | None = None
        self.strip = Banner("warning", "", (_("Review"), self.review), closable=False)
        self.strip.hide()
        self.body.addWidget(self.strip)
        self.box = self.search = SearchBox(_("Name, other name or credit code"))
        self.counted = label("", "second")
        self.empty = EmptyState("building", _("No unit is known yet."), [(_("Enter another name"), self.add_alias)],
                                _("Units come with experts and cases. Here they get their short, former and foreign "
                                  "names, and the links between them."))
        table = RecordTable(
            [Column("name", N_("Unit name"), 220, kind="strong", stretch=True, second="also", below=True),
             Column("kind", N_("Kind"), 104), Column("code", N_("Credit code"), 164, hidden=True),
             Column("people", N_("People"), 64, kind="number"), Column("cases", N_("Cases"), 64, kind="number")],
            self._ids, self._given, jobs=self.jobs, accessible=_("Units"), empty=self.empty, sort=("name", False),
            row_height=44)
        table.counted.connect(self._counted)
        table.activated.connect(lambda _id: self.edit_current())
        table.menu_actions = [self.menu_action(f"settings.unit_{name}") for name in ("edit", "print")]
        self._build_card()
        self.assemble(table, self.card, above=self._bar_above(), width=CARD)

    def _build_card(self) -> None:
        self.card = UnitCard()
        self.card.may = lambda operation: allowed(self.pool, operation)
        offer(self.pool, "edit organisation", self.strip, self.empty.buttons[0])
        for signal, call in ((self.card.alias_wanted, self.add_alias), (self.card.link_wanted, self.add_link),
                             (self.card.merge_wanted, self.merge), (self.card.edit_wanted, self.edit_current),
                             (self.card.alias_dropped, self.drop_alias), (self.card.link_dropped, self.drop_link),
                             (self.card.person_pressed, lambda name: self.navigate("experts", search=name)),
                             (self.card.case_pressed, lambda number: self.navigate("cases", search=number))):
            signal.connect(call)

    def _bar_above(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1)
        row.addWidget(self.counted)
        return bar

    # -- what the record page asks
    def read_record(self, pool: "ExpertPool", key: int | str) -> UnitDetail | None:
        from expertpool.foundation.problems import UserProblem

        uid = next((row.uid for row in self.units if row.id == key), "") if isinstance(key, int) else key
        try:
            return unit_detail(pool, uid) if uid else None
        except UserProblem:
            return None

    def show_record(self, data: UnitDetail) -> None:
        self.card.show_unit(data)

    def key_of(self, data: UnitDetail) -> tuple[int, str]:
        return data.row.id, data.row.uid

    def make_form(self) -> UnitFactsForm:
        return UnitFactsForm(self)

    def count(self) -> None:
        from expertpool.organisations.suggestions import suggestions

        pool = self.pool
        self.jobs.read(self, lambda: suggestions(pool), self._show_pairs, key="pairs")

    def heading(self) -> tuple[str, str]:
        return _("Units and their names"), self.text

    # -- the list
    def read(self) -> None:
        """Read units and suggestions again."""
        self.reload()

    def refresh(self, changes: Changes) -> None:
        if changes.many or any(changes.touches(kind) for kind in KINDS):
            super().refresh(changes)

    def _ids(self, key: str, descending: bool) -> Sequence[int]:
        """Runs in a worker: the units found, in the wanted order; few enough to hold in memory."""
        found = unit_rows(self.pool, self.text.strip())
        self.units = sorted(found, key=_KEYS[key], reverse=descending) if key in _KEYS else found
        return [row.id for row in self.units]

    def _given(self, ids: Sequence[int]) -> list[Row]:
        known = {unit.id: unit for unit in self.units}
        return [{"id": number, "name": unit.name, "also": "、".join(unit.aliases) or unit.credit_code,
                 "kind": texts.word("organisation_kind", unit.kind) if unit.kind else "", "code": unit.credit_code,
                 "people": unit.people, "cases": unit.cases}
                for number in ids if (unit := known.get(number)) is not None]

    def _counted(self, count: int) -> None:
        self.counted.setText(n_("{count} unit", "{count} units", count).format(count=count))
        if self.text.strip():
            self.empty.show_sentence(_("No unit has this name."), _("Search for another part of the name."))
        self.choose_first()

    def _show_pairs(self, pairs: list[object]) -> None:
        self.pairs = pairs
        self.strip.setVisible(bool(pairs))
        self.strip.show_text("warning", n_("{count} pair of units may be the same unit and waits for an answer",
                                           "{count} pairs of units may be the same unit and wait for an answer",
                                           len(pairs)).format(count=len(pairs)))

    # -- writing
    def add_alias(self) -> None:
        """Give another name to the unit shown, or to one that the user names."""
        pool, name = self.pool, self._name()

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
        pool, name = self.pool, self._name()

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
        """Merge another unit into the one shown."""
        pool, name = self.pool, self._name()

        def effects(values: dict[str, Any]) -> Any:
            from expertpool.checks.alias_effects import alias_effects

            return alias_effects(pool, name, values["other"])

        def save(values: dict[str, Any]) -> Any:
            from expertpool.organisations.edits import merge_units

            return merge_units(pool, name, values["other"], reason=values["reason"])

        self._ask(_("Merge another unit into {name}").format(name=name),
                  _("Its people, cases, names and links move here, and its name becomes another name."),
                  merge_fields(), effects, save, _("“{other}” was merged."))

    def edit_current(self) -> None:
        """Open the form with the facts of the unit shown."""
        if self.card.detail is not None and self.list_shown:
            self.open_form()
            assert self.form is not None
            self.form.start(self.card.detail)

    def drop_alias(self, row: Mapping[str, Any]) -> None:
        """Take another name away."""
        pool = self.pool

        def work() -> object:
            from expertpool.organisations.register import remove_alias

            return remove_alias(pool, row["uid"])

        self.jobs.change(self, work, words=_("The name “{alias}” was removed.").format(alias=row["alias"]))

    def drop_link(self, row: Mapping[str, Any]) -> None:
        """Take a link away."""
        pool = self.pool

        def work() -> object:
            from expertpool.organisations.register import unlink

            return unlink(pool, row["uid"])

        self.jobs.change(self, work, words=_("The link to “{other}” was removed.").format(other=row["name"]))

    def review(self) -> None:
        """Show the pairs that look the same."""
        dialog = self.dialog = SuggestionsDialog(self, self.jobs, self.pool, self.pairs)
        dialog.answered.connect(lambda pair, said: self._answer(dialog, pair, said))
        dialog.open()

    def _answer(self, dialog: SuggestionsDialog, pair: Any, said: str) -> None:
        pool = self.pool
        kept, other = kept_and_other(pair)

        def work() -> object:
            from expertpool.organisations.edits import answer_units, merge_units

            if said == "same":
                return merge_units(pool, kept.uid, other.uid, reason=pair.likeness.why)
            return answer_units(pool, kept.name, other.name, said, first=True)

        words = {"same": _("“{other}” was merged."), "group": _("Saved: one group."),
                 "different": _("Saved: different units.")}[said]
        dialog.store(pair, work, words.format(other=other.name))

    def _ask(self, title: str, explained: str, fields: Sequence[Any], effects: Any, save: Any, words: str) -> None:
        dialog = self.dialog = UnitDialog(self, self.jobs, title, explained, fields, effects)

        def write(values: dict[str, object]) -> None:
            new = str(values.get("organisation", ""))
            said = words.format(**{"alias": "", "other": "", **values})
            dialog.write(self.jobs, lambda: save(dict(values)),
                         lambda _changes: self.show_key(new, select=True) if new else None, words=said)

        dialog.saved.connect(write)
        dialog.open()

    def _name(self) -> str:
        return str(self.card.detail.row.name) if self.card.detail is not None else ""
