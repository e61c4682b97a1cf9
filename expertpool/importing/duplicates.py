"""Compares rows with the pool and with each other (导入查重): the identity that a draft states, and whom it may
be."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.experts.drafts import PersonDraft, Plain
from expertpool.experts.duplicate_index import IdentityIndex, load_identities, mobiles, unit_aliases, unit_key
from expertpool.experts.same_person import DIFFERENT, Identity, Verdict, fingerprint, judge
from expertpool.storage.records import METADATA

__all__ = ["DIFFERENT", "Identity", "IdentityIndex", "Verdict", "fingerprint", "identity_of",
           "identity_of_plain", "judge", "pool_identities", "unit_aliases"]


def identity_of(draft: PersonDraft, aliases: Mapping[str, str] | None = None) -> Identity:
    """The identity that a draft states. ``aliases``: see :func:`unit_aliases`."""
    return Identity(draft.name, draft.id_number, draft.birth, mobiles((p.kind, p.number) for p in draft.phones),
                    tuple(dict.fromkeys(unit_key(job.employer, aliases or {}) for job in draft.employments)),
                    draft.former_name, draft.gender)


def identity_of_plain(person: Plain, aliases: Mapping[str, str]) -> Identity:
    """The identity that a person's plain values state."""
    return Identity(person["name"], person.get("id_number", ""), person.get("birth", ""),
                    mobiles((p["kind"], p["number"]) for p in person.get("phones", ())),
                    tuple(dict.fromkeys(unit_key(job["employer"], aliases) for job in person.get("employments", ()))),
                    person.get("former_name", ""), person.get("gender", ""))


def pool_identities(session: Session, drafts: Iterable[PersonDraft] = ()) -> IdentityIndex:
    """Everybody in the pool, and people's answers about rows; keys are person ids."""
    index = load_identities(session)
    index.answers = row_answers(session)
    return index


def row_answers(session: Session) -> dict[str, dict[int, frozenset[str]]]:
    """Rows said to be different people: fingerprint → person id → keys that agreed then."""
    answer = METADATA.tables["duplicateanswer"].c
    found: dict[str, dict[int, frozenset[str]]] = {}
    for mark, person, keys in session.execute(select(answer.fingerprint, answer.person_id, answer["keys"]).where(
            answer.fingerprint != "", answer.answer == "different")):
        before = found.setdefault(mark, {}).get(person, frozenset())
        found[mark][person] = before | frozenset(keys)
    return found
