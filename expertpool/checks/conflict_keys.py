"""Conflict keys (线索): the names, ids, units, patents and earlier cases by which a recusal rule could connect a case
with a person.

They are wider than the rules on purpose: a key only leads to a suspect, whom the rules then judge.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from expertpool.assignments.tables import Assignment
from expertpool.cases.case_number import parse
from expertpool.cases.patent_number import read_patent_number
from expertpool.checks.facts import CaseFacts
from expertpool.checks.namesakes import name_key
from expertpool.experts.tables import Employment, Interest, Person
from expertpool.organisations.book import OrganisationBook, UnitName
from expertpool.organisations.name_index import UnitIndex, name_signature
from expertpool.organisations.spelling import normalise
from expertpool.storage.queries import FoundRow, rows_where_in, table_of

ConflictKey = tuple[str, str | int]  # kind (name, number, unit, text, patent, case, docket) and value
PATENTS, DOCKET = ("examined_patent", "patent"), "case_role"


def number_key(number: str) -> str:
    """An identity number in the form that 15 and 18 digits share."""
    plain = number.strip().upper()
    return plain[:6] + plain[8:17] if len(plain) == 18 else plain


@dataclass
class UnitKeys:
    """Every unit name in any person's stored data, with its conflict key."""

    keys_by_name: dict[str, set[ConflictKey]] = field(default_factory=lambda: defaultdict(set))
    index: UnitIndex = field(default_factory=UnitIndex)

    @classmethod
    def of(cls, book: OrganisationBook, session: Session) -> "UnitKeys":
        """The names and aliases in the alias book, and the names in people's data that the book does not know."""
        found = cls()
        for key, name in book.names.items():
            found.keys_by_name[name].add(("unit", key))
        for alias, key in book.aliases.items():
            found.keys_by_name[alias].add(("unit", key))
        texts: list[tuple[type[SQLModel], str]] = [(Employment, "employer"), (Interest, "unit"), (Interest, "name")]
        for table, name in texts:
            columns = table_of(table).c
            for text in session.scalars(select(columns[name]).where(
                    columns.organisation_id.is_(None), columns[name] != "").distinct()):
                found.keys_by_name[text].add(("text", normalise(text)))
        found.index = UnitIndex(found.keys_by_name)
        return found

    def near(self, name: str) -> set[ConflictKey]:
        """Conflict keys of the units whose names equal this one, belong to its group, or resemble it."""
        return {key for other, _likeness in self.index.near(name) for key in self.keys_by_name[other]}


def conflict_keys(case: CaseFacts, book: OrganisationBook, units: UnitKeys, day: date) -> set[ConflictKey]:
    """Conflict keys of a case (names, ids, units, patents, earlier cases), to look up people who might be in
    conflict."""
    found = _plain_keys(case)
    for unit in _units(case):
        found |= {("unit", key) for key in book.linked(unit, day)}
        if unit.name:
            found |= {("text", name) for name in (normalise(unit.name), *book.answered(unit.name))}
            found |= units.near(unit.name)
    return found


def _plain_keys(case: CaseFacts) -> set[ConflictKey]:
    found: set[ConflictKey] = {("case", case.id), ("docket", parse(case.number).normalised)}
    for link in case.links:
        found |= {("case", link.case_id), ("docket", parse(link.number).normalised)}
    found |= {("patent", read_patent_number(number).normalised) for number in case.patents}
    for one in case.participants:
        if one.is_person and one.name:
            found.add(("name", name_key(one.name)))
        if one.id_number:
            found.add(("number", number_key(one.id_number)))
    return found


def _units(case: CaseFacts) -> set[UnitName]:
    """The units in a case: parties, patentees, agents' firms, companies of representatives."""
    found: set[UnitName] = set()
    for one in case.participants:
        if one.kind in ("party", "patentee") and one.person_kind != "person":
            found.add(UnitName(one.name, one.organisation_id))
        if one.firm_name or one.firm_id:
            found.add(UnitName(one.firm_name, one.firm_id))
    return found


@lru_cache(maxsize=100_000)
def _keys_of(name: str) -> frozenset[ConflictKey]:
    return frozenset(("key", key) for key in name_signature(name)) if name else frozenset()


def wide_conflict_keys(case: CaseFacts, book: OrganisationBook, day: date) -> set[ConflictKey]:
    """:func:`conflict_keys` for many cases and few people: units by the words that similar names share, without
    comparing names."""
    found = _plain_keys(case)
    for unit in _units(case):
        found |= {("unit", key) for key in book.linked(unit, day)} | _keys_of(unit.name)
        found |= {key for name in book.answered(unit.name) for key in _keys_of(name)}
    return found


def keys_of_people(session: Session, people: Sequence[int] | None, *,
                   keys: bool = False) -> dict[int, tuple[ConflictKey, ...]]:
    """Person id → the conflict keys of that person; of everybody if ``people`` is None.

    ``keys`` adds the keys of unit names that :func:`wide_conflict_keys` looks for.
    """
    found: dict[int, set[ConflictKey]] = defaultdict(set)
    for row in _rows(session, Person, "id", people, "name", "former_name", "id_number"):
        found[row.id] = {("name", name_key(name)) for name in (row.name, row.former_name) if name}
        if row.id_number:
            found[row.id].add(("number", number_key(row.id_number)))
    for row in _rows(session, Employment, "person_id", people, "employer", "organisation_id"):
        found[row.person_id].add(_unit(row.organisation_id, row.employer))
        if keys:
            found[row.person_id] |= _keys_of(row.employer)
    for row in _rows(session, Interest, "person_id", people, "kind", "name", "id_number", "unit", "organisation_id",
                     "detail"):
        found[row.person_id].update(_declared(row))
        if keys:
            found[row.person_id] |= _keys_of(row.unit or row.name)
    for row in _rows(session, Assignment, "person_id", people, "court_case_id"):
        found[row.person_id].add(("case", row.court_case_id))
    return {person: tuple(own) for person, own in found.items()}


def _declared(row: FoundRow) -> Iterator[ConflictKey]:
    if row.kind in PATENTS:
        yield "patent", read_patent_number(row.name or row.detail).normalised
        return
    if row.kind == DOCKET:
        yield "docket", parse(row.name).normalised
        return
    if row.id_number:
        yield "number", number_key(row.id_number)
    if row.name:
        yield "name", name_key(row.name)
    if row.organisation_id or row.unit or row.name:
        yield _unit(row.organisation_id, row.unit or row.name)


def _unit(key: int | None, name: str) -> ConflictKey:
    return ("unit", key) if key is not None else ("text", normalise(name))


def _rows(session: Session, table: type[SQLModel], key: str, ids: Sequence[int] | None,
    *names: str) -> Iterable[FoundRow]:
    columns = table_of(table).c
    query = select(columns[key], *(columns[name] for name in names))
    return rows_where_in(session, query, columns[key], ids)
