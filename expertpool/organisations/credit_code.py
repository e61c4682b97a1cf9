"""Unified social credit codes (统一社会信用代码, GB 32100-2015): 18 characters with a check character."""

import re
import unicodedata

from expertpool.foundation.check_signs import CREDIT_CODE_SIGNS, credit_code_sign

_SHAPE = re.compile(rf"[{CREDIT_CODE_SIGNS}]{{2}}\d{{6}}[{CREDIT_CODE_SIGNS}]{{10}}")


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
    return "" if credit_code_sign(code[:17]) == code[17] else "check"
