"""The form of a case: fields that follow from the number are filled in, parties are read from pasted text, technical
fields suggested."""


from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox

from expertpool.cases.courts import court_name
from expertpool.cases.drafts import CaseDraft
from expertpool.cases.procedures import nature_of, procedure_of
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.rules.field_checks import edited
from ui.cases.entries import CauseField, NumberField
from ui.cases.parties import PartiesField
from ui.cases.patents import PatentsField
from ui.field_words import field_word
from ui.jobs import Jobs
from ui.prompts import Prompts
from ui.texts import choices
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField, LongTextField, TextField, narrow
from ui.widgets.form import Form
from ui.widgets.technical_fields import FieldsField, suggest

MOST = 20  # most people that a case may need, as in the draft
PAUSE = 250  # milliseconds after the last key before fields are suggested


class CaseForm(Form):
    """Values are those of :class:`CaseDraft`; ``draft()`` gives one."""

    def __init__(self, prompts: Prompts, jobs: Jobs) -> None:
        super().__init__(prompts, columns=4)
        self._jobs = jobs
        self._derived = {"court": "", "procedure": "", "nature": ""}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.suggest_fields)
        self._build()
        for box in self.findChildren(QComboBox):
            narrow(box, 6)
        self.number.changed.connect(self._follow_number)
        self.issue.changed.connect(self._pause.start)
        self.patents.changed.connect(self._pause.start)

    def _build(self) -> None:
        self.number = self.add(NumberField(
            "number", field_word("number", "cases"), needed=True, placeholder=_("in any spelling")))
        self.cause = self.add(CauseField("cause", field_word("cause", "cases")))
        self.original = self.add(NumberField("original_number", field_word("original_number", "cases"), explain=False,
                                             placeholder=_("of the case it follows from")))
        self.filed = self.add(DateField("filed_on", field_word("filed_on", "cases")))
        self.court = self.add(TextField("court", field_word("court", "cases")))
        self.procedure = self.add(ChoiceField("procedure", field_word("procedure", "cases"), choices("procedure")))
        self.nature = self.add(ChoiceField("nature", field_word("nature", "cases"), choices("case_nature")))
        self.add(TextField("city", field_word("city", "cases")))
        self.section(_("Parties"))
        self.parties = self.add(PartiesField("parties", _("Parties and agents")), wide=True)
        self.section(_("Patents and technical issue"))
        self.patents = self.add(PatentsField("patents", _("Patents in suit")), wide=True)
        self.issue = self.add(LongTextField("issue", field_word("issue", "cases"), lines=2, placeholder=_(
            "What the court needs explained, in the words of the case")), wide=True)
        self.fields_ = self.add(FieldsField(
            "fields_", _("Technical fields"),
            waiting=_("Fields are suggested as soon as an issue or a patent is entered."),
            suggested=_("Suggested from the issue and the IPC symbols; press to accept:")), wide=True)
        self.parties.label.hide()  # the section's heading names it already
        self.section(_("Need and course"))
        self.add(ChoiceField("role_needed", field_word("role_needed", "cases"), choices("role"), empty=None))
        counts = [(count, str(count)) for count in range(1, MOST + 1)]
        self.add(ChoiceField("people_needed", field_word("people_needed", "cases"), counts, empty=None))
        self.add(TextField("judge", field_word("judge", "cases")))
        self.add(TextField("clerk", field_word("clerk", "cases")))
        for name in ("hearing_on", "deliberation_on", "judged_on", "closed_on"):
            self.add(DateField(name, field_word(name, "cases")))
        self.add(ChoiceField("state", field_word("state", "cases"), choices("case_state"), empty=None))
        self.add(TextField("remark", field_word("remark", "cases"), longest=2000))

    def show_new(self) -> None:
        """Start a new case, filed today."""
        self.show_case(CaseDraft(number="?", filed_on=str(today())).model_dump() | {"number": ""})

    def show_case(self, values: dict[str, object]) -> None:
        """Show a case for editing."""
        self.fields_.show_guesses([])
        self.show_values(values)
        self._derived = self._say()
        self.suggest_fields()

    def draft(self) -> CaseDraft:
        """What was entered. Values that follow from the number are left to the core unless the user chose others."""
        return edited(CaseDraft, self.values(), self._shown)

    def suggest_fields(self) -> None:
        """Recognise technical fields in the issue and the IPC symbols, in a worker; the newest answer counts."""
        text = "\n".join([self.issue.value(), *(patent["title"] for patent in self.patents.value())])
        symbols = [symbol for patent in self.patents.value() for symbol in patent["ipc"]]
        if text.strip() or symbols:
            self._jobs.read(self, lambda: suggest(text, symbols), self.fields_.show_guesses, key="fields")
        else:
            self.fields_.show_guesses([])

    def may_leave(self) -> bool:
        self._pause.stop()
        return super().may_leave()

    def _say(self) -> dict[str, str]:
        number = self.number.number()
        return {"court": court_name(number.court_code), "procedure": procedure_of(number),
                "nature": nature_of(number)}

    def _follow_number(self) -> None:
        """Fill in court, procedure and nature from the number as long as nobody changed them."""
        said = self._say()
        for name, field in (("court", self.court), ("procedure", self.procedure), ("nature", self.nature)):
            if field.value() in ("", self._derived[name]) and field.value() != said[name]:
                field._put(said[name])
        self._derived = said
