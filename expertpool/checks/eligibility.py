"""Who may be appointed at all (选任资格): role, term, state, absence, load, age, licence, education, assessment.

No statute sets these conditions for technical investigators; they are the court's own, in ``eligibility.json``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from expertpool.checks.facts import PersonFacts, RoleFact
from expertpool.checks.findings import FactReference, Finding, found, ordered
from expertpool.foundation.dates import PartialDate, age_on, as_day, first_day, last_day, over
from expertpool.foundation.json_values import JsonObject
from expertpool.organisations.names import normalise
from expertpool.rules import vocabulary
from expertpool.rules.book import RuleBook
from expertpool.rules.periods import licence_mentioned_until, term_mentioned_until
from expertpool.rules.stages import Stage


@dataclass(frozen=True)
class EligibilityContext:
    """The person, role, rules and day of one eligibility check."""

    person: PersonFacts
    role: str
    rules: RuleBook
    day: date

    def terms(self) -> list[RoleFact]:
        """The terms for which the person holds or held the role."""
        return [term for term in self.person.roles if term.role == self.role]

    def active(self) -> list[RoleFact]:
        """The terms that no decision ended or suspended."""
        return [term for term in self.terms() if vocabulary.flag("role_state", term.state, "active")]


def check_eligibility(person: PersonFacts, role: str, rules: RuleBook, today: str | date, *,
                      stage: Stage = Stage.MATCH) -> list[Finding]:
    """Everything that speaks against appointing the person in ``role`` on this day, whatever the case; worst first.

    Each rule says at which stages (match, draw, assign) it is checked.
    """
    day = as_day(today)
    context = EligibilityContext(person, role, rules.as_of(day), day)
    return ordered([finding for key, check in CHECKS.items()
                    if context.rules.asked_at(key, stage) for finding in check(context)])


def _state(context: EligibilityContext) -> Iterator[Finding]:
    """E-STATE: suspended, removed or merged into another record."""
    if not vocabulary.flag("person_state", context.person.state, "active"):
        state = vocabulary.word("person_state", context.person.state)
        yield _finding(context, "E-STATE", "not_active", FactReference("state", state, context.person.source),
                       state=context.person.state)


def _role(context: EligibilityContext) -> Iterator[Finding]:
    """E-ROLE: the role was never given, or every appointment to it was ended or suspended (法释〔2019〕2号 art.
    2)."""
    if not context.terms():
        held = "、".join(vocabulary.word("role", term.role) for term in context.person.roles) or "—"
        yield _finding(context, "E-ROLE", "not_held", FactReference("role_term", held))
    elif not context.active():
        latest = max(context.terms(), key=lambda term: term.end or term.start)
        yield _finding(context, "E-ROLE", "not_active", _term(latest), role_state=latest.state)


def _covered(context: EligibilityContext) -> Iterator[Finding]:
    """E-TERM: an active term must cover the day; a term without a known end has no end."""
    terms = context.active()
    covering = [term for term in terms if _begun(term, context.day) and not over(term.end, context.day)]
    if terms and not covering:
        latest = max(terms, key=lambda term: term.end or "9999")
        outcome = "expired" if over(latest.end, context.day) else "not_begun"
        yield _finding(context, "E-TERM", outcome, _term(latest), date=latest.end or latest.start,
                       start=latest.start, end=latest.end)
    elif covering:
        ends = [last_day(term.end) for term in covering]
        soon = term_mentioned_until(context.rules, context.day)
        if soon is not None and all(end is not None and end <= soon for end in ends):
            latest = max(covering, key=lambda term: term.end)
            yield _finding(context, "E-TERM", "ending", _term(latest), date=latest.end)


def _away(context: EligibilityContext) -> Iterator[Finding]:
    """E-AWAY: the day falls into a time of absence."""
    for absence in context.person.unavailable:
        start = first_day(absence.start)
        if (start is None or start <= context.day) and not over(absence.end, context.day):
            days = FactReference("unavailability", f"{absence.start} – {absence.end}".strip(" –"))
            yield _finding(context, "E-AWAY", "absent", days, reason=absence.reason or "other",
                           start=absence.start or "…", end=absence.end or "…")


def _load(context: EligibilityContext) -> Iterator[Finding]:
    """E-LOAD: the number of open cases reached the person's own limit, or else the rule book's."""
    cap, load = case_limit(context.person, context.rules, context.day), context.person.open_load
    if load >= cap - 1:
        outcome = "full" if load >= cap else "nearly"
        yield _finding(context, "E-LOAD", outcome, FactReference("load", str(load)), count=load, cap=cap)


def case_limit(person: PersonFacts, rules: RuleBook, day: date) -> int:
    """The most open cases allowed: the person's own limit, else the rule book's."""
    return int(rules.figure("E-LOAD", "cap", day)) if person.cap is None else person.cap


def _age(context: EligibilityContext) -> Iterator[Finding]:
    """E-AGE: over the age limit on the day, unless exempted with a reason; nobody is barred for an unknown birth
    date."""
    limit = context.rules.parameter("E-AGE", "years")
    if not context.person.birth or context.person.age_exemption:
        return
    age = age_on(PartialDate.parse(context.person.birth), context.day)
    if age >= limit:
        yield _finding(context, "E-AGE", "above", FactReference("birth", context.person.birth, context.person.source),
                       age=age, years=limit)


def _licence(context: EligibilityContext) -> Iterator[Finding]:
    """E-LICENCE: for appraisers, and only if licences are recorded; one valid licence is enough (法〔2020〕202号;
    司法鉴定人登记管理办法, Order 96)."""
    if context.role not in context.rules.parameter("E-LICENCE", "roles"):
        return
    licences = context.person.licences
    if not licences or not all(licence.until for licence in licences):
        return
    latest = max(licences, key=lambda licence: last_day(licence.until) or date.min)
    fact = FactReference("licence", f"{latest.number} {latest.until}".strip(), latest.source)
    soon = licence_mentioned_until(context.rules, context.day)
    if over(latest.until, context.day):
        yield _finding(context, "E-LICENCE", "expired", fact, number=latest.number, date=latest.until)
    elif soon is not None and over(latest.until, soon):
        yield _finding(context, "E-LICENCE", "ending", fact, number=latest.number, date=latest.until)


def _education(context: EligibilityContext) -> Iterator[Finding]:
    """E-EDUCATION: below the required level; nobody is barred for an unknown education."""
    wanted = context.rules.parameter("E-EDUCATION", "at_least")
    rank = vocabulary.value("education", context.person.education, "rank")
    if rank and rank < vocabulary.value("education", wanted, "rank"):
        shown = vocabulary.word("education", context.person.education)
        yield _finding(context, "E-EDUCATION", "below", FactReference("education", shown, context.person.source),
                       education=context.person.education, at_least=wanted)


def _bodies(context: EligibilityContext) -> Iterator[Finding]:
    """E-BODIES: an appraiser who holds licences of two bodies at the same time (司法鉴定人登记管理办法, Order 96: one
    body only)."""
    if context.role not in context.rules.parameter("E-BODIES", "roles"):
        return
    bodies = {normalise(one.body): one.body for one in context.person.licences
              if one.body and not over(one.until, context.day)}
    if len(bodies) > 1:
        names = list(bodies.values())
        yield _finding(context, "E-BODIES", "two", FactReference("licence", "、".join(names)), bodies=names)


def _assessment(context: EligibilityContext) -> Iterator[Finding]:
    """E-ASSESSMENT: the latest yearly assessment, of this year or the years that count, was not passed (by analogy
    法释〔2002〕8号 art. 9; practice of courts)."""
    rules = context.rules
    graded = [one for one in context.person.assessments if one.grade]
    if not graded:
        return
    latest = max(graded, key=lambda one: one.year)
    if latest.year < context.day.year - rules.parameter("E-ASSESSMENT", "years"):
        return
    for outcome, grades in (("failed", rules.parameter("E-ASSESSMENT", "failed")),
                            ("poor", rules.parameter("E-ASSESSMENT", "poor"))):
        if latest.grade in grades:
            yield _finding(context, "E-ASSESSMENT", outcome, FactReference("state", f"{latest.year} {latest.grade}"),
                           year=latest.year, grade=latest.grade)


def _consent(context: EligibilityContext) -> Iterator[Finding]:
    """E-CONSENT: applied without the unit's consent, or was recommended by others without giving consent."""
    rules, person = context.rules, context.person
    for outcome, ways, consent in (("unit", rules.parameter("E-CONSENT", "unit"), person.unit_consent),
                                   ("own", rules.parameter("E-CONSENT", "own"), person.own_consent)):
        if person.recommendation in ways and not consent:
            yield _finding(context, "E-CONSENT", outcome, FactReference("person", person.name, person.source))


CHECKS: dict[str, Callable[[EligibilityContext], Iterator[Finding]]] = {
    "E-STATE": _state, "E-ROLE": _role, "E-TERM": _covered, "E-AWAY": _away, "E-LOAD": _load,
    "E-AGE": _age, "E-LICENCE": _licence, "E-EDUCATION": _education,
    "E-BODIES": _bodies, "E-ASSESSMENT": _assessment, "E-CONSENT": _consent,
}


def _begun(term: RoleFact, day: date) -> bool:
    start = first_day(term.start)
    return start is None or start <= day


def _term(term: RoleFact) -> FactReference:
    words = f"{vocabulary.word('role', term.role)} {term.start} – {term.end}".strip(" –")
    return FactReference("role_term", words, term.source)


def _finding(context: EligibilityContext, rule: str, outcome: str, fact: FactReference,
    **parameters: object) -> Finding:
    words: JsonObject = {"name": context.person.name, "role": context.role, **parameters}
    return found(context.rules.rule(rule), outcome, (fact,), **words)
