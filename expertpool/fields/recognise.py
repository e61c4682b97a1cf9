"""From a text to technical fields: from a specialty in a roster ("电机与电力电子") or from the issue of a case."""

import math
from collections import defaultdict
from dataclasses import dataclass

from expertpool.fields.lexicon import lexicon
from expertpool.fields.symbols import find_symbols
from expertpool.fields.tree import plain, tree

EXACT = 1.5  # weight of a piece of the text that is itself a known word
LONG = 5  # from this length on, known words are also searched for words inside them
VAGUE = 0.2  # exceptions: 设计 in 船舶设计 does not mean industrial design
INNER = 0.3  # weight of a word inside a longer known word: 电机 in 电机控制
LIKE, LIKE_ALONE = 0.03, 0.05  # below this a resemblance is chance: beside a known word, and where no word was found
RESEMBLANCE = 2.0  # weight of the resemblance of character pairs, compared with whole words
HANDED_UP = 0.85  # what a WIPO field gets from its best IPC place, and from further places
FURTHER = 0.35
HANDED_DOWN = 0.25  # a field named directly also raises its own places
DOUBT = 0.5  # evidence at which a guess gets the value one half
LEAST = 0.08
EARLY = 0.85  # in titles the main thing comes last: weight of the first word compared with the last
MOST_BELOW = 5  # IPC places that count for their class or section
BACK_OFF = 2.0  # weight of the resemblance of characters for sections and classes
_WIDE = {"section": 1, "class": 3}  # kinds reported only if asked for → length of their codes


@dataclass(frozen=True, slots=True)
class FieldGuess:
    """A field to which the text points. ``value`` 0 to 1; ``words`` are the words of the text that led there, best
    first."""

    code: str
    value: float
    words: tuple[str, ...]


def recognise(text: str, most: int = 10, kinds: tuple[str, ...] = ()) -> list[FieldGuess]:
    """The fields of a text, best first: IPC symbols written in it, then what its words point to.

    ``kinds`` keeps only guesses of these kinds (``group``, ``wipo``, ``subclass``, ``symbol``); ``section`` and
    ``class`` are given only where they are asked for. A text that
    names no technical field gives an empty list.
    """
    symbols = find_symbols(text)
    evidence, words = _evidence(text)
    fields = tree()
    guesses = [FieldGuess(symbol, 1.0, (symbol,)) for symbol in symbols]
    for symbol in symbols:
        for field in fields.wipo_fields(symbol):
            evidence[field] = evidence.get(field, 0.0) + 4.0
            words.setdefault(field, {})[symbol] = 4.0
    ranked = sorted(evidence.items(), key=lambda item: (-item[1], item[0]))
    for code, score in ranked:
        value = round(0.99 * score / (score + DOUBT), 4)
        if value >= LEAST and code not in symbols:
            led = sorted(words.get(code, {}).items(), key=lambda item: (-item[1], item[0]))
            guesses.append(FieldGuess(code, value, tuple(word for word, _weight in led[:5])))
    if kinds:
        guesses = [guess for guess in guesses if fields.node(guess.code).kind in kinds]
        if wider := [kind for kind in kinds if kind in _WIDE]:
            near = lexicon().resemblance(" ".join(lexicon().pieces_of(text)))
            guesses += [guess for kind in wider for guess in _wider(kind, evidence, near, words)]
            guesses.sort(key=lambda guess: (-guess.value, guess.code))
    return guesses[:most]


def _wider(kind: str, evidence: dict[str, float], near: dict[str, float],
           words: dict[str, dict[str, float]]) -> list[FieldGuess]:
    """IPC sections or classes: the best place below counts in full, further ones in part.

    Without any known word the resemblance of characters decides: too weak for a subclass, but enough for a section.
    """
    below: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for place in evidence.keys() | near.keys():
        if len(place) >= 4:
            score = evidence.get(place, 0.0) + BACK_OFF * near.get(place, 0.0)
            below[place[:_WIDE[kind]]].append((score, place))
    found = []
    for code, lent in below.items():
        lent.sort(reverse=True)
        score = lent[0][0] + FURTHER * sum(value for value, _place in lent[1:MOST_BELOW])
        led = sorted(words.get(lent[0][1], {}).items(), key=lambda item: (-item[1], item[0]))
        found.append(FieldGuess(code, round(0.99 * score / (score + DOUBT), 4), tuple(word for word, _w in led[:5])))
    return [guess for guess in found if guess.value >= LEAST]


def _evidence(text: str) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Scores of every code, and the words that gave them."""
    known = lexicon()
    scores: dict[str, float] = defaultdict(float)
    words: dict[str, dict[str, float]] = defaultdict(dict)
    open_pieces: list[str] = []
    for piece in dict.fromkeys(known.pieces_of(text)):
        open_pieces.append(piece)
        if piece in known.words:
            _count(piece, EXACT, scores, words)
            if len(piece) < LONG:
                continue
        for word, inner in known.find(piece):
            if word != piece:
                late = (piece.find(word) + len(word)) / len(piece)
                part = (INNER if inner else 1.0) * (VAGUE if word in known.vague else 1.0)
                part *= EARLY + (1 - EARLY) * late
                _count(word, part, scores, words)
    rest = " ".join(open_pieces)
    for code, likeness in known.resemblance(rest).items():
        if code not in words and likeness > LIKE_ALONE and (shared := _shared(rest, code)):
            words[code].update(shared)
        if code in words and likeness > LIKE:
            scores[code] += RESEMBLANCE * likeness
    _between_levels(scores, words)
    return scores, words


def _count(word: str, part: float, scores: dict[str, float], words: dict[str, dict[str, float]]) -> None:
    """Add the score of a word; longer words count more, words of many fields less."""
    codes = lexicon().words[word]
    said = part * math.log2(1 + len(word)) / (1 + 0.5 * math.log2(len(codes)))
    for code, weight in codes.items():
        scores[code] += weight * said
        words[code][word] = max(weight * said, words[code].get(word, 0.0))


def _shared(text: str, code: str) -> dict[str, float]:
    """The longest pieces of the text that occur in a field's title: the reason why a resemblance was found."""
    title = plain(tree().node(code).zh)
    found = {text[i:i + n] for n in (4, 3, 2) for i in range(len(text) - n + 1)
             if text[i:i + n] in title and "；" not in text[i:i + n]}
    longest = [piece for piece in found if not any(piece != other and piece in other for other in found)]
    return {piece: 0.1 * len(piece) for piece in longest}


def _between_levels(scores: dict[str, float], words: dict[str, dict[str, float]]) -> None:
    """Places pass their score on to their WIPO field; a field named directly raises those of its places that have a
    score."""
    fields = tree()
    direct = {code: score for code, score in scores.items() if code in fields.wipo}
    below: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for place, score in list(scores.items()):
        if place in fields.wipo or place in fields.groups:
            continue
        above = fields.wipo_fields(place)
        for field in above:
            below[field].append((score / len(above), place))
            scores[place] += HANDED_DOWN * min(direct.get(field, 0.0), score)
    for field, lent in below.items():
        lent.sort(reverse=True)
        scores[field] += HANDED_UP * lent[0][0] + FURTHER * sum(score for score, _place in lent[1:])
        for _score, place in lent:
            for word, weight in words.get(place, {}).items():
                words[field].setdefault(word, weight * HANDED_UP)
