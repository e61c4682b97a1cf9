"""Pairs of units that look like one unit or one group (疑似同一单位), for people to answer; surest first."""

from dataclasses import dataclass

from sqlalchemy import select

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.organisations.browse import weights
from expertpool.organisations.edits import answers, pair_key
from expertpool.organisations.name_index import UnitIndex
from expertpool.organisations.names import Likeness
from expertpool.storage.records import METADATA

# shown by the names themselves, and as frequent as schools of a university: nobody needs to be asked
SPOKEN = frozenset({"departments", "department", "branch", "siblings", "family"})
_ORDER = ("same", "perhaps", "group")


@dataclass(frozen=True, slots=True)
class UnitSide:
    """One of the two units, with the number of people and cases that refer to it."""

    uid: str
    name: str
    people: int
    cases: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two known units and how similar their names are."""

    one: UnitSide
    other: UnitSide
    likeness: Likeness


@numbers_hidden
def suggestions(pool: Pool, most: int = 200) -> list[Suggestion]:
    """Pairs of similar known units without an answer, alias or link that says what they are to each other.

    The likeliest pairs come first; among equals those with more people and cases.
    """
    tables = METADATA.tables
    unit, alias, link = (tables[name].c for name in ("organisation", "organisationalias", "organisationlink"))
    with pool.read() as session:
        units = {row.name: row for row in session.execute(select(unit.id, unit.uid, unit.name, unit.credit_code))}
        keys = {row.alias_key: row.organisation_id for row in session.execute(
            select(alias.alias_key, alias.organisation_id))}
        linked = {frozenset(row) for row in session.execute(select(link.upper_id, link.lower_id))}
        answered = set(answers(session))
        counts = weights(session)
    found: list[tuple[int, int, str, str, Likeness]] = []
    for one, other, likeness in UnitIndex(units).pairs():
        first, second = units[one], units[other]
        pair = pair_key(one, other)
        if (likeness.reason in SPOKEN or pair in answered or frozenset((first.id, second.id)) in linked
                or keys.get(pair[0]) in (first.id, second.id) or keys.get(pair[1]) in (first.id, second.id)
                or (first.credit_code and second.credit_code and first.credit_code != second.credit_code)):
            continue
        weight = sum(sum(counts.get(row.id, (0, 0))) for row in (first, second))
        found.append((_ORDER.index(likeness.verdict), -weight, one, other, likeness))

    def side(name: str) -> UnitSide:
        row = units[name]
        return UnitSide(row.uid, row.name, *counts.get(row.id, (0, 0)))

    found.sort(key=lambda entry: entry[:4])
    return [Suggestion(side(one), side(other), likeness) for _rank, _weight, one, other, likeness in found[:most]]
