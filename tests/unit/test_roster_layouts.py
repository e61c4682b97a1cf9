"""Rosters made in every layout are read as their truth says; ``python -m tests.accuracy --made`` prints other seeds."""

import pytest

from tests.accuracy import made_scores
from tests.sample_data.roster_layouts.making import LAYOUTS


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_without_any_mapping(layout: str) -> None:
    for file, found in made_scores(7, 16, (layout,)).items():
        assert (file, found.matched, found.phantoms) == (file, found.rows, [])
        assert (file, {name: wrong[:3] for name, wrong in found.wrong.items()}) == (file, {})
        assert (file, found.missed, found.false) == (file, [], [])


def test_the_same_seed_makes_the_same_people() -> None:
    from tests.sample_data.roster_layouts.kit import Kit

    first, again = ([made.values for made in Kit(3, "plain", 9).people()] for _ in range(2))
    assert first == again
    assert first != [made.values for made in Kit(4, "plain", 9).people()]
