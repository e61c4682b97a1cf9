"""What a column heading means; its known spellings are in ``resources/rules/headers.json``."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from expertpool.cases.catalogue import CASES
from expertpool.experts.catalogue import EXPERTS
from expertpool.foundation.data_file import read
from expertpool.foundation.text import pinyin, strip_controls
from expertpool.importing.fields import COMBINED
from expertpool.rules.schemas.words import Headers
from expertpool.rules.vocabulary import code_of

CATALOGUES = {"experts": EXPERTS, "cases": CASES}
KINDS = tuple(CATALOGUES)
_NOTES = re.compile(r"[(\[【〔<{][^()\[\]【】〔〕<>{}]*[)\]】〕>}]?")
_MARKS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"[\n/|>·—-]|(?<=\S)\s+(?=\S)")
_LONGEST = 24  # longest heading; a longer cell is a sentence or a title line
_EXACT, _BARE, _PART, _AFFIX, _SOUND, _WORDS, _TAIL, _ALIKE = 1.0, 0.98, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7
_LEAST_ALIKE = 0.75  # below this difflib ratio two headings are different: one letter in four may be wrong
_LONGEST_WORDED = 14  # longest heading that is understood by one word in it
_NUMBERED = re.compile(r"^\s*[（(]?\d{1,2}[)）.、．]\s*(?=\D)")
_JOINED = re.compile(r"[/／、,，;；+＋&()（）]|以?及|和|与|或")
_LATIN = re.compile(r"[A-Za-z][A-Za-z.\s/&'-]*")
# vocabularies whose words are values and never headings: 无党派人士
_VALUE_WORDS = ("party", "education", "degree", "ethnicity", "title_level")
_COUNTED = re.compile(r"[\d一二三四五]+$")
_MEANT = {"phone": "number", "mobile": "number", "landline": "number"}  # parts of a joined heading that mean the same
_NASAL = re.compile("(?<=[aei])ng")


def header_key(text: str, notes: bool = False) -> str:
    """The form in which headings are compared: NFKC, lower case, without spaces, marks and notes in brackets.

    With ``notes`` the words in brackets stay and only the brackets are removed: ``联系方式（手机）`` →
    ``联系方式手机``.
    """
    plain = unicodedata.normalize("NFKC", strip_controls(text))
    return _MARKS.sub("", plain if notes else _NOTES.sub("", plain)).lower()


@dataclass(frozen=True)
class _Spellings:
    fields: dict[str, str]  # key → field
    tails: tuple[tuple[str, str], ...]  # known headings in Han, longest first, with which a longer heading may end
    before: tuple[str, ...]
    after: tuple[str, ...]
    other_people: tuple[str, ...]  # 联系人…, 填报人…: headings about somebody other than the expert
    other_inside: tuple[str, ...]  # …联系人…: likewise, anywhere in the heading
    keywords: tuple["_Keyword", ...]


@dataclass(frozen=True)
class _Keyword:
    """A field recognised by words in the heading: one of ``has`` (and one of ``also``), none of ``never``."""

    field: str
    has: tuple[str, ...]
    also: tuple[str, ...]
    never: tuple[str, ...]

    def fits(self, key: str) -> bool:
        return (any(word in key for word in self.has) and (not self.also or any(word in key for word in self.also))
                and not any(word in key for word in self.never))


@cache
def _spellings(kind: str) -> _Spellings:
    content = read(Headers)
    fields = {header_key(word, notes=True): field for field, words in _fields(kind).items() for word in words}
    for target, named in CATALOGUES[kind].targets.items():  # the program's own names of a field, in both languages
        for word in (named.chinese, named.english):
            fields.setdefault(header_key(word, notes=True), target)
    never = set(content.never_tail)
    han = sorted((key for key in fields if len(key) >= 2 and not key.isascii() and key not in never),
                 key=len, reverse=True)
    rules = content.keywords.experts if kind == "experts" else content.keywords.cases
    return _Spellings(fields, tuple((key, fields[key]) for key in han), content.affixes.before,
                      content.affixes.after, content.other_people, content.other_people_inside,
                      tuple(_Keyword(rule.field, rule.has, rule.also, rule.never) for rule in rules))


def _fields(kind: str) -> dict[str, tuple[str, ...]]:
    """Field → its spellings, of ``experts`` or ``cases``."""
    return {"experts": read(Headers).experts, "cases": read(Headers).cases}[kind]


def canonical_fields(kind: str = "experts") -> list[str]:
    """Every field that a heading can mean, including joined ones."""
    return list(CATALOGUES[kind].targets)


@cache
def _sounds(kind: str) -> dict[str, str]:
    """Pronunciation of the known Han headings → field, for headings typed with a wrong character of the same
    sound."""
    return {_sound(key): field for key, field in _spellings(kind).fields.items() if len(key) >= 3 and key.isalpha()
            and not key.isascii()}


def _sound(key: str) -> str:
    """Pinyin without the difference of final -n and -ng, which many who type do not hear."""
    return _NASAL.sub("n", pinyin(key))


@lru_cache(maxsize=20_000)
def match_header(text: str, kind: str = "experts", misspelt: bool = True) -> tuple[str, float]:
    """The field a heading means and how sure that is (0–1); ``("", 0.0)`` if unknown.

    Joined headings of several rows (``联系方式/手机``) are decided by their last part, bilingual ones by either.
    Without ``misspelt`` no resemblance is searched, which is fast.
    """
    known = _spellings(kind)
    text = _NUMBERED.sub("", text)
    whole, bare = header_key(text, notes=True), header_key(text)
    if not whole or len(whole) > 2 * _LONGEST:
        return "", 0.0
    if field := known.fields.get(whole):
        return field, _EXACT
    if field := known.fields.get(bare):
        return field, _BARE
    if bare.startswith(known.other_people):
        return "", 0.0
    if field := _combined(text, kind):
        return field, _PART
    parts = [part for part in _PARTS.split(text) if part and part.strip()]
    if len(parts) > 1:
        for start in range(1, len(parts)):
            field, sure = match_header("".join(parts[start:]), kind, False)
            if sure >= _AFFIX:
                return field, min(sure, _PART)
    if not text.isascii() and (latin := _LATIN.search(text)) and len(header_key(latin[0])) > 1:
        # if the pattern takes all of it as Latin (a control character among letters), there is no Chinese half
        for half in [half for half in (_LATIN.sub(" ", text), latin[0]) if half != text]:
            field, sure = match_header(half, kind, False)
            if sure >= _WORDS:
                return field, min(sure, _PART)
    found = _loose(bare or whole, known, kind if misspelt else "")
    return found if found[0] or whole == bare else _loose(whole, known, "")


def _combined(text: str, kind: str) -> str:
    """``职务、职称（聘任）`` → the field for both, if every part of the heading is known by itself."""
    parts = [header_key(part) for part in _JOINED.split(unicodedata.normalize("NFKC", text)) if header_key(part)]
    known = _spellings(kind)
    if not 2 <= len(parts) <= 4:
        return ""
    fields = [known.fields.get(part) or next((known.fields[short] for short in _without_affixes(part, known)
                                              if short in known.fields), "") for part in parts]
    if "" in fields:
        return ""
    if len(set(fields)) == 1:
        return fields[0]
    found = {_MEANT.get(field, field) for field in fields}
    return next((name for name, single in COMBINED.items() if found == {_MEANT.get(f, f) for f in single}),
                "contact" if found <= {"number", "email", "contact"} else
                "employer_position_title" if found <= {"employer", "department", "position", "title"}
                and "employer" in found and found & {"position", "title"} else "")


def _loose(key: str, known: _Spellings, kind: str) -> tuple[str, float]:
    """A heading with an addition to a known one, containing a known word, or (with ``kind``) misspelt."""
    for short in _without_affixes(key, known):
        if field := known.fields.get(short):
            return field, _AFFIX
    if key.isdigit() or len(key) > _LONGEST:
        return "", 0.0
    if len(key) <= _LONGEST_WORDED or key.isascii():
        for rule in known.keywords:
            if rule.fits(key):
                return rule.field, _WORDS
    for tail, field in known.tails:
        if key.endswith(tail) and len(key) > len(tail):
            return field, _TAIL
    if not kind:
        return "", 0.0
    if 3 <= len(key) <= 10 and not key.isascii() and (field := _sounds(kind).get(_sound(key), "")):
        return field, _SOUND
    if len(key) >= 4 and (near := get_close_matches(key, known.fields, n=1, cutoff=_LEAST_ALIKE)):
        return known.fields[near[0]], _ALIKE
    return "", 0.0


def _without_affixes(key: str, known: _Spellings) -> list[str]:
    """The heading without usual additions before and after a field's name, at most two of each."""
    found = [key]
    for _again in range(2):
        found += [short for text in found for word in known.before if (short := text.removeprefix(word)) != text]
        found += [short for text in found for word in known.after if (short := text.removesuffix(word)) != text]
    found += [short for text in found if (short := _COUNTED.sub("", text)) != text]
    return [short for short in dict.fromkeys(found[1:]) if short]


def of_others(text: str, kind: str = "experts") -> bool:
    """Whether a heading is about somebody other than the expert (填报人联系方式, 联系人电话) or asks yes or no."""
    field, sure = match_header(text, kind)
    key, known = header_key(text), _spellings(kind)
    others = key.startswith(known.other_people) or any(word in key for word in known.other_inside)
    return others and not (field and sure >= _AFFIX)


def header_score(text: str, kind: str = "experts") -> float:
    """How much a cell looks like a heading (0–1), for finding the heading row.

    Sentences, title lines, values and ``label：value`` cells score 0.
    """
    key = header_key(text) or header_key(text, notes=True)
    if not key or len(key) > _LONGEST or key.isdigit() or re.search(r"[:：]\s*\S", text):
        return 0.0
    field, sure = match_header(text, kind, False)
    if not field:
        return 0.0
    if sure >= _AFFIX:
        return sure
    if len(key) > 10 or re.search(r"\d", key) or any(code_of(word, key) for word in _VALUE_WORDS):
        return 0.0
    return 0.65 if sure == _WORDS else 0.5
