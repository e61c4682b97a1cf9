"""Possible duplicates among the people in the pool (库内查重), and people's answers about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.experts.details import load_details
from expertpool.experts.duplicate_index import load_identities
from expertpool.experts.import_tables import DuplicateAnswer
from expertpool.experts.merge import merge
from expertpool.experts.pair_answers import demand_unsettled, identities_of, pair_answers
from expertpool.experts.same_person import Verdict, judge
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.uids import now_stamp
from expertpool.storage.queries import chunks
from expertpool.storage.records import METADATA

ANSWERS = ("same", "different", "later")


@dataclass(frozen=True, slots=True)
class PairSide:
    """One person of the pair, as a list shows them."""

    id: int
    uid: str
    name: str
    employer: str
    title: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who are, or may be, the same. ``one`` has more data; ``later`` if somebody postponed the answer."""

    one: PairSide
    other: PairSide
    verdict: Verdict
    later: bool = False


@numbers_hidden
def possible_pairs(pool: Pool, limit: int = 100) -> list[Pair]:
    """Pairs of people who may be the same human being, surest first, without those answered as different.

    Postponed pairs come last. Everybody is read once and looked up in dictionaries.
    """
    with pool.read() as session:
        found = _pairs(session)[:limit]
        ids = sorted({key for one, other, _verdict, _later in found for key in (one, other)})
        people: dict[int, tuple[PairSide, int]] = {}
        for part in chunks(ids):
            for detail in load_details(session, part):
                known = sum(bool(value) for value in detail.values.values()) + sum(map(len, detail.children.values()))
                people[detail.id] = PairSide(detail.id, detail.uid, detail.name, detail.current_job["employer"],
                                             detail.values["title"]), known
    pairs = []
    for one, other, verdict, later in found:
        (first, much), (second, more) = people[one], people[other]
        pairs.append(Pair(first, second, verdict, later) if much >= more else Pair(second, first, verdict, later))
    return pairs


def _pairs(session: Session) -> list[tuple[int, int, Verdict, bool]]:
    index, answers = load_identities(session), pair_answers(session)
    found = []
    for key, identity in index.known.items():
        for other, verdict in index.candidates(identity):
            if other <= key:
                continue
            answer, keys = answers.get((key, other), ("", frozenset()))
            if answer != "different" or not keys >= set(verdict.keys):
                found.append((key, other, verdict, answer == "later"))
    return sorted(found, key=lambda pair: (pair[3], pair[2].kind != "same", -pair[2].strength, pair[0], pair[1]))


def answer_pair(pool: Pool, one: str, other: str, answer: str, reason: str = "", *,
                choices: JsonMapping | None = None, as_read: Mapping[str, int] | None = None) -> Changes:
    """Store whether two people (uids) are the same: ``different`` is remembered, ``later`` postpones the answer.

    ``same`` merges ``other`` into ``one`` (see :func:`~expertpool.experts.merge.merge`). Raises ``duplicates.answer``
    and ``merge.itself``.

    ``as_read``: the versions of the two (by uid) that were compared; raises ``record.changed`` where one was changed
    since, ``duplicates.settled`` where somebody else said meanwhile that they are different people.
    """
    demand(pool.actor, "answer duplicate")
    if answer not in ANSWERS:
        raise UserProblem("duplicates.answer", answer=answer)
    if answer == "same":
        return merge(pool, one, other, choices, reason=reason, as_read=as_read)
    if one == other:
        raise UserProblem("merge.itself")
    with pool.write("answer duplicate", answer=answer, reason=reason) as transaction:
        first, second = (transaction.by_uid(Person, uid, (as_read or {}).get(uid)) for uid in (one, other))
        transaction.words |= {"name": first.name, "other": second.name}
        if as_read is not None:
            demand_unsettled(transaction.session, int(first.id or 0), int(second.id or 0))
        verdict = judge(*identities_of(transaction.session, [int(first.id or 0), int(second.id or 0)]))
        transaction.add(
            DuplicateAnswer(
                person_id=min(int(first.id or 0), int(second.id or 0)),
                answer=answer,
                by=transaction.actor,
                at=now_stamp(),
                other_id=max(int(first.id or 0), int(second.id or 0)),
                reason=reason,
                keys=list(verdict.keys),
            )
        )
    return transaction.result()


@numbers_hidden
def answers_about(pool: Pool, uid: str) -> list[JsonObject]:
    """Every answer given about a person: when, who, what, why, and the other person."""
    answer, person = METADATA.tables["duplicateanswer"], METADATA.tables["person"]
    with pool.read() as session:
        key = session.execute(select(person.c.id).where(person.c.uid == uid)).scalar()
        rows = session.execute(select(answer).where(or_(answer.c.person_id == key, answer.c.other_id == key))
                               .order_by(answer.c.id)).mappings().all()
        others = {row["other_id"] if row["person_id"] == key else row["person_id"] for row in rows}
        names = dict(session.execute(select(person.c.id, person.c.name).where(
            person.c.id.in_([other for other in others if other]))).all())
        return [{"at": row["at"], "by": row["by"], "answer": row["answer"], "reason": row["reason"],
                 "keys": list(row["keys"]), "row": bool(row["fingerprint"]),
                 "name": names.get(row["other_id"] if row["person_id"] == key else row["person_id"], "")}
                for row in rows]
