"""Entry fields of the person's form: masked numbers, choices with a first value, lists in a line."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from expertpool.experts.id_number import read_identity
from expertpool.foundation.language import _
from ui.widgets.fields import ChoiceField, TextField, TickField


class MaskedField(TextField):
    """A personal number, shown masked until ``unmask``; if untouched it keeps the full number."""

    def __init__(self, name: str, words: str, mask: Callable[[str], str], **rest: Any) -> None:
        self._full, self._mask = "", mask
        super().__init__(name, words, **rest)

    def value(self) -> str:
        text = super().value()
        return self._full if self._full and text == self._mask(self._full) else text

    def unmask(self) -> None:
        """Show the full number if it was not changed."""
        if self._full and super().value() == self._mask(self._full):
            self.blockSignals(True)
            self.edit.setText(self._full)
            self.blockSignals(False)

    def said(self, value: object) -> str:
        return self._mask(str(value or ""))

    def copied(self) -> str:
        """The text for the clipboard: a number typed here is copied in full, one that was only shown stays masked."""
        return str(self.value()) if self.is_changed() else super().copied()

    def _put(self, value: object) -> None:
        self._full = str(value or "")
        self.edit.setText(self._mask(self._full))


class IdentityField(MaskedField):
    """An identity number; a doubtful one is noted, never refused."""

    def value(self) -> str:
        return re.sub(r"\s", "", super().value()).upper()

    def _again(self) -> None:
        value = self.value()
        doubtful = bool(value) and self.is_changed() and not read_identity(value).valid
        self.problem(_("The number does not check; it is kept as written.") if doubtful else "", other=True)


class StartChoice(ChoiceField):
    """A choice that has a value already in a new row."""

    def __init__(self, name: str, words: str, choices: Sequence[tuple[object, str]], start: str,
                 **rest: object) -> None:
        self._start = start
        super().__init__(name, words, choices, empty=None, **rest)

    def _put(self, value: object) -> None:
        super()._put(value or self._start)


class StartTick(TickField):
    """A tick that is already set in a new row."""

    def _put(self, value: object) -> None:
        super()._put(True if value is None else value)


class CapField(TextField):
    """A whole number or nothing (then the rule book's limit applies)."""

    def value(self) -> Any:
        text = super().value()
        return int(text) if text.isascii() and text.isdigit() else text or None

    def fault(self) -> str:
        return _("Enter a whole number, or leave it empty.") if isinstance(self.value(), str) else ""
