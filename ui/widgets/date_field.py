"""A date as precise as it is known: 2024, 2024-03 or 2024-03-01; typed in any usual form, or picked."""

import re
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from expertpool.foundation.language import _
from ui.widgets.fields import Field
from ui.widgets.labels import icon_button

_PARTS = re.compile(r"(\d{4})(?:\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?|\s*月?)?|\s*年?)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?")


def tidy_date(text: str) -> str | None:
    """``2024``, ``2024-03`` or ``2024-03-01`` for a typed date; "" for nothing, None if it is no date."""
    text = text.strip()
    if not text:
        return ""
    found = _DIGITS.fullmatch(text) or _PARTS.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


class DateField(Field):
    """``value()`` is ISO text with the precision that is known; a text that is no date is kept and is a problem."""

    def __init__(self, name: str, words: str, **rest: Any) -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(_("2024-03-01, 2024-03 or 2024"))
        super().__init__(name, words, self.edit, **rest)
        self.picker = icon_button("calendar", _("Pick {what}").format(what=words))
        self.picker.clicked.connect(self._pick)
        self.line.addWidget(self.picker)
        self.edit.textChanged.connect(self.changed)
        self.edit.editingFinished.connect(self._tidy)

    def value(self) -> str:
        tidy = tidy_date(self.edit.text())
        return self.edit.text().strip() if tidy is None else tidy

    def fault(self) -> str:
        if tidy_date(self.edit.text()) is None:
            return _("This is no date. Enter a year, a month or a day, e.g. 2024, 2024-03 or 2024-03-01.")
        return super().fault()

    def _put(self, value: object) -> None:
        self.edit.setText("" if value is None else str(value))

    def _tidy(self) -> None:
        if (tidy := tidy_date(self.edit.text())) is not None and tidy != self.edit.text():
            self.edit.setText(tidy)

    def _pick(self) -> None:
        popup = Calendar(self, self.value())
        popup.calendar.clicked.connect(lambda day: self.edit.setText(day.toString("yyyy-MM-dd")))
        popup.calendar.clicked.connect(popup.close)
        popup.move(self.edit.mapToGlobal(QPoint(0, self.edit.height() + 2)))
        popup.show()


class Calendar(QFrame):
    """A month from which a day is picked; closes when the user clicks elsewhere."""

    def __init__(self, parent: QWidget, value: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(_("Calendar"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        start = QDate.fromString((value + "-01-01")[:10], "yyyy-MM-dd")
        if start.isValid():
            self.calendar.setSelectedDate(start)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.calendar)
