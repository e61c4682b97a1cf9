"""Unified social credit codes (统一社会信用代码, GB 32100-2015): 18 characters with a check character."""

import re
import unicodedata

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(rf"[{_SIGNS}]{{2}}\d{{6}}[{_SIGNS}]{{10}}")


def clean_credit_code(text: str) -> str:
    """The code as stored: half-width capitals without spaces or dashes."""
    return re.sub(r"[\s\-\u200b-\u200d\ufeff]", "", unicodedata.normalize("NFKC", text)).upper()


def credit_code_problem(text: str) -> str:
    """"" if the code is right, else ``length``, ``characters`` or ``check``."""
    code = clean_credit_code(text)
    if len(code) != 18:
        return "length"
    if not _SHAPE.fullmatch(code):
        return "characters"
    return "" if check_character(code[:17]) == code[17] else "check"


def check_character(first_seventeen: str) -> str:
    """The 18th character: weights are the powers of 3 modulo 31 (GB 32100 §5.2)."""
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_seventeen))
    return _SIGNS[(31 - total % 31) % 31]
