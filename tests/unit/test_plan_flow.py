"""The flow of seats against trying everything, on small questions; its rules on large ones."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertpool.planning.flow import Seated, Seating, best, fair
from tests.seeds import examples


def seating(need: list[int], room: list[int], pairs: list[tuple[int, int, int]], *, load: list[int] | None = None,
            employer: list[int] | None = None, dispute: list[int] | None = None) -> Seating:
    columns = np.array(pairs, np.int64).reshape(-1, 3)
    others = [np.array(values, np.int64) for values in (
        need, room, load or [0] * len(room), employer or [-1] * len(room), dispute or [-1] * len(need))]
    return Seating(*others, columns[:, 0], columns[:, 1], columns[:, 2])


def broken(question: Seating, answer: Seated) -> list[str]:
    """The hard rules, looked at one by one."""
    chosen = np.flatnonzero(answer.chosen)
    cases, people = question.case[chosen], question.person[chosen]
    found = []
    for case in range(len(question.need)):
        here = people[cases == case]
        if len(here) + answer.empty[case] != question.need[case]:
            found.append(f"need of {case}")
        units = [unit for unit in question.employer[here] if unit >= 0]
        if len(set(units)) < len(units) or len(set(here)) < len(here):
            found.append(f"employer in {case}")
    found += [f"room of {one}" for one in range(len(question.room)) if (people == one).sum() > question.room[one]]
    for one in range(len(question.room)):
        lines = [line for line in question.dispute[cases[people == one]] if line >= 0]
        if len(set(lines)) < len(lines):
            found.append(f"dispute of {one}")
    return found


def by_trying(question: Seating) -> tuple[int, int]:
    """Fewest empty seats, then greatest fit, over every way of seating."""
    ways = []
    for case, need in enumerate(question.need):
        edges = np.flatnonzero(question.case == case)
        ways.append([some for size in range(int(need) + 1) for some in combinations(edges, size)])
    found = (10**9, 0)
    for choice in product(*ways):
        chosen = np.zeros(len(question.fit), np.bool_)
        for some in choice:
            chosen[list(some)] = True
        empty = question.need - np.bincount(question.case[chosen], minlength=len(question.need))
        answer = Seated(chosen, empty, int(question.fit[chosen].sum()))
        if not broken(question, answer):
            found = min(found, (int(empty.sum()), -answer.total))
    return found


@st.composite
def questions(draw: st.DrawFn) -> Seating:
    cases, people = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    pairs = [(case, person, draw(st.integers(1, 60))) for case in range(cases) for person in range(people)
             if draw(st.booleans())]
    return seating([draw(st.integers(1, 2)) for _ in range(cases)], [draw(st.integers(0, 2)) for _ in range(people)],
                   pairs, load=[draw(st.integers(0, 2)) for _ in range(people)],
                   employer=[draw(st.integers(-1, 1)) for _ in range(people)],
                   dispute=[draw(st.integers(-1, 0)) for _ in range(cases)])


@examples(120)
@given(questions())
def test_the_best_way_is_the_best_of_all_ways(question: Seating) -> None:
    answer = best(question)
    assert broken(question, answer) == []
    assert (int(answer.empty.sum()), -answer.total) == by_trying(question)


@examples(60)
@given(questions())
def test_the_fair_way_breaks_no_rule_and_fills_as_many_seats(question: Seating) -> None:
    plain, answer = best(question), fair(question, 1.0)
    assert broken(question, answer) == []
    assert answer.empty.sum() == plain.empty.sum()
    if answer.chosen.any() and plain.chosen.any():
        assert question.fit[answer.chosen].min() >= question.fit[plain.chosen].min()


def test_equals_go_to_whom_less_was_given() -> None:
    answer = best(seating([1, 1], [2, 2], [(0, 0, 50), (0, 1, 50), (1, 0, 50), (1, 1, 50)], load=[1, 0]))
    assert np.bincount(np.array([0, 1, 0, 1])[answer.chosen]).tolist() in ([1, 1], [0, 2])


def test_fair_takes_load_off_one_person() -> None:
    pairs = [(case, 0, 600) for case in range(3)] + [(case, 1, 590) for case in range(3)] + [(3, 2, 400)]
    question = seating([1, 1, 1, 1], [3, 3, 1], pairs)
    assert best(question).chosen.tolist() == [True] * 3 + [False] * 3 + [True]
    assert fair(question, 2.0).chosen[3:6].any()


@pytest.mark.parametrize("need", [[], [1]])
def test_nothing_to_choose_from_leaves_seats_empty(need: list[int]) -> None:
    assert best(seating(need, [], [])).empty.tolist() == need
