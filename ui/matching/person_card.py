"""The current person, below the lists: score in its parts, every finding with rule, provision and facts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.checks.findings import Finding
from expertpool.documents.answer_sheet import unit_and_title
from expertpool.fields.tree import tree
from expertpool.foundation.language import _
from expertpool.matching.ranking import Candidate, Excluded
from ui import theme
from ui.matching.reading import level_pill, lifts, part_words, pills
from ui.texts import joined
from ui.widgets.cards import ScrollCard, empty
from ui.widgets.chips import StatePill
from ui.widgets.labels import Elided, label, tip

LEVELS = 72  # width of the pills before the findings, in pixels


class PersonCard(ScrollCard):
    """Shows why a person fits and what speaks against the appointment.

    ``dismissing(finding)`` and ``restoring(finding)`` concern false alarms, ``lifting(person)`` a special approval,
    ``printing(person)`` the check sheet.
    """

    toggled = Signal(object)
    opened = Signal(str)  # uid: show the person's card on the page of experts
    dismissing = Signal(object)
    restoring = Signal(object)
    lifting = Signal(object)
    printing = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=14)
        self.setAccessibleName(_("Reasons and findings"))
        self.person: Candidate | Excluded | None = None
        self.choosing: QPushButton | None = None
        self.approving: QPushButton | None = None
        self.may_lift = self.may_dismiss = True
        self.findings: list[FindingRow] = []

    def show_person(self, person: Candidate | Excluded | None, fixed: frozenset[str], titles: dict[str, str], *,
                    chosen: bool) -> None:
        """Show a person, or nobody."""
        self.person, self.choosing, self.approving, self.findings = person, None, None, []
        empty(self.body)
        if person is None:
            self.body.addWidget(label(_("Choose somebody above to see the reasons and the findings."), "second"))
            self.body.addStretch(1)
            return
        self._head(person, chosen)
        if isinstance(person, Candidate):
            self.body.addWidget(Parts(person))
        for hit in person.findings:
            row = FindingRow(hit, fixed, titles.get(hit.rule, ""), self.may_dismiss)
            row.dismissing.connect(self.dismissing)
            row.restoring.connect(self.restoring)
            self.findings.append(row)
            self.body.addWidget(row)
        if not person.findings:
            self.body.addWidget(label(_("Nothing was found that speaks against this person."), "second", wrap=True))
        self.body.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def _head(self, person: Candidate | Excluded, chosen: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(label(person.name, "section", copyable=True))
        for pill in pills(person.findings) if isinstance(person, Candidate) else ():
            row.addWidget(StatePill(*pill))
        row.addWidget(Elided(unit_and_title(person), "second"), 1)
        looking = QPushButton(_("Open the record"))
        looking.setProperty("role", "link")
        looking.clicked.connect(lambda: self.opened.emit(person.uid))
        row.addWidget(looking)
        sheet = QPushButton(_("Check sheet…"))
        sheet.setProperty("role", "link")
        tip(sheet, _("The check of this person for this case as PDF"))
        sheet.clicked.connect(lambda: self.printing.emit(person))
        row.addWidget(sheet)
        if lifts(person):
            self.approving = QPushButton(_("Special approval…"))
            self.approving.setProperty("role", "danger")
            self.approving.setEnabled(self.may_lift)
            tip(self.approving, "" if self.may_lift else _(
                "Your office may not lift blocks; somebody with this permission can."))
            self.approving.clicked.connect(lambda: self.lifting.emit(person))
            row.addWidget(self.approving)
        if isinstance(person, Candidate):
            self.choosing = QPushButton(_("Take back") if chosen else _("Choose"))
            self.choosing.clicked.connect(lambda: self.toggled.emit(person))
            row.addWidget(self.choosing)
        self.body.addLayout(row)


class Parts(QWidget):
    """The parts of the score in points and words."""

    def __init__(self, person: Candidate) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.PAD)
        grid.setVerticalSpacing(theme.STEP)
        said = joined(*(f"{words} {person.parts[code]:g}" for code, words in part_words().items()
                        if code in person.parts))
        fields = tree()
        named = "；".join(fields.label(code) if fields.knows(code) else code for code in person.fields[:4])
        rows = ((_("Score"), f"{person.score:g} = {said}"), (_("Why"), joined(*person.reasons)),
                (_("Fields"), named or "—"))
        for place, (name, words) in enumerate(rows):
            grid.addWidget(label(name, "second"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(words, "", wrap=True, copyable=True), place, 1)
        grid.setColumnMinimumWidth(0, LEVELS)
        grid.setColumnStretch(1, 1)


class FindingRow(QFrame):
    """One finding: level, sentence, rule with provision, facts with their sources, possible actions."""

    dismissing = Signal(object)
    restoring = Signal(object)

    def __init__(self, hit: Finding, fixed: frozenset[str], title: str, may_dismiss: bool) -> None:
        super().__init__()
        self.button: QPushButton | None = None
        self.hit = hit
        word, tone = level_pill(hit, fixed)
        self.setAccessibleName(f"{word} {hit.text}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(theme.PAD)
        holder = QWidget()
        holder.setFixedWidth(LEVELS)
        beside = QVBoxLayout(holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(StatePill(word, tone))
        beside.addStretch(1)
        row.addWidget(holder)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(label(hit.text, "second" if hit.dismissed else "", wrap=True, copyable=True))
        if hit.dismissed:
            said = _("Dismissed as a false alarm: {reason}").format(reason=hit.dismissed)
            column.addWidget(label(said, "", wrap=True, copyable=True))
        column.addWidget(label(joined(_("rule {rule}").format(rule=hit.rule), title, str(hit.source)), "small",
                               wrap=True, copyable=True))
        for fact in hit.facts:
            column.addWidget(label(fact.text, "small", wrap=True, copyable=True))
        if hit.blocks:
            column.addWidget(label(_lifting_words(hit, hit.rule in fixed), "small", wrap=True))
        row.addLayout(column, 1)
        if hit.dismiss:
            self._offer(row, may_dismiss)

    def _offer(self, row: QHBoxLayout, may_dismiss: bool) -> None:
        back = bool(self.hit.dismissed)
        self.button = QPushButton(_("Restore") if back else _("False alarm…"))
        self.button.setProperty("role", "link")
        self.button.setAccessibleName(f"{self.button.text()} {self.hit.text}")
        self.button.setEnabled(may_dismiss)
        tip(self.button, _("Holds for this case") if self.hit.dismiss == "case"
                               else _("Holds for this person in every case, until the facts change"))
        self.button.clicked.connect(lambda: (self.restoring if back else self.dismissing).emit(self.hit))
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)


def _lifting_words(hit: Finding, statute: bool) -> str:
    """Whether a block can be lifted, and why not."""
    if hit.liftable:
        return _("This block can be lifted by special approval with a written ground, which the check sheet prints.")
    if statute:
        return _("This rule is fixed by statute; nobody may lift the block.")
    return _("The rule book knows no special approval for this block.")
