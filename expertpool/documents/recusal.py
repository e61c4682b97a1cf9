"""Papers of a recusal: the register form (回避申请登记表) and the draft of the decision (回避决定书、复议决定书)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.recusal_rows import RULE, RecusalRow, load_recusals
from expertpool.assignments.service import AssignmentRow, load_assignments
from expertpool.assignments.tables import RecusalApplication
from expertpool.cases.details import CaseDetail, load_case
from expertpool.cases.docket import case_by_number
from expertpool.documents.paper import Facts, Paper, Text
from expertpool.foundation.language import _, language
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.text import joined
from expertpool.rules.book import RuleBook
from expertpool.rules.holidays import SETTING
from expertpool.rules.vocabulary import word

DIGITS = "〇一二三四五六七八九"
GAP = "________"


@dataclass(frozen=True, slots=True)
class RecusalFile:
    """What the papers are made from: the case, the assignment and the application, as lists show them."""

    court: str
    detail: CaseDetail
    service: AssignmentRow
    application: RecusalRow


@numbers_hidden
def recusal_register(pool: Pool, uid: str) -> Paper:
    """The register form of an application (uid): everything that was asked, decided and reconsidered."""
    return register_of(load_file(pool, uid))


@numbers_hidden
def recusal_decision(pool: Pool, uid: str) -> Paper:
    """The decision on an application (uid) as a draft to be checked, numbered and sealed; once a reconsideration is
    decided, the decision on that."""
    return decision_of(load_file(pool, uid), pool.rules)


@numbers_hidden
def load_file(pool: Pool, uid: str) -> RecusalFile:
    """Read an application (uid) with its assignment and case. Raises ``record.missing``."""
    rules, holidays = pool.rules, pool.setting(SETTING)
    with pool.read() as session:
        record = session.scalars(select(RecusalApplication).where(col(RecusalApplication.uid) == uid)).one_or_none()
        if record is None:
            raise UserProblem("record.missing", uid=uid)
        one = next(row for row in load_recusals(session, assignments=[record.assignment_id]) if row.uid == uid)
        detail = load_case(session, case_by_number(session, one.case_uid))
        service = next(row for row in load_assignments(session, rules, holidays, case=one.case_uid)
                       if row.uid == one.assignment)
    return RecusalFile(pool.name or detail.values["court"], detail, service, one)


def register_of(file: RecusalFile) -> Paper:
    """The register form."""
    detail, row, one = file.detail, file.service, file.application
    suspended = one.suspended_from or (_("not suspended, urgent work: {reason}").format(reason=one.urgent)
                                          if one.urgent else "")
    appointed = _("appointed on {day}").format(day=row.appointed_on)
    rows = (
        (_("Case"), joined(row.case, row.cause)),
        (_("Procedure"), joined(word("procedure", detail.values["procedure"]), detail.values["court"])),
        (_("Parties"), _parties(detail)),
        (_("Challenged person"), joined(row.person, word("case_role", row.role), appointed)),
        (_("Applicant"), _applicant(one)),
        (_("Form and day"), joined(word("recusal_form", one.form), one.received_on)),
        (_("Ground"), _ground(one, "\n")),
        (_("Provision"), one.provision),
        (_("Suspended from"), suspended),
        (_("Decision due"), one.decide_by or _("no statutory period")),
        (_("Decided by"), one.decided_by),
        (_("Decision"), joined(word("recusal_decision", one.decision) if one.decided_on else "",
                               one.decided_on, _late(one.late))),
        (_("Reasons"), one.decision_reason),
        (_("Right to reconsideration"), _("once, on receiving the decision; the person is not suspended during it")
         if one.by_party else _("none: no party applied")),
        (_("Reconsideration asked"), one.reconsideration_asked_on),
        (_("Reconsideration due"), one.reconsider_by),
        (_("Reconsideration"), joined(word("recusal_decision", one.reconsideration), one.reconsidered_on,
                                      _late(one.reconsideration_late), one.reconsideration_reason)),
        (_("Signatures"), _("Applicant:                    Clerk:                    Date:")))
    return Paper(_("Register form of a recusal"), (Facts(rows),), file.court, row.case)


def decision_of(file: RecusalFile, rules: RuleBook) -> Paper:
    """The decision, with the provision on deciding that was in force on the day of the application."""
    row, one = file.service, file.application
    again = one.stage in ("upheld", "changed")
    on = one.reconsidered_on if again else one.decided_on
    said = [*_asked(file), *(_decided_before(one) if again else ()), *_decided(one, rules, again=again)]
    seal = "\n".join((one.decided_by, in_words(on), _("(seal of the court)")))
    return Paper(_("Decision on reconsideration") if again else _("Decision on recusal"), (
        Text(row.case, "right"), *(Text(words, indent=True) for words in said), Text(seal, "right")),
        file.court, row.case, "letter")


def _asked(file: RecusalFile) -> list[str]:
    """Who applied, on which ground, and whether the person was suspended."""
    row, one = file.service, file.application
    facts = {"case": row.case + row.cause, "name": row.person, "role": word("case_role", row.role),
             "applicant": _applicant(one), "day": plain_day(one.received_on),
             "form": word("recusal_form", one.form), "ground": _ground(one, "；")}
    said = [_("Applicant: {applicant}").format(**facts),
            _("Challenged person: {name}, {role} in this case").format(**facts), _parties(file.detail),
            _("In the case {case}, {applicant} asked on {day} ({form}) that the {role} {name} step aside, on the "
              "ground: {ground}.").format(**facts)]
    if one.suspended_from:
        said.append(_("{name} has been suspended from the work in this case since {day}.").format(
            name=row.person, day=plain_day(one.suspended_from)))
    elif one.urgent:
        said.append(_("The work was not suspended because of urgent measures: {reason}.").format(
            reason=one.urgent))
    return said


def _decided_before(one: RecusalRow) -> list[str]:
    """The first decision, stated where the paper decides the reconsideration."""
    return [_("On {day} it was decided: {outcome}. On {asked} the applicant asked for reconsideration.").format(
        day=plain_day(one.decided_on), outcome=word("recusal_decision", one.decision),
        asked=plain_day(one.reconsideration_asked_on))]


def _decided(one: RecusalRow, rules: RuleBook, *, again: bool) -> list[str]:
    """Reasons, provisions, outcome, and the remedy against the decision."""
    reasons = one.reconsideration_reason if again else one.decision_reason
    outcome = one.reconsideration if again else one.decision
    asked_on = one.reconsideration_asked_on if again else one.received_on
    said = [_("On examination it is held: {reasons}").format(reasons=reasons or GAP),
            _("Under {provision} and the provisions on deciding recusal ({clock}) it is decided:").format(
                provision=one.provision or GAP, clock=_on_deciding(rules, one.nature, asked_on)),
            (_("{name} shall step aside from this case.") if outcome == "granted" else
             _("The application that {name} step aside is dismissed.")).format(name=one.person)]
    if one.by_party:
        said.append(_("This decision on reconsideration is final.") if again else _(
            "Whoever does not accept this decision may ask this court once for reconsideration on receiving it. The "
            "challenged person is not suspended during reconsideration."))
    return said


def plain_day(iso: str) -> str:
    """A day in running text: 2026年11月18日; ISO in English."""
    if not iso or language() == "en":
        return iso
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def in_words(iso: str) -> str:
    """A day written out as in decisions: 二〇二六年十一月二十日; ISO in English."""
    if not iso or language() == "en":
        return iso or GAP
    day = date.fromisoformat(iso)
    year = "".join(DIGITS[int(sign)] for sign in f"{day.year:04d}")
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


def _number(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if not tens else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def _applicant(one: RecusalRow) -> str:
    if one.by_party:
        side = word("party_side", one.side)
        return f"{one.applicant}（{side}）" if side else str(one.applicant)
    return str(one.person) if one.form == "self" else word("recusal_form", one.form)


def _ground(one: RecusalRow, between: str) -> str:
    return between.join(filter(None, (word("recusal_ground", one.ground_code), one.ground)))


def _parties(detail: CaseDetail) -> str:
    return "；".join(f"{word('party_side', party['side'])}：{party['name']}" for party in detail.parties)


def _late(days: int) -> str:
    return _("{count} days late").format(count=days) if days else ""


def _on_deciding(rules: RuleBook, nature: str, day: str) -> str:
    """The provision on how and when a recusal is decided, as in force on that day."""
    return str(rules.version_on(RULE, day).source_for(nature))
