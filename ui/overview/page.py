"""总览: figures, what is due, recent operations, which fields lack people."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from expertpool.checks.alerts import AlertRow
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.files import write_whole
from expertpool.foundation.language import N_, _
from ui.allowed import allowed
from ui.overview.alerts import AlertList, AlertSheet
from ui.overview.coverage import Coverage
from ui.overview.lists import DueList, RecentList
from ui.page import Page
from ui.saving import say_unwritten
from ui.texts import joined, number
from ui.widgets.cards import FigureCard
from ui.widgets.labels import tip
from ui.widgets.notes import EmptyState

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

WEEKDAYS = 7
ROLES = {  # short, for the line below the figure
    "technical_investigator": N_("investigators {count}"),
    "technical_consultant": N_("consultants {count}"),
    "judicial_appraiser": N_("appraisers {count}"),
}


class OverviewPage(Page):
    """Reads everything at once; each part leads to the page with details."""

    def build(self) -> None:
        self.sheet: AlertSheet | None = None
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
        self.ending = FigureCard(_("Ending soon"))
        leads: tuple[tuple[FigureCard, str, dict[str, object]], ...] = (
                (self.people, "experts", {}), (self.ready, "experts", {}),
                 (self.cases, "cases", {}), (self.ending, "experts", {"expiring": True}))
        for place, (card, page, arguments) in enumerate(leads):
            figures.addWidget(card, 0, place)
            figures.setColumnStretch(place, 1)
            card.pressed.connect(lambda page=page, arguments=arguments: self.navigate(page, **arguments))
        column.addLayout(figures)
        self.alerts = AlertList()
        self.alerts.chosen.connect(self.settle_alert)
        column.addWidget(self.alerts)
        row = QHBoxLayout()
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(16)
        self.due, self.recent, self.coverage = DueList(), RecentList(), Coverage()
        self.due.opened.connect(self._open_due)
        self.recent.undo.connect(self.jobs.undo)
        self.recent.may = self.alerts.may = lambda operation: allowed(self.pool, operation)
        self.coverage.chosen.connect(lambda code: self.navigate("experts", field=code))
        left.addWidget(self.due, 3)
        left.addWidget(self.recent, 2)
        row.addLayout(left, 5)
        row.addWidget(self.coverage, 4)
        column.addLayout(row, 1)
        return whole

    # -- what the frame calls
    def shown(self, **_arguments: object) -> None:
        self._date()

    def refresh(self, changes: Changes) -> None:
        from expertpool.insights.overview import overview

        pool = self.pool
        self.jobs.read(self, lambda: (overview(pool), alerts_of(pool)), self._show, key="overview")

    # -- actions
    def import_experts(self) -> None:
        self.navigate("importing")

    def add_case(self) -> None:
        self.navigate("cases", add=True)

    def open_sample(self) -> None:
        """Fill this empty pool with the invented samples."""
        pool = self.pool

        def fill() -> object:
            from expertpool.workbook.sample_pool import make_sample_pool

            make_sample_pool(pool)
            return Changes(many=True, operation="import experts")

        self.jobs.change(self, fill, words=_("The sample pool is ready"), undoable=False)

    def settle_alert(self, row: AlertRow) -> None:
        """Show an alert with the draft of its notice, and carry out what was chosen."""
        pool = self.pool

        def ask(notice: str) -> None:
            sheet = self.sheet = AlertSheet(self, row, notice)
            sheet.saving.clicked.connect(lambda: self._save_notice(sheet))
            sheet.wanted.connect(lambda: self._goes_on(sheet))
            sheet.replacing.clicked.connect(lambda: self.navigate(
                "matching", number=row.case, role=row.role, replaces=row.assignment))
            sheet.finished.connect(lambda _code: self._closed(sheet))
            sheet.open()

        self.jobs.read(self, lambda: notice_of(pool, row.uid), ask, key="notice")

    def _goes_on(self, sheet: AlertSheet) -> None:
        pool, row, reason = self.pool, sheet.row, sheet.reason()
        sheet.write(self.jobs, lambda: answer(pool, row.uid, reason),
                    words=_("{person} goes on in {case}").format(person=row.person, case=row.case))

    def _closed(self, sheet: AlertSheet) -> None:
        self.sheet = None
        sheet.deleteLater()

    def _save_notice(self, sheet: AlertSheet) -> None:
        target = self.prompts.save_file(sheet, _("Save the draft"), f"{sheet.row.case} {sheet.row.person}.txt",
                                        "txt")
        if target is not None:
            try:
                write_whole(target, sheet.notice.toPlainText(), "utf-8-sig")
            except OSError:
                say_unwritten(self, target)
                return
            self.feedback.ok(_("The draft was saved to {file}").format(file=target.name))

    # -- showing
    def _date(self) -> None:
        days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
        self.set_title(_("Overview"), f"{today()} {days[today().weekday() % WEEKDAYS]}")

    def _show(self, read: tuple[Any, list[AlertRow]]) -> None:
        found, alerts = read
        self._date()
        self.alerts.show_rows(alerts)
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
        tip(self.ending, _("A term is mentioned {days} days before its end.").format(days=found.days_ahead))
        self.due.show_rows(found.due)
        self.recent.show_rows(found.recent)
        self.coverage.show_rows(found.coverage)

    def _open_due(self, row: dict[str, Any]) -> None:
        if row["what"] in ("notice", "opinion", "appraisal", "appraisal_plan"):
            self.navigate("cases", search=row["subject"])
        else:
            self.navigate("experts", search=row["subject"])


def alerts_of(pool: "ExpertPool") -> list[AlertRow]:
    """The alerts that wait for an answer."""
    from expertpool.checks.alerts import alert_rows

    return alert_rows(pool)


def notice_of(pool: "ExpertPool", uid: str) -> str:
    """The draft of the notice about an alert."""
    from expertpool.documents.alert_notice import alert_notice
    from expertpool.documents.paper_text import paper_text

    return paper_text(alert_notice(pool, uid))


def answer(pool: "ExpertPool", uid: str, reason: str) -> Changes:
    """Let the person go on."""
    from expertpool.checks.alerts import answer_alert

    return answer_alert(pool, uid, reason)
