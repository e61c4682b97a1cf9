"""Who may not serve, worked out a second time from the text of the law: slow, plain, and only for the tests.

It reads the tables and shares no code with ``expertpool.matching``. It covers what bars (R1, R2, R4 to R9); what only
has to be looked at is not its business. Names of units count as the same only where they are written alike or where
the book of units says so.
"""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.assignments.tables import Assignment
from expertpool.cases.tables import Agent, CaseLink, CourtCase, Party, Patent
from expertpool.experts.tables import Employment, Interest, Person
from expertpool.organisations.tables import Organisation, OrganisationAlias, OrganisationLink

# 民法典 art. 1045 and 法释〔2011〕12号 art. 1 against those whom no statute calls near relatives
NOT_NEAR = {"fiance", "former_spouse", "teacher_student", "classmate", "colleague", "friend", "creditor_debtor", "other"}
NOBODY = {"declined", "cancelled", "proposed"}  # never took part
PERHAPS = {"withdrawn", "recused"}  # to be looked at, not barred
BARRING = {"witness", "agent", "defender", "interpreter", "inspector", "expert_assistant", "juror", "judge",
           "judicial_appraiser"}  # 民诉法解释 art. 43(3), 法释〔2011〕12号 art. 3, 证据规定 art. 40
BEFORE_APPRAISAL = {"technical_investigator", "technical_consultant"}  # 程序通则 art. 20


def barred(session: Session, case: CourtCase, person: Person, role: str, day: date) -> list[str]:
    """The rules that bar this person from this case on a day; empty if none does."""
    return [rule for rule, check in (("R1", _himself), ("R2", _unit), ("R4", _avoided), ("R5", _relative),
                                     ("R6", _firm), ("R7", _earlier_role), ("R8", _patent), ("R9", _shares))
            if check(session, case, person, role, day)]


# Units

def _same_unit(session: Session, one: str, two: str, day: date) -> bool:
    """One unit under one name or another, a branch of it, or the same before a change of name."""
    if not one or not two:
        return False
    first, second = _unit_id(session, one), _unit_id(session, two)
    if one == two or (first is not None and first == second):
        return True
    reached, waiting = {first}, [first]
    while waiting:
        here = waiting.pop()
        for link in session.scalars(select(OrganisationLink)):
            ends = {_own_id(session, link.upper_id), _own_id(session, link.lower_id)}
            holds = link.kind == "formerly" or (link.kind == "branch" and not _ended(link.end, day)
                                                and not _future(link.start, day))
            if here in ends and holds:
                for there in ends - reached:
                    reached.add(there)
                    waiting.append(there)
    return second is not None and second in reached


def _unit_id(session: Session, name: str) -> int | None:
    alias = session.scalars(select(OrganisationAlias.organisation_id).where(OrganisationAlias.alias == name)).first()
    return alias or session.scalars(select(Organisation.id).where(Organisation.name == name)).first()


def _own_id(session: Session, number: int) -> int | None:
    return _unit_id(session, session.get_one(Organisation, number).name)


def _future(start: str, day: date) -> bool:
    return bool(start) and start > str(day)[:len(start)]


def _ended(end: str, day: date) -> bool:
    return bool(end) and end < str(day)[:len(end)]


def _long_ago(end: str, years: int, day: date) -> bool:
    """民法典 arts. 201, 202: the corresponding day is the last day of the period."""
    return bool(end) and f"{int(end[:4]) + years}{end[4:]}" < str(day)[:len(end)]


def _posts(session: Session, person: Person) -> list[tuple[str, str, bool]]:
    """Unit, end, whether marked as present; offices beside the main post included."""
    jobs = [(job.employer, job.end, job.current) for job in session.scalars(
        select(Employment).where(Employment.person_id == person.id))]
    return jobs + [(one.unit, one.end, True) for one in _interests(session, person, "office")]


def _interests(session: Session, person: Person, *kinds: str) -> list[Interest]:
    return [one for one in session.scalars(select(Interest).where(Interest.person_id == person.id))
            if one.kind in kinds]


# Who is in the case

def _parties(session: Session, case: CourtCase) -> list[Party]:
    return list(session.scalars(select(Party).where(Party.court_case_id == case.id)))


def _agents(session: Session, case: CourtCase) -> list[Agent]:
    return list(session.scalars(select(Agent).where(Agent.court_case_id == case.id)))


def _patents(session: Session, case: CourtCase) -> list[Patent]:
    return list(session.scalars(select(Patent).where(Patent.court_case_id == case.id)))


def _companies(session: Session, case: CourtCase) -> list[str]:
    return [party.name for party in _parties(session, case) if party.kind == "organisation"]


def _owners(session: Session, case: CourtCase) -> list[str]:
    return [name for patent in _patents(session, case) for name in patent.patentees]


def _humans(session: Session, case: CourtCase) -> list[tuple[str, str, list[str]]]:
    """Name, number, units of everybody in the case: parties, representatives, agents, inventors, owners."""
    found = []
    for party in _parties(session, case):
        if party.kind == "person":
            found.append((party.name, party.id_number, []))
        if party.legal_representative:
            found.append((party.legal_representative, "", [party.name]))
    found += [(agent.name, "", [agent.firm]) for agent in _agents(session, case)]
    for patent in _patents(session, case):
        found += [(name, "", list(patent.patentees)) for name in patent.inventors]
        found += [(name, "", []) for name in patent.patentees if "公司" not in name]
    return found


# The grounds

def _himself(session: Session, case: CourtCase, person: Person, _role: str, day: date) -> bool:
    """民诉法 art. 47(1)(1): a party, representative, agent, inventor or owner."""
    for name, number, units in _humans(session, case):
        if number and person.id_number:
            if number == person.id_number:
                return True
            continue
        if name in (person.name, person.former_name) and any(
                _same_unit(session, unit, post[0], day) for unit in units for post in _posts(session, person)):
            return True
    return False


def _unit(session: Session, case: CourtCase, person: Person, _role: str, day: date) -> bool:
    """民诉法 art. 47(1)(2)-(3): works for a party or the owner of the patent."""
    return any(here and not _ended(end, day) and _same_unit(session, unit, company, day)
               for unit, end, here in _posts(session, person)
               for company in (*_companies(session, case), *_owners(session, case)))


def _avoided(session: Session, case: CourtCase, person: Person, _role: str, day: date) -> bool:
    """Declared by the person."""
    units = [*_companies(session, case), *_owners(session, case), *(agent.firm for agent in _agents(session, case))]
    people = {name for name, _number, _units in _humans(session, case)}
    for one in _interests(session, person, "avoid_unit", "avoid_person"):
        if not _ended(one.end, day) and (
                (one.kind == "avoid_unit" and any(_same_unit(session, one.unit, unit, day) for unit in units))
                or (one.kind == "avoid_person" and one.name in people)):
            return True
    return False


def _relative(session: Session, case: CourtCase, person: Person, _role: str, _day: date) -> bool:
    """民诉法 art. 47(1)(1): near relative of a party, representative, agent; by analogy of the owner of the patent."""
    inventors = {name for patent in _patents(session, case) for name in patent.inventors}
    others = {name for party in _parties(session, case) for name in (party.name, party.legal_representative)}
    others |= {agent.name for agent in _agents(session, case)} | set(_owners(session, case))
    near = {one.name for one in _interests(session, person, "relative") if one.relation not in NOT_NEAR and one.name}
    return bool(near & (others if inventors <= others else others - (inventors - others)))


def _firm(session: Session, case: CourtCase, person: Person, _role: str, day: date) -> bool:
    """北京细则 art. 2: own firm acts, or did within a year; own mandates from or against a party within a year."""
    for agent in _agents(session, case):
        for unit, end, here in _posts(session, person):
            present = here and not _ended(end, day)
            lately = not present and end and not _long_ago(end, 1, day)
            if (present or lately) and agent.firm and _same_unit(session, unit, agent.firm, day):
                return True
    return any(not _long_ago(one.end, 1, day) and _same_unit(session, one.unit, company, day)
               for one in _interests(session, person, "mandate")
               for company in (*_companies(session, case), *_owners(session, case)))


def _patent(session: Session, case: CourtCase, person: Person, _role: str, _day: date) -> bool:
    """北京细则 art. 2(1), (5): own patent, or one examined or handled."""
    numbers = {patent.number for patent in _patents(session, case) if patent.number}
    return any(one.name in numbers for one in _interests(session, person, "examined_patent", "patent"))


def _shares(session: Session, case: CourtCase, person: Person, _role: str, day: date) -> bool:
    """民诉法解释 art. 43(5): shares of a party that is not listed, held by oneself or a near relative."""
    listed = set(session.scalars(select(Organisation.name).where(Organisation.listed)))
    return any(one.unlisted and one.relation not in NOT_NEAR and not _ended(one.end, day)
               and not {one.unit, company} & listed and _same_unit(session, one.unit, company, day)
               for one in _interests(session, person, "holding") for company in _companies(session, case))


# Earlier service

def _earlier_role(session: Session, case: CourtCase, person: Person, role: str, _day: date) -> bool:
    """法释〔2019〕2号 art. 5, 民诉法解释 art. 43(3), 程序通则 art. 20."""
    line = _line(session, case)
    for one in session.scalars(select(Assignment).where(Assignment.person_id == person.id)):
        if one.court_case_id not in line or one.state in NOBODY | PERHAPS:
            continue
        if one.role in BARRING or (role == "judicial_appraiser" and one.role in BEFORE_APPRAISAL):
            return True
        if one.court_case_id == case.id:
            if one.role == role and not one.ended_on:
                return True
        elif one.role in BEFORE_APPRAISAL and _other_procedure(line, one.court_case_id, int(case.id or 0)):
            return True
    numbers = {session.get_one(CourtCase, key).number for key in line}
    return any(one.name in numbers and one.detail in BARRING for one in _interests(session, person, "case_role"))


def _line(session: Session, case: CourtCase) -> dict[int, tuple[str, int]]:
    """Case id → procedure and round, for every case that appeals, remands and retrials join with this one."""
    links: list[Any] = [link for link in session.scalars(select(CaseLink))
                        if link.kind in ("appeal", "remand", "retrial", "review")]
    own = int(case.id or 0)
    first = own
    while before := [link.earlier_id for link in links if link.later_id == first]:
        first = before[0]
    found, waiting = {first: (session.get_one(CourtCase, first).procedure, 0)}, [first]
    while waiting:
        here = waiting.pop()
        for link in links:
            if link.earlier_id == here:
                found[link.later_id] = (session.get_one(CourtCase, link.later_id).procedure,
                                        found[here][1] + (link.kind == "remand"))
                waiting.append(link.later_id)
    return found


def _other_procedure(line: dict[int, tuple[str, int]], served: int, wanted: int) -> bool:
    """Art. 5(1), with the exception of art. 5(2): the former second instance, again in second instance after a remand."""
    (earlier, before), (later, after) = line[served], line[wanted]
    return not (earlier == later == "second_instance" and before < after) and (
        (earlier, before) != (later, after) or served == wanted)
