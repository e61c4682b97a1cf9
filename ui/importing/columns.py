"""Step 2: what each column holds (核对列), with the rows that were taken for no records."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import theme
from ui.field_words import IGNORED, KEPT, field_choices, field_word
from ui.importing.ignored import IgnoredRows
from ui.importing.journey import Journey, cell_of
from ui.importing.memory import MemoryMenu, Offer, RememberLine
from ui.importing.tables import Tables
from ui.widgets.cards import ScrollCard
from ui.widgets.chips import StatePill
from ui.widgets.fields import Choice
from ui.widgets.labels import Elided, SectionHeading, label, tip
from ui.widgets.notes import Banner

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage

SAMPLES, LOOKED_AT = 3, 400
SURE, DOUBTFUL = 0.9, 0.7
_EVIDENCE = {
    "heading": N_("by its heading"),
    "values": N_("by its values"),
    "both": N_("by heading and values"),
    "duplicate": N_("another column fits better"),
    "none": N_("no field found"),
}


class ColumnLine:
    """The widgets of one column: heading, field, certainty, samples."""

    def __init__(self, grid: QGridLayout, line: int, column: Any, samples: str, kind: str, chosen: str) -> None:
        self.column = column
        heading = column.header or _("(without heading)")
        self.name = Elided(heading.replace("\n", " "), "strong")
        self.name.setMinimumHeight(20)
        self.box = Choice(_("What the column “{heading}” holds").format(heading=heading), field_choices(kind))
        self.box.setCurrentIndex(max(0, self.box.findData(chosen)))
        self.pill = StatePill()
        self.show_sure(chosen)
        self.samples = Elided(samples, "second")
        self.samples.setMinimumHeight(20)
        for place, part in enumerate((self.name, self.box, self.pill, self.samples)):
            grid.addWidget(part, line, place, Qt.AlignmentFlag.AlignVCenter)

    def show_sure(self, chosen: str) -> None:
        """Show how certain the program was, or that the user decided."""
        if chosen != self.column.field:
            self.pill.show_state(_("your choice"), "accent")
        elif chosen in (KEPT, IGNORED):
            self.pill.show_state(_("Leave out") if chosen else _("kept as text"), "neutral")
        else:
            share = self.column.confidence
            tone = "ok" if share >= SURE else "warning" if share < DOUBTFUL else "neutral"
            self.pill.show_state(f"{share:.0%}", tone)
        tip(self.pill, _(_EVIDENCE.get(self.column.evidence, "")))


class ColumnsStep(QWidget):
    """Shows one table at a time; a choice above changes it."""

    changed = Signal()

    def __init__(self, page: "ImportingPage") -> None:
        super().__init__()
        self.journey = Journey()
        self.offer, self.remembering, self.memory = Offer(page), RememberLine(), MemoryMenu(page)
        self.lines: list[ColumnLine] = []
        self._place = 0
        self.heading = SectionHeading("", "")
        self.sheets = Choice(_("Table"))
        self.sheets.setMinimumWidth(300)
        self.sheets.currentIndexChanged.connect(self._turn)
        self.heading.row.insertWidget(0, self.sheets)
        self.heading.add(self.memory)
        self.banner = Banner("warning", "", closable=False)
        self.banner.hide()
        self.card = ScrollCard(padding=16)
        self.card.body.addWidget(self.heading)
        self.card.body.addWidget(self.offer)
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.remembering)
        self.inside = QWidget()
        self.card.body.addWidget(self.inside)
        self.card.body.addStretch(1)
        self.ignored, self.tables = IgnoredRows(), Tables()
        self.tables.chosen.connect(self.sheets.setCurrentIndex)
        self.tables.ticked.connect(page.rework.table)
        self.tables.sheet_ticked.connect(page.read_hidden_sheet)
        side = QVBoxLayout()
        side.setSpacing(16)
        side.addWidget(self.tables)
        side.addWidget(self.ignored, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.card, 5)
        row.addLayout(side, 2)

    def show_journey(self, journey: Journey) -> None:
        """Show the columns of a new preview."""
        self.journey = journey
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for file, sheet in journey.sheets():
            self.sheets.addItem(f"{file.name} · {sheet.name}")
        self.sheets.blockSignals(False)
        self.sheets.setVisible(self.sheets.count() > 1)
        self.heading.title.setVisible(self.sheets.count() <= 1)
        for part in (self.offer, self.memory, self.tables):
            part.show_journey(journey)
        self._turn(0)

    def _turn(self, place: int) -> None:
        tables = self.journey.sheets()
        if not 0 <= place < len(tables):
            return
        self._place = place
        file, sheet = tables[place]
        self.heading.title.setText(f"{file.name} · {sheet.name}")
        self.heading.second.setText(said_of(sheet))
        self._fill(file, sheet)
        self.ignored.show_sheet(file, sheet)
        self._look()

    def _fill(self, file: Any, sheet: Any) -> None:
        self.card.body.removeWidget(self.inside)
        self.inside.deleteLater()
        self.inside = QWidget()
        grid = QGridLayout(self.inside)
        grid.setContentsMargins(0, theme.GAP, 0, 0)
        grid.setHorizontalSpacing(theme.PAD)
        grid.setVerticalSpacing(6)
        for place, (words, share) in enumerate((
                (_("Heading in the file"), 3), (_("Field of the register"), 4), (_("How sure"), 0),
                (_("First values"), 6))):
            grid.addWidget(label(words, "small"), 0, place)
            grid.setColumnStretch(place, share)
        grid.setColumnMinimumWidth(2, 84)
        self.lines = []
        for number, column in enumerate(sheet.columns, 1):
            line = ColumnLine(grid, number, column, samples_of(sheet, column), self.journey.kind,
                              self.journey.field_of(file.name, sheet.name, column))
            line.box.currentIndexChanged.connect(lambda _index, line=line: self._chosen(line))
            self.lines.append(line)
        self.card.body.insertWidget(4, self.inside)

    def _chosen(self, line: ColumnLine) -> None:
        file, sheet = self.journey.sheets()[self._place]
        key, field = (file.name, sheet.name, line.column.index), line.box.currentData()
        if field == line.column.field and key not in self.journey.read_with:
            self.journey.columns.pop(key, None)
        else:
            self.journey.columns[key] = field
        line.show_sure(field)
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        if self.journey.sheets():
            self.remembering.show_table(self.journey, *self.journey.sheets()[self._place])
        doubly_mapped = self.journey.doubly_mapped()
        if doubly_mapped:
            file, sheet, field = doubly_mapped[0]
            self.banner.show_text("warning", _("“{field}” is chosen for two columns of {sheet} in {file}. Only one "
                                               "column can hold it: change the other one.").format(
                field=field_word(field, self.journey.kind), sheet=sheet, file=file))
        self.banner.setVisible(bool(doubly_mapped))


def samples_of(sheet: Any, column: Any) -> str:
    """The first different values of a column."""
    found: dict[str, None] = {}
    for row in sheet.rows[:LOOKED_AT]:
        if text := cell_of(row, column.index):
            found[" ".join(text.split())] = None
        if len(found) >= SAMPLES:
            break
    return "  |  ".join(found)


def said_of(sheet: Any) -> str:
    """Where the heading is and how many rows there are, in one line."""
    rows = sheet.header_rows
    if not rows:
        where = _("no heading row")
    elif len(rows) == 1:
        where = _("heading in row {row}").format(row=rows[0])
    else:
        where = _("heading in rows {first}–{last}").format(first=rows[0], last=rows[-1])
    return _("{where}, {rows} rows of data, {ignored} other rows left out").format(
        where=where, rows=f"{len(sheet.rows):,}", ignored=len(sheet.ignored))


