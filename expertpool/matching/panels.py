"""Panels (专家组): several people for one case who together meet its demands, or the demands that contradict each
other."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from expertpool.accounts.pool_protocol import Pool
from expertpool.fields.closeness import LEVELS, closeness
from expertpool.foundation.language import _
from expertpool.matching.ranking import Candidate, rank
from expertpool.organisations.spelling import normalise
from expertpool.rules import vocabulary

CONSIDERED = 120  # best candidates considered, and for every demand as many more who meet it
NEAR = LEVELS.index("wipo")  # people at least this near count as people of the field
STEP, COVERED = 10, 150  # value of covering a further field of the case, in tenths of a point


@dataclass(frozen=True, slots=True)
class Demand:
    """At least ``count`` people of a field (any code of the tree) or of a title level (code of the vocabulary)."""

    code: str
    count: int = 1

    @property
    def is_level(self) -> bool:
        """Whether this demands a title level."""
        return any(word.code == self.code for word in vocabulary.words("title_level"))

    def met_by(self, one: Candidate) -> bool:
        """Whether a candidate counts towards the demand."""
        if self.is_level:
            return one.title_level == self.code
        return any(LEVELS.index(closeness(self.code, held).level) <= NEAR for held in one.fields)

    @property
    def words(self) -> str:
        """The demand in words."""
        shown = vocabulary.word("title_level", self.code) if self.is_level else self.code
        return _("at least {count} of {what}").format(count=self.count, what=shown)


@dataclass(frozen=True)
class Panel:
    """The people, best fit first, and the fields of the case they cover; or the demands that contradict each
    other."""

    people: tuple[Candidate, ...] = ()
    covered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    contradiction: tuple[str, ...] = ()


def panel(pool: Pool, number: str, size: int, demands: Sequence[Demand] = (), *, role: str = "",
          apart: bool = True, verify: bool = False) -> Panel:
    """The best ``size`` people for a case who meet every demand and complement each other's fields.

    ``apart``: no two people of one employer. ``verify``: people with a warning may be chosen. If there is no such
    panel, the smallest set of contradicting demands is named in words. Raises ``case.unknown``.
    """
    ranking = rank(pool, number, role)
    everybody = [*ranking.candidates, *(ranking.to_verify if verify else ())]
    people = list({one.uid: one for one in [
        *everybody[:CONSIDERED],
        *(one for demand in demands for one in [p for p in everybody if demand.met_by(p)][:CONSIDERED])]}.values())
    question = _Question(people, size, tuple(demands), apart, ranking.fields)
    chosen = question.solve()
    if chosen is None:
        return Panel(contradiction=question.contradiction())
    covered = tuple(code for code in ranking.fields if any(_covers(code, one) for one in chosen))
    return Panel(tuple(sorted(chosen, key=lambda one: (-one.score, one.uid))), covered,
                 tuple(code for code in ranking.fields if code not in covered))


def _covers(code: str, one: Candidate) -> bool:
    return any(LEVELS.index(closeness(code, held).level) <= NEAR for held in one.fields)


@dataclass
class _Question:
    people: list[Candidate]
    size: int
    demands: tuple[Demand, ...]
    apart: bool
    fields: tuple[str, ...]

    def solve(self, left: Sequence[str] | None = None) -> list[Candidate] | None:
        """The best panel, or None; if ``left`` is given, only the demands in it must hold."""
        from ortools.sat.python import cp_model

        model = cp_model.CpModel()
        seats = [model.new_bool_var(one.uid) for one in self.people]
        for name, parts in self._rules(seats).items():
            if left is None or name in left:
                for low, some, high in parts:
                    model.add_linear_constraint(sum(some), low, high)
        gains: list[Any] = [round(one.score * STEP) * seat for one, seat in zip(self.people, seats, strict=True)]
        for code in self.fields:
            here = [seat for one, seat in zip(self.people, seats, strict=True) if _covers(code, one)]
            covered = model.new_bool_var(f"covers {code}")
            model.add(sum(here) >= covered) if here else model.add(covered == 0)
            gains.append(COVERED * covered)
        model.maximize(sum(gains))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return [one for one, seat in zip(self.people, seats, strict=True) if solver.value(seat)]

    def contradiction(self) -> tuple[str, ...]:
        """A smallest set of demands that cannot hold together: demands are left out while the rest still
        contradict."""
        left = list(self._rules([0] * len(self.people)))
        for name in list(left):
            rest = [other for other in left if other != name]
            if self.solve(rest) is None:
                left = rest
        return tuple(left)

    def _rules(self, seats: Sequence[Any]) -> dict[str, list[tuple[int, list[Any], int]]]:
        """The demands in words, each as bounds on sums of seats."""
        most = len(seats)
        found = {_("{count} people, of whom {number} may serve").format(count=self.size, number=most): [
            (self.size, list(seats), self.size)]}
        for demand in self.demands:
            some = [seat for one, seat in zip(self.people, seats, strict=True) if demand.met_by(one)]
            words = _("{demand} (there are {number})").format(demand=demand.words, number=len(some))
            found[words] = [(demand.count, some or [0], max(most, demand.count))]
        if self.apart:
            units: dict[str, list[Any]] = defaultdict(list)
            for one, seat in zip(self.people, seats, strict=True):
                if one.employer:
                    units[normalise(one.employer)].append(seat)
            found[_("never two of one employer")] = [(0, some, 1) for some in units.values() if len(some) > 1]
        return found
