"""Roles (技术调查官 …) and modes (兼职 …) in cells; several roles at once are usual."""

import re

from expertpool.foundation.problems import Severity
from expertpool.rules.vocabulary import code_of, words
from expertpool.spreadsheets.cell_text import Reading, Value, line, per_value, problem

_NOTE = re.compile(r"[(（]([^()（）]{2,4})[)）]")
_JOINTS = re.compile(r"[、，,；;/／|｜\n+]|\s+|和|及|兼(?!职|任)")


@per_value
def read_roles(value: Value) -> Reading[list[tuple[str, str]]]:
    """(role, mode) pairs; ``兼职技术调查官`` names both. Unknown words: ``role_unknown``, left out."""
    found: list[tuple[str, str]] = []
    unknown: list[str] = []
    text = line(value)
    for part in _JOINTS.split(text):
        if not part:
            continue
        mode = next((word.code for word in words("mode") if part.startswith(word.zh)), "") or _noted_mode(part)
        bare = part.removeprefix(next((w.zh for w in words("mode") if w.code == mode), ""))
        role = code_of("role", part) or code_of("role", bare) or _contained(part)
        if role:
            found.append((role, mode))
        else:
            unknown.append(part)
    problems = (problem("role_unknown", value, Severity.NOTE, words="、".join(unknown)),) if unknown else ()
    return Reading(list(dict.fromkeys(found)), problems)


def _noted_mode(text: str) -> str:
    """A mode in brackets: ``技术调查官（兼职）``."""
    noted = _NOTE.search(text)
    return next((word.code for word in words("mode") if word.zh == noted[1].strip()), "") if noted else ""


def _contained(text: str) -> str:
    """The role whose full name stands inside a longer phrase (``拟聘技术调查官（机械）``)."""
    return next((word.code for word in words("role") if word.zh in text), "")


def role_of_heading(text: str) -> str:
    """A role named by a column heading or a sheet's title (``技术调查官姓名``); "" if none."""
    return _contained(text)
