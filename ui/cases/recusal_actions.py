"""Recusal on the case card: opening dialogs, writing, saving papers, leading to a replacement."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from expertpool.assignments.recusals import (
    FollowUp,
    apply_for_recusal,
    ask_reconsideration,
    decide_reconsideration,
    decide_recusal,
    decision_day,
    follow_up,
)
from expertpool.assignments.service import AssignmentRow
from expertpool.documents.check_sheet import appointment_sheet
from expertpool.documents.paper import Paper
from expertpool.documents.recusal import recusal_decision, recusal_register
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.rules.holidays import SETTING
from ui.cases.opinion_actions import keep_opinion, take_opinion
from ui.cases.recusal_dialogs import ApplyDialog, DecideDialog, show_dialog
from ui.cases.recusal_words import newest
from ui.saving import ask_and_write, write_paper

if TYPE_CHECKING:
    from ui.cases.page import CasesPage


class RecusalActions(QObject):
    """Works for a page whose ``card.data`` is the case."""

    def __init__(self, page: "CasesPage") -> None:
        super().__init__(page)
        self._page = page
        self.dialog: QDialog | None = None

    def act(self, row: AssignmentRow, action: str) -> None:
        """Do what was pressed on an assignment."""
        if action in ("opinion_in", "opinion_out"):
            (keep_opinion if action == "opinion_in" else take_opinion)(self._page, row)
            return
        if self._page.card.data is None:
            return
        detail = self._page.card.data.detail
        {"apply": self._apply, "decide": self._decide, "reconsider": self._decide, "ask": self._ask,
         "replace": self._replace, "register_paper": self._paper, "decision_paper": self._paper,
         "sheet": self._sheet}[action](row, detail, action)

    def _apply(self, row: AssignmentRow, detail: Any, _action: str) -> None:
        pool, uid = self._page.pool, row.uid
        rules, calendar = pool.rules, pool.setting(SETTING)
        made = ApplyDialog(self._page, row, detail,
                           lambda day: decision_day(rules, detail.values["nature"], day, calendar))
        self._open(made, lambda draft: lambda: apply_for_recusal(pool, uid, draft), made.draft,
                   _("Application filed; {name} is suspended.") if not row.recusals else _("Application filed."),
                   row)

    def _decide(self, row: AssignmentRow, detail: Any, action: str) -> None:
        one = newest(row)
        if one is None:
            return
        made = DecideDialog(self._page, row, one, detail.values["judge"])
        pool, uid, version = self._page.pool, one.uid, one.version

        def given() -> tuple[str, dict[str, str]]:
            return made.outcome(), {"by": made.by(), "reason": made.reasons.value(), "on": made.day.value()}

        def write(entered: tuple[str, dict[str, str]]) -> Callable[[], Any]:
            outcome, rest = entered
            if action == "reconsider":
                return lambda: decide_reconsideration(pool, uid, outcome == "upheld", version=version, **rest)
            return lambda: decide_recusal(pool, uid, outcome, version=version, **rest)

        self._open(made, write, given, _("Decision entered: {name}."), row, lambda _changes: self._page.jobs.read(
            self, lambda: follow_up(pool, uid), self._tell, key="after"))

    def _tell(self, after: FollowUp) -> None:
        """Show the notices now required by law, and offer to find a replacement."""
        if after.notices:
            page, arguments = self._page, {"number": after.number, "role": after.role, "replaces": after.replaces}
            page.feedback.info("\n".join(after.notices), (
                _("Appoint another"), lambda: page.navigate("matching", **arguments)) if after.replaces else None)

    def _open(self, dialog: Any, write: Callable[[Any], Callable[[], Any]], given: Callable[[], Any], words: str,
              row: AssignmentRow, done: Callable[[Any], Any] | None = None) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        show_dialog(dialog, lambda: dialog.write(
            self._page.jobs, write(given()), done, words=words.format(name=row.person)))

    def _forget(self) -> None:
        self.dialog = None

    def _ask(self, row: AssignmentRow, _detail: Any, _action: str) -> None:
        one = newest(row)
        if one is None:
            return
        pool, uid, version = self._page.pool, one.uid, one.version
        ask_and_write(self._page, _("Reconsideration asked for on"), _(
            "The applicant may ask once, on receiving the decision. The person is not suspended meanwhile."),
            lambda day: ask_reconsideration(pool, uid, day, version=version), initial=str(today()), needed=True,
            words=_("Reconsideration entered: {name}.").format(name=row.person))

    def _replace(self, row: AssignmentRow, detail: Any, _action: str) -> None:
        self._page.navigate("matching", number=detail.number, role=row.role, replaces=row.uid)

    def _paper(self, row: AssignmentRow, _detail: Any, action: str) -> None:
        one = newest(row)
        if one is None:
            return
        pool, uid = self._page.pool, one.uid
        made = recusal_register if action == "register_paper" else recusal_decision
        self._page.jobs.read(self, lambda: made(pool, uid), lambda paper: self._save(paper, paper.title, row),
                             key="paper")

    def _sheet(self, row: AssignmentRow, _detail: Any, _action: str) -> None:
        pool, uid = self._page.pool, row.uid
        self._page.jobs.read(self, lambda: appointment_sheet(pool, uid),
                             lambda paper: self._save(paper, _("Check sheet"), row), key="sheet")

    def _save(self, paper: Paper, title: str, row: AssignmentRow) -> None:
        page = self._page
        target = page.prompts.save_file(page, title, f"{title} {row.case} {row.person}.pdf", "pdf")
        if target is not None and write_paper(page, paper, target):
            page.feedback.ok(_("Saved: {file}").format(file=target.name))
