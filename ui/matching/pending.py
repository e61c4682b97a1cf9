"""Choosing a case: the open cases that still lack people, or those that a search finds."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import theme
from ui.allowed import offer
from ui.matching.reading import pending_ids, pending_rows
from ui.page import Page
from ui.widgets.cards import Card
from ui.widgets.labels import SectionHeading
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

COLUMNS = (
    Column("number", N_("Case number"), 190, "strong"),
    Column("cause", N_("Cause"), 180, stretch=True),
    Column("procedure", N_("Procedure"), 112),
    Column("parties", N_("Parties"), 260, sortable=False, stretch=True),
    Column("filed_on", N_("Filed on"), 104),
    Column("need", N_("People"), 84, sortable=False),
    Column("match", "", 84, "action", sortable=False),
)


class PendingCases(QWidget):
    """``wanted(number)``: the case to match, by double click, Enter or its button."""

    wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._text = page, ""
        self.empty = EmptyState("matching", "", [
            (_("New case"), lambda: page.navigate("cases", new=True)),
            (_("Look at the cases"), lambda: page.navigate("cases"))])
        self.table = RecordTable(COLUMNS, self._ids, lambda ids: pending_rows(page.pool, ids), jobs=page.jobs,
                                 name="matching.pending", remembered=page.remembered, empty=self.empty,
                                 sort=("filed_on", False), accessible=_("Cases to appoint"))
        self.table.activated.connect(lambda _id: self._want())
        self.table.acted.connect(lambda _id, _key: self._want())
        self.table.counted.connect(self._counted)
        self.heading = SectionHeading("", "")
        self.planning = QPushButton(_("Plan many cases…"))
        self.planning.setProperty("role", "link")
        self.planning.clicked.connect(self.open_plan)
        self.heading.add(self.planning)
        offer(page.pool, "apply plan", self.planning)
        card = Card(padding=1)
        holder = QWidget()
        head = QVBoxLayout(holder)
        head.setContentsMargins(15, theme.PAD, 15, theme.STEP)
        head.addWidget(self.heading)
        card.add(holder)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._say(0)

    def open_plan(self) -> None:
        """Plan all cases that lack people."""
        from ui.matching.plan_dialog import open_plan

        self.plan = open_plan(self._page)

    def show_text(self, text: str) -> None:
        """Search; "" shows the cases that lack people."""
        self._text = text
        self.table.reload(keep=False)

    def reload(self) -> None:
        """Read again."""
        self.table.reload()

    def _ids(self, sort: str, descending: bool) -> Sequence[int]:
        return pending_ids(self._page.pool, self._text, sort, descending)

    def _want(self) -> None:
        if number := self.table.current_row().get("number"):
            self.wanted.emit(number)

    def _counted(self, count: int) -> None:
        self._say(count)
        if count and self.table.current_id() is None:
            self.table.select(self.table.all_ids()[0])
        if self._text:
            self.empty.show_sentence(_("No open case fits"), _("Check the number, or enter the case."))
        else:
            self.empty.show_sentence(_("No case lacks people"), _(
                "Search for a case above, or enter a new one; then it shows here who may serve and why."))

    def _say(self, count: int) -> None:
        self.heading.title.setText(_("Open cases found") if self._text else _("Cases to appoint"))
        self.heading.second.setText(_("{count} cases; double click or Enter finds the people").format(count=count)
                                    if count else "")
