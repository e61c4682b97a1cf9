"""The vocabularies of the register (词表): stored codes, their Chinese and English, spellings met in spreadsheets.

The words are data in ``resources/rules/vocabularies.json``, where every kind names its source.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from expertpool.foundation.language import language

if TYPE_CHECKING:
    from expertpool.rules.schemas.words import VocabularyWord

_OWN_KEYS = {"code", "zh", "en", "synonyms"}
_IGNORED = re.compile(r"[\s\u200b-\u200d\ufeff]+")


@dataclass(frozen=True)
class Word:
    """One word of a vocabulary. ``flags`` are further facts, e.g. ``open`` of an assignment state."""

    code: str
    zh: str
    en: str
    synonyms: tuple[str, ...] = ()
    flags: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One vocabulary, e.g. ``role``. ``drop_ending`` may be missing in a text (汉 for 汉族); with ``match`` =
    ``ending`` a longer text is matched by its end (工学博士 as 博士)."""

    name: str
    zh: str
    source: str
    words: tuple[Word, ...]
    drop_ending: str = ""
    match: str = ""


def plain(text: str) -> str:
    """Text in the form in which words are compared: NFKC, lower case, no white space."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).lower()


@cache
def _kinds() -> dict[str, Kind]:
    from expertpool.foundation.data_file import read  # imports pydantic, so only when words are asked for
    from expertpool.rules.schemas.words import Vocabularies

    return {name: Kind(name, kind.zh, kind.source, tuple(map(_word, kind.words)), kind.drop_ending or "",
                       kind.match or "")
            for name, kind in read(Vocabularies).kinds.items()}


def _word(entry: "VocabularyWord") -> Word:
    facts = entry.model_dump(exclude_unset=True)
    return Word(entry.code, entry.zh, entry.en, entry.synonyms,
                {name: fact for name, fact in facts.items() if name not in _OWN_KEYS})


def kinds() -> list[str]:
    """The names of all vocabularies."""
    return list(_kinds())


def words(kind: str) -> tuple[Word, ...]:
    """All words of a vocabulary, in its order. An unknown ``kind`` raises ``KeyError``."""
    return _kinds()[kind].words


@cache
def _by_code(kind: str) -> dict[str, Word]:
    return {word.code: word for word in words(kind)}


@cache
def _spellings(kind: str) -> dict[str, str]:
    """Spelling in comparable form → code; codes and names take precedence over synonyms."""
    ending = _kinds()[kind].drop_ending
    found: dict[str, str] = {}
    for word in words(kind):
        for text in (word.code, word.zh, word.en):
            found.setdefault(plain(text), word.code)
    for word in words(kind):
        for text in (*word.synonyms, word.zh.removesuffix(ending) if ending else word.zh):
            found.setdefault(plain(text), word.code)
    return found


def word(kind: str, code: str | None, language: str | None = None) -> str:
    """The word shown for a stored code, in ``language`` (``zh_CN``, ``en``) or the one in force.

    An unknown code is shown as it is, an empty one as "".
    """
    known = _by_code(kind).get(code or "")
    if known is None:
        return code or ""
    return known.en if _english(language) else known.zh


def choices(kind: str, language: str | None = None) -> list[tuple[str, str]]:
    """(code, shown word) of every word, for lists to choose from."""
    return [(entry.code, entry.en if _english(language) else entry.zh) for entry in words(kind)]


def code_of(kind: str, text: str | None) -> str | None:
    """The code that a text means: a code, a Chinese or English word or a known spelling; None if unknown."""
    key = plain(text or "")
    if not key:
        return None
    known = _spellings(kind)
    if key in known:
        return known[key]
    if _kinds()[kind].match == "ending":
        return next((code for spelling, code in known.items() if key.endswith(spelling)), None)
    return None


def knows(kind: str, code: str) -> bool:
    """Whether a code belongs to the vocabulary."""
    return code in _by_code(kind)


def flag(kind: str, code: str | None, name: str) -> bool:
    """Whether a word carries a flag; False for unknown codes."""
    return bool(value(kind, code, name))


def value(kind: str, code: str | None, name: str) -> Any:
    """A further fact about a word, e.g. the ``rank`` of an education; None if it has none."""
    known = _by_code(kind).get(code or "")
    return known.flags.get(name) if known else None


def source(kind: str) -> str:
    """Where the words of a vocabulary come from (law, standard or practice)."""
    return _kinds()[kind].source


def _english(wanted: str | None) -> bool:
    return (wanted or language()).lower().startswith("en")
