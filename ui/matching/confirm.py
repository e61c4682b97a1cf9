"""Before appointing: who, as what, how chosen, with which duties, and the reason where something is to verify."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from expertpool.foundation.language import _, n_
from expertpool.foundation.vocabulary import source
from expertpool.matching.ranking import Candidate
from ui import theme
from ui.matching.reading import pills, under
from ui.remembered import Remembered
from ui.texts import choices, word
from ui.widgets.chips import StatePill
from ui.widgets.fields import Choice
from ui.widgets.labels import label

KEPT = "matching/duties"
WIDTH, TALLEST = 560, 260  # px: the dialog, the list of people before it scrolls
WAYS = ("recommended", "designated", "agreed", "dispatched", "off_list")  # drawing lots has a procedure of its own


class AppointDialog(QDialog):
    """``reasons()``, ``duties()`` and ``method()`` are what was entered; accepted only when every reason is there."""

    def __init__(self, parent: QWidget, number: str, role: str, people: Sequence[Candidate],
                 remembered: Remembered) -> None:
        super().__init__(parent)
        self.people, self._remembered = list(people), remembered
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
        self._duties(column)
        column.addLayout(self._buttons())
        self._look()

    def reasons(self) -> dict[str, str]:
        """The written reason of each person who must be verified, by uid."""
        return {uid: box.toPlainText().strip() for uid, box in self.boxes.items()}

    def duties(self) -> list[str]:
        """Codes of the ticked duties."""
        return [code for code, box in self.ticks.items() if box.isChecked()]

    def method(self) -> str:
        """How the people were chosen."""
        return str(self._way.currentData())

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
            for pill in pills(person.findings):
                row.addWidget(StatePill(*pill))
            row.addWidget(label(under(person), "second"), 1)
            column.addLayout(row)
            warned = [hit for hit in person.findings if hit.level == "warn"]
            for hit in warned:
                said = label(hit.text, "small", wrap=True)
                said.setToolTip(str(hit.source))
                column.addWidget(said)
            if warned:
                column.addWidget(self._reason(person))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setMinimumHeight(min(TALLEST, inside.layout().heightForWidth(WIDTH - 3 * theme.WIDE) + theme.GAP))
        return area

    def _reason(self, person: Candidate) -> QPlainTextEdit:
        box = QPlainTextEdit()
        box.setTabChangesFocus(True)
        box.setFixedHeight(64)
        box.setPlaceholderText(_("Reason, e.g. what was verified and with whom (required)"))
        box.setAccessibleName(_("Reason for {name}").format(name=person.name))
        box.textChanged.connect(self._look)
        self.boxes[person.uid] = box
        return box

    def _duties(self, column: QVBoxLayout) -> None:
        heading = label(_("Duties"), "section")
        heading.setToolTip(source("duty"))
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
        words = n_("Appoint {count} person", "Appoint {count} people", count)
        self.confirming = QPushButton(words.format(count=count))
        self.confirming.setProperty("role", "primary")
        self.confirming.setDefault(True)
        self.confirming.clicked.connect(self.accept)
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
        reasons = self.reasons()
        missing = "、".join(person.name for person in self.people if reasons.get(person.uid) == "")
        self.confirming.setEnabled(not missing)
        self._hint.setText(_("Still needed: the reason for {names}").format(names=missing) if missing else "")
