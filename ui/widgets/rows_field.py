"""A field that is a list of rows (phones with kind, employers with dates): rows can be added and removed."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.fields import Check, Field
from ui.widgets.labels import icon_button, tip

MakeFields = Callable[[], Sequence[Field]]


class RowsField(Field):
    """``value()`` is a list of mappings, empty rows left out; ``make`` returns the fields of one row.

    ``widths`` are the shares of the row's fields. Values of a row for which there is no field are kept.
    """

    def __init__(
        self,
        name: str,
        words: str,
        make: MakeFields,
        *,
        widths: Sequence[int] = (),
        add: str = "",
        needed: bool = False,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        holder = QFrame()
        super().__init__(name, words, holder, needed=needed, hint=hint, check=check)
        self._make, self._widths = make, list(widths)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.STEP)
        self.adding = QPushButton(add or _("Add a row"))
        self.adding.setProperty("role", "link")
        self.adding.setAccessibleName(f"{self.adding.text()} · {words}")
        theme.dress(self.adding, "add", "accent", 14)
        self.adding.clicked.connect(self._add_empty)
        self._column.addWidget(self.adding, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.adding)

    def value(self) -> list[dict[str, Any]]:
        return [row.value() for row in self._rows if row.filled()]

    def said(self, value: Any) -> str:
        fields = self._make()
        lines = [" · ".join(text for field in fields if (text := field.said(row.get(field.name))))
                 for row in value or ()]
        for field in fields:
            field.deleteLater()
        return "\n".join(lines)

    def copied(self) -> str:
        return "\n".join(" · ".join(text for field in row.fields if (text := field.copied()))
                         for row in self._rows if row.filled())

    def fault(self) -> str:
        for row in self._rows:
            if row.filled():
                for field in row.fields:
                    if text := field.fault():
                        return text
        return super().fault()

    def _put(self, value: Any) -> None:
        for row in list(self._rows):
            self._drop(row)
        for entry in value or ():
            self._add(dict(entry))

    def _add_empty(self) -> None:
        row = self._add({})
        row.fields[0].setFocus()

    def _add(self, entry: dict[str, object]) -> "_Row":
        row = _Row(list(self._make()), entry, self._widths, self.words)
        self._rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        for field in row.fields:
            field.changed.connect(self.changed)
        row.removing.clicked.connect(lambda: self._remove(row))
        return row

    def _remove(self, row: "_Row") -> None:
        self._drop(row)
        self.changed.emit()

    def _drop(self, row: "_Row") -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()


class _Row(QWidget):
    """One row: its fields side by side without labels (their names are placeholders), and a cross."""

    def __init__(self, fields: list[Field], entry: dict[str, object], widths: list[int], words: str) -> None:
        super().__init__()
        self.fields, self._entry = fields, entry
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.STEP)
        for number, field in enumerate(fields):
            field.label.hide()
            if hasattr(field.control, "setPlaceholderText"):
                field.control.setPlaceholderText(field.words)
            tip(field.control, field.words)
            field.show(entry.get(field.name))
            grid.addWidget(field, 0, number)
            grid.setColumnStretch(number, widths[number] if number < len(widths) else 1)
        self._first = {field.name: field.value() for field in fields}
        self.removing = icon_button("close", _("Remove this row") + f" · {words}", size=14)
        grid.addWidget(self.removing, 0, len(fields))

    def filled(self) -> bool:
        """Whether anything was entered beyond what a new row starts with."""
        return bool(self._entry) or any(field.value() != self._first[field.name] for field in self.fields)

    def value(self) -> dict[str, object]:
        return self._entry | {field.name: field.value() for field in self.fields}
