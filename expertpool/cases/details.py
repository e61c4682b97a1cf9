"""One case in full: parties with agents, patents, fields, and the chain of cases (案件链) it belongs to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.cases.docket import case_by_number
from expertpool.cases.drafts import OWN, AgentDraft, CaseDraft, CaseFieldDraft, PartyDraft, PatentDraft
from expertpool.cases.procedures import is_family
from expertpool.cases.tables import Agent, CaseField, CaseLink, CourtCase, Party, Patent
from expertpool.foundation.json_values import JsonObject
from expertpool.rules.field_checks import as_written
from expertpool.storage.queries import id_of


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """Everything known of a case. ``lineage`` holds the cases of the same dispute, oldest first."""

    id: int
    uid: str
    version: int
    number: str
    values: JsonObject
    parties: list[JsonObject]
    patents: list[JsonObject]
    fields: list[JsonObject]
    lineage: list[JsonObject]

    def draft(self) -> CaseDraft:
        """The case as a draft, for a form to change."""
        return as_written(CaseDraft, {
            "number": self.values["number_raw"] or self.number, **{name: self.values[name] for name in OWN},
            "parties": self.parties, "patents": self.patents, "fields_": self.fields})


@numbers_hidden
def case_detail(pool: Pool, number: str) -> CaseDetail:
    """The case with this 案号 (or uid)."""
    with pool.read() as session:
        return load_case(session, case_by_number(session, number))


def load_case(session: Session, case: CourtCase) -> CaseDetail:
    """Details of a loaded case."""
    agents = session.scalars(select(Agent).where(col(Agent.court_case_id) == case.id).order_by(id_of(Agent))).all()
    parties = [_plain(party, PartyDraft) | {"agents": [_plain(a, AgentDraft) for a in agents
                                                       if a.party_id == party.id]}
               for party in session.scalars(select(Party).where(col(Party.court_case_id) == case.id)
                                            .order_by(col(Party.place)))]
    patents = [_plain(p, PatentDraft) for p in session.scalars(
        select(Patent).where(col(Patent.court_case_id) == case.id).order_by(id_of(Patent)))]
    fields = [_plain(f, CaseFieldDraft) for f in session.scalars(
        select(CaseField).where(col(CaseField.court_case_id) == case.id).order_by(id_of(CaseField)))]
    values = {name: getattr(case, name) for name in
              (*OWN, "number_raw", "year", "court_code", "type_code", "serial", "recognised", "cause_version",
               "created_at", "changed_at")}
    return CaseDetail(int(case.id or 0), case.uid, case.version, case.number, values, parties, patents, fields,
                      lineage_of(session, case))


def lineage_of(session: Session, case: CourtCase) -> list[JsonObject]:
    """The cases of one dispute, oldest first, each with how it follows from the one before."""
    if case.dispute_id is None:
        return [_step(case, "")]
    family = session.scalars(select(CourtCase).where(col(CourtCase.dispute_id) == case.dispute_id)).all()
    links = [link for link in session.scalars(select(CaseLink).where(
        col(CaseLink.later_id).in_([member.id for member in family])).order_by(
        id_of(CaseLink))) if is_family(link.kind)]
    kinds = {link.later_id: link.kind for link in links}
    line = order_lineage(family, predecessors(links))
    return [_step(member, kinds.get(int(member.id or 0), "")) for member in line]


def predecessors(links: Iterable[Any]) -> dict[int, list[int]]:
    """Case id → the ids of the cases it follows from."""
    found: dict[int, list[int]] = defaultdict(list)
    for link in links:
        found[link.later_id].append(link.earlier_id)
    return found


def order_lineage(family: Sequence[Any], earlier: Mapping[int, Sequence[int]]) -> list[Any]:
    """Sort the cases of one dispute by procedure; ``earlier`` maps a case to the cases it follows from."""
    depths: dict[int, int] = {}

    def depth(number: int, seen: frozenset[int] = frozenset()) -> int:
        if number not in depths:
            before = [one for one in earlier.get(number, ()) if one not in seen]
            depths[number] = 1 + max((depth(one, seen | {number}) for one in before), default=-1)
        return depths[number]

    return sorted(family, key=lambda member: (depth(member.id), member.filed_on, member.id or 0))


def _step(case: CourtCase, kind: str) -> JsonObject:
    return {"id": case.id, "uid": case.uid, "number": case.number, "procedure": case.procedure, "court": case.court,
            "state": case.state, "link": kind}


def _plain(record: Any, draft: Any) -> JsonObject:
    return {name: getattr(record, name) for name in draft.model_fields if name != "agents"}
