"""Three versions of a record (三方对照): as a form was opened, as it is now, as it was entered, by field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

THEIRS, MINE, BOTH = "theirs", "mine", "both"
BLANK: tuple[object, ...] = (None, "", [])


class Shown(Protocol):
    """What is needed of a field of a form."""

    name: str
    words: str

    def value(self) -> object: ...

    def is_changed(self) -> bool: ...


@dataclass(frozen=True)
class Difference:
    """A field whose entered value is not the one that stands now."""

    name: str
    words: str
    opened: object
    now: object
    mine: object

    @property
    def theirs_changed(self) -> bool:
        """Whether somebody else changed the field meanwhile."""
        return not same(self.opened, self.now)

    @property
    def mine_changed(self) -> bool:
        """Whether the field was changed in the form."""
        return not same(self.opened, self.mine)

    @property
    def default(self) -> str:
        """Whose value is taken unless somebody says otherwise; "" where both changed it and a human must say."""
        if self.theirs_changed and self.mine_changed:
            return ""
        return MINE if self.mine_changed else THEIRS

    @property
    def joinable(self) -> bool:
        """Whether both changes can be kept: lists of rows."""
        rows = isinstance(self.now, list) and isinstance(self.mine, list)
        return rows and self.theirs_changed and self.mine_changed

    def value(self, choice: str) -> object:
        """The value that a choice stands for."""
        if choice == BOTH:
            return joined_rows(_rows(self.opened), _rows(self.now), _rows(self.mine))
        return self.mine if choice == MINE else self.now


def differences(fields: Iterable[Shown], opened: Mapping[str, object], now: Mapping[str, object]) -> list[Difference]:
    """The fields where what was entered is not what stands now, in the order of the form."""
    found = []
    for field in fields:
        before = opened.get(field.name)
        mine = field.value() if field.is_changed() else before  # a field may write the same value in its own way
        found.append(Difference(field.name, field.words, before, now.get(field.name), mine))
    return [one for one in found if not same(one.now, one.mine)]


def joined_rows(opened: Sequence[object], now: Sequence[object], mine: Sequence[object]) -> list[object]:
    """Rows with the changes of both sides: what either took away is gone, what either added is there."""
    kept = [row for row in now if row in mine or row not in opened]
    return kept + [row for row in mine if row not in opened and row not in now]


def same(one: object, other: object) -> bool:
    """Whether two values of a field say the same; nothing is nothing, however it is written."""
    return one == other or (one in BLANK and other in BLANK)


def _rows(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []
