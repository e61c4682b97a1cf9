"""Names of units (单位名称): one spelling for look-up, and whether two names may mean the same unit."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from expertpool.foundation.places import resource

_HIDDEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff·•・.,，、。'’\"“”\-—_]+")
_BRACKETS = str.maketrans("〔【[〈《〕】]〉》", "((((()))))")


@dataclass(frozen=True)
class Likeness:
    """How alike two names are: ``same``, ``perhaps`` or ``no``; ``reason`` is a code such as ``branch``."""

    verdict: str
    reason: str = ""


@dataclass(frozen=True)
class NameParts:
    """A company name taken apart: places (沈阳), core (云岭机器人), form (有限公司), rest (沈阳分公司)."""

    places: frozenset[str]
    core: str
    form: str
    rest: str


@cache
def _words() -> dict[str, Any]:
    path = resource("rules", "organisation_names.json")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=100_000)
def normalise(name: str) -> str:
    """The spelling for look-up: NFKC, lower case, no spaces or dots, ASCII brackets, notes removed.

    Brackets stay where they belong to the name (``云岭(沈阳)科技有限公司``); notes such as （退休） go.
    """
    plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", name).lower()).translate(_BRACKETS)
    for note in _words()["notes"]:
        plain = plain.replace(f"({note})", "")
    return plain


@lru_cache(maxsize=100_000)
def parts(name: str) -> NameParts:
    """Take a name apart. A name without a legal form (东北大学) is all core: its place belongs to it."""
    plain = normalise(name)
    for form in _words()["forms"]:
        at = plain.find(form)
        if at > 0:
            places, core = _without_places(plain[:at])
            return NameParts(places, core, form, plain[at + len(form):].strip("()"))
    return NameParts(frozenset(), plain, "", "")


def _without_places(text: str) -> tuple[frozenset[str], str]:
    """Split leading and bracketed place names off: 沈阳市云岭科技, 云岭(沈阳)科技; two characters stay."""
    found: set[str] = set()
    while (at := _place_shape().search(text)) and len(text) - len(at[0]) >= 2:
        text = text[:at.start()] + text[at.end():]
        found.add(at[1] or at[2])
    return frozenset(found), text


@cache
def _place_shape() -> re.Pattern[str]:
    """A place at the beginning or alone in brackets, with or without 省, 市, 县, 区."""
    names = "|".join(sorted(_words()["places"], key=len, reverse=True))
    return re.compile(rf"^(?:({names})[省市县区]?)|\((?:({names})[省市县区]?)\)")


@lru_cache(maxsize=200_000)
def similar(a: str, b: str) -> Likeness:
    """Whether two unit names mean one unit; symmetric.

    ``same``: equal once spelling is evened out, or 有限公司 against 有限责任公司. ``perhaps``: branch,
    department, group, short form, other legal form or other place prefix. Everything else is ``no``.
    """
    one, two = normalise(a), normalise(b)
    if not one or not two:
        return Likeness("no")
    if one == two or _bare(one) == _bare(two):
        return Likeness("same", "spelling")
    if {one, two} in _short_pairs():
        return Likeness("perhaps", "short")
    first, second = parts(a), parts(b)
    if first.core == second.core and first.form and second.form:
        return _same_core(first, second)
    if not first.form or not second.form:
        return _short_or_department(one, two, first, second)
    shorter, longer = sorted((first.core, second.core), key=len)
    if len(shorter) >= _words()["core_length"] and longer.startswith(shorter):
        return Likeness("perhaps", "group")
    return Likeness("no")


def _same_core(first: NameParts, second: NameParts) -> Likeness:
    if first.places and second.places and not first.places & second.places:
        return Likeness("perhaps", "place") if len(first.core) >= _words()["core_length"] else Likeness("no")
    if first.rest != second.rest:
        return Likeness("perhaps", "branch")
    if first.places != second.places:
        return Likeness("perhaps", "place")
    if first.form == second.form or {first.form, second.form} <= set(_words()["equal_forms"]):
        return Likeness("same", "form")
    return Likeness("perhaps", "form")


def _short_or_department(one: str, two: str, first: NameParts, second: NameParts) -> Likeness:
    """At least one name has no legal form: a short form (云岭机器人) or a part (东北大学机械学院)."""
    bare, full = sorted((first, second), key=lambda name: bool(name.form))
    _, core = _without_places(bare.core)
    if full.form and len(core) >= 2 and not _place_shape().fullmatch(bare.core) and full.core.startswith(core):
        return Likeness("perhaps", "short")
    shorter, longer = sorted((one, two), key=len)
    if len(shorter) >= _words()["core_length"] and longer.startswith(shorter):
        return Likeness("perhaps", "department")
    return Likeness("no")


@cache
def _short_pairs() -> list[set[str]]:
    return [{normalise(short), normalise(full)} for short, full in _words()["short_names"].items()]


def _bare(name: str) -> str:
    return name.replace("(", "").replace(")", "")
