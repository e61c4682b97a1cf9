"""Two tabs of a person's card: summary and service."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from expertpool.assignments.service import AssignmentRow
from expertpool.experts.catalogue import PERSON
from expertpool.fields.tree import tree
from expertpool.foundation.dates import PartialDate, today
from expertpool.foundation.language import _
from ui import theme
from ui.experts.reading import PersonCardData
from ui.field_words import field_word
from ui.texts import joined, state, word
from ui.widgets.cards import FieldGrid
from ui.widgets.chips import StatePill
from ui.widgets.labels import Line, SectionHeading, label

AddMasked = Callable[[FieldGrid, str, str, object], None]
LABELS = 72  # width of the names of values, in pixels


def summary(body: QVBoxLayout, data: PersonCardData, add_masked: AddMasked) -> None:
    """Fill the tab of the summary: terms, open cases, fields, specialities, contact, licences, education and the
    rest."""
    detail, values = data.detail, data.detail.values
    grid = FieldGrid(LABELS)
    for term in detail.children["roles"]:
        _term(grid, term, data.soon)
    if not detail.children["roles"]:
        grid.add_value(_("Category"), "")
    in_hand = sum(row.open for row in data.service)
    grid.add_value(_("In hand"), _("{count} of at most {cap}").format(count=in_hand, cap=data.cap))
    codes = sorted(detail.children["fields_"], key=lambda row: not row["main"])
    grid.add_value(_("Fields"), "\n".join(field_words(row) for row in codes))
    grid.add_pills(_("Specialities"), [(row["text"], "neutral") for row in detail.children["specialties"]])
    body.addWidget(grid)
    _section(body, _("Contact"))
    grid = FieldGrid(LABELS)
    for place, phone in enumerate(detail.children["phones"]):
        add_masked(grid, word("phone_kind", phone["kind"]), phone["number"], ("phones", place))
    if not detail.children["phones"]:
        grid.add_value(_("Telephone"), "")
    if values["id_number"]:
        add_masked(grid, word("id_kind", values["id_kind"]) or field_word("id_number"), values["id_number"],
                   ("id_number",))
    if values["bank_account"]:
        add_masked(grid, field_word("bank_account"), values["bank_account"], ("bank_account",))
    body.addWidget(grid)
    _away(body, detail.children["unavailable"])
    _licences(body, detail.children["licences"])
    _rest(body, detail)


def service(body: QVBoxLayout, data: PersonCardData, opened: Callable[[str], object]) -> None:
    """Fill the tab of the person's service, current cases first; a case can be opened."""
    done = [row for row in data.service if row.state == "completed"]
    grid = FieldGrid(LABELS)
    in_hand = sum(row.open for row in data.service)
    grid.add_value(_("In hand"), _("{count} of at most {cap}").format(count=in_hand, cap=data.cap))
    grid.add_value(_("Completed"), _("{count} cases").format(count=len(done)))
    body.addWidget(grid)
    body.addWidget(Line())
    for row in sorted(data.service, key=lambda row: not row.open):
        body.addWidget(_service_row(row, opened))
    if not data.service:
        body.addWidget(label(_("No service yet."), "second"))


def field_words(row: Mapping[str, Any]) -> str:
    """The words for a technical field: its path in the tree, with a mark on the main one; an unknown code is shown as
    it is."""
    words = tree().label(row["code"]) if tree().knows(row["code"]) else str(row["code"])
    return words + "（" + _("main") + "）" if row["main"] else words


def days_left(end: str, soon: date | None) -> tuple[str, str]:
    """How long a term still runs, in words, and its tone; ``soon``: until which day the end of a term is
    announced."""
    last = PartialDate.parse(end).last_day
    left = (last - today()).days
    if left < 0:
        return _("over for {count} days").format(count=-left), "danger"
    return _("{count} days left").format(count=left), "warning" if soon and last <= soon else "ok"


def _term(grid: FieldGrid, term: Mapping[str, Any], soon: date | None) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.STEP)
    pills = QHBoxLayout()
    pills.setSpacing(theme.STEP)
    pills.addWidget(StatePill(word("role", term["role"]), "accent"))
    if term["mode"]:
        pills.addWidget(StatePill(word("mode", term["mode"]), "neutral"))
    if term["state"] != "active":
        pills.addWidget(StatePill(*state("role_state", term["state"])))
    elif term["end"]:
        pills.addWidget(StatePill(*days_left(term["end"], soon)))
    pills.addStretch(1)
    column.addLayout(pills)
    span = _span(term["start"], term["end"]) or term["term_text"]
    if span:
        column.addWidget(label(span, copyable=True, wrap=True))
    if seen := joined(term["body"], term["certificate_no"]):
        column.addWidget(label(seen, "small", wrap=True))
    grid.add_widget(_("Category"), box)


def _service_row(row: AssignmentRow, opened: Callable[[str], Any]) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 2, 0, 4)
    column.setSpacing(0)
    top = QHBoxLayout()
    top.setSpacing(theme.GAP)
    number = QPushButton(row.case)
    number.setProperty("role", "link")
    number.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    number.setAccessibleName(_("Open case {number}").format(number=row.case))
    number.clicked.connect(lambda: opened(row.case_uid))
    top.addWidget(number)
    top.addStretch(1)
    top.addWidget(StatePill(*state("assignment_state", row.state)))
    column.addLayout(top)
    column.addWidget(label(joined(word("case_role", row.role), row.cause), "small", wrap=True))
    days = joined(_("appointed on {day}").format(day=row.appointed_on) if row.appointed_on else "",
                  _("ended on {day}").format(day=row.ended_on) if row.ended_on else "")
    if days:
        column.addWidget(label(days, "small", wrap=True))
    return box


def _away(body: QVBoxLayout, rows: Sequence[Mapping[str, Any]]) -> None:
    coming = [row for row in rows if not row["end"] or row["end"] >= str(today())[:len(row["end"])]]
    if coming:
        _section(body, _("Not available"))
        grid = FieldGrid(LABELS)
        for row in coming:
            grid.add_value(word("unavailability", row["reason"]) or _("Away"), _span(row["start"], row["end"]))
        body.addWidget(grid)


def _licences(body: QVBoxLayout, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        _section(body, _("Licences"))
        grid = FieldGrid(LABELS)
        for row in rows:
            until = _("until {day}").format(day=row["until"]) if row["until"] else ""
            grid.add_value(_("Licence"), joined(row["number"], row["kind"]) or row["body"], joined(
                row["body"] if row["number"] or row["kind"] else "", word("licence_source", row["source"]), until))
        body.addWidget(grid)


def _rest(body: QVBoxLayout, detail: Any) -> None:
    values = detail.values
    _section(body, _("Person"))
    grid = FieldGrid(LABELS)
    study = joined(word("education", values["education"]), word("degree", values["degree"]), values["school"],
                   values["major"])
    grid.add_value(_("Gender"), word("gender", values["gender"]))
    if study:
        grid.add_value(_("Education"), study)
    for field in PERSON.on_card("person"):
        if value := values[field.key]:
            grid.add_value(field.shown, word(field.vocabulary, value) if field.vocabulary else str(value))
    for words, value in values["more"].items():
        if value:
            grid.add_value(str(words), str(value))
    body.addWidget(grid)


def _section(body: QVBoxLayout, words: str) -> None:
    body.addWidget(Line())
    body.addWidget(SectionHeading(words))


def _span(start: str, end: str) -> str:
    if start and end:
        return _("{start} to {end}").format(start=start, end=end)
    return _("from {start}").format(start=start) if start else _("until {day}").format(day=end) if end else ""
