"""The screening index (审查底册): what checking a case against everybody needs, read once and kept up to date.

Judging one person against one case takes about a millisecond, so judging 100,000 people takes minutes. But a recusal
rule can only find something if case and person share a conflict key: a name, a number, a unit (or one with a similar
name), a patent or an earlier case. The index maps each key to the people who have it; the keys of a case give a few
dozen people, and only these are judged by the rules themselves. The keys are wider than the rules on purpose: a
suspect too many costs a millisecond, a suspect missed would let a barred person serve. Eligibility does not depend on
the case, so it is worked out once for everybody, for a role and a day.
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
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.cases.docket import case_by_number
from expertpool.checks.conflict_keys import ConflictKey, UnitKeys, conflict_keys, keys_of_people
from expertpool.checks.eligibility import CHECKS, check_eligibility
from expertpool.checks.facts import CaseFacts, PersonFacts
from expertpool.checks.findings import Finding, ordered
from expertpool.checks.load_facts import load_case_facts, load_person_facts
from expertpool.checks.recusal import check_recusal
from expertpool.experts.tables import Person
from expertpool.foundation.dates import today
from expertpool.foundation.parallel import collector_at_rest
from expertpool.organisations.book import OrganisationBook
from expertpool.organisations.load import load_organisation_book
from expertpool.relevance.profiles import Profiles
from expertpool.rules.book import LEVELS, RuleBook
from expertpool.rules.stages import Stage
from expertpool.storage.queries import id_of
from expertpool.storage.since import Moment, now, touched_since

KEPT_FACTS, KEPT_ELIGIBILITY = 20_000, 6
UNITS = {"organisation", "organisationalias", "organisationlink", "organisationanswer"}
EligibilityKey = tuple[str, date, str, tuple[str, ...]]
_lock = Lock()
_indexes: "WeakKeyDictionary[Any, ScreeningIndex]" = WeakKeyDictionary()


@dataclass
class RoleEligibility:
    """Eligibility of everybody for one role on one day. ``findings`` holds only people about whom there is a
    finding."""

    role: str
    day: date
    rules: RuleBook
    stage: Stage
    findings: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    outside: set[int] = field(default_factory=set)  # people without any role, who are not experts of this pool

    def judge(self, person: PersonFacts) -> None:
        """Work out the findings about one person."""
        self.drop(person.id)
        hits = check_eligibility(person, self.role, self.rules, self.day, stage=self.stage)
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
    """One case checked against everybody. ``levels`` runs parallel to ``ids``: 0 nothing, 1 inform, 2 warn, 3 block.

    People who hold no role and have no connection with the case are left out.
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
        """All findings about a person, worst first."""
        found = self.recusal.get(person, ())
        return tuple(ordered([*found, *self.eligibility.get(person, ())])) if found else (
            self.eligibility.get(person, ()))


class ScreeningIndex:
    """The index of one open pool; get it by :func:`screening_index`."""

    def __init__(self) -> None:
        self.moment: Moment | None = None
        self.book = OrganisationBook()
        self.units = UnitKeys()
        self.profiles = Profiles()
        self._people: set[int] = set()
        self._keys: dict[int, tuple[ConflictKey, ...]] = {}
        self._bearers: dict[ConflictKey, set[int]] = defaultdict(set)
        self._eligibility: dict[EligibilityKey, RoleEligibility] = {}
        self._columns: dict[EligibilityKey, tuple[NDArray[np.int64], NDArray[np.int8]]] = {}
        self._facts: dict[int, PersonFacts] = {}

    def keep_up(self, session: Session) -> None:
        """Bring the index up to date with what the session sees."""
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
        self._people = set(session.scalars(select(id_of(Person)).where(col(Person.state) != "merged")))
        self._read_units(session)
        with collector_at_rest():
            self._read_keys(session, None)
            self.profiles.read(session, None)

    def _read_again(self, session: Session, touched: dict[str, set[int]]) -> None:
        if UNITS & touched.keys():
            self._read_units(session)
        cases = touched.get("courtcase", set())
        if cases:
            self.profiles.served_again()
        people = set(touched.get("person", ()))
        for case in cases:  # an assignment leads to its case
            people |= self._bearers.get(("case", case), set())
        if not people:
            return
        self._columns.clear()
        for person in people:
            self._facts.pop(person, None)
            for key_ in self._keys.pop(person, ()):
                self._bearers[key_].discard(person)
        present = set(session.scalars(select(id_of(Person)).where(id_of(Person).in_(people),
            col(Person.state) != "merged")))
        self._people = self._people - people | present
        self._read_keys(session, sorted(people))
        self.profiles.read(session, sorted(people))
        facts = load_person_facts(session, sorted(people), whole=False)
        for eligibility in self._eligibility.values():
            for person in people:
                eligibility.drop(person)
            for one in facts:
                eligibility.judge(one)

    def _read_units(self, session: Session) -> None:
        self.book = load_organisation_book(session)
        self.units = UnitKeys.of(self.book, session)

    def _read_keys(self, session: Session, people: Sequence[int] | None) -> None:
        for person, keys in keys_of_people(session, people).items():
            self._keys[person] = keys
            for key_ in keys:
                self._bearers[key_].add(person)

    # -- questions the index answers
    def suspects(self, case: CaseFacts, day: date) -> set[int]:
        """Ids of all people on whom a recusal rule might find something in this case; the rules then judge them."""
        found: set[int] = set()
        for key_ in conflict_keys(case, self.book, self.units, day):
            found |= self._bearers.get(key_, set())
        return found & self._people

    def facts(self, session: Session, people: Iterable[int]) -> list[PersonFacts]:
        """Facts of these people; those not kept in the index are read."""
        wanted = sorted(people)
        missing = [person for person in wanted if person not in self._facts]
        if len(self._facts) + len(missing) > KEPT_FACTS:
            self._facts.clear()
            missing = wanted
        for one in load_person_facts(session, missing) if missing else ():
            self._facts[one.id] = one
        return [self._facts[person] for person in wanted if person in self._facts]

    def eligibility(self, session: Session, role: str, day: date, rules: RuleBook,
                    stage: Stage = Stage.MATCH) -> RoleEligibility:
        """Eligibility of everybody; worked out once for each role, day, rule book and set of rules checked at a
        stage."""
        key = _key(role, day, rules, stage)
        if key not in self._eligibility:
            while len(self._eligibility) >= KEPT_ELIGIBILITY:
                oldest = next(iter(self._eligibility))
                del self._eligibility[oldest]
                self._columns.pop(oldest, None)
            eligibility = self._eligibility[key] = RoleEligibility(role, day, rules, stage)
            with collector_at_rest():
                for one in load_person_facts(session, whole=False):
                    eligibility.judge(one)
        return self._eligibility[key]

    def columns(self, session: Session, role: str, day: date, rules: RuleBook,
                stage: Stage = Stage.MATCH) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Ids of the pool's experts, ascending, and their levels of eligibility."""
        key = _key(role, day, rules, stage)
        eligibility = self.eligibility(session, role, day, rules, stage)
        if key not in self._columns:
            ids = np.fromiter(sorted(self._people - eligibility.outside), np.int64)
            levels = np.zeros(len(ids), np.int8)
            said = {
                person: hits for person, hits in eligibility.findings.items() if person not in eligibility.outside
            }
            levels[np.searchsorted(ids, list(said))] = [_level(hits) for hits in said.values()]
            self._columns[key] = ids, levels
        return self._columns[key]


def _key(role: str, day: date, rules: RuleBook, stage: Stage) -> EligibilityKey:
    """The key under which eligibility is kept: stages that check the same rules share it."""
    return role, day, rules.fingerprint, tuple(key for key in CHECKS if rules.asked_at(key, stage))


@numbers_hidden
def screen(pool: Pool, number: str, role: str = "", *, stage: Stage = Stage.MATCH) -> Screening:
    """Check a case against everybody in the pool.

    Raises ``case.unknown`` if the number is not in the docket. The first call reads the whole pool; later calls read
    only what changed.
    """
    with screening_index(pool) as (session, kept):
        return screened(pool, session, kept, number, role, stage)


def screened(pool: Pool, session: Session, kept: ScreeningIndex, number: str, role: str = "",
             stage: Stage = Stage.MATCH) -> Screening:
    """:func:`screen` for a caller that already holds the index."""
    rules, day = pool.rules, today()
    record = case_by_number(session, number)
    case = load_case_facts(session, record, role)
    wanted = role or record.role_needed
    recusal = {one.id: tuple(hits) for one in kept.facts(session, kept.suspects(case, day))
               if (hits := check_recusal(one, case, kept.book, rules, day, stage=stage))}
    eligibility = dict(kept.eligibility(session, wanted, day, rules, stage).findings)
    ids, levels = _with(kept.columns(session, wanted, day, rules, stage), eligibility, recusal)
    return Screening(case, wanted, day, rules, now(session), ids, levels, eligibility, recusal)


@contextmanager
def screening_index(pool: Pool) -> Iterator[tuple[Session, ScreeningIndex]]:
    """A session and the screening index of an open pool, up to date with that session; one caller at a time."""
    with pool.read() as session, _lock:
        kept = _indexes.setdefault(pool, ScreeningIndex())
        kept.keep_up(session)
        yield session, kept


def _with(columns: tuple[NDArray[np.int64], NDArray[np.int8]], eligibility: Mapping[int, tuple[Finding, ...]],
          recusal: Mapping[int, tuple[Finding, ...]]) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """The levels including recusal; people without a role who are connected with the case are added."""
    ids, levels = columns[0], columns[1].copy()
    touched = np.fromiter(sorted(recusal), np.int64, len(recusal))
    strangers = touched[~np.isin(touched, ids)]
    if len(strangers):
        ids = np.concatenate([ids, strangers])
        order = np.argsort(ids)
        ids, levels = ids[order], np.concatenate([levels, np.zeros(len(strangers), np.int8)])[order]
    at = np.searchsorted(ids, touched)
    levels[at] = [_level((*recusal[person], *eligibility.get(person, ()))) for person in touched.tolist()]
    return ids, levels


def _level(hits: Iterable[Finding]) -> int:
    return max((LEVELS.index(hit.level) + 1 for hit in hits), default=0)


def everybody(screening: Screening) -> Iterator[tuple[int, tuple[Finding, ...]]]:
    """Person id and findings of everybody in a screening."""
    for person in screening.ids.tolist():
        yield person, screening.of(person)
