"""Loads the facts of many cases from the pool with few queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from expertpool.cases.causes import cause
from expertpool.cases.details import order_lineage, predecessors
from expertpool.cases.party_text import kind_of_name
from expertpool.cases.procedures import is_family
from expertpool.cases.tables import Agent, CaseLink, CourtCase, Party, Patent
from expertpool.checks.facts import CaseFacts, LinkFact, ParticipantFact
from expertpool.storage.queries import FoundRow, chunks, rows_where_in, table_of

Grouped = dict[int, list[FoundRow]]


def load_facts_of_cases(session: Session, ids: Iterable[int], role: str = "") -> dict[int, CaseFacts]:
    """Case id → the facts of that case; ``role`` is the role to be filled, by default each case's own."""
    found: dict[int, CaseFacts] = {}
    for part in chunks(sorted(set(ids))):
        found |= _some(session, part, role)
    return found


def _some(session: Session, ids: Sequence[int], role: str) -> dict[int, CaseFacts]:
    cases = _rows(session, CourtCase, "id", ids, "number", "dispute_id", "nature", "procedure", "court_code",
                  "cause", "cause_code", "cause_version", "role_needed", "people_needed")
    parties = _grouped(_rows(session, Party, "court_case_id", ids, "id", "name", "side", "kind", "organisation_id",
                             "id_number", "legal_representative", "address", order="place"))
    agents = _grouped(_rows(session, Agent, "court_case_id", ids, "party_id", "name", "firm", "firm_id", "ended_on"))
    patents = _grouped(_rows(session, Patent, "court_case_id", ids, "number", "inventors", "patentees", "examiners"))
    links = _links(session, cases)
    return {row.id: CaseFacts(
        id=row.id, number=row.number, dispute_id=row.dispute_id, nature=row.nature or "civil",
        procedure=row.procedure, court_code=row.court_code, cause=row.cause, cause_kind=_cause_kind(row),
        role=role or row.role_needed, people_needed=row.people_needed,
        participants=tuple(_participants(parties.get(row.id, ()), agents.get(row.id, ()), patents.get(row.id, ()))),
        patents=tuple(patent.number for patent in patents.get(row.id, ()) if patent.number),
        links=tuple(links[row.id])) for row in cases}


def _cause_kind(row: FoundRow) -> str:
    known = cause(row.cause_code, row.cause_version) if row.cause_code else None
    return known.kind if known else ""


def _participants(parties: Sequence[FoundRow], agents: Sequence[FoundRow],
    patents: Sequence[FoundRow]) -> Iterator[ParticipantFact]:
    on_side: dict[str, int] = defaultdict(int)
    sides = [party.side for party in parties]
    for party in parties:
        on_side[party.side] += 1
        place = on_side[party.side] if sides.count(party.side) > 1 else 0
        yield ParticipantFact("party", party.name, party.side, place, party.organisation_id, party.id_number,
                              person_kind=party.kind, address=party.address)
        if party.legal_representative:
            yield ParticipantFact("legal_representative", party.legal_representative, party.side, place,
                                  firm_name=party.name, firm_id=party.organisation_id, person_kind="person")
        for agent in (one for one in agents if one.party_id == party.id):
            yield ParticipantFact("agent", agent.name, party.side, place, firm_name=agent.firm,
                                  firm_id=agent.firm_id, person_kind="person", ended=agent.ended_on)
    for patent in patents:
        for name in patent.inventors:
            yield ParticipantFact("inventor", name, person_kind="person", patent=patent.number)
        for name in patent.patentees:
            yield ParticipantFact("patentee", name, person_kind=kind_of_name(name), patent=patent.number)
        for name in patent.examiners:
            yield ParticipantFact("examiner", name, person_kind="person", patent=patent.number)


def _links(session: Session, cases: Sequence[FoundRow]) -> dict[int, list[LinkFact]]:
    """For each case: the other cases of its dispute in order, and the cases with which its dispute is linked."""
    disputes = sorted({row.dispute_id for row in cases if row.dispute_id is not None})
    family = _rows(session, CourtCase, "dispute_id", disputes, "id", "number", "procedure", "filed_on")
    everyone = sorted({row.id for row in (*cases, *family)})
    links = {row.id: row for key in ("later_id", "earlier_id") for row in
             _rows(session, CaseLink, key, everyone, "id", "earlier_id", "later_id", "kind")}
    others = _known(session, links.values(), [*cases, *family])
    away = sorted({row.dispute_id for row in others.values() if row.dispute_id is not None} - set(disputes))
    beyond: Grouped = defaultdict(list)
    for row in _rows(session, CourtCase, "dispute_id", away, "id", "number", "procedure"):
        beyond[row.dispute_id].append(row)
    touching: dict[int, list[FoundRow]] = defaultdict(list)
    for link in sorted(links.values(), key=lambda one: one.id):
        touching[link.earlier_id].append(link)
        touching[link.later_id].append(link)
    members: Grouped = defaultdict(list)
    for row in family:
        members[row.dispute_id].append(row)
    within = [link for link in links.values() if is_family(link.kind)]
    lines = {key: order_lineage(rows, predecessors(within)) for key, rows in members.items()}
    return {row.id: [*_family(row, lines.get(row.dispute_id, ()), touching),
                     *_linked(row, lines.get(row.dispute_id, ()), touching, others, beyond)] for row in cases}


def _family(case: FoundRow, line: Sequence[FoundRow], touching: dict[int, list[FoundRow]]) -> Iterator[LinkFact]:
    """A case of the same dispute: a direct link says how it is linked; otherwise its own link to the case before it
    does."""
    procedures = {member.id: member.procedure for member in line}
    earlier = True
    for member in line:
        if member.id == case.id:
            earlier = False
            continue
        links = [link for link in touching[member.id] if is_family(link.kind)]
        own = next((link.kind for link in links if case.id in (link.earlier_id, link.later_id)), "")
        kind = own or next((link.kind for link in links if link.later_id == member.id), "")
        yield LinkFact(member.id, member.number, kind, member.procedure, case.dispute_id, earlier, bool(own),
                       _main(member, links, procedures))


def _main(member: FoundRow, links: Sequence[FoundRow], procedures: dict[int, str]) -> int | None:
    """The case to which a preservation in the chain belongs."""
    if member.procedure != "preservation":
        return None
    ends = (link.earlier_id if link.later_id == member.id else link.later_id for link in links
            if link.kind == "preservation")
    return next((end for end in ends if procedures.get(end, "preservation") != "preservation"), None)


def _linked(case: FoundRow, line: Sequence[FoundRow], touching: dict[int, list[FoundRow]],
            others: dict[int, FoundRow], beyond: Grouped) -> Iterator[LinkFact]:
    """Cases outside the dispute that are linked with one of its cases, and the other procedures of those outside
    cases."""
    seen = {case.id, *(member.id for member in line)}
    for member in (case, *(one for one in line if one.id != case.id)):
        for link in touching[member.id]:
            other = others.get(link.earlier_id if link.later_id == member.id else link.later_id)
            if other is None:
                continue
            for one in (other, *(beyond[other.dispute_id] if other.dispute_id is not None else ())):
                if one.id not in seen:
                    seen.add(one.id)
                    yield LinkFact(one.id, one.number, link.kind, one.procedure, other.dispute_id,
                                   link.earlier_id == other.id, member is case and one is other)


def _known(session: Session, links: Iterable[FoundRow], cases: Sequence[FoundRow]) -> dict[int, FoundRow]:
    known = {row.id: row for row in cases}
    missing = {key for link in links for key in (link.earlier_id, link.later_id)} - known.keys()
    return known | {row.id: row for row in _rows(session, CourtCase, "id", sorted(missing), "number", "procedure",
                                                 "dispute_id")}


def _rows(session: Session, table: type[SQLModel], key: str, ids: Sequence[int], *names: str,
          order: str = "id") -> list[FoundRow]:
    """Rows of a table whose ``key`` column is one of the ids: ``key`` and the named columns."""
    columns = table_of(table).c
    query = select(columns[key], *(columns[name] for name in names if name != key)).order_by(columns[order])
    return list(rows_where_in(session, query, columns[key], ids))


def _grouped(rows: Iterable[FoundRow]) -> Grouped:
    grouped: Grouped = defaultdict(list)
    for row in rows:
        grouped[row.court_case_id].append(row)
    return grouped
