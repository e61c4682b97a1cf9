"""Entry fields of the case form: the number, recognised while typing; the cause with completion; lists in a line."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from expertpool.cases.case_number import CaseNumber, parse
from expertpool.cases.causes import causes, find_cause
from expertpool.cases.courts import court_name
from expertpool.cases.procedures import nature_of, procedure_of
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from ui.texts import joined, word
from ui.widgets.fields import TextField


class NumberField(TextField):
    """A case number (案号) in any spelling; court, procedure and nature are shown below as soon as it is
    recognised."""

    def __init__(self, name: str, words: str, *, explain: bool = True, **rest: Any) -> None:
        super().__init__(name, words, longest=120, **rest)
        self._explain = explain
        self.edit.editingFinished.connect(self._tidy)

    def number(self) -> CaseNumber:
        """The recognised number."""
        return parse(self.value())

    def show(self, value: object = ...) -> None:
        super().show(value)
        if value is not ...:
            self._again()

    def _again(self) -> None:
        if self.is_changed() and (fault := self.fault()):
            self.problem(fault)
            return
        self.problem(self._said() if self.value() else "", other=True)

    def _said(self) -> str:
        number = self.number()
        if not number.recognised:
            return _("Not understood as a case number; it is kept as written.")
        if not self._explain:
            return ""
        court = court_name(number.court_code) or _("court code {code} is not in the list").format(
            code=number.court_code)
        return joined(court, word("procedure", procedure_of(number)), word("case_nature", nature_of(number)))

    def _tidy(self) -> None:
        number = self.number()
        if number.recognised and self.is_changed() and number.normalised != self.edit.text():
            self.edit.setText(number.normalised)


class CauseField(TextField):
    """A cause of action (案由) completed from the list in force; another text is accepted and noted."""

    def __init__(self, name: str, words: str, **rest: Any) -> None:
        super().__init__(name, words, **rest)
        self.completer = QCompleter(list(dict.fromkeys(cause.name for cause in causes(str(today())))), self.edit)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setMaxVisibleItems(10)
        self.edit.setCompleter(self.completer)

    def _again(self) -> None:
        value = self.value()
        cause = find_cause(value) if value else None
        note = ""
        if value and cause is None:
            note = _("Not in the list of causes; it is kept as written.")
        elif cause and cause.name != value:
            note = _("Understood as {cause}").format(cause=cause.name)
        self.problem(note, other=True)
