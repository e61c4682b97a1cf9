"""Causes of action (案由) in their versions, and which of them art. 1 of 法释〔2019〕2号 counts as technical."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from expertpool.foundation.data_file import read
from expertpool.rules.schemas.cases import Causes


@dataclass(frozen=True)
class Cause:
    """One cause in one version of the list. ``kind`` is its subject: invention, software, trademark …"""

    code: str
    name: str
    version: str
    nature: str
    chapter: str
    parent: str
    kind: str
    technical: bool
    valid_from: str
    valid_to: str = ""
    tag: str = "H"

    def in_force(self, day: str) -> bool:
        """Whether the cause may be used on an ISO day."""
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


@cache
def _causes() -> tuple[Cause, ...]:
    return tuple(Cause(entry.code, entry.name, entry.version, entry.nature, entry.chapter, entry.parent, entry.kind,
                       entry.technical, entry.valid_from, entry.valid_to or "", entry.tag)
                 for entry in reversed(read(Causes).causes))


def causes(day: str = "") -> list[Cause]:
    """All causes, in the order of the list; with ``day`` only those in force on it."""
    return [cause for cause in reversed(_causes()) if not day or cause.in_force(day)]


def cause(code: str, version: str) -> Cause | None:
    """A cause by its number and version."""
    return next((known for known in _causes() if (known.code, known.version) == (code, version)), None)


def find_cause(text: str, day: str = "") -> Cause | None:
    """The cause that a text names, or None.

    With ``day`` (ISO) only causes in force on it are considered, otherwise the newest version with that name.
    Variants (侵犯 for 侵害, missing 纠纷, added 一案) are understood; in a longer sentence the longest cause named is
    taken.
    """
    wanted = _plain(text)
    if not wanted:
        return None
    found = [known for known in _causes() if not day or known.in_force(day)]
    exact = next((known for known in found if _plain(known.name) == wanted), None)
    if exact:
        return exact
    named = [known for known in found if _plain(known.name) in wanted]
    return max(named, key=lambda known: len(known.name), default=None)


@cache
def _plain(text: str) -> str:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    plain = re.sub("(?:纠纷)?(?:一案|案件|案)?$", "", plain)
    for typed, meant in read(Causes).rewrites:
        if typed in plain and meant not in plain:
            plain = plain.replace(typed, meant)
    return plain
