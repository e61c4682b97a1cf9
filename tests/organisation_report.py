"""How well unit names are matched: ``python -m tests.organisation_report [--development]``.

Precision of *same*, recall of what is same, of one group or perhaps the same, on the labelled list
``tests/data/organisations/pairs.xlsx``. Its halves are told apart by the hash of the two names: the rules were
written against the half 调试, the half 留出 only measures (one author wrote both).
"""

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from expertpool.organisations.names import similar

PAIRS = Path(__file__).parent / "data" / "organisations" / "pairs.xlsx"
EXPECTED = {"同一单位": "same", "同一集团": "group", "待核实": "perhaps", "不同": "no"}
HALVES = {"调试": "development", "留出": "held out"}


@dataclass(frozen=True)
class LabelledNames:
    """Two names, what they are to each other, why, and the half of the list."""

    one: str
    two: str
    expected: str
    why: str
    half: str


@dataclass
class Score:
    """Counts of pairs and the mistakes: expected verdict, given verdict, reason, names."""

    said_same: int = 0
    rightly_same: int = 0
    alike: int = 0
    noticed: int = 0
    exact: int = 0
    needless: int = 0
    different: int = 0
    total: int = 0
    mistakes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.rightly_same / self.said_same if self.said_same else 1.0

    @property
    def recall(self) -> float:
        return self.noticed / self.alike if self.alike else 1.0

    def add(self, pair: LabelledNames) -> None:
        found = similar(pair.one, pair.two)
        self.total += 1
        self.exact += found.verdict == pair.expected
        if found.verdict == "same":
            self.said_same += 1
            self.rightly_same += pair.expected == "same"
        if pair.expected == "no":
            self.different += 1
            self.needless += found.verdict != "no"
        else:
            self.alike += 1
            self.noticed += found.verdict != "no"
        if found.verdict != pair.expected:
            self.mistakes.append(f"{pair.expected} -> {found.verdict} ({found.reason}): {pair.one} | {pair.two}")

    def __str__(self) -> str:
        return (f"{self.total} pairs, {self.different} different; precision of same {self.precision:.4f} "
                f"({self.rightly_same}/{self.said_same}); recall of same, group or perhaps {self.recall:.4f} "
                f"({self.noticed}/{self.alike}); needless {self.needless}; verdict as labelled "
                f"{self.exact / self.total:.4f}")


def labelled() -> list[LabelledNames]:
    """The labelled list."""
    from openpyxl import load_workbook

    book = load_workbook(PAIRS, read_only=True)
    try:
        rows = [[str(cell or "") for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    finally:
        book.close()
    start = next(number for number, row in enumerate(rows) if row[0] == "名称一") + 1
    return [LabelledNames(row[0], row[1], EXPECTED[row[2]], row[3], HALVES[row[4]]) for row in rows[start:] if row[0]]


def score(pairs: Iterable[LabelledNames]) -> Score:
    """Judge pairs."""
    found = Score()
    for pair in pairs:
        found.add(pair)
    return found


def microseconds(pairs: list[LabelledNames]) -> float:
    """Time of one comparison once all names have been read."""
    started, rounds = time.perf_counter(), 20
    for _round in range(rounds):
        for pair in pairs:
            similar(pair.one, pair.two)
    return (time.perf_counter() - started) / rounds / len(pairs) * 1e6


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--development", action="store_true", help="mistakes of the development half alone")
    only = parser.parse_args().development
    pairs = labelled()
    for half in HALVES.values():
        found = score(pair for pair in pairs if pair.half == half)
        print(f"{half}: {found}")
        if half == "development" or not only:
            for mistake in found.mistakes:
                print("   ", mistake)
    whole = score(pairs)
    print(f"whole list: {whole}")
    print(f"{microseconds(pairs):.1f} µs a pair")
    return 0 if whole.precision >= 0.99 and whole.recall >= 0.97 else 1


if __name__ == "__main__":
    sys.exit(main())
