"""Cells as text, and the result of reading a value: the value and its problems."""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Generic, TypeAlias, TypeVar

from expertpool.foundation.problems import Problem, Severity
from expertpool.foundation.text import strip_controls

Value: TypeAlias = str | int | float | bool | date | datetime | time | None
T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

_EMPTY = re.compile(r"[-—–_/\\.。·*×\s]*|无|没有|暂无|不详|未知|未填|未填写|暂缺|空|无此项|不适用"
                    r"|[nN]/?[aA]|[nN]ull|NULL|[nN]one|NaN|nan|#N/A|#REF!|#VALUE!|#NAME\?|#DIV/0!|#NULL!|待补充|待定|待填")
_GUARD = re.compile(r'=\s*"(.*)"')  # ="2101…", written to keep Excel from turning it into a number
SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{1,3}")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value and the problems met while reading it; the problems have no position yet."""

    value: T
    problems: tuple[Problem, ...] = ()


def problem(code: str, value: object, severity: Severity = Severity.ERROR, **parameters: object) -> Problem:
    """A problem about a cell's value, shown as text."""
    return Problem(code, severity, value=shown(value), parameters=parameters)


def shown(value: object) -> str:
    """A cell as people see it; long text is cut for use in messages."""
    text = cell_text(value) if isinstance(value, str | int | float | date | time | None) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def cell_text(value: Value) -> str:
    """A cell as text: whole numbers without ``.0``, dates as ISO, text guards (``="…"``, ``'``) removed."""
    if isinstance(value, str):
        return _text_of(value)
    if value is None or isinstance(value, bool):
        return "" if value is None else "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


# remembered, because units, titles and words repeat down a column and cells are asked for more than once
@lru_cache(maxsize=4096)
def _text_of(value: str) -> str:
    if value.isalnum():  # nothing to strip, and quick to tell
        return value
    text = strip_controls(value).strip(" \t\n\u3000\u00a0")
    if guarded := _GUARD.fullmatch(text):
        text = guarded[1].strip()
    return text.removeprefix("'").strip()


def content(value: Value) -> str:
    """:func:`cell_text`, with words that mean nothing (``无``, ``/``, ``N/A``) as empty text."""
    if isinstance(value, str):
        if len(value) >= 8 and value.isalnum():  # numbers and words of some length, as most cells hold
            return value
        return _content_of(value)
    text = cell_text(value)
    return "" if len(text) < 8 and _EMPTY.fullmatch(text) else text


@lru_cache(maxsize=4096)
def _content_of(value: str) -> str:
    text = _text_of(value)
    return "" if len(text) < 8 and _EMPTY.fullmatch(text) else text


def line(value: Value) -> str:
    """:func:`content` on one line, white space single."""
    text = content(value)
    return text if text.isalnum() else " ".join(text.split())


def per_value(read: F) -> F:
    """Decorator for a reader: each distinct cell is read once, because columns repeat their values and readers are
    pure.

    Callers must not change what is returned.
    """
    return lru_cache(maxsize=8192, typed=True)(read)  # type: ignore[return-value]


def half_width(text: str) -> str:
    """NFKC: full-width digits, letters and marks become half-width; for numbers, codes and addresses."""
    return unicodedata.normalize("NFKC", text)
