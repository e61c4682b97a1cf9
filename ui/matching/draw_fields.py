"""The form of a draw: who may take part, how many, who is responsible, how the seed is made."""

import secrets
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QSizePolicy

from expertpool.documents.draw_record import closeness_word
from expertpool.draws.algorithm import commitment
from expertpool.draws.conditions import DrawConditions
from expertpool.draws.drawing import plain_line
from expertpool.fields.closeness import LEVELS
from expertpool.foundation.language import _
from ui import theme
from ui.texts import choices
from ui.widgets.cards import ScrollCard
from ui.widgets.chips import Chip
from ui.widgets.fields import ChoiceField, Field, NumberField, TextField, TickField
from ui.widgets.flow_box import Flow
from ui.widgets.labels import SectionHeading, icon_button, label
from ui.widgets.technical_fields import FieldsField

KEPT = "matching/draw"  # place and witness's unit of the last draw
NEAR = LEVELS[:-1]
COLUMNS = 3


class ChipsField(Field):
    """object of a few; none pressed means all. ``value()`` is the list of pressed codes."""

    def __init__(self, name: str, words: str, options: Sequence[tuple[str, str]], **rest: Any) -> None:
        self.box = Flow(words)
        policy = self.box.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)  # else one chip a line counts as the least height
        self.box.setSizePolicy(policy)
        super().__init__(name, words, self.box, **rest)
        self.chips: dict[str, Chip] = {}
        for code, word in options:
            chip = Chip(word, checkable=True)
            chip.toggled.connect(self.changed)
            self.chips[code] = chip
            self.box.flow.addWidget(chip)

    def value(self) -> list[str]:
        return [code for code, chip in self.chips.items() if chip.isChecked()]

    def _put(self, value: Any) -> None:
        for code, chip in self.chips.items():
            chip.setChecked(code in (value or ()))


class HalfField(TextField):
    """The operator's half, hidden while typed, or chosen at random; ``salt`` and ``seal()`` belong to it."""

    def __init__(self, least: int) -> None:
        super().__init__("half", _("Operator's half of the seed"), needed=True,
                         hint=_("Sealed when the draw is frozen, shown when the witness has given his half."))
        self.salt, self._least = secrets.token_hex(8), least
        self.check = self._long_enough
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.making = QPushButton(_("Generate"))
        self.making.setAutoDefault(False)
        self.making.clicked.connect(self.make)
        self.eye = icon_button("eye", _("Show the half"))
        self.eye.setCheckable(True)
        self.eye.toggled.connect(lambda on: self.edit.setEchoMode(
            QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password))
        self.line.addWidget(self.eye)
        self.line.addWidget(self.making)

    def value(self) -> str:
        return plain_line(self.edit.text())

    def make(self) -> None:
        """A random half of 64 bits."""
        self.edit.setText(secrets.token_hex(8))

    def seal(self) -> str:
        """The commitment: SHA-256 of half and salt; "" as long as there is no half."""
        return commitment(self.value(), self.salt) if self.value() and not self.fault() else ""

    def _long_enough(self, text: object) -> str:
        return _("At least {count} signs.").format(count=self._least) if len(str(text)) < self._least else ""


class DrawForm(ScrollCard):
    """``conditions()`` is what was entered, ``seal()`` the commitment, ``missing()`` what is still needed."""

    changed = Signal()

    def __init__(self, least: int) -> None:
        super().__init__()
        self.excluded: dict[str, str] = {}
        self.fields: dict[str, Any] = {}
        self.role = ""
        self._place = [0, 0]
        self._column(_("Who may be drawn"))
        self.add(FieldsField("fields", _("Technical fields"), waiting="", suggested=""), span=COLUMNS)
        self.add(ChoiceField("closeness", _("How near"), [(one, closeness_word(one)) for one in NEAR], empty=None))
        self.add(TextField("courts", _("Appointed by"), placeholder=_("courts, separated by ;")))
        self.add(TextField("regions", _("Region of the unit"), placeholder=_("e.g. 沈阳;大连")))
        self.add(ChipsField("title_levels", _("Level of title"), choices("title_level")), span=2)
        self.add(TickField("doubtful", _("Doubtful cases"), explained=_("People to verify take part")))
        self.add(ChipsField("unit_kinds", _("Kind of unit"), choices("organisation_kind")), span=COLUMNS)
        self._column(_("How many"))
        self.add(NumberField("mains", _("Mains"), least=1, most=99))
        self.add(NumberField("reserves", _("Reserves"), least=0, most=99))
        self.add(TickField("by_load", _("Chances"), explained=_("Fewer open cases, more chances")))
        self.add(TickField("blind", _("Blind draw"), explained=_("Names stay closed")))
        self.add(TextField("open_at", _("One officer may open them from"), placeholder="2026-01-31 09:00",
                           check=_moment))
        self._column(_("Who answers for it"))
        self.add(TextField("operator", _("Drawn by"), needed=True))
        self.add(TextField("witness", _("Witness"), needed=True))
        self.add(TextField("witness_unit", _("Where the witness comes from")))
        self.add(TextField("place", _("Venue"), needed=True))
        self.add(TextField("purpose", _("Purpose")), span=2)
        self.add(TextField("ground", _("Ground of the further draw"), needed=True), span=COLUMNS)
        self._column(_("Seed"))
        self.add(ChoiceField("hands", _("Made from"), [
            ("two", _("two hands: operator and witness")), ("public", _("a public value, announced later"))],
            empty=None))
        self.half = self.add(HalfField(least), span=2)
        self.add(TextField("public_source", _("Which public value"), needed=True, placeholder=_(
            "e.g. closing value of an index on a day")), span=COLUMNS)
        self.sealed = label("", "small", wrap=True, copyable=True)
        self.body.addWidget(self.sealed)
        self.body.addStretch(1)

    def add(self, field: Any, *, span: int = 1) -> Any:
        """Put a field into the section's grid, over so many columns."""
        row, column = self._place
        if column + span > COLUMNS:
            row, column = row + 1, 0
        self._grid.addWidget(field, row, column, 1, span)
        self._place = [row, column + span]
        self.fields[field.name] = field
        field.changed.connect(self._look)
        return field

    def start(self, role: str, codes: Sequence[str], values: dict[str, object], *, further: bool) -> None:
        """Show the form of a new draw; ``further``: there was a draw before, so that a ground is needed."""
        self.role, self.excluded = role, {}
        self.half.salt = secrets.token_hex(8)
        start = {"fields": [{"code": code, "main": number == 0, "origin": "given"} for number, code in
                            enumerate(codes)], "closeness": "wipo", "doubtful": True, "hands": "two", **values}
        for name, field in self.fields.items():
            field.show(start.get(name, ""))
        self.fields["ground"].setVisible(further)
        self._look()

    def conditions(self) -> DrawConditions:
        """The conditions as entered."""
        value = {name: field.value() for name, field in self.fields.items()}
        public = value["hands"] == "public"
        return DrawConditions(
            role=self.role, fields=tuple(row["code"] for row in value["fields"]), closeness=value["closeness"],
            courts=_several(value["courts"]), title_levels=tuple(value["title_levels"]),
            regions=_several(value["regions"]), unit_kinds=tuple(value["unit_kinds"]),
            exclude=tuple(self.excluded.items()), doubtful=value["doubtful"], mains=value["mains"],
            reserves=value["reserves"], weighting="load" if value["by_load"] else "none", purpose=value["purpose"],
            place=value["place"], operator=value["operator"], witness=value["witness"],
            witness_unit=value["witness_unit"], hands=value["hands"],
            public_source=value["public_source"] if public else "", blind=value["blind"],
            open_at=value["open_at"].replace(" ", "T") if value["blind"] else "")

    def ground(self) -> str:
        """Why there is another draw."""
        return str(self.fields["ground"].value())

    def seal(self) -> str:
        """The commitment; "" with a public value."""
        return self.half.seal() if self.fields["hands"].value() == "two" else ""

    def missing(self) -> list[str]:
        """What is still needed or wrong, in words."""
        found = [field.words for field in self.fields.values() if field.isVisibleTo(self) and field.fault()]
        same = plain_line(self.fields["operator"].value()) == plain_line(self.fields["witness"].value()) != ""
        return [*found, _("a witness who is somebody else")] if same else found

    def _look(self) -> None:
        if not hasattr(self, "sealed"):
            return
        two = self.fields["hands"].value() == "two"
        self.half.setVisible(two)
        self.fields["public_source"].setVisible(not two)
        self.fields["open_at"].setVisible(bool(self.fields["blind"].value()))
        seal = self.seal()
        self.sealed.setVisible(bool(seal))
        self.sealed.setText(_("Seal (SHA-256 of half and salt): {seal}").format(seal=spaced(seal)) if seal else "")
        self.changed.emit()

    def _column(self, title: str) -> None:
        if self.body.count():
            self.body.addSpacing(theme.GAP)
        self.body.addWidget(SectionHeading(title))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.PAD)
        self._grid.setVerticalSpacing(theme.GAP)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 120)
        self.body.addLayout(self._grid)
        self._place = [0, 0]


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for one in text.replace("；", ";").replace("、", ";").split(";") if (part := one.strip()))


def spaced(hexadecimal: str) -> str:
    """A hash in groups, so that a line can break between them."""
    return " ".join(hexadecimal[start:start + 8] for start in range(0, len(hexadecimal), 8))


def _moment(text: object) -> str:
    from datetime import datetime

    try:
        datetime.fromisoformat(str(text))
    except ValueError:
        return _("Write it as 2026-01-31 09:00.")
    return ""
