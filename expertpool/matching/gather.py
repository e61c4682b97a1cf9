"""Reads from the pool the facts that the checks judge."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from expertpool.assignments.states import is_open
from expertpool.assignments.tables import Assignment
from expertpool.cases.case_number import parse
from expertpool.cases.causes import cause
from expertpool.cases.details import lineage_of
from expertpool.cases.party_text import kind_of_name
from expertpool.cases.patent_number import read_patent_number
from expertpool.cases.tables import Agent, CaseLink, CourtCase, Party, Patent
from expertpool.experts.organisation_names import normalise
from expertpool.experts.tables import (
    Declaration,
    Employment,
    Interest,
    Licence,
    Organisation,
    OrganisationAlias,
    OrganisationLink,
    Person,
    RoleTerm,
    Unavailability,
    ValueSource,
)
from expertpool.matching.facts import (
    CaseFacts,
    DeclarationFact,
    EmploymentFact,
    InterestFact,
    LicenceFact,
    LinkFact,
    ParticipantFact,
    PersonFacts,
    RoleFact,
    ServiceFact,
    UnavailabilityFact,
)
from expertpool.matching.organisation_book import OrganisationBook, OrganisationLinkFact
from expertpool.matching.people import name_key
from expertpool.storage.unit import CHUNK


def gather_case(session: Session, case: CourtCase, role: str = "") -> CaseFacts:
    """All that the checks see of a case."""
    agents = session.scalars(select(Agent).where(Agent.court_case_id == case.id)).all()
    parties = session.scalars(select(Party).where(Party.court_case_id == case.id).order_by(Party.place)).all()
    patents = session.scalars(select(Patent).where(Patent.court_case_id == case.id)).all()
    kind = cause(case.cause_code, case.cause_version) if case.cause_code else None
    return CaseFacts(
        id=int(case.id or 0), number=case.number, dispute_id=case.dispute_id, nature=case.nature or "civil",
        procedure=case.procedure, court_code=case.court_code, cause=case.cause,
        cause_kind=kind.kind if kind else "", role=role or case.role_needed,
        participants=tuple(_participants(parties, agents, patents)),
        patents=tuple(patent.number for patent in patents if patent.number), links=tuple(_links(session, case)))


def _participants(parties: Sequence[Party], agents: Sequence[Agent],
                  patents: Sequence[Patent]) -> Iterable[ParticipantFact]:
    on_side: dict[str, int] = defaultdict(int)
    several = {side for side in {p.side for p in parties} if sum(q.side == side for q in parties) > 1}
    for party in parties:
        on_side[party.side] += 1
        place = on_side[party.side] if party.side in several else 0
        yield ParticipantFact("party", party.name, party.side, place, party.organisation_id, party.id_number,
                              person_kind=party.kind)
        if party.legal_representative:
            yield ParticipantFact("legal_representative", party.legal_representative, party.side, place,
                                  firm_name=party.name, firm_id=party.organisation_id, person_kind="person")
        for agent in (a for a in agents if a.party_id == party.id):
            yield ParticipantFact("agent", agent.name, party.side, place, firm_name=agent.firm,
                                  firm_id=agent.firm_id, person_kind="person", ended=agent.ended_on)
    for patent in patents:
        for name in patent.inventors:
            yield ParticipantFact("inventor", name, person_kind="person", patent=patent.number)
        for name in patent.patentees:
            yield ParticipantFact("patentee", name, person_kind=kind_of_name(name),
                                  patent=patent.number)
        for name in patent.examiners:
            yield ParticipantFact("examiner", name, person_kind="person", patent=patent.number)


def _links(session: Session, case: CourtCase) -> Iterable[LinkFact]:
    """The other cases of the dispute, those before this one marked earlier, and directly linked cases."""
    earlier, seen = True, {case.id}
    for step in lineage_of(session, case):
        if step["id"] == case.id:
            earlier = False
            continue
        seen.add(step["id"])
        yield LinkFact(step["id"], step["number"], step["link"], step["procedure"], case.dispute_id, earlier)
    for link in session.scalars(select(CaseLink).where(
            or_(CaseLink.earlier_id == case.id, CaseLink.later_id == case.id))):
        other_id = link.earlier_id if link.later_id == case.id else link.later_id
        other = session.get(CourtCase, other_id)
        if other is not None and other_id not in seen:
            yield LinkFact(other_id, other.number, link.kind, other.procedure, other.dispute_id,
                           link.earlier_id == other_id)


def gather_book(session: Session) -> OrganisationBook:
    """The known units with aliases and links."""
    units = session.execute(select(Organisation.id, Organisation.name, Organisation.listed)).all()
    return OrganisationBook(
        names={row[0]: row[1] for row in units},
        aliases={row[0]: row[1] for row in session.execute(
            select(OrganisationAlias.alias_key, OrganisationAlias.organisation_id))},
        links=tuple(OrganisationLinkFact(*row) for row in session.execute(
            select(OrganisationLink.upper_id, OrganisationLink.lower_id, OrganisationLink.kind,
                   OrganisationLink.start, OrganisationLink.end))),
        listed=frozenset(row[0] for row in units if row[2]))


def gather_people(session: Session, ids: Sequence[int] | None = None, *, whole: bool = True) -> list[PersonFacts]:
    """Facts of these people (all who were not merged away if ``ids`` is None).

    ``whole`` False leaves out employers, interests, service and sources: enough for eligibility.
    """
    if ids is not None and len(ids) > CHUNK:
        return [fact for start in range(0, len(ids), CHUNK)
                for fact in gather_people(session, ids[start:start + CHUNK], whole=whole)]
    rows = _Rows(session, ids)
    people = rows.of(Person, "id", "uid", "name", "former_name", "id_number", "birth", "education", "state",
                     "age_exemption", "case_cap")
    roles = rows.by_person(RoleTerm, "role", "mode", "state", "start", "end")
    away = rows.by_person(Unavailability, "start", "end", "reason")
    licences = rows.by_person(Licence, "number", "until", "body")
    service = rows.by_person(Assignment, "court_case_id", "role", "state")
    jobs = rows.by_person(Employment, "employer", "organisation_id", "start", "end", "current") if whole else {}
    interests = rows.by_person(Interest, "kind", "name", "relation", "organisation_id", "unit", "start", "end",
                               "id_number", "detail", "unlisted", "source") if whole else {}
    declared = rows.by_person(Declaration, "court_case_id", "signed_on") if whole else {}
    cases = _cases_of(session, service) if whole else {}
    sources = rows.by_person(ValueSource, "file", "sheet", "row") if whole else {}
    return [
        PersonFacts(
            id=p.id, uid=p.uid, name=p.name, former_names=(p.former_name,) if p.former_name else (),
            id_number=p.id_number, birth=p.birth, education=p.education, state=p.state,
            age_exemption=p.age_exemption, cap=p.case_cap,
            roles=tuple(RoleFact(*row[1:]) for row in roles.get(p.id, ())),
            unavailable=tuple(UnavailabilityFact(*row[1:]) for row in away.get(p.id, ())),
            licences=tuple(LicenceFact(*row[1:]) for row in licences.get(p.id, ())),
            open_load=sum(is_open(row.state) for row in service.get(p.id, ())),
            employments=tuple(EmploymentFact(row.employer, row.organisation_id, row.start, row.end, row.current,
                                             source=_source(sources.get(p.id)))
                              for row in jobs.get(p.id, ())),
            interests=tuple(InterestFact(*row[1:]) for row in interests.get(p.id, ())),
            service=tuple(ServiceFact(row.court_case_id, *cases[row.court_case_id][:2], row.role, row.state,
                                      cases[row.court_case_id][2])
                          for row in service.get(p.id, ()) if row.court_case_id in cases),
            declarations=tuple(DeclarationFact(row.court_case_id or 0, row.signed_on)
                               for row in declared.get(p.id, ())),
            source=_source(sources.get(p.id)))
        for p in people if p.state != "merged"]


def suspects(session: Session, case: CaseFacts, book: OrganisationBook, day: Any) -> set[int]:
    """Ids of everybody whom a recusal rule may touch: named in the case or near it. The rules judge them."""
    from expertpool.matching.organisation_book import UnitName

    names = {name_key(p.name) for p in case.participants if p.is_person and p.name}
    units = [UnitName(p.firm_name, p.firm_id) for p in case.participants if p.firm_name]
    units += [UnitName(p.name, p.organisation_id) for p in case.participants if p.person_kind == "organisation"]
    near = {key for key, name in book.names.items()
            if any(book.relation(UnitName(name, key), unit, day) for unit in units)}
    others = [link.case_id for link in case.links] + [case.id]
    found = set(session.scalars(select(Assignment.person_id).where(Assignment.court_case_id.in_(others))))
    found |= _declared_near(session, case, names, {normalise(unit.name) for unit in units})
    for key, name, former in session.execute(select(Person.id, Person.name, Person.former_name)):
        if name_key(name) in names or (former and name_key(former) in names):
            found.add(key)
    wanted = sorted(near)
    for start in range(0, len(wanted), CHUNK):
        part: Any = bindparam("near", wanted[start:start + CHUNK], expanding=True)
        for column, owner in ((Employment.organisation_id, Employment.person_id),
                              (Interest.organisation_id, Interest.person_id)):
            found.update(session.scalars(select(owner).where(column.in_(part))))
    if numbers := [p.id_number for p in case.participants if p.id_number]:
        found.update(session.scalars(select(Person.id).where(Person.id_number.in_(numbers))))
    return {number for number in found if number is not None}


def _declared_near(session: Session, case: CaseFacts, names: set[str], units: set[str]) -> set[int]:
    """Who declared something that names a person, unit, number, patent or case number of this case."""
    patents = {read_patent_number(text).normalised for text in case.patents}
    numbers = {p.id_number for p in case.participants if p.id_number}
    cases = {case.number, *(link.number for link in case.links)}
    found = set()
    for key, name, unit, number, detail in session.execute(select(
            Interest.person_id, Interest.name, Interest.unit, Interest.id_number, Interest.detail)):
        if ((name and (name_key(name) in names or normalise(name) in units))
                or (unit and normalise(unit) in units) or (number and number in numbers)
                or any(text and (read_patent_number(text).normalised in patents or parse(text).normalised in cases)
                       for text in (name, detail))):
            found.add(key)
    return found


class _Rows:
    """Bulk reads of the same people from several tables."""

    def __init__(self, session: Session, ids: Sequence[int] | None) -> None:
        self.session, self.ids = session, None if ids is None else list(ids)

    def of(self, table: Any, *names: str) -> Sequence[Any]:
        columns = table.__table__.c
        query = select(*(columns[name] for name in names)).order_by(columns.id)
        if self.ids is not None:
            key = columns.id if table is Person else columns.person_id
            query = query.where(key.in_(bindparam("ids", self.ids, expanding=True)))
        return self.session.execute(query).all()

    def by_person(self, table: Any, *names: str) -> dict[int, list[Any]]:
        grouped: dict[int, list[Any]] = defaultdict(list)
        for row in self.of(table, "person_id", *names):
            grouped[row.person_id].append(row)
        return grouped


def _cases_of(session: Session, service: dict[int, list[Any]]) -> dict[int, tuple[str, str, int | None]]:
    ids = sorted({row.court_case_id for rows in service.values() for row in rows})
    found: dict[int, tuple[str, str, int | None]] = {}
    for start in range(0, len(ids), CHUNK):
        for row in session.execute(select(CourtCase.id, CourtCase.number, CourtCase.procedure, CourtCase.dispute_id)
                                   .where(CourtCase.id.in_(ids[start:start + CHUNK]))):
            found[row[0]] = (row[1], row[2], row[3])
    return found


def _source(rows: Any) -> str:
    if not rows:
        return ""
    last = rows[-1]
    return f"{last.file} · {last.sheet} · {last.row}" if last.row else str(last.file)
