"""Whether two unit names (单位名称) mean one unit, one group, perhaps one unit, or two; pure and symmetric."""

from dataclasses import dataclass
from functools import cache

from expertpool.foundation.sentences import sentence
from expertpool.organisations.name_parts import ReadName, UnitReading, read_name, read_unit
from expertpool.organisations.spelling import normalise, province_of, words

__all__ = ["NO", "ONE_PERSON", "VERDICTS", "Likeness", "normalise", "similar", "similar_read"]

# parts that are no legal persons of their own (民法典 art. 74)
ONE_PERSON = frozenset({"branch", "department", "departments"})
VERDICTS = ("same", "group", "perhaps", "no")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The result for two names: same, group, perhaps or no; ``reason`` is a code such as ``branch``."""

    verdict: str
    reason: str = ""

    @property
    def why(self) -> str:
        """The reason as a sentence, in the language in force."""
        return sentence(f"organisations.why.{self.reason or 'different'}")


NO = Likeness("no")
_ENTERPRISE = frozenset({"limited", "shares", "company", "works"})


@cache
def _local_only() -> frozenset[str]:
    """Forms whose name is protected in one place only: the same name elsewhere is another unit (律师事务所 …)."""
    return frozenset(words()["local_only"])


def similar(a: str, b: str) -> Likeness:
    """Compare two names as written.

    ``same``: one unit in another spelling, or by a short or former name that only it has. ``group``: the names show a
    whole and its part (department, branch, affiliated institution), two parts of one whole, or members of one group
    of enterprises. ``perhaps``: a person has to decide. Everything else is ``no``.
    """
    return similar_read(read_name(a), read_name(b))


def similar_read(first: ReadName, second: ReadName) -> Likeness:
    """:func:`similar` for names already read."""
    if first.keys.isdisjoint(second.keys):
        return NO
    if len(first.readings) == 1 and len(second.readings) == 1:
        return _compared(first.readings[0], second.readings[0])
    best = NO
    for place, one in enumerate(first.readings):
        for other_place, two in enumerate(second.readings):
            found = _compared(one, two)
            if found.verdict == "same" and (place or other_place):
                found = Likeness("same", "former")
            if VERDICTS.index(found.verdict) < VERDICTS.index(best.verdict):
                best = found
    return best


def _compared(one: UnitReading, two: UnitReading) -> Likeness:
    if one.bare == two.bare:
        return Likeness("same", "known" if one.known != two.known else "spelling")
    if one.may_be or two.may_be:
        found = _ambiguous(one, two)
        if found.verdict != "no":
            return found
    if one.form and two.form:
        found = _companies(one, two)
    elif one.form or two.form:
        company, other = (one, two) if one.form else (two, one)
        found = _company_and_other(company, other)
    else:
        found = _institutions(one, two)
    if found.verdict in ("no", "perhaps") and one.family and one.family == two.family:
        return Likeness("group", "family")
    if found.verdict != "no":
        return found
    if one.shape == two.shape:
        return Likeness("perhaps", "look_alike")
    return _abbreviated(one, two)


def _ambiguous(one: UnitReading, two: UnitReading) -> Likeness:
    """A short form that may mean several units."""
    first, second = one.may_be or {one.text}, two.may_be or {two.text}
    if first & second:
        return Likeness("perhaps", "ambiguous")
    tops = [{read_unit(text).chain[0] for text in texts} for texts in (first, second)]
    return Likeness("perhaps", "ambiguous") if tops[0] & tops[1] else NO


# Companies and firms

def _companies(one: UnitReading, two: UnitReading) -> Likeness:
    head = _heads(one, two) if one.core == two.core else _other_core(one, two)
    if head.verdict != "same" or one.chain[1:] == two.chain[1:]:
        return head
    return Likeness("group", _part_reason(one.chain, two.chain, 1))


def _heads(one: UnitReading, two: UnitReading) -> Likeness:
    """Two companies with the same core: compare place and legal form."""
    local = not _local_only().isdisjoint({one.kind, two.kind})
    if one.kind != two.kind and local:
        return NO
    if (one.lead, one.inner) == (two.lead, two.inner):
        return _forms(one, two)
    first, second = one.inner | ({one.lead} - {""}), two.inner | ({two.lead} - {""})
    if not first or not second or first & second:
        return Likeness("perhaps", "place")
    if local:
        return NO
    nested = any(province_of().get(city) in other for places, other in ((first, second), (second, first))
                 for city in places)
    if nested or len(one.core) >= words()["core_elsewhere"]:
        return Likeness("perhaps", "place")
    return NO


def _forms(one: UnitReading, two: UnitReading) -> Likeness:
    if one.form.replace("责任", "") == two.form.replace("责任", ""):
        return Likeness("same", "form" if one.form != two.form else "spelling")
    if {one.kind, two.kind} == {"company", "limited"} and one.core.endswith(("集团", "电网")):
        return Likeness("same", "converted")  # 集团公司 under former law became 集团有限公司
    return Likeness("perhaps", "form" if one.kind in _ENTERPRISE else "renamed")


def _other_core(one: UnitReading, two: UnitReading) -> Likeness:
    """Companies whose cores differ: a group and its member, or a name that continues the other."""
    if not {one.kind, two.kind} <= _ENTERPRISE or (one.lead and two.lead and one.lead != two.lead):
        return NO
    for group, member in ((one, two), (two, one)):
        brand, sign, rest = group.core.partition("集团")
        if sign and not rest and len(brand) >= 2:
            if member.core.startswith(group.core):
                return Likeness("group", "group")
            if member.core.startswith(brand) and one.lead == two.lead:
                return Likeness("perhaps", "group")
    shorter, longer = sorted((one.core, two.core), key=len)
    if len(shorter) >= words()["core_length"] and longer.startswith(shorter):
        return Likeness("perhaps", "renamed")
    return NO


def _company_and_other(company: UnitReading, other: UnitReading) -> Likeness:
    """A company and a name without legal form: an institute before its conversion, a short form, an institution."""
    whole = company.lead + company.core
    if len(company.chain) == 1 and other.bare == whole and whole.endswith(tuple(words()["institutes"])):
        return Likeness("same", "converted")
    if other.institution:
        if len(other.bare) >= words()["core_length"] and whole.startswith(other.bare) and len(other.chain) == 1:
            return Likeness("perhaps", "named_after")
        return _institutions(company, other)
    if company.lead and other.lead and company.lead != other.lead:
        return NO
    if len(other.core) >= 2 and company.core.startswith(other.core) and company.kind in _ENTERPRISE:
        return Likeness("perhaps", "short")
    return NO


# Institutions

def _institutions(one: UnitReading, two: UnitReading) -> Likeness:
    """Compare the chains of units from the top."""
    common = 0
    for first, second in zip(one.chain, two.chain, strict=False):
        if first != second:
            break
        common += 1
    if common:
        whole = common in (len(one.chain), len(two.chain))
        if not whole and one.chain[common - 1] in _umbrellas():
            return NO
        return Likeness("group", _part_reason(one.chain, two.chain, common))
    if one.core == two.core and not (one.lead and two.lead) and len(one.core) >= words()["core_elsewhere"]:
        return Likeness("perhaps", "place")
    if not one.institution and not two.institution and not (one.form or two.form):
        return _brands(one, two)
    return NO


def _brands(one: UnitReading, two: UnitReading) -> Likeness:
    """Two short forms: 云岭机器人 and 沈阳云岭机器人."""
    if one.core == two.core and not (one.lead and two.lead):
        return Likeness("perhaps", "place")
    return NO


def _umbrellas() -> frozenset[str]:
    return frozenset(words()["umbrellas"]["names"])


def _part_reason(one: tuple[str, ...], two: tuple[str, ...], common: int) -> str:
    """The reason: branch, affiliated, department; if both are parts, departments of one whole or siblings."""
    found = [_part(chain[common], chain[common - 1]) for chain in (one, two) if len(chain) > common]
    if len(found) == 1:
        return found[0]
    return "siblings" if "affiliated" in found else "departments"


def _part(part: str, above: str) -> str:
    """What kind of part ``part`` is of the unit above it."""
    if part.endswith(tuple(words()["branch_ends"])):
        return "branch"
    own = above in _umbrellas() or any(word in part for word in words()["affiliated"])
    return "affiliated" if own else "department"


# short forms that are in no list

def _abbreviated(one: UnitReading, two: UnitReading) -> Likeness:
    """Characters picked from the full name in order, its first and its last among them: 长虹矿机集团."""
    short, full = sorted((one, two), key=lambda reading: len(reading.bare))
    most, least = words()["short_longest"], words()["short_least"]
    if short.form or len(short.bare) > most or len(short.core) < least or len(short.chain) > 1:
        return NO
    if short.bare.endswith(tuple(words()["hosts"]["words"])):
        return NO
    name = full.core if full.form else full.chain[0] if len(full.chain) == 1 else ""
    for text in (name, full.lead + full.core if full.form else ""):
        end = text.removesuffix("学") if text.endswith("大学") else text
        if (len(end) >= len(short.bare) + 2 and end[0] == short.bare[0] and end[-1] == short.bare[-1]
                and _picked(short.bare, end)):
            return Likeness("perhaps", "short")
    return NO


def _picked(short: str, full: str) -> bool:
    signs = iter(full)
    return all(sign in signs for sign in short)
