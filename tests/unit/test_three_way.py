"""Three versions of a record: whose value is taken unless somebody says otherwise, and rows of both sides."""

from dataclasses import dataclass
from typing import Any

import pytest

from ui.widgets.three_way import BOTH, MINE, THEIRS, Difference, differences, joined_rows


@dataclass
class Entered:
    """A field as far as the comparison looks at it."""

    name: str
    entered: Any
    changed: bool = True
    words: str = "words"

    def value(self) -> Any:
        return self.entered

    def is_changed(self) -> bool:
        return self.changed


@pytest.mark.parametrize(("opened", "now", "mine", "default"), [
    ("a", "a", "b", MINE), ("a", "b", "a", THEIRS), ("a", "b", "c", ""), ("", "b", None, THEIRS),
    ([1], [1], [1, 2], MINE), ([1], [1, 3], [1], THEIRS), ([1], [1, 3], [1, 2], "")])
def test_the_value_that_is_taken_unless_somebody_says_otherwise(opened, now, mine, default):
    (one,) = differences([Entered("x", mine)], {"x": opened}, {"x": now})
    assert one.default == default


@pytest.mark.parametrize(("opened", "now", "mine"), [("a", "b", "b"), ("a", "a", "a"), (None, "", [])])
def test_what_says_the_same_is_no_difference(opened, now, mine):
    assert differences([Entered("x", mine)], {"x": opened}, {"x": now}) == []


def test_a_field_that_nobody_touched_counts_as_opened_however_it_writes_its_value():
    (one,) = differences([Entered("x", [{"a": 1, "b": ""}], changed=False)], {"x": [{"a": 1}]}, {"x": [{"a": 2}]})
    assert (one.default, one.value(MINE)) == (THEIRS, [{"a": 1}])


def test_rows_of_both_sides_are_joined():
    assert joined_rows([1, 2, 3], [1, 3, 4], [1, 2, 5]) == [1, 4, 5]  # 2 went there, 3 here; 4 and 5 came
    one = Difference("x", "words", [1], [1, 2], [1, 3])
    assert one.joinable
    assert (one.value(THEIRS), one.value(MINE), one.value(BOTH)) == ([1, 2], [1, 3], [1, 2, 3])
    assert not Difference("x", "words", "a", "b", "c").joinable
