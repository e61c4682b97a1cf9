"""The form of a case on its card: opening, saving, a number that is already in the docket."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from expertpool.cases.details import CaseDetail
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui.case_reading import read_card
from ui.cases.card import values_of
from ui.cases.form import CaseForm
from ui.page import Page
from ui.record_form import RecordForm, Version
from ui.widgets.draft_problems import problems_of

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool


class CaseFormPage(RecordForm):
    """The form under a heading that says what is being done."""

    def __init__(self, page: Page) -> None:
        self.form: CaseForm
        super().__init__(page, CaseForm(page.prompts, page.jobs))

    def start(self, detail: CaseDetail | None = None) -> None:
        """Open the form for a new case, or for an existing one."""
        if detail is None:
            self.form.show_new()
            self.open_with("", 0, _("New case"), _("Only the case number is needed; the rest can follow."))
        else:
            self.form.show_case(values_of(detail))
            self.open_with(detail.uid, detail.version, _("Edit the case"), detail.number)
        self.form.number.setFocus()

    def draft(self) -> CaseDraft | None:
        try:
            return self.form.draft()
        except ValidationError as error:
            for problem in self.form.show_problems(problems_of(error)):
                self.page.feedback.error(problem.text)
            return None

    def write(self, pool: "ExpertPool", draft: CaseDraft, uid: str, version: int) -> Changes:
        return edit_case(pool, uid, draft, version) if uid else open_case(pool, draft)

    def read_version(self, pool: "ExpertPool", uid: str) -> Version:
        detail = read_card(pool, uid).detail
        return Version(detail.uid, detail.version, values_of(detail))

    def words(self, draft: CaseDraft) -> str:
        return _("Case {number} saved.").format(number=draft.number)

    def key(self, draft: CaseDraft, changes: Changes) -> str:
        return draft.number

    def refused(self, error: ExpectedError) -> bool:
        if error.code == "case.known":
            self.form.number.problem(error.text)
            self.form.number.setFocus()
            return True
        return False
