"""Recusal applications (回避申请): asked for, decided within the period, reconsidered once.

民事诉讼法(2023) arts. 47-50, by 法释〔2019〕2号 art. 4 for technical investigators. Whoever is challenged is
suspended from the work at once, except for urgent measures; the presiding or sole judge decides.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.assignments import recusal_rows as lists
from expertpool.assignments.recusal_rows import DECISIONS, RULE, stage_of
from expertpool.assignments.service import step
from expertpool.assignments.states import demand_step, is_open, next_states
from expertpool.assignments.tables import Assignment, AssignmentEvent, RecusalApplication
from expertpool.cases.tables import CaseListing, CourtCase
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.periods import Period
from expertpool.foundation.problems import UserProblem
from expertpool.rules import vocabulary
from expertpool.rules.book import RuleBook
from expertpool.rules.holidays import SETTING, working_days
from expertpool.storage.queries import id_of
from expertpool.storage.transaction import Transaction

OPERATION = "recusal application"
recusal_rows, recusals_due = lists.recusal_rows, lists.recusals_due


@dataclass(frozen=True)
class RecusalDraft:
    """An application as received. ``form`` and ``ground_code`` are codes of the vocabularies; ``side`` is the
    applicant's position, "" for the court's own motion and the person's own request. ``urgent``: why the work goes on
    meanwhile. ``later_known``: when and how a ground raised after the hearing became known."""

    applicant: str
    side: str = ""
    form: str = "written"
    ground_code: str = ""
    ground: str = ""
    received_on: str = ""
    urgent: str = ""
    later_known: str = ""


@dataclass(frozen=True)
class FollowUp:
    """What remains to be done after a recusal was granted. ``replaces`` is the assignment whose place is vacant, ""
    if it was filled or the case is closed; ``notices`` are the legally required notices, as sentences."""

    number: str
    case_uid: str
    role: str
    person: str
    replaces: str
    notices: tuple[str, ...]


def apply_for_recusal(pool: Pool, assignment: str, draft: RecusalDraft) -> Changes:
    """File an application against an assignment (uid). Raises ``recusal.state``, ``recusal.incomplete``,
    ``recusal.value``, ``recusal.day``, and ``recusal.debate`` after the hearing without a later-known ground."""
    rules, calendar = pool.rules, pool.setting(SETTING)
    with pool.write(OPERATION, step="apply", applicant=draft.applicant) as transaction:
        record = transaction.by_uid(Assignment, assignment)
        person, case = _named(transaction, record)
        received = draft.received_on or str(today())
        _demand_draft(draft, record, person, case, received)
        ground = draft.ground.strip()
        if draft.later_known.strip():
            ground += _(" (known later: {when})").format(when=draft.later_known.strip())
        until = decision_day(rules, case.nature, received, calendar)
        transaction.add(RecusalApplication(
            assignment_id=int(record.id or 0), applicant=draft.applicant.strip(), side=draft.side, form=draft.form,
            ground_code=draft.ground_code, ground=ground.strip(), received_on=received, urgent=draft.urgent.strip(),
            suspended_from="" if draft.urgent.strip() else received,
            decide_by=str(until.end) if until else "", decision="pending"))
        note = _("{form} by {applicant}: {ground}").format(
            form=vocabulary.word("recusal_form", draft.form), applicant=draft.applicant or person.name,
            ground=vocabulary.word("recusal_ground", draft.ground_code) or ground)
        if draft.urgent.strip():
            note += _("; the work goes on: {reason}").format(reason=draft.urgent.strip())
            _event(transaction, record, note, received)
        elif record.state != "suspended":
            demand_step(record.state, "suspended", "recusal")
            step(transaction, record, "suspended", note, received)
        else:
            _event(transaction, record, note, received)
    return transaction.result()


def decide_recusal(pool: Pool, uid: str, outcome: str, *, by: str, reason: str, on: str = "",
                   version: int | None = None) -> Changes:
    """Decide an application: ``granted`` ends the assignment as recused, ``dismissed`` restores the state that the
    assignment had before. ``by`` is the presiding or sole judge. Raises ``recusal.decided`` if it is decided already.

    Also raises ``recusal.day``, ``recusal.incomplete`` and ``recusal.value``.
    """
    with pool.write(OPERATION, step="decide", outcome=outcome) as transaction:
        application, record = _found(transaction, uid, version)
        person, case = _named(transaction, record)
        if stage_of(application) != "pending":
            raise UserProblem("recusal.decided", name=person.name, number=case.number)
        day = on or str(today())
        _demand_decision(outcome, by, reason, day, application.received_on, _("the decision"))
        application.decision, application.decided_on = outcome, day
        application.decided_by, application.decision_reason = by.strip(), reason.strip()
        transaction.session.flush()
        _turn(transaction, application, record, outcome, day, _said(_("Recusal decided"), outcome, by, reason))
    return transaction.result()


def ask_reconsideration(pool: Pool, uid: str, on: str = "", *, version: int | None = None) -> Changes:
    """Enter the applicant's one request for reconsideration (复议) after the decision. The person is not suspended
    meanwhile. Raises ``recusal.undecided``, ``recusal.nobody``, ``recusal.once``.

    Also raises ``recusal.day``.
    """
    rules, calendar = pool.rules, pool.setting(SETTING)
    with pool.write(OPERATION, step="ask") as transaction:
        application, record = _found(transaction, uid, version)
        person, case = _named(transaction, record)
        if stage_of(application) == "pending":
            raise UserProblem("recusal.undecided", name=person.name, number=case.number)
        if not vocabulary.flag("recusal_form", application.form or "written", "by_party"):
            raise UserProblem("recusal.nobody", name=person.name)
        if application.reconsideration_asked_on:
            raise UserProblem("recusal.once")
        day = on or str(today())
        _demand_day(day, application.decided_on, _("the request for reconsideration"))
        until = decision_day(rules, case.nature, day, calendar, again=True)
        application.reconsideration_asked_on = day
        application.reconsider_by = str(until.end) if until else ""
        _event(
            transaction,
            record,
            _("{applicant} asked for reconsideration").format(applicant=application.applicant),
            day,
        )
    return transaction.result()


def decide_reconsideration(pool: Pool, uid: str, upheld: bool, *, by: str, reason: str, on: str = "",
                           version: int | None = None) -> Changes:
    """Decide the reconsideration: the decision is upheld, or changed to its opposite. Raises ``recusal.unasked``,
    ``recusal.reconsidered``.

    Also raises ``recusal.day``, ``recusal.incomplete`` and ``recusal.value``.
    """
    with pool.write(OPERATION, step="reconsider", upheld=upheld) as transaction:
        application, record = _found(transaction, uid, version)
        _named(transaction, record)
        if not application.reconsideration_asked_on:
            raise UserProblem("recusal.unasked")
        if stage_of(application) != "reconsidering":
            raise UserProblem("recusal.reconsidered")
        other = {"granted": "dismissed", "dismissed": "granted"}
        outcome = application.decision if upheld else other[application.decision]
        day = on or str(today())
        _demand_decision(outcome, by, reason, day, application.reconsideration_asked_on, _("the reconsideration"))
        application.reconsideration, application.reconsidered_on = outcome, day
        application.reconsideration_reason = _("{by}: {reason}").format(by=by.strip(), reason=reason.strip())
        transaction.session.flush()
        said = _said(_("Reconsideration, upheld") if upheld else _("Reconsideration, changed"), outcome, by, reason)
        if not upheld and outcome == "granted":
            _turn(transaction, application, record, outcome, day, said)
        elif not upheld and record.state == "recused":  # no longer recused, so the person may be appointed again
            demand_step(record.state, "withdrawn", "recusal")
            step(transaction, record, "withdrawn", said, day)
        else:
            _event(transaction, record, said, day)
    return transaction.result()


def decision_day(rules: RuleBook, nature: str, received_on: str, calendar: JsonObject,
                 *, again: bool = False) -> Period | None:
    """The day on which a decision (with ``again``: its reconsideration) is due; None where the law sets no period
    (criminal cases)."""
    if nature in rules.figure(RULE, "no_clock", received_on):
        return None
    days = (rules.figure(RULE, "reconsideration_days", received_on) if again
            else rules.figure(RULE, "days", received_on))
    return working_days(rules, calendar, received_on).period(date.fromisoformat(received_on), days)


def follow_up(pool: Pool, uid: str) -> FollowUp:
    """What remains to be done after the decision on an application (uid). Raises ``record.missing``."""
    with pool.read() as session:
        application = session.scalars(select(RecusalApplication).where(
            col(RecusalApplication.uid) == uid)).one_or_none()
        if application is None:
            raise UserProblem("record.missing", uid=uid)
        record = session.get_one(Assignment, application.assignment_id)
        case = session.get_one(CourtCase, record.court_case_id)
        person = session.get_one(Person, record.person_id)
        lacking = record.state == "recused" and _place_open(session, case, record)
        notices = []
        if stage_of(application) != "pending":
            notices.append(_("Tell {applicant} the decision and the right to ask once for reconsideration.").format(
                applicant=application.applicant or person.name))
        if lacking:
            notices.append(_("Within {days} days of the new appointment tell the parties of the change and of their "
                             "right to ask for recusal ({source}).").format(
                days=pool.rules.figure("D-NOTICE", "days", today()),
                source=pool.rules.version_on("D-NOTICE", today()).source))
        return FollowUp(case.number, case.uid, record.role, person.name, record.uid if lacking else "",
                        tuple(notices))


def _place_open(session: Session, case: CourtCase, record: Assignment) -> bool:
    listing = session.get(CaseListing, case.id)
    taken = session.scalars(select(id_of(Assignment)).where(col(Assignment.replaces_id) == record.id)).first()
    return case.state == "open" and not taken and (listing is None or listing.serving < listing.people_needed)


def _found(transaction: Transaction, uid: str, version: int | None) -> tuple[RecusalApplication, Assignment]:
    application = transaction.by_uid(RecusalApplication, uid, version)
    return application, transaction.get(Assignment, application.assignment_id)


def _named(transaction: Transaction, record: Assignment) -> tuple[Person, CourtCase]:
    person, case = transaction.get(Person, record.person_id), transaction.get(CourtCase, record.court_case_id)
    transaction.words |= {"name": person.name, "number": case.number}
    return person, case


def _turn(transaction: Transaction, application: RecusalApplication, record: Assignment, outcome: str, day: str,
          said: str) -> None:
    """Change the assignment's state by the outcome. If the assignment ended meanwhile, only its history tells the
    decision."""
    if is_open(record.state) and outcome == "granted":
        demand_step(record.state, "recused", "recusal")
        step(transaction, record, "recused", said, day)
    elif record.state == "suspended" and not _others_pending(transaction, application, record):
        before = _before_suspension(transaction, record)
        demand_step(record.state, before, "recusal")
        step(transaction, record, before, said, day)
    else:
        _event(transaction, record, said, day)


def _others_pending(transaction: Transaction, application: RecusalApplication, record: Assignment) -> bool:
    return any(stage_of(one) == "pending" and one.suspended_from and one.id != application.id
               for one in transaction.session.scalars(select(RecusalApplication).where(
                   col(RecusalApplication.assignment_id) == record.id)))


def _before_suspension(transaction: Transaction, record: Assignment) -> str:
    """The state before the suspension; inferred from the dates where the history does not tell."""
    steps = sorted(transaction.session.scalars(select(AssignmentEvent).where(
        col(AssignmentEvent.assignment_id) == record.id, col(AssignmentEvent.to_state) == "suspended",
        col(AssignmentEvent.from_state) != "suspended")), key=lambda one: one.id or 0)
    return steps[-1].from_state if steps else (
        "accepted" if record.answered_on else "notified" if record.notified_on else "appointed")


def _event(transaction: Transaction, record: Assignment, note: str, day: str) -> None:
    transaction.add(AssignmentEvent(assignment_id=int(record.id or 0), on=day, from_state=record.state,
                                    to_state=record.state, actor=transaction.actor, note=note))


def _said(what: str, outcome: str, by: str, reason: str) -> str:
    return _("{what}: {outcome} ({by}). {reason}").format(
        what=what, outcome=vocabulary.word("recusal_decision", outcome), by=by.strip(), reason=reason.strip())


def _demand_draft(draft: RecusalDraft, record: Assignment, person: Person, case: CourtCase, received: str) -> None:
    if not is_open(record.state) or not next_states(record.state, "recusal"):
        raise UserProblem("recusal.state", name=person.name, number=case.number,
                          state=vocabulary.word("assignment_state", record.state))
    for kind, value, what in (("recusal_form", draft.form, _("form")), ("recusal_ground", draft.ground_code,
                                                                        _("ground"))):
        if value and vocabulary.word(kind, value) == value:
            raise UserProblem("recusal.value", value=value, what=what)
    by_party = vocabulary.flag("recusal_form", draft.form, "by_party")
    missing = [what for value, what in ((draft.form, _("form")), (draft.applicant if by_party else "-",
                                                                  _("applicant")),
                                        (draft.ground_code or draft.ground.strip(), _("ground"))) if not value]
    if missing:
        raise UserProblem("recusal.incomplete", what="、".join(missing))
    _demand_day(received, record.appointed_on, _("the application"))
    held = case.hearing_on or case.deliberation_on or case.judged_on
    if by_party and held and received > held and not draft.later_known.strip():
        raise UserProblem("recusal.debate", number=case.number, day=held)


def _demand_decision(outcome: str, by: str, reason: str, day: str, least: str, what: str) -> None:
    if outcome not in DECISIONS:
        raise UserProblem("recusal.value", value=outcome, what=_("decision"))
    missing = [name for value, name in ((by, _("who decides")), (reason, _("reasons"))) if not value.strip()]
    if missing:
        raise UserProblem("recusal.incomplete", what="、".join(missing))
    _demand_day(day, least, what)


def _demand_day(day: str, least: str, what: str) -> None:
    """Check that the day is a full date, not before ``least``, not in the future."""
    try:
        whole = str(date.fromisoformat(day)) == day
    except ValueError:
        whole = False
    if not whole or day > str(today()) or day < least[:10]:
        raise UserProblem("recusal.day", day=day or "—", what=what, least=least or "—")
