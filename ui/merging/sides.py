"""Two records value by value (并排比对): a choice where they differ, plain words where they agree or are combined."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from expertpool.foundation.language import N_, _
from ui import theme
from ui.comparing import stands_word
from ui.merging.reading import JOINED, PAIR, Sides, ValueLine
from ui.widgets.chips import StatePill
from ui.widgets.labels import Elided, Line, SectionHeading, label, tip

_EFFECTS = {
    "blocks": (N_("barred"), "danger"),
    "twice": (N_("serves twice"), "danger"),
    "warns": (N_("warning"), "warning"),
    "load": (N_("load"), "neutral"),
}
WORDS, STATE = 96, 72  # px of the names of values and of how they stand


class ValueChoice(QRadioButton):
    """One of two values; a long one is cut and shown in full as a tooltip."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__()
        self.value = value or _("(empty)")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{field}: {self.value}")
        tip(self, self.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        plain = " ".join(self.value.split())
        self.setText(self.fontMetrics().elidedText(plain, Qt.TextElideMode.ElideRight, max(20, self.width() - 30)))


class SidesView(QWidget):
    """What merging changes, and below it the values. ``choices()`` says which value is taken."""

    def __init__(self, sides: Sides, swap: QPushButton | None) -> None:
        super().__init__()
        self.sides = sides
        self._groups: dict[str, tuple[QButtonGroup, ValueChoice, ValueChoice]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        self.effects = [self._effect(effect.kind, effect.text) for effect in sides.effects]
        if sides.entry.kind == PAIR:
            column.addWidget(SectionHeading(_("What the merge changes")))
            for part in self.effects:
                column.addWidget(part)
            column.addWidget(Line())
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.PAD)
        self.grid.setVerticalSpacing(theme.STEP)
        self.grid.setColumnMinimumWidth(0, WORDS)
        self.grid.setColumnMinimumWidth(3, STATE)
        self.grid.setColumnStretch(1, 5)
        self.grid.setColumnStretch(2, 5)
        self._head(sides, swap)
        for number, line in enumerate(sides.lines, 2):
            self._line(number, line)
        column.addLayout(self.grid)
        column.addStretch(1)

    def choices(self) -> dict[str, str]:
        """Field → ``kept`` or ``other`` for every value that differs."""
        return {field: "kept" if kept.isChecked() else "other" for field, (_g, kept, _o) in self._groups.items()}

    def choose(self, field: str, side: str) -> None:
        """Choose one of two values."""
        _group, kept, other = self._groups[field]
        (kept if side == "kept" else other).setChecked(True)

    def buttons(self, field: str) -> tuple[ValueChoice, ValueChoice]:
        """The two values of a field to choose from."""
        return self._groups[field][1:]

    def _head(self, sides: Sides, swap: QPushButton | None) -> None:
        pair = sides.entry.kind == PAIR
        words = ((_("Stays"), sides.kept, sides.entry.where),
                 (_("Is merged into it"), sides.other, sides.entry.what)) if pair else (
            (_("In the pool"), sides.kept, ""), (_("Row that waits"), sides.other, sides.entry.what))
        for place, (role, name, where) in enumerate(words, 1):
            box = QWidget()
            inside = QVBoxLayout(box)
            inside.setContentsMargins(0, 0, 0, theme.STEP)
            inside.setSpacing(0)
            inside.addWidget(label(role, "small"))
            line = QHBoxLayout()
            line.addWidget(label(name, "strong"))
            line.addStretch(1)
            if swap is not None and place == 2:
                line.addWidget(swap)
            inside.addLayout(line)
            second = Elided(where, "small")
            second.setMinimumHeight(18)
            inside.addWidget(second)
            self.grid.addWidget(box, 0, place)
        self.grid.addWidget(Line(), 1, 0, 1, 4)

    def _line(self, row: int, line: ValueLine) -> None:
        top = Qt.AlignmentFlag.AlignTop if "\n" in line.kept + line.other else Qt.AlignmentFlag.AlignVCenter
        named = Elided(line.word, "second")
        named.setMinimumHeight(24)
        self.grid.addWidget(named, row, 0, top)
        if line.choices:
            kept, other = ValueChoice(line.word, line.kept), ValueChoice(line.word, line.other)
            group = QButtonGroup(self)
            for button in (kept, other):
                group.addButton(button)
            (kept if line.suggestion == "kept" else other).setChecked(True)
            self._groups[line.field] = (group, kept, other)
            self.grid.addWidget(kept, row, 1)
            self.grid.addWidget(other, row, 2)
        else:
            for place, text in ((1, line.kept), (2, line.other)):
                self.grid.addWidget(label(text or "—", "" if text else "second", wrap=True), row, place, top)
        words, tone = (_("joined"), "warning") if line.stands == JOINED else stands_word(line.stands)
        pill = StatePill(words, tone)
        if line.choices:
            tip(pill, _("Suggested because {why}").format(why=line.why))
        self.grid.addWidget(pill, row, 3, top)

    def _effect(self, kind: str, text: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.PAD)
        words, tone = _EFFECTS[kind]
        pill = StatePill(_(words), tone)
        row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        said: QLabel = label(text, wrap=True)
        row.addWidget(said, 1)
        box.setAccessibleName(text)
        return box
