"""案件: the list of cases with chips, the card of the current one, and the form."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent

from expertpool.assignments.service import AssignmentRow
from expertpool.cases.closing import close_cases, preview_closing
from expertpool.cases.docket import close_case
from expertpool.checks.next_step import change_assignment
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui.allowed import allowed
from ui.case_reading import CaseCardData, read_card
from ui.cases.assignments import REASONED
from ui.cases.card import CaseCard
from ui.cases.columns import columns, fit_columns
from ui.cases.form_page import CaseFormPage
from ui.cases.reading import list_rows, read_counts, read_ids, uid_of
from ui.cases.recusal_actions import RecusalActions
from ui.record_page import RecordPage
from ui.saving import ask_and_write
from ui.texts import joined, number, word
from ui.widgets.chips import FilterChips
from ui.widgets.date_field import DateField
from ui.widgets.many_dialog import ManyDialog, Values
from ui.widgets.notes import EmptyState
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

CARD = 372  # first width of the card, in pixels


class CasesPage(RecordPage[CaseCardData]):
    """The docket. ``navigate("cases", search=…)`` searches, ``kind="case", uid=…`` opens one."""

    kinds = ("courtcase", "assignment", "person")
    listed = ("courtcase", "assignment")
    form: CaseFormPage | None

    def build(self) -> None:
        self.kind = ""
        self.add_search(_("Case number in any spelling, parties, agents, firms"))
        self.add_action("cases.import")
        self.add_action("cases.match", words=_("Match and appoint"))
        self.add_action("cases.add", primary=True)
        self.chip_words = {"": _("All"), "open": _("In hand"), "lacking": _("To appoint"), "closed": _("Closed")}
        self.chips = FilterChips(_("Which cases"), list(self.chip_words.items()))
        self.chips.chosen.connect(self._choose)
        self.empty = EmptyState("cases", "", [
            (_("New case"), self.add_case), (_("Import cases"), self.import_cases)])
        table = RecordTable(
            columns(), self._ids, lambda ids: list_rows(self.pool, ids), jobs=self.jobs, name="cases",
            remembered=self.remembered, empty=self.empty, sort=("number", True), accessible=_("Cases"))
        table.current_changed.connect(lambda chosen: self.action_button("cases.match").setEnabled(chosen is not None))
        table.activated.connect(lambda _id: self.edit_current())
        table.counted.connect(self._counted)
        table.menu_actions = [self.menu_action(f"cases.{name}") for name in ("match", "edit", "close", "print")]
        self.card = CaseCard()
        self.card.may = lambda operation: allowed(self.pool, operation)
        self.card.match.connect(self.match_current)
        self.card.edit.connect(self.edit_current)
        self.card.closing.connect(self._close)
        self.card.opened.connect(lambda uid: self.show_key(uid, select=True))
        self.card.stepped.connect(self._step)
        self.recusals = RecusalActions(self)
        self.card.asked.connect(self.recusals.act)
        self.assemble(table, self.card, above=self.chips, width=CARD)
        self.reload()

    # -- overridden for cases
    def read_record(self, pool: "ExpertPool", key: int | str) -> CaseCardData | None:
        uid = uid_of(pool, key) if isinstance(key, int) else key
        return read_card(pool, uid) if uid else None

    def show_record(self, data: CaseCardData) -> None:
        self.card.show_case(data)

    def key_of(self, data: CaseCardData) -> tuple[int, str]:
        return data.detail.id, data.detail.uid

    def widen(self, data: CaseCardData) -> None:
        self.kind = ""
        self.chips.choose("")

    def make_form(self) -> CaseFormPage:
        return CaseFormPage(self)

    def count(self) -> None:
        pool, text = self.pool, self.text
        self.jobs.read(self, lambda: read_counts(pool, text), self._show_counts, key="counts")

    def heading(self) -> tuple[str, str]:
        return _("Cases"), joined(self.chip_words[self.kind] if self.kind else "", self.text)

    # -- called by the window
    def shown(self, **arguments: object) -> None:
        if "state" in arguments:
            self.kind = str(arguments["state"])
            self.chips.choose(self.kind)
            self.table.reload(keep=False)
        if "search" in arguments and self.search is not None:
            self.search.show_text(str(arguments["search"]))
        if arguments.get("new"):
            self.add_case()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_columns(self.table, self.remembered, event.size().width())

    # -- actions of the table
    def add_case(self) -> None:
        """Open the form for a new case."""
        if self.may_drop():
            self._start_form(None)

    def edit_current(self) -> None:
        """Open the form for the current case."""
        data = self.card.data
        if data is not None and self.list_shown:
            self._start_form(data)

    def _start_form(self, data: CaseCardData | None) -> None:
        self.open_form()
        assert self.form is not None
        self.form.start(data.detail if data is not None else None)

    def close_selected(self) -> None:
        """Close all selected cases, after a preview of which can be closed."""
        chosen, pool, jobs = self.table.selected_ids(), self.pool, self.jobs
        if not chosen:
            return
        day = DateField("on", _("Closed on"), needed=True)
        day.show(str(today()))
        dialog = ManyDialog(self, jobs, _("Close the cases selected"), [day],
                            lambda _values: preview_closing(pool, chosen), "case_state")

        def write(values: Values) -> None:
            dialog.write(jobs, lambda: close_cases(pool, chosen, values["on"]), words=_("The cases are closed."))

        dialog.agreed.connect(write)
        dialog.open()

    def match_current(self) -> None:
        """Go to the page of matching with the current case."""
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
    def _ids(self, sort: str, descending: bool) -> Sequence[int]:
        return read_ids(self.pool, self.kind, self.text, sort, descending)

    def _choose(self, kind: str) -> None:
        self.kind = kind
        self.table.reload()

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
        else:
            self.choose_first()

    # -- wanted by the card
    def _close(self) -> None:
        data = self.card.data
        if data is not None:
            pool, uid, day = self.pool, data.detail.uid, str(today())
            self.jobs.change(self, lambda: close_case(pool, uid, day),
                             words=_("{number} is closed.").format(number=data.detail.number))

    def _step(self, row: AssignmentRow, state: str) -> None:
        pool, uid, version, title = self.pool, row.uid, row.version, word("assignment_state", state)
        words = _("{name}: {state}").format(name=row.person, state=title)

        def write(note: str) -> Changes:
            return change_assignment(pool, uid, state, note=note, version=version)

        def refused(error: BaseException) -> bool:
            """If a rule only warns, ask for the reason it needs, then take the step with that reason."""
            if not isinstance(error, ExpectedError) or error.code != "notice.verify":
                return False
            ask_and_write(self, title, error.text, write, words=words, needed=True)
            return True

        if state in REASONED:
            ask_and_write(self, title, _("Why? The reason stands in the history of the assignment."), write,
                          words=words)
        else:
            self.jobs.change(self, lambda: write(""), words=words, failed=refused)
