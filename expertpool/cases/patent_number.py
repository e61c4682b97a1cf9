"""Chinese patent and application numbers (专利号、申请号): shape, kind and check digit (ZC 0006-2003)."""

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = re.compile(r"(?:ZL|CN)?(\d{12}|\d{8})\.?([\dX])?")
_PUBLICATION = re.compile(r"CN\d{7,9}[A-Z]?\d?")  # CN 101234567 B is a publication number, not an application number
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9)
_KINDS = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention", "9": "utility_model"}
_NOISE = re.compile(r"[\s\u200b-\u200d\ufeff]+")
_LABEL = re.compile("^(?:专利号|申请号|专利申请号|专利)[:：]?")


@dataclass(frozen=True)
class PatentNumber:
    """A number read from ``raw``: ``digits`` without the check digit, ``kind`` of vocabulary patent_kind.

    Foreign numbers and unreadable text keep only ``raw``.
    """

    raw: str
    digits: str = ""
    check: str = ""
    kind: str = ""
    granted: bool = False

    @property
    def recognised(self) -> bool:
        """Whether it has the shape of a Chinese application number."""
        return bool(self.digits)

    @property
    def check_ok(self) -> bool:
        """Whether the check digit is right; a number written without one passes."""
        return self.recognised and (not self.check or self.check == check_digit(self.digits))

    @property
    def normalised(self) -> str:
        """The spelling for comparing: ``202110123456.7``; where unrecognised, the raw text without spaces."""
        if not self.recognised:
            return _plain(self.raw)
        return f"{self.digits}.{self.check or check_digit(self.digits)}"

    def display(self) -> str:
        """The number as shown: with ZL if it was written as a granted patent."""
        return ("ZL " if self.granted else "") + self.normalised


def read_patent_number(text: str) -> PatentNumber:
    """Read a patent number in any usual style; never fails."""
    plain = _LABEL.sub("", _plain(text))
    found = _NUMBER.fullmatch(plain)
    if not found or _PUBLICATION.fullmatch(plain):
        return PatentNumber(text.strip())
    digits = found[1]
    kind = _KINDS.get(digits[4] if len(digits) == 12 else digits[2], "")
    if not kind:
        return PatentNumber(text.strip())
    return PatentNumber(text.strip(), digits, found[2] or "", kind, plain.startswith("ZL"))


def check_digit(digits: str) -> str:
    """The check character of 8 or 12 digits: weights 2 to 9, repeated; modulo 11, where 10 is written X (ZC
    0006-2003)."""
    total = sum(int(digit) * _WEIGHTS[place % 8] for place, digit in enumerate(digits))
    return "0123456789X"[total % 11]


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()
