"""Loads from the pool the facts that the checks judge."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from expertpool.assignments.states import is_open
from expertpool.assignments.tables import Assignment, Dismissal
from expertpool.cases.tables import CourtCase
from expertpool.checks.facts import (
    AssessmentFact,
    CaseFacts,
    DeclarationFact,
    DismissalFact,
    EmploymentFact,
    InterestFact,
    LicenceFact,
    PersonFacts,
    RoleFact,
    ServiceFact,
    UnavailabilityFact,
)
from expertpool.checks.load_case_facts import load_facts_of_cases
from expertpool.declarations.tables import Declaration
from expertpool.experts.import_tables import ValueSource
from expertpool.experts.tables import Employment, Evaluation, Interest, Licence, Person, RoleTerm, Unavailability
from expertpool.storage.queries import CHUNK, FoundRow, chunks, one_of, rows_where_in, table_of


def load_case_facts(session: Session, case: CourtCase, role: str = "") -> CaseFacts:
    """The facts of one case."""
    return load_facts_of_cases(session, [int(case.id or 0)], role)[int(case.id or 0)]


def load_person_facts(session: Session, ids: Sequence[int] | None = None, *, whole: bool = True) -> list[PersonFacts]:
    """The facts of these people (if ``ids`` is None, of all who were not merged into another person).

    ``whole=False`` leaves out employers, interests, service and sources: enough for eligibility.
    """
    if ids is not None and len(ids) > CHUNK:
        return [fact for part in chunks(ids) for fact in load_person_facts(session, part, whole=whole)]
    rows = _Rows(session, ids)
    people = rows.of(Person, "id", "uid", "name", "former_name", "id_number", "birth", "education", "state",
                     "age_exemption", "case_cap", "recommendation", "unit_consent", "own_consent")
    roles = rows.by_person(RoleTerm, "role", "mode", "state", "start", "end")
    away = rows.by_person(Unavailability, "start", "end", "reason")
    licences = rows.by_person(Licence, "number", "until", "body")
    graded = rows.by_person(Evaluation, "year", "grade", "assignment_id")
    service = rows.by_person(Assignment, "court_case_id", "role", "state")
    jobs = rows.by_person(Employment, "employer", "organisation_id", "start", "end", "current") if whole else {}
    interests = rows.by_person(Interest, "kind", "name", "relation", "organisation_id", "unit", "start", "end",
                               "id_number", "detail", "unlisted", "source", "declared_on") if whole else {}
    declared = rows.by_person(Declaration, "court_case_id", "signed_on") if whole else {}
    dismissed = rows.by_person(Dismissal, "key", "court_case_id", "reason") if whole else {}
    cases = _cases_of(session, service) if whole else {}
    sources = rows.by_person(ValueSource, "file", "sheet", "row") if whole else {}
    return [
        PersonFacts(
            id=p.id, uid=p.uid, name=p.name, former_names=(p.former_name,) if p.former_name else (),
            id_number=p.id_number, birth=p.birth, education=p.education, state=p.state,
            age_exemption=p.age_exemption, cap=p.case_cap, recommendation=p.recommendation,
            unit_consent=p.unit_consent, own_consent=p.own_consent,
            assessments=tuple(AssessmentFact(row.year, row.grade) for row in graded.get(p.id, ())
                              if row.year and not row.assignment_id),
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
            dismissals=tuple(DismissalFact(*row[1:]) for row in dismissed.get(p.id, ())),
            source=_source(sources.get(p.id)))
        for p in people if p.state != "merged"]


class _Rows:
    """Rows of the same people from several tables, read in bulk."""

    def __init__(self, session: Session, ids: Sequence[int] | None) -> None:
        self.session, self.ids = session, None if ids is None else list(ids)

    def of(self, table: type[SQLModel], *names: str) -> Sequence[FoundRow]:
        columns = table_of(table).c
        query = select(*(columns[name] for name in names)).order_by(columns.id)
        if self.ids is not None:
            key = columns.id if table is Person else columns.person_id
            query = query.where(one_of(key, self.ids))
        return self.session.execute(query).all()

    def by_person(self, table: type[SQLModel], *names: str) -> dict[int, list[FoundRow]]:
        grouped: dict[int, list[FoundRow]] = defaultdict(list)
        for row in self.of(table, "person_id", *names):
            grouped[row.person_id].append(row)
        return grouped


def _cases_of(session: Session, service: dict[int, list[FoundRow]]) -> dict[int, tuple[str, str, int | None]]:
    ids = sorted({row.court_case_id for rows in service.values() for row in rows})
    columns = table_of(CourtCase).c
    query = select(columns.id, columns.number, columns.procedure, columns.dispute_id)
    return {row[0]: (row[1], row[2], row[3]) for row in rows_where_in(session, query, columns.id, ids)}


def _source(rows: Sequence[FoundRow] | None) -> str:
    if not rows:
        return ""
    last = rows[-1]
    return f"{last.file} · {last.sheet} · {last.row}" if last.row else str(last.file)
