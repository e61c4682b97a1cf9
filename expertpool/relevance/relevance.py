"""Relevance (相关度) of everybody to a text and to field codes, in parts that are shown and can be switched off.

Parts, each between 0 and 1: ``text`` (similarity of texts, the best counts 1), ``vote`` (fields of the people with
the most similar texts, see :mod:`field_vote`), ``codes`` (nearness of the case's fields to those held). The weights
are the rule book's (``ranking``).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from expertpool.fields.closeness import closeness
from expertpool.foundation.json_values import JsonMapping
from expertpool.relevance.field_vote import Floats, Holders, field_vote
from expertpool.relevance.text_index import TextIndex

PARTS = ("text", "vote", "codes")


def scores(similarity: Floats, voters: Holders, codes: Floats | None, rules: JsonMapping,
           without: Collection[str] = ()) -> tuple[Floats, dict[str, Floats]]:
    """The total, 0 to 1, and the parts; ``codes`` is the part of the given codes, None if none were given.

    With codes given the vote counts less: the case's own statement needs no guess.
    """
    best = float(similarity.max()) if len(similarity) else 0.0
    given = codes is not None and bool(codes.any())
    sharp, vote = (rules["vote_sharp"], rules["vote"]) if given else (rules["vote_sharp_alone"], rules["vote_alone"])
    votes = field_vote(similarity, voters, rules["vote_closest"], rules["vote_power"], sharp)
    zero = np.zeros_like(similarity)
    parts = {"text": similarity / np.float32(best) if best > 0 else similarity, "vote": voters.best(votes),
             "codes": codes if codes is not None else zero}
    parts |= {name: zero for name in without}
    weights = {"text": 1.0, "vote": vote, "codes": rules["codes"] if given else 0.0}
    total = sum((np.float32(weights[name]) * parts[name] for name in PARTS), zero)
    return np.asarray(total / np.float32(sum(weights.values())), np.float32), parts


@dataclass
class Relevance:
    """The people (or cases) of one state of the pool, as the ranking uses them. ``ids`` is the order of every
    answer."""

    ids: NDArray[np.int64]
    index: TextIndex[int]
    held: Holders  # codes as given
    main: NDArray[np.bool_]  # of each pair of ``held``
    voters: Holders  # the same at WIPO level
    rules: JsonMapping
    text_of: Callable[[int], str]
    _near: dict[tuple[str, ...], Floats] = field(default_factory=dict)

    def score(self, text: str, codes: Sequence[str] = (),
              without: Collection[str] = ()) -> tuple[NDArray[np.int64], Floats, dict[str, Floats]]:
        """Ids, totals and parts for a text and codes; parts named in ``without`` are left out."""
        similarity = self.similarity(text)
        near = self.near(codes) if codes and "codes" not in without else None
        total, parts = scores(similarity, self.voters, near, self.rules, without)
        return self.ids, total, parts

    def similarity(self, text: str) -> Floats:
        """Similarity 0 to 1 of the texts alone (cosine), in the order of ``ids``."""
        return self.index.query(text) if text.strip() else np.zeros(len(self.ids), np.float32)

    def near(self, codes: Sequence[str]) -> Floats:
        """Nearness 0 to 1 of the codes to those that each row holds; a field that is not the main one counts less."""
        wanted = tuple(dict.fromkeys(codes))
        if wanted not in self._near:
            worth = np.array([max((closeness(one, held).value for one in wanted), default=0.0)
                              for held in self.held.codes], np.float32)
            self._near.clear()  # the latest question is often asked again for its reasons, older ones are not
            self._near[wanted] = worth
        share = np.where(self.main, np.float32(1), np.float32(self.rules["other_field"]))
        return self.held.best(self._near[wanted], share)

    def words(self, text: str, one: int, most: int = 3) -> tuple[str, ...]:
        """Words that the text shares with the text of one person (or case): the reason shown."""
        return tuple(self.index.shared_terms(text, self.text_of(one), most))
