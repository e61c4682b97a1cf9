"""One operation on many selected records (批量处理): who changes, who does not and why, before it is written."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _, n_
from expertpool.foundation.many import Affected
from expertpool.foundation.sentences import sentence
from ui import theme
from ui.jobs import Jobs
from ui.texts import number, word
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable
from ui.widgets.writing_dialog import WritingDialog

PAUSE = 150  # milliseconds after the last key before the preview is read again
Values = dict[str, Any]
Preview = Callable[[Values], Sequence[Affected]]


class ManyDialog(WritingDialog):
    """``agreed`` carries the values of the fields, once the user has seen the preview and pressed the button; whoever
    opened the dialog then calls ``write``."""

    agreed = Signal(object)

    def __init__(self, parent: QWidget, jobs: Jobs, title: str, fields: Sequence[Field], preview: Preview,
                 state_kind: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumSize(640, 480)
        self.fields = {field.name: field for field in fields}
        self.found: Sequence[Affected] = ()
        self._jobs, self._preview, self._kind = jobs, preview, state_kind
        self._seen: Values | None = None  # the values for which the preview was read
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._read)
        self.said = label("", "second", wrap=True)
        self.table = RecordTable(
            [Column("name", N_("Name"), 200, "strong"), Column("before", N_("State"), 110),
             Column("result", N_("What happens"), 260, "state", stretch=True)],
            lambda _key, _down: range(len(self.found)), self._given, accessible=_("What happens to each"))
        self.go = QPushButton(_("Change"))
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self._agree)
        leaving = QPushButton(_("Cancel"))
        leaving.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        column.addWidget(label(title, "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.PAD)
        for place, field in enumerate(fields):
            grid.addWidget(field, 0, place)
            grid.setColumnStretch(place, 1 + place)
            field.changed.connect(self._changed)
        column.addLayout(grid)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(leaving)
        buttons.addWidget(self.go)
        column.addLayout(buttons)
        self._look()
        self._read()

    def values(self) -> Values:
        """What was entered."""
        return {name: field.value() for name, field in self.fields.items()}

    def done(self, result: int) -> None:
        self._pause.stop()
        super().done(result)

    def _changed(self) -> None:
        self._look()
        self._pause.start()

    def _read(self) -> None:
        values, preview = self.values(), self._preview

        def show(found: Sequence[Affected]) -> None:
            self.found, self._seen = found, values
            self.table.reload(keep=False)
            self._look()

        self._jobs.read(self, lambda: preview(values), show, key="preview")

    def _given(self, ids: Sequence[int]) -> list[Row]:
        return [{"id": place, "name": one.name, "before": word(self._kind, one.before),
                 "result": (sentence(one.why), "neutral") if one.why else (_("changes"), "ok")}
                for place, one in ((place, self.found[place]) for place in ids)]

    def _look(self) -> None:
        changing = sum(not one.why for one in self.found)
        staying = len(self.found) - changing
        parts = [n_("{count} changes", "{count} change", changing).format(count=number(changing))]
        if staying:
            parts.append(n_("{count} stays as it is", "{count} stay as they are", staying).format(
                count=number(staying)))
        self.said.setText(" · ".join(parts) if self._seen is not None else _("Looking …"))
        valid = not any(field.fault() for field in self.fields.values())
        self.go.setEnabled(bool(changing) and valid and self._seen == self.values())

    def _agree(self) -> None:
        if self.go.isEnabled():
            self.agreed.emit(self.values())
