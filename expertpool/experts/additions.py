"""Adding people in bulk (批量登记): everything to be written is worked out without a database.

So parallel processes can prepare it; only the writing itself happens one after the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expertpool.experts.drafts import Plain
from expertpool.experts.import_tables import ValueSource
from expertpool.experts.listing import Listed, listed_row
from expertpool.experts.tables import (
    Achievement,
    Employment,
    Interest,
    Licence,
    Person,
    PersonField,
    Phone,
    RoleTerm,
    Specialty,
    Unavailability,
)
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.uids import new_uids
from expertpool.storage.bulk import Row, shape_of
from expertpool.storage.journal import Block, blocks_of
from expertpool.storage.records import Record

CHILD_TABLES: dict[str, type[Record]] = {
    "phones": Phone, "roles": RoleTerm, "employments": Employment, "fields_": PersonField,
    "specialties": Specialty, "licences": Licence, "interests": Interest, "unavailable": Unavailability,
    "achievements": Achievement,
}


ADDED_TABLES: dict[str, type[Record]] = {**CHILD_TABLES, "sources": ValueSource}


@dataclass(frozen=True, slots=True)
class Addition:
    """The new rows of one table, with what the journal says of them."""

    table: str  # a key of ADDED_TABLES, or "person" itself
    rows: list[Row]
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Prepared:
    """People ready to be written: their rows by table, and their listings."""

    additions: list[Addition]
    listed: list[Listed]


def table_of(kind: str) -> type[Record]:
    """The table of one kind of child rows, or of the people themselves."""
    return ADDED_TABLES.get(kind, Person)


def counted(people: Sequence[Plain]) -> dict[str, int]:
    """How many rows of each table these people need; ``sources`` say where their values were read."""
    counts = {kind: sum(len(person[kind]) for person in people if kind in person) for kind in ADDED_TABLES}
    return {"person": len(people), **{kind: count for kind, count in counts.items() if count}}


def prepare(people: Sequence[Plain], ids: Mapping[str, Sequence[int]], units: Mapping[str, int], stamp: str,
            uids: Sequence[str] | None = None) -> Prepared:
    """Everything that adding ``people`` writes. ``ids`` holds as many new ids as :func:`counted` asks for, ``units``
    the unit ids by name."""
    own = [{"uid": uid, **{name: value for name, value in person.items() if name not in ADDED_TABLES}}
           for person, uid in zip(people, uids or new_uids(len(people)), strict=True)]
    keys = ids["person"]
    additions = [_addition("person", own, keys, stamp)]
    for kind in ADDED_TABLES:
        if kind in ids:
            rows = [{"person_id": key, **row} for key, person in zip(keys, people, strict=True)
                    if kind in person for row in child_rows(person, kind, units)]
            additions.append(_addition(kind, rows, ids[kind], stamp))
    return Prepared(additions, [listed_row({"id": key, **row, "changed_at": stamp}, person)
                                for key, row, person in zip(keys, own, people, strict=True)])


def _addition(kind: str, given: Sequence[JsonMapping], ids: Sequence[int], stamp: str) -> Addition:
    shape = shape_of(table_of(kind))
    rows = shape.rows(given, ids, stamp)
    return Addition(kind, rows, blocks_of(shape.table.name, shape.names, rows))


def unit_names(people: Sequence[Plain]) -> set[tuple[str, str]]:
    """The units that people work for or must avoid, as (name, kind)."""
    names = {(job["employer"], job.get("employer_kind", "")) for person in people
             for job in person.get("employments", ())}
    return names | {(unit, "") for person in people for interest in person.get("interests", ())
                    if (unit := interest.get("unit"))}


def child_rows(person: Plain, child: str, units: Mapping[str, int]) -> list[JsonObject]:
    """The rows to store for one kind of child, with unit ids filled in."""
    content = person.get(child, ())
    if child == "specialties":
        return [{"text": text, "place": place} for place, text in enumerate(content)]
    if child == "phones":
        return [{**row, "place": place} for place, row in enumerate(content)]
    if child == "employments":
        return [{**{name: value for name, value in row.items() if name != "employer_kind"},
                 "organisation_id": units.get(row["employer"])} for row in content]
    if child == "interests":
        return [{**row, "organisation_id": units.get(row.get("unit", ""))} for row in content]
    return list(content)
