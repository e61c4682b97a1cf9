"""A plan of 1,000 cases × 10,000 experts against the bare flow solver on the same pairs."""

from collections.abc import Callable
from typing import Any

import numpy as np

from expertpool.planning.flow import SCALE, Seating, best, fair
from tests.benchmark.sizes import size

CASES, PEOPLE = size(1_000, 60), size(10_000, 600)
EACH, KEPT, CAP = 3, 50, 3


def question(seed: int = 5) -> Seating:
    """Fits with a common part of people and cases, 5 % of the pairs barred, the best 50 of each case kept."""
    draw = np.random.default_rng(seed)
    skill, wanted = draw.normal(size=(PEOPLE, 8)), draw.normal(size=(CASES, 8))
    fit = wanted @ skill.T
    fit = np.clip((fit - fit.min()) / (fit.max() - fit.min()), 0, 1)
    fit[draw.random(fit.shape) < 0.05] = -1
    top = np.argpartition(-fit, KEPT, axis=1)[:, :KEPT]
    case = np.repeat(np.arange(CASES), KEPT)
    person = top.ravel()
    points = np.round(fit[case, person] * 1000).astype(np.int64)
    return Seating(np.full(CASES, EACH), np.full(PEOPLE, CAP), np.zeros(PEOPLE, np.int64),
                   draw.integers(0, 4000, PEOPLE), np.full(CASES, -1), case, person, points)


def bare(seating: Seating) -> tuple[int, int]:
    """The same pairs straight into OR-tools, with no rule but room and need: empty seats and total fit."""
    from ortools.graph.python import min_cost_flow

    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink, people = CASES + PEOPLE, CASES + PEOPLE + 1, CASES
    dearest = (int(seating.fit.max()) + 1) * SCALE * (int(seating.need.sum()) + 1)
    flow.add_arcs_with_capacity_and_unit_cost(np.full(CASES, source), np.arange(CASES), seating.need,
                                              np.zeros(CASES, np.int64))
    pairs = flow.add_arcs_with_capacity_and_unit_cost(
        seating.case, people + seating.person, np.ones(len(seating.fit), np.int64), -seating.fit * SCALE)
    flow.add_arcs_with_capacity_and_unit_cost(people + np.arange(PEOPLE), np.full(PEOPLE, sink), seating.room,
                                              np.zeros(PEOPLE, np.int64))
    spare = flow.add_arcs_with_capacity_and_unit_cost(np.arange(CASES), np.full(CASES, sink), seating.need,
                                                      np.full(CASES, dearest))
    supplies = np.zeros(CASES + PEOPLE + 2, np.int64)
    supplies[source], supplies[sink] = seating.need.sum(), -seating.need.sum()
    flow.set_nodes_supplies(np.arange(len(supplies)), supplies)
    assert flow.solve() == flow.OPTIMAL
    return int(flow.flows(spare).sum()), int(seating.fit[flow.flows(pairs) > 0].sum())


def test_a_thousand_cases(figures: list[str], seconds: Callable[[Callable[[], Any]], float]) -> None:
    seating = question()
    alone = Seating(seating.need, seating.room, seating.load, np.full(PEOPLE, -1), seating.dispute, seating.case,
                    seating.person, seating.fit)
    floor = min(seconds(lambda: bare(seating)) for _turn in range(3))
    took = min(seconds(lambda: best(alone)) for _turn in range(3))
    with_rules = min(seconds(lambda: best(seating)) for _turn in range(3))
    evenly = min(seconds(lambda: fair(seating, 2.0)) for _turn in range(2))
    optimum, same, ruled, spread = bare(seating), best(alone), best(seating), fair(seating, 2.0)
    assert optimum == (int(same.empty.sum()), same.total)
    assert ruled.total <= same.total

    def said(answer: Any) -> str:
        chosen = np.flatnonzero(answer.chosen)
        cases, people = np.bincount(seating.case[chosen], seating.fit[chosen], CASES), np.bincount(seating.person[chosen])
        return (f"total {answer.total / 1000:.1f}, worst case {cases.min() / EACH / 1000:.3f}, "
                f"{int((people > 0).sum())} people, busiest {int(people.max())}, "
                f"{int(answer.empty.sum())} empty")

    figures.append(
        f"plan of {CASES:,} cases × {PEOPLE:,} people, {EACH} each: best {took:.2f} s against the bare solver "
        f"{floor:.2f} s (ratio {took / floor:.2f}, same optimum, {said(same)}); with employers apart "
        f"{with_rules:.2f} s ({said(ruled)}); fair {evenly:.2f} s ({said(spread)})")
