"""The sample rosters against their truth; the figures are printed by ``python -m tests.accuracy``."""

import pytest

from tests.accuracy import ROSTERS, scores

pytestmark = pytest.mark.skipif(not (ROSTERS / "truth.jsonl").exists(), reason="the sample rosters are not here")


def test_samples_are_read_as_the_truth_says() -> None:
    for file, found in scores(ROSTERS).items():
        assert (file, found.matched, found.phantoms) == (file, found.rows, [])
        assert (file, dict(found.wrong), found.missed, found.false) == (file, {}, [], [])
