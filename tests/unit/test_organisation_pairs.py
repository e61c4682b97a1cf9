"""The labelled list of unit names: how often *same* is right, what is missed, and that the index misses nothing."""

import time

import pytest

from expertpool.organisations.name_index import UnitIndex, name_signature
from expertpool.organisations.names import similar
from tests.organisation_report import LabelledNames, Score, labelled, microseconds, score


@pytest.fixture(scope="module")
def pairs() -> list[LabelledNames]:
    return labelled()


def test_the_list_is_large_and_hard(pairs: list[LabelledNames]):
    assert len(pairs) >= 600
    assert len({frozenset((pair.one, pair.two)) for pair in pairs}) == len(pairs)
    assert sum(pair.expected == "no" for pair in pairs) >= 0.35 * len(pairs)
    assert all(pair.why for pair in pairs)
    for half in ("development", "held out"):
        assert sum(pair.half == half for pair in pairs) >= 0.4 * len(pairs)


@pytest.mark.parametrize("half", ["development", "held out", ""])
def test_precision_and_recall(pairs: list[LabelledNames], half: str):
    found: Score = score(pair for pair in pairs if half in ("", pair.half))
    print(half or "whole list", found)
    assert found.precision >= 0.99, found.mistakes
    assert found.recall >= 0.97, found.mistakes
    assert found.needless <= 0.05 * found.different, found.mistakes


def test_symmetric_on_the_whole_list(pairs: list[LabelledNames]):
    assert [pair for pair in pairs if similar(pair.one, pair.two) != similar(pair.two, pair.one)] == []


def test_the_index_finds_whatever_a_comparison_would_find(pairs: list[LabelledNames]):
    names = sorted({name for pair in pairs for name in (pair.one, pair.two)})
    index = UnitIndex(names)
    for name in names[::4]:
        wanted = {(other, likeness) for other in names if (likeness := similar(name, other)).verdict != "no"}
        assert set(index.near(name)) == wanted
        assert all(name_signature(name) & name_signature(other) for other, _likeness in wanted)


def test_pairs_of_an_index_are_those_of_all_comparisons(pairs: list[LabelledNames]):
    names = sorted({pair.one for pair in pairs})
    wanted = {frozenset((one, two)) for place, one in enumerate(names) for two in names[place + 1:]
              if similar(one, two).verdict != "no"}
    assert {frozenset(pair[:2]) for pair in UnitIndex(names).pairs()} == wanted


def test_fast(pairs: list[LabelledNames]):
    assert microseconds(pairs) < 40  # some 3 on a machine at rest
    started = time.perf_counter()
    index = UnitIndex(f"沈阳{first}{second}机械有限公司" for first in "云岭海风青松科锐融创" for second in "一二三四五六七八九十")
    assert len(index) == 100
    index.near("沈阳云一机械股份有限公司")
    assert time.perf_counter() - started < 2
