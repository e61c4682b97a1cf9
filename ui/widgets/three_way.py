"""Three versions of a record (三方对照), field by field: as the form was opened, as it is now, as entered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

THEIRS, MINE, BOTH = "theirs", "mine", "both"
BLANK: tuple[object, ...] = (None, "", [])


class Shown(Protocol):
    """What this module needs of a form's field."""

    name: str
    words: str

    def value(self) -> object: ...

    def is_changed(self) -> bool: ...


@dataclass(frozen=True)
class Difference:
    """A field whose entered value is not the present one."""

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
        """Whose value is taken unless the user chooses otherwise; "" if both changed it and the user must choose."""
        if self.theirs_changed and self.mine_changed:
            return ""
        return MINE if self.mine_changed else THEIRS

    @property
    def joinable(self) -> bool:
        """Whether both changes can be kept: lists of rows."""
        rows = isinstance(self.now, list) and isinstance(self.mine, list)
        return rows and self.theirs_changed and self.mine_changed

    def value(self, choice: str) -> object:
        """The value for a choice."""
        if choice == BOTH:
            return joined_rows(_rows(self.opened), _rows(self.now), _rows(self.mine))
        return self.mine if choice == MINE else self.now


def differences(fields: Iterable[Shown], opened: Mapping[str, object], now: Mapping[str, object]) -> list[Difference]:
    """The fields whose entered value is not the present one, in the order of the form."""
    found = []
    for field in fields:
        before = opened.get(field.name)
        mine = field.value() if field.is_changed() else before  # a field may write the same value differently
        found.append(Difference(field.name, field.words, before, now.get(field.name), mine))
    return [one for one in found if not same(one.now, one.mine)]


def joined_rows(opened: Sequence[object], now: Sequence[object], mine: Sequence[object]) -> list[object]:
    """Rows with the changes of both sides: rows removed by either are gone, rows added by either are there."""
    kept = [row for row in now if row in mine or row not in opened]
    return kept + [row for row in mine if row not in opened and row not in now]


def same(one: object, other: object) -> bool:
    """Whether two values of a field mean the same; all ways to write "nothing" are equal."""
    return one == other or (one in BLANK and other in BLANK)


def _rows(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []
