"""What people said about pairs who may be the same, and whether somebody said so meanwhile."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.experts.details import load_details
from expertpool.experts.duplicate_index import mobiles, unit_aliases, unit_key
from expertpool.experts.same_person import Identity, judge
from expertpool.foundation.problems import UserProblem
from expertpool.storage.records import METADATA


def pair_answers(session: Session) -> dict[tuple[int, int], tuple[str, frozenset[str]]]:
    """The latest answer about each pair of people (smaller id first), with the keys that agreed then."""
    answer = METADATA.tables["duplicateanswer"]
    query = select(answer.c.person_id, answer.c.other_id, answer.c.answer, answer.c["keys"]).where(
        answer.c.other_id.is_not(None)).order_by(answer.c.id)
    return {(min(one, other), max(one, other)): (said, frozenset(keys))
            for one, other, said, keys in session.execute(query)}


def identities_of(session: Session, ids: list[int]) -> list[Identity]:
    """The identities of a few people, in the order of ``ids``."""
    aliases = unit_aliases(session)
    return [Identity(detail.name, detail.values["id_number"], detail.values["birth"],
                     mobiles((row["kind"], row["number"]) for row in detail.children["phones"]),
                     tuple(dict.fromkeys(unit_key(row["employer"], aliases)
                                         for row in detail.children["employments"] if row["employer"])),
                     detail.values["former_name"], detail.values["gender"])
            for detail in load_details(session, ids, revealed=True)]


def demand_unsettled(session: Session, one: int, other: int) -> None:
    """Refuse an answer about two people (ids) whom somebody has called different for all that speaks for them now;
    ``duplicates.settled``."""
    answer, keys = pair_answers(session).get((min(one, other), max(one, other)), ("", frozenset()))
    if answer == "different" and keys >= set(judge(*identities_of(session, [one, other])).keys):
        raise UserProblem("duplicates.settled")
