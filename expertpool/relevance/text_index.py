"""Text similarity (文本相关度): tf-idf cosine over single characters and character pairs; Latin words and codes are
kept whole.

No word list or segmenter is used: Chinese text is cut into characters and neighbouring pairs. The weights of terms
(idf) are those of the last build; a text added or replaced later is weighed with them, so that a change costs only
one document. :attr:`TextIndex.stale` says when a new build is worthwhile. The texts themselves are not kept. A query
loops only over its own terms, never over documents.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from expertpool.foundation.progress import SILENT, Progress

Id = TypeVar("Id", int, str)
Floats = NDArray[np.float32]
Arrays = dict[str, NDArray[Any]]

BLOCK = 2_000  # documents weighed at once during a build: limits its memory
LARGE = 50_000  # from this many documents on, terms found in only one of them are dropped
PAIR_BIT = np.uint32(1 << 31)  # keeps hashes of pairs and words apart from single characters
WORD_BIT = np.uint32(1 << 30)
SINGLE = np.float32(0.6)  # weight of a single character compared with a pair
STALE = 0.05
COMMON = 8  # terms found in at least one in so many documents are kept as a whole row, which is added up in one pass
SCALE = np.float32(65535)  # weights are stored as 16-bit integers
_LATIN = re.compile(r"[0-9a-z]+(?:[./+\-][0-9a-z]+)*")
_LONGEST = 12


def normalised(text: str) -> str:
    """The text as the index compares it: NFKC, lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def _is_han(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    han: NDArray[np.bool_] = (codes >= 0x3400) & (codes <= 0x9FFF) | (codes >= 0x20000) & (codes <= 0x3FFFF)
    return han


def _keys(texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.uint32]]:
    """Row numbers and 32-bit term keys of normalised texts, one entry per occurrence.

    A single character's key is its code point, that of a pair or word a hash; two terms share a key too rarely to
    affect a ranking.
    """
    joined = "\n".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    row_of = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[:len(codes)]
    han = _is_han(codes)
    pair = han[:-1] & han[1:]
    mixed = codes[:-1] * np.uint32(0x9E3779B1) ^ codes[1:] * np.uint32(0x85EBCA6B)
    pairs = (mixed[pair] ^ (mixed[pair] >> np.uint32(15))) | PAIR_BIT
    at, words = [], []
    for match in _LATIN.finditer(joined):
        at.append(match.start())
        words.append(zlib.crc32(match[0].encode()) & 0x3FFFFFFF)
    latin = np.array(words, dtype=np.uint32) | WORD_BIT
    rows = np.concatenate([row_of[han], row_of[:-1][pair], row_of[np.array(at, dtype=np.int64)]])
    return rows, np.concatenate([codes[han], pairs, latin])


def _weights(keys: NDArray[np.uint32], counts: NDArray[Any]) -> Floats:
    """The part of a weight that depends only on the document."""
    weights: Floats = (1 + np.log(counts)).astype(np.float32)
    weights[keys < WORD_BIT] *= SINGLE
    return weights


@dataclass
class _Block:
    """Counted terms of some documents: ``keys[which]`` row by row, ``sizes`` the number of each row's terms."""

    sizes: NDArray[np.int64]
    keys: NDArray[np.uint32]
    which: NDArray[np.int32]
    counts: NDArray[np.uint8]


def _count(texts: Sequence[str]) -> _Block:
    rows, keys = _keys(texts)
    both, counts = np.unique(rows.astype(np.uint64) << np.uint64(32) | keys, return_counts=True)
    distinct, which = np.unique((both & np.uint64(0xFFFFFFFF)).astype(np.uint32), return_inverse=True)
    sizes = np.bincount((both >> np.uint64(32)).astype(np.int64), minlength=len(texts))
    return _Block(sizes, distinct, which.astype(np.int32), np.minimum(counts, 255).astype(np.uint8))


class TextIndex(Generic[Id]):
    """Finds documents about the same subject as a text. Make one with :meth:`build`."""

    def __init__(self) -> None:
        self._ids: list[Id] = []
        self._gone: set[int] = set()  # rows whose document was removed
        self._row: dict[Id, int] = {}
        self._vocabulary: NDArray[np.uint32] = np.zeros(0, np.uint32)
        self._idf: Floats = np.zeros(0, np.float32)
        self._start: NDArray[np.int64] = np.zeros(1, np.int64)
        # postings (which document holds which term), sorted by term
        self._rows: NDArray[np.int32] = np.zeros(0, np.int32)
        self._values: NDArray[np.uint16] = np.zeros(0, np.uint16)
        # position of a term among the whole rows; -1: it has postings
        self._place: NDArray[np.int32] = np.zeros(0, np.int32)
        self._whole: NDArray[np.uint16] = np.zeros((0, 0), np.uint16)
        self._built = 0  # number of rows that the postings cover
        self._outdated: set[int] = set()  # of those, the rows whose text changed or was removed
        self._fresh: dict[int, tuple[NDArray[np.uint32], Floats]] = {}  # rows weighed after the build
        self._fresh_joined: tuple[NDArray[np.int64], NDArray[np.uint32], Floats] | None = None
        self._alive: NDArray[np.bool_] | None = None

    @classmethod
    def build(cls, ids: Iterable[Id], texts: Iterable[str], progress: Progress = SILENT) -> "TextIndex[Id]":
        """Index texts under ids in the same order (each id once). Raises ValueError for a repeated id."""
        index = cls()
        index._ids = list(ids)
        plain = [normalised(text) for text in texts]
        index._row = {one: row for row, one in enumerate(index._ids)}
        if not len(index._ids) == len(plain) == len(index._row):
            raise ValueError("every id needs one text and may occur once")
        index._built = len(index._ids)
        blocks = list(index._blocks(plain, progress))
        del plain
        index._learn_terms(blocks)
        index._fill_postings(blocks, progress)
        index._spread_common()
        return index

    def _blocks(self, texts: list[str], progress: Progress) -> Iterator[_Block]:
        for start in range(0, self._built, BLOCK):
            progress.step(start, 2 * self._built)
            yield _count(texts[start:start + BLOCK])

    def _learn_terms(self, blocks: list[_Block]) -> None:
        """Work out vocabulary, document frequency and where each term's postings begin."""
        if not blocks:
            return
        holders = [np.bincount(block.which, minlength=len(block.keys)) for block in blocks]
        keys = np.concatenate([block.keys for block in blocks])
        self._vocabulary, place = np.unique(keys, return_inverse=True)
        held = np.bincount(place, weights=np.concatenate(holders)).astype(np.int64)
        if self._built >= LARGE:
            self._vocabulary, held = self._vocabulary[held > 1], held[held > 1]
        self._idf = self._rarity(held)
        self._start = np.concatenate([[0], np.cumsum(held)])

    def _rarity(self, held: NDArray[np.int64] | int) -> Floats:
        """idf of terms found in so many documents; smoothed, so that no term counts nothing."""
        return np.asarray(1 + np.log((1 + self._built) / (1 + np.asarray(held))), np.float32)

    def _fill_postings(self, blocks: list[_Block], progress: Progress) -> None:
        self._rows = np.zeros(int(self._start[-1]), np.int32)
        self._values = np.zeros(int(self._start[-1]), np.uint16)
        cursor = self._start[:-1].copy()
        for number in range(len(blocks)):
            progress.step(self._built + number * BLOCK, 2 * self._built)
            block, blocks[number] = blocks[number], _EMPTY  # its memory is freed as it is filled in
            term, known = self._terms(block.keys)
            kept = known[block.which]
            terms = term.astype(np.int32)[block.which][kept]
            rows = np.repeat(np.arange(len(block.sizes), dtype=np.int32), block.sizes)[kept]
            values = _weights(block.keys[block.which][kept], block.counts[kept]) * self._idf[terms]
            lengths = np.sqrt(np.bincount(rows, weights=values * values))
            values /= np.maximum(lengths, 1e-9).astype(np.float32)[rows]
            order = np.argsort(terms, kind="stable")
            terms = terms[order]
            distinct, first, counts = np.unique(terms, return_index=True, return_counts=True)
            at = cursor[terms] + np.arange(len(terms)) - np.repeat(first, counts)
            self._rows[at] = rows[order] + np.int32(number * BLOCK)
            self._values[at] = np.rint(values[order] * SCALE).astype(np.uint16)
            cursor[distinct] += counts
        progress.step(2 * self._built, 2 * self._built)

    def _spread_common(self) -> None:
        """Store the commonest terms as whole rows of documents instead of postings."""
        held = np.diff(self._start)
        common = np.flatnonzero(held * COMMON > max(self._built, LARGE))
        self._place = np.full(len(held), -1, np.int32)
        self._place[common] = np.arange(len(common), dtype=np.int32)
        self._whole = np.zeros((len(common), self._built), np.uint16)
        if not len(common):
            return
        for place, term in enumerate(common):
            run = slice(self._start[term], self._start[term + 1])
            self._whole[place, self._rows[run]] = self._values[run]
        kept = np.repeat(self._place < 0, held)
        self._rows, self._values = self._rows[kept], self._values[kept]
        self._start = np.concatenate([[0], np.cumsum(np.where(self._place < 0, held, 0))])

    def _terms(self, keys: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Positions of keys in the vocabulary, and which keys are in it."""
        if not len(self._vocabulary):
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.bool_)
        term = np.minimum(np.searchsorted(self._vocabulary, keys), len(self._vocabulary) - 1)
        return term, self._vocabulary[term] == keys

    def _vector(self, text: str) -> tuple[NDArray[np.uint32], Floats]:
        """Sorted keys and weights of a normalised text, scaled to length 1; unknown terms weigh most."""
        keys, counts = np.unique(_keys([text])[1], return_counts=True)
        term, known = self._terms(keys)
        rarest = self._rarity(0)
        idf = np.where(known, self._idf[term] if len(self._idf) else rarest, rarest)
        values = (_weights(keys, counts) * idf).astype(np.float32)
        return keys, values / np.float32(max(float(np.sqrt((values * values).sum())), 1e-9))

    @property
    def ids(self) -> list[Id]:
        """The ids in the order of :meth:`query`: as built, later additions at the end."""
        return [one for row, one in enumerate(self._ids) if row not in self._gone]

    def __contains__(self, one: object) -> bool:
        return one in self._row

    @property
    def stale(self) -> bool:
        """Whether so many texts changed since the build that a new one is worthwhile."""
        return len(self._outdated) + len(self._fresh) > max(50, STALE * self._built)

    def query(self, text: str) -> Floats:
        """Similarity 0 to 1 of every document to a text, in the order of :attr:`ids`."""
        keys, values = self._vector(normalised(text))
        scores: Floats = np.zeros(len(self._ids), np.float32)
        built = scores[:self._built]
        term, known = self._terms(keys)
        for position, value in zip(term[known].tolist(), (values[known] / SCALE).tolist(), strict=True):
            if self._place[position] >= 0:
                built += self._whole[self._place[position]] * np.float32(value)
            else:
                run = slice(self._start[position], self._start[position + 1])
                built[self._rows[run]] += self._values[run] * np.float32(value)
        if self._outdated:
            scores[list(self._outdated)] = 0
        if self._fresh and len(keys):
            rows, fresh_keys, fresh_values = self._fresh_entries()
            at = np.minimum(np.searchsorted(keys, fresh_keys), len(keys) - 1)
            shared = keys[at] == fresh_keys
            scores += np.bincount(rows[shared], weights=fresh_values[shared] * values[at[shared]],
                                  minlength=len(scores)).astype(np.float32)
        return np.minimum(scores[self._living()] if self._gone else scores, np.float32(1))

    def _living(self) -> NDArray[np.bool_]:
        if self._alive is None or len(self._alive) != len(self._ids):
            self._alive = np.ones(len(self._ids), np.bool_)
            self._alive[list(self._gone)] = False
        return self._alive

    def _fresh_entries(self) -> tuple[NDArray[np.int64], NDArray[np.uint32], Floats]:
        if self._fresh_joined is None:
            vectors = self._fresh.values()
            rows = np.repeat(np.fromiter(self._fresh, np.int64), [len(keys) for keys, _values in vectors])
            self._fresh_joined = (rows, np.concatenate([keys for keys, _values in vectors]),
                                  np.concatenate([values for _keys, values in vectors]))
        return self._fresh_joined

    def replace(self, one: Id, text: str) -> None:
        """Give a document a new text; an id not yet known is added at the end."""
        row = self._row.get(one)
        if row is None:
            row = self._row[one] = len(self._ids)
            self._ids.append(one)
        self._outdate(row)
        self._fresh[row] = self._vector(normalised(text))

    def remove(self, one: Id) -> None:
        """Take a document out. Raises KeyError for an unknown id."""
        row = self._row.pop(one)
        self._gone.add(row)
        self._outdate(row)

    def _outdate(self, row: int) -> None:
        if row < self._built:
            self._outdated.add(row)
        self._fresh.pop(row, None)
        self._fresh_joined = self._alive = None

    def copy(self) -> "TextIndex[Id]":
        """A separate index that can be changed; what was built is shared."""
        other = copy(self)
        other._ids, other._row, other._fresh = list(self._ids), dict(self._row), dict(self._fresh)
        other._gone, other._outdated = set(self._gone), set(self._outdated)
        return other

    def arrays(self) -> Arrays:
        """All arrays of an index whose ids are numbers, to be stored; no text can be reconstructed from them."""
        fresh = self._fresh_entries() if self._fresh else (
            np.zeros(0, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.float32))
        return {"ids": np.array(self._ids, np.int64), "gone": np.array(sorted(self._gone), np.int64),
                "vocabulary": self._vocabulary, "idf": self._idf, "start": self._start, "rows": self._rows,
                "values": self._values, "place": self._place, "whole": self._whole,
                "outdated": np.array(sorted(self._outdated), np.int64), "built": np.array([self._built]),
                "fresh_rows": fresh[0], "fresh_keys": fresh[1], "fresh_values": fresh[2],
                "fresh": np.array(list(self._fresh), np.int64)}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "TextIndex[int]":
        """The index from which :meth:`arrays` was taken."""
        index: TextIndex[int] = TextIndex()
        index._ids = arrays["ids"].tolist()
        index._gone = set(arrays["gone"].tolist())
        index._row = {one: row for row, one in enumerate(index._ids) if row not in index._gone}
        index._vocabulary, index._idf, index._start = arrays["vocabulary"], arrays["idf"], arrays["start"]
        index._rows, index._values = arrays["rows"], arrays["values"]
        index._place, index._whole = arrays["place"], arrays["whole"]
        index._outdated, index._built = set(arrays["outdated"].tolist()), int(arrays["built"][0])
        for row in arrays["fresh"].tolist():
            own = arrays["fresh_rows"] == row
            index._fresh[row] = (arrays["fresh_keys"][own], arrays["fresh_values"][own])
        return index

    def shared_terms(self, text: str, document: str, most: int = 5) -> list[str]:
        """Words that two texts share, to be shown as a reason: long and rare ones first."""
        found = sorted(_common_pieces(normalised(text), normalised(document)))
        worth = self._worth(found)
        return [found[at] for at in np.argsort(-worth, kind="stable")[:most]]

    def _worth(self, pieces: Sequence[str]) -> Floats:
        """For each piece the sum of the rarity of its pairs and words."""
        rows, keys = _keys(pieces)
        term, known = self._terms(keys)
        rarity = np.where(known, self._idf[term] if len(self._idf) else 0, self._rarity(0))
        rarity[keys < WORD_BIT] = 0
        return np.bincount(rows, weights=rarity, minlength=len(pieces)).astype(np.float32)


_EMPTY = _Block(np.zeros(0, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.int32), np.zeros(0, np.uint8))
_EDGES = "的了和与及在为对以其之中等于是有由被从而或该此将把可并所上下个种这那用法性型化"


def _common_pieces(text: str, document: str) -> set[str]:
    """The longest common pieces of Chinese text, at least two characters, and whole Latin words in both."""
    words = set(_LATIN.findall(document))
    found = {word for word in _LATIN.findall(text) if word in words and len(word) > 1 and not word.isdigit()}
    start = 0
    while start < len(text) - 1:
        length = 0
        while (length < _LONGEST and start + length < len(text) and "㐀" <= text[start + length] <= "鿿"
               and text[start:start + length + 1] in document):
            length += 1
        piece = text[start:start + length].strip(_EDGES) if length >= 2 else ""
        if len(piece) >= 2:
            found.add(piece)
        start += max(length - 1, 1)
    return {piece for piece in found if not any(piece != other and piece in other for other in found)}
