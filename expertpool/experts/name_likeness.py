"""How alike two names of persons are (姓名比对): spelling, sound, one character apart. Pure and fast."""

import re
from functools import cache, lru_cache

from expertpool.foundation.data_file import plain_of, read
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.surnames import Surnames
from expertpool.foundation.text import fold
from expertpool.rules.schemas.people import Duplicates, NameVariants

_BRACKETS = re.compile(r"[(（\[［【〔][^()（）\[\]［］【】〔〕]*[)）\]］】〕]?")
_HAN_ONLY = re.compile("[\u4e00-\u9fff]+")


@cache
def limits() -> JsonObject:
    """The thresholds of recognition, as the rule file gives them."""
    return plain_of(read(Duplicates))


@cache
def _variants() -> dict[int, str]:
    content = read(NameVariants)
    return dict(zip(map(ord, content.variants), content.usual, strict=True))


class _Sounds(dict[int, str]):
    """Character → its usual syllable, each looked up once."""

    def __missing__(self, character: int) -> str:
        from pypinyin import lazy_pinyin

        syllable = self[character] = " ".join(lazy_pinyin(chr(character))) + " "
        return syllable


_SOUNDS = _Sounds()


@cache
def _surnames() -> dict[str, str]:
    return {name: reading + " " for name, reading in read(Surnames).readings.items()}


def spelling(name: str) -> str:
    """The name for strict comparison: folded, including text in brackets."""
    return name if _HAN_ONLY.fullmatch(name) else fold(name)


@lru_cache(maxsize=8192)  # needed three times for each row
def bare_spelling(name: str) -> str:
    """The name without a suffix in brackets, in simplified and common characters: ``張偉（女）`` → ``张伟``."""
    if not _HAN_ONLY.fullmatch(name):
        name = fold(_BRACKETS.sub("", name)) or fold(name)
    return name.translate(_variants())


@lru_cache(maxsize=8192)
def sound(bare: str) -> str:
    """Pinyin of a bare spelling, one syllable a character; a surname in its reading as a surname."""
    readings = _surnames()
    for length in (2, 1):
        if reading := readings.get(bare[:length]):
            return reading + bare[length:].translate(_SOUNDS)
    return bare.translate(_SOUNDS)


def one_apart(one: str, other: str) -> bool:
    """Whether two names differ in one character changed, added or left out; with two characters, the first must
    agree."""
    if not one or not other or (one[0] != other[0] and one[-1] != other[-1]):  # nearly every pair is decided here
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    shortest, longest = _lengths()
    if len(short) < shortest or len(long) > longest or (len(long) == 2 and short[0] != long[0]):
        return False
    return _apart(short, long)


@cache
def _lengths() -> tuple[int, int]:
    return int(limits()["name_shortest"]), int(limits()["name_longest"])


def _apart(short: str, long: str) -> bool:
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    if len(long) - len(short) != 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1:]


def number_near(one: str, other: str) -> bool:
    """Whether two numbers differ in one digit, in one digit left out, or in two neighbouring digits swapped."""
    short, long = sorted((one, other), key=len)
    if _apart(short, long):
        return True
    if len(short) != len(long):
        return False
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (len(places) == 2 and places[1] == places[0] + 1 and one[places[0]] == other[places[1]]
            and one[places[1]] == other[places[0]])
