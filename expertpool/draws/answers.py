"""Records answers after a draw (联系结果): acceptance appoints; a refusal promotes the next reserve."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.states import is_open
from expertpool.assignments.tables import Assignment
from expertpool.cases.tables import CourtCase
from expertpool.checks.check import check_in
from expertpool.draws.drawing import OPERATION, lock, plain_line
from expertpool.draws.step_up import ANSWERS, WrongAnswerError, places_after
from expertpool.draws.tables import Draw, DrawAnswer
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint_in
from expertpool.rules.book import RuleBook
from expertpool.storage.queries import id_of
from expertpool.storage.transaction import Transaction

BARRING = ("appoint.blocked", "appoint.lift", "appoint.twice")  # an appointment after a draw never lifts a block


def answer_draw(pool: Pool, uid: str, label: str, answer: str, reason: str = "", caller: str = "",
                at: str = "") -> Changes:
    """Record the answer of somebody drawn: accept, decline, no_answer, undecided; or released, when an appointment
    from this draw has ended. ``reason``: of a refusal, or what was verified where somebody with a warning accepts;
    ``at``: when it was said (by default now).

    Acceptance checks the person again and appoints in the same transaction; a person whom a rule now forbids is
    recorded as barred, with the findings. After a refusal the next reserve is called. Raises ``draw.not_drawn``,
    ``draw.masked``, ``draw.label``, ``draw.not_called``, ``draw.answered``, ``draw.not_accepted``, ``draw.refusal``,
    ``appoint.verify``, ``appoint.closed``. Also raises ``draw.still_serving`` and ``draw.value``.
    """
    demand(pool.actor, OPERATION)
    if answer not in ANSWERS:
        raise UserProblem("draw.value", value=answer)
    rules = pool.rules
    if answer == "accept":
        demand(pool.actor, "appoint")
    with pool.write(OPERATION, step="answer", answer=answer) as transaction:
        draw = transaction.by_uid(Draw, uid)
        lock(transaction, draw)
        case = transaction.get(CourtCase, draw.court_case_id)
        earlier = _earlier(transaction, draw)
        _demand(draw, case, earlier, label, answer, reason)
        person = _person(transaction, draw, label)
        said = DrawAnswer(
            draw_id=int(draw.id or 0),
            person_id=int(person.id or 0),
            label=label,
            answer=answer,
            reason=reason.strip(),
            caller=plain_line(caller) or transaction.actor,
            at=at or transaction.stamp,
            by=transaction.actor,
            follows_id=earlier[-1].id if earlier else None,
        )
        if answer == "accept":
            _accept(pool, transaction, rules, draw, case, person, said, earlier)
        if answer == "released":
            _release(transaction, earlier, said)
        transaction.add(said)
        transaction.words |= {"name": person.name, "number": case.number, "answer": said.answer}
    return transaction.result()


@numbers_hidden
def declines(pool: Pool, person: str, year: int | None = None) -> dict[str, int]:
    """How often a person (uid) declined, could not be reached or accepted after a draw, in a year or ever; used for
    the yearly assessment (考核). Draws declared void are not counted."""
    with pool.read() as session:
        query = select(col(DrawAnswer.answer), col(DrawAnswer.at)).join(
            Person, id_of(Person) == DrawAnswer.person_id).join(
            Draw, id_of(Draw) == DrawAnswer.draw_id).where(col(Person.uid) == person, col(Draw.state) != "void")
        counts = {"accept": 0, "decline": 0, "no_answer": 0}
        for answer, at in session.execute(query):
            if answer in counts and (year is None or at[:4] == f"{year:04d}"):
                counts[answer] += 1
    return counts


def _earlier(transaction: Transaction, draw: Draw) -> list[DrawAnswer]:
    return list(transaction.session.scalars(select(DrawAnswer).where(col(DrawAnswer.draw_id) == draw.id)
                                            .order_by(id_of(DrawAnswer))))


def _demand(draw: Draw, case: CourtCase, earlier: list[DrawAnswer], label: str, answer: str, reason: str) -> None:
    if draw.state != "drawn":
        raise UserProblem("draw.not_drawn", number=case.number)
    if draw.record["blind"] and not draw.opened_at:
        raise UserProblem("draw.masked", number=case.number)
    if answer in ("decline", "released") and not reason.strip():
        raise UserProblem("draw.refusal")
    steps = [{"label": one.label, "answer": one.answer} for one in earlier]
    try:
        places_after(draw.drawn, draw.record["mains"], [*steps, {"label": label, "answer": answer}])
    except WrongAnswerError as error:
        code = "label" if error.code == "unknown" else error.code
        raise UserProblem(f"draw.{code}", label=label, number=case.number) from error


def _person(transaction: Transaction, draw: Draw, label: str) -> Person:
    """The person with this label in a draw; for somebody merged away since, the person kept."""
    person = transaction.by_uid(Person, draw.people[label])
    while person.merged_into_id:
        person = transaction.get(Person, person.merged_into_id)
    return person


def _accept(
    pool: Pool,
    transaction: Transaction,
    rules: RuleBook,
    draw: Draw,
    case: CourtCase,
    person: Person,
    said: DrawAnswer,
    earlier: list[DrawAnswer],
) -> None:
    try:
        assignment = appoint_in(
            transaction,
            pool.actor,
            rules,
            case.number,
            person.uid,
            draw.role,
            reason=said.reason,
            method="drawn",
            replaces=_vacancy(transaction, earlier),
        )
    except UserProblem as problem:
        if problem.code not in BARRING:
            raise
        said.answer = "barred"
        said.reason = problem.text
        found = check_in(transaction.session, rules, case, person, draw.role)
        said.findings = [hit.as_json() for hit in found if hit.blocks]
    else:
        said.assignment_id = assignment.id


def _vacancy(transaction: Transaction, earlier: list[DrawAnswer]) -> str:
    """Uid of the first assignment of this draw that was released and that nobody has replaced."""
    released = [int(one.assignment_id) for one in earlier if one.answer == "released" and one.assignment_id]
    for number in released:
        if transaction.session.scalars(select(id_of(Assignment)).where(
            col(Assignment.replaces_id) == number)).first() is None:
            return transaction.get(Assignment, number).uid
    return ""


def _release(transaction: Transaction, earlier: list[DrawAnswer], said: DrawAnswer) -> None:
    """Record that a place is free again: only an appointment that ended with its work undone leaves one."""
    accepted: Any = next(one for one in earlier if one.label == said.label and one.answer == "accept")
    assignment = transaction.get(Assignment, accepted.assignment_id)
    if is_open(assignment.state) or assignment.state == "completed":
        raise UserProblem("draw.still_serving", label=said.label)
    said.assignment_id = assignment.id
