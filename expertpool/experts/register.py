"""The register's verbs (登记): add people, change them, change their standing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from expertpool.accounts.door import Pool
from expertpool.experts.drafts import OWN, PersonDraft
from expertpool.experts.organisations import ensure_units
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
from expertpool.foundation.changes import Changes
from expertpool.storage.records import Record
from expertpool.storage.unit import Unit

CHILD_TABLES: dict[str, type[Record]] = {
    "phones": Phone, "roles": RoleTerm, "employments": Employment, "fields_": PersonField,
    "specialties": Specialty, "licences": Licence, "interests": Interest, "unavailable": Unavailability,
    "achievements": Achievement,
}


def register(pool: Pool, draft: PersonDraft) -> Changes:
    """Add one person."""
    with pool.write("register", name=draft.name) as unit:
        register_many(unit, [draft])
    return unit.result()


def register_many(unit: Unit, drafts: Sequence[PersonDraft], uids: Sequence[str] | None = None) -> list[int]:
    """Add people with all that belongs to them, in bulk. Returns their ids in order."""
    units = ensure_units(unit, _unit_names(drafts))
    rows = [{name: getattr(draft, name) for name in OWN} for draft in drafts]
    for row, uid in zip(rows, uids or (), strict=False):
        row["uid"] = uid
    ids = unit.insert_many(Person, rows)
    for child, table in CHILD_TABLES.items():
        unit.insert_many(table, [{"person_id": number} | content for number, draft in zip(ids, drafts, strict=True)
                                 for content in child_rows(draft, child, units)])
    return ids


def edit(pool: Pool, uid: str, draft: PersonDraft, version: int | None = None) -> Changes:
    """Make the person what the draft says. ``version`` is the one the form was opened with.

    Raises ``record.changed`` if somebody saved meanwhile.
    """
    with pool.write("edit person", name=draft.name) as unit:
        person = unit.by_uid(Person, uid, version)
        for name in OWN:
            if getattr(person, name) != getattr(draft, name):
                setattr(person, name, getattr(draft, name))
        units = ensure_units(unit, _unit_names([draft]))
        for child, table in CHILD_TABLES.items():
            replace_children(unit, table, int(person.id or 0), child_rows(draft, child, units))
    return unit.result()


def change_state(pool: Pool, uid: str, state: str, reason: str, since: str) -> Changes:
    """Suspend, remove or reinstate a person, with the reason."""
    with pool.write("change standing", state=state, reason=reason) as unit:
        person = unit.by_uid(Person, uid)
        unit.words["name"] = person.name
        person.state, person.state_reason, person.state_since = state, reason, since
    return unit.result()


def replace_children(unit: Unit, table: type[Record], person: int, wanted: list[dict[str, Any]]) -> None:
    """Leave rows that are as wanted, remove the others, add the missing."""
    kept = unit.session.scalars(select(table).where(table.person_id == person)).all()
    left = list(wanted)
    for record in kept:
        same = next((row for row in left if all(getattr(record, k) == v for k, v in row.items())), None)
        if same is None:
            unit.session.delete(record)
        else:
            left.remove(same)
    unit.session.flush()
    unit.insert_many(table, [{"person_id": person} | row for row in left])


def child_rows(draft: PersonDraft, child: str, units: dict[str, int]) -> list[dict[str, Any]]:
    """The stored rows of one kind of child, with unit keys filled in."""
    if child == "specialties":
        return [{"text": text, "place": place} for place, text in enumerate(draft.specialties)]
    rows: list[dict[str, Any]] = []
    for place, item in enumerate(getattr(draft, child)):
        row = item.model_dump(exclude={"employer_kind"})
        if child == "phones":
            row["place"] = place
        if child == "employments":
            row["organisation_id"] = units.get(item.employer)
        if child == "interests":
            row["organisation_id"] = units.get(item.unit)
        rows.append(row)
    return rows


def _unit_names(drafts: Sequence[PersonDraft]) -> set[tuple[str, str]]:
    names = {(job.employer, job.employer_kind) for draft in drafts for job in draft.employments}
    return names | {(interest.unit, "") for draft in drafts for interest in draft.interests if interest.unit}
