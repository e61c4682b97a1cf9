"""One operation on many records (批量): what it would do to each, shown before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

NAMED = 3  # most names that a journal entry lists


@dataclass(frozen=True, slots=True)
class Affected:
    """A chosen record: its name, its state before, and the code of the reason why it stays as it is ("" if it
    changes)."""

    id: int
    uid: str
    name: str
    before: str
    why: str = ""


def named(names: Sequence[str]) -> str:
    """Names for a journal entry, independent of the language: the first few, then how many there are."""
    first = "、".join(names[:NAMED])
    return first if len(names) <= NAMED else f"{first} … ({len(names)})"
