"""Fields of a form: each can ``show(value)``, return its ``value()``, emit ``changed``, show a ``problem``."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.labels import label, restyle

_BETWEEN = re.compile(r"[；;、,，\n]+")
_Box = TypeVar("_Box", bound=QComboBox)
Check = Callable[[Any], str]  # returns a problem's sentence, or "" if the value is fine


class Choice(QComboBox):
    """A combo box whose value the mouse wheel never changes: the wheel scrolls the page instead."""

    def __init__(self, accessible: str = "", choices: Sequence[tuple[object, str]] = ()) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setAccessibleName(accessible)
        for code, word in choices:
            self.addItem(word, code)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def narrow(box: _Box, least: int = 4) -> _Box:
    """Let a combo box be narrower than its longest word, so that its column keeps its width; ``least`` in
    characters."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(least)
    return box


class Number(QSpinBox):
    """A whole number, which the mouse wheel does not change."""

    def __init__(self, accessible: str, least: int = 0, most: int = 9999) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # with this stylesheet a box without buttons leaves its text no room; with buttons of no width it does
        self.setButtonSymbols(QSpinBox.ButtonSymbols.UpDownArrows)
        self.setStyleSheet("QSpinBox::up-button, QSpinBox::down-button { width: 0px; }")
        self.lineEdit().setTextMargins(theme.GAP, 0, theme.GAP, 0)
        self.setAccessibleName(accessible)
        self.setRange(least, most)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Field(QWidget):
    """Label above, the control, problem text below. ``name`` is the key in the form's values."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        words: str,
        control: QWidget,
        *,
        needed: bool = False,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__()
        self.name, self.words, self.control, self.needed, self.check = name, words, control, needed, check
        self._before: object = None
        self.setFocusProxy(control)
        control.setAccessibleName(words)
        if hint:
            control.setAccessibleDescription(hint)
        self.label = label(f"{words} *" if needed else words, "second")
        self.label.setBuddy(control)
        self.note = label("", "problem", wrap=True)
        self.note.hide()
        self.line = QHBoxLayout()
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(theme.STEP)
        self.line.addWidget(control, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        column.addWidget(self.label)
        column.addLayout(self.line)
        column.addWidget(self.note)
        column.addStretch(1)
        self.changed.connect(self._again)

    def show(self, value: object = ...) -> None:
        """Show a value, to which later changes are compared; without a value, show the widget itself."""
        if value is ...:
            super().show()
            return
        self.blockSignals(True)
        self._put(value)
        self.blockSignals(False)
        self._before = self.value()
        self.problem("")

    def value(self) -> object:
        """What the user entered."""
        raise NotImplementedError

    def put(self, value: object) -> None:
        """Enter a value: it counts as changed if it differs from the one shown, but other fields do not react to
        it."""
        self.blockSignals(True)
        self._put(value)
        self.blockSignals(False)
        self._again()

    def said(self, value: object) -> str:
        """A value of this field in words, for use outside the form; "" for none."""
        return "" if value in (None, "", []) else str(value)

    def copied(self) -> str:
        """The content of the field, as text for the clipboard."""
        return self.said(self.value())

    def _put(self, value: object) -> None:
        raise NotImplementedError

    def is_changed(self) -> bool:
        """Whether the value differs from the one shown."""
        return bool(self.value() != self._before)

    def fault(self) -> str:
        """The problem of the present value, "" if none."""
        value = self.value()
        if self.needed and value in ("", None, []):
            return _("Please fill in “{what}”.").format(what=self.words)
        return self.check(value) if self.check and value not in ("", None, []) else ""

    def problem(self, text: str, *, other: bool = False) -> None:
        """Show a sentence under the field, or take it away; ``other`` marks a note that is no fault."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        restyle(self.note, role="small" if other else "problem")
        restyle(self.control, wrong="true" if text and not other else "false")

    def _again(self) -> None:
        self.problem(self.fault() if self.is_changed() else "")


class TextField(Field):
    """One line; spaces at the ends do not count."""

    def __init__(
        self, name: str, words: str, *, placeholder: str = "", longest: int = 500, **rest: Any
    ) -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMaxLength(longest)
        super().__init__(name, words, self.edit, **rest)
        self.edit.textChanged.connect(self.changed)

    def value(self) -> str:
        return self.edit.text().strip()

    def _put(self, value: object) -> None:
        self.edit.setText("" if value is None else str(value))


class ListField(TextField):
    """Several short texts in one line, separated by ；."""

    def value(self) -> list[str]:  # type: ignore[override]
        return list(dict.fromkeys(text for part in _BETWEEN.split(self.edit.text()) if (text := part.strip())))

    def said(self, value: Any) -> str:
        return "；".join(value or ())

    def _put(self, value: Any) -> None:
        self.edit.setText("；".join(value or ()))


class LongTextField(Field):
    """Several lines; Tab leaves the field."""

    def __init__(self, name: str, words: str, *, lines: int = 4, placeholder: str = "", **rest: Any) -> None:
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * lines + 24)
        super().__init__(name, words, self.edit, **rest)
        self.edit.textChanged.connect(self.changed)

    def value(self) -> str:
        return self.edit.toPlainText().strip()

    def _put(self, value: object) -> None:
        self.edit.setPlainText("" if value is None else str(value))


class ChoiceField(Field):
    """One of a few: (code, word). ``empty`` is the word for none; a code that is not in the list is kept."""

    def __init__(
        self,
        name: str,
        words: str,
        choices: Sequence[tuple[object, str]],
        *,
        empty: str | None = "",
        **rest: Any,
    ) -> None:
        self.box = Choice(words)
        super().__init__(name, words, self.box, **rest)
        if empty is not None:
            self.box.addItem(empty or _("(not given)"), "")
        for code, word in choices:
            self.box.addItem(word, code)
        self.box.currentIndexChanged.connect(self.changed)

    def value(self) -> object:
        return self.box.currentData()

    def said(self, value: object) -> str:
        place = self.box.findData(value)
        return self.box.itemText(place) if value not in (None, "") and place >= 0 else super().said(value)

    def _put(self, value: object) -> None:
        place = self.box.findData("" if value is None else value)
        if place < 0 and value in (None, ""):
            place = 0  # no value and no word for none: take the first choice
        elif place < 0:
            self.box.addItem(str(value), value)
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)


class NumberField(Field):
    """A whole number within bounds."""

    def __init__(self, name: str, words: str, *, least: int = 0, most: int = 9999, **rest: Any) -> None:
        self.box = Number(words, least, most)
        super().__init__(name, words, self.box, **rest)
        self.box.valueChanged.connect(self.changed)

    def value(self) -> int:
        return self.box.value()

    def _put(self, value: Any) -> None:
        self.box.setValue(int(value or self.box.minimum()))


class TickField(Field):
    """Yes or no."""

    def __init__(self, name: str, words: str, *, explained: str = "", **rest: Any) -> None:
        self.box = QCheckBox(explained or words)
        super().__init__(name, words, self.box, **rest)
        self.label.setVisible(bool(explained))
        self.box.toggled.connect(self.changed)

    def value(self) -> bool:
        return self.box.isChecked()

    def said(self, value: object) -> str:
        return _("Yes") if value else _("No")

    def _put(self, value: object) -> None:
        self.box.setChecked(bool(value))
