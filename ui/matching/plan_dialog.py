"""The dialog for many cases at once (批量指派): who would serve where; changed by hand, computed again, applied as
one operation."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import _, n_
from expertpool.planning.apply import apply_plan
from expertpool.planning.plan import Plan, make_plan
from ui import theme
from ui.matching.plan_table import LoadTable, SeatTable
from ui.page import Page
from ui.widgets.fields import Choice, narrow
from ui.widgets.labels import label
from ui.widgets.writing_dialog import WritingDialog

WIDTH, HEIGHT = 1180, 640  # px


class PlanDialog(WritingDialog):
    """Computes a plan in a worker; ``plan`` is the one shown."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self.plan = page, Plan("best", 0, "")
        self.fixed: dict[str, list[str]] = {}
        self.forbidden: set[tuple[str, str]] = set()
        self.setWindowTitle(_("Plan many cases"))
        self.resize(WIDTH, HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.PAD, theme.WIDE, theme.PAD)
        column.setSpacing(theme.PAD)
        column.addLayout(self._head())
        middle = QHBoxLayout()
        middle.setSpacing(theme.PAD)
        self.seats, self.people = SeatTable(), LoadTable()
        self.seats.current_changed.connect(lambda _id: self._look())
        middle.addWidget(self.seats, 5)
        middle.addWidget(self.people, 2)
        column.addLayout(middle, 1)
        column.addLayout(self._hands())
        column.addLayout(self._foot())
        self._look()
        self.solve()

    # -- computing
    def solve(self) -> None:
        """Compute the plan again with what was set by hand."""
        pool, way = self._page.pool, str(self.way.currentData())
        fixed = {number: list(uids) for number, uids in self.fixed.items()}
        forbidden, verify = set(self.forbidden), self.verify.isChecked()
        self.figures.setText(_("Working it out …"))
        self.applying.setEnabled(False)
        self._page.jobs.read(
            self, lambda progress: make_plan(pool, way=way, fixed=fixed, forbidden=forbidden, verify=verify,
                                             progress=progress), self._show, key="plan")

    def apply(self) -> None:
        """Appoint everybody of the plan."""
        pool, plan, reason = self._page.pool, self.plan, self.reason.text().strip()
        words = n_("Appointed {count} person as planned", "Appointed {count} people as planned", len(plan.seats))
        self.write(self._page.jobs, lambda: apply_plan(pool, plan, reason=reason),
                   words=words.format(count=len(plan.seats)))

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        self.seats.show_plan(plan)
        self.people.show_plan(plan)
        empty = sum(case.empty for case in plan.cases)
        said = _("Total {total:g} · worst case {worst:g} · {people} people · {empty} seats empty")
        self.figures.setText(said.format(total=plan.total, worst=plan.worst, people=len(plan.people), empty=empty))
        self._look()

    # -- by hand
    def fix(self) -> None:
        """Keep the row's person in this seat, or no longer."""
        row = self.seats.current()
        if row.get("uid"):
            held = self.fixed.setdefault(row["number"], [])
            (held.remove if row["uid"] in held else held.append)(row["uid"])
            self.solve()

    def forbid(self) -> None:
        """Keep the row's person out of this case."""
        row = self.seats.current()
        if row.get("uid"):
            self.fixed[row["number"]] = [uid for uid in self.fixed.get(row["number"], []) if uid != row["uid"]]
            self.forbidden.add((row["number"], row["uid"]))
            self.solve()

    def forget(self) -> None:
        """Remove everything that was set by hand."""
        self.fixed, self.forbidden = {}, set()
        self.solve()

    # -- building
    def _head(self) -> QHBoxLayout:
        ways = [("best", _("Greatest total fit")), ("fair", _("Even: worst case first"))]
        self.way = narrow(Choice(_("Way"), ways), 6)
        self.way.activated.connect(lambda _place: self.solve())
        self.verify = QCheckBox(_("Also those to verify"))
        self.verify.toggled.connect(lambda _on: self.solve())
        self.figures = label("", "second")
        row = QHBoxLayout()
        row.setSpacing(theme.PAD)
        row.addWidget(label(_("Plan many cases"), "title"))
        row.addWidget(self.way)
        row.addWidget(self.verify)
        row.addStretch(1)
        row.addWidget(self.figures)
        return row

    def _hands(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.buttons = {
            "fix": self._button(_("Fix or let go"), "F", self.fix),
            "forbid": self._button(_("Not this person"), "Del", self.forbid),
            "forget": self._button(_("Forget changes by hand"), "", self.forget)}
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _button(self, words: str, key: str, call: Any) -> QPushButton:
        made = QPushButton(f"{words} ({key})" if key else words)
        made.setAccessibleName(words)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: call())
        if key:
            shortcut = QShortcut(QKeySequence(key), self.seats.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(call)
        return made

    def _foot(self) -> QHBoxLayout:
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Reason where somebody must be verified (required)"))
        self.reason.setAccessibleName(_("Reason where somebody must be verified"))
        self.reason.textChanged.connect(lambda _text: self._look())
        leaving, self.applying = QPushButton(_("Cancel")), QPushButton("")
        leaving.clicked.connect(self.reject)
        self.applying.setProperty("role", "primary")
        self.applying.clicked.connect(self.apply)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.reason, 8)
        row.addStretch(1)
        row.addWidget(leaving)
        row.addWidget(self.applying)
        for button in (leaving, self.applying):
            button.setAutoDefault(False)
        return row

    def _look(self) -> None:
        if not hasattr(self, "applying"):
            return
        count, doubtful = len(self.plan.seats), any(seat.verify for seat in self.plan.seats)
        self.reason.setVisible(doubtful)
        self.applying.setText(n_("Appoint {count} person", "Appoint {count} people", count).format(count=count))
        self.applying.setEnabled(bool(count) and (not doubtful or bool(self.reason.text().strip())))
        seated = bool(self.seats.current().get("uid"))
        self.buttons["fix"].setEnabled(seated)
        self.buttons["forbid"].setEnabled(seated)
        self.buttons["forget"].setEnabled(bool(self.forbidden or any(self.fixed.values())))


def open_plan(page: Page) -> QWidget:
    """Open the dialog over a page."""
    dialog = PlanDialog(page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
