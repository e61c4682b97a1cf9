"""Draws by lot (随机抽取): freezing the conditions, drawing from a seed of two halves, declaring void, opening a
blind draw.

There is no legal provision on draws by courts; the model is that of draws in bidding and procurement
(resources/rules/draw.json). The frozen part is never rewritten, and no draw can be undone: an unwanted draw is
declared void, with a ground.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlmodel import col

from expertpool.accounts.accounts import duties_apart, holds_office
from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CourtCase
from expertpool.draws import algorithm as algorithm
from expertpool.draws.conditions import RULE, Candidate, DrawConditions, DrawField, Ground, preview
from expertpool.draws.tables import Draw, DrawAnswer
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import Problem, UserProblem
from expertpool.storage.queries import id_of
from expertpool.storage.transaction import Transaction

OPERATION = "draw"
SCHEMA = "expertpool-draw-record/1"
WEIGHTINGS, HANDS = ("none", "load"), ("two", "public")


@dataclass(frozen=True)
class Opened:
    """A draw that was frozen: its uid and its warnings."""

    uid: str
    number: int
    fingerprint: str
    eligible: int
    excluded: int
    warnings: tuple[Problem, ...]
    changes: Changes


def open_draw(pool: Pool, number: str, conditions: DrawConditions, commitment: str = "", *,
              ground: str = "") -> Opened:
    """Freeze the conditions and the candidates of a draw. ``commitment`` is the operator's, "" with a public value;
    ``ground`` says why there is another draw for the same case and role.

    Raises ``draw.needs``, ``draw.same_person``, ``draw.value``, ``draw.commitment``, ``draw.nobody``,
    ``draw.running`` while another draw is unfinished, ``draw.ground``, ``appoint.closed``. Also raises
    ``draw.witness_office``.
    """
    demand(pool.actor, OPERATION)
    wanted = _clean(conditions)
    _demand(wanted, commitment)
    with pool.write(OPERATION, step="open", number=number) as transaction:
        _demand_offices(transaction, wanted)
        case = case_by_number(transaction.session, number)
        transaction.session.execute(update(CourtCase).where(id_of(CourtCase) == case.id).values(id=case.id)
                                    .execution_options(synchronize_session=False))
        if case.state == "closed":
            raise UserProblem("appoint.closed", number=case.number)
        field = preview(pool, case.number, wanted)
        _demand_turn(field, ground)
        draw = Draw(court_case_id=int(case.id or 0), role=field.role, number=len(field.earlier) + 1,
                    frozen_by=transaction.actor)
        labels = _labels(field, draw.uid, blind=wanted.blind)
        draw.record = _record(draw, field, wanted, labels, commitment, ground, transaction.stamp)
        draw.fingerprint = algorithm.fingerprint(draw.record)
        draw.people = {labels[one.id]: one.uid for one in (*field.eligible, *field.excluded)}
        draw.reasons = {ground_.key: ground_.text for one in (*field.eligible, *field.excluded)
                        for ground_ in (*one.out, *one.notes) if ground_.key}
        transaction.add(draw)
        transaction.words |= {"number": case.number, "role": field.role, "count": draw.number}
    return Opened(draw.uid, draw.number, draw.fingerprint, len(field.eligible), len(field.excluded), field.warnings,
                  transaction.result())


def complete_draw(pool: Pool, uid: str, operator_half: str = "", salt: str = "", witness_half: str = "") -> Changes:
    """Compute the seed from both halves, and the order from the seed. With a public value only ``witness_half`` is
    given.

    Raises ``draw.not_frozen``, ``draw.changed``, ``draw.half``, and ``draw.broken_seal`` where half and salt do not
    match the commitment. Also raises ``draw.needs``.
    """
    halves = [plain_line(text) for text in (operator_half, salt, witness_half)]
    rules = pool.rules
    with pool.write(OPERATION, step="complete") as transaction:
        draw, case = _held(transaction, uid)
        record = dict(draw.record)
        if draw.state != "frozen":
            raise UserProblem("draw.not_frozen", number=case.number)
        if algorithm.fingerprint(record) != draw.fingerprint:
            raise UserProblem("draw.changed", number=case.number)
        if record["hands"] == "public":
            halves[0] = halves[1] = ""
        _demand_halves(halves, record, rules.figure(RULE, "half_least", today()))
        draw.operator_half, draw.salt, draw.witness_half = halves
        draw.seed = algorithm.seed(draw.fingerprint, record["case"], halves[0], halves[2])
        draw.drawn = algorithm.drawn(draw.seed, record["candidates"], record["weighting"],
                                     record["mains"] + record["reserves"])
        draw.result = algorithm.result_print(draw.fingerprint, draw.seed, draw.drawn)
        draw.state, draw.drawn_at = "drawn", transaction.stamp
        transaction.words |= {"number": case.number, "code": algorithm.check_code(draw.result)}
    return transaction.result()


def void_draw(pool: Pool, uid: str, ground: str) -> Changes:
    """Declare a draw void (作废) before anybody accepted. Raises ``draw.void_ground``, ``draw.void``,
    ``draw.accepted``."""
    if not ground.strip():
        raise UserProblem("draw.void_ground")
    with pool.write(OPERATION, step="void", ground=ground.strip()) as transaction:
        draw, case = _held(transaction, uid)
        if draw.state == "void":
            raise UserProblem("draw.void", number=case.number)
        if transaction.session.scalars(select(id_of(DrawAnswer)).where(
                col(DrawAnswer.draw_id) == draw.id, col(DrawAnswer.answer) == "accept")).first():
            raise UserProblem("draw.accepted", number=case.number)
        draw.state, draw.void_ground, draw.void_by, draw.void_at = (
            "void",
            ground.strip(),
            transaction.actor,
            transaction.stamp,
        )
        transaction.words |= {"number": case.number, "count": draw.number}
    return transaction.result()


def open_names(pool: Pool, uid: str, officers: Iterable[str], reason: str = "") -> Changes:
    """Show the names of a blind draw: by two officers with a reason, or by one after the frozen time.

    Raises ``draw.not_blind``, ``draw.not_drawn``, ``draw.opened``, ``draw.officers``.
    """
    names = list(dict.fromkeys(name for one in officers if (name := plain_line(one))))
    with pool.write(OPERATION, step="names", officers=names, reason=reason.strip()) as transaction:
        draw, case = _held(transaction, uid)
        if not draw.record["blind"]:
            raise UserProblem("draw.not_blind", number=case.number)
        if draw.state != "drawn":
            raise UserProblem("draw.not_drawn", number=case.number)
        if draw.opened_at:
            raise UserProblem("draw.opened", number=case.number)
        due = hour_reached(draw.record["open_at"])
        if len(names) < (1 if due else 2) or not (due or reason.strip()):
            raise UserProblem("draw.officers", number=case.number, hour=draw.record["open_at"] or "—")
        draw.opened_by, draw.opened_reason, draw.opened_at = names, reason.strip(), transaction.stamp
        transaction.words |= {"number": case.number}
    return transaction.result()


def hour_reached(open_at: str) -> bool:
    """Whether the local time from which one officer may open a blind draw has come; never, if none was set."""
    return bool(open_at) and datetime.now(UTC) >= datetime.fromisoformat(open_at).astimezone(UTC)


def plain_line(text: str) -> str:
    """A text as used in a hash: one line, NFC, without spaces at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def lock(transaction: Transaction, draw: Draw) -> None:
    """Lock a draw, so that a second answer waits (PostgreSQL; SQLite has a single writer)."""
    transaction.session.execute(update(Draw).where(id_of(Draw) == draw.id).values(id=draw.id)
                                .execution_options(synchronize_session=False))
    transaction.session.refresh(draw)


def _held(transaction: Transaction, uid: str) -> tuple[Draw, CourtCase]:
    draw = transaction.by_uid(Draw, uid)
    lock(transaction, draw)
    return draw, transaction.get(CourtCase, draw.court_case_id)


def _clean(conditions: DrawConditions) -> DrawConditions:
    return replace(
        conditions, purpose=plain_line(conditions.purpose), place=plain_line(conditions.place),
        operator=plain_line(conditions.operator), witness=plain_line(conditions.witness),
        witness_unit=plain_line(conditions.witness_unit), public_source=plain_line(conditions.public_source),
        open_at=plain_line(conditions.open_at),
        exclude=tuple((uid, plain_line(reason)) for uid, reason in conditions.exclude))


def _demand(wanted: DrawConditions, commitment: str) -> None:
    for name, words in (("operator", _("the person who draws")), ("witness", _("the witness")),
                        ("place", _("the place"))):
        if not getattr(wanted, name):
            raise UserProblem("draw.needs", what=words)
    if wanted.hands == "public" and not wanted.public_source:
        raise UserProblem("draw.needs", what=_("the public value that will be read"))
    if wanted.operator == wanted.witness:
        raise UserProblem("draw.same_person", name=wanted.operator)
    if any(not reason for _uid, reason in wanted.exclude):
        raise UserProblem("draw.needs", what=_("the reason of every exclusion by name"))
    if wanted.mains < 1 or wanted.reserves < 0 or wanted.weighting not in WEIGHTINGS or wanted.hands not in HANDS:
        raise UserProblem("draw.value", value=f"{wanted.mains}/{wanted.reserves}/{wanted.weighting}/{wanted.hands}")
    if wanted.open_at:
        try:
            datetime.fromisoformat(wanted.open_at).astimezone(UTC)
        except (ValueError, OverflowError, OSError) as error:  # the last two: a year that has no zone here
            raise UserProblem("draw.value", value=wanted.open_at) from error
    sealed = len(commitment) == 64 and set(commitment) <= set("0123456789abcdef")
    if sealed != (wanted.hands == "two") or (commitment and not sealed):
        raise UserProblem("draw.commitment")


def _demand_offices(transaction: Transaction, wanted: DrawConditions) -> None:
    """Where duties are separated, the witness must be another account than the operator, with permission to witness
    draws."""
    if duties_apart(transaction.session) and (
        wanted.witness in (transaction.actor, wanted.operator)
        or not holds_office(transaction.session, wanted.witness, "witness draw")
    ):
        raise UserProblem("draw.witness_office", witness=wanted.witness)


def _demand_turn(field: DrawField, ground: str) -> None:
    """Check that somebody takes part, that no other draw is unfinished, and that a further draw has a ground."""
    if not field.eligible:
        raise UserProblem("draw.nobody", number=field.number)
    if any(draw.state == "frozen" for draw in field.earlier):
        raise UserProblem("draw.running", number=field.number)
    if field.earlier and not ground.strip():
        raise UserProblem("draw.ground", number=field.number, count=len(field.earlier) + 1)


def _demand_halves(halves: list[str], record: JsonObject, least: int) -> None:
    if record["hands"] == "two":
        if any(len(half) < least for half in (halves[0], halves[2])):
            raise UserProblem("draw.half", least=least)
        if algorithm.commitment(halves[0], halves[1]) != record["commitment"]:
            raise UserProblem("draw.broken_seal")
    elif not halves[2]:
        raise UserProblem("draw.needs", what=record["public_source"])


def _labels(field: DrawField, draw: str, *, blind: bool) -> dict[int, str]:
    """A label for everybody: the number in the pool if it is unique, else the uid; in a blind draw a hash."""
    people = (*field.eligible, *field.excluded)
    if blind:
        return {one.id: blind_label(draw, one.uid) for one in people}
    taken: dict[str, int] = {}
    for one in people:
        taken[one.expert_no] = taken.get(one.expert_no, 0) + 1
    return {one.id: one.expert_no if taken[one.expert_no] == 1 and plain_line(one.expert_no) == one.expert_no != ""
            else one.uid for one in people}


def blind_label(draw: str, person: str) -> str:
    """The label of a person (uid) in a blind draw (uid)."""
    return "B" + algorithm.sha256("\n".join((f"{algorithm.VERSION}/label", draw, person)))[:12]


def _record(draw: Draw, field: DrawField, wanted: DrawConditions, labels: dict[int, str], commitment: str,
            ground: str, stamp: str) -> JsonObject:
    """The frozen record: everything on which the result depends, and who is responsible."""
    weights = field.rules.figure(RULE, "load_weights", today())

    def weight(one: Candidate) -> int:
        return int(weights[min(one.open_cases, len(weights) - 1)]) if wanted.weighting == "load" else 1

    return {
        "schema": SCHEMA, "algorithm": algorithm.VERSION, "draw": draw.uid, "number": draw.number,
        "ground": plain_line(ground),
        "earlier": [{"draw": one.uid, "fingerprint": one.fingerprint, "result": one.result, "state": one.state,
                     "ground": one.void_ground} for one in field.earlier],
        "case": field.number, "court": field.court, "role": field.role, "rules": field.rules.version,
        "day": str(today()), "frozen_at": stamp, "mains": wanted.mains, "reserves": wanted.reserves,
        "weighting": wanted.weighting, "hands": wanted.hands, "commitment": commitment,
        "public_source": wanted.public_source, "operator": wanted.operator, "witness": wanted.witness,
        "witness_unit": wanted.witness_unit, "place": wanted.place, "purpose": wanted.purpose, "blind": wanted.blind,
        "open_at": wanted.open_at, "conditions": wanted.as_record(),
        "candidates": sorted(({"label": labels[one.id], "weight": weight(one),
                               "verify": [_ground(ground) for ground in one.notes]} for one in field.eligible),
                             key=_by_label),
        "excluded": sorted(({"label": labels[one.id], "grounds": [_ground(ground) for ground in one.out]}
                            for one in field.excluded), key=_by_label)}


def _ground(ground: Ground) -> dict[str, str]:
    """A finding is frozen by its key only: its sentence may name relatives and stays in the pool. A reason for
    excluding by name is frozen in full."""
    return {"rule": ground.rule, "key": ground.key, "text": "" if ground.key else ground.text}


def _by_label(row: JsonObject) -> bytes:
    return str(row["label"]).encode()
