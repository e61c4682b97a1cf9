"""Symbols of the International Patent Classification (IPC分类号): their spelling, and finding them in a text."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from expertpool.fields import taxonomy

_SYMBOL = re.compile(r"([A-H]\d{2})(?:([A-Z])(?:[\s\-]*0*(\d{1,4})(?:\s*/\s*(\d{2,6}))?)?)?")
_STORED = re.compile(r"([A-H]\d{2}[A-Z])\s*(\d{4})(\d{6})")  # WIPO ST.8: B62D0057032000
_EDITION = re.compile(r"\s*\(\d{4}\.\d{2}\)\s*[A-Z]?$")  # B62D 57/032 (2006.01) I
_IN_TEXT = re.compile(
    r"(?<![A-Za-z0-9/.\-])([A-H]\d{2}[A-Z])"
    r"(?:[\s\-]{0,3}(\d{1,4})\s?/\s?(\d{2,6})(?!\d)|(?![A-Za-z0-9/\-]))", re.IGNORECASE)
_FORMULA = re.compile(r"[A-Za-z]\d{1,2}[A-Za-z]\d{1,4}")  # C12H26 is dodecane, not a main group of the IPC
_BETWEEN = re.compile(r"[,;、。|\n\r\t]+")


class Parts(NamedTuple):
    """A symbol in its parts; a missing part is empty: ``Parts("B62", "B62D", "57", "032")``."""

    ipc_class: str
    subclass: str
    main_group: str
    subgroup: str


def _clean(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


@lru_cache(maxsize=65536)
def parts(symbol: str) -> Parts | None:
    """The parts of a symbol in any spelling; None if it is no symbol or its class does not exist."""
    text = _EDITION.sub("", _clean(symbol).upper()).strip()
    if stored := _STORED.fullmatch(text):
        subclass, main, sub = stored.groups()
        text = f"{subclass} {int(main)}/{sub.rstrip('0').ljust(2, '0')}"
    if not (found := _SYMBOL.fullmatch(text)):
        return None
    ipc_class, letter, main, sub = found.groups(default="")
    if ipc_class not in taxonomy.ipc():
        return None
    return Parts(ipc_class, ipc_class + letter if letter else "", main, sub)


def normalise_symbol(symbol: str) -> str | None:
    """``b62d57/032`` → ``B62D 57/032``; classes and subclasses too; None if it is no symbol.

    An unknown subclass of an existing class is accepted, because later editions add subclasses.
    """
    found = parts(symbol)
    return written(found) if found else None


def written(found: Parts) -> str:
    """A symbol in its single spelling: class, subclass, ``G01N 33`` or ``G01N 33/68``."""
    text = found.subclass or found.ipc_class
    if found.main_group:
        text += f" {found.main_group}"
    return f"{text}/{found.subgroup}" if found.subgroup else text


def find_symbols(text: str) -> list[str]:
    """IPC symbols in a text, normalised, each once, in order.

    Full-width letters and missing spaces are understood. Within a sentence only known subclasses and symbols with a
    group are taken, so that paper sizes, formulas and models are not; a text of nothing but symbols (a cell
    "B62；G01N 33") may also hold classes and main groups.
    """
    clean = _clean(text)
    pieces = [piece.strip() for piece in _BETWEEN.split(clean) if piece.strip()]
    whole = [None if _FORMULA.fullmatch(piece) else normalise_symbol(piece) for piece in pieces]
    if whole and all(whole):
        return list(dict.fromkeys(symbol for symbol in whole if symbol))
    found: dict[str, None] = {}
    for match in _IN_TEXT.finditer(clean):
        subclass, main, sub = match.groups(default="")
        known = taxonomy.ipc()
        if subclass.upper() in known or (main and subclass[:3].upper() in known):
            if not main and not subclass[0].isupper():
                continue
            symbol = normalise_symbol(f"{subclass} {main}/{sub}" if main else subclass)
            if symbol:
                found[symbol] = None
    return list(found)
