"""Shows forms that came back (读回声明表): whose they are, what they would change, what is doubtful."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from expertpool.declarations.reading_back import DeclarationPlan, PlannedDeclaration
from expertpool.foundation.language import N_, _, n_
from expertpool.foundation.problems import Problem
from ui import theme
from ui.experts.interests import interest_words, span_words
from ui.texts import joined, word
from ui.widgets.cards import Card
from ui.widgets.chips import StatePill
from ui.widgets.labels import label
from ui.widgets.writing_dialog import WritingDialog

WIDTH, HEIGHT = 720, 600  # px
DECISIONS = {"apply": (N_("Will be recorded"), "ok"), "unchanged": (N_("Recorded before"), "neutral"),
             "unsigned": (N_("Not signed"), "warning"), "refused": (N_("Not taken"), "danger")}
SEVERITIES = {"error": "danger", "warning": "warning", "note": "accent"}
MOST = 60  # most forms shown one by one


class ReadBackDialog(WritingDialog):
    """``wanted`` if the valid forms are to be recorded."""

    def __init__(self, parent: QWidget, plan: DeclarationPlan) -> None:
        super().__init__(parent)
        self.plan = plan
        self.setWindowTitle(_("Read forms back"))
        self.resize(WIDTH, HEIGHT)
        counts = plan.counts()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        column.addWidget(label(_("Declarations that came back"), "title"))
        column.addWidget(label(self._summary(counts), "second", wrap=True))
        column.addWidget(self._forms(), 1)
        leaving = QPushButton(_("Cancel") if counts["apply"] else _("Close"))
        leaving.clicked.connect(self.reject)
        words = n_("Record {count} declaration", "Record {count} declarations", counts["apply"])
        self.confirming = QPushButton(words.format(count=counts["apply"]))
        self.confirming.setProperty("role", "primary")
        self.confirming.setDefault(True)
        self.confirming.setEnabled(counts["apply"] > 0)
        self.confirming.clicked.connect(self.wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addStretch(1)
        row.addWidget(leaving)
        row.addWidget(self.confirming)
        column.addLayout(row)

    def _summary(self, counts: dict[str, int]) -> str:
        said = [_("{count} to record: {added} new, {changed} changed, {ended} ended").format(
            count=counts["apply"], **{name: counts[name] for name in ("added", "changed", "ended")})]
        for name, words in (("unchanged", _("{count} recorded before")), ("unsigned", _("{count} not signed")),
                            ("refused", _("{count} not taken"))):
            if counts[name]:
                said.append(words.format(count=counts[name]))
        return joined(*said)

    def _forms(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.PAD, 0)
        column.setSpacing(theme.PAD)
        for problem in self.plan.problems:
            column.addWidget(_problem(problem))
        order = ("refused", "unsigned", "apply", "unchanged")
        worst = sorted(self.plan.forms, key=lambda one: order.index(one.decision))
        for one in worst[:MOST]:
            column.addWidget(_form(one))
        if len(worst) > MOST:
            column.addWidget(label(_("and {count} more").format(count=len(worst) - MOST), "second"))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area


def _form(one: PlannedDeclaration) -> Card:
    card = Card(padding=12)
    card.body.setSpacing(theme.STEP)
    head = QHBoxLayout()
    head.setSpacing(theme.GAP)
    head.addWidget(label(one.known or one.name or _("Nobody known"), "strong"))
    words, tone = DECISIONS[one.decision]
    head.addWidget(StatePill(_(words), tone))
    head.addWidget(label(one.employer, "second", wrap=True), 1)
    card.body.addLayout(head)
    signed = _("signed on {day}").format(day=one.signed_on) if one.signed_on else _("not signed")
    card.add(label(joined(one.number or _("Yearly declaration"), signed, one.file, one.sheet), "small", wrap=True))
    for problem in one.problems:
        card.add(_problem(problem))
    if one.decision != "refused":
        for words, tone, rows in _changes(one):
            for said in rows:
                line = QHBoxLayout()
                line.setSpacing(theme.GAP)
                line.addWidget(StatePill(words, tone), 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(label(said, wrap=True, copyable=True), 1)
                card.body.addLayout(line)
        if one.steps.kept:
            card.add(label(_("{count} unchanged").format(count=len(one.steps.kept)), "small"))
        if one.draft and one.draft.answers and set(one.draft.answers.values()) == {"none"}:
            card.add(label(_("Nothing to declare."), "second"))
    return card


def _changes(one: PlannedDeclaration) -> list[tuple[str, str, list[str]]]:
    def of(row: Any, kind: bool = True) -> str:
        named = word("interest", row["kind"]) if kind else ""
        return joined(named, interest_words(row), span_words(row["start"], row["end"]))

    added = [of(draft.model_dump()) for draft in one.steps.added]
    changed = [_("{before} → {after}").format(before=of(known), after=of({**known, **values}, False))
               for known, values in one.steps.changed]
    return [(_("New"), "ok", added), (_("Changed"), "accent", changed),
            (_("Ended"), "warning", [of(known) for known in one.steps.ended])]


def _problem(problem: Problem) -> QWidget:
    place = _("row {row}").format(row=problem.row) if problem.row else ""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.GAP)
    words = {"error": _("Problem"), "warning": _("Doubt"), "note": _("Note")}[str(problem.severity)]
    line.addWidget(StatePill(words, SEVERITIES[str(problem.severity)]), 0, Qt.AlignmentFlag.AlignTop)
    file = problem.file if not problem.sheet and problem.file not in problem.text else ""
    line.addWidget(label(joined(file, place, problem.text), wrap=True, copyable=True), 1)
    return row
