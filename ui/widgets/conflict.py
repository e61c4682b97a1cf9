"""A record that somebody else changed meanwhile (三方合并): as opened, as now and mine side by side, one choice per
field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.cards import empty
from ui.widgets.chips import StatePill
from ui.widgets.fields import Field
from ui.widgets.labels import Line, label
from ui.widgets.three_way import BOTH, MINE, THEIRS, Difference

LONGEST = 600  # most characters shown of a value
NAMES = 136  # px for the names of fields


class ConflictView(QWidget):
    """``settled`` carries the chosen value of every field; ``back`` returns to the form without a decision."""

    settled = Signal(object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Changed meanwhile"))
        self.rows: list[ConflictRow] = []
        said = label(_("Somebody else saved this record while it was open here. Nothing of yours was saved yet. Say "
                       "for each field what is to stand; then save."), wrap=True)
        inside = QWidget()
        inside.setObjectName("inside")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, theme.PAD, theme.PAD)
        self._grid.setHorizontalSpacing(theme.WIDE)
        self._grid.setVerticalSpacing(theme.GAP)
        for place, share in enumerate((3, 4, 5, 5)):
            self._grid.setColumnStretch(place, share)
        self._grid.setColumnMinimumWidth(0, NAMES)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.state = label("", "small")
        self.leaving = QPushButton(_("Back to the form"))
        self.leaving.clicked.connect(self.back)
        self.saving = QPushButton(_("Save as chosen"))
        self.saving.setProperty("role", "primary")
        self.saving.clicked.connect(self.save)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.state, 1)
        buttons.addWidget(self.leaving)
        buttons.addWidget(self.saving)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        column.addWidget(said)
        column.addWidget(area, 1)
        column.addLayout(buttons)
        for keys, call in ((QKeySequence(QKeySequence.StandardKey.Save), self.save),
                           (QKeySequence(Qt.Key.Key_Escape), self.back.emit)):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    def show_differences(self, found: Sequence[Difference], fields: Mapping[str, Field]) -> None:
        """Show the fields that differ; the fields themselves put values into words, so that numbers stay masked."""
        empty(self._grid)
        heads = (_("Item"), _("As opened"), _("As now"), _("Mine"))
        for column, words in enumerate(heads):
            self._grid.addWidget(label(words, "second"), 0, column)
        self.rows = []
        for place, one in enumerate(found):
            self._grid.addWidget(Line(), 2 * place + 1, 0, 1, 4)
            row = ConflictRow(one, fields[one.name])
            row.put(self._grid, 2 * place + 2)
            row.group.buttonToggled.connect(self._look)
            self.rows.append(row)
        self._grid.setRowStretch(2 * len(found) + 3, 1)
        self._look()
        self._first().setFocus()

    def chosen(self) -> dict[str, object]:
        """Field → the value that was chosen; fields without a choice are left out."""
        return {row.one.name: row.one.value(row.choice()) for row in self.rows if row.choice()}

    def save(self) -> None:
        """Emit ``settled`` once every field has a choice."""
        if self.saving.isEnabled():
            self.settled.emit(self.chosen())

    def _first(self) -> QWidget:
        open_rows = [row for row in self.rows if not row.choice()]
        return next(iter(open_rows[0].buttons.values())) if open_rows else self.saving

    def _look(self) -> None:
        lacking = [row.one.words for row in self.rows if not row.choice()]
        self.saving.setEnabled(not lacking)
        self.state.setText(_("Still to be chosen: {fields}").format(fields="、".join(lacking[:4])) if lacking else "")


class ConflictRow:
    """One field: its three values and the choice between them."""

    def __init__(self, one: Difference, field: Field) -> None:
        self.one = one
        self._said = {"opened": field.said(one.opened), THEIRS: field.said(one.now), MINE: field.said(one.mine)}
        self.group = QButtonGroup()
        self.buttons: dict[str, QRadioButton] = {}
        words = {THEIRS: _("Take what stands now"), MINE: _("Take mine"), BOTH: _("Keep both changes")}
        for code in (THEIRS, MINE, BOTH) if one.joinable else (THEIRS, MINE):
            button = QRadioButton(words[code])
            button.setAccessibleName(f"{one.words}: {words[code]}")
            button.setChecked(code == one.default)
            self.group.addButton(button)
            self.buttons[code] = button

    def choice(self) -> str:
        """``theirs``, ``mine``, ``both``, or "" while nothing is chosen."""
        return next((code for code, button in self.buttons.items() if button.isChecked()), "")

    def put(self, grid: QGridLayout, row: int) -> None:
        """Lay the field out as one line."""
        top = Qt.AlignmentFlag.AlignTop
        named = QFrame()
        first = QVBoxLayout(named)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(theme.STEP)
        first.addWidget(label(self.one.words, "strong", wrap=True))
        first.addWidget(StatePill(*self._who()))
        grid.addWidget(named, row, 0, top)
        grid.addWidget(self._value("opened"), row, 1, top)
        for column, code in ((2, THEIRS), (3, MINE)):
            cell = QFrame()
            inside = QVBoxLayout(cell)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(theme.STEP)
            inside.addWidget(self._value(code))
            inside.addWidget(self.buttons[code])
            if code == MINE and BOTH in self.buttons:
                inside.addWidget(self.buttons[BOTH])
            grid.addWidget(cell, row, column, top)

    def _value(self, code: str) -> QWidget:
        text = self._said[code]
        return label((text[:LONGEST] + " …" if len(text) > LONGEST else text) or "—",
                     "second" if code == "opened" else "", wrap=True, copyable=True)

    def _who(self) -> tuple[str, str]:
        if self.one.theirs_changed and self.one.mine_changed:
            return _("both changed it"), "danger"
        if self.one.mine_changed:
            return _("you changed it"), "accent"
        return _("somebody else changed it"), "warning"
