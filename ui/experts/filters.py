"""The chips above the list: category with counts, technical field, and the quick ones (聘期将满, 已停用)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.texts import joined
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import tip

Choices = Sequence[tuple[str, str]]


class PeopleFilters(QWidget):
    """One category, one field and one quick chip can be pressed at a time; ``changed`` is emitted when the user
    pressed one."""

    changed = Signal()

    def __init__(self, roles: Choices, groups: Choices) -> None:
        super().__init__()
        self.setAccessibleName(_("Which experts"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.role, self.field, self.quick = "", "", ""
        self._flow = FlowLayout(self, theme.GAP)
        self._groups = dict(groups)
        self.roles = {code: self._chip(words) for code, words in roles}
        for code, chip in self.roles.items():
            chip.clicked.connect(lambda _on=False, code=code: self._press(role=code))
        self.fields = Chip(_("Field"))
        self.fields.setProperty("menu", "true")
        self.menu = QMenu(self.fields)
        for code, words in (("", _("All fields")), *groups):
            self.menu.addAction(words).triggered.connect(lambda _on=False, code=code: self._press(field=code))
        self.fields.setMenu(self.menu)
        self._flow.addWidget(self.fields)
        self.field_chip: Chip | None = None
        quick = {"expiring": _("Term soon over"), "suspended": _("Suspended"), "removed": _("Removed")}
        self.quicks = {code: self._chip(words) for code, words in quick.items()}
        self._words = {**dict(roles), **quick}
        for code, chip in self.quicks.items():
            chip.clicked.connect(lambda on=False, code=code: self._press(quick=code if on else ""))
        tip(self.quicks["expiring"], _("The term ends soon or is over"))
        self._draw()

    def choose(self, *, role: str | None = None, field: str | None = None, quick: str | None = None) -> None:
        """Press chips without emitting ``changed``; chips not named stay."""
        self.role = self.role if role is None else role if role in self.roles else ""
        self.field = self.field if field is None else field
        self.quick = self.quick if quick is None else quick
        self._draw()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show numbers at the chips; ``quick/…`` for the quick ones. Without removed people that chip is hidden."""
        for code, chip in self.roles.items():
            chip.show_count(counts.get(code))
        for code, chip in self.quicks.items():
            chip.show_count(counts.get(f"quick/{code}"))
        self.quicks["removed"].setVisible(bool(counts.get("quick/removed")) or self.quick == "removed")
        self._flow.invalidate()
        self.updateGeometry()

    def in_force(self) -> bool:
        """Whether any filter is set."""
        return bool(self.role or self.field or self.quick)

    def in_words(self) -> str:
        """The filters in words, e.g. for the heading of a printed list."""
        return joined(self._words[self.role] if self.role else "", self._groups.get(self.field, self.field),
                      self._words[self.quick] if self.quick else "")

    def _chip(self, words: str) -> Chip:
        chip = Chip(words, checkable=True)
        self._flow.addWidget(chip)
        return chip

    def _press(self, *, role: str | None = None, field: str | None = None, quick: str | None = None) -> None:
        self.choose(role=role, field=field, quick=quick)
        self.changed.emit()

    def _draw(self) -> None:
        for code, chip in self.roles.items():
            chip.setChecked(code == self.role)
        for code, chip in self.quicks.items():
            chip.setChecked(code == self.quick)
        if self.field_chip is not None:
            self._flow.removeWidget(self.field_chip)
            self.field_chip.hide()
            self.field_chip.deleteLater()
            self.field_chip = None
        if self.field:
            words = self._groups.get(self.field, self.field)
            self.field_chip = Chip(_("Field: {field}").format(field=words), removable=True)
            self.field_chip.removed.connect(lambda: self._press(field=""))
            self._flow.addWidget(self.field_chip)
            self.field_chip.show()
        self.fields.setVisible(not self.field)
        self.updateGeometry()
