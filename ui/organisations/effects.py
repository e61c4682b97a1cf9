"""What another name, link or merge would block (影响预览), as a short list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from expertpool.foundation.language import _, n_
from ui import theme
from ui.widgets.chips import StatePill
from ui.widgets.labels import label

SHOWN = 40
_LEVELS = {"block": "danger", "warn": "warning"}


class EffectsView(QWidget):
    """A summarising sentence, and a row for every finding."""

    def __init__(self) -> None:
        super().__init__()
        self.said = label("", "strong", wrap=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setMinimumHeight(132)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.said)
        column.addWidget(self.area, 100)
        column.addStretch(1)
        self.show_words("")

    def show_words(self, text: str) -> None:
        """Show only a sentence, e.g. while the effects are computed."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.area.hide()

    def show_effects(self, effects: Sequence[Any]) -> None:
        """The rows of :func:`~expertpool.checks.alias_effects.alias_effects`."""
        if not effects:
            self.show_words(_("Nobody would newly be barred or warned about."))
            return
        serving = sum(one.serving for one in effects)
        text = n_("{count} new finding in open cases", "{count} new findings in open cases",
                  len(effects)).format(count=len(effects))
        if serving:
            text += " · " + _("{count} of people appointed already").format(count=serving)
        self.show_words(text)
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GAP)
        for one in effects[:SHOWN]:
            column.addLayout(self._head(one))
            column.addWidget(label(one.text, "small", wrap=True))
        if len(effects) > SHOWN:
            column.addWidget(label(_("and {count} more").format(count=len(effects) - SHOWN), "second"))
        column.addStretch(1)
        self.area.setWidget(inside)
        self.area.show()

    def _head(self, one: Any) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        words = _("bars") if one.level == "block" else _("to verify")
        row.addWidget(StatePill(words, _LEVELS.get(one.level, "neutral")))
        row.addWidget(label(one.person, "strong"))
        row.addWidget(label(one.number, "second"))
        if one.serving:
            row.addWidget(StatePill(_("appointed"), "accent"))
        row.addStretch(1)
        return row
