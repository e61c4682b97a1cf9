"""Case numbers (案号) under 法〔2015〕137号: year, court code, type code, serial number; and their spellings.

Parsing never fails: a text that is no case number is kept raw and marked as unrecognised.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

from expertpool.foundation.data_file import read
from expertpool.rules.schemas.cases import CaseTypes

_HIDDEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_BRACKETS = str.maketrans("〔【[{〕】]}〈〉《》", "(((())))()()")
_COURT = "最高法|[京津冀晋内蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔贵云藏陕甘青宁新兵军](?:\\d{4}|\\d{2})?"
_SERIAL = r"\d{1,8}(?:[-—–~～至、,，]\d{1,8})*"
_SUFFIX = "之[一二三四五六七八九十百]+"
_NUMBER = re.compile(
    rf"(?:\((?P<year>(?:19|20)\d\d)(?:年度?)?\)|(?P<bare>(?:19|20)\d\d)年?)(?P<court>{_COURT})"
    rf"(?P<type>[一-鿿]{{1,6}}?)(?P<old>字第|字)?第?(?P<serial>{_SERIAL})号?(?P<suffix>{_SUFFIX})?")
_LABEL = re.compile(r"^(?:案件?编?号|原审案号)[:：]?")
_SERIES_LIMIT = 500


@dataclass(frozen=True)
class CaseNumber:
    """A case number read from ``raw``. The parts are empty where it was not ``recognised``.

    ``serial`` may name a series (``123-130``, ``732、733``); ``old`` marks the style with 字第 used
    before 2016.
    """

    raw: str
    year: int | None = None
    court_code: str = ""
    type_code: str = ""
    serial: str = ""
    suffix: str = ""
    recognised: bool = False
    old: bool = False

    @cached_property
    def normalised(self) -> str:
        """The single spelling used for comparing and storing: ``(2026)辽01知民初418号``."""
        if not self.recognised:
            return _plain(self.raw)
        middle = "字第" if self.old else ""
        return f"({self.year}){self.court_code}{self.type_code}{middle}{self.serial}号{self.suffix}"

    def display(self, full_width: bool = False) -> str:
        """The number as shown, with ``（）`` if ``full_width``; the raw text if it was not recognised."""
        if not self.recognised:
            return self.raw
        return self.normalised.replace("(", "（").replace(")", "）") if full_width else self.normalised

    @property
    def serials(self) -> list[str]:
        """Every single number of a series, at most 500."""
        numbers: list[str] = []
        for part in self.serial.split("、"):
            first, dash, last = part.partition("-")
            if dash and len(last) < len(first):  # shortened series: 1123-30 means 1123 to 1130
                last = first[:len(first) - len(last)] + last
            if dash and 0 <= int(last) - int(first) < _SERIES_LIMIT:
                numbers += [str(number) for number in range(int(first), int(last) + 1)]
            elif part:
                numbers += [first, last] if dash else [first]
        return numbers[:_SERIES_LIMIT]

    def __str__(self) -> str:
        return self.normalised


def parse(text: str) -> CaseNumber:
    """Read one case number in any spelling; any other text is returned as unrecognised, never refused."""
    plain = _LABEL.sub("", _plain(text))
    found = _NUMBER.fullmatch(plain)
    return _read(found, text) if found and _known_type(found["type"]) else CaseNumber(text.strip())


def find(text: str) -> list[CaseNumber]:
    """All case numbers in a text, in order, each once."""
    plain = _plain(text)
    numbers = [_read(found, found[0]) for found in _NUMBER.finditer(plain) if _known_type(found["type"])]
    return list({number.normalised: number for number in numbers}.values())


def search_words(number: CaseNumber) -> list[str]:
    """What people may type to find the case: the whole number, court and type with serial number, bare serial
    numbers."""
    if not number.recognised:
        return [number.normalised] if number.normalised else []
    words = [number.normalised]
    for serial in number.serials:
        words += [f"{number.court_code}{number.type_code}{serial}", f"{number.year}{serial}", serial]
    words += [number.court_code, number.type_code, str(number.year)]
    return list(dict.fromkeys(word for word in words if word))


def _plain(text: str) -> str:
    plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    # parts that spaces had kept apart may form a number now
    return unicodedata.normalize("NFKC", plain).translate(_BRACKETS)


def _read(found: re.Match[str], raw: str) -> CaseNumber:
    serial = re.sub("[—–~至]", "-", found["serial"])
    serial = re.sub("[,，]", "、", serial)
    serial = re.sub(r"\d+", lambda digits: digits[0].lstrip("0") or "0", serial)
    return CaseNumber(raw.strip(), int(found["year"] or found["bare"]), found["court"], found["type"], serial,
                      found["suffix"] or "", recognised=True, old=bool(found["old"]))


@cache
def _types() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    content = read(CaseTypes)
    return (frozenset(entry.code for entry in content.types),
            tuple(entry.beginning for entry in content.beginnings),
            tuple(entry.ending for entry in content.endings))


def _known_type(code: str) -> bool:
    """Whether the type code is listed, or built like those before 2016 (民三初) from a known beginning and a known
    ending."""
    listed, beginnings, endings = _types()
    return code in listed or (code.startswith(beginnings) and code.endswith(endings))
