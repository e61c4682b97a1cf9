"""What a column heading means: its spellings are data in ``resources/rules/headers.json``."""

import json
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from expertpool.foundation.places import resource
from expertpool.foundation.text import strip_controls

KINDS = ("experts", "cases")
_NOTES = re.compile(r"[(\[【〔<{][^()\[\]【】〔〕<>{}]*[)\]】〕>}]?")
_MARKS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"[\n/|>·—-]|(?<=\S)\s+(?=\S)")
_LONGEST = 24  # letters of a heading; a longer cell is a sentence or a title line
_EXACT, _BARE, _PART, _AFFIX, _TAIL = 1.0, 0.98, 0.95, 0.9, 0.75
_LEAST_ALIKE = 0.8  # difflib ratio below which two headings are strangers


def header_key(text: str, notes: bool = False) -> str:
    """The form headings are compared in: NFKC, lower case, without spaces, marks and bracketed notes.

    With ``notes`` the words in brackets stay, their brackets go: ``联系方式（手机）`` → ``联系方式手机``.
    """
    plain = unicodedata.normalize("NFKC", strip_controls(text))
    return _MARKS.sub("", plain if notes else _NOTES.sub("", plain)).lower()


@dataclass(frozen=True)
class _Spellings:
    fields: dict[str, str]  # key → field
    tails: tuple[tuple[str, str], ...]  # Han keys, longest first, that may end a longer heading
    before: tuple[str, ...]
    after: tuple[str, ...]
    other_people: tuple[str, ...]  # 联系人…, 填报人…: not the expert's own


@cache
def _spellings(kind: str) -> _Spellings:
    content = json.loads(resource("rules", "headers.json").read_text(encoding="utf-8"))
    fields = {header_key(word, notes=True): field for field, words in content[kind].items() for word in words}
    never = set(content["never_tail"])
    han = sorted((key for key in fields if len(key) >= 2 and not key.isascii() and key not in never),
                 key=len, reverse=True)
    affixes = content["affixes"]
    return _Spellings(fields, tuple((key, fields[key]) for key in han), tuple(affixes["before"]),
                      tuple(affixes["after"]), tuple(content["other_people"]))


def canonical_fields(kind: str = "experts") -> list[str]:
    """Every field a heading of this kind can mean, combined ones included."""
    content = json.loads(resource("rules", "headers.json").read_text(encoding="utf-8"))
    return list(content[kind])


@lru_cache(maxsize=20_000)
def match_header(text: str, kind: str = "experts") -> tuple[str, float]:
    """The field a heading means and how sure that is (0–1); ``("", 0.0)`` for a stranger.

    Joined headings of several rows (``联系方式/手机``) count by their last part.
    """
    known = _spellings(kind)
    whole, bare = header_key(text, notes=True), header_key(text)
    if not whole or len(whole) > 2 * _LONGEST:
        return "", 0.0
    if field := known.fields.get(whole):
        return field, _EXACT
    if field := known.fields.get(bare):
        return field, _BARE
    parts = [part for part in _PARTS.split(text) if part and part.strip()]
    if len(parts) > 1:
        for start in range(1, len(parts)):
            field, sure = match_header("".join(parts[start:]), kind)
            if sure >= _AFFIX:
                return field, min(sure, _PART)
    return _loose(bare or whole, known)


def _loose(key: str, known: _Spellings) -> tuple[str, float]:
    """A heading with something before or behind a known one, or misspelt."""
    if key.startswith(known.other_people):
        return "", 0.0
    for short in _without_affixes(key, known):
        if field := known.fields.get(short):
            return field, _AFFIX
    if key.isdigit() or len(key) > _LONGEST:
        return "", 0.0
    for tail, field in known.tails:
        if key.endswith(tail) and len(key) > len(tail):
            return field, _TAIL
    if len(key) >= 4 and (near := get_close_matches(key, known.fields, n=1, cutoff=_LEAST_ALIKE)):
        return known.fields[near[0]], 0.7
    return "", 0.0


def _without_affixes(key: str, known: _Spellings) -> list[str]:
    starts = [key, *(key.removeprefix(word) for word in known.before if key.startswith(word))]
    ends = [start.removesuffix(word) for start in starts for word in known.after if start.endswith(word)]
    numbers = [numberless] if (numberless := re.sub(r"[\d一二三四五]+$", "", key)) != key else []
    return [short for short in (*starts[1:], *ends, *numbers) if short]


def of_others(text: str, kind: str = "experts") -> bool:
    """Whether a heading names somebody beside the expert (填报人联系方式, 联系人电话) or asks yes or no."""
    field, sure = match_header(text, kind)
    return header_key(text).startswith(_spellings(kind).other_people) and not (field and sure >= _AFFIX)


def header_score(text: str, kind: str = "experts") -> float:
    """How much a cell looks like a heading (0–1), for finding the heading row.

    Sentences, title lines, values and ``label：value`` cells score 0.
    """
    key = header_key(text)
    if not key or len(key) > _LONGEST or key.isdigit() or re.search(r"[:：]\s*\S", text):
        return 0.0
    field, sure = match_header(text, kind)
    if not field:
        return 0.0
    if sure >= _AFFIX:
        return sure
    return 0.5 if len(key) <= 10 and not re.search(r"\d", key) and sure == _TAIL else 0.0
