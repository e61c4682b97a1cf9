"""Who is the same person (查重): strict for the machine, loose for people.

Keys by strength: identity number; name with mobile; name, birth and unit. A key that contradicts (two different
identity numbers, two births that cannot agree) makes them different people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from expertpool.experts.drafts import PersonDraft
from expertpool.experts.organisation_names import normalise
from expertpool.experts.tables import Employment, Person, Phone
from expertpool.foundation.dates import PartialDate
from expertpool.foundation.text import fold
from expertpool.storage.unit import CHUNK


@dataclass(frozen=True, slots=True)
class Identity:
    """What identity is judged by."""

    name: str
    id_number: str = ""
    birth: str = ""
    phones: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``same`` for the machine to act on, ``perhaps`` for a person to decide, with the keys that agree."""

    kind: str
    keys: tuple[str, ...] = ()


DIFFERENT = Verdict("different")


def identity_of(draft: PersonDraft) -> Identity:
    """The identity that a draft states."""
    return Identity(fold(draft.name), draft.id_number, draft.birth,
                    frozenset(phone.number for phone in draft.phones if phone.kind == "mobile"),
                    frozenset(normalise(job.employer) for job in draft.employments))


def judge(one: Identity, other: Identity) -> Verdict:
    """Whether two identities are one human being."""
    if one.id_number and other.id_number:
        return Verdict("same", ("id_number",)) if one.id_number == other.id_number else DIFFERENT
    if one.name != other.name:
        return DIFFERENT
    agree: list[str] = []
    if one.birth and other.birth:
        if not _may_agree(one.birth, other.birth):
            return DIFFERENT
        if min(len(one.birth), len(other.birth)) >= len("1978-05"):
            agree.append("birth")
    agree += ["phone"] * bool(one.phones & other.phones) + ["employer"] * bool(one.units & other.units)
    if "phone" in agree or {"birth", "employer"} <= set(agree):
        return Verdict("same", tuple(agree))
    bare = any(not (who.id_number or who.birth or who.phones or who.units) for who in (one, other))
    return Verdict("perhaps", tuple(agree) or ("name",)) if agree or bare else DIFFERENT


def _may_agree(one: str, other: str) -> bool:
    return PartialDate.parse(one).agrees(PartialDate.parse(other))


@dataclass
class IdentityIndex:
    """People to compare with, found by identity number or by name."""

    by_id_number: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    known: dict[int, Identity] = field(default_factory=dict)

    def add(self, key: int, identity: Identity) -> None:
        self.known[key] = identity
        self.by_name[identity.name].append(key)
        if identity.id_number:
            self.by_id_number[identity.id_number].append(key)

    def best(self, identity: Identity) -> tuple[int | None, Verdict]:
        """The person it is, or may be; (None, different) if nobody."""
        keys = [*self.by_id_number.get(identity.id_number, ()), *self.by_name.get(identity.name, ())]
        perhaps: tuple[int | None, Verdict] = (None, DIFFERENT)
        for key in dict.fromkeys(keys):
            verdict = judge(identity, self.known[key])
            if verdict.kind == "same":
                return key, verdict
            if verdict.kind == "perhaps" and len(verdict.keys) > len(perhaps[1].keys):
                perhaps = key, verdict
        return perhaps


def pool_identities(session: Session, drafts: Iterable[PersonDraft]) -> IdentityIndex:
    """The people of the pool who share a name or an identity number with one of the drafts; by person id."""
    names, numbers = set(), set()
    for draft in drafts:
        names.add(draft.name)
        if draft.id_number:
            numbers.add(draft.id_number)
    people: dict[int, tuple[str, str, str]] = {}
    for column, wanted in ((Person.name, sorted(names)), (Person.id_number, sorted(numbers))):
        for part in _parts(wanted):
            query = select(Person.id, Person.name, Person.id_number, Person.birth).where(
                column.in_(bindparam("wanted", part, expanding=True)),
                Person.state != "merged")
            people.update({row[0]: (row[1], row[2], row[3]) for row in session.execute(query)})
    phones: dict[int, set[str]] = defaultdict(set)
    units: dict[int, set[str]] = defaultdict(set)
    for part in _parts(sorted(people)):
        ids: Any = bindparam("ids", part, expanding=True)
        for person, number in session.execute(select(Phone.person_id, Phone.number).where(
                Phone.person_id.in_(ids), Phone.kind == "mobile")):
            phones[person].add(number)
        for person, employer in session.execute(select(Employment.person_id, Employment.employer).where(
                Employment.person_id.in_(ids))):
            units[person].add(normalise(employer))
    index = IdentityIndex()
    for key, (name, number, birth) in people.items():
        index.add(key, Identity(fold(name), number, birth, frozenset(phones[key]), frozenset(units[key])))
    return index


def _parts(items: Sequence[object]) -> Iterable[list[object]]:
    return (list(items[start:start + CHUNK]) for start in range(0, len(items), CHUNK))
