"""Chains of cases (案件链) as stored: links between cases, and the dispute that linked cases form."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlmodel import col

from expertpool.cases.case_number import parse
from expertpool.cases.procedures import is_family, original_kind
from expertpool.cases.tables import CaseLink, CourtCase, Dispute
from expertpool.foundation.problems import UserProblem
from expertpool.storage.queries import id_of
from expertpool.storage.transaction import Transaction

ORIGINAL = "原审案号"  # marks links that come from the original case number (原审案号) given in the later case


def link_cases(transaction: Transaction, earlier: CourtCase, later: CourtCase, kind: str, source: str) -> None:
    """Store how the later case follows from the earlier; cases of one dispute get the same dispute record.

    Raises ``case.cycle`` if the earlier case already follows from the later one.
    """
    known = transaction.session.scalars(select(CaseLink).where(
        col(CaseLink.earlier_id) == earlier.id, col(CaseLink.later_id) == later.id)).first()
    if is_family(kind) and follows(transaction, later, earlier):
        raise UserProblem("case.cycle", earlier=earlier.number, later=later.number)
    if known is None:
        transaction.add(
            CaseLink(earlier_id=int(earlier.id or 0), later_id=int(later.id or 0), kind=kind, source=source)
        )
    # cases linked as merely related before now prove to be one dispute
    elif is_family(kind) and not is_family(known.kind):
        known.kind, known.source = kind, source
    if not is_family(kind):  # an invalidation case of the patent is another dispute
        return
    if earlier.dispute_id is None and later.dispute_id is None:
        dispute = Dispute(title=earlier.number)
        transaction.add(dispute)
        earlier.dispute_id = later.dispute_id = dispute.id
    elif earlier.dispute_id is None or later.dispute_id is None:
        earlier.dispute_id = later.dispute_id = earlier.dispute_id or later.dispute_id
    elif earlier.dispute_id != later.dispute_id:
        emptied = transaction.get(Dispute, later.dispute_id)
        for case in transaction.session.scalars(
            select(CourtCase).where(col(CourtCase.dispute_id) == later.dispute_id)
        ).all():
            case.dispute_id = earlier.dispute_id
        transaction.session.flush()
        transaction.remove(emptied)
    transaction.session.flush()


def follows(transaction: Transaction, first: CourtCase, second: CourtCase) -> bool:
    """Whether ``second`` is ``first`` itself or follows from it by links within one dispute."""
    after = defaultdict(set)
    for link in _family_links(transaction, {first.dispute_id, second.dispute_id}):
        after[link.earlier_id].add(link.later_id)
    return int(second.id or 0) in _reached(int(first.id or 0), after)


def unlink_cases(transaction: Transaction, links: Iterable[CaseLink]) -> None:
    """Remove links; cases no longer joined by any link are no longer one dispute."""
    for link in list(links):
        earlier, later = transaction.get(CourtCase, link.earlier_id), transaction.get(CourtCase, link.later_id)
        transaction.remove(link)
        if later.dispute_id is not None and earlier.dispute_id == later.dispute_id:
            _part(transaction, earlier, later)


def _part(transaction: Transaction, earlier: CourtCase, later: CourtCase) -> None:
    """Give the later case and those linked to it a dispute of their own if nothing links them to the earlier case any
    more."""
    beside = defaultdict(set)
    for link in _family_links(transaction, {later.dispute_id}):
        beside[link.earlier_id].add(link.later_id)
        beside[link.later_id].add(link.earlier_id)
    moving = _reached(int(later.id or 0), beside)
    if int(earlier.id or 0) in moving:
        return
    former = later.dispute_id
    cases = transaction.session.scalars(select(CourtCase).where(col(CourtCase.dispute_id) == former)).all()
    dispute = None
    if len(moving) > 1:
        dispute = Dispute(title=later.number)
        transaction.add(dispute)
    for case in cases:
        if case.id in moving:
            case.dispute_id = dispute.id if dispute else None
    staying = [case for case in cases if case.id not in moving]
    if len(staying) == 1:
        staying[0].dispute_id = None
        transaction.session.flush()
        transaction.remove(transaction.get(Dispute, int(former or 0)))
    transaction.session.flush()


def follow_original(transaction: Transaction, case: CourtCase, original: str, kind: str = "") -> None:
    """Link a case to its original case, whose number may be in any spelling; a link to a different original is
    removed."""
    wanted = parse(original).normalised if original else ""
    stale = [link for link in transaction.session.scalars(select(CaseLink).where(
        col(CaseLink.later_id) == case.id, col(CaseLink.source) == ORIGINAL))
        if transaction.get(CourtCase, link.earlier_id).number != wanted]
    unlink_cases(transaction, stale)
    if not wanted:
        return
    earlier = transaction.session.scalars(select(CourtCase).where(col(CourtCase.number) == wanted)).one_or_none()
    if earlier is not None and earlier.id != case.id:
        link_cases(transaction, earlier, case, kind or original_kind(earlier.procedure, case.procedure), ORIGINAL)


def link_waiting(transaction: Transaction, cases: Sequence[CourtCase]) -> None:
    """Link these newly entered cases to earlier entered cases that name one of them as their original case."""
    by_number = {case.number: case for case in cases}
    serials = {case.serial for case in cases if case.serial}
    linked = select(col(CaseLink.later_id)).where(col(CaseLink.source) == ORIGINAL)
    waiting = transaction.session.execute(select(id_of(CourtCase), col(CourtCase.original_number)).where(
        col(CourtCase.original_number) != "", id_of(CourtCase).not_in(linked))).all()
    for number, text in waiting:
        plain = unicodedata.normalize("NFKC", text)
        if not any(serial in plain for serial in serials) and text.strip() not in by_number:
            continue
        earlier, later = by_number.get(parse(text).normalised), transaction.get(CourtCase, number)
        if earlier is not None and earlier.id != later.id and not follows(transaction, later, earlier):
            link_cases(transaction, earlier, later, original_kind(earlier.procedure, later.procedure), ORIGINAL)


def _family_links(transaction: Transaction, disputes: Iterable[int | None]) -> list[CaseLink]:
    members = select(id_of(CourtCase)).where(
        col(CourtCase.dispute_id).in_([one for one in disputes if one is not None]))
    links = transaction.session.scalars(select(CaseLink).where(
        or_(col(CaseLink.earlier_id).in_(members), col(CaseLink.later_id).in_(members)))).all()
    return [link for link in links if is_family(link.kind)]


def _reached(start: int, beside: dict[int, set[int]]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        for there in beside.get(waiting.pop(), ()):
            if there not in found:
                found.add(there)
                waiting.append(there)
    return found
