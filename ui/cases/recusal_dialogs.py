"""The dialogs of a recusal: application with ground, decision, request for reconsideration."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.assignments.recusal_rows import RecusalRow, provision
from expertpool.assignments.recusals import RecusalDraft
from expertpool.assignments.service import AssignmentRow
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.foundation.periods import Period
from expertpool.rules import vocabulary
from ui import theme
from ui.texts import choices, joined, word
from ui.widgets.date_field import DateField
from ui.widgets.fields import Choice, ChoiceField, Field, LongTextField, TextField, TickField
from ui.widgets.labels import label
from ui.widgets.notes import Banner
from ui.widgets.writing_dialog import WritingDialog

WIDTH = 600


class RecusalDialog(WritingDialog):
    """A title, fields in two columns, a hint about what is missing, Cancel and one confirming button."""

    def __init__(self, parent: QWidget, title: str, second: str, verb: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.fields: list[Field] = []
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        column.addWidget(label(title, "title", wrap=True))
        column.addWidget(label(second, "second", wrap=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.WIDE)
        self._grid.setVerticalSpacing(theme.PAD)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self.notes = QVBoxLayout()
        column.addLayout(self.notes)
        column.addStretch(1)
        self._hint = label("", "small", wrap=True)
        leaving = QPushButton(_("Cancel"))
        leaving.setAutoDefault(False)
        leaving.clicked.connect(self.reject)
        self.confirming = QPushButton(verb)
        self.confirming.setProperty("role", "primary")
        self.confirming.setDefault(True)
        self.confirming.clicked.connect(self.wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._hint, 1)
        row.addWidget(leaving)
        row.addWidget(self.confirming)
        column.addLayout(row)
        self._place = [0, 0]

    def add(self, field: Any, *, wide: bool = False) -> Any:
        """Put a field in the grid."""
        row, side = self._place
        if wide and side:
            row, side = row + 1, 0
        self._grid.addWidget(field, row, side, 1, 2 if wide else 1)
        self._place = [row + 1, 0] if wide or side else [row, 1]
        self.fields.append(field)
        field.changed.connect(self.look)
        return field

    def look(self) -> None:
        """Say what is missing; allow confirming only if nothing is."""
        faulty = [field.words for field in self.fields if field.isVisibleTo(self) and field.fault()]
        self.confirming.setEnabled(not faulty)
        self._hint.setText(_("Still needed: {fields}").format(fields="、".join(faulty)) if faulty else "")
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        self.fields[0].setFocus()

    def fit(self) -> None:
        """Make the dialog as high as its content needs at this width: the size hint does not count wrapped lines."""
        for part in (self._grid, self.notes, self._column):
            part.invalidate()
        self._column.activate()
        height = self._column.totalHeightForWidth(max(self.width(), WIDTH))
        self.setMinimumHeight(height)
        self.resize(max(self.width(), WIDTH), height)


class ApplyDialog(RecusalDialog):
    """``draft()`` is the application. ``row`` is the assignment, ``detail`` its case, ``due(day)`` the day on which
    the decision on an application of that day is due (None: no period)."""

    def __init__(self, parent: QWidget, row: AssignmentRow, detail: Any,
                 due: Callable[[str], Period | None]) -> None:
        super().__init__(parent, _("Recusal application against {name}").format(name=row.person), _(
            "{number} · {role}. From the application until the decision the person is suspended from the work, "
            "except for urgent measures.").format(
                number=row.case, role=word("case_role", row.role)), _("File the application"))
        self._due = due
        self._nature, self._held = detail.values["nature"], detail.values["hearing_on"]
        self._sides = {party["name"]: party["side"] for party in detail.parties}
        self.form = self.add(ChoiceField("form", _("Form"), choices("recusal_form"), empty=None))
        self.received = self.add(DateField("received_on", _("Received on"), needed=True, check=_whole_day))
        self.clock = label("", "small", wrap=True)
        self._grid.addWidget(self.clock, self._place[0], 0, 1, 2)
        self._place = [self._place[0] + 1, 0]
        self.applicant = self.add(_Names("applicant", _("Applicant"), list(self._sides), needed=True))
        self.side = self.add(ChoiceField("side", _("Position in the case"), choices("party_side")))
        self.ground = self.add(ChoiceField("ground_code", _("Ground"), choices("recusal_ground"), needed=True),
                               wide=True)
        self.law = label("", "small", wrap=True, copyable=True)
        self._grid.addWidget(self.law, self._place[0], 0, 1, 2)
        self._place[0] += 1
        self.text = self.add(LongTextField("ground", _("Facts and reasons given"), lines=3), wide=True)
        self.later = self.add(LongTextField("later_known", _(
            "When and how the ground became known (after the hearing)"), lines=2, needed=True), wide=True)
        self.late = Banner("warning", _("The hearing was on {day}. A recusal may be asked for until the end of court "
                                        "debate, and only on a ground that became known later.").format(
            day=self._held), closable=False)
        self.notes.addWidget(self.late)
        self.going_on = self.add(TickField("going_on", _("Urgent measures must go on; the person is not suspended")),
                                 wide=True)
        self.urgent = self.add(TextField("urgent", _("Why it cannot wait"), needed=True), wide=True)
        for field in self.fields:
            field.show("")
        self.form.show("written")
        self.received.show(str(today()))
        self.applicant.changed.connect(self._follow)
        self.look()

    def draft(self) -> RecusalDraft:
        """The application as entered."""
        party = self._by_party()
        return RecusalDraft(
            self.applicant.value() if party else "", self.side.value() or "" if party else "", self.form.value(),
            self.ground.value() or "", self.text.value(), self.received.value(),
            self.urgent.value() if self.going_on.value() else "",
            self.later.value() if self._after_hearing() else "")

    def look(self) -> None:
        if not hasattr(self, "urgent"):
            return
        party = self._by_party()
        self.applicant.setVisible(party)
        self.side.setVisible(party)
        self.late.setVisible(self._after_hearing())
        self.later.setVisible(self._after_hearing())
        self.urgent.setVisible(bool(self.going_on.value()))
        self.law.setText(joined(_("Provision"), provision(self.ground.value(), self._nature))
                         if self.ground.value() else "")
        self.clock.setText("" if self.received.fault() else period_words(self._due(self.received.value())))
        super().look()

    def _by_party(self) -> bool:
        return vocabulary.flag("recusal_form", self.form.value(), "by_party")

    def _after_hearing(self) -> bool:
        return bool(self._by_party() and self._held and self.received.value() > self._held)

    def _follow(self) -> None:
        """For a party, fill in its known position."""
        if side := self._sides.get(self.applicant.value()):
            self.side.show(side)


class DecideDialog(RecusalDialog):
    """The decision, or the reconsideration of one: ``outcome()``, ``by()``, ``reason()``, ``on()``."""

    def __init__(self, parent: QWidget, row: AssignmentRow, application: RecusalRow, judge: str) -> None:
        again = application.stage == "reconsidering"
        due = application.due
        super().__init__(
            parent, (_("Reconsideration: {name}") if again else _("Decision on recusal: {name}")).format(
                name=row.person),
            joined(row.case, application.applicant, word("recusal_ground", application.ground_code),
                   _("due on {day}").format(day=due) if due else _("no statutory period")), _("Enter the decision"))
        options = [(code, word("recusal_decision", code)) for code in ("dismissed", "granted")]
        if again:
            options = [("upheld", _("The decision is upheld")), ("changed", _("The decision is changed"))]
        self._due, self._least = due, application.reconsideration_asked_on if again else application.received_on
        self.result_ = self.add(ChoiceField("outcome", _("Decision"), options, needed=True))
        self.day = self.add(DateField("on", _("Decided on"), needed=True, check=self._fitting_day))
        self.office = self.add(ChoiceField("office", _("Who decides"), choices("recusal_decider"), empty=None))
        self.name = self.add(TextField("name", _("Name"), needed=True))
        self.reasons = self.add(LongTextField("reason", _("Reasons of the decision"), needed=True), wide=True)
        self.late = label("", "problem", wrap=True)
        self.notes.addWidget(self.late)
        self.result_.show("")
        self.day.show(str(today()))
        self.office.show("presiding_judge")
        self.name.show(judge)
        self.reasons.show("")
        self.look()

    def outcome(self) -> str:
        """granted or dismissed; for a reconsideration upheld or changed."""
        return str(self.result_.value())

    def by(self) -> str:
        """Office and name of the person who decides."""
        return f"{word('recusal_decider', self.office.value())} {self.name.value()}"

    def look(self) -> None:
        if not hasattr(self, "late"):
            return
        day = self.day.value()
        self.late.setText(_("The decision was due on {day}; it is stored as late.").format(day=self._due)
                          if self._due and not self.day.fault() and day > self._due else "")
        super().look()

    def _fitting_day(self, day: object) -> str:
        return _whole_day(day) or (_("Not before {day}.").format(day=self._least) if str(day) < self._least else "")


class _Names(Field):
    """A line for a name, with likely names offered below it."""

    def __init__(self, name: str, words: str, offers: Sequence[str], **rest: Any) -> None:
        self.box = Choice(words)
        self.box.setEditable(True)
        self.box.addItems(list(offers))
        super().__init__(name, words, self.box, **rest)
        self.box.currentTextChanged.connect(self.changed)

    def value(self) -> str:
        return self.box.currentText().strip()

    def _put(self, value: Any) -> None:
        self.box.setEditText(str(value or ""))


def period_words(until: Period | None) -> str:
    """When the decision is due, and how that day was computed."""
    if until is None:
        return _("The law sets no period for this decision.")
    said = _("Decision due on {day}").format(day=until.end)
    if until.end != until.counted:
        said += _(" (the period ends on {day}, a day of rest, and runs to the next working day)").format(
            day=f"{until.counted} {until.rest}".strip())
    return said if until.known else joined(said, _("the holidays of that year are not entered yet"))


def _whole_day(day: object) -> str:
    if len(str(day)) != 10:
        return _("Give the whole day.")
    return _("Not later than today.") if str(day) > str(today()) else ""


def show_dialog(dialog: WritingDialog, write: Callable[[], object]) -> None:
    """Open a dialog that is written by ``write``; it is deleted after closing."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.wanted.connect(write)
    dialog.open()
