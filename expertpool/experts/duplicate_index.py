"""Finds people who may be the same (查重索引) by dictionary look-ups, instead of comparing everybody with
everybody."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.experts.name_likeness import bare_spelling, limits, sound
from expertpool.experts.same_person import (
    DIFFERENT,
    Identity,
    Verdict,
    fingerprint,
    judge,
    months,
    old_form,
)
from expertpool.organisations.names import normalise
from expertpool.storage.records import METADATA

Found = tuple[int, Verdict]
Slot = int | tuple[int, ...]


class IdentityIndex:
    """Identities under integer keys; found by identity number, mobile, name with unit or birth date, pronunciation.

    ``answers`` holds what people decided: fingerprint of a row → person → keys known when the two were said to be
    different. Such a pair is proposed again only if another key agrees.
    """

    def __init__(self) -> None:
        self.known: dict[int, Identity] = {}
        self.answers: dict[str, dict[int, frozenset[str]]] = {}
        self._numbers: dict[str, Slot] = {}
        self._names: dict[str, Slot] = {}
        self._phones: dict[str, Slot] = {}
        self._pairs: dict[int, Slot] = {}  # see _pair_keys

    def add(self, key: int, identity: Identity) -> None:
        """Enter a person's identity under ``key``."""
        bare, said = _hear(identity.name)
        self.known[key] = identity
        if identity.id_number:
            _put(self._numbers, old_form(identity.id_number), key)
        for number in identity.phones:
            _put(self._phones, number, key)
        _put(self._names, bare, key)
        if identity.former_name:
            _put(self._names, bare_spelling(identity.former_name), key)
        for pair in _pair_keys(identity, bare, said):
            _put(self._pairs, pair, key)

    def remove(self, key: int) -> None:
        """Remove a person; look-ups ignore keys that are gone."""
        self.known.pop(key, None)

    def best(self, identity: Identity) -> tuple[int | None, Verdict]:
        """The person that this identity certainly or possibly is; (None, different) if nobody.

        If several people match certainly without an identity number, no match is taken as certain.
        """
        sure: list[Found] = []
        perhaps: Found | None = None
        for found in self._judged(identity):
            verdict = found[1]
            if verdict.kind == "same":
                if verdict.keys[0] in ("id_number", "id_old"):
                    return found
                sure.append(found)
            elif perhaps is None or verdict.strength > perhaps[1].strength:
                perhaps = found
        if len(sure) == 1:
            return sure[0]
        if sure:
            key, verdict = max(sure, key=lambda one: one[1].strength)
            return key, Verdict("perhaps", (*verdict.keys, "several"))
        return perhaps or (None, DIFFERENT)

    def candidates(self, identity: Identity) -> list[Found]:
        """Everybody that this identity certainly or possibly is, surest first."""
        return sorted(self._judged(identity), key=lambda one: (one[1].kind != "same", -one[1].strength, one[0]))

    def _judged(self, identity: Identity) -> Iterator[Found]:
        """Verdicts other than ``different``; those of the same identity number come first."""
        decided = self.answers.get(fingerprint(identity), {}) if self.answers else {}
        seen: set[int] = set()
        for key in self._near(identity) if self.known else ():
            if key in seen or (other := self.known.get(key)) is None:
                continue
            seen.add(key)
            verdict = judge(identity, other)
            if verdict.kind != "different" and not (key in decided and decided[key] >= set(verdict.keys)):
                yield key, verdict

    def _near(self, identity: Identity) -> Iterator[int]:
        """Keys of everybody worth comparing; some may occur twice."""
        if identity.id_number:
            yield from _held(self._numbers.get(old_form(identity.id_number)))
        bare, said = _hear(identity.name)
        for number in identity.phones:
            yield from _held(self._phones.get(number))
        for pair in _pair_keys(identity, bare, said):
            yield from _held(self._pairs.get(pair))
        most = _namesakes()
        for name in (bare, bare_spelling(identity.former_name)) if identity.former_name else (bare,):
            same = _held(self._names.get(name))
            # among people with a very common name only those sharing something more are compared; the steps above
            # found them
            if len(same) <= most or identity.bare:
                yield from same[:most]


@cache
def _namesakes() -> int:
    return int(limits()["namesakes_most"])


def _hear(name: str) -> tuple[str, str]:
    bare = bare_spelling(name)
    return (name if bare == name else bare), sound(bare)


def _held(slot: Slot | None) -> tuple[int, ...]:
    return () if slot is None else (slot,) if isinstance(slot, int) else slot


def _put(index: dict[Any, Slot], at: object, key: int) -> None:
    """Most keys belong to one person: storing a bare number instead of a list saves most of the memory."""
    held = index.get(at)
    if held is None:
        index[at] = key
    elif isinstance(held, int):
        if held != key:
            index[at] = (held, key)
    elif held[-1] != key:
        index[at] = (*held, key)


def _pair_keys(identity: Identity, bare: str, said: str) -> list[int]:
    """Keys that two identities share if they are equal or nearly so.

    Pronunciation with unit or birth date; or birth date, unit and the first or last character of the name, because
    names that differ in one character share at least one of the two.
    """
    births, units = months(identity), identity.units
    keys = [hash((said, unit)) for unit in units]
    for month in births:
        keys.append(hash((said, month)))
        for unit in units:
            keys += (hash((month, unit, bare[:1])), hash((bare[-1:], month, unit)))
    if identity.former_name:
        former = sound(bare_spelling(identity.former_name))
        keys += [hash((former, known)) for known in (*units, *births)]
    return keys


def load_identities(session: Session, aliases: Mapping[str, str] | None = None) -> IdentityIndex:
    """Everybody in the pool who was not merged away, by person id; read in three passes over few columns.

    ``aliases``: look-up spelling of a unit's other name → look-up spelling of its own name.
    """
    aliases = unit_aliases(session) if aliases is None else aliases
    phones = _grouped(session, "phone", "number", _whole, kind="mobile")
    units = _grouped(session, "employment", "employer", lambda name: unit_key(name, aliases))
    person = METADATA.tables["person"].c
    index = IdentityIndex()
    rows = session.execute(select(person.id, person.name, person.id_number, person.birth, person.former_name,
                                  person.gender).where(person.state != "merged").order_by(person.id))
    for key, name, number, birth, former, gender in rows:
        index.add(key, Identity(name, number, birth, phones.get(key, ()), units.get(key, ()), former, gender))
    return index


def _grouped(session: Session, table: str, column: str, change: Any, **only: str) -> dict[int, tuple[str, ...]]:
    """Values of a child table by person."""
    columns = METADATA.tables[table].c
    query = select(columns.person_id, columns[column]).order_by(columns.id)
    for name, value in only.items():
        query = query.where(columns[name] == value)
    found: dict[int, tuple[str, ...]] = {}
    for person, text in session.execute(query):
        value = change(text)
        held = found.get(person)
        if value and (held is None or value not in held):
            found[person] = (value,) if held is None else (*held, value)
    return found


def unit_aliases(session: Session) -> dict[str, str]:
    """Look-up spelling of every other name of a unit → look-up spelling of its own name (简称、曾用名)."""
    units, others = METADATA.tables["organisation"], METADATA.tables["organisationalias"]
    return dict(session.execute(select(others.c.alias_key, units.c.name_key).join_from(
        others, units, others.c.organisation_id == units.c.id)).all())


def unit_key(name: str, aliases: Mapping[str, str]) -> str:
    """A unit's name as it is compared."""
    plain = normalise(name)
    return aliases.get(plain, plain)


def mobiles(numbers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """From (kind, number) pairs, the numbers that identify a person: complete mobile numbers."""
    return tuple(dict.fromkeys(number for kind, number in numbers if kind == "mobile" and _whole(number)))


def _whole(number: str) -> str:
    """A mobile number with all its digits, or "": an incomplete number identifies nobody."""
    return number if len(number) >= int(limits()["mobile_digits"]) else ""
