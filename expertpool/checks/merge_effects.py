"""What merging two people would change for conflicts and number of open cases (合并影响), shown before deciding."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.states import is_open
from expertpool.cases.tables import CourtCase
from expertpool.checks.facts import CaseFacts, PersonFacts
from expertpool.checks.findings import Finding
from expertpool.checks.load_facts import load_case_facts, load_person_facts
from expertpool.checks.namesakes import name_key
from expertpool.checks.recusal import check_recusal
from expertpool.foundation.dates import today
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.sentences import sentence
from expertpool.organisations.book import OrganisationBook
from expertpool.organisations.load import load_organisation_book
from expertpool.rules.book import RuleBook
from expertpool.rules.stages import Stage
from expertpool.storage.records import METADATA


@dataclass(frozen=True, slots=True)
class Effect:
    """One consequence. ``kind``: load, twice, blocks, warns; ``number`` is the case concerned, "" for the load."""

    kind: str
    text: str
    number: str = ""
    rule: str = ""


@numbers_hidden
def merge_effects(pool: Pool, kept_uid: str, other_uid: str) -> list[Effect]:
    """What the merged person's interests, units and service would mean in every open case; worst first.

    Only new consequences are listed: findings that neither of the two has alone. Nothing is written. Raises
    ``merge.gone``, ``merge.not_merged`` and ``record.missing``.
    """
    person, case = METADATA.tables["person"].c, METADATA.tables["courtcase"].c
    rules, day = pool.rules, today()
    with pool.read() as session:
        found = dict(session.execute(select(person.uid, person.id).where(
            person.uid.in_([kept_uid, other_uid]))).all())
        if kept_uid not in found or other_uid not in found:
            raise UserProblem("record.missing", uid=kept_uid if kept_uid not in found else other_uid)
        people = {one.id: one for one in load_person_facts(session, list(found.values()))}
        kept, other = people.get(found[kept_uid]), people.get(found[other_uid])
        if kept is None or other is None:
            raise UserProblem("merge.not_merged" if kept is other else "merge.gone", name="")
        effects = [Effect("load", sentence("effect.load", kept=kept.open_load, other=other.open_load,
                                           after=kept.open_load + other.open_load))]
        book, both = load_organisation_book(session), united(kept, other)
        for number in session.scalars(select(case.id).where(case.state == "open").order_by(case.id)).all():
            effects += _in_case(session, number, (kept, other, both), book, rules, day)
    order = ("blocks", "twice", "warns", "load")
    return sorted(effects, key=lambda effect: order.index(effect.kind))


def united(kept: PersonFacts, other: PersonFacts) -> PersonFacts:
    """The facts that the person would have after the merge."""
    names = {name for name in (*kept.former_names, *other.former_names, other.name)
             if name_key(name) != name_key(kept.name)}
    return replace(
        kept, former_names=tuple(sorted(names)), id_number=kept.id_number or other.id_number,
        employments=(*kept.employments, *other.employments), interests=(*kept.interests, *other.interests),
        licences=(*kept.licences, *other.licences), roles=(*kept.roles, *other.roles),
        unavailable=(*kept.unavailable, *other.unavailable), service=(*kept.service, *other.service),
        declarations=(*kept.declarations, *other.declarations), open_load=kept.open_load + other.open_load)


def _in_case(session: Session, number: int, people: tuple[PersonFacts, PersonFacts, PersonFacts],
             book: OrganisationBook, rules: RuleBook, day: date) -> list[Effect]:
    record = session.get(CourtCase, number)
    if record is None:
        return []
    facts = load_case_facts(session, record)
    serving = [any(service.case_id == number and is_open(service.state) for service in one.service)
               for one in people[:2]]
    effects = [Effect("twice", sentence("effect.twice", number=record.number), record.number)] * all(serving)
    first, second, both = (_findings(one, facts, book, rules, day) for one in people)
    known = {(one.rule, one.level) for one in (*first, *second)}
    for finding in both:
        new = (finding.rule, finding.level) not in known or (
            finding.blocks and not all(any(one.rule == finding.rule and one.blocks for one in alone)
                                       for alone, serves in zip((first, second), serving, strict=True) if serves))
        if new and finding.level in ("block", "warn"):
            kind = "blocks" if finding.blocks else "warns"
            effects.append(Effect(kind, sentence(f"effect.{kind}", number=record.number, reason=finding.text),
                                  record.number, finding.rule))
    return effects


def _findings(person: PersonFacts, case: CaseFacts, book: OrganisationBook, rules: RuleBook,
              day: date) -> list[Finding]:
    """Findings between a person and a case; a running appointment is judged without its own service."""
    alone = replace(person, service=tuple(one for one in person.service if one.case_id != case.id))
    return check_recusal(alone, case, book, rules, day, stage=Stage.RECHECK)
