"""The form of a person (专家): own values, and lists of phones, employers, terms, licences, interests, absences."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox

from expertpool.experts.details import PersonDetail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.id_number import read_identity
from expertpool.experts.titles import title_level
from expertpool.foundation.language import _
from expertpool.foundation.text import mask_id, mask_phone
from expertpool.rules.field_checks import edited
from ui.experts.entries import CapField, IdentityField, MaskedField, StartChoice, StartTick
from ui.field_words import field_word
from ui.jobs import Jobs
from ui.prompts import Prompts
from ui.texts import choices
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField, Field, ListField, LongTextField, TextField, narrow
from ui.widgets.form import Form
from ui.widgets.rows_field import RowsField
from ui.widgets.technical_fields import FieldsField, suggest

PAUSE = 250  # ms after the last key before fields are suggested
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
        self._level = ""  # the level the title says
        self._said = ("", "")  # birth and gender the identity number says
        self._build()
        for box in self.findChildren(QComboBox):
            narrow(box)
        self.title.changed.connect(self._follow_title)
        self.identity.changed.connect(self._follow_identity)
        self.specialties.changed.connect(self._pause.start)

    def _build(self) -> None:
        self.section(_("Person"))
        self.name = self.add(TextField("name", field_word("name"), needed=True))
        self.gender = self.add(ChoiceField("gender", field_word("gender"), choices("gender")))
        self.birth = self.add(DateField("birth", field_word("birth")))
        self.identity = self.add(IdentityField("id_number", field_word("id_number"), mask_id))
        self.title = self.add(TextField("title", field_word("title")))
        self.level = self.add(ChoiceField("title_level", field_word("title_level"), choices("title_level")))
        self.add(ChoiceField("education", field_word("education"), choices("education")))
        self.add(ChoiceField("degree", field_word("degree"), choices("degree")))
        self.add(TextField("school", field_word("school")))
        self.add(TextField("major", field_word("major")))
        self.add(TextField("expert_no", field_word("expert_no")))
        self.add(CapField("case_cap", _("Cases at most"), placeholder=_("as the rule says")))
        self.add(ChoiceField("recommendation", _("Recommendation"), choices("recommendation")))
        self.add(TextField("unit_consent", _("Consent of the unit"), placeholder=_("day or paper, if given")))
        self.add(TextField("own_consent", _("Own consent"), placeholder=_("day or paper, if given")))
        self.add(TextField("age_exemption", _("Age exemption"), placeholder=_("reason, if the age limit is waived")))
        self.section(_("Contact"))
        self.add(RowsField("phones", field_word("phones"), phone_fields, widths=(1, 3),
                           add=_("Add a telephone number")), wide=True)
        self.add(TextField("email", field_word("email")))
        self.add(TextField("wechat", field_word("wechat")))
        self.add(TextField("address", field_word("address")))
        self.add(TextField("postcode", field_word("postcode")))
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
        self.add(LongTextField("experience", field_word("experience"), lines=2), wide=True)
        self.add(LongTextField("remark", field_word("remark"), lines=2), wide=True)

    def _rows(self, title: str, field: RowsField) -> None:
        """A list under its own heading."""
        self.section(title)
        self.add(field, wide=True)
        field.label.hide()

    def show_new(self) -> None:
        """Start a new person."""
        self._show(PersonDraft(name="?").model_dump() | {"name": ""})

    def show_person(self, draft: PersonDraft) -> None:
        """Show a person to be changed; personal numbers stay masked."""
        self._show(draft.model_dump())

    def draft(self) -> PersonDraft:
        """What was entered; a value the draft refuses raises pydantic's ValidationError."""
        return edited(PersonDraft, self.values(), self._shown)

    def has_numbers(self, detail: PersonDetail) -> bool:
        """Whether anything in the form is masked."""
        return bool(detail.values["id_number"] or detail.children["phones"])

    def unmask(self) -> None:
        """Show all personal numbers in full."""
        for field in self.findChildren(MaskedField):
            field.unmask()

    def suggest_fields(self) -> None:
        """Read fields from the specialities in a worker; the newest answer wins."""
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
        """The level follows the title as long as nobody chose another."""
        said = title_level(self.title.value()) or ""
        if self.level.value() in ("", self._level) and said:
            self.level._put(said)
        self._level = said

    def _follow_identity(self) -> None:
        """Birth and gender follow a valid identity number where nothing else was entered."""
        said = _of_identity(self.identity.value())
        for field, before, now in zip((self.birth, self.gender), self._said, said, strict=True):
            if now and field.value() in ("", before):
                field._put(now)
        self._said = said


def _of_identity(number: str) -> tuple[str, str]:
    found = read_identity(number)
    return (str(found.birth), found.gender) if found.valid and found.birth else ("", "")


def dates_in_order(rows: Rows) -> str:
    """A problem where a row ends before it starts."""
    for row in rows:
        start, end = row.get("start", ""), row.get("end", "")
        size = min(len(start), len(end))
        if size and end[:size] < start[:size]:
            return _("It ends ({end}) before it starts ({start}).").format(start=start, end=end)
    return ""


def phone_fields() -> Sequence[Field]:
    """A telephone number."""
    return (_narrow(StartChoice("kind", _("Kind"), choices("phone_kind"), "mobile")),
            MaskedField("number", _("Number"), mask_phone, needed=True, longest=40))


def employer_fields() -> Sequence[Field]:
    """An employment."""
    return (TextField("employer", field_word("employer"), needed=True),
            TextField("department", field_word("department")), TextField("position", field_word("position")),
            DateField("start", _("From")), DateField("end", _("Until")), StartTick("current", _("At present")))


def role_fields() -> Sequence[Field]:
    """A role held for a term."""
    return (_narrow(ChoiceField("role", _("Category"), choices("role"), empty=_("Category"), needed=True)),
            _narrow(ChoiceField("mode", field_word("mode"), choices("mode"), empty=field_word("mode"))),
            TextField("body", _("Appointing court")), DateField("start", _("From")), DateField("end", _("Until")),
            _narrow(StartChoice("state", _("State"), choices("role_state"), "active")),
            TextField("certificate_no", field_word("certificate_no")))


def licence_fields() -> Sequence[Field]:
    """A practising licence."""
    return (TextField("number", field_word("licence_number")), TextField("kind", field_word("licence_kind")),
            TextField("body", field_word("licence_body")),
            _narrow(ChoiceField("source", _("Source"), choices("licence_source"), empty=_("Source"))),
            DateField("issued", field_word("licence_issued")), DateField("until", field_word("licence_until")))


def interest_fields() -> Sequence[Field]:
    """A declared interest."""
    return (_narrow(ChoiceField("kind", _("Kind"), choices("interest"), empty=_("Kind"), needed=True)),
            _narrow(ChoiceField("relation", _("Relation"), choices("relation"), empty=_("Relation"))),
            TextField("name", field_word("name")), TextField("unit", _("Unit")), TextField("detail", _("Details")),
            DateField("start", _("From")), DateField("end", _("Until")))


def away_fields() -> Sequence[Field]:
    """A period in which the person is not to be appointed."""
    return (DateField("start", _("From")), DateField("end", _("Until")),
            _narrow(ChoiceField("reason", _("Reason"), choices("unavailability"), empty=_("Reason"))))


def _narrow(field: ChoiceField) -> ChoiceField:
    narrow(field.box)
    return field
