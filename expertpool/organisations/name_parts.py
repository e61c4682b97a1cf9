"""Splits a unit's name into parts (单位名称结构): place, core, legal form, and the units from top to bottom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from expertpool.organisations.spelling import even, loose_names, names_in, place_pattern, skeletons, words


@dataclass(frozen=True, slots=True)
class UnitReading:
    """One way to read a name.

    ``chain`` are the units named, top first (东北大学, 机械学院); of a company ``lead`` (沈阳), ``inner`` (places in
    brackets), ``core`` (云岭机器人), ``form`` (有限公司) and its class ``kind``. ``may_be`` are units that an
    ambiguous short form may mean, ``family`` the group of enterprises that the name shows.
    """

    text: str
    bare: str
    shape: str  # ``bare`` with look-alike characters unified
    chain: tuple[str, ...]
    lead: str = ""
    inner: frozenset[str] = frozenset()
    core: str = ""
    form: str = ""
    kind: str = ""
    institution: bool = False
    family: str = ""
    may_be: frozenset[str] = frozenset()
    known: bool = False


@dataclass(frozen=True, slots=True)
class ReadName:
    """All readings of a name, the literal one first, and the keys of which a similar name must share one."""

    readings: tuple[UnitReading, ...]
    keys: frozenset[str]


@lru_cache(maxsize=120_000)
def read_name(name: str) -> ReadName:
    """Read a name as written. An empty name has no readings."""
    readings = tuple(read_unit(plain) for plain in names_in(name))
    return ReadName(readings, frozenset(key for one in readings for key in _keys(one)))


@lru_cache(maxsize=20_000)
def read_unit(plain: str) -> UnitReading:
    """Read one normalised name."""
    text, known = even(plain)
    bare = text.replace("(", "").replace(")", "")
    shape = bare.translate(skeletons())
    family, may_be = _family(bare), _may_be(plain, text)
    found = _form_pattern().search(text)
    if found is None:
        chain = tuple(_levels(bare))
        lead, core = _lead(bare)
        institution = len(chain) > 1 or bool(_host_pattern().search(bare)) or bare[-1:] in words()["institution_ends"]
        return UnitReading(text, bare, shape, chain, lead, frozenset(), core, "", "", institution, family, may_be,
                           known)
    lead, core = _lead(text[:found.start()])
    inner = frozenset(place[1] for place in _bracketed().finditer(core))
    core = _bracketed().sub("", core).replace("(", "").replace(")", "") if "(" in core else core
    form, kind, tail = found[0], _kinds()[found[0]], text[found.end():].replace("(", "").replace(")", "")
    if inner and lead and kind in words()["branch_in_brackets"]:  # 北京云岭(沈阳)律师事务所 is the branch 沈阳分所
        tail, inner = "".join(sorted(inner)) + "分所" + tail, frozenset()
        text = bare = f"{lead}{core}{form}{tail}"
        shape = bare.translate(skeletons())
    head = lead + "".join(sorted(inner)) + core + form
    return UnitReading(text, bare, shape, (head, *_levels(tail)), lead, inner, core, form, kind, False, family,
                       may_be, known)


def _levels(text: str) -> Iterator[str]:
    """东北大学机械学院 → 东北大学, 机械学院."""
    start = 0
    for found in _host_pattern().finditer(text):
        if found.end() - start >= 3 and found.end() < len(text):
            yield text[start:found.end()]
            start = found.end()
    if start < len(text):
        yield text[start:]


@cache
def _host_pattern() -> re.Pattern[str]:
    hosts = words()["hosts"]["words"]
    parts = [re.escape(word) + (f"(?!{'|'.join(after)})" if after else "")
             for word, after in sorted(hosts.items(), key=lambda item: -len(item[0]))]
    return re.compile("|".join(parts))


@cache
def _kinds() -> dict[str, str]:
    return {form: kind for kind, forms in words()["forms"].items() for form in forms}


@cache
def _form_pattern() -> re.Pattern[str]:
    forms = "|".join(sorted(_kinds(), key=len, reverse=True))
    return re.compile(rf"(?<=..)(?<!分)(?<!子)(?:{forms})(?!房|家|商|务|区|有限|股份|集团)")


@cache
def _lead_pattern() -> re.Pattern[str]:
    return re.compile(rf"^\(?({place_pattern()})\)?")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(rf"\(({place_pattern()})[区县]?\)")


def _lead(text: str) -> tuple[str, str]:
    """The place at the beginning and the rest, which keeps at least two characters."""
    found = _lead_pattern().match(text)
    return (found[1], text[found.end():]) if found and len(text) - found.end() >= 2 else ("", text)


@cache
def _family_prefixes() -> list[tuple[str, str, tuple[str, ...]]]:
    found = []
    for family in words()["families"]:
        found += [(start, family["name"], tuple(family.get("except", ())))
                  for start in (*family["prefixes"], *family.get("members", ()))]
    return sorted(found, key=lambda entry: -len(entry[0]))


@cache
def _family_starts() -> frozenset[str]:
    return frozenset(start[:2] for start, _name, _except in _family_prefixes())


def _family(bare: str) -> str:
    """The group of enterprises whose brand is at the beginning of the name."""
    if bare[:2] not in _family_starts():
        return ""
    return next((name for start, name, other in _family_prefixes()
                 if bare.startswith(start) and not bare.startswith(other)), "")


def _may_be(plain: str, text: str) -> frozenset[str]:
    """The units that an ambiguous short form may mean, alone or before a department."""
    loose = loose_names()
    if found := loose.get(plain) or loose.get(text):
        return found
    short = plain[:2]
    if short.endswith("大") and len(plain) >= 4 and short in loose:
        return frozenset(even(unit + plain[2:])[0] for unit in loose[short])
    return frozenset()


# Keys: two names that share no key are not similar, whatever else they contain

def _keys(one: UnitReading) -> Iterator[str]:
    yield "t" + one.shape
    yield from ("t" + unit.translate(skeletons()) for unit in one.may_be)
    top = one.chain[0].translate(skeletons())
    yield "i" + top
    yield from ("i" + read_unit(unit).chain[0].translate(skeletons()) for unit in one.may_be)
    if one.family:
        yield "f" + one.family
    core = one.core.translate(skeletons())
    if one.form:
        yield "c" + core[:2]
        whole = (one.lead + one.core).translate(skeletons())
        yield "i" + whole
        if host := next(_levels_of(whole), ""):
            yield "i" + host
        yield "a" + core[:1] + core[-1:]
        yield "a" + whole[:1] + core[-1:]
    else:
        if not one.institution:
            yield "c" + core[:2]
        if len(core) >= words()["core_elsewhere"]:
            yield "p" + core
        last = one.shape.removesuffix("学")[-1:] if one.shape.endswith("大学") else one.shape[-1:]
        yield "a" + one.shape[:1] + last
        if one.lead:
            yield "a" + core[:1] + last


def _levels_of(text: str) -> Iterator[str]:
    """The institution with whose name a company's name begins."""
    found = _host_pattern().search(text)
    if found and found.end() >= 4 and found.end() < len(text):
        yield text[:found.end()]
