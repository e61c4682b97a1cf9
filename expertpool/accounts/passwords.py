"""Passwords (口令): rules as data, hashing by Argon2id (RFC 9106)."""

from functools import cache
from typing import Any

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem


@cache
def shipped() -> JsonObject:
    """The rules on passwords, lock-out and idle lock as shipped."""
    from expertpool.foundation.data_file import plain_of, read  # pydantic is imported only when needed
    from expertpool.rules.schemas.house import Accounts

    return plain_of(read(Accounts))


def check_password(password: str, name: str, rules: JsonObject) -> None:
    """Raise ``account.password`` unless the password is long enough, mixes kinds of characters and is not the
    account's name."""
    wanted = rules["password"]
    kinds = sum((any(letter.isdigit() for letter in password), any(letter.isupper() for letter in password),
                 any(letter.islower() for letter in password), any(not letter.isalnum() for letter in password),
                 any(letter.isalpha() and not letter.isascii() for letter in password)))
    if (not wanted["shortest"] <= len(password) <= wanted["longest"] or kinds < wanted["kinds"]
            or (name and name.lower() in password.lower())):
        raise UserProblem("account.password", count=wanted["shortest"], kinds=wanted["kinds"])


def hashed(password: str, rules: JsonObject) -> str:
    """The hash with its parameters and salt."""
    return str(_hasher(rules).hash(password))


def fits(stored: str, password: str, rules: JsonObject) -> bool:
    """Whether the password matches the stored hash; with an empty ``stored`` the answer is False but takes equally
    long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return bool(_hasher(rules).verify(stored or _nobody(rules["argon2"]["time"]), password)) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str, rules: JsonObject) -> bool:
    """Whether the hash was made with other parameters than those in force."""
    return bool(_hasher(rules).check_needs_rehash(stored))


@cache
def _nobody(_time: int) -> str:
    """A hash to compare with where no account exists, so that unknown names take as long to refuse as known ones."""
    import secrets

    return hashed(secrets.token_hex(16), shipped())


def _hasher(rules: JsonObject) -> Any:
    from argon2 import PasswordHasher

    cost = rules["argon2"]
    return PasswordHasher(time_cost=cost["time"], memory_cost=cost["memory_kib"], parallelism=cost["lanes"])
