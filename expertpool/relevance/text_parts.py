"""The two parts of a score that come from texts: similarity of texts, and fields of the people with the most similar
texts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from expertpool.accounts.pool_protocol import Pool
from expertpool.foundation.json_values import JsonMapping
from expertpool.relevance.texts import people_texts, relevance

WORDS = 3
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class TextParts:
    """Parallel to the ids asked for: ``text`` and ``vote``, together at most 1.

    ``words(session, places by person)`` returns by person the words that the texts share, for those who are similar
    at all.
    """

    text: Floats
    vote: Floats
    words: Callable[[Session, Mapping[int, int]], dict[int, tuple[str, ...]]]


def text_parts(pool: Pool, text: str, codes: Sequence[str], ids: NDArray[np.int64],
               weights: JsonMapping) -> TextParts:
    """Both parts for these people. ``codes`` are the case's given codes: with them the vote counts less.

    ``weights`` are the parameters of the rule ``ranking``. Relevance is relative to the person with the most similar
    text; it counts fully only if that text is really similar.
    """
    zero = np.zeros(len(ids), np.float32)
    known = relevance(pool)
    if not text.strip() or not len(known.ids):
        return TextParts(zero, zero, lambda _session, _places: {})
    order = np.argsort(known.ids, kind="stable")
    sorted_ids = known.ids[order]
    at = np.minimum(np.searchsorted(sorted_ids, ids), len(sorted_ids) - 1)
    here = sorted_ids[at] == ids

    def beside(values: Floats) -> Floats:
        return np.where(here, values[order[at]], np.float32(0)).astype(np.float32)

    _ids, _total, parts = known.score(text, codes)
    vote = weights["vote"] if codes else weights["vote_alone"]
    cosine = beside(known.similarity(text))
    strength = min(1.0, float(cosine.max(initial=0.0)) / weights["text_full"])
    whole = 1.0 + vote

    def words(session: Session, places: Mapping[int, int]) -> dict[int, tuple[str, ...]]:
        close = [person for person, place in places.items() if cosine[place] > weights["text_least"]]
        return {person: tuple(known.index.shared_terms(text, document, WORDS))
                for person, document in people_texts(session, close).items()}

    return TextParts(beside(parts["text"]) * np.float32(strength / whole),
                     beside(parts["vote"]) * np.float32(strength * vote / whole), words)
