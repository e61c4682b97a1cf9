"""Coverage by field (领域覆盖): people available against cases of the last twelve months."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from expertpool.foundation.language import _
from ui.overview.lists import LineList
from ui.widgets.score_bar import BarRow


class GroupRow(BarRow):
    """A bar that can be pressed."""

    pressed = Signal()

    def __init__(self, row: dict[str, Any], full: int) -> None:
        pills = {"short": (_("People lacking"), "danger"), "tight": (_("Tight"), "warning")}
        super().__init__(row["title"], row["people"], full, _("{count} cases").format(count=row["cases"]),
                         pills.get(row["state"], ("", "")))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class Coverage(LineList):
    """One bar for each court group."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Coverage by field"), _("There are no people and no cases yet."))

    def show_rows(self, rows: list[dict[str, Any]]) -> None:
        full = max((row["people"] for row in rows), default=0) or 1
        lines = []
        for row in rows:
            line = GroupRow(row, full)
            line.pressed.connect(lambda code=row["code"]: self.chosen.emit(code))
            lines.append(line)
        self._fill(lines, lined=False)  # the bars draw their own hairline
