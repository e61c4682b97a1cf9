"""Finds the records that rows name: people by number or name and unit, cases by 案号, units by name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.assignments.tables import Assignment
from expertpool.cases.case_number import parse
from expertpool.cases.tables import CourtCase, Party
from expertpool.experts.tables import Employment, Person
from expertpool.foundation.dates import PartialDate
from expertpool.foundation.masking import fits_mask
from expertpool.foundation.text import fold
from expertpool.organisations.names import normalise
from expertpool.organisations.register import known_units
from expertpool.storage.queries import id_of
from expertpool.workbook.incoming import IncomingRow
from expertpool.workbook.sheets import Column


class References:
    """Knows the records of the pool and those that the workbook adds while it is brought in."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.people: dict[str, int] = {}  # key: uid, or the number that a workbook uses itself
        self._by_number: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._employers: dict[int, set[str]] = defaultdict(set)
        self._marks: dict[int, tuple[str, str]] = {}  # identity number and birth
        for key, uid, name, number, birth in session.execute(
                select(id_of(Person), col(Person.uid), col(Person.name), col(Person.id_number),
                col(Person.birth)).order_by(id_of(Person))):
            self.add_person(key, uid, name)
            self._marks[key] = (number, birth)
            if number:
                self._by_number.setdefault(number, key)
        for person, employer in session.execute(select(col(Employment.person_id), col(Employment.employer))):
            self.add_employer(person, employer)
        self.cases = {number: key for number, key in session.execute(select(col(CourtCase.number), id_of(CourtCase)))}
        self.assignments = {uid: key for uid, key in session.execute(select(col(Assignment.uid), id_of(Assignment)))}
        self.units: dict[str, int] = {}
        self._parties: dict[int, dict[str, list[tuple[str, int]]]] = {}

    # -- what becomes known
    def add_person(self, key: int, uid: str, name: str) -> None:
        """Add a person who can be found from now on; ``uid`` may be the workbook's own number."""
        if uid:
            self.people[uid] = key
        if key not in self._by_name[fold(name)]:
            self._by_name[fold(name)].append(key)

    def add_employer(self, person: int, employer: str) -> None:
        """Remember an employer, to tell people of the same name apart."""
        self._employers[person].add(normalise(employer))

    def add_units(self, names: Iterable[str]) -> None:
        """Look up these unit names."""
        self.units.update(known_units(self.session, [name for name in names if name not in self.units]))

    # -- finding
    def recognise(self, rows: Sequence[IncomingRow]) -> dict[int, int]:
        """``id()`` of a row of the sheet of experts → the person of the pool whom it describes.

        By number first, then by identity number, then by name and unit if nothing contradicts; by the latter two
        nobody is taken twice.
        """
        found: dict[int, int] = {}
        for row in rows:
            if (key := self.people.get(row.values.get("uid", ""))) is not None:
                found[id(row)] = key
        taken = set(found.values())
        for row in rows:
            key = self._by_number.get(row.values.get("id_number", ""))
            if id(row) not in found and key is not None and key not in taken:
                found[id(row)] = key
                taken.add(key)
        for row in rows:
            if id(row) in found or "employer" not in row.values:
                continue
            same = self._called(row.values["name"], row.values["employer"])
            key = next((one for one in same if one not in taken and not self._contradicts(one, row)), None)
            if key is not None:
                found[id(row)] = key
                taken.add(key)
        return found

    def _contradicts(self, person: int, row: IncomingRow) -> bool:
        """Whether identity number or birth say that the row is about somebody else."""
        number, birth = self._marks.get(person, ("", ""))
        shown = row.masked.get("id_number", "")
        if number and (row.values.get("id_number", number) != number or (shown and not fits_mask(number, shown))):
            return True
        given = row.values.get("birth", "")
        return bool(birth and given and not PartialDate.parse(birth).agrees(PartialDate.parse(given)))

    def owner(self, row: IncomingRow) -> int | None:
        """The person to whom a row belongs; adds a problem to the row if nobody or several fit."""
        uid, name = row.values.get("person_uid", ""), row.values.get("person_name", "")
        if uid in self.people:
            return self.people[uid]
        same = self._called(name, row.values.get("person_unit", ""))
        if len(same) == 1:
            return same[0]
        code = "exchange.person_ambiguous" if same else "exchange.person_unknown"
        row.report(code, "person_name", value=name or uid)
        return None

    def find(self, column: Column, row: IncomingRow) -> int | None:
        """The record that a cell names; adds a problem if there is none."""
        text = str(row.values[column.key])
        match column.kind:
            case "person":
                found, code = self.people.get(text), "exchange.person_unknown"
            case "case":
                found, code = self.cases.get(parse(text).normalised), "exchange.case_unknown"
            case "unit":
                found, code = self.units.get(text), "exchange.unit_unknown"
            case "assignment":
                found, code = self.assignments.get(text), "exchange.assignment_unknown"
            case _:
                found, code = self._party(row, text), "exchange.party_unknown"
        if found is None:
            row.report(code, column.key)
        return found

    def _called(self, name: str, employer: str) -> list[int]:
        same = self._by_name.get(fold(name), []) if name else []
        if employer and same:
            key = normalise(employer)
            there = [person for person in same if key in self._employers[person]]
            return there or (same if len(same) == 1 and not self._employers[same[0]] else [])
        return list(same)

    def _party(self, row: IncomingRow, name: str) -> int | None:
        case = self.cases.get(parse(str(row.values.get("case_number", ""))).normalised)
        if case is None:
            return None
        if case not in self._parties:
            known: dict[str, list[tuple[str, int]]] = defaultdict(list)
            for key, side, called in self.session.execute(select(id_of(Party), col(Party.side),
                col(Party.name)).where(
                    col(Party.court_case_id) == case).order_by(id_of(Party))):
                known[called].append((side, key))
            self._parties[case] = known
        side = row.values.get("party_side", "")
        return next((key for its, key in self._parties[case].get(name, ()) if its == side or not side), None)
