"""The comparison of rankings names what changed and nothing else."""

from tests.matching_baseline import changes


def test_only_changed_orders_are_named() -> None:
    before = {"(2026)辽01知民初1号": [["甲", 90.0], ["乙", 80.0]], "(2026)辽01知民初2号": [["丙", 70.0]]}
    after = {"(2026)辽01知民初1号": [["乙", 85.0], ["甲", 84.0]], "(2026)辽01知民初2号": [["丙", 71.0]]}
    assert changes(before, after) == ["(2026)辽01知民初1号: 乙 2 → 1; 甲 1 → 2"]
    assert changes(before, before) == []


def test_people_who_come_and_go() -> None:
    number = "(2026)辽01知民初1号"
    assert changes({number: [["甲", 90.0]]}, {number: [["乙", 90.0]]}) == [f"{number}: + 乙 at 1; - 甲 from 1"]
