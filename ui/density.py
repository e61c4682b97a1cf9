"""Row height of lists (行高): normal or compact, kept between runs."""

from PySide6.QtWidgets import QTableView, QWidget

from expertpool.foundation.language import N_
from ui import theme
from ui.remembered import Remembered

DENSITIES = (("normal", N_("Normal height")), ("compact", N_("Compact")))
_HEIGHTS = {theme.ROW: theme.ROW_COMPACT, theme.ROW_TALL: 44}  # normal px → compact px


def chosen(remembered: Remembered) -> str:
    """The chosen row height."""
    found = str(remembered.get("density", "normal"))
    return found if found in dict(DENSITIES) else "normal"


def dress(root: QWidget, density: str) -> None:
    """Give every list below ``root`` the chosen row height. Lists with a height of their own keep it."""
    for view in root.findChildren(QTableView):
        header = view.verticalHeader()
        normal = view.property("normal_height")
        if normal is None:
            normal = header.defaultSectionSize()
            view.setProperty("normal_height", normal)
        height = _HEIGHTS.get(normal, normal) if density == "compact" else normal
        header.setMinimumSectionSize(min(height, header.minimumSectionSize()))
        header.setDefaultSectionSize(height)
