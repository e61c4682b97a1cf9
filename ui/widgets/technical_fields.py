"""Technical fields (技术领域) in a form: accepted ones as chips, suggestions recognised in other fields of the
form."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from expertpool.fields.recognise import FieldGuess, recognise
from expertpool.fields.tree import tree
from expertpool.foundation.language import _
from ui import theme
from ui.widgets.chips import Chip
from ui.widgets.fields import Field
from ui.widgets.flow_box import Flow
from ui.widgets.labels import label, tip

MOST = 8


def short_label(code: str) -> str:
    """A field on a chip: 机械, 12 控制, B62D."""
    fields = tree()
    if not fields.knows(code):
        return code
    node = fields.node(code)
    if node.kind == "wipo":
        return f"{int(code[1:])} {fields.title(code)}"
    return fields.title(code) if node.kind == "group" else code


def suggest(text: str, symbols: Sequence[str] = ()) -> list[FieldGuess]:
    """The fields to which a text and IPC symbols point, best first; reads the lexicon, so call it in a worker."""
    return recognise("\n".join([text, " ".join(symbols)]).strip(), MOST)


class FieldsField(Field):
    """``value()`` is a list of {code, main, origin}, and ``words`` if the record keeps them; the first accepted field
    is the main one. ``waiting`` says from what suggestions will be made while there are none; ``suggested`` is the
    line above them."""

    def __init__(self, name: str, words: str, *, waiting: str, suggested: str, keeps_words: bool = False) -> None:
        holder = QFrame()
        super().__init__(name, words, holder)
        self._waiting, self._suggested = waiting, suggested
        self._extra: dict[str, object] = {"words": ""} if keeps_words else {}
        self.rows: list[dict[str, Any]] = []
        self.guesses: list[FieldGuess] = []
        self.accepted, self.offered = Flow(_("Accepted fields")), Flow(_("Suggested fields"))
        self.entry = QLineEdit()
        self.entry.setPlaceholderText(_("IPC symbol or name of a field, then Enter"))
        self.entry.setAccessibleName(_("Add a field"))
        self.entry.setMaximumWidth(320)
        self.entry.returnPressed.connect(self._typed)
        self._hint = label("", "small", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(self.entry, 1)
        line.addStretch(1)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.accepted)
        column.addWidget(self._hint)
        column.addWidget(self.offered)
        column.addLayout(line)
        self.setFocusProxy(self.entry)
        self._draw()

    def value(self) -> list[dict[str, object]]:
        return [row | {"main": place == 0} for place, row in enumerate(self.rows)]

    def said(self, value: Any) -> str:
        return "；".join(short_label(row["code"]) + (" · " + _("main") if row["main"] else "") for row in value or ())

    def show_guesses(self, guesses: Sequence[FieldGuess]) -> None:
        """Offer fields; those accepted already are left out."""
        self.guesses = list(guesses)
        self._draw()

    def accept(self, code: str, origin: str = "given") -> None:
        """Accept a field."""
        if all(row["code"] != code for row in self.rows):
            self.rows.append({"code": code, "origin": origin, **self._extra})
            self._draw()
            self.changed.emit()

    def drop(self, code: str) -> None:
        """Remove a field."""
        self.rows = [row for row in self.rows if row["code"] != code]
        self._draw()
        self.changed.emit()

    def _put(self, value: Any) -> None:
        rows = sorted(value or (), key=lambda row: not row["main"])
        self.rows = [{name: row[name] for name in ("code", "origin", *self._extra)} for row in rows]
        self.entry.clear()
        self._draw()

    def _typed(self) -> None:
        code = tree().resolve(self.entry.text())
        if code is None:
            self.problem(_("“{text}” is no field of the tree and no IPC symbol.").format(text=self.entry.text()))
            return
        self.entry.clear()
        self.accept(code)

    def _draw(self) -> None:
        self.accepted.flow.clear()
        self.offered.flow.clear()
        for place, row in enumerate(self.rows):
            words = short_label(row["code"])
            chip = Chip(words + " · " + _("main") if place == 0 else words, removable=True)
            tip(chip, tree().label(row["code"]) if tree().knows(row["code"]) else row["code"])
            chip.removed.connect(lambda code=row["code"]: self.drop(code))
            self.accepted.flow.addWidget(chip)
            chip.show()
        taken = {row["code"] for row in self.rows}
        left = [guess for guess in self.guesses if guess.code not in taken]
        for guess in left:
            chip = Chip(f"{short_label(guess.code)} {guess.value:.2f}")
            theme.dress(chip, "add", "second", 12)
            tip(chip, "、".join(guess.words))
            chip.setAccessibleName(_("Accept {field}").format(field=short_label(guess.code)))
            chip.clicked.connect(lambda _checked=False, code=guess.code: self.accept(code, "recognised"))
            self.offered.flow.addWidget(chip)
            chip.show()
        self._hint.setText(self._suggested if left else "" if self.rows else self._waiting)
        self._hint.setVisible(bool(self._hint.text()))
        self.accepted.setVisible(bool(self.rows))
        self.offered.setVisible(bool(left))
        for part in (self.accepted, self.offered):
            part.updateGeometry()
