"""The sample rosters against their truth; the figures are printed by ``python -m tests.accuracy``."""

import pytest

from tests.accuracy import ROSTERS, from_command, scores

pytestmark = pytest.mark.skipif(not (ROSTERS / "truth.jsonl").exists(), reason="the sample rosters are not here")


def test_samples_are_read_as_the_truth_says() -> None:
    for file, found in scores(ROSTERS).items():
        assert (file, found.matched, found.phantoms) == (file, found.rows, [])
        assert (file, dict(found.wrong), found.missed, found.false) == (file, {}, [], [])


def test_the_command_line_says_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("EXPERTPOOL_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.delenv("EXPERTPOOL_DATABASE", raising=False)
    (person, *rest) = from_command(ROSTERS / "L07_legacy.xls")
    assert {"file", "sheet", "row", "slot", "values", "issues"} == person.keys()
    assert (len(rest), person["values"]["unit"], person["values"]["education"]) == (119, person["values"]["employer"], "大学本科")
