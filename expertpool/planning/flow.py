"""Fills the seats of many cases at once (批量指派): a sparse minimum-cost flow, solved by OR-tools. Arrays in, arrays
out.

Source → case → (one node for each employer among its candidates) → (one node for a person in a dispute of several
cases) → person → sink. Every case may also leave a seat empty, at a cost above any fit. The result is exact: costs
are whole numbers, and ties are decided by a cost too small to change the optimum.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
SCALE = 100_000  # scale: the cost of all loads together must stay below the smallest step of a fit
STEP = 10  # scores are rounded to tenths of a point


@dataclass(frozen=True)
class Seating:
    """The problem to solve. ``case``, ``person`` and ``fit`` (tenths of a point) list the allowed pairs.

    ``need``: seats of each case; ``room``: cases each person may still take; ``load``: open cases now; ``employer``
    and ``dispute``: numbers, −1 for none. Nobody sits twice in a dispute, nor two people of one employer in a case.
    """

    need: Ints
    room: Ints
    load: Ints
    employer: Ints
    dispute: Ints
    case: Ints
    person: Ints
    fit: Ints


@dataclass(frozen=True)
class Seated:
    """The solution: which pairs were ``chosen``, seats left ``empty`` by case, the ``total`` fit in tenths."""

    chosen: NDArray[np.bool_]
    empty: Ints
    total: int


def best(seating: Seating) -> Seated:
    """The greatest total fit; between equals, the smaller load."""
    return solve(seating, np.arange(1, _longest(seating) + 1, dtype=np.int64))


def fair(seating: Seating, spread: float) -> Seated:
    """The worst seat as good as possible without leaving more seats empty, then total fit against spread of load.

    ``spread`` is what each further case of a person costs, in points.
    """
    empty = int(best(seating).empty.sum())
    levels = np.unique(seating.fit)
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if int(solve(above(seating, int(levels[middle])), None).empty.sum()) <= empty:
            low = middle
        else:
            high = middle - 1
    floor = int(levels[low]) if len(levels) else 0
    allowed = seating.fit >= floor
    cost = np.arange(1, _longest(seating) + 1, dtype=np.int64) * round(spread * STEP * SCALE)
    found = solve(above(seating, floor), cost)
    chosen = np.zeros(len(seating.fit), np.bool_)
    chosen[np.flatnonzero(allowed)] = found.chosen
    return Seated(chosen, found.empty, int(seating.fit[chosen].sum()))


def above(seating: Seating, floor: int) -> Seating:
    """The same problem with only the pairs whose fit reaches ``floor``."""
    kept = seating.fit >= floor
    return replace(seating, case=seating.case[kept], person=seating.person[kept], fit=seating.fit[kept])


def solve(seating: Seating, load_cost: Ints | None) -> Seated:
    """The optimum. ``load_cost[j]`` is the cost of a person's case number j + 1, rising; None for no cost."""
    from ortools.graph.python import min_cost_flow

    net, cases, people = _Net(), len(seating.need), len(seating.room)
    source, sink, first_person = 0, 1, 2 + cases
    net.nodes = first_person + people
    net.many(np.full(cases, source), 2 + np.arange(cases), seating.need, np.zeros(cases, np.int64))
    heaviest = 0 if load_cost is None else int(load_cost.max(initial=0))
    dearest = ((int(seating.fit.max(initial=0)) + 1) * SCALE + heaviest) * (
        int(seating.need.sum()) + 1)  # filling one seat more outweighs any other difference
    spare = net.many(2 + np.arange(cases), np.full(cases, sink), seating.need, np.full(cases, dearest))
    tails = net.shared(seating.case * (int(seating.employer.max(initial=-1)) + 1) + seating.employer[seating.person],
                       seating.employer[seating.person] >= 0, 2 + seating.case, before=True)
    heads = net.shared(seating.dispute[seating.case] * people + seating.person, seating.dispute[seating.case] >= 0,
                       first_person + seating.person, before=False)
    pairs = net.many(tails, heads, np.ones(len(seating.fit), np.int64), -seating.fit * SCALE)
    _to_sink(net, seating, first_person, sink, load_cost)
    flow = min_cost_flow.SimpleMinCostFlow()
    tail, head, capacity, cost = net.arrays()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    supplies = np.zeros(net.nodes, np.int64)
    supplies[source], supplies[sink] = seating.need.sum(), -seating.need.sum()
    flow.set_nodes_supplies(np.arange(net.nodes), supplies)
    if (status := flow.solve()) != flow.OPTIMAL:
        raise RuntimeError(f"flow not solved: {status}")
    moved = flow.flows(arcs)
    chosen = moved[pairs] > 0
    return Seated(chosen, moved[spare].astype(np.int64), int(seating.fit[chosen].sum()))


def _to_sink(net: "_Net", seating: Seating, first: int, sink: int, load_cost: Ints | None) -> None:
    """A person's seats: a single arc if load costs nothing, else one arc for each, with rising cost."""
    people = np.arange(len(seating.room))
    if load_cost is None:
        net.many(first + people, np.full(len(people), sink), seating.room, np.zeros(len(people), np.int64))
        return
    wanted = np.bincount(seating.person, minlength=len(people))
    seats = np.minimum(seating.room, wanted)
    who = np.repeat(people, seats)
    nth = np.arange(len(who)) - np.repeat(np.cumsum(seats) - seats, seats) + seating.load[who]
    net.many(first + who, np.full(len(who), sink), np.ones(len(who), np.int64), load_cost[nth])


def _longest(seating: Seating) -> int:
    return int((seating.load + seating.room).max(initial=0)) + 1


class _Net:
    """Arcs collected before they are handed to the solver together."""

    def __init__(self) -> None:
        self.nodes = self._count = 0
        self._parts: list[tuple[Any, Any, Any, Any]] = []

    def many(self, tail: Ints, head: Ints, capacity: Ints, cost: Ints) -> Ints:
        """Add arcs; returns their positions."""
        self._parts.append((tail, head, capacity, cost))
        start, self._count = self._count, self._count + len(tail)
        return np.arange(start, self._count)

    def shared(self, key: Ints, wanted: NDArray[np.bool_], plain: Ints, *, before: bool) -> Ints:
        """The end nodes of the pairs: pairs that share a key meet in a node of capacity 1."""
        ends = plain.copy()
        if not wanted.any():
            return ends
        _keys, place, count = np.unique(key[wanted], return_inverse=True, return_counts=True)
        several = count > 1
        number = np.cumsum(several) - 1 + self.nodes
        chosen = np.flatnonzero(wanted)[several[place]]
        inner = number[place[several[place]]]
        owners = np.zeros(int(several.sum()), np.int64)
        owners[inner - self.nodes] = plain[chosen]
        nodes = self.nodes + np.arange(len(owners))
        ones, free = np.ones(len(owners), np.int64), np.zeros(len(owners), np.int64)
        self.many(owners if before else nodes, nodes if before else owners, ones, free)
        ends[chosen] = inner
        self.nodes += len(owners)
        return ends

    def arrays(self) -> tuple[Ints, Ints, Ints, Ints]:
        tail, head, capacity, cost = (np.concatenate([np.asarray(part[place], np.int64) for part in self._parts])
                                      for place in range(4))
        return tail, head, capacity, cost
