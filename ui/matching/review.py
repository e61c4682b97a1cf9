"""Actions on one person on the page of matching: dismissing and restoring false alarms, the check sheet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from expertpool.accounts.permissions import may
from expertpool.checks.check import LIFT
from expertpool.checks.check_sheet import dismissal_of
from expertpool.checks.dismissals import dismiss, take_back
from expertpool.checks.findings import Finding
from expertpool.documents.check_sheet import person_sheet
from expertpool.documents.paper import Paper
from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.matching.ranking import Candidate, Excluded
from ui.saving import ask_and_write, write_paper

if TYPE_CHECKING:
    from ui.matching.page import MatchingPage

DISMISS = "dismiss finding"


class Review(QObject):
    """Works on the person shown by the page's card."""

    def __init__(self, page: "MatchingPage") -> None:
        super().__init__(page)
        self._page = page
        page.card.may_lift = may(page.pool.actor, LIFT)
        page.card.may_dismiss = may(page.pool.actor, DISMISS)

    def dismiss(self, hit: Finding) -> None:
        """Ask for a reason and dismiss a finding as a false alarm."""
        page, person = self._page, self._page.card.person
        if person is None or page.answer is None:
            return
        pool, number, uid = page.pool, page.answer.number, person.uid
        ask_and_write(page, _("Dismiss as a false alarm"), hit.text + "\n" + _(
            "Say what was looked into and what shows that it is none. It comes up again when the facts change."),
            lambda reason: dismiss(pool, number, uid, hit.key, reason), long=True, needed=True, done=self._again,
            words=_("Dismissed as a false alarm: {name}").format(name=person.name))

    def restore(self, hit: Finding) -> None:
        """Withdraw a dismissal."""
        page, person = self._page, self._page.card.person
        if person is None or page.answer is None:
            return
        pool, number, uid = page.pool, page.answer.number, person.uid

        def write() -> Changes:
            return take_back(pool, dismissal_of(pool, uid, hit.key, number))

        page.jobs.change(page, write, self._again, words=_("Finding restored: {name}").format(name=person.name))

    def print_sheet(self, person: Candidate | Excluded) -> None:
        """Check this person again and write the sheet as PDF."""
        page = self._page
        if page.answer is None:
            return
        pool, number, uid, role = page.pool, page.answer.number, person.uid, page.answer.ranking.role
        page.jobs.read(page, lambda: person_sheet(pool, number, uid, role),
                       lambda paper: self._save(paper, person.name), key="sheet")

    def _save(self, paper: Paper, name: str) -> None:
        page, title = self._page, _("Check sheet")
        target = page.prompts.save_file(page, title, f"{title} {paper.number} {name}.pdf", "pdf")
        if target is not None and write_paper(page, paper, target):
            page.feedback.ok(_("Check sheet saved: {file}").format(file=target.name))

    def _again(self, _changes: Changes) -> None:
        self._page.match_again()
