"""Every page is drawn on the sample pool in both looks and sizes; ``EXPERTPOOL_SCREENSHOTS=FOLDER`` keeps them."""

import os
import statistics
from pathlib import Path

import pytest

from expertpool.foundation.language import set_language
from tests.screenshots import LOOKS, PAGES, SIZES, sample_pool, take
from ui.application import open_pool
from ui.main_window import MainWindow


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return sample_pool(tmp_path_factory.mktemp("sample"))


def ground(picture, places):
    """The lightness that half of the places do not exceed."""
    return statistics.median(picture.pixelColor(*place).lightness() for place in places)


def test_every_page_is_drawn(qtbot, sample, monkeypatch):
    set_language("zh_CN")
    window = MainWindow(open_pool)
    qtbot.addWidget(window)
    window.show()
    window.open_pool(str(sample))
    qtbot.waitUntil(lambda: window.surroundings.pool is not None and window.jobs.idle(), timeout=20_000)
    pool, pictures = window.surroundings.pool, {}

    def wait(ready):
        qtbot.waitUntil(ready, timeout=20_000)
        for _turn in range(5):
            qtbot.wait(1)
        qtbot.waitUntil(ready, timeout=20_000)

    take(window, wait, lambda name, picture: pictures.__setitem__(name, picture.toImage()))
    assert len(pictures) == len(SIZES) * len(LOOKS) * len(PAGES)
    for page in PAGES:
        for width, height in SIZES:
            light, dark = (pictures[f"{page}-{look}-{width}"] for look in LOOKS)
            assert (light.width(), light.height()) == (width, height)
            places = [(x, y) for x in range(200, width, 11) for y in range(60, height - 40, 11)]
            assert ground(light, places) > 200 > 80 > ground(dark, places)
            assert len({light.pixel(*place) for place in places}) > 10  # something is written and framed there
    assert [one for one in window.feedback.seen if one[0] in ("error", "danger", "bug")] == []
    if folder := os.environ.get("EXPERTPOOL_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, picture in pictures.items():
            assert picture.save(str(Path(folder) / f"{name}.png"))
    window.close()
    window.jobs.close()
    pool.close()
