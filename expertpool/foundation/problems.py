"""Everything that can go wrong, as codes with parameters; the sentences are in ``sentences.py``.

Three kinds reach a person: the user can put it right (:class:`UserProblem`), the machine failed
(:class:`EnvironmentProblem`), or the program has a bug (any other exception; :class:`DataProblem` if a shipped data
file is at fault, so that one sentence can name the place).
"""

import dataclasses
from enum import StrEnum
from typing import Any

from expertpool.foundation.json_values import JsonObject


class Severity(StrEnum):
    """How grave a problem is: an error keeps the value out, a warning needs a look, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One problem with one value. ``row`` and ``column`` are 1-based positions in the sheet, 0 if none."""

    code: str
    severity: Severity = Severity.ERROR
    field: str = ""
    value: str = ""
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: int = 0
    parameters: JsonObject = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in the language in force."""
        from expertpool.foundation.sentences import sentence

        return sentence(self.code, field=self.field, value=self.value, row=self.row, sheet=self.sheet,
                        **self.parameters)


class ExpectedError(Exception):
    """An error with a code and parameters whose sentence a person may read."""

    exit_code = 1

    def __init__(self, code: str, **parameters: object) -> None:
        self.code = code
        self.parameters = parameters
        super().__init__(code)

    @property
    def text(self) -> str:
        from expertpool.foundation.sentences import sentence

        return sentence(self.code, **self.parameters)

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Any, ...]:  # errors must survive the way from a parallel process
        return (_rebuild, (type(self), self.code, self.parameters))


def _rebuild(kind: type[ExpectedError], code: str, parameters: JsonObject) -> ExpectedError:
    return kind(code, **parameters)


class UserProblem(ExpectedError):
    """The user can put it right: a wrong file, a missing value, a rule that forbids."""

    exit_code = 1


class EnvironmentProblem(ExpectedError):
    """The machine failed: a full disk, a server out of reach, a database that is newer than the program."""

    exit_code = 3


class DataProblem(ExpectedError):
    """A file shipped with the program is wrong: a fault of the program, reported in one sentence."""

    exit_code = 70
