"""The dialog for another name, a link or a merge of units: it first shows whom the change would bar, then writes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.jobs import Jobs
from ui.organisations.effects import EffectsView
from ui.texts import choices
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField, Field, TextField
from ui.widgets.labels import label
from ui.widgets.writing_dialog import WritingDialog

Values = dict[str, object]
TALLEST = 640  # px: fits the lowest screen; the findings scroll


class UnitDialog(WritingDialog):
    """Fields, the effects of the change, and two steps: preview, then save. ``saved`` carries the values; whoever
    opened the dialog then calls ``write``."""

    saved = Signal(object)

    def __init__(self, parent: QWidget, jobs: Jobs, title: str, explained: str, fields: Sequence[Field],
                 effects: Callable[[Values], object] | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumSize(600, 200)
        self.fields = {field.name: field for field in fields}
        self._jobs, self._effects, self._looked = jobs, effects, effects is None
        self.view = EffectsView()
        self.view.setVisible(effects is not None)
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.step)
        leaving = QPushButton(_("Cancel"))
        leaving.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        column.addWidget(label(title, "title"))
        column.addWidget(label(explained, "second", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.PAD)
        grid.setVerticalSpacing(theme.GAP)
        for place, field in enumerate(fields):
            grid.addWidget(field, place // 2, place % 2)
            field.changed.connect(self._again)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addWidget(self.view, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(leaving)
        buttons.addWidget(self.go)
        column.addLayout(buttons)
        self._again()

    def values(self) -> Values:
        """What was entered."""
        return {name: field.value() for name, field in self.fields.items()}

    def step(self) -> None:
        """Show the effects; after that, save."""
        faults = {name: field.fault() for name, field in self.fields.items()}
        for name, fault in faults.items():
            self.fields[name].problem(fault)
        if any(faults.values()):
            next(self.fields[name] for name, fault in faults.items() if fault).setFocus()
            return
        if self._looked:
            self.saved.emit(self.values())
            return
        values, effects = self.values(), self._effects
        self.view.show_words(_("Checking open cases…"))
        self.go.setEnabled(False)
        if effects is not None:
            self._jobs.read(self, lambda: effects(values), self._seen, key="effects", failed=self._failed)

    def _seen(self, effects: Sequence[object]) -> None:
        self._looked = True
        self.view.show_effects(effects)
        self.resize(self.width(), max(self.height(), min(self.sizeHint().height(), TALLEST)))
        self.go.setEnabled(True)
        self.go.setText(_("Save"))
        self.go.setFocus()

    def _failed(self, _error: BaseException) -> bool:
        self._again()
        return False

    def _again(self) -> None:
        """Something was typed: the preview is no longer valid."""
        self._looked = self._effects is None
        self.go.setEnabled(True)
        self.go.setText(_("Save") if self._looked else _("See what it bars"))
        self.view.show_words("" if self._looked else _("Before it is saved, open cases are checked with it."))


def alias_fields(name: str) -> list[Field]:
    """Fields for another name; also for the unit if none is given."""
    fields: list[Field] = [] if name else [TextField("organisation", _("Unit name"), needed=True)]
    kind = ChoiceField("kind", _("Kind"), choices("alias_kind"), empty=None)
    kind.show("short")
    return [*fields, TextField("alias", _("Other name"), needed=True), kind, DateField("start", _("From")),
            DateField("end", _("Until")), TextField("source", _("Where that stands"))]


def link_fields() -> list[Field]:
    """Fields for a link to another unit."""
    kind = ChoiceField("kind", _("Kind"), choices("organisation_link"), empty=None)
    kind.show("parent")
    sides = [("upper", _("above this one")), ("lower", _("below this one"))]
    side = ChoiceField("side", _("The other unit is"), sides, empty=None)
    side.show("upper")
    return [TextField("other", _("Other unit"), needed=True), side, kind, TextField("source", _("Where that stands")),
            DateField("start", _("From")), DateField("end", _("Until"))]


def merge_fields() -> list[Field]:
    """Fields for a merge."""
    return [TextField("other", _("Unit that goes into this one"), needed=True),
            TextField("reason", _("Why they are one"), needed=True)]
