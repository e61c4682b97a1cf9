"""案件: the list of cases with chips, the card of the current one, and the form."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from expertpool.assignments.service import change_assignment
from expertpool.cases.docket import close_case, edit_case, open_case
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui import theme
from ui.allowed import allowed
from ui.case_reading import CaseCardData, read_card
from ui.cases.assignments import REASONED
from ui.cases.card import CaseCard, values_of
from ui.cases.columns import columns, fit_columns
from ui.cases.form import CaseFormPage
from ui.cases.reading import list_rows, read_counts, read_ids, uid_of
from ui.cases.recusal_desk import RecusalDesk
from ui.page import Page
from ui.texts import number, word
from ui.widgets.cards import Card
from ui.widgets.chips import FilterChips
from ui.widgets.notes import EmptyState
from ui.widgets.record_table import RecordTable

CARD = 372  # px the card starts with


class CasesPage(Page):
    """The docket. ``navigate("cases", search=…)`` searches, ``kind="case", uid=…`` opens one."""

    kinds = ("courtcase", "assignment", "person")

    def build(self) -> None:
        self.kind, self.text = "", ""
        self._wanted = False  # the case being read is to become the current one of the list
        self._quiet = False  # the search box is emptied, not searched with
        box = self.add_search(_("Case number in any spelling, parties, agents, firms"))
        box.searched.connect(self._searched)
        self.add_action("cases.import")
        self.add_action("cases.match", words=_("Match and appoint"))
        self.add_action("cases.add", primary=True)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack)
        self._build_list()
        self.form: CaseFormPage | None = None
        box.down_pressed.connect(self.table.view.setFocus)
        self.reload()

    def _build_list(self) -> None:
        self.chips = FilterChips(_("Which cases"), [
            ("", _("All")), ("open", _("In hand")), ("lacking", _("To appoint")), ("closed", _("Closed"))])
        self.chips.chosen.connect(self._choose)
        self.empty = EmptyState("cases", "", [
            (_("New case"), self.add_case), (_("Import cases"), self.import_cases)])
        self.table = RecordTable(
            columns(), self._ids, lambda ids: list_rows(self.pool, ids), jobs=self.jobs, name="cases",
            remembered=self.remembered, empty=self.empty, sort=("number", True), accessible=_("Cases"))
        self.table.current_changed.connect(self._current)
        self.table.activated.connect(lambda _id: self.edit_current())
        self.table.counted.connect(self._counted)
        self.table.menu_actions = [self.menu_action(name) for name in ("cases.match", "cases.edit")]
        listed = Card(padding=1)
        listed.add(self.table)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        column.addWidget(self.chips)
        column.addWidget(listed, 1)
        self.card = CaseCard()
        self.card.may = lambda operation: allowed(self.pool, operation)
        self.card.match.connect(self.match_current)
        self.card.edit.connect(self.edit_current)
        self.card.closing.connect(self._close)
        self.card.opened.connect(self._open_other)
        self.card.stepped.connect(self._step)
        self.recusals = RecusalDesk(self)
        self.card.asked.connect(self.recusals.act)
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
        if "state" in arguments:
            self.kind = str(arguments["state"])
            self.chips.choose(self.kind)
            self.table.reload(keep=False)
        if "search" in arguments and self.search is not None:
            self.search.show_text(str(arguments["search"]))
        if arguments.get("new"):
            self.add_case()

    def open_record(self, kind: str, uid: str) -> None:
        if self._may_drop():
            self._leave_form()
            self._show(uid, select=True)

    def refresh(self, changes: Changes) -> None:
        if changes.many or not changes.ids or changes.touches("courtcase", "assignment"):
            self.table.reload()
            self._count()
        if self.card.data and self.stack.currentWidget() is self.split:
            self._show(self.card.data.detail.uid)

    def reload(self) -> None:
        self.table.reload()
        self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_columns(self.table, self.remembered, event.size().width())

    # -- actions of the table
    def add_case(self) -> None:
        """Open the form for a new case."""
        if self._may_drop():
            self._form().start()
            self.stack.setCurrentWidget(self._form())

    def edit_current(self) -> None:
        """Open the form for the current case."""
        data = self.card.data
        if data is not None and self.stack.currentWidget() is self.split:
            self._form().start(data.detail.uid, data.detail.version, values_of(data))
            self.stack.setCurrentWidget(self._form())

    def match_current(self) -> None:
        """Go to the matching page with the current case."""
        data = self.card.data
        if data is None:
            self.navigate("matching")
        else:
            self.navigate("matching", number=data.detail.number)

    def import_cases(self) -> None:
        """Go to the import of cases."""
        act = getattr(self.surroundings.window, "act", None)
        act("importing.cases") if act else self.navigate("importing")

    # -- the list
    def _ids(self, sort: str, descending: bool) -> Any:
        return read_ids(self.pool, self.kind, self.text, sort, descending)

    def _searched(self, text: str) -> None:
        if self._quiet or not self._may_drop():
            return
        self.text = text
        self._leave_form()
        self.table.reload()
        self._count()

    def _choose(self, kind: str) -> None:
        self.kind = kind
        self.table.reload()

    def _count(self) -> None:
        pool, text = self.pool, self.text
        self.jobs.read(self, lambda: read_counts(pool, text), self._show_counts, key="counts")

    def _show_counts(self, counts: dict[str, int]) -> None:
        self.chips.show_counts(counts)
        self.set_status(_("{open} in hand · {lacking} to appoint").format(
            open=number(counts["open"]), lacking=number(counts["lacking"])))

    def _counted(self, count: int) -> None:
        if not count:
            if self.text or self.kind:
                self.empty.show_sentence(_("No case fits"), _("Search for other words or choose “All”."))
            else:
                self.empty.show_sentence(_("No cases yet"), _(
                    "Cases are entered here or read from a spreadsheet; then the pool says who may serve and why."))
        elif self.table.current_id() is None and not self.card.data:
            self.table.select(self.table.all_ids()[0])

    # -- the card
    def _current(self, chosen: int | None) -> None:
        self.action_button("cases.match").setEnabled(chosen is not None)
        if self._wanted:
            return
        if chosen is None:
            self.card.show_nothing()
            return
        pool = self.pool

        def read() -> CaseCardData | None:
            uid = uid_of(pool, chosen)
            return read_card(pool, uid) if uid else None

        self.jobs.read(self, read, self._show_card, key="card")

    def _show(self, case: str, *, select: bool = False) -> None:
        """Read a case by uid or number; ``select`` makes it the current one of the list."""
        pool = self.pool
        self._wanted = select
        self.jobs.read(self, lambda: read_card(pool, case), self._show_card, key="card", failed=self._gone)

    def _show_card(self, data: CaseCardData | None) -> None:
        wanted, self._wanted = self._wanted, False
        if data is None:
            self.card.show_nothing()
            return
        if wanted and not self.table.select(data.detail.id):
            self._select_anew(data.detail.id)
        self.card.show_case(data)

    def _select_anew(self, wanted: int) -> None:
        """The case is not in the list as filtered: show all, then make it current."""
        self.kind, self.text = "", ""
        self.chips.choose("")
        self._quiet = True
        if self.search is not None:
            self.search.show_text("")
        self._quiet = False
        self.table.reload(select=wanted)
        self._count()

    def _gone(self, error: BaseException) -> bool:
        self._wanted = False
        self.card.show_nothing()
        return isinstance(error, ExpectedError)

    def _open_other(self, uid: str) -> None:
        self._show(uid, select=True)

    def _close(self) -> None:
        data = self.card.data
        if data is not None:
            pool, uid, day = self.pool, data.detail.uid, str(today())
            self.jobs.change(self, lambda: close_case(pool, uid, day),
                             words=_("{number} is closed.").format(number=data.detail.number))

    def _step(self, row: dict[str, Any], state: str) -> None:
        note: str | None = ""
        if state in REASONED:
            note = self.prompts.text(self, word("assignment_state", state), _(
                "Why? The reason stands in the history of the assignment."))
            if note is None:
                return
        pool, uid, version = self.pool, row["uid"], row["version"]
        self.jobs.change(self, lambda: change_assignment(pool, uid, state, note=note or "", version=version),
                         words=_("{name}: {state}").format(name=row["person"], state=word("assignment_state", state)))

    # -- the form
    def _form(self) -> CaseFormPage:
        if self.form is None:
            self.form = CaseFormPage(self.prompts, self.jobs)
            self.form.left.connect(self._leave_form)
            self.form.saved.connect(self._save)
            self.stack.addWidget(self.form)
        return self.form

    def _may_drop(self) -> bool:
        """Whether an open form may go away; asks if something in it is not saved."""
        return self.form is None or self.stack.currentWidget() is not self.form or self.form.form.may_leave()

    def _leave_form(self) -> None:
        self.stack.setCurrentWidget(self.split)
        if self.isVisible():
            self.table.view.setFocus()

    def _save(self) -> None:
        form, pool = self._form(), self.pool
        draft, uid, version = form.form.draft(), form.uid, form.version
        said = _("Case {number} saved.").format(number=draft.number)

        def write() -> Changes:
            return edit_case(pool, uid, draft, version) if uid else open_case(pool, draft)

        self.jobs.change(self, write, lambda _changes: self._saved(draft.number), words=said, failed=self._refused)

    def _saved(self, number: str) -> None:
        self._form().form.accept_saved()
        self._leave_form()
        self._show(number, select=True)

    def _refused(self, error: BaseException) -> bool:
        if not isinstance(error, ExpectedError):
            return False
        form = self._form()
        if error.code == "case.known":
            form.form.number.problem(error.text)
            form.form.number.setFocus()
            return True
        if error.code == "record.changed":
            pool, uid = self.pool, form.uid
            self.jobs.read(self, lambda: read_card(pool, uid), self._show_conflict, key="conflict")
        return False

    def _show_conflict(self, data: CaseCardData) -> None:
        """Somebody else saved meanwhile: both values under each field; saving again takes what stands here."""
        self._form().version = data.detail.version
        plain = {name: value for name, value in values_of(data).items() if isinstance(value, str)}
        self._form().form.show_conflicts(plain)
