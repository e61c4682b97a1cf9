"""The tab 利害关系 of a person's card: age of the declaration, declared interests, employers."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.declarations.drafts import DeclarationState, SignedDeclaration
from expertpool.declarations.questions import question_of, questions
from expertpool.foundation.dates import PartialDate, today
from expertpool.foundation.language import N_, _
from ui import theme
from ui.experts.reading import PersonCardData
from ui.field_words import field_word
from ui.texts import joined, word
from ui.widgets.cards import FieldGrid
from ui.widgets.chips import StatePill
from ui.widgets.flow_box import Flow
from ui.widgets.labels import Line, SectionHeading, label, tip

AddMasked = Callable[[FieldGrid, str, str, object], None]
Call = Callable[[str], object]
LABELS = 72  # width of the names of values, in pixels
STATES = {"valid": (N_("Valid"), "ok"), "soon": (N_("Over soon"), "warning"), "overdue": (N_("Over"), "danger"),
          "never": (N_("Never declared"), "danger")}
SENTENCES = {
    "holding": N_("Shares of {unit} ({listing})"), "office": N_("Office at {unit}"),
    "mandate": N_("Mandate from {unit}"), "avoid_unit": N_("Avoids {unit}"), "patent": N_("Patent {name}"),
    "examined_patent": N_("Took part in examining {name}"), "case_role": N_("{relation} in {name}"),
}
SHOWN_CASES = 5  # most declarations for single cases that the card lists


def show_interests(body: QVBoxLayout, data: PersonCardData, add_masked: AddMasked, call: Call) -> None:
    """Show the tab; ``call`` receives the name of the button pressed: record, print, read."""
    declared = data.declared
    if declared is not None:
        _yearly_state(body, declared)
    body.addWidget(_buttons(call, never=declared is None or declared.state == "never"))
    if declared is not None:
        _cases(body, declared)
    _by_kind(body, data, add_masked)
    _employers(body, data)


def interest_words(row: Mapping[str, Any]) -> str:
    """A declared interest as a sentence: who, in which relation, of which unit."""
    template = SENTENCES.get(row["kind"])
    if template and (row["unit"] or row["name"]):
        listing = _("unlisted") if row["unlisted"] else _("listed")
        said = _(template).format(**{**row, "relation": relation_word(row), "listing": listing})
        return joined(said, row["unit"] if "{unit}" not in template else "", row["detail"])
    who = " ".join(part for part in (relation_word(row), str(row["name"])) if part)
    if who and row["unit"]:
        who = _("{who}, at {unit}").format(who=who, unit=row["unit"])
    return joined(who or str(row["unit"]), row["detail"])


def relation_word(row: Mapping[str, Any]) -> str:
    """The word for a relation, or for the role in a case."""
    return word("case_role" if row["kind"] == "case_role" else "relation", row["relation"])


def state_pill(state: str) -> StatePill:
    """The state of the yearly declaration as a pill."""
    words, tone = STATES[state]
    return StatePill(_(words), tone)


def is_over(row: Mapping[str, Any]) -> bool:
    """Whether an interest has ended."""
    return bool(row["end"]) and PartialDate.parse(row["end"]).last_day <= today()


def _yearly_state(body: QVBoxLayout, declared: DeclarationState) -> None:
    row = QHBoxLayout()
    row.setSpacing(theme.GAP)
    row.addWidget(label(_("Yearly declaration"), "section"))
    row.addWidget(state_pill(declared.state))
    row.addStretch(1)
    body.addLayout(row)
    if declared.state == "never":
        body.addWidget(label(_(
            "Print the form, have it filled in and signed, then record the paper or read the spreadsheet back. "
            "Interests that nobody declared cannot be checked."), "second", wrap=True))
        return
    left = declared.left or 0
    rest = (_("{count} days left").format(count=left) if left >= 0 else
            _("over for {count} days").format(count=-left))
    body.addWidget(label(_("Signed on {day}, {age} days ago; counts until {until} ({rest})").format(
        day=declared.signed_on, age=declared.age, until=declared.valid_until, rest=rest), wrap=True))
    last = declared.yearly[0]
    nothing = _("nothing to declare") if last.nothing else ""
    if said := joined(word("declaration_form", last.form), nothing, last.source, last.content):
        body.addWidget(label(said, "small", wrap=True, copyable=True))
    if unanswered := [one.short for one in questions() if last.answers and one.code not in last.answers]:
        body.addWidget(label(_("Not answered: {questions}").format(questions="、".join(unanswered)), "small",
                             wrap=True))


def _buttons(call: Call, *, never: bool) -> QWidget:
    box = Flow(_("Declaration of interests"))
    for name, words in (("record", _("Record a declaration")), ("print", _("Print the form")),
                        ("read", _("Read forms back"))):
        button = QPushButton(words)
        button.setObjectName(f"declaration-{name}")
        if name == ("print" if never else "record"):
            button.setProperty("role", "primary")
        button.clicked.connect(lambda _checked=False, name=name: call(name))
        box.flow.addWidget(button)
    return box


def _cases(body: QVBoxLayout, declared: DeclarationState) -> None:
    if not declared.cases:
        return
    body.addWidget(SectionHeading(_("For single cases")))
    for one in declared.cases[:SHOWN_CASES]:
        body.addWidget(label(one.number or _("Case no longer in the docket"), wrap=True, copyable=True))
        body.addWidget(label(_case_words(one), "small", wrap=True))
    if len(declared.cases) > SHOWN_CASES:
        body.addWidget(label(_("and {count} more").format(count=len(declared.cases) - SHOWN_CASES), "small"))


def _case_words(one: SignedDeclaration) -> str:
    return joined(_("signed on {day}").format(day=one.signed_on), word("declaration_form", one.form),
                  _("nothing to declare") if one.nothing else "")


def _by_kind(body: QVBoxLayout, data: PersonCardData, add_masked: AddMasked) -> None:
    rows = list(enumerate(data.detail.children["interests"]))
    body.addWidget(Line())
    if not rows:
        known = data.declared is not None and data.declared.state != "never"
        body.addWidget(label(_("No interest is on file: nothing was declared.") if known else
                             _("No interest is on file."), "second", wrap=True))
        return
    order = [one.kind for one in questions()]
    kinds = {row["kind"] for _place, row in rows}
    for kind in sorted(kinds, key=lambda one: order.index(one) if one in order else len(order)):
        heading = SectionHeading(word("interest", kind))
        asked = question_of(kind)
        if asked is not None:
            tip(heading, str(asked.source))
        body.addWidget(heading)
        for place, row in sorted((one for one in rows if one[1]["kind"] == kind), key=lambda one: is_over(one[1])):
            body.addWidget(_interest(place, row, add_masked))


def _interest(place: int, row: Mapping[str, Any], add_masked: AddMasked) -> QWidget:
    over = is_over(row)
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    line = QHBoxLayout()
    line.setSpacing(theme.GAP)
    line.addWidget(label(interest_words(row) or "—", "second" if over else "", wrap=True, copyable=True), 1)
    if over:
        line.addWidget(StatePill(_("Ended"), "neutral"))
    column.addLayout(line)
    told = row["declared_on"] and row["declared_on"] not in row["source"]  # a source often contains the day already
    declared = _("declared on {day}").format(day=row["declared_on"]) if told else ""
    if said := joined(span_words(row["start"], row["end"]), declared, row["source"]):
        column.addWidget(label(said, "small", wrap=True))
    if row["id_number"]:
        grid = FieldGrid(LABELS)
        add_masked(grid, field_word("id_number"), row["id_number"], ("interests", place))
        column.addWidget(grid)
    return box


def _employers(body: QVBoxLayout, data: PersonCardData) -> None:
    jobs = data.detail.children["employments"]
    if not jobs:
        return
    body.addWidget(Line())
    body.addWidget(SectionHeading(_("Employers"), _("conflicts are checked against these as well")))
    grid = FieldGrid(LABELS)
    for job in jobs:
        grid.add_value(_("Now") if job["current"] else _("Earlier"), joined(job["employer"], job["department"]),
                       joined(job["position"], span_words(job["start"], job["end"])))
    body.addWidget(grid)


def span_words(start: str, end: str) -> str:
    """From when to when, as far as known."""
    if start and end:
        return _("{start} to {end}").format(start=start, end=end)
    return _("from {start}").format(start=start) if start else _("until {day}").format(day=end) if end else ""
