"""Verbs of chains of cases (案件链): linking by hand, removing a link, suggesting links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.cases.chains import link_cases, unlink_cases
from expertpool.cases.docket import case_by_number
from expertpool.cases.patent_number import read_patent_number
from expertpool.cases.procedures import link_kind
from expertpool.cases.tables import CaseLink, CourtCase, Party, Patent
from expertpool.foundation.changes import Changes
from expertpool.foundation.problems import UserProblem
from expertpool.rules import vocabulary
from expertpool.storage.queries import id_of, rows_where_in

BY_HAND = "人工关联"


@dataclass(frozen=True)
class LinkSuggestion:
    """A case that may belong to the same dispute: ``kind`` of vocabulary ``case_link``, ``why`` same_patent or
    same_parties.

    ``shared`` names the patents or parties that both have; ``earlier``: it came before the case asked about.
    """

    number: str
    kind: str
    why: str
    shared: tuple[str, ...]
    earlier: bool


def link_by_hand(pool: Pool, earlier: str, later: str, kind: str = "") -> Changes:
    """Link two cases by their numbers; without a ``kind``, by the one their procedures make likely.

    Raises ``case.cycle`` if the earlier follows from the later already (or is the same case), ``case.link_kind`` for
    a kind that the vocabulary lacks.
    """
    if kind and kind not in {word.code for word in vocabulary.words("case_link")}:
        raise UserProblem("case.link_kind", kind=kind)
    with pool.write("edit case", number=later, original=earlier) as transaction:
        first, second = case_by_number(transaction.session, earlier), case_by_number(transaction.session, later)
        if first.id == second.id:
            raise UserProblem("case.cycle", earlier=first.number, later=second.number)
        chosen = kind or link_kind(first.procedure, second.procedure)
        known = transaction.session.scalars(_between(first, second)).all()
        unlink_cases(transaction, [link for link in known if link.kind != chosen])
        transaction.words |= {"number": second.number, "original": first.number, "link": chosen}
        link_cases(transaction, first, second, chosen, BY_HAND)
    return transaction.result()


def unlink(pool: Pool, earlier: str, later: str) -> Changes:
    """Remove every link between two cases; the dispute is split if nothing else joins them.

    Raises ``case.not_linked``.
    """
    with pool.write("edit case", number=later, original=earlier) as transaction:
        first, second = case_by_number(transaction.session, earlier), case_by_number(transaction.session, later)
        links = transaction.session.scalars(_between(first, second)).all()
        if not links:
            raise UserProblem("case.not_linked", earlier=first.number, later=second.number)
        transaction.words |= {"number": second.number, "original": first.number, "unlinked": True}
        unlink_cases(transaction, links)
    return transaction.result()


@numbers_hidden
def link_suggestions(pool: Pool, number: str) -> list[LinkSuggestion]:
    """Unlinked cases that share a patent with this one, or all parties and the cause in another procedure."""
    with pool.read() as session:
        case = case_by_number(session, number)
        near = {link.earlier_id if link.later_id == case.id else link.later_id for link in session.scalars(
            select(CaseLink).where(or_(col(CaseLink.earlier_id) == case.id, col(CaseLink.later_id) == case.id)))}
        found = {one.number: one for one in (*_same_patent(session, case), *_same_parties(session, case))}
        dispute = case.dispute_id
        same = id_of(CourtCase) == case.id if dispute is None else col(CourtCase.dispute_id) == dispute
        known = set(session.scalars(select(col(CourtCase.number)).where(
            or_(id_of(CourtCase).in_(near | {int(case.id or 0)}), same))))
    return sorted((one for one in found.values() if one.number not in known), key=lambda one: (one.why, one.number))


def _between(one: CourtCase, two: CourtCase) -> Any:
    ids = (one.id, two.id)
    return select(CaseLink).where(col(CaseLink.earlier_id).in_(ids), col(CaseLink.later_id).in_(ids))


def _same_patent(session: Session, case: CourtCase) -> Iterator[LinkSuggestion]:
    own = {read_patent_number(number).normalised for number in session.scalars(
        select(col(Patent.number)).where(col(Patent.court_case_id) == case.id, col(Patent.number) != ""))}
    shared: dict[int, set[str]] = {}
    for other, text in session.execute(select(col(Patent.court_case_id), col(Patent.number)).where(
            col(Patent.court_case_id) != case.id, col(Patent.number) != "")) if own else ():
        if (number := read_patent_number(text).normalised) in own:
            shared.setdefault(other, set()).add(number)
    for one in _cases(session, list(shared)):
        natures = {one.nature, case.nature}
        kind = "invalidation" if "administrative" in natures and len(natures) == 2 else "same_patent"
        yield LinkSuggestion(one.number, kind, "same_patent", tuple(sorted(shared[int(one.id or 0)])),
                             _before(one, case))


def _same_parties(session: Session, case: CourtCase) -> Iterator[LinkSuggestion]:
    names = frozenset(session.scalars(select(col(Party.name)).where(col(Party.court_case_id) == case.id)))
    if len(names) < 2:
        return
    near = sorted(set(session.scalars(select(col(Party.court_case_id)).where(
        col(Party.name).in_(sorted(names)), col(Party.court_case_id) != case.id))))
    for one in _cases(session, near):
        theirs = frozenset(session.scalars(select(col(Party.name)).where(col(Party.court_case_id) == one.id)))
        earlier = _before(one, case)
        kind = link_kind(*((one.procedure, case.procedure) if earlier else (case.procedure, one.procedure)))
        if theirs == names and one.cause == case.cause and kind != "related":
            yield LinkSuggestion(one.number, kind, "same_parties", tuple(sorted(names)), earlier)


def _cases(session: Session, ids: Sequence[int]) -> Iterator[CourtCase]:
    for row in rows_where_in(session, select(CourtCase), col(CourtCase.id), ids):
        yield row[0]


def _before(one: CourtCase, other: CourtCase) -> bool:
    first, second = ((case.filed_on or str(case.year or ""), case.id or 0) for case in (one, other))
    return first < second
