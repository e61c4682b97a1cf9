"""Similar cases (类案): earlier cases by fields and text, who served in them, and with what rating."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.tables import Assignment
from expertpool.cases.case_number import parse
from expertpool.cases.details import load_case
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CourtCase
from expertpool.experts.tables import Evaluation, Person
from expertpool.fields.recognise import recognise
from expertpool.fields.symbols import find_symbols
from expertpool.fields.tree import tree
from expertpool.relevance.field_vote import at_wipo_level
from expertpool.relevance.texts import case_relevance, case_text
from expertpool.storage.queries import id_of

NOT_SERVED = ("proposed", "declined", "cancelled")
_RECOGNISED = 3  # most fields taken from a text that names none


@dataclass(frozen=True, slots=True)
class Served:
    """Somebody who served in a case: ``state`` of the assignment, ``grade`` and ``score`` of the rating after it."""

    uid: str
    name: str
    role: str
    state: str
    grade: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """An earlier case. ``fields`` are the shared WIPO fields, ``words`` those in both texts, ``likeness`` 0 to 1."""

    number: str
    uid: str
    cause: str
    likeness: float
    fields: tuple[str, ...]
    words: tuple[str, ...]
    served: tuple[Served, ...]
    state: str
    judged_on: str
    same_dispute: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    codes: tuple[str, ...]
    case_id: int = 0
    dispute_id: int | None = None


@numbers_hidden
def similar_cases(pool: Pool, number_or_text: str, most: int = 8) -> list[SimilarCase]:
    """The cases most similar to a case (given by its 案号 or uid) or to a text, best first.

    Raises ``case.unknown`` for a case number that is not in the docket.
    """
    relevance = case_relevance(pool)
    with pool.read() as session:
        asked = _question(session, number_or_text)
        rules = relevance.rules
        text = np.minimum(relevance.similarity(asked.text) / np.float32(rules["text_full"]), 1)
        near = relevance.near(asked.codes) if asked.codes else np.zeros_like(text)
        share = np.float32(rules["similar_codes"]) if asked.codes else np.float32(0)
        likeness = (1 - share) * text + share * near
        likeness[relevance.ids == asked.case_id] = 0
        best = [row for row in np.argsort(-likeness, kind="stable")[:most] if likeness[row] >= rules["similar_least"]]
        ids = [int(relevance.ids[row]) for row in best]
        cases = {case.id: case for case in session.scalars(select(CourtCase).where(id_of(CourtCase).in_(ids)))}
        served = who_served(session, ids)
    wanted = at_wipo_level(asked.codes)
    rows = []
    for row, one in zip(best, ids, strict=True):
        case = cases[one]
        held = [relevance.held.codes[code] for code in relevance.held.code[relevance.held.row == row]]
        rows.append(SimilarCase(
            case.number, case.uid, case.cause, round(float(likeness[row]), 3),
            tuple(sorted(wanted & at_wipo_level(code for code in held if tree().knows(code)))),
            relevance.words(asked.text, one, 4), tuple(served[one]), case.state, case.judged_on,
            asked.dispute_id is not None and case.dispute_id == asked.dispute_id))
    return rows


def _question(session: Session, given: str) -> _Question:
    known = session.scalar(select(CourtCase).where(col(CourtCase.uid) == given.strip()))
    if known is None and parse(given).recognised:
        known = case_by_number(session, given)
    if known is None:
        return _Question(given, tuple(guess.code for guess in recognise(given, _RECOGNISED)))
    case = load_case(session, known)
    symbols = [symbol for patent in case.patents for text in patent["ipc"] for symbol in find_symbols(text)]
    codes = dict.fromkeys([*symbols, *(field["code"] for field in case.fields)])
    return _Question(case_text(case), tuple(code for code in codes if tree().knows(code)), case.id, known.dispute_id)


def who_served(session: Session, cases: Sequence[int]) -> dict[int, list[Served]]:
    """Case id → who served in it, in order of appointment, with the latest rating of that service."""
    rated = {row.assignment_id: row for row in session.execute(
        select(col(Evaluation.assignment_id), col(Evaluation.grade), col(Evaluation.score)).join(
            Assignment, id_of(Assignment) == Evaluation.assignment_id).where(
            col(Assignment.court_case_id).in_(cases)).order_by(id_of(Evaluation)))}
    found: dict[int, list[Served]] = defaultdict(list)
    for row in session.execute(select(
            id_of(Assignment), col(Assignment.court_case_id), col(Assignment.role), col(Assignment.state),
            col(Person.uid), col(Person.name)).join(
            Person, id_of(Person) == Assignment.person_id).where(
            col(Assignment.court_case_id).in_(cases), col(Assignment.state).not_in(NOT_SERVED)).order_by(
            col(Assignment.appointed_on), id_of(Assignment))):
        rating = rated.get(row.id)
        found[row.court_case_id].append(Served(row.uid, row.name, row.role, row.state, rating.grade if rating else "",
                                               rating.score if rating else None))
    return found
