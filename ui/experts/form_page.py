"""The form of a person on its card: opening, saving, problems under the fields, showing full numbers for a reason."""

from typing import TYPE_CHECKING

from pydantic import ValidationError
from PySide6.QtWidgets import QPushButton

from expertpool.experts.details import PersonDetail, note_reveal, person_detail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import edit, register
from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from ui.experts.form import PersonForm
from ui.experts.reading import uid_of
from ui.record_form import RecordForm, Version
from ui.widgets.draft_problems import problems_of

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool
    from ui.experts.page import ExpertsPage


class PersonFormPage(RecordForm):
    """Personal numbers stay masked until somebody gives a reason for seeing them."""

    def __init__(self, page: "ExpertsPage") -> None:
        self.form: PersonForm
        super().__init__(page, PersonForm(page.prompts, page.jobs))
        self._experts = page
        self.showing = QPushButton(_("Show full numbers"))
        self.showing.setProperty("role", "link")
        self.showing.clicked.connect(self._reveal)
        self.head.addWidget(self.showing)

    def start(self, detail: PersonDetail | None = None) -> None:
        """Open the form for a new person, or for one with full details."""
        self.showing.setVisible(detail is not None and self.form.has_numbers(detail))
        if detail is None:
            self.form.show_new()
            self.open_with("", 0, _("New expert"), _("Only the name is needed; the rest can follow."))
        else:
            self.form.show_person(detail.draft())
            self.open_with(detail.uid, detail.version, _("Edit the expert"), detail.name)
        self.form.name.setFocus()

    def draft(self) -> PersonDraft | None:
        try:
            return self.form.draft()
        except ValidationError as error:
            for problem in self.form.show_problems(problems_of(error, "person.name")):
                self.page.feedback.error(problem.text)
            return None

    def write(self, pool: "ExpertPool", draft: PersonDraft, uid: str, version: int) -> Changes:
        return edit(pool, uid, draft, version) if uid else register(pool, draft)

    def read_version(self, pool: "ExpertPool", uid: str) -> Version:
        detail = person_detail(pool, uid, revealed=True)
        return Version(detail.uid, detail.version, detail.draft().model_dump())

    def words(self, draft: PersonDraft) -> str:
        return _("{name} saved.").format(name=draft.name)

    def key(self, draft: PersonDraft, changes: Changes) -> str:
        return self.uid or uid_of(self.page.pool, next(iter(changes.ids.get("person", ())), 0))

    def _reveal(self) -> None:
        if not self._experts.may_reveal(_("the full numbers")):
            return
        pool, reason, uid = self.page.pool, self._experts.reason, self.uid
        self.page.jobs.change(self, lambda: note_reveal(pool, reason, [uid]), lambda _none: self._unmask())

    def _unmask(self) -> None:
        self.form.unmask()
        self.showing.hide()
