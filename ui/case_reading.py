"""Reads one case with its assignments and its chain of cases, in a worker; used by the pages of cases and of
matching."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from expertpool.assignments.service import AssignmentRow, assignment_rows
from expertpool.cases.browse import CaseQuery
from expertpool.cases.details import CaseDetail, case_detail
from ui.widgets.lineage import stages

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool


@dataclass(frozen=True)
class CaseCardData:
    """One case with its assignments and, for every case of its dispute, who served in it."""

    detail: CaseDetail
    assignments: list[AssignmentRow]
    served: dict[str, list[AssignmentRow]] = field(default_factory=dict)


def query_of(kind: str, search: str, sort: str = "number", descending: bool = True) -> CaseQuery:
    """The query for a filter chip: ``""`` all, ``open``, ``lacking`` (open and without enough people), ``closed``."""
    chosen = "open" if kind == "lacking" else kind
    return CaseQuery(search, chosen, lacking=kind == "lacking", sort=sort, descending=descending)


def read_card(pool: "ExpertPool", uid: str) -> CaseCardData:
    """Everything the card of one case shows."""
    detail = case_detail(pool, uid)
    served = {step["uid"]: assignment_rows(pool, case=step["uid"]) for step in detail.lineage}
    return CaseCardData(detail, served.get(detail.uid, []), served)


def procedure_of_case(data: CaseCardData) -> str:
    """The case's procedure, as its chain of cases shows it."""
    places = [step["uid"] for step in data.detail.lineage]
    return stages(data.detail.lineage)[places.index(data.detail.uid)]
