"""The life of an assignment (指派): which state may follow which. The names of the states are in the vocabularies."""

from functools import cache

from expertpool.foundation.data_file import plain_of, read
from expertpool.foundation.problems import UserProblem
from expertpool.rules import vocabulary
from expertpool.rules.schemas.cases import AssignmentStates


@cache
def _steps(way: str) -> dict[str, list[str]]:
    steps: dict[str, list[str]] = plain_of(read(AssignmentStates))[way]
    return steps


def is_open(state: str) -> bool:
    """Whether an assignment in this state counts as an open case of its person."""
    return vocabulary.flag("assignment_state", state, "open")


def open_states() -> list[str]:
    """The states that count as an open case of the person."""
    return [word.code for word in vocabulary.words("assignment_state") if word.flags.get("open")]


def next_states(state: str, way: str = "steps") -> list[str]:
    """The states that may follow: by hand, or, with ``way="recusal"``, through a recusal application and its
    decision."""
    return list(_steps(way).get(state, []))


def demand_step(before: str, after: str, way: str = "steps") -> None:
    """Raise ``assignment.step`` unless ``after`` may follow ``before``."""
    if after not in next_states(before, way):
        raise UserProblem("assignment.step", before=vocabulary.word("assignment_state", before),
                          after=vocabulary.word("assignment_state", after))
