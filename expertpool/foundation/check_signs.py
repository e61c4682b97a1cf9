"""Check characters of the numbers that China gives to people and to units."""

from operator import mul

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_SIGNS = "10X98765432"
CREDIT_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def identity_sign(first_seventeen: str) -> str:
    """The 18th sign of an identity number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _IDENTITY_SIGNS[sum(map(mul, map(int, first_seventeen), _WEIGHTS)) % 11]


def credit_code_sign(first_seventeen: str) -> str:
    """The 18th sign of a unified social credit code: weights are the powers of 3 modulo 31 (GB 32100 §5.2)."""
    total = sum(CREDIT_CODE_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_seventeen))
    return CREDIT_CODE_SIGNS[(31 - total % 31) % 31]
