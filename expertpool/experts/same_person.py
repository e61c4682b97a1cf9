"""Who is the same person (查重): strict where the program decides, generous where people do. Pure.

Keys by strength: identity number; name with birth date; name with mobile; name with unit. The program itself decides
on an identity number with a name that may be the same, on name with mobile, and on name, birth date and unit. All
weaker resemblances that are more than chance are proposed to people. Two valid identity numbers that differ mean two
people.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from expertpool.experts.id_number import read_identity
from expertpool.experts.name_likeness import bare_spelling, limits, number_near, one_apart, sound, spelling
from expertpool.foundation.language import _
from expertpool.foundation.sentences import sentence

MONTH = len("1978-05")
NAME_KEYS = {"exact": "name", "variant": "name_variant", "former": "former_name", "sound": "name_sound",
             "character": "name_character"}


class Identity(NamedTuple):
    """The values by which identity is judged. ``phones`` holds only mobiles; ``units`` are in look-up spelling."""

    name: str
    id_number: str = ""
    birth: str = ""
    phones: Collection[str] = ()
    units: Collection[str] = ()
    former_name: str = ""
    gender: str = ""

    @property
    def bare(self) -> bool:
        """Whether only the name is known."""
        return not (self.id_number or self.birth or self.phones or self.units)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``same`` where the program may decide, ``perhaps`` where a person must, with the keys that agree."""

    kind: str
    keys: tuple[str, ...] = ()

    @property
    def strength(self) -> int:
        """How much the keys weigh together; used only to sort the likeliest first."""
        weights = limits()["strength"]
        return sum(int(weights.get(key, 0)) for key in self.keys)

    @property
    def reasons(self) -> str:
        """Why, in words of the language in force."""
        return _("; ").join(sentence(f"duplicates.{key}") for key in self.keys)


DIFFERENT = Verdict("different")


def judge(one: Identity, other: Identity) -> Verdict:
    """Whether two identities are the same human being; symmetric."""
    number = compare_numbers(one.id_number, other.id_number)
    if number == "contradict":
        return DIFFERENT
    name = compare_names(one, other)
    if number in ("id_number", "id_old"):
        return _by_number(number, name, one, other)
    if not name:
        return DIFFERENT
    birth = compare_births(one, other)
    phone = not set(one.phones).isdisjoint(other.phones) if one.phones and other.phones else False
    unit = compare_units(one.units, other.units)
    keys = tuple(key for key in ("phone" if phone else "", birth, unit) if key and key != "contradict")
    if birth == "contradict":
        if name == "exact" and (phone or number == "id_near"):
            return Verdict("perhaps", (*(("id_near",) if number == "id_near" else ()), *keys, "birth_differs"))
        return DIFFERENT
    if number:  # two different numbers, one of which must be wrong
        return _by_doubtful_number(number, name, keys)
    if name != "exact":
        return _by_near_name(name, keys)
    if phone or {"birth", "employer"} <= set(keys):
        if one.gender and other.gender and one.gender != other.gender:
            return Verdict("perhaps", (*keys, "gender_differs"))
        return Verdict("same", keys)
    if keys and keys != ("birth_year",):
        return Verdict("perhaps", keys)
    return Verdict("perhaps", ("name",)) if one.bare or other.bare else DIFFERENT


def _by_number(number: str, name: str, one: Identity, other: Identity) -> Verdict:
    """The same number means one person, unless the names have nothing in common or the number is invalid."""
    if name == "exact" or (name and valid_number(one.id_number) and valid_number(other.id_number)):
        return Verdict("same", (number,) if name == "exact" else (number, NAME_KEYS[name]))
    return Verdict("perhaps", (number, NAME_KEYS[name] if name else "name_differs"))


def _by_doubtful_number(number: str, name: str, keys: tuple[str, ...]) -> Verdict:
    if number == "id_near" and name in ("exact", "variant", "former"):
        return Verdict("perhaps", (number, *keys))
    if name in ("exact", "variant") and set(keys) - {"birth_year", "employer_like"}:
        return Verdict("perhaps", (*keys, number))
    return DIFFERENT


def _by_near_name(name: str, keys: tuple[str, ...]) -> Verdict:
    """A similar name: never enough for the program, proposed to people if another key agrees."""
    strong = set(keys) & {"phone", "birth", "employer"}
    enough = "phone" in strong or {"birth", "employer"} <= strong if name == "character" else bool(strong)
    return Verdict("perhaps", (*keys, NAME_KEYS[name])) if enough else DIFFERENT


def compare_names(one: Identity, other: Identity) -> str:
    """``exact``, ``variant`` (characters, bracket suffix), ``former``, ``sound``, ``character`` or ""."""
    if one.name == other.name or spelling(one.name) == spelling(other.name):
        return "exact"
    first, second = bare_spelling(one.name), bare_spelling(other.name)
    if first == second:
        return "variant"
    if (one.former_name and bare_spelling(one.former_name) == second) or (
            other.former_name and bare_spelling(other.former_name) == first):
        return "former"
    if sound(first) == sound(second):
        return "sound"
    return "character" if one_apart(first, second) else ""


@lru_cache(maxsize=20_000)
def valid_number(number: str) -> bool:
    """Whether a number is a valid 18-digit citizen's number, unlikely to be mistyped, or an old one with a real
    date."""
    read = read_identity(number)
    return read.kind == "resident_id" and read.valid


def old_form(number: str) -> str:
    """A citizen's number of 18 digits in its old form of 15 (GB 11643-1999); other numbers unchanged."""
    return number[:6] + number[8:17] if len(number) == 18 else number


def compare_numbers(one: str, other: str) -> str:
    """``id_number``, ``id_old`` (15 against 18), ``id_near``, ``id_differs`` (one is wrong), ``contradict`` or ""."""
    if not one or not other:
        return ""
    if one == other:
        return "id_number"
    if {len(one), len(other)} == {15, 18}:
        long = max(one, other, key=len)
        if old_form(long) == min(one, other, key=len) and (long[6:8] == "19" and valid_number(long)):
            return "id_old"
    first, second = valid_number(one), valid_number(other)
    if first and second and len(one) == len(other) == 18:
        return "contradict"
    if number_near(one, other) or (len(one) != len(other) and number_near(old_form(one), old_form(other))):
        return "id_near"
    if first and second:
        return "contradict"
    return "id_differs"


@lru_cache(maxsize=20_000)
def number_birth(number: str) -> str:
    """The birth date in a valid identity number; "" if none."""
    read = read_identity(number).birth if valid_number(number) else None
    return str(read) if read else ""


def compare_births(one: Identity, other: Identity) -> str:
    """``birth`` (to the month at least), ``birth_year``, ``contradict``, or "" if one is unknown.

    Where the stated dates do not decide, those in the identity numbers are considered too.
    """
    stated = _agree(one.birth, other.birth)
    if stated == "birth" or not (_says_more(one) or _says_more(other)):
        return stated
    found = {stated} | {_agree(a, b) for a in (one.birth, number_birth(one.id_number))
                        for b in (other.birth, number_birth(other.id_number))}
    return next((answer for answer in ("birth", "birth_year", "contradict") if answer in found), "")


def _says_more(identity: Identity) -> bool:
    """Whether the identity number contains another birth date than the one stated (read loosely, to avoid needless
    questions)."""
    number = identity.id_number
    return bool(number) and (len(number) != 18 or f"{number[6:10]}-{number[10:12]}-{number[12:14]}" != identity.birth)


def months(identity: Identity) -> tuple[str, ...]:
    """The months of birth that the identity states, directly or by its number: ``1978-05``."""
    stated = identity.birth[:MONTH] if len(identity.birth) >= MONTH else ""
    told = number_birth(identity.id_number)[:MONTH] if _says_more(identity) else ""
    return tuple(dict.fromkeys(month for month in (stated, told) if month))


def _agree(one: str, other: str) -> str:
    if not one or not other:
        return ""
    size = min(len(one), len(other))
    if one[:size] != other[:size]:
        return "contradict"
    return "birth" if size >= MONTH else "birth_year"


def compare_units(one: Collection[str], other: Collection[str]) -> str:
    """``employer`` if they share a unit, ``employer_like`` if one unit's name begins like the other's, or ""."""
    if not one or not other:
        return ""
    if not set(one).isdisjoint(other):
        return "employer"
    least = int(limits()["unit_shortest"])
    for a in one:
        for b in other:
            if a[:least] == b[:least] and _like(a, b, least):
                return "employer_like"
    return ""


def _like(one: str, other: str, least: int) -> bool:
    """Whether the longer name is a department of the unit (…大学机械学院), or the shorter one leaves out some
    characters (青岛理工大)."""
    short, long = sorted((one, other), key=len)
    if len(short) < least:
        return False
    if long.startswith(short):
        return True
    left = iter(long)
    return len(long) - len(short) <= 2 and all(character in left for character in short)


def fingerprint(identity: Identity) -> str:
    """A stable key of a row's identity: SHA-256 over name, number, birth date, phones, units; 32 characters."""
    parts = (spelling(identity.name), identity.id_number, identity.birth, ",".join(sorted(identity.phones)),
             ",".join(sorted(identity.units)))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
