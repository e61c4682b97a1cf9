"""Remembered corrections of columns (记住的列对应): offered by name, stored under a name, removed from a menu."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.importing.hidden_rows import add_buttons
from ui.importing.journey import Journey
from ui.importing.reading import usual_name
from ui.widgets.notes import Banner

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage


class Offer(Banner):
    """"Columns as corrected for … on …": use them, or not now."""

    def __init__(self, page: "ImportingPage") -> None:
        super().__init__("accent", "", closable=False)
        self._page, self.journey = page, Journey()
        self.use, self.not_now = add_buttons(self, (_("Use them"), self._use), (_("Not now"), self._refuse))
        self.hide()

    def show_journey(self, journey: Journey) -> None:
        """Offer what is remembered for the layouts of a new preview."""
        self.journey = journey
        offers = [] if journey.refused else journey.found.offers
        self.setVisible(bool(offers))
        if offers:
            known = list(dict.fromkeys((one.name, one.at, one.by) for _sheet, one in offers))
            _name, day, who = known[0]
            text = _("These headings are known: columns were corrected for “{name}” on {day} by {who}.").format(
                name="”、“".join(one[0] for one in known), day=day, who=who)
            self.show_text("accent", text)

    def _use(self) -> None:
        from expertpool.importing.remembered import apply_remembered

        for sheet, known in self.journey.found.offers:
            self.journey.columns.update(apply_remembered(sheet, known))
            self.journey.names[sheet.file, sheet.name] = known.name
        self._page.read_files(self._page.steps.currentIndex())

    def _refuse(self) -> None:
        self.journey.refused = True
        self.hide()


class RememberLine(QWidget):
    """Shown if columns of the visible table were corrected: the name under which they are remembered after the
    import."""

    def __init__(self) -> None:
        super().__init__()
        self.journey = Journey()
        self._key, self._usual = ("", ""), ""
        self.tick = QCheckBox(_("Remember the corrections for these headings as"))
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name for the corrections"))
        self.name.setMaxLength(60)
        self.tick.toggled.connect(self._keep)
        self.name.textEdited.connect(lambda _text: self._keep())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self.tick)
        row.addWidget(self.name, 1)
        self.hide()

    def show_table(self, journey: Journey, file: Any, sheet: Any) -> None:
        """Follow the visible table."""
        self.journey, self._key = journey, (file.name, sheet.name)
        self._usual = usual_name(file, sheet)
        name = journey.names.get(self._key, self._usual)
        self.tick.blockSignals(True)
        self.tick.setChecked(bool(name))
        self.tick.blockSignals(False)
        self.name.setText(name or self._usual)
        self.name.setEnabled(bool(name))
        self.setVisible(any((file.name, sheet.name, column.index) in journey.columns for column in sheet.columns))

    def _keep(self) -> None:
        self.name.setEnabled(self.tick.isChecked())
        self.journey.names[self._key] = self.name.text().strip() or self._usual if self.tick.isChecked() else ""


class MemoryMenu(QPushButton):
    """The remembered layouts, each with an action to forget it."""

    def __init__(self, page: "ImportingPage") -> None:
        super().__init__(_("Remembered columns"))
        self.setProperty("role", "link")
        self._page, self.journey = page, Journey()
        self.shown_menu = QMenu(self)
        self.shown_menu.aboutToShow.connect(self.fill)
        self.clicked.connect(lambda: self.shown_menu.popup(self.mapToGlobal(self.rect().bottomLeft())))
        self.hide()

    def show_journey(self, journey: Journey) -> None:
        """Follow a new preview."""
        self.journey = journey
        self.setVisible(bool(journey.found.known))

    def fill(self) -> None:
        """One line for each layout."""
        self.shown_menu.clear()
        for known in self.journey.found.known:
            entry = self.shown_menu.addAction(theme.icon("delete"), _("Forget “{name}” ({day})").format(
                name=known.name, day=known.at))
            entry.triggered.connect(lambda _checked=False, known=known: self._forget(known))

    def _forget(self, known: Any) -> None:
        from expertpool.importing.remembered import forget

        pool = self._page.pool

        def gone(_done: Any) -> None:
            self._page.feedback.ok(_("The columns of “{name}” are forgotten.").format(name=known.name))
            self._page.forgotten(known)

        self._page.jobs.change(self._page, lambda: forget(pool, known.fingerprint), gone)
