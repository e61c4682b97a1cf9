"""Who may be appointed at all (选任资格): role, term, state, absence, load, age, licence, education, assessment.

No statute sets these for technical investigators; they are the court's profile in ``eligibility.json``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from expertpool.experts.organisation_names import normalise
from expertpool.foundation import vocabulary
from expertpool.foundation.dates import PartialDate, age_on
from expertpool.foundation.rulebook import RuleBook
from expertpool.matching.facts import PersonFacts, RoleFact, as_day, first_day, last_day, over
from expertpool.matching.findings import FactReference, Finding, found, ordered


@dataclass(frozen=True)
class Desk:
    """What lies on the table in one check."""

    person: PersonFacts
    role: str
    rules: RuleBook
    day: date

    def terms(self) -> list[RoleFact]:
        """The terms in which the person holds or held the role."""
        return [term for term in self.person.roles if term.role == self.role]

    def active(self) -> list[RoleFact]:
        """Those of them that were not ended or suspended by a decision."""
        return [term for term in self.terms() if vocabulary.flag("role_state", term.state, "active")]


def check_eligibility(person: PersonFacts, role: str, rules: RuleBook, today: str | date) -> list[Finding]:
    """What speaks against appointing the person in ``role`` on a day in any case, worst first."""
    day = as_day(today)
    desk = Desk(person, role, rules.as_of(day), day)
    return ordered([finding for key, check in CHECKS.items() if key in desk.rules for finding in check(desk)])


def _state(desk: Desk) -> Iterator[Finding]:
    """E-STATE: suspended, removed or merged into another record."""
    if not vocabulary.flag("person_state", desk.person.state, "active"):
        state = vocabulary.word("person_state", desk.person.state)
        yield _finding(desk, "E-STATE", "not_active", FactReference("state", state, desk.person.source),
                       state=desk.person.state)


def _role(desk: Desk) -> Iterator[Finding]:
    """E-ROLE: the role was never given, or every appointment to it was ended or suspended."""
    if not desk.terms():
        held = "、".join(vocabulary.word("role", term.role) for term in desk.person.roles) or "—"
        yield _finding(desk, "E-ROLE", "not_held", FactReference("role_term", held))
    elif not desk.active():
        latest = max(desk.terms(), key=lambda term: term.end or term.start)
        yield _finding(desk, "E-ROLE", "not_active", _term(latest), role_state=latest.state)


def _covered(desk: Desk) -> Iterator[Finding]:
    """E-TERM: some active term must cover the day; unknown ends are open."""
    terms = desk.active()
    covering = [term for term in terms if _begun(term, desk.day) and not over(term.end, desk.day)]
    if terms and not covering:
        latest = max(terms, key=lambda term: term.end or "9999")
        outcome = "expired" if over(latest.end, desk.day) else "not_begun"
        yield _finding(desk, "E-TERM", outcome, _term(latest), date=latest.end or latest.start,
                       start=latest.start, end=latest.end)
    elif covering:
        ends = [last_day(term.end) for term in covering]
        soon = desk.day + timedelta(days=desk.rules.parameter("E-TERM", "warn_days"))
        if all(end is not None and end <= soon for end in ends):
            latest = max(covering, key=lambda term: term.end)
            yield _finding(desk, "E-TERM", "ending", _term(latest), date=latest.end)


def _away(desk: Desk) -> Iterator[Finding]:
    """E-AWAY: the day falls into a time of absence."""
    for absence in desk.person.unavailable:
        start = first_day(absence.start)
        if (start is None or start <= desk.day) and not over(absence.end, desk.day):
            days = FactReference("unavailability", f"{absence.start} – {absence.end}".strip(" –"))
            yield _finding(desk, "E-AWAY", "absent", days, reason=absence.reason or "other",
                           start=absence.start or "…", end=absence.end or "…")


def _load(desk: Desk) -> Iterator[Finding]:
    """E-LOAD: open cases against the person's own limit or the rule book's."""
    cap, load = case_limit(desk.person, desk.rules), desk.person.open_load
    if load >= cap - 1:
        outcome = "full" if load >= cap else "nearly"
        yield _finding(desk, "E-LOAD", outcome, FactReference("load", str(load)), count=load, cap=cap)


def case_limit(person: PersonFacts, rules: RuleBook) -> int:
    """Open cases at most: the person's own limit, else the rule book's."""
    return int(rules.parameter("E-LOAD", "cap")) if person.cap is None else person.cap


def _age(desk: Desk) -> Iterator[Finding]:
    """E-AGE: above the limit on the day, unless exempted with a reason; an unknown birth passes."""
    limit = desk.rules.parameter("E-AGE", "years")
    if not desk.person.birth or desk.person.age_exemption:
        return
    age = age_on(PartialDate.parse(desk.person.birth), desk.day)
    if age >= limit:
        yield _finding(desk, "E-AGE", "above", FactReference("birth", desk.person.birth, desk.person.source),
                       age=age, years=limit)


def _licence(desk: Desk) -> Iterator[Finding]:
    """E-LICENCE: for appraisers, only where licences are recorded; one that is valid is enough."""
    if desk.role not in desk.rules.parameter("E-LICENCE", "roles"):
        return
    licences = desk.person.licences
    if not licences or not all(licence.until for licence in licences):
        return
    latest = max(licences, key=lambda licence: last_day(licence.until) or date.min)
    fact = FactReference("licence", f"{latest.number} {latest.until}".strip(), latest.source)
    soon = desk.day + timedelta(days=desk.rules.parameter("E-LICENCE", "warn_days"))
    if over(latest.until, desk.day):
        yield _finding(desk, "E-LICENCE", "expired", fact, number=latest.number, date=latest.until)
    elif over(latest.until, soon):
        yield _finding(desk, "E-LICENCE", "ending", fact, number=latest.number, date=latest.until)


def _education(desk: Desk) -> Iterator[Finding]:
    """E-EDUCATION: below the level wanted; unknown education passes."""
    wanted = desk.rules.parameter("E-EDUCATION", "at_least")
    rank = vocabulary.value("education", desk.person.education, "rank")
    if rank and rank < vocabulary.value("education", wanted, "rank"):
        shown = vocabulary.word("education", desk.person.education)
        yield _finding(desk, "E-EDUCATION", "below", FactReference("education", shown, desk.person.source),
                       education=desk.person.education, at_least=wanted)


def _bodies(desk: Desk) -> Iterator[Finding]:
    """E-BODIES: an appraiser with licences of two bodies at once."""
    if desk.role not in desk.rules.parameter("E-BODIES", "roles"):
        return
    bodies = {normalise(one.body): one.body for one in desk.person.licences
              if one.body and not over(one.until, desk.day)}
    if len(bodies) > 1:
        names = list(bodies.values())
        yield _finding(desk, "E-BODIES", "two", FactReference("licence", "、".join(names)), bodies=names)


def _assessment(desk: Desk) -> Iterator[Finding]:
    """E-ASSESSMENT: the latest yearly assessment of this or the last years was not passed."""
    rule = desk.rules.rule("E-ASSESSMENT")
    graded = [one for one in desk.person.assessments if one.grade]
    if not graded:
        return
    latest = max(graded, key=lambda one: one.year)
    if latest.year < desk.day.year - rule.parameters["years"]:
        return
    for outcome in ("failed", "poor"):
        if latest.grade in rule.parameters[outcome]:
            yield _finding(desk, "E-ASSESSMENT", outcome, FactReference("state", f"{latest.year} {latest.grade}"),
                           year=latest.year, grade=latest.grade)


def _consent(desk: Desk) -> Iterator[Finding]:
    """E-CONSENT: recommended by oneself without the unit's consent, or by others without one's own."""
    rule, person = desk.rules.rule("E-CONSENT"), desk.person
    for outcome, consent in (("unit", person.unit_consent), ("own", person.own_consent)):
        if person.recommendation in rule.parameters[outcome] and not consent:
            yield _finding(desk, "E-CONSENT", outcome, FactReference("person", person.name, person.source))


CHECKS: dict[str, Callable[[Desk], Iterator[Finding]]] = {
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


def _finding(desk: Desk, rule: str, outcome: str, fact: FactReference, **parameters: Any) -> Finding:
    words: dict[str, Any] = {"name": desk.person.name, "role": desk.role, **parameters}
    return found(desk.rules.rule(rule), outcome, (fact,), **words)
