"""What would help if nobody is available (无人可选): how many people each rule removes, the smallest step that helps,
who could lend people."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.details import load_case
from expertpool.cases.docket import case_by_number
from expertpool.checks.screening_index import Screening, screened, screening_index
from expertpool.experts.tables import RoleTerm
from expertpool.fields.closeness import closeness, worth
from expertpool.fields.tree import tree
from expertpool.foundation.language import _
from expertpool.matching.ranking import WARN, case_fields
from expertpool.relevance.profiles import Profiles
from expertpool.storage.queries import rows_where_in

STEPS = ("verify", "E-LOAD", "E-AWAY", "E-TERM", "E-ROLE")  # from the smallest step to the largest
FIELD = "wipo"  # people at least this near count as people of the case's field
MOST = 5


@dataclass(frozen=True, slots=True)
class Removed:
    """How many people of the fields a rule removes: all of them, and those whom no other rule removes."""

    rule: str
    title: str
    all: int
    alone: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step that would let ``people`` serve: verifying, or the rule that would have to give way."""

    what: str
    people: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A field near the case's in which people may serve; near from 0 to 1."""

    code: str
    title: str
    near: float
    people: int


@dataclass(frozen=True)
class Relaxations:
    """``fitting`` people hold a field of the case, ``free`` of them may serve. ``steps``: smallest first."""

    fitting: int
    free: int
    removed: tuple[Removed, ...] = ()
    steps: tuple[Step, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    lenders: tuple[tuple[str, int], ...] = ()


def relaxations(pool: Pool, number: str, role: str = "") -> Relaxations:
    """Why so few fit a case, and what would help. Raises ``case.unknown``."""
    with screening_index(pool) as (session, kept):
        screening = screened(pool, session, kept, number, role)
        wanted = case_fields(load_case(session, case_by_number(session, number))).codes
        at = kept.profiles.at(screening.ids)
        near = np.where(at >= 0, kept.profiles.field_part(wanted, 1.0)[at], 0) if len(at) else np.zeros(0)
        fitting = near >= worth(FIELD)
        barred = _barred(screening, np.flatnonzero(fitting & (screening.levels > WARN)))
        free = np.flatnonzero(fitting & (screening.levels < WARN))
        alone = Counter(next(iter(rules)) for rules in barred.values() if len(rules) == 1)
        everyone = Counter(rule for rules in barred.values() for rule in rules)
        verify = int((fitting & (screening.levels == WARN)).sum())
        helps = {"verify": verify} | {rule: alone[rule] for rule in STEPS[1:]}
        lent = [person for person, rules in barred.items() if rules <= {"E-ROLE", "E-TERM"}]
        return Relaxations(
            int(fitting.sum()), len(free),
            tuple(Removed(rule, str(screening.rules.version_on(rule, screening.day).title), count, alone[rule])
                  for rule, count in sorted(everyone.items(), key=lambda pair: (-pair[1], pair[0]))),
            tuple(Step(name, helps[name]) for name in STEPS if helps[name]),
            tuple(_neighbours(kept.profiles, screening, wanted)),
            tuple(_lenders(session, lent)))


def _barred(screening: Screening, places: NDArray[np.signedinteger]) -> dict[int, set[str]]:
    return {person: {hit.rule for hit in screening.of(person) if hit.blocks}
            for person in screening.ids[places].tolist()}


def _neighbours(profiles: Profiles, screening: Screening, wanted: list[str]) -> Iterable[Neighbour]:
    """WIPO fields near those of the case in which people may serve, nearest first."""
    own = {field for code in wanted for field in tree().wipo_fields(code)}
    clear = np.flatnonzero(screening.levels < WARN)
    found = []
    for code in tree().wipo:
        near = max((closeness(one, code).value for one in own), default=0.0)
        if code in own or near <= 0:
            continue
        held = profiles.field_part([code], 1.0)
        at = profiles.at(screening.ids[clear])
        count = int((held[at[at >= 0]] >= worth(FIELD)).sum())
        if count:
            found.append(Neighbour(code, tree().title(code), round(near, 2), count))
    return sorted(found, key=lambda one: (-one.near, -one.people, one.code))[:MOST]


def _lenders(session: Session, people: list[int]) -> list[tuple[str, int]]:
    """Bodies that appointed people of the field who hold no valid role here; these could be dispatched
    (法释〔2019〕2号 art. 14)."""
    found: Counter[str] = Counter()
    query = select(col(RoleTerm.body), col(RoleTerm.person_id)).where(col(RoleTerm.body) != "").distinct()
    found.update(body for body, _person in rows_where_in(session, query, col(RoleTerm.person_id), people))
    return found.most_common(MOST)


def in_words(found: Relaxations) -> list[str]:
    """The result as sentences, most useful first."""
    lines = [_("{fitting} people hold a field of the case, {free} of them may serve.").format(
        fitting=found.fitting, free=found.free)]
    steps = {
        "verify": _("{people} more once what is doubtful is verified"),
        "E-LOAD": _("{people} more if the limit of open cases is raised"),
        "E-AWAY": _("{people} more once their absence ends"),
        "E-TERM": _("{people} more if their term is renewed"),
        "E-ROLE": _("{people} more if they are given the role")}
    lines += [steps[step.what].format(people=step.people) for step in found.steps]
    lines += [_("{rule} {title}: removes {all}, {alone} of them alone").format(
        rule=one.rule, title=one.title, all=one.all, alone=one.alone) for one in found.removed]
    if found.neighbours:
        lines.append(_("Neighbouring fields: {fields}").format(fields="、".join(
            f"{one.title} {one.people}" for one in found.neighbours)))
    if found.lenders:
        lines.append(_("Could be dispatched by: {bodies}").format(bodies="、".join(
            f"{body} {count}" for body, count in found.lenders)))
    return lines
