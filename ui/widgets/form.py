"""A form: fields in one or two columns; saving is possible only if something changed and everything is valid; leaving
asks."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from expertpool.foundation.language import _
from expertpool.foundation.problems import Problem
from ui import theme
from ui.prompts import Prompts
from ui.widgets.fields import Field
from ui.widgets.labels import label

MOST_ROWS = 200
F = TypeVar("F", bound=Field)


class Form(QWidget):
    """Put fields in with :meth:`add`, ``show_values``, and listen to ``saved`` (all values) and ``left``."""

    saved = Signal(dict)
    left = Signal()  # cancelled, after nothing was changed or the user agreed to discard the changes
    changed = Signal()

    def __init__(self, prompts: Prompts, *, save: str = "", columns: int = 2) -> None:
        super().__init__()
        self._prompts, self._columns = prompts, columns
        self.fields: dict[str, Field] = {}
        self._shown: dict[str, object] = {}
        self._place, self._held = [0, 0], ""
        inside = QWidget()
        inside.setObjectName("inside")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, theme.PAD, theme.PAD)
        self._grid.setHorizontalSpacing(theme.WIDE)
        self._grid.setVerticalSpacing(theme.PAD)
        self._grid.setRowStretch(MOST_ROWS, 1)  # spare height goes below the last field
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)
            self._grid.setColumnMinimumWidth(number, 120)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFocusPolicy(area.focusPolicy().NoFocus)
        self.saving = QPushButton(save or _("Save"))
        self.saving.setProperty("role", "primary")
        self.saving.clicked.connect(self.save)
        self.leaving = QPushButton(_("Cancel"))
        self.leaving.clicked.connect(self.leave)
        self.state = label("", "small")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.state, 1)
        buttons.addWidget(self.leaving)
        buttons.addWidget(self.saving)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        column.addWidget(area, 1)
        column.addLayout(buttons)
        shortcut = QShortcut(QKeySequence.StandardKey.Save, self)
        shortcut.setContext(shortcut.context().WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)
        self._look()

    def section(self, title: str) -> None:
        """A heading; the fields that follow belong to it."""
        self._next_row()
        heading = label(title, "strong")
        heading.setContentsMargins(0, theme.GAP if self._place[0] else 0, 0, 0)
        self._grid.addWidget(heading, self._place[0], 0, 1, self._columns)
        self._place = [self._place[0] + 1, 0]

    def add(self, field: F, *, wide: bool = False) -> F:
        """Add a field; ``wide`` ones take the whole row."""
        row, column = self._place
        if wide:
            self._next_row()
            row, column = self._place
        self._grid.addWidget(field, row, column, 1, self._columns if wide else 1)
        self._place = [row + 1, 0] if wide or column + 1 >= self._columns else [row, column + 1]
        self.fields[field.name] = field
        field.changed.connect(self._look)
        field.changed.connect(self.changed)
        return field

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show a record; from now on "changed" means changed compared with it."""
        self._shown = dict(values)
        for name, field in self.fields.items():
            field.show(values.get(name))
        self._look()

    def values(self) -> dict[str, object]:
        """All values; those without a field are unchanged."""
        return self._shown | {name: field.value() for name, field in self.fields.items()}

    def changes(self) -> dict[str, object]:
        """Only the values that were changed."""
        return {name: field.value() for name, field in self.fields.items() if field.is_changed()}

    def is_changed(self) -> bool:
        """Whether anything would be lost by leaving."""
        return any(field.is_changed() for field in self.fields.values())

    def is_valid(self) -> bool:
        """Whether no field has a problem."""
        return not any(field.fault() for field in self.fields.values())

    def show_problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """Show problems under their fields; returns those without a field. The first field gets the focus."""
        rest, first = [], None
        for problem in problems:
            field = self.fields.get(problem.field)
            if field is None:
                rest.append(problem)
                continue
            field.problem(problem.text)
            first = first or field
        if first:
            first.setFocus()
        return rest

    def opened(self) -> dict[str, object]:
        """The values the form was opened with."""
        return dict(self._shown)

    def take_over(self, now: Mapping[str, object], chosen: Mapping[str, object]) -> None:
        """Continue from the record as it is now, with the values chosen for some fields entered."""
        self.show_values(now)
        for name, value in chosen.items():
            if value != self.fields[name].value():
                self.fields[name].put(value)
        self._look()
        self.changed.emit()

    def hold(self, words: str = "") -> None:
        """Forbid saving and say why; "" allows it again."""
        self._held = words
        self._look()

    def in_words(self) -> str:
        """The content of the form as lines of text, e.g. for the clipboard."""
        said = ((field.words, field.copied()) for field in self.fields.values())
        return "\n".join(f"{words}: {text}" for words, text in said if text)

    def accept_saved(self) -> None:
        """The values were written: later changes are compared with them."""
        self.show_values(self.values())

    def save(self) -> None:
        """Emit ``saved`` if something changed and everything is valid."""
        if self.saving.isEnabled():
            self.saved.emit(self.values())

    def leave(self) -> None:
        """Leave, asking first if something would be lost."""
        if self.may_leave():
            self.show_values(self._shown)
            self.left.emit()

    def may_leave(self) -> bool:
        """Whether the form may be closed: nothing changed, saved now, or the user discards the changes."""
        if not self.is_changed():
            return True
        options = [("drop", _("Do not save")), ("stay", _("Go on editing"))]
        if self.saving.isEnabled():
            options.insert(0, ("save", _("Save")))
        answer = self._prompts.choose(self, _("What was entered is not saved yet."), options)
        if answer == "save":
            self.save()
        return answer in ("save", "drop")

    def _next_row(self) -> None:
        if self._place[1]:
            self._place = [self._place[0] + 1, 0]

    def _look(self) -> None:
        changed = self.is_changed()
        faulty = [field.words for field in self.fields.values() if field.fault()]
        self.saving.setEnabled(changed and not faulty and not self._held)
        self.state.setText(
            self._held
            if self._held
            else ""
            if not changed
            else _("Still to be put right: {fields}").format(fields="、".join(faulty[:3]))
            if faulty
            else _("Not saved yet")
        )
