"""Levels of professional titles."""

import pytest

from expertpool.experts.titles import known_titles, title_level
from expertpool.rules import vocabulary


@pytest.mark.parametrize(("text", "level"), [
    ("教授", "senior"), ("正高级工程师", "senior"), ("教授级高工", "senior"),
    ("研究员级高级工程师", "senior"), ("高级工程师（正高级）", "senior"),
    ("高级工程师", "associate"), ("高工", "associate"), ("副教授", "associate"),
    ("副研究员", "associate"), ("副主任医师", "associate"),
    ("工程师", "intermediate"), ("讲师", "intermediate"),
    ("助理研究员", "intermediate"), ("主治医师", "intermediate"),
    ("助理工程师", "junior"), ("助教", "junior"), ("材料学教授", "senior"),
    ("系主任、副教授", "associate"), ("副教授/硕导", "associate"),
    ("中级", "intermediate"), ("副高级职称", "associate"), ("讲师、教授", "senior"),
    ("处长", None), ("专利代理师", None), ("执业药师", None), ("", None),
    ("无", None),
])
def test_levels(text: str, level: str | None):
    assert title_level(text) == level


def test_every_title_has_its_level_and_the_level_is_a_word():
    assert {title_level(title) for title in known_titles()} == {
        word.code for word in vocabulary.words("title_level")}
