"""Spelling of unit names (单位名称写法): the stored look-up key, and a further normalised form for comparing.

Words, rewriting rules and known names are data: ``resources/rules/organisation_names.json``.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from expertpool.foundation.data_file import plain_of, read
from expertpool.foundation.json_values import JsonObject
from expertpool.rules.schemas.organisations import OrganisationNames
from expertpool.rules.schemas.people import NameVariants

_HIDDEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff·•・.,，、。'’\"“”\-—_]+")
_BRACKETS = str.maketrans("〔【[〈《〕】]〉》", "((((()))))")
_NUMERALS = "〇一二三四五六七八九"
_FORMER = re.compile(r"\((?:原名称?|原|曾用名|现更名为|现名|更名为|旧称|前身为?):?([^()]{4,}(?:\([^()]*\)[^()]*)?)\)")
_NOTED = re.compile(r"\(([^()]{2,12})\)$")


@cache
def words() -> JsonObject:
    """The rule file."""
    return plain_of(read(OrganisationNames))


@lru_cache(maxsize=100_000)
def normalise(name: str) -> str:
    """The key under which names are stored: NFKC, lower case, no spaces or dots, ASCII brackets, notes removed.

    Brackets that belong to the name stay (``云岭(沈阳)科技有限公司``); notes such as （退休） are removed. Pools
    store these keys, so they must not change; further normalising is done by :func:`even`, whose result is never
    stored.
    """
    plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", name).lower()).translate(_BRACKETS)
    if "(" in plain:
        for note in words()["notes"]:
            plain = plain.replace(f"({note})", "")
    return plain


def names_in(name: str) -> list[str]:
    """The names that one cell holds, normalised: the name itself, then former or later names given in brackets."""
    plain = normalise(name)
    if "(" not in plain:
        return [plain] if plain else []
    noted = [found[1] for found in _FORMER.finditer(plain)]
    own = _FORMER.sub("", plain) if noted else plain
    last = _NOTED.search(own)
    if last and last[1] in known_names():  # …研究所(六〇六所)
        own = own[:last.start()]
        noted.append(last[1])
    return [one for one in (own, *noted) if one]


@lru_cache(maxsize=20_000)
def even(plain: str) -> tuple[str, bool]:
    """A further normalised form of a name, and whether a list of known names was needed for it.

    Simplified characters, Chinese numerals, usual abbreviations expanded, 省 and 市 after place names removed, a
    province before its own city removed, known short and former names replaced by the present name.
    """
    text = _simple(plain)
    if found := known_names().get(text):
        return found, True
    text, used = _without_place_signs(_written_out(text)), False
    if found := known_names().get(text):
        return found, True
    if text not in _present_names() and (prefix := _known_start(text)):
        text, used = known_names()[prefix] + text[len(prefix):], True
        if found := known_names().get(text):
            text = found
    return text, used


def _known_start(text: str) -> str:
    """The known short name before a department; not before a legal form."""
    return next((short for short in _prefixes().get(text[:3], ()) if text.startswith(short)
                 and len(text) >= len(short) + 2 and not text[len(short):].startswith(("有限", "股份", "集团"))), "")


def _simple(plain: str) -> str:
    """Simplified characters, meaningless brackets removed, numbers after 第 in Chinese."""
    text = plain.translate(_characters())
    if text.isalpha():  # most names have neither brackets nor digits
        return text
    if "(" in text:
        text = text.replace("()", "").replace("(集团)", "集团")
    return re.sub(r"第(\d{1,3})(?!\d)|(?<!\d)(\d{1,2})(?=研究所|所$)", _numeral, text)


def _numeral(found: re.Match[str]) -> str:
    """第47 and 47所 with a Chinese numeral, as 第四十七."""
    number = int(found[1] or found[2])
    tens, ones = divmod(number, 10)
    if number > 99 or number == 0:
        return "第" + "".join(_NUMERALS[int(sign)] for sign in str(number))
    head = "" if not tens else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return "第" + head + (_NUMERALS[ones] if ones else "")


def _written_out(text: str) -> str:
    if not _rewrite_signs().search(text):  # most names need no rewriting
        return text
    for pattern, replacement in _rewrites():
        text = pattern.sub(replacement, text)
    return text


@cache
def _rewrite_signs() -> re.Pattern[str]:
    """Every text that a rewriting rule changes contains one of these."""
    return re.compile("|".join(words()["rewrite_signs"]))


@cache
def _rewrites() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), replacement) for pattern, replacement, _source in words()["rewrites"]]


@cache
def _characters() -> dict[int, str]:
    """Traditional and variant characters → the usual one."""
    content = read(NameVariants)
    found = dict(zip(map(ord, content.variants), content.usual, strict=True))
    return found | {ord(sign): usual for sign, usual in words()["variants"].items()}


# Places

@cache
def places() -> frozenset[str]:
    """Provinces, municipalities and the larger cities, without 省 and 市."""
    known = words()["places"]
    cities = {city for of_province in known["provinces"].values() for city in of_province}
    return frozenset(cities | set(known["provinces"]) | set(known["municipalities"]) | set(known["whole"]))


@cache
def province_of() -> dict[str, str]:
    """City → its province."""
    return {city: province for province, cities in words()["places"]["provinces"].items() for city in cities}


@cache
def place_pattern() -> str:
    """The alternatives of a regular expression, longer names first."""
    return "|".join(sorted(places(), key=len, reverse=True))


def _without_place_signs(text: str) -> str:
    """沈阳市… and 辽宁省沈阳市… become 沈阳…; 吉林市 stays, because 吉林 is the province."""
    text = _place_signs().sub(lambda found: found[0] if found[0] in _kept() else found[1], text)
    found = _province_first().match(text)
    return text[len(found[1]):] if found and province_of().get(found[2]) == found[1] else text


@cache
def _kept() -> frozenset[str]:
    return frozenset(place + "市" for place in words()["kept_city"])


@cache
def _place_signs() -> re.Pattern[str]:
    return re.compile(rf"({place_pattern()})(?:(?:维吾尔|壮族|回族)?自治区|特别行政区|省|市(?!场|政(?!府|协)))")


@cache
def _province_first() -> re.Pattern[str]:
    return re.compile(rf"^({'|'.join(words()['places']['provinces'])})({place_pattern()})")


# Known names

def _entries() -> Iterator[tuple[str, list[str], list[str]]]:
    """(present name, sure other names, other names that may also mean somebody else)."""
    for entry in words()["known"]:
        yield entry["name"], [*entry.get("short", ()), *entry.get("former", ())], entry.get("loose", [])


def _flat(name: str) -> str:
    return _without_place_signs(_written_out(_simple(normalise(name))))


@cache
def known_names() -> dict[str, str]:
    """Other name, as written and evened out → present name, evened out."""
    found: dict[str, str] = {}
    for name, others, _loose in _entries():
        for other in others:
            found[_simple(normalise(other))] = found[_flat(other)] = _flat(name)
    return {other: name for other, name in found.items() if other != name}


@cache
def _present_names() -> frozenset[str]:
    return frozenset(_flat(name) for name, _others, _loose in _entries())


@cache
def loose_names() -> dict[str, frozenset[str]]:
    """Names that may mean several units → these units."""
    found: dict[str, set[str]] = {}
    for name, _others, loose in _entries():
        for other in loose:
            for form in (_simple(normalise(other)), _flat(other)):
                found.setdefault(form, set()).add(_flat(name))
    return {other: frozenset(units) for other, units in found.items()}


@cache
def _prefixes() -> dict[str, list[str]]:
    """Known short names that may stand before a department (沈工大机械学院), by their first three characters."""
    found: dict[str, list[str]] = {}
    for short in sorted(known_names(), key=len, reverse=True):
        if len(short) >= 3 and short[-1] in words()["short_ends"]:
            found.setdefault(short[:3], []).append(short)
    return found


@cache
def skeletons() -> dict[int, str]:
    """Easily confused characters → the first of their group."""
    return {ord(sign): group[0] for group in words()["look_alikes"] for sign in group}
