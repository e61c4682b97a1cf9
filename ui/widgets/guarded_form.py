"""A form whose record somebody else may change meanwhile: over it, the three versions and a choice for each field."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ui.widgets.conflict import ConflictView
from ui.widgets.form import Form
from ui.widgets.three_way import differences


class GuardedForm(QStackedWidget):
    """After a save was refused as overtaken, call :meth:`show_now` with what stands now.

    Once every field has a choice the form goes on from there and says ``saved`` again; ``nothing_left`` where
    everything of theirs was taken.
    """

    nothing_left = Signal()

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form, self.conflict = form, ConflictView()
        self._now: Mapping[str, object] = {}
        self.addWidget(form)
        self.addWidget(self.conflict)
        self.conflict.back.connect(self._back)
        self.conflict.settled.connect(self._settled)

    def show_now(self, now: Mapping[str, object]) -> None:
        """As opened, as now and as entered, side by side."""
        self._now = now
        found = differences(self.form.fields.values(), self.form.opened(), now)
        self.setCurrentWidget(self.conflict)
        self.conflict.show_differences(found, self.form.fields)

    def show_form(self) -> None:
        """Another record: what was to be chosen is over."""
        self.setCurrentWidget(self.form)

    def _settled(self, chosen: Mapping[str, object]) -> None:
        self.form.take_over(self._now, chosen)
        self.setCurrentWidget(self.form)
        if self.form.is_changed():
            self.form.save()
        else:
            self.nothing_left.emit()

    def _back(self) -> None:
        self.setCurrentWidget(self.form)
        self.form.setFocus()
