"""Which fields the words of a text point to: titles, typical terms and aliases of the fields, prepared for
look-up."""

import math
import re
from collections import Counter, defaultdict
from functools import cache
from typing import Any, NamedTuple

from expertpool.fields import taxonomy
from expertpool.fields.tree import plain, tree

# weights: of a court's word, of a typical term, of a further term, of a title
ALIAS, TERM, WORD, TITLE = 1.2, 1.0, 0.9, 0.6
SINGLE = 1.0  # weight of a single character compared with a pair
LESSER = 0.8  # weight of the second and later codes of an alias
_SEPARATORS = re.compile(r"[；、，。;,:：!?！？|｜/／\s（）()【】\[\]“”\"《》]+")
_PIECES = re.compile(r"[；、，;,()（）/]|及其|以及|或其")


class Hit(NamedTuple):
    """A word of the lexicon found in a text. ``inner``: it is part of a longer word also found."""

    word: str
    inner: bool


class Lexicon:
    """Words → codes with weights; and, for words in no list, the characters and character pairs of every IPC
    place."""

    def __init__(self) -> None:
        self.words: dict[str, dict[str, float]] = defaultdict(dict)
        self.vague = frozenset(map(plain, taxonomy.common_words()["vague"]))
        self._noise = re.compile("|".join(sorted(taxonomy.common_words()["noise"], key=len, reverse=True)))
        texts: dict[str, list[str]] = defaultdict(list)
        self._read_aliases()
        self._read_terms(texts)
        self._read_words(texts)
        self._read_titles(texts)
        self._lengths: dict[str, list[int]] = defaultdict(list)
        for word in sorted(self.words, key=len, reverse=True):
            if len(word) not in self._lengths[word[0]]:
                self._lengths[word[0]].append(len(word))
        self._features, self._places = _weigh_features(texts)

    def _read_aliases(self) -> None:
        for alias in taxonomy.aliases():
            for rank, code in enumerate(alias.codes):
                for word in alias.words:
                    self._add(word, code, ALIAS if rank == 0 else LESSER)

    def _read_terms(self, texts: dict[str, list[str]]) -> None:
        for field, place, words in taxonomy.terms():
            at_home = field in tree().wipo_fields(place)  # our own fields merely border on an IPC place
            for word in words:
                if not at_home:
                    self._add(word, field, TERM)
                if place:
                    self._add(word, place, TERM if at_home else TITLE)
                texts[place or field].append(plain(word))

    def _read_words(self, texts: dict[str, list[str]]) -> None:
        for place, words in taxonomy.words().items():
            for word, share in words:
                if len(word) > 1:
                    self._add(word, place, WORD * share)
                texts[place].append(plain(word))

    def _read_titles(self, texts: dict[str, list[str]]) -> None:
        fields = tree()
        for code in (*fields.groups, *fields.wipo):
            for piece in pieces(fields.node(code).zh):
                self._add(piece, code, ALIAS)
        for symbol, title in taxonomy.ipc().items():
            if len(symbol) == 4 and not symbol.endswith("99Z"):
                for piece in pieces(title.zh):
                    texts[symbol].append(piece)
                    if 2 <= len(piece) <= 8:
                        self._add(piece, symbol, TITLE)

    def pieces_of(self, text: str) -> list[str]:
        """The pieces of a text between separators, normalised by :func:`plain`, without meaningless words.

        A piece that is itself a word of the lexicon is kept whole.
        """
        found = []
        for piece in map(plain, _SEPARATORS.split(text)):
            whole = [piece] if piece in self.words else self._noise.split(piece)
            found += [part for part in whole if part]
        return found

    def _add(self, word: str, code: str, weight: float) -> None:
        codes = self.words[plain(word)]
        codes[code] = max(weight, codes.get(code, 0.0))

    def find(self, text: str) -> list[Hit]:
        """The lexicon's words in a text already normalised by :func:`plain`; longer ones first at each position."""
        found: dict[Hit, None] = {}
        covered = 0
        for start, character in enumerate(text):
            for length in self._lengths.get(character, ()):
                word = text[start:start + length]
                if word in self.words and _stands_alone(text, start, start + length):
                    found[Hit(word, start + length <= covered)] = None
                    covered = max(covered, start + length)
        return list(found)

    def resemblance(self, text: str) -> dict[str, float]:
        """Cosine similarity (0 to 1) of the characters and pairs of a text and those of every IPC place."""
        import numpy as np

        found, weights, length = [], [], 0.0
        for feature, count in Counter(_features(text)).items():
            held = self._features.get(feature)
            rarity = math.log(len(self._places) / len(held[0])) if held else math.log(len(self._places))
            weight = (1 + math.log(count)) * rarity * (SINGLE if len(feature) == 1 else 1.0)
            length += weight * weight
            if held:
                found.append(held[0])
                weights.append(held[1] * np.float32(weight))
        if not found:
            return {}
        scores = np.bincount(np.concatenate(found), np.concatenate(weights)) / math.sqrt(length or 1.0)
        return {self._places[at]: float(scores[at]) for at in np.flatnonzero(scores)}


def pieces(title: str) -> list[str]:
    """The words of a title, split at its punctuation."""
    return [plain(piece) for piece in _PIECES.split(title) if piece.strip()]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a word found is no part of a longer Latin word or abbreviation (CT in "product")."""
    return not ((_latin(text[start:start + 1]) and start and _latin(text[start - 1]))
                or (_latin(text[end - 1:end]) and end < len(text) and _latin(text[end])))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _features(text: str) -> list[str]:
    """Neighbouring pairs and, for Chinese, single characters."""
    pairs = [text[i:i + 2] for i in range(len(text) - 1) if not (text[i].isascii() and text[i + 1].isascii())]
    return [*pairs, *(character for character in text if "㐀" <= character <= "鿿")]


def _weigh_features(texts: dict[str, list[str]]) -> tuple[dict[str, tuple[Any, Any]], list[str]]:
    """tf-idf of the features, each place's weights scaled to length 1: places by number and weights, by feature."""
    import numpy as np

    counts = {code: Counter(feature for word in words for feature in _features(word))
              for code, words in texts.items()}
    held = Counter(feature for found in counts.values() for feature in found)
    size = len(counts) + 1
    postings: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for place, found in enumerate(counts.values()):
        weights = {feature: (1 + math.log(n)) * math.log(size / held[feature])
                   * (SINGLE if len(feature) == 1 else 1.0) for feature, n in found.items()}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for feature, weight in weights.items():
            postings[feature][0].append(place)
            postings[feature][1].append(weight / norm)
    return {feature: (np.array(places, np.int32), np.array(shares, np.float32))
            for feature, (places, shares) in postings.items()}, list(counts)


@cache
def lexicon() -> Lexicon:
    """The one lexicon, built at the first call."""
    return Lexicon()
