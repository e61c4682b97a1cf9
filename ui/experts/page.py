"""专家: the list of people with chips, the card of the current one, and the form."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from shiboken6 import isValid

from expertpool.experts.details import PersonDetail, person_detail, reveal
from expertpool.experts.register import change_state
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from ui.allowed import allowed, offer
from ui.experts.card import PersonCard
from ui.experts.columns import columns, fit_columns
from ui.experts.declaration_actions import DeclarationActions
from ui.experts.filters import PeopleFilters
from ui.experts.form_page import PersonFormPage
from ui.experts.merged import undo_merge
from ui.experts.reading import (
    PersonCardData,
    Wanted,
    full_number,
    group_choices,
    list_rows,
    read_card,
    read_counts,
    read_history,
    read_ids,
    role_choices,
    uid_of,
)
from ui.experts.states import ask_states
from ui.record_page import RecordPage
from ui.saving import ask_and_write
from ui.texts import joined, number
from ui.widgets.cards import Masked
from ui.widgets.notes import EmptyState
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool


class ExpertsPage(RecordPage[PersonCardData]):
    """The register. ``navigate("experts", search=…, field=…, role=…, expiring=True)`` filters the list, ``add=True``
    opens the form, ``kind="person", uid=…`` opens one person."""

    kinds = ("person", "assignment")
    form: PersonFormPage | None

    def build(self) -> None:
        self.reason = ""  # the reason for seeing full numbers, asked once until the pool is opened again
        self.add_search(_("Name, pinyin initials, unit, field, IPC, end of a telephone number"))
        self.add_action("experts.import")
        self.add_action("experts.roster")
        self.add_action("experts.add", primary=True)
        self.filters = PeopleFilters(role_choices(), group_choices())
        self.filters.changed.connect(self.narrowed)
        self.empty = EmptyState("experts", "", [
            (_("Import a spreadsheet"), self.import_experts), (_("Add an expert"), self.add_expert),
            (_("Open the sample pool"), self.open_sample), (_("Show all"), self.show_all)])
        table = RecordTable(
            columns(), self._ids, lambda ids: list_rows(self.pool, ids), jobs=self.jobs, name="experts",
            remembered=self.remembered, empty=self.empty, sort=("name", False), accessible=_("Experts"))
        table.activated.connect(lambda _id: self.edit_current())
        table.counted.connect(self._counted)
        table.menu_actions = [self.menu_action(f"experts.{name}") for name in (
            "edit", "delete", "states", "forms", "forms_due", "holdings", "print")]
        table.selection_changed.connect(self._selected)
        self._build_card()
        self.assemble(table, self.card, above=self.filters)
        self.reload()

    def _build_card(self) -> None:
        self.card = PersonCard()
        self.card.may = lambda operation: allowed(self.pool, operation)
        offer(self.pool, "edit person", self.card.editing)
        offer(self.pool, "change standing", self.card.changing)
        self.card.edit.connect(self.edit_current)
        self.card.standing.connect(self.change_standing)
        self.card.reveal.connect(self._reveal)
        self.card.history_wanted.connect(self._read_history)
        self.card.unmerge.connect(lambda uid, name: undo_merge(self, uid, name))
        self.card.opened.connect(lambda uid: self.navigate("cases", kind="case", uid=uid))
        self.declarations = DeclarationActions(self)
        self.card.declaration.connect(lambda what: self.declarations.act(what, self.card.data))

    # -- what the record page asks
    def read_record(self, pool: "ExpertPool", key: int | str) -> PersonCardData | None:
        uid = uid_of(pool, key) if isinstance(key, int) else key
        return read_card(pool, uid) if uid else None

    def show_record(self, data: PersonCardData) -> None:
        self.card.show_person(data)

    def key_of(self, data: PersonCardData) -> tuple[int, str]:
        return data.detail.id, data.detail.uid

    def widen(self, data: PersonCardData) -> None:
        quick = data.detail.state if data.detail.state in ("suspended", "removed") else ""
        self.filters.choose(role="", field="", quick=quick)

    def make_form(self) -> PersonFormPage:
        return PersonFormPage(self)

    def count(self) -> None:
        pool, wish = self.pool, self._wish()
        self.jobs.read(self, lambda: read_counts(pool, wish), self._show_counts, key="counts")

    def heading(self) -> tuple[str, str]:
        return _("Experts"), joined(self.filters.in_words(), self.text)

    # -- called by the window
    def shown(self, **arguments: object) -> None:
        known = {name: str(arguments[name]) for name in ("role", "field") if name in arguments}
        if "search" in arguments or known or arguments.get("expiring"):
            if not self.may_drop():
                return
            self.leave_form()
            self.filters.choose(role=known.get("role", ""), field=known.get("field", ""),
                                quick="expiring" if arguments.get("expiring") else "")
            self.show_text(str(arguments.get("search", "")))
            self.narrowed(keep=False)
        if arguments.get("add"):
            self.add_expert()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_columns(self.table, self.remembered, event.size().width())

    # -- actions of the table
    def add_expert(self) -> None:
        """Open the form for a new person."""
        if self.may_drop():
            self._start_form(None)

    def edit_current(self) -> None:
        """Open the form for the current person; numbers in it stay masked until shown."""
        data, pool = self.card.data, self.pool
        if data is not None and self.list_shown:
            uid = data.detail.uid
            self.jobs.read(self, lambda: person_detail(pool, uid, revealed=True), self._start_form, key="form")

    def _start_form(self, detail: PersonDetail | None) -> None:
        if detail is None or self.list_shown:
            self.open_form()
            assert self.form is not None
            self.form.start(detail)

    def delete_selected(self) -> None:
        """Remove the current person, or all selected, from the register; their records stay and can be reinstated."""
        if len(self.table.selected_ids()) > 1:
            ask_states(self, self.table.selected_ids(), "removed")
        else:
            self._change_state("removed", _("Remove from the pool"), _("{name} is removed from the pool."))

    def change_states(self) -> None:
        """Suspend, remove or reinstate all selected people, after a preview of whom that changes."""
        chosen: Sequence[int] = self.table.selected_ids()
        if chosen:
            ask_states(self, chosen, "suspended")

    def change_standing(self) -> None:
        """Suspend the current person, or reinstate one who is suspended or removed."""
        data = self.card.data
        if data is not None and data.detail.state == "active":
            self._change_state("suspended", _("Suspend"), _("{name} is suspended."))
        elif data is not None:
            self._change_state("active", _("Reinstate"), _("{name} is reinstated."))

    def import_experts(self) -> None:
        """Go to the import."""
        self.navigate("importing", what="experts")

    def export_roster(self) -> None:
        """Go to the rosters, with the category chosen here."""
        if self.filters.role:
            self.navigate("rosters", role=self.filters.role)
        else:
            self.navigate("rosters")

    def forms_for_selected(self) -> None:
        """Declaration forms for everybody selected."""
        self.declarations.forms_for(self.table.selected_ids())

    def forms_due(self) -> None:
        """Declaration forms for everybody whose yearly one is missing or over."""
        self.declarations.forms_due()

    def open_sample(self) -> None:
        """Open the pool of invented samples."""
        window = self.surroundings.window
        if window is not None and hasattr(window, "act"):
            window.act("importing.sample")
        else:
            self.navigate("importing")

    def show_all(self) -> None:
        """Clear the search and every chip."""
        self.filters.choose(role="", field="", quick="")
        self.show_text("")
        self.narrowed()

    # -- the list
    def _wish(self) -> Wanted:
        return Wanted(self.text, self.filters.role, self.filters.field, self.filters.quick)

    def _ids(self, sort: str, descending: bool) -> Sequence[int]:
        return read_ids(self.pool, self._wish(), sort, descending)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self.filters.show_counts(counts)
        self.set_status(_("{count} people in the pool").format(count=number(counts["pool"])))

    def _counted(self, count: int) -> None:
        if count:
            self.choose_first()
            return
        narrowed = bool(self.text) or self.filters.in_force()
        for button in self.empty.buttons[:3]:
            button.setVisible(not narrowed)
        self.empty.buttons[3].setVisible(narrowed)
        if narrowed:
            self.empty.show_sentence(_("No expert fits"), _("Search for other words or take a filter away."))
        else:
            self.empty.show_sentence(_("No experts yet"), _(
                "Read the spreadsheets that units send, or enter somebody; doubtful cells are pointed out, and every "
                "import can be taken back."))

    def _selected(self, count: int) -> None:
        self.table.menu_actions[0].setEnabled(count < 2)  # only one person is edited at a time

    # -- the card
    def _read_history(self) -> None:
        data, pool = self.card.data, self.pool
        if data is not None:
            uid = data.detail.uid
            self.jobs.read(self, lambda: read_history(pool, uid), self.card.show_history, key="history")

    def _change_state(self, state: str, title: str, said: str) -> None:
        data, pool = self.card.data, self.pool
        if data is None or data.detail.state == state or not self.list_shown:
            return
        uid, day, before = data.detail.uid, str(today()), data.detail.state
        asked = _("Why? The reason stands in the history of the record.")
        ask_and_write(self, f"{title} · {data.detail.name}", asked,
                      lambda reason: change_state(pool, uid, state, reason, day, before=before),
                      words=said.format(name=data.detail.name))

    # -- full numbers
    def may_reveal(self, what: str) -> bool:
        """Whether full numbers may be shown; asks for the reason only once."""
        if not self.reason:
            self.reason = self.prompts.reason(self, what) or ""
        return bool(self.reason)

    def _reveal(self, masked: Masked, what: str, key: tuple[object, ...]) -> None:
        data, pool = self.card.data, self.pool
        if data is None or not self.may_reveal(what):
            return
        uid, reason = data.detail.uid, self.reason

        def show(detail: PersonDetail) -> None:
            if isValid(masked):
                masked.show_value(full_number(detail, key))

        self.jobs.change(self, lambda: reveal(pool, uid, reason), show)
