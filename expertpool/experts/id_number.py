"""Citizen identity numbers (公民身份号码, GB 11643-1999) and the shapes of other personal papers."""

import re
from dataclasses import dataclass

from expertpool.foundation.check_signs import identity_sign
from expertpool.foundation.dates import PartialDate

_NEW = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD = re.compile(r"\d{15}", re.ASCII)
_OTHER_PAPERS = (
    ("passport", re.compile(r"(?:[EGDSP]\d{8}|E[A-Z]\d{7}|1[45]\d{7})")),
    ("hm_permit", re.compile(r"[HMC]\d{8}(?:\d{2})?")),
    ("foreigner_id", re.compile(r"[A-Z]{3}\d{12}")),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity number tells. ``kind`` is a code of the vocabulary ``id_kind``, "" if it has no known shape.

    ``birth`` is None if its digits are no date, ``gender`` is 男, 女 or "".
    """

    number: str
    kind: str
    checksum_ok: bool = True
    birth: PartialDate | None = None
    gender: str = ""

    @property
    def old(self) -> bool:
        """Whether it is a citizen's number of 15 digits, as given until 1999; it has no check digit."""
        return self.kind == "resident_id" and len(self.number) == 15

    @property
    def valid(self) -> bool:
        """Whether shape, date and check digit are right."""
        return bool(self.kind) and self.checksum_ok and (self.kind != "resident_id" or self.birth is not None)


def read_identity(number: str) -> Identity:
    """Read a number already freed of spaces, with a capital ``X``; never changes it."""
    if _NEW.fullmatch(number):
        return Identity(number, "resident_id", identity_sign(number[:17]) == number[17],
                        _birth(number[6:14]), _gender(number[16]))
    if _OLD.fullmatch(number):
        return Identity(number, "resident_id", True, _birth("19" + number[6:12]), _gender(number[14]))
    for kind, shape in _OTHER_PAPERS:
        if shape.fullmatch(number):
            return Identity(number, kind)
    return Identity(number, "", False)


def _birth(digits: str) -> PartialDate | None:
    try:
        return PartialDate(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if digits[6:] != "00" else None
    except ValueError:
        return None


def _gender(digit: str) -> str:
    return "男" if int(digit) % 2 else "女"
