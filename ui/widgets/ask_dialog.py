"""A dialog that asks for a few fields and stays open until what was entered is accepted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.fields import Field
from ui.widgets.labels import label

WIDTH = 420  # px


class PasswordField(Field):
    """A password: not visible, and spaces count."""

    def __init__(self, name: str, words: str, *, longest: int = 128, **rest: Any) -> None:
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMaxLength(longest)
        super().__init__(name, words, self.edit, **rest)
        self.edit.textChanged.connect(self.changed)

    def value(self) -> str:
        return self.edit.text()

    def _put(self, value: object) -> None:
        self.edit.setText(str(value or ""))


class AskDialog(QDialog):
    """``wanted`` carries the values; the owner then calls :meth:`refused` with a sentence, or ``accept``.

    ``held``: the dialog cannot be closed without an answer.
    """

    wanted = Signal(dict)

    def __init__(self, parent: QWidget, title: str, explained: str, fields: Sequence[Field], go: str, *,
                 leaving: str = "", held: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(WIDTH)
        self.fields = {field.name: field for field in fields}
        self.held = held
        self.heading = label(title, "title")
        self.explained = label(explained, "second", wrap=True)
        self.explained.setVisible(bool(explained))
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.go = QPushButton(go)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.step)
        self.leaving = QPushButton(leaving or _("Cancel"))
        self.leaving.setAutoDefault(False)
        self.leaving.clicked.connect(self.leave)
        self.links = QHBoxLayout()
        self.links.setSpacing(theme.GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        for part in (self.heading, self.explained, *fields, self.problem):
            column.addWidget(part)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addLayout(self.links)
        buttons.addStretch(1)
        buttons.addWidget(self.leaving)
        buttons.addWidget(self.go)
        column.addLayout(buttons)
        if fields:
            fields[0].setFocus()

    def values(self) -> dict[str, object]:
        """What was entered."""
        return {name: field.value() for name, field in self.fields.items()}

    def step(self) -> None:
        """Emit ``wanted``, if no field has a problem; only once until it is answered."""
        if not self.go.isEnabled():
            return
        faults = {name: field.fault() for name, field in self.fields.items()}
        for name, fault in faults.items():
            self.fields[name].problem(fault)
        if any(faults.values()):
            next(self.fields[name] for name, fault in faults.items() if fault).setFocus()
            return
        self._say("")
        self.go.setEnabled(False)
        self.wanted.emit(self.values())

    def refused(self, sentence: str) -> None:
        """What was entered is refused: show why; passwords must be typed again."""
        self.go.setEnabled(True)
        self._say(sentence)
        hidden = [field for field in self.fields.values() if isinstance(field, PasswordField)]
        for field in hidden:
            field.show("")
        if hidden:
            hidden[0].setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.adjustSize()

    def leave(self) -> None:
        """The other button; subclasses and owners give it another meaning if the dialog is held."""
        self.reject()

    @property
    def waiting(self) -> bool:
        """Whether what was entered is being looked at; meanwhile the dialog stays, so that a refusal finds it."""
        return not self.go.isEnabled()

    def reject(self) -> None:
        if not self.held and not self.waiting:
            super().reject()

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.adjustSize()


def again_check(field: PasswordField) -> object:
    """A check that this second password equals the one in ``field``."""
    return lambda text: "" if text == field.value() else _("The two passwords are not the same.")
