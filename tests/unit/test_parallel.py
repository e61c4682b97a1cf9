"""Work spread over helping processes: in order, with its errors, whatever becomes of a helper."""

import gc
import os

import pytest

from expertpool.foundation.parallel import collector_at_rest, spread
from expertpool.foundation.uids import new_uids


def doubled(number: int) -> int:
    return number * 2


def failing(number: int) -> int:
    if number == 3:
        raise ValueError(f"no {number}")
    return number


def dying(number: int, home: int) -> tuple[int, bool]:
    """Brings a helper down, but not the one who asked."""
    if os.getpid() != home and number == 1:
        os._exit(9)
    return number, os.getpid() == home


@pytest.mark.parametrize("alone", [True, False])
def test_results_come_in_the_order_of_the_tasks(alone: bool) -> None:
    assert list(spread(doubled, ((n,) for n in range(23)), alone=alone)) == [n * 2 for n in range(23)]


def test_no_task_is_no_result() -> None:
    assert list(spread(doubled, iter(()))) == []


def test_an_error_of_the_work_is_raised_where_its_result_would_be() -> None:
    results = spread(failing, ((n,) for n in range(9)))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="no 3"):
        next(results)


def test_what_a_dead_helper_left_is_done_here() -> None:
    home = os.getpid()
    results = list(spread(dying, ((n, home) for n in range(8))))
    assert [number for number, _here in results] == list(range(8))
    assert results[1][1]  # done by the one who asked


def test_tasks_are_drawn_only_as_helpers_are_free() -> None:
    drawn: list[int] = []

    def tasks() -> object:
        for number in range(100):
            drawn.append(number)
            yield (number,)

    results = spread(doubled, tasks())  # type: ignore[arg-type]
    next(results)
    assert len(drawn) < 20
    results.close()  # type: ignore[attr-defined]


def test_the_collector_rests_and_runs_again() -> None:
    assert gc.isenabled()
    with collector_at_rest():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.unfreeze()


def test_identifiers_ascend_and_differ() -> None:
    made = new_uids(5000)
    assert made == sorted(set(made))
    assert all(uid[14] == "7" and uid[19] in "89ab" and len(uid) == 36 for uid in made)
    assert not set(made) & set(new_uids(5000))
