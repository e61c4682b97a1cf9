"""总览: what stands where today, what is due, what was done lately, which fields lack people."""

from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.language import N_, _
from ui.overview.coverage import Coverage
from ui.overview.lists import DueList, RecentList
from ui.page import Page
from ui.texts import joined, number
from ui.widgets.cards import FigureCard
from ui.widgets.notes import EmptyState

WEEKDAYS = 7
ROLES = {  # short, for the line below the figure
    "technical_investigator": N_("investigators {count}"),
    "technical_consultant": N_("consultants {count}"),
    "judicial_appraiser": N_("appraisers {count}"),
}


class OverviewPage(Page):
    """Reads everything in one go; each part leads to the page behind it."""

    def build(self) -> None:
        self.add_action("experts.import")
        self.add_action("cases.add", primary=True)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack)
        self.stack.addWidget(self._full())
        self.empty = EmptyState("pool", _("The pool is empty"), [
            (_("Import a spreadsheet"), self.import_experts), (_("Open the sample pool"), self.open_sample),
            (_("Add an expert"), lambda: self.navigate("experts", add=True))],
            _("Bring in the rosters that units sent, or look around in an invented sample pool first."))
        self.stack.addWidget(self.empty)
        self.reload()

    def _full(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        figures = QGridLayout()
        figures.setSpacing(16)
        self.people = FigureCard(_("Experts in the pool"))
        self.ready = FigureCard(_("May be appointed"))
        self.cases = FigureCard(_("Cases in hand"))
        self.ending = FigureCard(_("Ending within 90 days"))
        leads = ((self.people, "experts", {}), (self.ready, "experts", {}),
                 (self.cases, "cases", {}), (self.ending, "experts", {"expiring": True}))
        for place, (card, page, arguments) in enumerate(leads):
            figures.addWidget(card, 0, place)
            figures.setColumnStretch(place, 1)
            card.pressed.connect(lambda page=page, arguments=arguments: self.navigate(page, **arguments))
        column.addLayout(figures)
        row = QHBoxLayout()
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(16)
        self.due, self.recent, self.coverage = DueList(), RecentList(), Coverage()
        self.due.opened.connect(self._open_due)
        self.recent.undo.connect(self.jobs.undo)
        self.coverage.chosen.connect(lambda code: self.navigate("experts", field=code))
        left.addWidget(self.due, 3)
        left.addWidget(self.recent, 2)
        row.addLayout(left, 5)
        row.addWidget(self.coverage, 4)
        column.addLayout(row, 1)
        return whole

    # -- what the frame calls
    def shown(self, **_arguments: Any) -> None:
        self._date()

    def refresh(self, changes: Changes) -> None:
        from expertpool.insights.overview import overview

        pool = self.pool
        self.jobs.read(self, lambda: overview(pool), self._show, key="overview")

    # -- actions
    def import_experts(self) -> None:
        self.navigate("importing")

    def add_case(self) -> None:
        self.navigate("cases", add=True)

    def open_sample(self) -> None:
        """Fill this empty pool with the invented samples."""
        pool = self.pool

        def fill() -> Any:
            from expertpool.exchange.sample_pool import make_sample_pool

            make_sample_pool(pool)
            return Changes(many=True, operation="import experts")

        self.jobs.change(self, fill, words=_("The sample pool is ready"), undoable=False)

    # -- showing
    def _date(self) -> None:
        days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
        self.set_title(_("Overview"), f"{today()} {days[today().weekday() % WEEKDAYS]}")

    def _show(self, found: Any) -> None:
        self._date()
        self.stack.setCurrentIndex(0 if found.people or found.open_cases else 1)
        self.people.show_figure(number(found.people), joined(*(
            _(ROLES[code]).format(count=number(count)) for code, count in found.people_by_role.items()
            if code in ROLES)))
        self.ready.show_figure(number(found.available), joined(
            _("fully loaded {count}").format(count=found.full), _("on leave {count}").format(count=found.away),
            _("term over {count}").format(count=found.expired)))
        self.cases.show_figure(number(found.open_cases), joined(
            _("to appoint {count}").format(count=found.lacking),
            _("to notify {count}").format(count=found.unnotified)))
        self.ending.show_figure(number(found.expiring_terms + found.expiring_licences), joined(
            _("terms {count}").format(count=found.expiring_terms),
            _("licences {count}").format(count=found.expiring_licences)))
        self.due.show_rows(found.due)
        self.recent.show_rows(found.recent)
        self.coverage.show_rows(found.coverage)

    def _open_due(self, row: dict[str, Any]) -> None:
        if row["what"] in ("notice", "opinion"):
            self.navigate("cases", search=row["subject"])
        else:
            self.navigate("experts", search=row["subject"])
