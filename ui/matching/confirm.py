"""The dialog before appointing: who, as what, how chosen, with which duties, and the reason if something must be
verified."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from expertpool.checks.findings import Finding
from expertpool.documents.answer_sheet import unit_and_title
from expertpool.foundation.language import _, n_
from expertpool.matching.ranking import Candidate, Excluded
from expertpool.rules.vocabulary import source
from ui import theme
from ui.matching.reading import pills
from ui.remembered import Remembered
from ui.texts import choices, joined, word
from ui.widgets.chips import StatePill
from ui.widgets.fields import Choice
from ui.widgets.labels import label, tip
from ui.widgets.writing_dialog import WritingDialog

KEPT = "matching/duties"
WIDTH, TALLEST = 560, 260  # width of the dialog, and of the list of people, in pixels
WAYS = ("recommended", "designated", "agreed", "dispatched", "off_list")  # choosing by lot has a procedure of its own


class AppointDialog(WritingDialog):
    """``reasons()``, ``overrides()``, ``duties()``, ``method()`` and ``replaces()`` are what was entered; ``wanted``
    only when every reason is there. Who is appointed leaves the dialog, who is refused stays with the
    reason written. ``vacancies``: (uid, words) of those who left; ``replaces``: the chosen one."""

    def __init__(self, parent: QWidget, number: str, role: str, people: Sequence[Candidate | Excluded],
                 remembered: Remembered, vacancies: Sequence[tuple[str, str]] = (), replaces: str = "") -> None:
        super().__init__(parent)
        self.people, self._remembered = list(people), remembered
        self.grounds: dict[str, QPlainTextEdit] = {}
        self.setWindowTitle(_("Appoint"))
        self.setMinimumWidth(WIDTH)
        self.boxes: dict[str, QPlainTextEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        column.addWidget(label(_("Appoint to {number}").format(number=number), "title"))
        column.addWidget(label(_("As {role}. Everything is checked once more at the moment of writing.").format(
            role=word("case_role", role)), "second", wrap=True))
        column.addWidget(self._who())
        self._way = Choice(_("How chosen"), [(code, words) for code, words in choices("assignment_method")
                                             if code in WAYS])
        way = QHBoxLayout()
        way.setSpacing(theme.PAD)
        way.addWidget(label(_("How chosen"), "section"))
        way.addWidget(self._way, 1)
        column.addLayout(way)
        self.place: Choice | None = None
        if vacancies:
            column.addLayout(self._instead(vacancies, replaces))
        self._duties(column)
        column.addLayout(self._buttons())
        self._look()

    def reasons(self) -> dict[str, str]:
        """The written reason of each person who must be verified, by uid."""
        return {uid: box.toPlainText().strip() for uid, box in self.boxes.items()}

    def overrides(self) -> dict[str, str]:
        """The written ground on which the blocks of each person are lifted, by uid."""
        return {uid: box.toPlainText().strip() for uid, box in self.grounds.items()}

    def replaces(self) -> str:
        """Uid of the assignment that the first of the people replaces; "" for none."""
        return str(self.place.currentData() or "") if self.place is not None else ""

    def duties(self) -> list[str]:
        """Codes of the ticked duties."""
        return [code for code, box in self.ticks.items() if box.isChecked()]

    def method(self) -> str:
        """How the people were chosen."""
        return str(self._way.currentData())

    def appointed(self, uid: str) -> None:
        """This one is written: what was entered for the others stays."""
        self.people = [person for person in self.people if person.uid != uid]
        for boxes in (self.boxes, self.grounds):
            if box := boxes.pop(uid, None):
                box.setEnabled(False)
        self.confirming.setText(_appoint_words(len(self.people)))
        self._look()

    def accept(self) -> None:
        self._remembered.put(KEPT, self.duties())
        super().accept()

    def _who(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GAP)
        for person in self.people:
            row = QHBoxLayout()
            row.setSpacing(theme.GAP)
            row.addWidget(label(person.name, "strong"))
            blocked = [hit for hit in person.findings if hit.blocks]
            for pill in [(_("special approval"), "danger")] if blocked else pills(person.findings):
                row.addWidget(StatePill(*pill))
            row.addWidget(label(unit_and_title(person), "second"), 1)
            column.addLayout(row)
            if blocked:
                column.addWidget(self._lifted(person, blocked))
            warned = [hit for hit in person.findings if hit.level == "warn"]
            for hit in warned:
                said = label(hit.text, "small", wrap=True)
                tip(said, str(hit.source))
                column.addWidget(said)
            if warned:
                column.addWidget(self._reason(person))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setMinimumHeight(min(TALLEST, column.heightForWidth(WIDTH - 3 * theme.WIDE) + theme.GAP))
        return area

    def _lifted(self, person: Candidate | Excluded, blocked: Sequence[Finding]) -> QWidget:
        """The blocks to be lifted, in the colour of danger, with a field for the ground."""
        frame = QFrame()
        frame.setProperty("role", "banner")
        frame.setProperty("tone", "danger")
        column = QVBoxLayout(frame)
        column.setSpacing(theme.STEP)
        column.addWidget(label(_("Lifted by special approval:"), "strong"))
        for hit in blocked:
            column.addWidget(label(hit.text, "problem", wrap=True))
            law = joined(_("rule {rule}").format(rule=hit.rule), str(hit.source))
            column.addWidget(label(law, "small", wrap=True))
        box = self._box(_("Ground of the special approval; it is printed on the check sheet (required)"),
                        _("Ground for {name}").format(name=person.name))
        self.grounds[person.uid] = box
        column.addWidget(box)
        return frame

    def _instead(self, vacancies: Sequence[tuple[str, str]], replaces: str) -> QHBoxLayout:
        self.place = Choice(_("In the place of"), [("", _("nobody")), *vacancies])
        self.place.setCurrentIndex(max(0, self.place.findData(replaces)))
        row = QHBoxLayout()
        row.setSpacing(theme.PAD)
        row.addWidget(label(_("In the place of"), "section"))
        row.addWidget(self.place, 1)
        if len(self.people) > 1:
            row.addWidget(label(_("for {name}").format(name=self.people[0].name), "second"))
        return row

    def _reason(self, person: Candidate | Excluded) -> QPlainTextEdit:
        box = self._box(_("Reason, e.g. what was verified and with whom (required)"),
                        _("Reason for {name}").format(name=person.name))
        self.boxes[person.uid] = box
        return box

    def _box(self, hint: str, name: str) -> QPlainTextEdit:
        box = QPlainTextEdit()
        box.setTabChangesFocus(True)
        box.setFixedHeight(64)
        box.setPlaceholderText(hint)
        box.setAccessibleName(name)
        box.textChanged.connect(self._look)
        return box

    def _duties(self, column: QVBoxLayout) -> None:
        heading = label(_("Duties"), "section")
        tip(heading, source("duty"))
        column.addWidget(heading)
        codes = choices("duty")
        kept = self._remembered.get(KEPT, [code for code, _words in codes if code != "other"])
        self.ticks: dict[str, QCheckBox] = {}
        boxes = QVBoxLayout()
        boxes.setSpacing(0)
        column.addLayout(boxes)
        for code, words in codes:
            box = QCheckBox(words)
            box.setChecked(code in kept)
            self.ticks[code] = box
            boxes.addWidget(box)

    def _buttons(self) -> QHBoxLayout:
        leaving = QPushButton(_("Cancel"))
        leaving.clicked.connect(self.reject)
        count = len(self.people)
        self.confirming = QPushButton(_appoint_words(count))
        self.confirming.setProperty("role", "primary")
        self.confirming.setDefault(True)
        self.confirming.clicked.connect(self.wanted)
        self._hint = label("", "small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._hint, 1)
        row.addWidget(leaving)
        row.addWidget(self.confirming)
        return row

    def _look(self) -> None:
        if not hasattr(self, "confirming"):
            return
        reasons, grounds = self.reasons(), self.overrides()
        missing = "、".join(person.name for person in self.people
                           if reasons.get(person.uid) == "" or grounds.get(person.uid) == "")
        self.confirming.setEnabled(not missing)
        self._hint.setText(_("Still needed: the reason for {names}").format(names=missing) if missing else "")


def _appoint_words(count: int) -> str:
    return n_("Appoint {count} person", "Appoint {count} people", count).format(count=count)
