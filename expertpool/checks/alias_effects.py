"""What a new alias or link of units would change (影响预览): who would newly be barred or warned about, before
saving.

The real checks run twice, with the alias book as it is and as it would be, on all people and cases that name the
units.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.states import is_open, open_states
from expertpool.checks.facts import CaseFacts, PersonFacts
from expertpool.checks.findings import Finding
from expertpool.checks.load_case_facts import load_facts_of_cases
from expertpool.checks.load_facts import load_person_facts
from expertpool.checks.recusal import check_recusal
from expertpool.foundation.dates import today
from expertpool.organisations.book import OrganisationBook, OrganisationLinkFact, UnitName
from expertpool.organisations.load import load_organisation_book
from expertpool.organisations.names import normalise
from expertpool.organisations.register import known_units
from expertpool.rules.book import LEVELS, RuleBook
from expertpool.rules.stages import Stage
from expertpool.storage.queries import rows_where_in
from expertpool.storage.records import METADATA

GRAVE = ("warn", "block")


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """A person who would newly be barred from a case or warned about; ``serving``: already appointed to it."""

    number: str
    person: str
    uid: str
    rule: str
    level: str
    text: str
    serving: bool


@numbers_hidden
def alias_effects(pool: Pool, organisation: str, alias: str) -> list[UnitEffect]:
    """The effects if ``alias`` became another name of ``organisation``; the same for merging two units.

    Open appointments come first, then people who would newly be barred from an open case; worst first.
    """
    with pool.read() as session:
        book, (owner,) = _with_units(session, organisation)
        changed = replace(book, aliases={**book.aliases, normalise(alias): owner})
        return _effects(session, pool.rules, book, changed, (organisation, alias))


@numbers_hidden
def link_effects(pool: Pool, upper: str, lower: str, kind: str, start: str = "", end: str = "") -> list[UnitEffect]:
    """The effects if ``upper`` were linked with ``lower`` by this kind of link."""
    with pool.read() as session:
        book, (first, second) = _with_units(session, upper, lower)
        changed = replace(book, links=(*book.links, OrganisationLinkFact(first, second, kind, start, end)))
        return _effects(session, pool.rules, book, changed, (upper, lower))


def _with_units(session: Session, *names: str) -> tuple[OrganisationBook, list[int]]:
    """The alias book including these units even if not yet entered, and their ids."""
    book, known = load_organisation_book(session), known_units(session, names)
    ids = [known.get(name, -place) for place, name in enumerate(names, 1)]
    strange = {number: name for number, name in zip(ids, names, strict=True) if number < 0}
    return replace(book, names={**book.names, **strange}), ids


def _effects(session: Session, rules: RuleBook, book: OrganisationBook, changed: OrganisationBook,
             names: Sequence[str]) -> list[UnitEffect]:
    day = today()
    near = {key for name in names for each in (book, changed) for key in each.linked(UnitName(name), day)}
    keys = {normalise(name) for name in (*names, *(changed.names[key] for key in near))}
    keys |= {alias for alias, key in changed.aliases.items() if key in near}
    case_ids, person_ids = _cases_naming(session, near, keys), _people_naming(session, near, keys)
    people, cases = load_person_facts(session, sorted(person_ids)), load_facts_of_cases(session, case_ids)
    found: list[UnitEffect] = []
    for case in cases.values():
        for person in people:
            found += _new(person, case, book, changed, rules, day)
    return sorted(found, key=lambda one: (not one.serving, -LEVELS.index(one.level), one.number, one.person))


def _new(person: PersonFacts, case: CaseFacts, book: OrganisationBook, changed: OrganisationBook, rules: RuleBook,
         day: date) -> list[UnitEffect]:
    """Findings that arise only with the changed book; for an appointment, the service itself is left out of the
    facts."""
    serving = any(one.case_id == case.id and is_open(one.state) for one in person.service)
    stage = Stage.RECHECK if serving else Stage.MATCH
    if serving:
        person = replace(person, service=tuple(one for one in person.service if one.case_id != case.id))
    before, after = (_grave(check_recusal(person, case, one, rules, day, stage=stage)) for one in (book, changed))
    known = {(one.rule, one.level) for one in before}
    return [UnitEffect(case.number, person.name, person.uid, one.rule, one.level, one.text, serving)
            for one in after if (one.rule, one.level) not in known]


def _grave(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.level in GRAVE]


def _cases_naming(session: Session, units: set[int], keys: set[str]) -> set[int]:
    """Open cases, and cases in which an expert serves, that name one of the units."""
    case, serving = METADATA.tables["courtcase"].c, METADATA.tables["assignment"].c
    live = set(session.scalars(select(case.id).where(or_(case.state == "open", case.id.in_(
        select(serving.court_case_id).where(serving.state.in_(open_states())))))))
    party, agent, patent = (METADATA.tables[name].c for name in ("party", "agent", "patent"))
    found = {row[0] for columns in ((party.court_case_id, party.organisation_id, party.name),
                                    (agent.court_case_id, agent.firm_id, agent.firm))
             for row in _naming(session, columns, units, keys)}
    for number, owners in session.execute(select(patent.court_case_id, patent.patentees)):
        if any(normalise(owner) in keys for owner in owners or ()):
            found.add(number)
    return found & live


def _people_naming(session: Session, units: set[int], keys: set[str]) -> set[int]:
    """People who work or worked for one of the units, or declared it."""
    job, interest = METADATA.tables["employment"].c, METADATA.tables["interest"].c
    return {row[0] for columns in ((job.person_id, job.organisation_id, job.employer),
                                   (interest.person_id, interest.organisation_id, interest.unit),
                                   (interest.person_id, interest.organisation_id, interest.name))
            for row in _naming(session, columns, units, keys)}


def _naming(session: Session, columns: tuple[Any, Any, Any], units: set[int], keys: set[str]) -> Iterable[Any]:
    """Rows (owner, …) that name a unit by its id, or by a text that matches no known unit."""
    owner, unit, text = columns
    by_text = defaultdict(list)
    yield from rows_where_in(session, select(owner), unit, sorted(units))
    for number, name in session.execute(select(owner, text).where(unit.is_(None), text != "").distinct()):
        by_text[normalise(name)].append((number,))
    for key in keys:
        yield from by_text.get(key, ())
