"""A plan for many cases (批量指派): who would serve where, computed at once, inspected, then applied as one
operation."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.case_number import parse
from expertpool.cases.tables import CaseListing, CourtCase
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.matching.ranking import Candidate, rank
from expertpool.organisations.spelling import normalise

WAYS = ("best", "fair")
STEP = 10  # tenths of a point


@dataclass(frozen=True, slots=True)
class Seat:
    """A person proposed for a case. ``verify`` are the warnings that must be answered, ``fixed``: set by hand."""

    number: str
    uid: str
    name: str
    employer: str
    score: float
    reasons: tuple[str, ...] = ()
    verify: tuple[str, ...] = ()
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case of the plan: seats needed, seats left empty, and the code of the reason (nobody, taken)."""

    number: str
    need: int
    empty: int
    choice: int  # people who could be chosen from
    why: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """What the plan would mean for a person: open cases before and after, and the limit."""

    uid: str
    name: str
    before: int
    after: int
    cap: int


@dataclass(frozen=True)
class Plan:
    """A whole plan. ``state`` and ``rules_version`` are those for which it was computed; ``total`` in points."""

    way: str
    state: int
    rules_version: str
    seats: tuple[Seat, ...] = ()
    cases: tuple[PlannedCase, ...] = ()
    people: tuple[PlannedPerson, ...] = ()
    total: float = 0.0
    worst: float = 0.0

    def as_json(self) -> JsonObject:
        """The plan as JSON for a file or the command line."""
        return asdict(self)

    @classmethod
    def of_json(cls, content: JsonMapping) -> "Plan":
        """Read back what :meth:`as_json` wrote. Raises ``plan.file`` for anything else."""
        try:
            return cls(
                content["way"], int(content["state"]), content["rules_version"],
                tuple(Seat(**row | {"reasons": tuple(row["reasons"]), "verify": tuple(row["verify"])})
                      for row in content["seats"]),
                tuple(PlannedCase(**row) for row in content["cases"]),
                tuple(PlannedPerson(**row) for row in content["people"]), content["total"], content["worst"])
        except (KeyError, TypeError, ValueError) as error:
            raise UserProblem("plan.file") from error


@dataclass
class _Table:
    """Everything needed to set up the flow."""

    numbers: list[str] = field(default_factory=list)
    need: dict[str, int] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    dispute: dict[str, int] = field(default_factory=dict)
    people: dict[str, Candidate] = field(default_factory=dict)
    pairs: dict[tuple[str, str], Candidate] = field(default_factory=dict)
    seats: list[Seat] = field(default_factory=list)
    rules_version: str = ""
    state: int = 0


def make_plan(pool: Pool, numbers: Sequence[str] | None = None, *, way: str = "best",
              fixed: Mapping[str, Sequence[str]] | None = None, forbidden: Collection[tuple[str, str]] = (),
              verify: bool = False, progress: Progress = SILENT) -> Plan:
    """Compute who serves in these cases (by default all open ones that lack people). Nothing is written.

    ``way``: ``best`` for the greatest total fit, ``fair`` to raise the worst case and spread the load. ``fixed``:
    case → people (uids) already set; ``forbidden``: (case, uid) pairs not allowed. People with a warning are left out
    unless ``verify``. Raises ``plan.way``, ``case.unknown``, ``plan.closed`` and ``plan.fixed``.
    """
    if way not in WAYS:
        raise UserProblem("plan.way", way=way)
    table = _read(pool, numbers, {parse(number).normalised: list(uids) for number, uids in (fixed or {}).items()},
                  {(parse(number).normalised, uid) for number, uid in forbidden}, verify, progress)
    empty = _seat(table, way, pool.rules.figure("plan", "spread", today()))
    return _told(table, way, empty)


def _read(pool: Pool, numbers: Sequence[str] | None, fixed: Mapping[str, Sequence[str]],
          forbidden: Collection[tuple[str, str]], verify: bool, progress: Progress) -> _Table:
    table, kept = _Table(rules_version=pool.rules.version), pool.rules.figure("plan", "keep_best", today())
    for number, need, dispute, role in _wanting(pool, numbers):
        table.numbers.append(number)
        table.need[number], table.roles[number] = need, role
        if dispute is not None:
            table.dispute[number] = dispute
    for number in progress.over(table.numbers, len(table.numbers)):
        hands = list(fixed.get(number, ()))
        ranking = rank(pool, number, top=None if hands else kept)
        table.state = ranking.state
        choice = [*ranking.candidates[:kept], *(ranking.to_verify[:kept] if verify else ())]
        for uid in hands:
            one = next((one for one in (*ranking.candidates, *ranking.to_verify) if one.uid == uid), None)
            if one is None:
                raise UserProblem("plan.fixed", number=number, uid=uid)
            table.people.setdefault(uid, one)
            table.seats.append(_seat_of(number, one, fixed=True))
        for one in choice:
            if one.uid not in hands and (number, one.uid) not in forbidden:
                table.people.setdefault(one.uid, one)
                table.pairs[number, one.uid] = one
    return table


def _wanting(pool: Pool, numbers: Sequence[str] | None) -> list[tuple[str, int, int | None, str]]:
    """Number, seats wanted, dispute and role of the cases, oldest first."""
    missing = col(CaseListing.people_needed) - col(CaseListing.serving)
    query = select(col(CourtCase.number), missing, col(CourtCase.dispute_id), col(CourtCase.role_needed)).join(
        CaseListing, col(CaseListing.court_case_id) == CourtCase.id).where(
        col(CaseListing.state) == "open").order_by(col(CourtCase.filed_on), col(CourtCase.number))
    with pool.read() as session:
        found = [(row[0], int(row[1]), row[2], row[3]) for row in session.execute(query)]
    if numbers is None:
        return [row for row in found if row[1] > 0]
    wanted = {parse(number).normalised for number in numbers}
    if unknown := wanted - {row[0] for row in found}:
        raise UserProblem("plan.closed", number=sorted(unknown)[0])
    return [(number, max(need, 0), dispute, role) for number, need, dispute, role in found if number in wanted]


def _seat(table: _Table, way: str, spread: float) -> dict[str, int]:
    """Let the flow choose; returns the seats left empty by case."""
    from expertpool.planning.flow import Seating, best, fair

    uids = list(table.people)
    place = {uid: number for number, uid in enumerate(uids)}
    row = {number: at for at, number in enumerate(table.numbers)}
    units: dict[str, int] = {}
    employer = [units.setdefault(normalise(table.people[uid].employer), len(units)) if table.people[uid].employer
                else -1 for uid in uids]
    held = Counter(seat.uid for seat in table.seats)
    taken: dict[str, set[int]] = defaultdict(set)
    lines = {(table.dispute[seat.number], seat.uid) for seat in table.seats if seat.number in table.dispute}
    for seat in table.seats:
        taken[seat.number].add(employer[place[seat.uid]])
    free = [(number, uid, one) for (number, uid), one in table.pairs.items()
            if (employer[place[uid]] < 0 or employer[place[uid]] not in taken[number])
            and (table.dispute.get(number, -1), uid) not in lines]
    counts = Counter(seat.number for seat in table.seats)
    question = Seating(
        need=_ints(max(table.need[number] - counts[number], 0) for number in table.numbers),
        room=_ints(max(table.people[uid].cap - table.people[uid].open_cases - held[uid], 0) for uid in uids),
        load=_ints(table.people[uid].open_cases + held[uid] for uid in uids), employer=_ints(employer),
        dispute=_ints(table.dispute.get(number, -1) for number in table.numbers),
        case=_ints(row[number] for number, _uid, _one in free), person=_ints(place[uid] for _n, uid, _one in free),
        fit=_ints(round(one.score * STEP) for _n, _uid, one in free))
    answer = best(question) if way == "best" else fair(question, spread)
    for at in np.flatnonzero(answer.chosen).tolist():
        table.seats.append(_seat_of(free[at][0], free[at][2]))
    return dict(zip(table.numbers, answer.empty.tolist(), strict=True))


def _told(table: _Table, way: str, empty: Mapping[str, int]) -> Plan:
    order = {number: at for at, number in enumerate(table.numbers)}
    seats = tuple(sorted(table.seats, key=lambda seat: (order[seat.number], -seat.score, seat.uid)))
    choice = Counter(number for number, _uid in table.pairs)
    given = Counter(seat.uid for seat in seats)
    by_case: dict[str, list[float]] = defaultdict(list)
    for seat in seats:
        by_case[seat.number].append(seat.score)
    return Plan(
        way, table.state, table.rules_version, seats,
        tuple(PlannedCase(number, table.need[number], empty[number], choice[number],
                          "" if not empty[number] else "taken" if choice[number] else "nobody")
              for number in table.numbers),
        tuple(PlannedPerson(uid, one.name, one.open_cases, one.open_cases + given[uid], one.cap)
              for uid, one in sorted(table.people.items(), key=lambda item: (-given[item[0]], item[1].name))
              if given[uid]),
        round(sum(seat.score for seat in seats), 1),
        round(min((sum(scores) / len(scores) for scores in by_case.values()), default=0.0), 1))


def _seat_of(number: str, one: Candidate, *, fixed: bool = False) -> Seat:
    return Seat(number, one.uid, one.name, one.employer, one.score, one.reasons,
                tuple(hit.text for hit in one.findings if hit.level == "warn"), fixed)


def _ints(values: Any) -> Any:
    return np.fromiter(values, np.int64)
