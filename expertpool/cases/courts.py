"""Courts by their code in case numbers (法院代字), and the court that hears an appeal."""

from dataclasses import dataclass
from functools import cache

from expertpool.foundation.data_file import read
from expertpool.foundation.language import language
from expertpool.rules.schemas.cases import Courts


@dataclass(frozen=True)
class Court:
    """A court as the list of codes describes it; ``level`` is supreme, high, intermediate or basic."""

    code: str
    name: str
    level: str
    parent: str
    city: str = ""
    valid_from: str = ""
    valid_to: str = ""
    tag: str = "H"
    short: str = ""


@cache
def _courts() -> dict[str, Court]:
    return {entry.code: Court(entry.code, entry.name, entry.level, entry.parent, entry.city, entry.valid_from,
                              entry.valid_to or "", entry.tag, entry.short)
            for entry in read(Courts).courts}


def courts() -> list[Court]:
    """Every court of the list, higher courts first as listed."""
    return list(_courts().values())


def court(code: str) -> Court | None:
    """The court with this code, or None."""
    return _courts().get(code)


def court_name(code: str) -> str:
    """The court's name, or "" where the code is not in the list."""
    known = court(code)
    return known.name if known else ""


def court_code(name: str) -> str:
    """The code of the court named in a text (the longest name found); "" if none is named."""
    plain = "".join(name.split())
    named = [known for known in _courts().values() if known.name in plain or (known.short and known.short in plain)]
    return max(named, key=lambda known: len(known.name)).code if named else ""


def superiors(code: str) -> list[Court]:
    """The courts above, the next higher one first."""
    above: list[Court] = []
    known = court(code)
    while known and known.parent and (known := court(known.parent)):
        above.append(known)
    return above


def appeal_court(code: str, kind: str = "", *, major: bool = False, day: str = "9999") -> Court | None:
    """The court that hears an appeal against a first-instance judgment of court ``code``.

    ``kind`` is the subject of the cause (``invention``, ``software`` …), ``major`` whether the case is important or
    complex (重大、复杂), ``day`` the ISO day whose law applies (by default the newest). Technical cases of
    intermediate and IP courts go to the Supreme People's Court; all others to the parent court.
    """
    here = court(code)
    if here is None:
        return None
    if here.level in ("intermediate", "high"):
        for rule in read(Courts).appeals:
            if kind in rule.kinds and (major or not rule.only_major) and day >= rule.valid_from:
                return court("最高法")
    return court(here.parent) if here.parent else None


def appeal_source(kind: str) -> str:
    """The provision that sends appeals on this subject to the Supreme People's Court, or ""."""
    return next((rule.source_en if language() == "en" else rule.source
                 for rule in read(Courts).appeals if kind in rule.kinds), "")
