"""The recusal checks (回避审查) R1–R15: pure functions from facts to findings, one for each rule.

Levels, periods and provisions are the rule book's; what each rule looks at is said in its function. Those that
compare units stand in :mod:`~expertpool.matching.recusal_units`, those on earlier service in
:mod:`~expertpool.matching.lineage`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from expertpool.cases.patent_number import read_patent_number
from expertpool.foundation.rulebook import RuleBook
from expertpool.matching import recusal_units as units
from expertpool.matching.desk import Desk, declaration, declared, near, unit_of
from expertpool.matching.facts import CaseFacts, PersonFacts, as_day, over
from expertpool.matching.findings import FactReference, Finding, found, ordered
from expertpool.matching.lineage import earlier_service, related_service
from expertpool.matching.organisation_book import OrganisationBook
from expertpool.matching.people import names_match


def check_recusal(person: PersonFacts, case: CaseFacts, book: OrganisationBook, rules: RuleBook,
                  today: str | date, *, stage: str = "match") -> list[Finding]:
    """Everything that may stand between this person and this case, worst first.

    ``stage`` is match, draw, assign, recheck or notice; each rule says at which stages it is checked.
    When a running assignment is checked again, its own service must not be among the person's facts.
    """
    day = as_day(today)
    desk = Desk(person, case, book, rules.as_of(day), day)
    return ordered([_looked_into(desk, finding) for key, check in CHECKS.items()
                    if key in desk.rules and stage in desk.rules.rule(key).stages
                    for finding in check(desk)])


def _looked_into(desk: Desk, finding: Finding) -> Finding:
    """What somebody dismissed as a false alarm is still said, with the reason, but stands in nobody's way."""
    if not finding.dismiss:
        return finding
    for one in desk.person.dismissals:
        if one.key == finding.key and one.case_id in (None, desk.case.id):
            return replace(finding, level="inform", dismissed=one.reason)
    return finding


def _oneself(desk: Desk) -> Iterator[Finding]:
    """R1: the person is a party, representative, agent, inventor or patentee, by number or name and unit."""
    rule = desk.rules.rule("R1")
    for other, match in desk.namesakes(*rule.parameters["kinds"]):
        if match.kind != "same_name":
            yield desk.finding(rule, match.kind, desk.person_fact(), other, unit=match.unit,
                               name=desk.person.name)


def _same_name(desk: Desk) -> Iterator[Finding]:
    """R11: only the name is the same. What was compared is part of the finding, so that it ends with a change."""
    rule = desk.rules.rule("R11")
    mine = _known_of(desk)
    for other, match in desk.namesakes():
        if match.kind == "same_name" and other.kind != "examiner":
            theirs = [part for part in (other.firm_name, other.address, other.patent) if part]
            facts = (FactReference("person", "；".join((desk.person.name, *mine)), desk.person.source),
                     FactReference("participant", "；".join((other.name, *theirs))))
            yield replace(desk.finding(rule, "same_name", facts[0], other, name=desk.person.name, mine=mine,
                                       theirs=theirs), facts=facts)


def _known_of(desk: Desk) -> list[str]:
    """What may tell the person from a namesake: units and year of birth."""
    names = {job.name for job in desk.employments() if job.name}
    return [*sorted(names), *([desk.person.birth[:4]] if desk.person.birth else [])]


def _relatives(desk: Desk) -> Iterator[Finding]:
    """R5: a declared relative is in the case, or works for a party or an agents' firm."""
    rule = desk.rules.rule("R5")
    for interest in desk.interests("relative"):
        fact = declared(interest, "relative")
        said = {"name": interest.name, "relation": interest.relation or "near_relative", **declaration(interest)}
        for participant in desk.participants:
            if names_match(interest, participant):
                outcome = ("other_relation" if not near(interest) else
                           "relative" if participant.kind in rule.parameters["blocking"] else "inventor")
                yield desk.finding(rule, outcome, fact, participant, **said)
        if over(interest.end, desk.day) or not near(interest) or not interest.organisation_name:
            continue
        for other, kind, relation in desk.units_in_case(unit_of(interest)):
            if relation.kind in ("same", "branch"):
                yield desk.unit_finding(rule, "unit", fact, unit_of(interest), other, kind, relation, **said)


def _patent(desk: Desk) -> Iterator[Finding]:
    """R8: the person examined, invalidated, handled, invented or owns the patent in suit."""
    rule = desk.rules.rule("R8")
    numbers = {read_patent_number(number).normalised for number in desk.case.patents}
    for interest in desk.interests("examined_patent", "patent"):
        number = read_patent_number(interest.name or interest.detail).normalised
        if number in numbers:
            outcome = "own_patent" if interest.kind == "patent" else "declared"
            said: dict[str, Any] = declaration(interest)
            yield found(rule, outcome, (declared(interest), FactReference("patent", number)),
                        nature=desk.case.nature, patent=number, **said)
    for other, match in desk.namesakes("examiner"):
        outcome = "same_name" if match.kind == "same_name" and not _examines(desk) else "named"
        yield desk.finding(rule, outcome, desk.person_fact(), other, name=desk.person.name, patent=other.patent)


def _examines(desk: Desk) -> bool:
    """Whether the person works or worked for the office that examines patents."""
    offices = desk.rules.parameter("R8", "offices")
    return any(office in job.name for job in desk.employments() for office in offices)


def _declaration(desk: Desk) -> Iterator[Finding]:
    """R13: no declaration signed for this case."""
    if not any(one.case_id == desk.case.id and one.signed_on for one in desk.person.declarations):
        facts = (desk.person_fact(), FactReference("declaration", desk.case.number))
        yield found(desk.rules.rule("R13"), "missing", facts, nature=desk.case.nature, name=desk.person.name,
                    number=desk.case.number)


CHECKS: dict[str, Callable[[Desk], Iterator[Finding]]] = {
    "R1": _oneself, "R2": units.unit, "R3": units.former_unit, "R4": units.avoided, "R5": _relatives,
    "R6": units.firms, "R7": lambda desk: earlier_service(desk.person, desk.case, desk.rules),
    "R8": _patent, "R9": units.holdings,
    "R10": lambda desk: related_service(desk.person, desk.case, desk.rules),
    "R11": _same_name, "R12": units.alike_units, "R13": _declaration,
}


def check_case(case: CaseFacts, rules: RuleBook, today: str | date) -> list[Finding]:
    """What concerns the case whoever serves.

    R14: whether art. 1 of 法释〔2019〕2号 names its kind; R15: whether one appraiser alone is wanted.
    """
    book = rules.as_of(as_day(today))
    return [*_scope(case, book), *_number_of_appraisers(case, book)]


def _scope(case: CaseFacts, book: RuleBook) -> Iterator[Finding]:
    if "R14" not in book or not case.cause_kind or case.cause_kind in book.parameter("R14", "kinds"):
        return
    outcome = "also" if case.cause_kind in book.parameter("R14", "also") else "outside"
    yield found(book.rule("R14"), outcome, (FactReference("cause", case.cause),), nature=case.nature,
                cause=case.cause)


def _number_of_appraisers(case: CaseFacts, book: RuleBook) -> Iterator[Finding]:
    if "R15" not in book or case.role not in book.parameter("R15", "roles"):
        return
    least = book.parameter("R15", "least")
    if 0 < case.people_needed < least:
        yield found(book.rule("R15"), "few", (FactReference("participant", case.number),), nature=case.nature,
                    number=case.number, count=case.people_needed, least=least)


