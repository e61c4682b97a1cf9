"""专家: the list of people with chips, the card of the current one, and the form."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from expertpool.experts.details import PersonDetail, person_detail, reveal
from expertpool.experts.register import change_state
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui import theme
from ui.allowed import allowed, offer
from ui.experts.card import PersonCard
from ui.experts.columns import columns, fit_columns
from ui.experts.filters import PeopleFilters
from ui.experts.form_page import PersonFormPage
from ui.experts.interests_desk import InterestsDesk
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
from ui.page import Page
from ui.texts import number
from ui.widgets.cards import Card, Masked
from ui.widgets.notes import EmptyState
from ui.widgets.record_table import RecordTable

CARD = 346  # px the card starts with


class ExpertsPage(Page):
    """The register. ``navigate("experts", search=…, field=…, role=…, expiring=True)`` narrows the list, ``add=True``
    opens the form, ``kind="person", uid=…`` opens one person."""

    kinds = ("person", "assignment")

    def build(self) -> None:
        self.text, self.reason = "", ""  # the reason for seeing full numbers holds for this sitting
        self._wanted = False  # the person being read is to become the current one of the list
        self._quiet = False  # the search box is emptied, not searched with
        box = self.add_search(_("Name, pinyin initials, unit, field, IPC, end of a telephone number"))
        box.searched.connect(self._searched)
        self.add_action("experts.import")
        self.add_action("experts.roster")
        self.add_action("experts.add", primary=True)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack)
        self._build_list()
        self.form: PersonFormPage | None = None
        box.down_pressed.connect(self.table.view.setFocus)
        self.reload()

    def _build_list(self) -> None:
        self.filters = PeopleFilters(role_choices(), group_choices())
        self.filters.changed.connect(self._narrowed)
        self.empty = EmptyState("experts", "", [
            (_("Import a spreadsheet"), self.import_experts), (_("Add an expert"), self.add_expert),
            (_("Open the sample pool"), self.open_sample), (_("Show all"), self.show_all)])
        self.table = RecordTable(
            columns(), self._ids, lambda ids: list_rows(self.pool, ids), jobs=self.jobs, name="experts",
            remembered=self.remembered, empty=self.empty, sort=("name", False), accessible=_("Experts"))
        self.table.current_changed.connect(self._current)
        self.table.activated.connect(lambda _id: self.edit_current())
        self.table.counted.connect(self._counted)
        self.table.menu_actions = [self.menu_action(name) for name in (
            "experts.edit", "experts.delete", "experts.forms", "experts.forms_due", "experts.holdings")]
        self.table.selection_changed.connect(self._selected)
        listed = Card(padding=1)
        listed.add(self.table)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        column.addWidget(self.filters)
        column.addWidget(listed, 1)
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
        self.desk = InterestsDesk(self)
        self.card.declaration.connect(lambda what: self.desk.act(what, self.card.data))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(16)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(self.card)
        self.card.setMinimumWidth(320)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([10_000, CARD])
        self.stack.addWidget(self.split)

    # -- what the frame calls
    def shown(self, **arguments: Any) -> None:
        known = {name: str(arguments[name]) for name in ("role", "field") if name in arguments}
        if "search" in arguments or known or arguments.get("expiring"):
            if not self._may_drop():
                return
            self._leave_form()
            self.filters.choose(role=known.get("role", ""), field=known.get("field", ""),
                                quick="expiring" if arguments.get("expiring") else "")
            self._show_text(str(arguments.get("search", "")))
            self._narrowed(keep=False)
        if arguments.get("add"):
            self.add_expert()

    def open_record(self, kind: str, uid: str) -> None:
        if self._may_drop():
            self._leave_form()
            self._show(uid, select=True)

    def refresh(self, changes: Changes) -> None:
        if changes.many or not changes.ids or changes.touches(*self.kinds):
            self.reload()
        if self.card.data and self.stack.currentWidget() is self.split:
            self._show(self.card.data.detail.uid)

    def reload(self) -> None:
        self.table.reload()
        self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_columns(self.table, self.remembered, event.size().width())

    # -- actions of the table
    def add_expert(self) -> None:
        """Open the form for a new person."""
        if self._may_drop():
            self._form().start()
            self.stack.setCurrentWidget(self._form())

    def edit_current(self) -> None:
        """Open the form for the current person; numbers stay masked in it until shown."""
        data, pool = self.card.data, self.pool
        if data is not None and self.stack.currentWidget() is self.split:
            uid = data.detail.uid
            self.jobs.read(self, lambda: person_detail(pool, uid, revealed=True), self._open_form, key="form")

    def delete_selected(self) -> None:
        """Remove the current person from the pool; the record stays and can be reinstated."""
        if len(self.table.selected_ids()) < 2:
            self._change_state("removed", _("Remove from the pool"), _("{name} is removed from the pool."))

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
        """Go to the rosters, for the category chosen here."""
        if self.filters.role:
            self.navigate("rosters", role=self.filters.role)
        else:
            self.navigate("rosters")

    def forms_for_selected(self) -> None:
        """Declaration forms for everybody selected."""
        self.desk.forms_for(self.table.selected_ids())

    def forms_due(self) -> None:
        """Declaration forms for everybody whose yearly one is missing or over."""
        self.desk.forms_due()

    def open_sample(self) -> None:
        """Open the pool of invented samples."""
        window = self.surroundings.window
        if window is not None and hasattr(window, "act"):
            window.act("importing.sample")
        else:
            self.navigate("importing")

    def show_all(self) -> None:
        """Take away the search and every chip."""
        self.filters.choose(role="", field="", quick="")
        self._show_text("")
        self._narrowed()

    # -- the list
    def _wish(self) -> Wanted:
        return Wanted(self.text, self.filters.role, self.filters.field, self.filters.quick)

    def _ids(self, sort: str, descending: bool) -> Any:
        return read_ids(self.pool, self._wish(), sort, descending)

    def _searched(self, text: str) -> None:
        if self._quiet or not self._may_drop():
            return
        self.text = text
        self._leave_form()
        self._narrowed()

    def _narrowed(self, *, keep: bool = True) -> None:
        self.table.reload(keep=keep)
        self._count()

    def _show_text(self, text: str) -> None:
        self._quiet, self.text = True, text
        if self.search is not None:
            self.search.show_text(text)
        self._quiet = False

    def _count(self) -> None:
        pool, wish = self.pool, self._wish()
        self.jobs.read(self, lambda: read_counts(pool, wish), self._show_counts, key="counts")

    def _show_counts(self, counts: dict[str, int]) -> None:
        self.filters.show_counts(counts)
        self.set_status(_("{count} people in the pool").format(count=number(counts["pool"])))

    def _counted(self, count: int) -> None:
        if count:
            if self.table.current_id() is None and not self._wanted:
                self.table.select(self.table.all_ids()[0])
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
        for action in self.table.menu_actions[:2]:
            action.setEnabled(count < 2)

    # -- the card
    def _current(self, chosen: int | None) -> None:
        if self._wanted:
            return
        if chosen is None:
            self.card.show_nothing()
            return
        pool = self.pool

        def read() -> PersonCardData | None:
            uid = uid_of(pool, chosen)
            return read_card(pool, uid) if uid else None

        self.jobs.read(self, read, self._show_card, key="card", failed=self._gone)

    def _show(self, uid: str, *, select: bool = False) -> None:
        """Read a person; ``select`` makes the person the current one of the list."""
        pool = self.pool
        self._wanted = select
        self.jobs.read(self, lambda: read_card(pool, uid), self._show_card, key="card", failed=self._gone)

    def _show_card(self, data: PersonCardData | None) -> None:
        wanted, self._wanted = self._wanted, False
        if data is None:
            self.card.show_nothing()
            return
        if wanted and not self.table.select(data.detail.id):
            quick = data.detail.state if data.detail.state in ("suspended", "removed") else ""
            self.filters.choose(role="", field="", quick=quick)
            self._show_text("")
            self.table.reload(select=data.detail.id)
            self._count()
        self.card.show_person(data)

    def _gone(self, error: BaseException) -> bool:
        self._wanted = False
        self.card.show_nothing()
        return isinstance(error, ExpectedError)

    def _read_history(self) -> None:
        data, pool = self.card.data, self.pool
        if data is not None:
            uid = data.detail.uid
            self.jobs.read(self, lambda: read_history(pool, uid), self.card.show_history, key="history")

    def _change_state(self, state: str, title: str, said: str) -> None:
        data, pool = self.card.data, self.pool
        if data is None or data.detail.state == state or self.stack.currentWidget() is not self.split:
            return
        reason = self.prompts.text(self, f"{title} · {data.detail.name}", _(
            "Why? The reason stands in the history of the record."))
        if reason is not None:
            uid, day = data.detail.uid, str(today())
            self.jobs.change(self, lambda: change_state(pool, uid, state, reason, day),
                             words=said.format(name=data.detail.name))

    # -- full numbers
    def may_reveal(self, what: str) -> bool:
        """Whether full numbers may be shown; asks why, once per sitting."""
        if not self.reason:
            self.reason = self.prompts.reason(self, what) or ""
        return bool(self.reason)

    def _reveal(self, masked: Masked, what: str, key: tuple[Any, ...]) -> None:
        data, pool = self.card.data, self.pool
        if data is None or not self.may_reveal(what):
            return
        uid, reason = data.detail.uid, self.reason

        def show(detail: PersonDetail) -> None:
            if isValid(masked):
                masked.show_value(full_number(detail, key))

        self.jobs.change(self, lambda: reveal(pool, uid, reason), show)

    # -- the form
    def _form(self) -> PersonFormPage:
        if self.form is None:
            self.form = PersonFormPage(self)
            self.form.left.connect(self._leave_form)
            self.form.written.connect(self._saved)
            self.stack.addWidget(self.form)
        return self.form

    def _open_form(self, detail: PersonDetail) -> None:
        if self.stack.currentWidget() is self.split:
            self._form().start(detail)
            self.stack.setCurrentWidget(self._form())

    def _may_drop(self) -> bool:
        """Whether an open form may go away; asks if something in it is not saved."""
        return self.form is None or self.stack.currentWidget() is not self.form or self.form.form.may_leave()

    def _leave_form(self) -> None:
        self.stack.setCurrentWidget(self.split)
        if self.isVisible():
            self.table.view.setFocus()

    def _saved(self, uid: str) -> None:
        self._leave_form()
        if uid:
            self._show(uid, select=True)
