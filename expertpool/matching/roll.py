"""The roll (审查底册): what checking a case against everybody needs, read once and kept in step with the pool.

Two things are kept. Eligibility does not hang on the case, so everybody's findings are worked out once for a
role and a day. For recusal there are marks: whatever a rule could meet in a case (a name, a number, a unit, a
patent, a case) leads to the people who bear it; those people alone are judged, by the rules themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.accounts.door import Pool
from expertpool.cases.docket import case_by_number
from expertpool.experts.tables import Person
from expertpool.foundation.dates import today
from expertpool.foundation.helping import collector_at_rest
from expertpool.foundation.rulebook import LEVELS, RuleBook
from expertpool.matching.eligibility import check_eligibility
from expertpool.matching.facts import CaseFacts, PersonFacts
from expertpool.matching.findings import Finding, ordered
from expertpool.matching.gather import gather_book, gather_case, gather_people
from expertpool.matching.marks import Mark, UnitMarks, case_marks, marks_of_people
from expertpool.matching.organisation_book import OrganisationBook
from expertpool.matching.profiles import Profiles
from expertpool.matching.recusal import check_recusal
from expertpool.storage.since import Moment, now, touched_since

KEPT_FACTS, KEPT_STANDINGS = 20_000, 6
UNITS = {"organisation", "organisationalias", "organisationlink", "organisationanswer"}
_lock = Lock()
_rolls: "WeakKeyDictionary[Any, Roll]" = WeakKeyDictionary()


@dataclass
class Standing:
    """Eligibility of everybody for one role on one day. ``findings`` names only those of whom something is said."""

    role: str
    day: date
    rules: RuleBook
    findings: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    outside: set[int] = field(default_factory=set)  # hold no role at all: no experts of this pool

    def judge(self, person: PersonFacts) -> None:
        """Work out what is said of a person."""
        self.drop(person.id)
        hits = check_eligibility(person, self.role, self.rules, self.day)
        if not person.roles and all(hit.rule == "E-ROLE" for hit in hits):
            self.outside.add(person.id)
        if hits:
            self.findings[person.id] = tuple(hits)

    def drop(self, person: int) -> None:
        """Forget a person."""
        self.findings.pop(person, None)
        self.outside.discard(person)


@dataclass(frozen=True)
class Screening:
    """One case against everybody. ``levels`` stands beside ``ids``: 0 nothing, 1 inform, 2 warn, 3 block.

    Who holds no role at all and is not touched by the case is not among the ids.
    """

    case: CaseFacts
    role: str
    day: date
    rules: RuleBook
    moment: Moment
    ids: NDArray[np.int64]
    levels: NDArray[np.int8]
    eligibility: Mapping[int, tuple[Finding, ...]]
    recusal: Mapping[int, tuple[Finding, ...]]

    def of(self, person: int) -> tuple[Finding, ...]:
        """Everything that is said of a person, worst first."""
        found = self.recusal.get(person, ())
        return tuple(ordered([*found, *self.eligibility.get(person, ())])) if found else (
            self.eligibility.get(person, ()))


class Roll:
    """Kept for one open pool by :func:`roll`."""

    def __init__(self) -> None:
        self.moment: Moment | None = None
        self.book = OrganisationBook()
        self.units = UnitMarks()
        self.profiles = Profiles()
        self._people: set[int] = set()
        self._marks: dict[int, tuple[Mark, ...]] = {}
        self._bearers: dict[Mark, set[int]] = defaultdict(set)
        self._standings: dict[tuple[str, date, str], Standing] = {}
        self._columns: dict[tuple[str, date, str], tuple[NDArray[np.int64], NDArray[np.int8]]] = {}
        self._facts: dict[int, PersonFacts] = {}

    def keep_up(self, session: Session) -> None:
        """Bring everything in step with the state that the session sees."""
        moment = now(session)
        if moment == self.moment:
            return
        touched = None if self.moment is None else touched_since(session, self.moment)
        if touched is None:
            self._read_all(session)
        else:
            self._read_again(session, touched)
        self.moment = moment

    def _read_all(self, session: Session) -> None:
        self.__init__()  # type: ignore[misc]
        self._people = set(session.scalars(select(Person.id).where(Person.state != "merged")))
        self._read_units(session)
        with collector_at_rest():
            self._mark(session, None)
            self.profiles.read(session, None)

    def _read_again(self, session: Session, touched: dict[str, set[int]]) -> None:
        if UNITS & touched.keys():
            self._read_units(session)
        cases = touched.get("courtcase", set())
        if cases:
            self.profiles.served_again()
        people = set(touched.get("person", ()))
        for case in cases:  # service names its case
            people |= self._bearers.get(("case", case), set())
        if not people:
            return
        self._columns.clear()
        for person in people:
            self._facts.pop(person, None)
            for mark in self._marks.pop(person, ()):
                self._bearers[mark].discard(person)
        present = set(session.scalars(select(Person.id).where(Person.id.in_(people), Person.state != "merged")))
        self._people = self._people - people | present
        self._mark(session, sorted(people))
        self.profiles.read(session, sorted(people))
        facts = gather_people(session, sorted(people), whole=False)
        for standing in self._standings.values():
            for person in people:
                standing.drop(person)
            for one in facts:
                standing.judge(one)

    def _read_units(self, session: Session) -> None:
        self.book = gather_book(session)
        self.units = UnitMarks.of(self.book, session)

    def _mark(self, session: Session, people: Sequence[int] | None) -> None:
        for person, marks in marks_of_people(session, people).items():
            self._marks[person] = marks
            for mark in marks:
                self._bearers[mark].add(person)

    # -- what is asked
    def suspects(self, case: CaseFacts, day: date) -> set[int]:
        """Ids of everybody whom a recusal rule may touch in this case. The rules judge them."""
        found: set[int] = set()
        for mark in case_marks(case, self.book, self.units, day):
            found |= self._bearers.get(mark, set())
        return found & self._people

    def facts(self, session: Session, people: Iterable[int]) -> list[PersonFacts]:
        """Facts of these people, read where they are not kept."""
        wanted = sorted(people)
        missing = [person for person in wanted if person not in self._facts]
        if len(self._facts) + len(missing) > KEPT_FACTS:
            self._facts.clear()
            missing = wanted
        for one in gather_people(session, missing) if missing else ():
            self._facts[one.id] = one
        return [self._facts[person] for person in wanted if person in self._facts]

    def standing(self, session: Session, role: str, day: date, rules: RuleBook) -> Standing:
        """Eligibility of everybody; worked out once for a role, a day and a rule book."""
        key = (role, day, rules.fingerprint)
        if key not in self._standings:
            while len(self._standings) >= KEPT_STANDINGS:
                oldest = next(iter(self._standings))
                del self._standings[oldest]
                self._columns.pop(oldest, None)
            standing = self._standings[key] = Standing(role, day, rules)
            with collector_at_rest():
                for one in gather_people(session, whole=False):
                    standing.judge(one)
        return self._standings[key]

    def columns(self, session: Session, role: str, day: date,
                rules: RuleBook) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Ids of the pool's experts, ascending, and their levels of eligibility."""
        key = (role, day, rules.fingerprint)
        standing = self.standing(session, role, day, rules)
        if key not in self._columns:
            ids = np.fromiter(sorted(self._people - standing.outside), np.int64)
            levels = np.zeros(len(ids), np.int8)
            said = {person: hits for person, hits in standing.findings.items() if person not in standing.outside}
            levels[np.searchsorted(ids, list(said))] = [_level(hits) for hits in said.values()]
            self._columns[key] = ids, levels
        return self._columns[key]


def screen(pool: Pool, number: str, role: str = "", *, stage: str = "match") -> Screening:
    """Check a case against everybody in the pool.

    Raises ``case.unknown`` if the number is not in the docket. The first call reads the pool; later ones read
    what changed since.
    """
    with kept_roll(pool) as (session, kept):
        return screened(pool, session, kept, number, role, stage)


def screened(pool: Pool, session: Session, kept: Roll, number: str, role: str = "",
             stage: str = "match") -> Screening:
    """The same for whoever holds the roll already."""
    rules, day = pool.rules, today()
    record = case_by_number(session, number)
    case = gather_case(session, record, role)
    wanted = role or record.role_needed
    recusal = {one.id: tuple(hits) for one in kept.facts(session, kept.suspects(case, day))
               if (hits := check_recusal(one, case, kept.book, rules, day, stage=stage))}
    standing = dict(kept.standing(session, wanted, day, rules).findings)
    ids, levels = _with(kept.columns(session, wanted, day, rules), standing, recusal)
    return Screening(case, wanted, day, rules, now(session), ids, levels, standing, recusal)


@contextmanager
def kept_roll(pool: Pool) -> Iterator[tuple[Session, Roll]]:
    """A session and the roll of an open pool, in step with what the session sees; one at a time."""
    with pool.read() as session, _lock:
        kept = _rolls.setdefault(pool, Roll())
        kept.keep_up(session)
        yield session, kept


def _with(columns: tuple[NDArray[np.int64], NDArray[np.int8]], standing: Mapping[int, tuple[Finding, ...]],
          recusal: Mapping[int, tuple[Finding, ...]]) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """The columns with what recusal adds; people without a role whom the case touches are put in."""
    ids, levels = columns[0], columns[1].copy()
    touched = np.fromiter(sorted(recusal), np.int64, len(recusal))
    strangers = touched[~np.isin(touched, ids)]
    if len(strangers):
        ids = np.concatenate([ids, strangers])
        order = np.argsort(ids)
        ids, levels = ids[order], np.concatenate([levels, np.zeros(len(strangers), np.int8)])[order]
    at = np.searchsorted(ids, touched)
    levels[at] = [_level((*recusal[person], *standing.get(person, ()))) for person in touched.tolist()]
    return ids, levels


def _level(hits: Iterable[Finding]) -> int:
    return max((LEVELS.index(hit.level) + 1 for hit in hits), default=0)


def everybody(screening: Screening) -> Iterator[tuple[int, tuple[Finding, ...]]]:
    """Person id and findings of all who are on the roll."""
    for person in screening.ids.tolist():
        yield person, screening.of(person)
