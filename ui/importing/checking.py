"""Step 3: the rows and their problems (核对数据); a click on a problem goes to its cell."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import texts, theme
from ui.field_words import field_word
from ui.importing.columns import said_of
from ui.importing.grid import Grid
from ui.importing.hidden_rows import HiddenRows
from ui.importing.journey import TONES, Journey
from ui.widgets.cards import Card
from ui.widgets.chips import FilterChips
from ui.widgets.fields import Choice
from ui.widgets.labels import Elided, label
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage

_COUNTS = (
    ("created", N_("New"), ""),
    ("updated", N_("Updated"), ""),
    ("unchanged", N_("Unchanged"), ""),
    ("duplicates", N_("Possible duplicates"), "warning"),
    ("rejected", N_("Not imported"), "danger"),
    ("wrong", N_("Rows with errors"), "danger"),
)
_GRAVE = (("", N_("All")), ("error", N_("Errors")), ("warning", N_("Hints")), ("note", N_("Notes")))
_WORDS = {"error": N_("error"), "warning": N_("hint"), "note": N_("note")}
LOW, UNBOUND = 198, 16_777_215  # height of the list of problems in pixels; Qt's largest height


class CountsLine(QWidget):
    """How many rows will be created, updated, rejected, and so on."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: dict[str, QLabel] = {}
        self._parts: dict[str, QWidget] = {}
        self._counts: dict[str, int] = {}
        theme.look.changed.connect(self._again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.WIDE)
        for name, words, _tone in _COUNTS:
            part = QWidget()
            inside = QHBoxLayout(part)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(6)
            self.figures[name] = label("0", "strong")
            inside.addWidget(label(_(words)))
            inside.addWidget(self.figures[name])
            self._parts[name] = part
            row.addWidget(part)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show the numbers; those that are zero and rare are hidden."""
        self._counts = dict(counts)
        for name, _words, tone in _COUNTS:
            count = counts.get(name, 0)
            self.figures[name].setText(texts.number(count))
            self.figures[name].setStyleSheet(f"color: {theme.colour(tone)}" if tone and count else "")
            self._parts[name].setVisible(bool(count) or name in ("created", "updated", "duplicates", "wrong"))
        self.setAccessibleName(", ".join(f"{_(words)} {counts.get(name, 0)}" for name, words, _tone in _COUNTS))

    def _again(self) -> None:
        self.show_counts(self._counts)


class CheckingStep(QWidget):
    """File card at the top, grid in the middle, problems below."""

    def __init__(self, page: "ImportingPage") -> None:
        super().__init__()
        self.journey = Journey()
        self.hidden_rows = HiddenRows(page.rework.hidden_rows)
        self._problems: list[list[tuple[Any, Any]]] = []
        self._shown: list[list[tuple[Any, Any]]] = []
        self._turns, self._fresh = 0, False
        self._place = 0
        self.grid = Grid()
        self.grid.cells.corrected.connect(page.rework.correct)
        self.grid.leaving.connect(page.rework.leave_out)
        self._frame = QFrame()
        self._frame.setProperty("role", "card")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        column.addWidget(self._file_card(page))
        column.addWidget(self.hidden_rows)
        column.addWidget(self._frame, 1)
        column.addWidget(self._problem_card())

    def _file_card(self, page: "ImportingPage") -> QWidget:
        self.name, self.second = Elided("", "strong"), Elided("", "small")
        for part in (self.name, self.second):
            part.setMinimumHeight(19)
        self.sheets = Choice(_("Table"))
        self.sheets.setMinimumWidth(280)
        self.sheets.currentIndexChanged.connect(self._turn)
        self.counts = CountsLine()
        self.only = QCheckBox(_("Only rows with problems"))
        self.only.toggled.connect(lambda: self._fill(fit=False))
        self.whole = QCheckBox(_("Write all rows or none"))
        self.whole.toggled.connect(page.write_whole)
        ticks = QVBoxLayout()
        ticks.setSpacing(0)
        ticks.addWidget(self.only)
        ticks.addWidget(self.whole)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.name)
        said.addWidget(self.sheets, 0, Qt.AlignmentFlag.AlignLeft)
        said.addWidget(self.second)
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(theme.WIDE)
        row.addLayout(said, 1)
        row.addWidget(self.counts)
        row.addLayout(ticks)
        return card

    def _problem_card(self) -> QWidget:
        card = Card(_("Problems"), padding=0)
        card.body.setContentsMargins(1, 8, 1, 1)
        card.body.setSpacing(theme.STEP)
        card.heading.setContentsMargins(9, 0, 12, 0)
        self.problem_heading = card.heading
        self.grave = FilterChips(_("Which problems"), [(code, _(word)) for code, word in _GRAVE])
        self.grave.setFixedWidth(330)
        self.grave.chosen.connect(lambda _code: self._list())
        card.heading.add(self.grave)
        self.none = EmptyState("ok", _("No problems were found"))
        self.problems = RecordTable(
            [Column("grave", N_("Kind"), 88, kind="state", sortable=False),
             Column("where", N_("Where"), 196, sortable=False),
             Column("text", N_("What it is"), 400, sortable=False, stretch=True),
             Column("heading", N_("Heading in the file"), 190, second="file", sortable=False)],
            lambda _key, _down: range(len(self._shown)), self._given, row_height=theme.ROW_COMPACT + 2,
            empty=self.none, accessible=_("Problems"))
        self.problems.header.hide()
        self.problems.current_changed.connect(self._first)
        self.problems.view.clicked.connect(lambda _index: self._again())
        self.problems.activated.connect(lambda _number: self._jump(1))
        card.add(self.problems, 1)
        card.setMinimumHeight(LOW)
        self._problem_box = card
        return card

    def show_journey(self, journey: Journey) -> None:
        """Show a new preview."""
        self.journey = journey
        self._count_problems()
        self.grave.choose("")
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for file, sheet in journey.sheets():
            self.sheets.addItem(f"{file.name} · {sheet.name}")
        self.sheets.blockSignals(False)
        self.sheets.setVisible(self.sheets.count() > 1)
        self.name.setVisible(self.sheets.count() <= 1)
        self._frame.setVisible(journey.kind != "workbook")
        self.only.setVisible(journey.kind != "workbook")
        self._problem_box.setMaximumHeight(LOW if journey.kind != "workbook" else UNBOUND)
        self.only.setChecked(False)
        self.whole.setVisible(journey.kind != "workbook")
        self.whole.setChecked(journey.whole)
        self._turn(0)
        self._list()
        self.refresh_rows()

    def _count_problems(self) -> None:
        self._problems = self.journey.problems()
        by = {code: sum(len(group) for group in self._problems if code in ("", group[0][0].severity))
              for code, _words in _GRAVE}
        self.problem_heading.title.setText(_("Problems {count}").format(count=texts.number(by[""])))
        self.problem_heading.second.setText(
            _("click one to go to its cell; F2 corrects it here, or whoever sent the file sends it again")
            if by[""] else "")
        self.grave.show_counts(by)

    def refresh_rows(self) -> None:
        """Corrections or answers changed rows, their problems and outcomes: show them again."""
        self.counts.show_counts(self.journey.counts())
        self.hidden_rows.show_question(len(self.journey.found.hidden), self.journey.hidden_answer)
        self.grid.cells.rows_changed()
        if self.journey.cells and self.journey.problems() != self._problems:
            self._count_problems()
            here = self.grid.currentIndex()
            self._list()
            self.grid.setCurrentIndex(here)

    def _turn(self, place: int) -> None:
        tables = self.journey.sheets()
        if self.journey.kind == "workbook":
            self.name.setText(self.journey.paths[0].name if self.journey.paths else "")
            self.second.setText(_("Pool workbook: people, cases and what belongs to them"))
            return
        if not 0 <= place < len(tables):
            return
        self._place = place
        file, sheet = tables[place]
        self.name.setText(file.name)
        many = _("Table {place} of {all}").format(place=place + 1, all=len(tables)) if len(tables) > 1 else ""
        self.second.setText(texts.joined(many, sheet.name, said_of(sheet)))
        self._fill()

    def _fill(self, fit: bool = True) -> None:
        tables = self.journey.sheets()
        if not tables:
            return
        _file, sheet = tables[self._place]
        rows = [row for row in sheet.rows if any(problem.severity != "note" for problem in row.problems)
                ] if self.only.isChecked() else sheet.rows
        self.grid.show_rows(self.journey, sheet.columns, rows, fit)

    def _list(self) -> None:
        code = self.grave.choice()
        self._shown = [group for group in self._problems if code in ("", group[0][0].severity)]
        self.none.show_sentence(_("No problems were found") if not self._problems else _("None of this kind"))
        self.problems.reload(keep=False)

    def _given(self, ids: Sequence[int]) -> list[Row]:
        return [self._row(number) for number in ids]

    def _row(self, number: int) -> Row:
        group = self._shown[number]
        problem, row = group[0]
        text, many = problem.text, len(group)
        kind = _(_WORDS[problem.severity]) + (f" {many:,}" if many > 1 else "")
        place = _("row {row}").format(row=problem.row) if problem.row else problem.file
        where = texts.joined(_("from {row} on").format(row=place) if many > 1 and problem.row else place,
                             field_word(problem.field, self.journey.kind) if problem.field else "")
        file = problem.file if problem.row and len(self.journey.sheets()) > 1 else ""
        return {"id": number, "grave": (kind, TONES[problem.severity]), "where": where,
                "text": text, "heading": self._heading(problem, row), "file": file,
                "_tips": {"text": text, "where": where, "heading": problem.file}}

    def _heading(self, problem: Any, row: Any) -> str:
        if row is None:
            return ""
        return next((" ".join(column.header.split()) for column in row.sheet_of.columns
                     if column.index == problem.column or column.field == problem.field), "")

    def _first(self, number: int | None) -> None:
        """Another problem became current: go to its first cell."""
        self._turns, self._fresh = -1, True
        if number is not None:
            self._jump(1)

    def _again(self) -> None:
        """A click on the current problem goes to its next cell."""
        if not self._fresh:
            self._jump(1)
        self._fresh = False

    def _jump(self, step: int) -> None:
        number = self.problems.current_id()
        if number is None or number >= len(self._shown):
            return
        self._turns = (self._turns + step) % len(self._shown[number])
        problem, row = self._shown[number][self._turns]
        if row is None:
            return
        place = next((i for i, (_file, sheet) in enumerate(self.journey.sheets()) if sheet.head is row.sheet_of),
                     self._place)
        if place != self._place:
            self.sheets.setCurrentIndex(place)
        self.grid.go_to(row, problem)
