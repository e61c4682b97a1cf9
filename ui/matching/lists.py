"""The three lists of an answer: who may serve, who must be verified, who may not serve."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from expertpool.matching.ranking import Candidate, Excluded
from ui import theme
from ui.matching.cells import dress_cells
from ui.matching.reading import Answer, excluded_row, part_words, person_row
from ui.widgets.cards import Card
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.score_bar import ScoreLegend
from ui.widgets.tabs import Tabs

TALL, TALLER = 54, 60  # row height in pixels; a provision may need three lines
PEOPLE = (
    Column("rank", "", 40, "rank", align="center"),
    Column("name", N_("Expert"), 236, "strong", second="under", stretch=True),
    Column("why", N_("Why"), 240, sortable=False, stretch=True),
    Column("score", N_("Score"), 152, "score"),
    Column("load", N_("Load"), 58),
    Column("choose", "", 92, "action", sortable=False),
)
BARRED = (
    Column("name", N_("Expert"), 190, "strong", second="under"),
    Column("text", N_("Why not"), 320, sortable=False, stretch=True, second="more"),
    Column("source", N_("Legal source"), 236, stretch=True),
    Column("level", N_("Kind"), 84, "state", sortable=False),
)
SORTS: dict[str, Callable[[Any], Any]] = {
    "name": lambda one: one.name, "score": lambda one: one.score, "load": lambda one: (one.open_cases, -one.score),
    "source": lambda one: str(one.findings[0].source),
}
Person = Candidate | Excluded


class PeopleList(RecordTable):
    """People held in memory, in the ranking's order until a heading is pressed."""

    def __init__(self, columns: Sequence[Column], row: Callable[[Any], dict[str, Any]], name: str, empty: QWidget,
                 accessible: str, height: int = TALL) -> None:
        self.people: list[Any] = []
        self._by_id: dict[int, object] = {}
        super().__init__(columns, self._ordered, lambda ids: [row(self._by_id[one]) for one in ids], name=name,
                         row_height=height, empty=empty, accessible=accessible)
        dress_cells(self.view)

    def show_people(self, people: Sequence[Person], *, keep: bool) -> None:
        """Show other people; ``keep`` the position and the current person if still there."""
        self.people = list(people)
        self._by_id = {one.id: one for one in people}
        self.reload(keep=keep)

    def current(self) -> Any:
        """The person of the current row, or None."""
        chosen = self.current_id()
        return None if chosen is None else self._by_id.get(chosen)

    def _ordered(self, key: str, descending: bool) -> list[int]:
        if key in SORTS:
            return [one.id for one in sorted(self.people, key=SORTS[key], reverse=descending)]
        return [one.id for one in self.people]


class AnswerLists(Card):
    """Tabs with counts over the lists. ``looked(person)`` is the current one of the open tab, ``toggled(person)`` the
    one whose button (or Space, Enter) was pressed."""

    looked = Signal(object)
    toggled = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=1)
        self.chosen: set[str] = set()
        self.fixed: frozenset[str] = frozenset()
        self.tabs = Tabs([("candidates", _("May serve")), ("to_verify", _("To verify")),
                          ("excluded", _("May not serve"))], name=_("Result of the check"), line=False)
        self.tabs.row.setContentsMargins(16, 2, 16, 0)
        self.tabs.add(ScoreLegend(list(part_words().values())))
        self.lists = {
            "candidates": self._people("candidates", _("Nobody may serve without a doubt"), _(
                "Look at those to verify and at the reasons of those who may not serve.")),
            "to_verify": self._people("to_verify", _("Nobody has to be verified"), ""),
            "excluded": PeopleList(BARRED, lambda one: excluded_row(one, self.fixed), "matching.excluded",
                                   EmptyState("ok", _("Nobody is barred")), _("Those who may not serve"), TALLER),
        }
        self.stack = QStackedWidget()
        for code, shown in self.lists.items():
            self.stack.addWidget(shown)
            shown.current_changed.connect(lambda _id, code=code: self._look(code))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.body.addLayout(column)
        self.tabs.changed.connect(self._tab)

    def current_list(self) -> PeopleList:
        """The list of the open tab."""
        return self.lists[self.tabs.current()]

    def show_answer(self, answer: Answer, *, keep: bool) -> None:
        """Show another answer; unless ``keep``, the first tab with people is opened."""
        ranking, self.fixed = answer.ranking, answer.fixed
        people: dict[str, Sequence[Candidate | Excluded]] = {
            "candidates": ranking.candidates, "to_verify": ranking.to_verify, "excluded": ranking.excluded}
        if answer.relaxed:
            self.nobody.show_sentence(_("Nobody may serve without a doubt"), "\n".join(answer.relaxed))
        for code, shown in self.lists.items():
            shown.show_people(people[code], keep=keep)
        self.tabs.show_counts(ranking.counts)
        self._widen_tabs()
        if not keep:
            self.tabs.choose(next((code for code, found in people.items() if found), "candidates"))
        self._tab(self.tabs.current())

    def show_chosen(self, chosen: set[str]) -> None:
        """Mark who is chosen."""
        self.chosen = chosen
        for code in ("candidates", "to_verify"):
            self.lists[code].refresh()

    def _widen_tabs(self) -> None:
        """The open tab is bold: reserve room for that, so that nothing moves or is cut off."""
        metrics = QFontMetrics(theme.font("base", bold=True))
        for button in self.tabs.findChildren(QPushButton):
            button.setMinimumWidth(metrics.horizontalAdvance(button.text()) + 8)

    def _people(self, code: str, sentence: str, second: str) -> PeopleList:
        nothing = EmptyState("experts", sentence, second=second)
        if code == "candidates":
            self.nobody = nothing
        shown = PeopleList(PEOPLE, lambda one: person_row(one, one.uid in self.chosen), f"matching.{code}", nothing,
                           _("Those who may serve") if code == "candidates" else _("Those to verify"))
        shown.acted.connect(lambda _id, _key: self._toggle(code))
        shown.activated.connect(lambda _id: self._toggle(code))
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), shown.view)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(lambda: self._toggle(code))
        return shown

    def _toggle(self, code: str) -> None:
        if (one := self.lists[code].current()) is not None:
            self.toggled.emit(one)

    def _tab(self, code: str) -> None:
        shown = self.lists[code]
        self.stack.setCurrentWidget(shown)
        if shown.count() and shown.current_id() is None:
            shown.select(shown.all_ids()[0])
        self._look(code)

    def _look(self, code: str) -> None:
        if code == self.tabs.current():
            self.looked.emit(self.lists[code].current())
