"""What the overview shows (总览): four figures, what is due, recent operations, coverage by field."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.permissions import Actor
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.accounts.undoing import may_undo
from expertpool.assignments.due import work_due
from expertpool.assignments.recusals import recusals_due
from expertpool.assignments.states import open_states
from expertpool.assignments.tables import Assignment
from expertpool.cases.tables import CaseListing, CourtCase
from expertpool.experts.tables import Licence, Person, PersonListing, RoleTerm, Unavailability
from expertpool.fields.tree import tree
from expertpool.foundation.dates import add_months, today
from expertpool.foundation.json_values import JsonObject
from expertpool.rules.book import RuleBook
from expertpool.rules.holidays import SETTING, working_days
from expertpool.rules.periods import licence_mentioned_until, term_mentioned_until
from expertpool.rules.vocabulary import choices
from expertpool.storage.queries import id_of
from expertpool.storage.tables import JournalEntry


@dataclass(frozen=True)
class Overview:
    """Counts are whole numbers; ``due`` rows have a date; ``coverage`` has one row per court group.

    ``days_ahead``: how many days before its end a term is shown, 0 if never.
    """

    people: int
    people_by_role: dict[str, int]
    available: int
    full: int
    away: int
    expired: int
    open_cases: int
    lacking: int
    unnotified: int
    expiring_terms: int
    expiring_licences: int
    days_ahead: int
    due: list[JsonObject]
    recent: list[JsonObject]
    coverage: list[JsonObject]


@numbers_hidden
def overview(pool: Pool) -> Overview:
    """All figures of the overview, as of today."""
    day, rules = str(today()), pool.rules
    terms, licences = term_mentioned_until(rules, today()), licence_mentioned_until(rules, today())
    cap = rules.figure("E-LOAD", "cap", day)
    with pool.read() as session:
        rows = session.execute(select(col(PersonListing.person_id), col(PersonListing.roles),
            col(PersonListing.groups),
                                      col(PersonListing.term_end), col(PersonListing.open_cases),
                                      col(PersonListing.case_cap))
                               .where(col(PersonListing.state) == "active")).all()
        gone = set(session.scalars(select(col(Unavailability.person_id)).where(
            col(Unavailability.start) <= day, (col(Unavailability.end) >= day) | (Unavailability.end == ""))))
        expired = {row.person_id for row in rows if row.term_end and row.term_end < day[:len(row.term_end)]}
        full = {row.person_id for row in rows if row.open_cases >= (cap if row.case_cap is None else row.case_cap)}
        away = gone & {row.person_id for row in rows}
        unready = expired | full | away | {row.person_id for row in rows if not row.roles}
        by_role = {role: sum(f" {role} " in row.roles for row in rows) for role, _word in choices("role")}
        ready_groups = [row.groups for row in rows if row.person_id not in unready]
        return Overview(
            people=len(rows), people_by_role=by_role, available=len(rows) - len(unready),
            full=len(full - expired), away=len(away - expired - full), expired=len(expired),
            open_cases=_count(session, CaseListing.state == "open"),
            lacking=_count(session, CaseListing.state == "open", CaseListing.serving < CaseListing.people_needed),
            unnotified=session.scalar(select(func.count()).select_from(Assignment)
                                      .where(col(Assignment.state) == "appointed")) or 0,
            expiring_terms=sum(1 for row in rows if row.term_end
                               and day[:len(row.term_end)] <= row.term_end <= str(terms or "")),
            expiring_licences=session.scalar(select(func.count()).select_from(Licence).where(
                col(Licence.until) != "", col(Licence.until) >= day, col(Licence.until) <= str(licences or ""))) or 0,
            days_ahead=(terms - today()).days if terms else 0,
            due=_due(session, pool, day, str(terms or ""), str(licences or "")),
            recent=recent_operations(session, pool.actor), coverage=_coverage(session, pool, ready_groups))


def _count(session: Session, *conditions: Any) -> int:
    return session.scalar(select(func.count()).select_from(CaseListing).where(*conditions)) or 0


def _due(session: Session, pool: Pool, day: str, terms: str, licences: str) -> list[JsonObject]:
    """Notices to give, opinions to sign, terms and licences that end; earliest first."""
    rules, holidays = pool.rules, pool.setting(SETTING)
    found: list[JsonObject] = []
    serving = session.execute(
        select(Assignment, col(CourtCase.number), col(CourtCase.deliberation_on), col(Person.name))
        .join(CourtCase, id_of(CourtCase) == Assignment.court_case_id)
        .join(Person, id_of(Person) == Assignment.person_id)
        .where(col(Assignment.state).in_(open_states())))
    for record, number, deliberation, name in serving:
        if not record.notified_on and record.appointed_on:
            limit = working_days(rules, holidays, record.appointed_on).period(
                date.fromisoformat(record.appointed_on), rules.figure("D-NOTICE", "days", record.appointed_on))
            found.append({"on": str(limit.end), "subject": number, "what": "notice", "person": name,
                          "ground": str(rules.version_on("D-NOTICE", record.appointed_on).source)})
        found += [{"on": one.on, "subject": number, "what": one.what, "person": name, "latest": one.latest,
                   "ground": one.ground} for one in work_due(rules, holidays, record, deliberation)]
    found += recusals_due(session, rules)
    for end, name in session.execute(select(col(RoleTerm.end), col(Person.name)).join(
            Person, id_of(Person) == RoleTerm.person_id).where(
            col(RoleTerm.state) == "active", col(Person.state) == "active", col(RoleTerm.end) >= day,
            col(RoleTerm.end) <= terms)):
        found.append({"on": end, "subject": name, "what": "term", "person": name, "ground": ""})
    for end, name in session.execute(select(col(Licence.until), col(Person.name)).join(
            Person, id_of(Person) == Licence.person_id).where(
            col(Licence.until) >= day, col(Licence.until) <= licences)):
        found.append({"on": end, "subject": name, "what": "licence", "person": name, "ground": ""})
    return sorted(found, key=lambda row: (row["on"], row["subject"]))[:60]


def recent_operations(session: Session, actor: Actor, most: int = 12) -> list[JsonObject]:
    """The newest journal entries, each with whether it was undone."""
    undone = set(session.scalars(select(col(JournalEntry.undoes_id)).where(
        col(JournalEntry.undoes_id).is_not(None))))
    entries = session.scalars(select(JournalEntry).order_by(id_of(JournalEntry).desc()).limit(most))
    return [{"entry": e.id, "at": e.at, "actor": e.actor, "operation": e.operation, "words": dict(e.words),
             "undone": e.id in undone, "undoable": e.undoes_id is None and e.id not in undone
             and e.operation != "reveal" and may_undo(actor, e.operation, e.actor)} for e in entries]


@numbers_hidden
def newest_operations(pool: Pool, wanted: Collection[str], looked_at: int = 400) -> list[JsonObject]:
    """Of the newest ``looked_at`` journal entries, those of the wanted operations."""
    with pool.read() as session:
        return [entry for entry in recent_operations(session, pool.actor, looked_at) if entry["operation"] in wanted]


def _coverage(session: Session, pool: Pool, ready: list[str]) -> list[JsonObject]:
    """Per court group: people available, cases of the last 12 months, whether there are too few people."""
    rules = pool.rules.as_of(today())
    if "coverage" not in rules:
        return []
    since = str(add_months(today(), -rules.parameter("coverage", "months")))
    cases = session.scalars(select(col(CaseListing.fields)).where(col(CaseListing.filed_on) >= since)).all()
    groups_of_cases = [{group for code in text.split("|") if code for group in tree().groups_of(code)}
                       for text in cases]
    rows = []
    for group in tree().groups:
        people = sum(f"|{group}|" in text for text in ready)
        wanted = sum(group in groups for groups in groups_of_cases)
        rows.append({"code": group, "title": tree().title(group), "people": people, "cases": wanted,
                     "state": _shortage(people, wanted, rules)})
    return rows


def _shortage(people: int, cases: int, rules: RuleBook) -> str:
    if not cases:
        return ""
    if people < cases * rules.parameter("coverage", "short_below"):
        return "short"
    return "tight" if people < cases * rules.parameter("coverage", "tight_below") else ""
