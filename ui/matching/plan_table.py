"""The two lists of a plan: seats by case, and each person's open cases."""

from collections.abc import Sequence
from typing import Any

from expertpool.foundation.language import N_, _
from expertpool.planning.plan import Plan
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

SEATS = (
    Column("number", N_("Case number"), 176, "strong", sortable=False),
    Column("name", N_("Expert"), 84, "strong", sortable=False),
    Column("employer", N_("Unit"), 150, sortable=False, stretch=True),
    Column("score", N_("Score"), 60, "number", sortable=False),
    Column("why", N_("Why"), 170, sortable=False, stretch=True),
    Column("state", N_("State"), 84, "state", sortable=False),
)
LOADS = (
    Column("name", N_("Expert"), 90, "strong", sortable=False, stretch=True),
    Column("load", N_("Open cases"), 90, sortable=False),
    Column("cap", N_("Limit"), 60, "number", sortable=False),
)


class _Held(RecordTable):
    """A short list held in memory."""

    def __init__(self, columns: Sequence[Column], name: str, accessible: str, empty: str) -> None:
        self.rows: list[dict[str, object]] = []
        super().__init__(columns, lambda _key, _down: list(range(1, len(self.rows) + 1)),
                         lambda ids: [self.rows[one - 1] | {"id": one} for one in ids], name=name,
                         empty=EmptyState("matching", empty), accessible=accessible)

    def show_rows(self, rows: list[dict[str, object]]) -> None:
        """Show other rows; the current position stays."""
        self.rows = rows
        self.reload(keep=True)
        if rows and self.current_id() is None:
            self.select(1)

    def current(self) -> dict[str, Any]:
        """The current row; empty without one."""
        place = self.current_id()
        return self.rows[place - 1] if place and place <= len(self.rows) else {}


class SeatTable(_Held):
    """Who would serve in which case; empty seats say why."""

    def __init__(self) -> None:
        super().__init__(SEATS, "matching.plan", _("Seats of the plan"), _("No open case lacks people"))

    def show_plan(self, plan: Plan) -> None:
        """Show a plan, case by case."""
        rows: list[dict[str, object]] = []
        for case in plan.cases:
            rows += [{"number": case.number, "uid": seat.uid, "name": seat.name, "employer": seat.employer,
                      "score": f"{seat.score:g}", "why": " · ".join(seat.verify or seat.reasons),
                      "state": _state(seat.fixed, bool(seat.verify)),
                      "_tips": {"why": "\n".join((*seat.verify, *seat.reasons)), "employer": seat.employer}}
                     for seat in plan.seats if seat.number == case.number]
            why = _("Everybody who fits is taken") if case.why == "taken" else _("Nobody may be chosen")
            rows += [{"number": case.number, "uid": "", "name": "—", "employer": "", "score": "", "why": why,
                      "state": (_("empty"), "danger")}] * case.empty
        self.show_rows(rows)


class LoadTable(_Held):
    """Open cases of each person before and after."""

    def __init__(self) -> None:
        super().__init__(LOADS, "matching.plan.load", _("What the plan means for each person"), _("Nobody"))

    def show_plan(self, plan: Plan) -> None:
        """Show the people to whom the plan gives cases."""
        self.show_rows([{"name": one.name, "load": f"{one.before} → {one.after}", "cap": str(one.cap)}
                        for one in plan.people])


def _state(fixed: bool, verify: bool) -> tuple[str, str]:
    if fixed:
        return _("fixed"), "accent"
    return (_("to verify"), "warning") if verify else (_("proposed"), "ok")
