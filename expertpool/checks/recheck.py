"""Checking again (复查): every open or recent appointment affected by a change is checked again.

This happens inside the transaction that makes the change: by a form, an import, a merge, an alias, an undo. New
findings are shown on the overview as alerts until they are answered or their facts no longer hold.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.assignments.states import open_states
from expertpool.assignments.tables import Alert, Assignment, CheckRecord
from expertpool.cases.tables import Agent, CaseLink, CourtCase, Party
from expertpool.checks.conflict_keys import keys_of_people, wide_conflict_keys
from expertpool.checks.facts import CaseFacts, PersonFacts
from expertpool.checks.findings import Finding, stored_key
from expertpool.checks.load_case_facts import load_facts_of_cases
from expertpool.checks.load_facts import load_person_facts
from expertpool.checks.recusal import check_recusal
from expertpool.experts.tables import Employment, Interest
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.organisations.book import OrganisationBook, UnitName
from expertpool.organisations.load import load_organisation_book
from expertpool.organisations.tables import Organisation, OrganisationAlias
from expertpool.rules import vocabulary
from expertpool.rules.book import LEVELS, RuleBook
from expertpool.rules.stages import Stage
from expertpool.storage.queries import id_of, one_of, rows_where_in, table_of
from expertpool.storage.settings import setting_of
from expertpool.storage.tables import Setting
from expertpool.storage.transaction import Transaction

BOOK = ("organisationalias", "organisationlink", "organisationanswer")
GRAVE = ("warn", "block")


@dataclass(frozen=True, slots=True)
class Serving:
    """An appointment that is still checked again."""

    id: int
    person: int
    case: int
    role: str
    check: int | None


@dataclass
class SweepReport:
    """Counts of a sweep: ``appointments`` considered, ``judged`` those whose case has a connection with the person,
    new ``alerts`` and ``settled`` ones."""

    appointments: int = 0
    judged: int = 0
    alerts: int = 0
    settled: int = 0


def sweep(pool: Pool) -> SweepReport:
    """Check every open and recent appointment again; new findings become alerts, in one journal entry."""
    with pool.write("sweep") as transaction:
        rules = rules_of(transaction.session)
        report = examine(transaction, serving(transaction.session, rules), rules)
        transaction.words |= {"alerts": report.alerts, "settled": report.settled}
    return report


def watch(transaction: Transaction, touched: dict[str, set[int]]) -> None:
    """Check again the appointments affected by a transaction: by changed cases and their chains, people, units,
    rules."""
    session = transaction.session
    people = touched.get("person", set()) - transaction.listed
    cases = set(touched.get("courtcase", ()))
    everything = bool(touched.get("setting")) and "rules" in session.scalars(
        select(col(Setting.key)).where(id_of(Setting).in_(touched["setting"]))).all()
    if not (people or cases or everything or any(touched.get(kind) for kind in BOOK)):
        return
    rules = rules_of(session)
    if everything:
        chosen = serving(session, rules)
    else:
        if any(touched.get(kind) for kind in BOOK):
            near = _near_units(session, touched)
            cases |= _cases_with(session, near)
            people |= _people_of(session, near)
        chosen = serving(session, rules, cases=_line_of(session, cases), people=people)
    if chosen:
        examine(transaction, chosen, rules)
    _close_ended(transaction, touched.get("assignment", set()))


def serving(session: Session, rules: RuleBook, *, cases: Iterable[int] | None = None,
            people: Iterable[int] = ()) -> list[Serving]:
    """Open appointments and those that ended lately, of these cases and people; of everybody by default."""
    since = str(today() - timedelta(days=rules.figure("D-SWEEP", "recent_days", today())))
    ended = [word.code for word in vocabulary.words("assignment_state")
             if not word.flags.get("open") and word.flags.get("took_part") == "yes"]
    columns = table_of(Assignment).c
    query = select(columns.id, columns.person_id, columns.court_case_id, columns.role, columns.check_id).where(
        or_(columns.state.in_(open_states()), columns.state.in_(ended) & (columns.ended_on >= since)))
    if cases is None:
        return [Serving(*row) for row in session.execute(query.order_by(columns.id))]
    found: dict[int, Serving] = {}
    for column, ids in ((columns.court_case_id, sorted(cases)), (columns.person_id, sorted(people))):
        found |= {row[0]: Serving(*row) for row in rows_where_in(session, query, column, ids)}
    return [found[key] for key in sorted(found)]


def examine(transaction: Transaction, chosen: Sequence[Serving], rules: RuleBook) -> SweepReport:
    """Judge appointments again, each without its own service, and update their alerts."""
    session, report = transaction.session, SweepReport(len(chosen))
    hits = findings_now(session, chosen, rules, report)
    known = _answered_then(session, [one for one in chosen if hits.get(one.id)])
    alerts = _alerts(session, [one.id for one in chosen])
    new: list[JsonObject] = []
    for one in chosen:
        found = {hit.key: hit for hit in hits.get(one.id, ())}
        alerted = {alert.key for alert in alerts[one.id]}
        for alert in alerts[one.id]:
            if alert.state == "open" and alert.key not in found:
                alert.state, alert.answered_at = "settled", transaction.stamp
                report.settled += 1
        for key, hit in found.items():
            if key not in alerted and LEVELS.index(hit.level) > known[one.id].get(key, 0):
                new.append(_alert(one, hit, rules, transaction))
    transaction.insert_many(Alert, new)
    report.alerts = len(new)
    return report


def findings_now(session: Session, chosen: Sequence[Serving], rules: RuleBook,
                 report: SweepReport) -> dict[int, list[Finding]]:
    """Assignment id → the warnings and blocks that stand against it today; only people connected with the case are
    judged."""
    day, book = today(), load_organisation_book(session)
    cases = load_facts_of_cases(session, {one.case for one in chosen})
    keys_of = keys_of_people(session, sorted({one.person for one in chosen}), keys=True)
    keys = {key: wide_conflict_keys(case, book, day) for key, case in cases.items()}
    twice = Counter((one.person, one.case) for one in chosen)
    close = []
    for one in chosen:
        own = {("case", one.case)} if twice[one.person, one.case] == 1 else set()
        if not (keys[one.case] - own).isdisjoint(keys_of.get(one.person, ())):
            close.append(one)
    report.judged = len(close)
    people = {person.id: person for person in load_person_facts(session, sorted({one.person for one in close}))}
    return {one.id: _judged(people[one.person], replace(cases[one.case], role=one.role), book, rules)
            for one in close if one.person in people}


def _judged(person: PersonFacts, case: CaseFacts, book: OrganisationBook, rules: RuleBook) -> list[Finding]:
    """Findings about an appointment, judged without its own service."""
    alone = replace(person, service=tuple(one for one in person.service
                                          if one.case_id != case.id or one.role != case.role))
    return [hit for hit in check_recusal(alone, case, book, rules, today(), stage=Stage.RECHECK)
            if hit.level in GRAVE]


def _alert(one: Serving, hit: Finding, rules: RuleBook, transaction: Transaction) -> JsonObject:
    return {"assignment_id": one.id, "key": hit.key, "rule": hit.rule, "code": hit.code, "level": hit.level,
            "text": hit.text, "source": str(hit.source), "facts": [asdict(fact) for fact in hit.facts],
            "parameters": dict(hit.parameters),
            "rules_version": rules.version, "found_at": transaction.stamp, "cause": transaction.operation}


def _answered_then(session: Session, chosen: Sequence[Serving]) -> dict[int, dict[str, int]]:
    """Assignment id → key and level of the findings known, and so accepted, when the person was appointed."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    records = {one.check: one.id for one in chosen if one.check is not None}
    query = select(col(CheckRecord.id), col(CheckRecord.findings))
    for key, rows in rows_where_in(session, query, col(CheckRecord.id), sorted(records)):
        found[records[key]] = {stored_key(row): LEVELS.index(row["severity"]) for row in rows}
    return found


def _alerts(session: Session, assignments: Sequence[int]) -> dict[int, list[Alert]]:
    """Alerts by assignment that are open or were answered."""
    found: dict[int, list[Alert]] = defaultdict(list)
    query = select(Alert).where(col(Alert.state) != "settled")
    for (alert,) in rows_where_in(session, query, col(Alert.assignment_id), assignments):
        found[alert.assignment_id].append(alert)
    return found


def _close_ended(transaction: Transaction, assignments: set[int]) -> None:
    """Close the alerts of appointments that ended by withdrawal, replacement or recusal."""
    if not assignments:
        return
    gone = [word.code for word in vocabulary.words("assignment_state")
            if not word.flags.get("open") and word.code != "completed"]
    for alert in transaction.session.scalars(
        select(Alert)
        .join(Assignment, id_of(Assignment) == Alert.assignment_id)
        .where(col(Alert.assignment_id).in_(assignments), col(Alert.state) == "open", col(Assignment.state).in_(gone))
    ):
        alert.state, alert.answered_at, alert.answer = "settled", transaction.stamp, "ended"


def _line_of(session: Session, cases: set[int]) -> set[int]:
    """These cases with all cases of the same disputes and those linked to them."""
    if not cases:
        return set()
    wanted, dispute = sorted(cases), col(CourtCase.dispute_id)
    disputes = select(dispute).where(one_of(col(CourtCase.id), wanted), dispute.is_not(None))
    found = cases | set(session.scalars(select(id_of(CourtCase)).where(dispute.in_(disputes))))
    earlier, later = col(CaseLink.earlier_id), col(CaseLink.later_id)
    for one, other in ((earlier, later), (later, earlier)):
        found |= set(session.scalars(select(one).where(one_of(other, wanted))))
    return found


def _near_units(session: Session, touched: dict[str, set[int]]) -> set[int]:
    """Units that a change of the alias book concerns, with the units of their groups."""
    book = load_organisation_book(session)
    keys = session.scalars(select(col(OrganisationAlias.alias_key)).where(
        id_of(OrganisationAlias).in_(touched.get("organisationalias", set())))).all()
    start = set(touched.get("organisation", ())) | set(session.scalars(
        select(id_of(Organisation)).where(col(Organisation.name_key).in_(keys))))
    return {near for key in start for near in book.linked(UnitName("", key), today())} | start


def _cases_with(session: Session, units: set[int]) -> set[int]:
    return {key for case, unit in ((col(Party.court_case_id), col(Party.organisation_id)),
                                   (col(Agent.court_case_id), col(Agent.firm_id)))
            for key in session.scalars(select(case).where(unit.in_(units)))}


def _people_of(session: Session, units: set[int]) -> set[int]:
    return {key for table in (Employment, Interest)
            for key in session.scalars(select(col(table.person_id)).where(col(table.organisation_id).in_(units)))}


def rules_of(session: Session) -> RuleBook:
    """The rule book as this session sees it."""
    return RuleBook.of_setting(setting_of(session, "rules"))
