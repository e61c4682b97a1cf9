"""The dialog for recording a signed declaration (登记声明): its day, its case if it is for one, the answers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from expertpool.declarations.drafts import DeclarationDraft
from expertpool.declarations.questions import Question, QuestionColumn, questions
from expertpool.experts.drafts import InterestDraft
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.rules.book import RuleBook
from expertpool.rules.field_checks import edited
from ui import theme
from ui.texts import choices
from ui.widgets.date_field import DateField
from ui.widgets.fields import Choice, ChoiceField, Field, TextField, narrow
from ui.widgets.labels import Line, label, tip
from ui.widgets.rows_field import RowsField
from ui.widgets.writing_dialog import WritingDialog

WIDTH, HEIGHT = 860, 640  # height in pixels; fits a screen of 768 lines
SHARES = {"relation": 3, "unlisted": 2, "name": 4, "unit": 5, "detail": 4, "start": 3, "end": 3}


class DeclarationDialog(WritingDialog):
    """``draft()`` is what was entered. ``known`` are the interests on file, to be kept or removed."""

    def __init__(self, parent: QWidget, name: str, rules: RuleBook, known: Sequence[InterestDraft]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Record a declaration"))
        self.resize(WIDTH, HEIGHT)
        self.known, self._for_case = list(known), False
        self.blocks = [QuestionBlock(question, rules) for question in questions()]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        column.addWidget(label(_("Declaration of {name}").format(name=name), "title"))
        column.addWidget(label(_(
            "Enter what the signed paper says. What is on file already stands below: take away what is no longer "
            "named, and it ends on the day of the signature."), "second", wrap=True))
        column.addLayout(self._head())
        column.addWidget(self._questions(), 1)
        column.addLayout(self._buttons())
        for block in self.blocks:
            block.changed_by = self._look
            block.show_rows([one for one in self.known if one.kind == block.question.kind])
        self._look()
        self.signed.setFocus()

    def draft(self) -> DeclarationDraft:
        """The declaration as entered."""
        return DeclarationDraft(
            signed_on=self.signed.value(), number=self.number.value().strip(), source=self.source.value().strip(),
            answers={block.question.code: block.answer() for block in self.blocks if block.answer()},
            interests=[one for block in self.blocks for one in block.interests()])

    def refuse(self, text: str, *, number: bool = False) -> None:
        """Show why it was not recorded; what was entered stays."""
        (self.number if number else self.signed).problem(text)

    def _head(self) -> QHBoxLayout:
        self.signed = DateField("signed_on", _("Signed on"), needed=True)
        self.number = TextField("number", _("Case number (empty: yearly declaration)"))
        self.source = TextField("source", _("Where the paper is kept"))
        row = QHBoxLayout()
        row.setSpacing(theme.PAD)
        for field, share in ((self.signed, 3), (self.number, 4), (self.source, 4)):
            row.addWidget(field, share)
            field.changed.connect(self._look)
        self.number.changed.connect(self._case_or_year)
        return row

    def _questions(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.PAD, 0)
        column.setSpacing(theme.GAP)
        for block in self.blocks:
            column.addWidget(block)
            column.addWidget(Line())
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _buttons(self) -> QHBoxLayout:
        self.nothing = QPushButton(_("Answer the others with “none”"))
        self.nothing.clicked.connect(self.answer_none)
        leaving = QPushButton(_("Cancel"))
        leaving.clicked.connect(self.reject)
        self.confirming = QPushButton(_("Record"))
        self.confirming.setProperty("role", "primary")
        self.confirming.setDefault(True)
        self.confirming.clicked.connect(self.wanted)
        self.hint = label("", "small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.nothing)
        row.addWidget(self.hint, 1)
        row.addWidget(leaving)
        row.addWidget(self.confirming)
        return row

    def answer_none(self) -> None:
        """Answer every unanswered question with none."""
        for block in self.blocks:
            if not block.answer():
                block.choose("none")

    def _case_or_year(self) -> None:
        """A declaration for one case concerns that case alone: interests on file are not shown in it."""
        if bool(self.number.value().strip()) == self._for_case:
            return
        self._for_case = not self._for_case
        wanted = [] if self._for_case else self.known
        for block in self.blocks:
            if not block.touched:
                block.show_rows([one for one in wanted if one.kind == block.question.kind])

    def _look(self) -> None:
        if not hasattr(self, "hint"):
            return
        day = self.signed.value()
        whole = len(day) == 10 and not self.signed.fault()
        if len(day) == 10 and day > str(today()):
            whole = False
            self.signed.problem(_("This day has not come."))
        faults = [text for block in self.blocks if (text := block.fault())]
        left = sum(not block.answer() for block in self.blocks)
        self.confirming.setEnabled(whole and not faults and left < len(self.blocks))
        self.nothing.setEnabled(bool(left))
        self.hint.setText(
            _("Still needed: the day of the signature with year, month and day") if not whole else faults[0] if faults
            else _("{count} questions are not answered; nothing on file is changed for them.").format(count=left)
            if left else "")


class QuestionBlock(QWidget):
    """One question: heading, answer, and rows where the answer is 有."""

    def __init__(self, question: Question, rules: RuleBook) -> None:
        super().__init__()
        self.question, self.touched = question, False
        self.changed_by: Callable[[], None] = _nothing
        self.choice = Choice(_("Answer: {question}").format(question=question.short), [
            ("", _("(not answered)")), ("none", _("None")), ("some", _("Some"))])
        self.choice.setFixedWidth(132)
        self.rows = RowsField("interests", question.short, self._fields, add=_("Add an entry"),
                              widths=[SHARES[column.field] for column in question.columns])
        self.rows.label.hide()
        self._on_file: list[dict[str, object]] = []
        head = QHBoxLayout()
        head.setSpacing(theme.GAP)
        head.addWidget(label(f"{question.place}、{question.short}", "strong"), 1)
        head.addWidget(self.choice)
        words = label(question.words(rules), "small", wrap=True)
        tip(words, str(question.source))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        column.addLayout(head)
        column.addWidget(words)
        column.addWidget(self.rows)
        self.choice.activated.connect(self._answered)
        self.rows.changed.connect(self._entered)
        self._fit()

    def answer(self) -> str:
        """``some``, ``none`` or "" for no answer."""
        return str(self.choice.currentData())

    def choose(self, code: str) -> None:
        """Give an answer."""
        self.choice.setCurrentIndex(self.choice.findData(code))
        self._fit()
        self.changed_by()

    def show_rows(self, interests: Sequence[InterestDraft]) -> None:
        """Show interests on file as the form would list them."""
        self._on_file = [{name: getattr(one, name) for name in self.question.fields} for one in interests]
        self.rows.show(self._on_file)
        self.choose("some" if interests else "")

    def interests(self) -> list[InterestDraft]:
        """What was entered, if the answer is 有."""
        if self.answer() != "some":
            return []
        asked = self.question.fields
        rows = ({name: row[name] for name in asked if name in row} for row in self.rows.value())
        return [edited(InterestDraft, {"kind": self.question.kind, **row}, {"rows": self._on_file}) for row in rows]

    def fault(self) -> str:
        """Why the question cannot be recorded."""
        if self.answer() != "some":
            return ""
        rows = self.rows.value()
        if not rows:
            return _("“{question}”: please add an entry, or answer with “none”.").format(question=self.question.short)
        if any(not (row.get("name") or row.get("unit") or row.get("detail")) for row in rows):
            return _("“{question}”: an entry names neither a person, a unit nor a number.").format(
                question=self.question.short)
        return self.rows.fault()

    def _fields(self) -> Sequence[Field]:
        return [_field(column) for column in self.question.columns]

    def _answered(self) -> None:
        self.touched = True
        self._fit()
        if self.answer() == "some" and not self.rows.value():
            self.rows.adding.click()
        self.changed_by()

    def _entered(self) -> None:
        self.touched = True
        self.changed_by()

    def _fit(self) -> None:
        self.rows.setVisible(self.answer() == "some")


def _field(column: QuestionColumn) -> Field:
    words = {"relation": _("Relation") if column.words == "relation" else _("Role"), "name": _("Name or number"),
             "unit": _("Unit"), "detail": _("Details"), "start": _("From"), "end": _("Until"),
             "unlisted": _("Listed")}[column.field]
    if column.field == "unlisted":
        return _narrow(ChoiceField("unlisted", words, [(True, _("unlisted")), (False, _("listed"))], empty=None))
    if column.words:
        return _narrow(ChoiceField(column.field, words, choices(column.words), empty=words))
    if column.field in ("start", "end"):
        return DateField(column.field, words)
    return TextField(column.field, words)


def _narrow(field: ChoiceField) -> ChoiceField:
    for box in field.findChildren(QComboBox):
        narrow(box)
    return field


def _nothing() -> None:
    """Does nothing: the default where nobody listens."""
