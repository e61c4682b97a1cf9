"""The form of a person (专家): own values, and lists of phones, employers, terms, licences, interests, absences."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox

from expertpool.experts.catalogue import PERSON
from expertpool.experts.details import PersonDetail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.id_number import read_identity
from expertpool.experts.titles import title_level
from expertpool.foundation.language import _
from expertpool.foundation.masking import mask_id
from expertpool.rules.field_catalogue import Kind
from expertpool.rules.field_checks import edited
from ui.experts.described_fields import entry_of, row_of
from ui.experts.entries import IdentityField, MaskedField
from ui.field_words import field_word
from ui.jobs import Jobs
from ui.prompts import Prompts
from ui.widgets.fields import Field, ListField, TextField, narrow
from ui.widgets.form import Form
from ui.widgets.rows_field import RowsField
from ui.widgets.technical_fields import FieldsField, suggest

PAUSE = 250  # milliseconds after the last key before fields are suggested
Rows = Sequence[dict[str, Any]]


class PersonForm(Form):
    """Values are those of :class:`PersonDraft`; ``draft()`` gives one."""

    def __init__(self, prompts: Prompts, jobs: Jobs) -> None:
        super().__init__(prompts, columns=4)
        self._jobs = jobs
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.suggest_fields)
        self._level = ""  # the level that follows from the title
        self._said = ("", "")  # birth and gender that follow from the identity number
        self._build()
        for box in self.findChildren(QComboBox):
            narrow(box)
        self.title.changed.connect(self._follow_title)
        self.identity.changed.connect(self._follow_identity)
        self.specialties.changed.connect(self._pause.start)

    def _build(self) -> None:
        self.section(_("Person"))
        self.name = self.add(TextField("name", field_word("name"), needed=True))
        self.identity = IdentityField("id_number", field_word("id_number"), mask_id)
        self._described("person", {"id_number": self.identity})
        self.gender, self.birth = self.fields["gender"], self.fields["birth"]
        self.title, self.level = self.fields["title"], self.fields["title_level"]
        self.section(_("Contact"))
        self.add(RowsField("phones", field_word("phones"), phone_fields, widths=(1, 3),
                           add=_("Add a telephone number")), wide=True)
        self._described("contact")
        self._rows(_("Unit"), RowsField(
            "employments", field_word("employer"), employer_fields, widths=(6, 4, 4, 3, 3, 2),
            add=_("Add an employer"), check=dates_in_order))
        self._rows(_("Category and term"), RowsField(
            "roles", field_word("roles"), role_fields, widths=(4, 3, 5, 4, 4, 3, 4), add=_("Add a term"),
            check=dates_in_order))
        self.section(_("Technical fields and specialities"))
        self.codes = self.add(FieldsField(
            "fields_", field_word("fields_"), keeps_words=True,
            waiting=_("Fields are suggested as soon as specialities are entered."),
            suggested=_("Suggested from the specialities; press to accept:")), wide=True)
        self.specialties = self.add(ListField("specialties", field_word("specialties"), longest=2000, placeholder=_(
            "The person's own words, parted by ；")), wide=True)
        self._rows(_("Licences"), RowsField(
            "licences", field_word("licences"), licence_fields, widths=(4, 5, 5, 4, 4, 4), add=_("Add a licence")))
        self._rows(_("Interests"), RowsField(
            "interests", field_word("interests"), interest_fields, widths=(3, 3, 3, 5, 5, 3, 3),
            add=_("Add an interest"), check=dates_in_order))
        self._rows(_("Not available"), RowsField(
            "unavailable", _("Not available"), away_fields, widths=(3, 3, 4), add=_("Add a period"),
            check=dates_in_order))
        self.section(_("Further"))
        self._described("further")

    def _described(self, section: str, own: Mapping[str, Field] | None = None) -> None:
        """The fields that the catalogue puts into a section, including those with an entry field of their own."""
        for field in PERSON.in_form(section):
            if field.key not in self.fields:
                self.add((own or {}).get(field.key) or entry_of(field), wide=field.kind is Kind.LONG)

    def _rows(self, title: str, field: RowsField) -> None:
        """A list of rows under its own heading."""
        self.section(title)
        self.add(field, wide=True)
        field.label.hide()

    def show_new(self) -> None:
        """Start a new person."""
        self._show(PersonDraft(name="?").model_dump() | {"name": ""})

    def show_person(self, draft: PersonDraft) -> None:
        """Show a person for editing; personal numbers stay masked."""
        self._show(draft.model_dump())

    def draft(self) -> PersonDraft:
        """What was entered; a refused value raises pydantic's ValidationError."""
        return edited(PersonDraft, self.values(), self._shown)

    def has_numbers(self, detail: PersonDetail) -> bool:
        """Whether the form contains any masked number."""
        return bool(detail.values["id_number"] or detail.children["phones"])

    def unmask(self) -> None:
        """Show all personal numbers in full."""
        for field in self.findChildren(MaskedField):
            field.unmask()

    def suggest_fields(self) -> None:
        """Recognise technical fields in the specialities, in a worker; the newest answer counts."""
        if text := "\n".join(self.specialties.value()):
            self._jobs.read(self, lambda: suggest(text), self.codes.show_guesses, key="fields")
        else:
            self.codes.show_guesses([])

    def may_leave(self) -> bool:
        self._pause.stop()
        return super().may_leave()

    def _show(self, values: dict[str, Any]) -> None:
        self.codes.show_guesses([])
        self._level = title_level(values["title"]) or ""
        self._said = _of_identity(values["id_number"])
        self.show_values(values)
        self.suggest_fields()

    def _follow_title(self) -> None:
        """Set the level from the title as long as nobody chose another."""
        said = title_level(self.title.value()) or ""
        if self.level.value() in ("", self._level) and said:
            self.level._put(said)
        self._level = said

    def _follow_identity(self) -> None:
        """Set birth and gender from a valid identity number if nothing else was entered."""
        said = _of_identity(self.identity.value())
        for field, before, now in zip((self.birth, self.gender), self._said, said, strict=True):
            if now and field.value() in ("", before):
                field._put(now)
        self._said = said


def _of_identity(number: str) -> tuple[str, str]:
    found = read_identity(number)
    return (str(found.birth), found.gender) if found.valid and found.birth else ("", "")


def dates_in_order(rows: Rows) -> str:
    """The problem of rows that end before they start."""
    for row in rows:
        start, end = row.get("start", ""), row.get("end", "")
        size = min(len(start), len(end))
        if size and end[:size] < start[:size]:
            return _("It ends ({end}) before it starts ({start}).").format(start=start, end=end)
    return ""


def phone_fields() -> Sequence[Field]:
    """The entry fields of a telephone number."""
    return row_of("phones", "kind", "number", kind="mobile")


def employer_fields() -> Sequence[Field]:
    """The entry fields of an employment."""
    return row_of("employments", "employer", "department", "position", "start", "end", "current")


def role_fields() -> Sequence[Field]:
    """The entry fields of a role held for a term."""
    return row_of("roles", "role", "mode", "body", "start", "end", "state", "certificate_no", state="active")


def licence_fields() -> Sequence[Field]:
    """The entry fields of a practising licence."""
    return row_of("licences", "number", "kind", "body", "source", "issued", "until")


def interest_fields() -> Sequence[Field]:
    """The entry fields of a declared interest."""
    return row_of("interests", "kind", "relation", "name", "unit", "detail", "start", "end")


def away_fields() -> Sequence[Field]:
    """The entry fields of a period in which the person is not to be appointed."""
    return row_of("unavailable", "start", "end", "reason")
