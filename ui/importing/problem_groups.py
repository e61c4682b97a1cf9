"""Problems that say the same about one column, as one line each (问题归并); updated row by row."""

from collections.abc import Iterable

from expertpool.foundation.problems import Problem, Severity

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
Group = list[tuple[Problem, object]]  # (problem, its row or None)


class ProblemGroups:
    """Groups in the order in which they first occurred; filled in a worker, changed in the window's thread."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, ...], Group] = {}

    def add(self, problem: Problem, row: object) -> None:
        """A problem of a row, or of a file."""
        self._groups.setdefault(_key(problem), []).append((problem, row))

    def replace(self, row: object, before: Iterable[Problem], now: Iterable[Problem]) -> None:
        """A row was read again."""
        for problem in before:
            key = _key(problem)
            left = [one for one in self._groups.pop(key, []) if one[1] is not row]
            if left:
                self._groups[key] = left
        for problem in now:
            self.add(problem, row)

    def all(self) -> list[Group]:
        """Every group, gravest first."""
        return sorted(self._groups.values(), key=lambda group: _ORDER[Severity(group[0][0].severity)])


def _key(problem: Problem) -> tuple[str, ...]:
    """What is equal in problems that say the same; each hidden row counts separately."""
    said = problem.code if problem.code == "hidden_row" else problem.text
    return str(problem.severity), problem.file, problem.sheet, problem.field, said
