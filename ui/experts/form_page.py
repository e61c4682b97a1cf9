"""The form of a person on its card: opening, saving, problems under the fields, values of somebody else."""

from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.experts.details import PersonDetail, note_reveal, person_detail
from expertpool.experts.register import edit, register
from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError, Problem
from ui import theme
from ui.experts.form import PersonForm
from ui.experts.reading import uid_of
from ui.widgets.cards import Card
from ui.widgets.labels import label


class PersonFormPage(QWidget):
    """``left`` after Cancel; ``written(uid)`` after a save."""

    left = Signal()
    written = Signal(str)

    def __init__(self, page: Any) -> None:
        super().__init__()
        self._page = page
        self.form = PersonForm(page.prompts, page.jobs)
        self.uid, self.version = "", 0
        self._heading, self._second = label("", "section"), label("", "small")
        self.showing = QPushButton(_("Show full numbers"))
        self.showing.setProperty("role", "link")
        self.showing.clicked.connect(self._reveal)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP)
        head.addWidget(self._heading)
        head.addWidget(self._second)
        head.addStretch(1)
        head.addWidget(self.showing)
        card = Card(padding=theme.WIDE)
        card.body.addLayout(head)
        card.add(self.form, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.form.left.connect(self.left)
        self.form.saved.connect(lambda _values: self._save())

    def start(self, detail: PersonDetail | None = None) -> None:
        """Open the form for a new person, or for one with full details."""
        self.uid, self.version = (detail.uid, detail.version) if detail else ("", 0)
        self._heading.setText(_("Edit the expert") if detail else _("New expert"))
        self._second.setText(detail.name if detail else _("Only the name is needed; the rest can follow."))
        self.showing.setVisible(detail is not None and self.form.has_numbers(detail))
        if detail is None:
            self.form.show_new()
        else:
            self.form.show_person(detail.draft())
        self.form.name.setFocus()

    def _reveal(self) -> None:
        if not self._page.may_reveal(_("the full numbers")):
            return
        pool, reason, uid = self._page.pool, self._page.reason, self.uid
        self._page.jobs.change(self, lambda: note_reveal(pool, reason, [uid]), lambda _none: self._unmask())

    def _unmask(self) -> None:
        self.form.unmask()
        self.showing.hide()

    def _save(self) -> None:
        pool, uid, version = self._page.pool, self.uid, self.version
        try:
            draft = self.form.draft()
        except ValidationError as error:
            for problem in self.form.show_problems(problems_of(error)):
                self._page.feedback.error(problem.text)
            return

        def write() -> Changes:
            return edit(pool, uid, draft, version) if uid else register(pool, draft)

        self._page.jobs.change(self, write, self._saved, words=_("{name} saved.").format(name=draft.name),
                               failed=self._refused)

    def _saved(self, changes: Changes) -> None:
        self.form.accept_saved()
        new = next(iter(changes.ids.get("person", ())), 0)
        self.written.emit(self.uid or uid_of(self._page.pool, new))

    def _refused(self, error: BaseException) -> bool:
        if isinstance(error, ExpectedError) and error.code == "record.changed":
            pool, uid = self._page.pool, self.uid
            self._page.jobs.read(self, lambda: person_detail(pool, uid, revealed=True), self._show_conflict,
                                 key="conflict")
        return False

    def _show_conflict(self, detail: PersonDetail) -> None:
        """Somebody else saved meanwhile: both values under each field; saving again takes what stands here."""
        self.version = detail.version
        self.form.show_theirs(detail.draft())


def problems_of(error: ValidationError) -> list[Problem]:
    """What a draft refused, as problems of the form's fields."""
    found = []
    for one in error.errors():
        field = str(one["loc"][0])
        code = "person.name" if one["type"] == "string_too_short" else one["type"]
        parameters = {key: value for key, value in one.get("ctx", {}).items() if key in ("choices", "most")}
        found.append(Problem(code, field=field, value=str(one.get("input", "")), parameters=parameters))
    return found
