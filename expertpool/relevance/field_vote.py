"""The field vote (领域投票): the people whose texts are most similar vote for their fields; whoever holds those
fields gains.

It depends on clean field codes, so it is a separate part that is shown and can be switched off. Its parameters are in
the rule book (``ranking``); nothing here loops over people.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from expertpool.fields.tree import tree

Floats = NDArray[np.float32]


def at_wipo_level(codes: Iterable[str]) -> frozenset[str]:
    """Codes of any level as WIPO fields, so that ``B62D`` and ``W32`` vote for the same; group codes stay."""
    fields = tree()
    found: set[str] = set()
    for code in codes:
        found |= {code} if code in fields.groups else set(fields.wipo_fields(code))
    return frozenset(found)


@dataclass(frozen=True)
class Holders:
    """Who holds which field: pairs of a row and an index into ``codes``, ascending by row; ``size`` rows in all."""

    codes: tuple[str, ...]
    row: NDArray[np.int32]
    code: NDArray[np.int32]
    size: int

    @classmethod
    def of(cls, held: Sequence[Collection[str]]) -> "Holders":
        """Make it from the codes of every row."""
        codes = tuple(sorted({code for one in held for code in one}))
        place = {code: number for number, code in enumerate(codes)}
        pairs = [(row, place[code]) for row, one in enumerate(held) for code in sorted(one)]
        row, code = np.array(pairs, np.int32).reshape(-1, 2).T
        return cls(codes, row, code, len(held))

    def best(self, worth: Floats, share: Floats | None = None) -> Floats:
        """For every row the largest worth among its codes (times ``share`` of the pair), 0 without any."""
        found = np.zeros(self.size, np.float32)
        if not len(self.row):
            return found
        values = worth[self.code] if share is None else worth[self.code] * share
        first = np.flatnonzero(np.concatenate([[True], self.row[1:] != self.row[:-1]]))
        found[self.row[first]] = np.maximum.reduceat(values, first)
        return found


def field_vote(similarity: Floats, holders: Holders, closest: int, power: float, sharp: float) -> Floats:
    """Each code's share of the votes; shares add up to 1, or are all 0 if nothing is similar.

    The ``closest`` rows vote with the amount by which their similarity exceeds the mean, raised to ``power``;
    ``sharp`` above 1 favours the leading codes.
    """
    votes = np.zeros(len(holders.codes), np.float32)
    if not len(similarity) or not len(votes):
        return votes
    above = np.maximum(similarity - similarity.mean(), 0)
    voters = closest_rows(above, closest)
    weight = np.zeros(len(above), np.float32)
    weight[voters] = above[voters] ** power
    votes = np.bincount(holders.code, weights=weight[holders.row], minlength=len(votes)).astype(np.float32)
    return _shares(_shares(votes) ** np.float32(sharp))


def _shares(votes: Floats) -> Floats:
    total = float(votes.sum())
    return votes / np.float32(total) if total > 0 else votes


def closest_rows(similarity: Floats, most: int) -> NDArray[np.int64]:
    """The rows with the highest similarity above 0, best first; ties in row order."""
    if 0 < most < len(similarity):
        rows = np.flatnonzero(similarity >= np.partition(similarity, -most)[-most])
    else:
        rows = np.arange(len(similarity) if most else 0)
    ordered = rows[np.argsort(-similarity[rows], kind="stable")][:most]
    return np.asarray(ordered[similarity[ordered] > 0], np.int64)
