"""The check sheet (核对表) of one person and one case: what was checked, on which facts, under which rules.

Before an appointment it shows a check made now; afterwards the stored check, whose fingerprint is computed again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.tables import Assignment, CheckRecord, Dismissal
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CourtCase
from expertpool.checks import eligibility, recusal
from expertpool.checks.check import check_record
from expertpool.checks.eligibility import check_eligibility
from expertpool.checks.findings import ordered
from expertpool.checks.load_facts import load_case_facts, load_person_facts
from expertpool.checks.recusal import check_recusal
from expertpool.experts.tables import Person
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonMapping
from expertpool.foundation.language import _
from expertpool.foundation.problems import UserProblem
from expertpool.organisations.load import load_organisation_book
from expertpool.rules import vocabulary
from expertpool.rules.book import RuleBook
from expertpool.rules.stages import Stage
from expertpool.storage.journal import canonical
from expertpool.storage.queries import id_of

STAGE = Stage.ASSIGN


@dataclass(frozen=True)
class SheetHit:
    """One finding: sentence, provision, facts as (what, value, source); the reason if it was dismissed."""

    key: str
    level: str
    text: str
    source: str
    facts: tuple[tuple[str, str, str], ...]
    dismissed: str = ""
    liftable: bool = False


@dataclass(frozen=True)
class SheetRule:
    """One rule that was checked; without hits it found nothing."""

    rule: str
    title: str
    source: str
    hits: tuple[SheetHit, ...]


@dataclass(frozen=True)
class SheetAnswer:
    """The reason given for accepting a warning, or for lifting a block (``level`` block)."""

    rules: tuple[str, ...]
    level: str
    reason: str
    by: str
    office: str
    at: str


@dataclass(frozen=True)
class CheckSheet:
    """Everything a check sheet says. ``stored``: made from the check kept with an appointment; ``intact``: that check
    is unaltered (always true of a check made now); ``other_rules``: the rule book has changed since, so titles and
    the list of rules are from today's book as in force on the day of the check."""

    number: str
    case: tuple[tuple[str, str], ...]
    person: str
    unit: str
    person_facts: tuple[tuple[str, str], ...]
    role: str
    state: str
    appointed_on: str
    checked_at: str
    rules_version: str
    other_rules: bool
    fingerprint: str
    stored: bool
    intact: bool
    rules: tuple[SheetRule, ...]
    answers: tuple[SheetAnswer, ...]


@numbers_hidden
def check_sheet(pool: Pool, assignment: str) -> CheckSheet:
    """The check sheet of an appointment (uid of the assignment). Raises ``sheet.none`` if no check was stored.

    Also raises ``record.missing``.
    """
    with pool.read() as session:
        record = session.scalars(select(Assignment).where(col(Assignment.uid) == assignment)).one_or_none()
        if record is None:
            raise UserProblem("record.missing", uid=assignment)
        found = session.get(CheckRecord, record.check_id) if record.check_id else None
        if found is None:
            raise UserProblem("sheet.none")
        return _sheet(found, pool.rules, state=record.state, appointed_on=record.appointed_on)


@numbers_hidden
def live_sheet(pool: Pool, number: str, uid: str, role: str = "") -> CheckSheet:
    """The check sheet of a check made now, before any appointment. Raises ``record.missing``."""
    rules, day = pool.rules, today()
    with pool.read() as session:
        case: CourtCase = case_by_number(session, number)
        person = session.scalars(select(Person).where(col(Person.uid) == uid)).one_or_none()
        if person is None:
            raise UserProblem("record.missing", uid=uid)
        wanted = role or case.role_needed
        facts, case_facts = (
            load_person_facts(session, [int(person.id or 0)])[0],
            load_case_facts(session, case, wanted),
        )
        hits = ordered([*check_recusal(facts, case_facts, load_organisation_book(session), rules, day, stage=STAGE),
                        *check_eligibility(facts, wanted, rules, day, stage=STAGE)])
        return _sheet(check_record(facts, case_facts, hits, rules, wanted, []), rules)


def verify_check(record: CheckRecord) -> bool:
    """Whether a stored check is unaltered: its fingerprint is computed again and compared."""
    content = [dict(record.facts), list(record.findings), list(record.overrides), record.rules_version, record.role]
    return hashlib.sha256(canonical(content)).hexdigest() == record.fingerprint


def dismissal_of(pool: Pool, uid: str, key: str, number: str) -> str:
    """The uid of the dismissal that covers this finding of a person in a case; "" if there is none."""
    with pool.read() as session:
        case = case_by_number(session, number)
        found = session.scalars(select(Dismissal).join(Person, id_of(Person) == Dismissal.person_id).where(
            col(Person.uid) == uid, col(Dismissal.key) == key,
            (col(Dismissal.court_case_id).is_(None)) | (Dismissal.court_case_id == case.id))).first()
        return found.uid if found else ""


def _sheet(record: CheckRecord, rules: RuleBook, *, state: str = "", appointed_on: str = "") -> CheckSheet:
    person, case = record.facts["person"], record.facts["case"]
    checked = rules.as_of(record.checked_at[:10])
    return CheckSheet(
        number=case["number"], case=_case_rows(case), person=person["name"], unit=_unit(person),
        person_facts=_person_rows(person), role=record.role, state=state, appointed_on=appointed_on,
        checked_at=record.checked_at, rules_version=record.rules_version,
        other_rules=record.rules_version != rules.version, fingerprint=record.fingerprint, stored=bool(state),
        intact=verify_check(record), rules=_rules(record, checked, str(case.get("nature", ""))),
        answers=tuple(SheetAnswer(tuple(one["rules"]), one["level"], one["reason"], one["by"], one["office"],
                                  one["at"]) for one in record.overrides))


def _rules(record: CheckRecord, rules: RuleBook, nature: str) -> tuple[SheetRule, ...]:
    """Every rule checked at an appointment, with its findings; a finding of a rule since removed is still shown."""
    checked = [key for key in (*recusal.CHECKS, *eligibility.CHECKS) if rules.asked_at(key, STAGE)]
    hits: dict[str, list[SheetHit]] = {key: [] for key in checked}
    for row in record.findings:
        hits.setdefault(row["rule"], []).append(_hit(row))
    return tuple(SheetRule(key, str(rules.rule(key).title) if key in rules else "",
                           str(rules.rule(key).source_for(nature)) if key in rules else "", tuple(found))
                 for key, found in hits.items())


def _hit(row: JsonMapping) -> SheetHit:
    return SheetHit(row.get("key", ""), row["severity"], row["text"], row["source"],
                    tuple((vocabulary.word("fact", one["what"]), one["value"], one.get("source", ""))
                          for one in row["facts"]), row.get("dismissed", ""), bool(row.get("liftable")))


def _case_rows(case: JsonMapping) -> tuple[tuple[str, str], ...]:
    """The case as the check saw it: procedure, those who take part, patents."""
    rows = [(_("Procedure"), " · ".join(filter(None, (vocabulary.word("procedure", case.get("procedure", "")),
                                                      vocabulary.word("case_nature", case.get("nature", ""))))))]
    rows += [(_kind(one), _named(one)) for one in case.get("participants", ())]
    return tuple(row for row in rows if row[1])


def _kind(one: JsonMapping) -> str:
    from expertpool.checks.findings import whom

    return whom(one["kind"], one.get("side", ""), one.get("place", 0))


def _named(one: JsonMapping) -> str:
    return " · ".join(filter(None, (one.get("name", ""), one.get("firm_name", ""))))


def _unit(person: JsonMapping) -> str:
    return "、".join(dict.fromkeys(one["name"] for one in person.get("employments", ()) if one.get("current")))


def _person_rows(person: JsonMapping) -> tuple[tuple[str, str], ...]:
    """The facts of the person used by the check: units, declared interests, service."""
    def spans(rows: Sequence[JsonMapping]) -> str:
        return "；".join(" ".join(filter(None, (
            one["name"], "–".join((one["start"], one["end"])) if one["start"] or one["end"] else "")))
            for one in rows)

    declared = "；".join(" ".join(filter(None, (
        vocabulary.word("interest", one["kind"]), one.get("relation") and vocabulary.word(
            "relation", one["relation"]), one.get("name", ""), one.get("organisation_name", ""))))
        for one in person.get("interests", ()))
    served = "；".join(f"{one['number']} {vocabulary.word('assignment_state', one['state'])}"
                      for one in person.get("service", ()))
    return tuple(row for row in ((_("Units, present and former"), spans(person.get("employments", ()))),
                                 (_("Declared interests"), declared), (_("Service"), served)) if row[1])
