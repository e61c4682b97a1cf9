"""The look: contrast of every pair of colours in use, icons, one place for colours."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from expertpool.foundation.places import resource
from ui import theme
from ui.actions import ACTIONS
from ui.pages import PAGES

UI = Path(theme.__file__).parent
SURFACES = ("window", "surface", "rail", "raised", "header", "hover", "selected")


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_can_be_read(palette):
    for surface in SURFACES:
        assert theme.contrast(palette["text"], palette[surface]) >= 7, surface
        assert theme.contrast(palette["second"], palette[surface]) >= 4.5, surface
    for tone in theme.TONES:
        assert theme.contrast(palette[tone], palette[f"{tone}_soft"]) >= 4.5, tone
        assert theme.contrast(palette[tone], palette["surface"]) >= 4.5, tone
    assert theme.contrast(palette["on_accent"], palette["accent"]) >= 4.5
    assert theme.contrast(palette["on_tip"], palette["tip"]) >= 7
    assert theme.contrast(palette["focus"], palette["surface"]) >= 3


def test_both_palettes_name_the_same_colours():
    assert theme.LIGHT.keys() == theme.DARK.keys()


def test_contrast_is_the_standards():
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_colours_stand_in_one_module_only():
    found = [path.name for path in UI.rglob("*.py") if path.name != "theme.py"
             and re.search(r"""["'\s:(]#[0-9A-Fa-f]{3,8}\b""", path.read_text("utf-8"))]
    assert found == []


def test_switching_recolours_palette_stylesheet_and_icons(qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    theme.dress(button, "search")
    light = button.icon().pixmap(18).toImage()
    theme.apply("dark")
    application = QApplication.instance()
    assert application.palette().color(QPalette.ColorRole.Window).name().upper() == theme.DARK["window"]
    assert theme.DARK["surface"] in application.styleSheet()
    assert "$" not in application.styleSheet()
    assert button.icon().pixmap(18).toImage() != light
    assert theme.colour("text") == theme.DARK["text"]


def test_auto_follows_the_system():
    theme.apply("dark")
    theme.look.follow()
    assert theme.look.dark  # a chosen look stays
    theme.apply("auto")
    assert not theme.look.dark  # the offscreen screen is not dark


def test_every_named_icon_exists_and_draws(qapp):
    names = {page.icon for page in PAGES} | {action.icon for action in ACTIONS if action.icon}
    drawings = {path.stem for path in resource("icons").glob("*.svg")}
    assert names <= drawings
    for name in drawings:
        image = theme.pixmap(name, "text", 20, 2.0).toImage()
        assert (image.width(), image.height()) == (40, 40)
        painted = sum(image.pixelColor(x, y).alpha() > 0 for x in range(40) for y in range(40))
        assert painted > 20, name


def test_icons_share_one_line_weight():
    weights = {path.stem: re.search(r'stroke-width="([\d.]+)"', path.read_text("utf-8")).group(1)
               for path in resource("icons").glob("*.svg") if path.stem != "application"}
    assert set(weights.values()) == {"1.4"}
    assert len(weights) >= 35
