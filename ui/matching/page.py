"""匹配指派: choose a case, see who may serve and why, who must be verified, who may not; appoint."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QSplitter, QStackedWidget

from expertpool.documents.answer_sheet import answer_sheet
from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import Candidate, Excluded
from expertpool.relevance.texts import keep_cache
from ui import theme
from ui.matching.case_side import CaseSide
from ui.matching.confirm import AppointDialog
from ui.matching.finder import CaseFinder
from ui.matching.lists import AnswerLists
from ui.matching.pending import PendingCases
from ui.matching.person_card import PersonCard
from ui.matching.reading import Answer, read_answer, vacancies
from ui.matching.review import Review
from ui.page import Page
from ui.saving import write_paper
from ui.texts import clock, word
from ui.widgets.notes import Banner

SIDE, BELOW = 304, 216  # width of the left column, and of the card below the lists, in pixels


class MatchingPage(Page):
    """``navigate("matching", number=…)`` checks and ranks for a case; without a number, cases are offered."""

    kinds = ()  # any change may affect an answer

    def build(self) -> None:
        self.answer: Answer | None = None
        self.chosen: dict[str, Candidate] = {}
        self.dialog: AppointDialog | None = None
        self.draws: QDialog | None = None
        self._refusals: list[str] = []  # of those who were to be appointed last
        self._number = self._role = ""
        self._replaces = ""  # the assignment that is to be replaced
        self._keep = False
        self._left_to_write = 0
        self._cached = False  # the text index is written once, for the next start
        box = self.add_search(_("Case number in any spelling, parties"))
        self.finder = CaseFinder(self, box)
        self.finder.wanted.connect(self.match)
        self.finder.typed.connect(self._typed)
        self.drawing = self.add_to_title(self.link(_("Random draw…"), self.open_draws))
        self.add_action("matching.again")
        self.add_action("matching.print")
        self.add_action("matching.appoint", primary=True)
        self.stack = QStackedWidget()
        self.pending = PendingCases(self)
        self.pending.wanted.connect(self.match)
        box.down_pressed.connect(self.pending.table.view.setFocus)
        self.stack.addWidget(self.pending)
        self.stack.addWidget(self._build_answer())
        self.banner = Banner("warning", _("The data changed since the check."),
                             (_("Check again"), self.match_again), closable=False)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.body.addWidget(self.stack, 1)
        theme.application().applicationStateChanged.connect(self._awake)
        self.leave_case()

    def _build_answer(self) -> QSplitter:
        self.side = CaseSide()
        self.side.role_chosen.connect(self._other_role)
        self.side.opened.connect(self.match)
        self.side.left.connect(self.leave_case)
        self.side.edit.connect(lambda uid: self.navigate("cases", kind="case", uid=uid))
        self.side.looked.connect(lambda uid: self.navigate("cases", kind="case", uid=uid))
        self.lists = AnswerLists()
        self.lists.looked.connect(self._look)
        self.lists.toggled.connect(self._toggle)
        self.card = PersonCard()
        self.card.toggled.connect(self._toggle)
        self.card.opened.connect(lambda uid: self.navigate("experts", kind="person", uid=uid))
        self.review = Review(self)
        self.card.dismissing.connect(self.review.dismiss)
        self.card.restoring.connect(self.review.restore)
        self.card.printing.connect(self.review.print_sheet)
        self.card.lifting.connect(lambda person: self._ask([person]))
        right = _splitter(Qt.Orientation.Vertical)
        right.addWidget(self.lists)
        right.addWidget(self.card)
        right.setStretchFactor(0, 1)
        right.setSizes([10_000, BELOW])
        whole = _splitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.side)
        whole.addWidget(right)
        whole.setStretchFactor(1, 1)
        whole.setSizes([SIDE, 10_000])
        self.side.setMinimumWidth(260)
        self.card.setMinimumHeight(96)
        return whole

    # -- called by the window
    def shown(self, **arguments: object) -> None:
        if number := str(arguments.get("number", "")):
            self._replaces = str(arguments.get("replaces", ""))
            self.match(number, str(arguments.get("role", "")))
        elif self.answer is None:
            self.pending.reload()
        else:
            self._compare()

    def open_record(self, kind: str, uid: str) -> None:
        if kind in ("case", "courtcase"):
            self.match(uid)

    def refresh(self, changes: Changes) -> None:
        if self.answer is None:
            self.pending.reload()
        elif not self._left_to_write:
            self._compare()

    def reload(self) -> None:
        if self.answer is None:
            self.pending.reload()
        else:
            self.match_again()

    # -- the case
    def match(self, number: str, role: str = "") -> None:
        """Check and rank for a case (any spelling of its number, or its uid)."""
        self._keep = self.answer is not None and number in (self._number, self.answer.number)
        if not self._keep:
            self.chosen = {}
        self._number, self._role = number, role
        pool = self.pool
        self.jobs.read(self, lambda progress: read_answer(pool, number, role, progress), self._show, key="answer",
                       failed=self._failed, words=_("Checking …"))

    def match_again(self) -> None:
        """Check the same case with the present data; the people chosen stay chosen."""
        if self.answer is not None:
            self.match(self.answer.number, self._role)

    def leave_case(self) -> None:
        """Return to the cases that lack people."""
        self.answer, self.chosen, self._number, self._role = None, {}, "", ""
        self.banner.hide()
        self.finder.show_number("")
        self.stack.setCurrentWidget(self.pending)
        self.pending.show_text("")
        self.set_status("")
        self._count_chosen()

    def print_sheet(self) -> None:
        """Write the check sheet as PDF."""
        if self.answer is None:
            return
        suggested = _("Check sheet") + f" {self.answer.number}.pdf"
        target = self.prompts.save_file(self, _("Check sheet"), suggested, "pdf")
        if target is not None:
            paper = answer_sheet(self.pool, self.answer.ranking, self.answer.card.detail)
            if write_paper(self, paper, target):
                self.feedback.ok(_("Check sheet saved: {file}").format(file=target.name))

    def _show(self, answer: Answer) -> None:
        self.answer = answer
        self._number = answer.number
        self.finder.show_number(answer.number)
        self.banner.hide()
        known = {one.uid: one for one in (*answer.ranking.candidates, *answer.ranking.to_verify)}
        self.chosen = {uid: known[uid] for uid in self.chosen if uid in known}
        self.lists.chosen = set(self.chosen)
        self.side.show_answer(answer)
        self.lists.show_answer(answer, keep=self._keep)
        self.stack.setCurrentIndex(1)
        self._count_chosen()
        self._tell(_("data unchanged since then"))
        if self.isVisible() and not self._keep:
            self.lists.current_list().view.setFocus()
        if not self._cached:
            self._cached, pool = True, self.pool
            self.jobs.read(self, lambda: keep_cache(pool), lambda _kept: None, key="cache")

    def _failed(self, _error: BaseException) -> bool:
        if self.answer is None:
            self.leave_case()
        return False

    def _typed(self, text: str) -> None:
        """The text of the search box changed: filter the list of cases, or return to it if the text is empty."""
        if self.answer is None:
            self.pending.show_text(text)
        elif not text:
            self.leave_case()

    def _other_role(self, role: str) -> None:
        if self.answer is not None:
            self.chosen = {}
            self.match(self.answer.number, role)

    def _tell(self, freshness: str) -> None:
        if self.answer is not None:
            ranking = self.answer.ranking
            self.set_status(_("Checked {time} · rule book {version} · {standing}").format(
                time=clock(ranking.checked_at), version=ranking.rules_version, standing=freshness))

    def _compare(self) -> None:
        """Ask the pool whether anything was written since the check."""
        pool = self.pool
        self.jobs.read(self, pool.state, self._compared, key="state")

    def _awake(self, state: Qt.ApplicationState) -> None:
        """On regaining focus, reload: another workstation may have written."""
        if state == Qt.ApplicationState.ApplicationActive and self.answer is not None and self.isVisible():
            self._compare()

    def _compared(self, state: int) -> None:
        if self.answer is not None and state != self.answer.ranking.state:
            self.banner.show()
            self._tell(_("data changed since then"))

    # -- people
    def _look(self, person: Candidate | Excluded | None) -> None:
        answer = self.answer
        if answer is not None:
            self.card.show_person(person, answer.fixed, answer.titles,
                                  chosen=person is not None and person.uid in self.chosen)

    def _toggle(self, person: Candidate) -> None:
        if person.uid in self.chosen:
            del self.chosen[person.uid]
        else:
            self.chosen[person.uid] = person
        self.lists.show_chosen(set(self.chosen))
        self._look(self.lists.current_list().current())
        self._count_chosen()

    def _count_chosen(self) -> None:
        count = len(self.chosen)
        button = self.action_button("matching.appoint")
        button.setEnabled(count > 0 and self.answer is not None)
        button.setText(_("Appoint {count} chosen").format(count=count) if count
                       else _("Appoint the chosen"))
        for name in ("matching.again", "matching.print"):
            self.action_button(name).setEnabled(self.answer is not None)
        self.drawing.setVisible(self.answer is not None)

    def open_draws(self) -> None:
        """Open the draws by lot of the current case (随机抽取)."""
        from ui.matching.draw_dialog import show_draws

        if self.answer is not None:
            ranking = self.answer.ranking
            self.draws = show_draws(self, ranking.number, ranking.role, ranking.fields)

    # -- appointing
    def appoint_chosen(self) -> None:
        """Ask for duties and reasons, then appoint; each appointment is an operation that can be undone."""
        self._ask(list(self.chosen.values()))

    def _ask(self, people: list[Candidate | Excluded]) -> None:
        if self.answer is None or not people:
            return
        self.dialog = AppointDialog(self, self.answer.number, self.answer.ranking.role, people, self.remembered,
                                    vacancies(self.answer), self._replaces)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.wanted.connect(self._appoint)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.open()

    def _appoint(self) -> None:
        answer, dialog = self.answer, self.dialog
        if answer is None or dialog is None or dialog.writing:
            return
        reasons, duties, way = dialog.reasons(), dialog.duties(), dialog.method()
        grounds, place = dialog.overrides(), {dialog.people[0].uid: dialog.replaces()}
        pool, number, role = self.pool, answer.number, answer.ranking.role
        self._refusals = []
        dialog.hold()
        for person in list(dialog.people):
            self._left_to_write += 1
            words = _("{name} appointed to {number} as {role}").format(
                name=person.name, number=number, role=word("case_role", role))
            self.jobs.change(
                self, partial(appoint, pool, number, person.uid, role, reason=reasons.get(person.uid, ""),
                              override=grounds.get(person.uid, ""), method=way, duties=duties,
                              replaces=place.get(person.uid, "")),
                partial(self._written, person.uid), words=words, failed=partial(self._refused, person.name))

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _written(self, uid: str, _changes: Changes) -> None:
        self._replaces = ""
        self.chosen.pop(uid, None)
        if self.dialog is not None:
            self.dialog.appointed(uid)
        self._after_one()

    def _refused(self, name: str, error: BaseException) -> bool:
        told = isinstance(error, ExpectedError) and self.dialog is not None
        if isinstance(error, ExpectedError):
            self._refusals.append(f"{name}: {error.text}")
        self._after_one()
        return told

    def _after_one(self) -> None:
        self._left_to_write -= 1
        if self._left_to_write:
            return
        if self.dialog is not None:
            self.dialog.let_go()
            if self.dialog.people:  # refused, or stopped by an error that is told elsewhere
                self.dialog.say("\n".join(self._refusals))
            else:
                self.dialog.accept()
        self.match_again()


def _splitter(way: Qt.Orientation) -> QSplitter:
    made = QSplitter(way)
    made.setHandleWidth(theme.GAP * 2)
    made.setChildrenCollapsible(False)
    return made
