"""The look of the window: the only place with hex colours; palette, fonts, sizes, stylesheet, icons.

Light values are the design's; dark ones were chosen for equal contrast (text 7:1 or better, second text 4.5:1).
"""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from expertpool.foundation.places import resource

LIGHT = {
    "window": "#F4F5F7",
    "surface": "#FFFFFF",
    "rail": "#FAFBFC",
    "raised": "#FFFFFF",
    "line": "#E3E6EB",
    "edge": "#C9CFD8",
    "track": "#E6EAF0",
    "text": "#1C2430",
    "second": "#5C6675",
    "disabled": "#9AA2AF",
    "accent": "#1F4E8C",
    "accent_soft": "#E6EEF8",
    "accent_hover": "#173F74",
    "accent_line": "#B7CDE8",
    "on_accent": "#FFFFFF",
    "ok": "#067647",
    "ok_soft": "#E7F6EC",
    "warning": "#93510A",
    "warning_soft": "#FFF4E0",
    "danger": "#B42318",
    "danger_soft": "#FDECEA",
    "neutral": "#4A5463",
    "neutral_soft": "#EEF0F3",
    "hover": "#F0F3F7",
    "selected": "#EAF1FA",
    "header": "#F9FAFB",
    "focus": "#2F6FC1",
    "part1": "#1F4E8C",
    "part2": "#4F80C2",
    "part3": "#8FB1DF",
    "part4": "#C6D8F0",
    "part5": "#7A8699",
    "part6": "#A9B2C0",
    "shadow": "#1C2430",
    "tip": "#1C2430",
    "on_tip": "#FFFFFF",
}
DARK = {
    "window": "#14181E",
    "surface": "#1C2129",
    "rail": "#181D24",
    "raised": "#242A33",
    "line": "#2E3641",
    "edge": "#465160",
    "track": "#303946",
    "text": "#E8ECF2",
    "second": "#A3AEBD",
    "disabled": "#68727F",
    "accent": "#8DB8F0",
    "accent_soft": "#22344C",
    "accent_hover": "#A9CAF5",
    "accent_line": "#3D5B82",
    "on_accent": "#0D1B2E",
    "ok": "#6FD3A0",
    "ok_soft": "#173526",
    "warning": "#F0BC6A",
    "warning_soft": "#3A2B12",
    "danger": "#FF9F94",
    "danger_soft": "#421F1C",
    "neutral": "#C0C8D3",
    "neutral_soft": "#2B323C",
    "hover": "#252C36",
    "selected": "#223149",
    "header": "#20262F",
    "focus": "#8DB8F0",
    "part1": "#8DB8F0",
    "part2": "#5F92D6",
    "part3": "#436DA6",
    "part4": "#34527C",
    "part5": "#77849A",
    "part6": "#55617A",
    "shadow": "#000000",
    "tip": "#E8ECF2",
    "on_tip": "#14181E",
}
TONES = ("accent", "ok", "warning", "danger", "neutral")
FAMILIES = ["Microsoft YaHei UI", "Noto Sans CJK SC", "WenQuanYi Zen Hei", "sans-serif"]
STEP = 4  # every distance is a multiple of this, in pixels
GAP, PAD, WIDE = 2 * STEP, 3 * STEP, 5 * STEP
RADIUS = 8
ROW, ROW_COMPACT, ROW_TALL = 36, 28, 52
RAIL, RAIL_NARROW, BAR = 184, 56, 56
POINTS = {"small": 9.0, "base": 10.0, "section": 11.0, "title": 13.0, "figure": 19.0}
MODES = ("auto", "light", "dark")


class Look(QObject):
    """The present look. ``changed`` is emitted after palette and stylesheet were replaced."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = "auto"
        self.dark = False
        self.watching = False
        self.folder = QTemporaryDir()

    def follow(self) -> None:
        """The system switched between light and dark: do the same."""
        if self.mode == "auto":
            apply("auto")


look = Look()


def colour(name: str) -> str:
    """Hex text of a named colour in the palette in force."""
    return (DARK if look.dark else LIGHT)[name]


def qcolour(name: str, alpha: int = 255) -> QColor:
    """A named colour for painting; ``alpha`` 0-255."""
    found = QColor(colour(name))
    found.setAlpha(alpha)
    return found


def application() -> QApplication:
    """The running application."""
    running = QApplication.instance()
    if not isinstance(running, QApplication):
        raise LookupError("no application is running")
    return running


def apply(mode: str = "auto") -> None:
    """Set the look: ``auto`` follows the system, else ``light`` or ``dark``."""
    running = application()
    hints = QGuiApplication.styleHints()
    if not look.watching:
        hints.colorSchemeChanged.connect(look.follow)
        look.watching = True
    look.mode = mode if mode in MODES else "auto"
    look.dark = look.mode == "dark" or (look.mode == "auto" and hints.colorScheme() == Qt.ColorScheme.Dark)
    if running.style().objectName() != "fusion":
        running.setStyle("Fusion")
    running.setFont(font("base"))
    running.setPalette(_palette())
    running.setStyleSheet(_stylesheet())
    for widget in running.allWidgets():
        if widget.property("icon_name"):
            dress(widget, widget.property("icon_name"), widget.property("icon_role"))
    look.changed.emit()


def font(size: str = "base", bold: bool = False) -> QFont:
    """A font of the program: sizes of :data:`POINTS`, numbers tabular, one bold weight."""
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPointSizeF(POINTS[size])
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def icon(name: str, role: str = "second", size: int = 20) -> QIcon:
    """One of our icons, recoloured with a palette colour, sharp up to 300 %, grey when disabled."""
    return _icon(name, colour(role), colour("disabled"), size)


def pixmap(name: str, role: str = "second", size: int = 20, ratio: float = 1.0) -> QPixmap:
    """An icon as a pixmap for painting, ``size`` pixels at the screen's ``ratio``."""
    return _drawn(name, colour(role), size, ratio)


def dress(widget: QWidget, name: str, role: str = "second", size: int = 0) -> None:
    """Give a button or label an icon that is recoloured when the palette changes."""
    size = size or int(widget.property("icon_size") or 18)
    for key, value in (("icon_name", name), ("icon_role", role), ("icon_size", size)):
        widget.setProperty(key, value)
    if isinstance(widget, QAbstractButton):
        widget.setIcon(icon(name, role, size))
        widget.setIconSize(QSize(size, size))
    elif isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, role, size, widget.devicePixelRatioF()))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two hex colours (WCAG 2.1, 1.4.3)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(hexa: str) -> float:
    found = QColor(hexa)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (found.redF(), found.greenF(), found.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@cache
def _icon(name: str, hexa: str, greyed: str, size: int) -> QIcon:
    made = QIcon()
    for ratio in (1.0, 1.5, 2.0, 3.0):
        made.addPixmap(_drawn(name, hexa, size, ratio), QIcon.Mode.Normal)
        made.addPixmap(_drawn(name, greyed, size, ratio), QIcon.Mode.Disabled)
    return made


@cache
def _drawn(name: str, hexa: str, size: int, ratio: float) -> QPixmap:
    drawing = resource("icons", f"{name}.svg").read_bytes().replace(b"currentColor", hexa.encode())
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _palette() -> QPalette:
    made = QPalette()
    part = QPalette.ColorRole
    for role, name in {
        part.Window: "window",
        part.WindowText: "text",
        part.Base: "surface",
        part.AlternateBase: "header",
        part.Text: "text",
        part.Button: "surface",
        part.ButtonText: "text",
        part.BrightText: "danger",
        part.Highlight: "accent",
        part.HighlightedText: "on_accent",
        part.Link: "accent",
        part.LinkVisited: "accent",
        part.ToolTipBase: "tip",
        part.ToolTipText: "on_tip",
        part.PlaceholderText: "second",
        part.Light: "raised",
        part.Midlight: "line",
        part.Mid: "edge",
        part.Dark: "edge",
        part.Shadow: "shadow",
        part.Accent: "accent",
    }.items():
        made.setColor(role, qcolour(name))
    for role in (part.WindowText, part.Text, part.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, qcolour("disabled"))
    return made


def _stylesheet() -> str:
    from ui.stylesheet import SHEET

    names = dict(DARK if look.dark else LIGHT)
    names |= {f"pt_{name}": f"{points:g}pt" for name, points in POINTS.items()}
    for shape in ("check", "chevron-down"):
        names[shape.replace("-", "_")] = _file(shape, "on_accent" if shape == "check" else "second")
    return SHEET.substitute(names)


def _file(name: str, role: str) -> str:
    """A recoloured icon as a temporary file, because stylesheets take no pictures from memory."""
    target = Path(look.folder.path()) / f"{name}-{colour(role)[1:]}.svg"
    if not target.exists():
        drawing = resource("icons", f"{name}.svg").read_text("utf-8")
        target.write_text(drawing.replace("currentColor", colour(role)), encoding="utf-8")
    return target.as_posix()
