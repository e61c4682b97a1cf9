"""Lists of draws, and one draw in full (抽取情况), for window, command line and papers; a blind draw is shown without
names."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.states import is_open
from expertpool.assignments.tables import Assignment
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CourtCase
from expertpool.draws.algorithm import check_code
from expertpool.draws.drawing import hour_reached
from expertpool.draws.step_up import places_after
from expertpool.draws.tables import Draw, DrawAnswer
from expertpool.experts.tables import PersonListing
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.storage.queries import id_of, rows_where_in


@dataclass(frozen=True)
class DrawnPlace:
    """Somebody drawn: place, whether main or reserve, present state, last answer."""

    label: str
    place: int
    main: bool
    state: str
    stepped_up: bool
    asked: bool
    uid: str
    name: str
    unit: str
    verify: tuple[str, ...]
    reason: str = ""
    caller: str = ""
    at: str = ""
    left: bool = False  # appointed, but the appointment ended with its work undone


@dataclass(frozen=True)
class DrawDetail:
    """One draw. ``masked``: the draw is blind and its names are not opened, so names, units and sentences are empty.
    ``candidates`` and ``excluded`` are rows of (label, name, unit, grounds as (rule, sentence))."""

    uid: str
    number: int
    of: int
    case: str
    case_uid: str
    role: str
    state: str
    record: JsonMapping
    fingerprint: str
    operator_half: str
    salt: str
    witness_half: str
    seed: str
    result: str
    code: str
    drawn_at: str
    void: tuple[str, str, str]  # (ground, by, at) of declaring it void
    opened: tuple[tuple[str, ...], str, str]  # (officers, reason, at) of opening the names
    masked: bool
    may_open_alone: bool
    places: tuple[DrawnPlace, ...]
    candidates: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]
    excluded: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]
    answers: tuple[JsonMapping, ...]

    def by_rule(self) -> dict[str, int]:
        """How many people each rule or condition excluded, the largest number first."""
        counts = Counter(rule for row in self.record["excluded"] for rule in {one["rule"] for one in row["grounds"]})
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A draw as lists show it: its number among those (``of``) for the case and role, what was drawn, who
    accepted."""

    uid: str
    case: str
    role: str
    number: int
    of: int
    state: str
    frozen_at: str
    drawn_at: str
    mains: int
    reserves: int
    candidates: int
    excluded: int
    blind: bool
    opened_at: str
    accepted: int
    asked: int
    fingerprint: str
    code: str
    ground: str
    void_ground: str


@numbers_hidden
def draw_rows(pool: Pool, number: str = "") -> list[DrawRow]:
    """Draws, newest first; of one case if its number is given (``case.unknown`` where there is none)."""
    with pool.read() as session:
        query = select(Draw, col(CourtCase.number)).join(CourtCase, id_of(CourtCase) == Draw.court_case_id)
        if number:
            query = query.where(col(Draw.court_case_id) == case_by_number(session, number).id)
        found = session.execute(query.order_by(id_of(Draw).desc())).all()
        of = Counter((draw.court_case_id, draw.role) for draw, _case in found)
        said = _answers(session, [int(draw.id or 0) for draw, _case in found])
        return [_row(draw, case, of[draw.court_case_id, draw.role], said.get(int(draw.id or 0), [])) for draw, case
                in found]


@numbers_hidden
def draw_detail(pool: Pool, uid: str) -> DrawDetail:
    """One draw (uid). Raises ``record.missing``."""
    with pool.read() as session:
        return load_draw(session, uid)


def load_draw(session: Session, uid: str) -> DrawDetail:
    """:func:`draw_detail` inside an open session."""
    draw = find_draw(session, uid)
    case = session.get_one(CourtCase, draw.court_case_id)
    of = len(session.scalars(select(id_of(Draw)).where(
        col(Draw.court_case_id) == case.id, col(Draw.role) == draw.role)).all())
    answers = _answers(session, [int(draw.id or 0)]).get(int(draw.id or 0), [])
    masked = bool(draw.record["blind"]) and not draw.opened_at
    people = {} if masked else _people(session, draw)
    return DrawDetail(
        draw.uid, draw.number, of, case.number, case.uid, draw.role, draw.state, draw.record, draw.fingerprint,
        draw.operator_half, draw.salt, draw.witness_half, draw.seed, draw.result,
        check_code(draw.result) if draw.result else "", draw.drawn_at,
        (draw.void_ground, draw.void_by, draw.void_at), (tuple(draw.opened_by), draw.opened_reason, draw.opened_at),
        masked, hour_reached(draw.record["open_at"]), tuple(_places(session, draw, answers, people)),
        tuple(_listed(draw, row, "verify", people, masked=masked) for row in draw.record["candidates"]),
        tuple(_listed(draw, row, "grounds", people, masked=masked) for row in draw.record["excluded"]),
        tuple(_said(one) for one in answers))


def find_draw(session: Session, uid: str) -> Draw:
    """The stored draw with this uid. Raises ``record.missing``."""
    draw = session.scalars(select(Draw).where(col(Draw.uid) == uid)).one_or_none()
    if draw is None:
        raise UserProblem("record.missing", uid=uid)
    return draw


def _answers(session: Session, draws: list[int]) -> dict[int, list[DrawAnswer]]:
    found: dict[int, list[DrawAnswer]] = {}
    query = select(DrawAnswer).order_by(col(DrawAnswer.id))
    for (one,) in rows_where_in(session, query, col(DrawAnswer.draw_id), draws):
        found.setdefault(one.draw_id, []).append(one)
    return found


def _row(draw: Draw, case: str, of: int, answers: list[DrawAnswer]) -> DrawRow:
    places = places_after(draw.drawn, draw.record["mains"], [_said(one) for one in answers])
    record = draw.record
    return DrawRow(
        draw.uid, case, draw.role, draw.number, of, draw.state, record["frozen_at"], draw.drawn_at, record["mains"],
        record["reserves"], len(record["candidates"]), len(record["excluded"]), record["blind"], draw.opened_at,
        sum(one.state == "accept" for one in places), sum(one.asked for one in places), draw.fingerprint,
        check_code(draw.result) if draw.result else "", record["ground"], draw.void_ground)


def _said(one: DrawAnswer) -> JsonObject:
    return {"label": one.label, "answer": one.answer, "reason": one.reason, "caller": one.caller, "at": one.at,
            "by": one.by, "rules": [row["rule"] for row in one.findings]}


def _people(session: Session, draw: Draw) -> dict[str, tuple[str, str, str]]:
    """(uid, name, unit) by uid, of everybody in the frozen record."""
    query = select(col(PersonListing.uid), col(PersonListing.name), col(PersonListing.employer))
    return {uid: (uid, name, employer) for uid, name, employer in rows_where_in(
        session, query, col(PersonListing.uid), sorted(set(draw.people.values())))}


def _places(session: Session, draw: Draw, answers: list[DrawAnswer],
            people: Mapping[str, tuple[str, str, str]]) -> list[DrawnPlace]:
    last = {one.label: one for one in answers}
    notes = {row["label"]: row["verify"] for row in draw.record["candidates"]}
    found = []
    for one in places_after(draw.drawn, draw.record["mains"], [_said(answer) for answer in answers]):
        uid, name, unit = people.get(draw.people[one.label], ("", "", ""))
        said = last.get(one.label)
        verify = tuple(draw.reasons.get(note["key"], note["rule"]) for note in notes[one.label]) if uid else ()
        found.append(DrawnPlace(
            one.label, one.place, one.main, one.state, one.stepped_up, one.asked, uid, name, unit, verify,
            said.reason if said else "", said.caller if said else "", said.at if said else "",
            one.state == "accept" and said is not None and _left(session, said)))
    return found


def _left(session: Session, said: DrawAnswer) -> bool:
    assignment = session.get(Assignment, said.assignment_id) if said.assignment_id else None
    return assignment is not None and not is_open(assignment.state) and assignment.state != "completed"


def _listed(draw: Draw, row: JsonMapping, key: str, people: Mapping[str, tuple[str, str, str]], *,
            masked: bool) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    label = row["label"]
    _uid, name, unit = people.get(draw.people[label], ("", "", ""))
    grounds = tuple((one["rule"], one["text"] or ("" if masked else draw.reasons.get(one["key"], "")))
                    for one in row[key])
    return label, name, unit, grounds
