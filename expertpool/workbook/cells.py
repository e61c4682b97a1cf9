"""A stored value as a cell of the pool workbook, and back."""

import json
import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from expertpool.fields.tree import tree
from expertpool.foundation.dates import ISO_PARTIAL, PartialDate
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.masking import hidden
from expertpool.foundation.problems import Problem, Severity
from expertpool.rules import vocabulary
from expertpool.rules.field_catalogue import Mask
from expertpool.spreadsheets.cell_dates import TERM, read_date
from expertpool.spreadsheets.workbook import Value
from expertpool.workbook.sheets import Column

CHINESE = "zh_CN"
JOINT = "；"
_PARTED = re.compile("[；;、\n]")
_EXACT = 10**15  # a spreadsheet keeps 15 significant digits


class CellProblem(Exception):
    """A cell whose value is refused: the code of its sentence, and parameters."""

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code)
        self.code, self.parameters = code, parameters

    def at(self, sheet: str, row: int, column: int, field: str, value: object) -> Problem:
        """The same as a problem with its position."""
        return Problem(self.code, Severity.ERROR, field=field, value=str(value)[:60], sheet=sheet, row=row,
                       column=column, parameters=self.parameters)


def write_cell(column: Column, value: Any, *, revealed: bool = True) -> Value:
    """The cell for a stored value: codes as Chinese words, lists separated by ；, numbers masked unless revealed."""
    if not revealed and not column.secret:
        value = hidden({column.key: value})[column.key]
    if column.kind in ("whole", "number"):
        found: Value = value
        return found
    if column.kind == "yes_no":
        return "" if value is None else vocabulary.word("yes_no", "yes" if value else "no", CHINESE)
    if column.kind == "word":
        return _word(column, str(value or ""))
    if column.kind == "words":
        return JOINT.join(_word(column, code) for code in value or ())
    if column.kind == "list":
        return join_list(value or ())
    if column.kind == "json":
        return json.dumps(value, ensure_ascii=False) if value else ""
    text = str(value or "")
    return text if revealed or not column.secret else Mask(column.secret).hide(text)


def is_masked(column: Column, text: str) -> bool:
    """Whether the text of a cell is a masked number."""
    return bool(column.secret) and "*" in text


def read_cell(column: Column, value: Value) -> Any:
    """The stored value for a cell, None if the cell is empty; raises :class:`CellProblem`."""
    if column.kind in ("whole", "number"):
        return _number(column, value)
    text = cell_text(value)
    if not text:
        return None
    if column.kind == "date":
        return _date(value, text)
    if column.kind == "yes_no":
        return _code(column, text, ("yes_no",)) == "yes"
    if column.kind == "word":
        return _code(column, text, column.words)
    if column.kind == "words":
        return list(dict.fromkeys(_codes(column, text)))
    if column.kind == "list":
        return split_cell(text)
    if column.kind == "json":
        return _map(text)
    if column.kind == "field":
        return field_code(text)
    return text


def cell_text(value: Value) -> str:
    """A cell as stored text; a number too long to be exact raises :class:`CellProblem`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return vocabulary.word("yes_no", "yes" if value else "no", CHINESE)
    if isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) >= _EXACT:
            raise CellProblem("exchange.precision")
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return (value.isoformat() if isinstance(value, date | time) else value).strip()


def join_list(items: Any) -> str:
    """Several texts in one cell; as JSON if one of them contains a separator itself."""
    entries = [str(item) for item in items]
    safe = all(entry.strip() == entry != "" and not _PARTED.search(entry) for entry in entries)
    joined = JOINT.join(entries)
    return joined if safe and not joined.startswith("[") else json.dumps(entries, ensure_ascii=False)


def split_cell(text: str) -> list[str]:
    """The texts of a cell: separated by ；;、 or line breaks, or a JSON list."""
    if text.startswith("["):
        try:
            return [str(item) for item in json.loads(text)]
        except ValueError:
            pass
    return [part.strip() for part in _PARTED.split(text) if part.strip()]


def field_code(text: str) -> str:
    """The code of a technical field from a code, an IPC symbol or a title; raises :class:`CellProblem`."""
    code = tree().resolve(text)
    if code is None or not tree().knows(code):
        raise CellProblem("exchange.field")
    return code


def _word(column: Column, code: str) -> str:
    for kind in column.words:
        if (shown := vocabulary.word(kind, code, CHINESE)) != code:
            return shown
    return code


def _code(column: Column, text: str, kinds: tuple[str, ...]) -> str:
    for kind in kinds:
        if code := vocabulary.code_of(kind, text):
            return code
    if column.closed or column.kind in ("yes_no", "words"):
        choices = "、".join(entry.zh for kind in kinds for entry in vocabulary.words(kind))
        raise CellProblem("exchange.word", choices=choices)
    return text


def _codes(column: Column, text: str) -> Iterator[str]:
    """The codes of several words; a word may contain the mark 、 itself, as the duties of 法释〔2019〕2号 do."""
    for part in filter(None, map(str.strip, re.split("[；;\n]", text))):
        whole = next((code for kind in column.words if (code := vocabulary.code_of(kind, part))), None)
        if whole:
            yield whole
        else:
            yield from (_code(column, word, column.words) for word in split_cell(part))


def _date(value: Value, text: str) -> str:
    if ISO_PARTIAL.match(text):
        try:
            return str(PartialDate.parse(text))
        except ValueError as error:
            raise CellProblem("exchange.date") from error
    found = read_date(value, TERM)
    if found.value is None:
        raise CellProblem("exchange.date")
    return str(found.value)


def _number(column: Column, value: Value) -> int | float | None:
    if value is None or value == "":
        return None
    if isinstance(value, date | time):
        raise CellProblem("exchange.number")
    try:
        number = float(value)
    except ValueError as error:
        raise CellProblem("exchange.number") from error
    if not math.isfinite(number) or (column.kind == "whole" and not number.is_integer()):
        raise CellProblem("exchange.number")
    return int(number) if column.kind == "whole" else number


def _map(text: str) -> JsonObject:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise CellProblem("exchange.json") from error
    if not isinstance(found, dict):
        raise CellProblem("exchange.json")
    return found
