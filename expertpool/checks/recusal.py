"""The recusal checks (回避审查) R1–R15: pure functions from facts to findings, one for each rule.

Levels, periods and provisions are the rule book's; the docstring of each function says what its rule examines. Rules
that compare units are in :mod:`~expertpool.checks.recusal_units`, those on earlier service in
:mod:`~expertpool.checks.lineage`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from expertpool.cases.patent_number import read_patent_number
from expertpool.checks import recusal_units as units
from expertpool.checks.facts import CaseFacts, PersonFacts
from expertpool.checks.findings import FactReference, Finding, found, ordered
from expertpool.checks.lineage import earlier_service, related_service
from expertpool.checks.namesakes import names_match
from expertpool.checks.recusal_context import RecusalContext, declaration, declared, near, unit_of
from expertpool.foundation.dates import as_day, over
from expertpool.foundation.json_values import JsonObject
from expertpool.organisations.book import OrganisationBook
from expertpool.rules.book import RuleBook
from expertpool.rules.stages import Stage


def check_recusal(person: PersonFacts, case: CaseFacts, book: OrganisationBook, rules: RuleBook,
                  today: str | date, *, stage: Stage = Stage.MATCH) -> list[Finding]:
    """All findings between this person and this case, worst first.

    ``stage`` is match, draw, assign, recheck or notice; each rule says at which stages it is checked. When a running
    assignment is checked again, the caller leaves its own service out of the person's facts.
    """
    day = as_day(today)
    context = RecusalContext(person, case, book, rules.as_of(day), day)
    return ordered([_looked_into(context, finding) for key, check in CHECKS.items()
                    if context.rules.asked_at(key, stage)
                    for finding in check(context)])


def _looked_into(context: RecusalContext, finding: Finding) -> Finding:
    """A dismissed finding is still shown, with the reason of its dismissal, but bars nobody."""
    if not finding.dismiss:
        return finding
    for one in context.person.dismissals:
        if one.key == finding.key and one.case_id in (None, context.case.id):
            return replace(finding, level="inform", dismissed=one.reason)
    return finding


def _oneself(context: RecusalContext) -> Iterator[Finding]:
    """R1: the person is a party, representative, agent, inventor or patentee, by number or name and unit
    (民事诉讼法(2023) art. 47(1)(1); 法释〔2019〕2号 art. 4)."""
    rule = context.rules.rule("R1")
    for other, match in context.namesakes(*context.rules.parameter("R1", "kinds")):
        if match.kind != "same_name":
            yield context.finding(rule, match.kind, context.person_fact(), other, unit=match.unit,
                                  name=context.person.name)


def _same_name(context: RecusalContext) -> Iterator[Finding]:
    """R11: only the name is the same. The values compared are part of the finding, so that a dismissal ends when they
    change."""
    rule = context.rules.rule("R11")
    mine = _known_of(context)
    for other, match in context.namesakes():
        if match.kind == "same_name" and other.kind != "examiner":
            theirs = [part for part in (other.firm_name, other.address, other.patent) if part]
            facts = (FactReference("person", "；".join((context.person.name, *mine)), context.person.source),
                     FactReference("participant", "；".join((other.name, *theirs))))
            yield replace(context.finding(rule, "same_name", facts[0], other, name=context.person.name, mine=mine,
                                          theirs=theirs), facts=facts)


def _known_of(context: RecusalContext) -> list[str]:
    """Units and year of birth: what helps to tell the person from a namesake."""
    names = {job.name for job in context.employments() if job.name}
    return [*sorted(names), *([context.person.birth[:4]] if context.person.birth else [])]


def _relatives(context: RecusalContext) -> Iterator[Finding]:
    """R5: a declared relative is in the case, or works for a party or an agents' firm (民事诉讼法 art. 47(1)(1);
    法释〔2011〕12号 art. 1)."""
    rule, blocking = context.rules.rule("R5"), context.rules.parameter("R5", "blocking")
    for interest in context.interests("relative"):
        fact = declared(interest, "relative")
        said = {"name": interest.name, "relation": interest.relation or "near_relative", **declaration(interest)}
        for participant in context.participants:
            if names_match(interest, participant):
                outcome = ("other_relation" if not near(interest) else
                           "relative" if participant.kind in blocking else "inventor")
                yield context.finding(rule, outcome, fact, participant, **said)
        if over(interest.end, context.day) or not near(interest) or not interest.organisation_name:
            continue
        for other, kind, relation in context.units_in_case(unit_of(interest)):
            if relation.kind in ("same", "branch"):
                yield context.unit_finding(rule, "unit", fact, unit_of(interest), other, kind, relation, **said)


def _patent(context: RecusalContext) -> Iterator[Finding]:
    """R8: the person examined, invalidated, handled, invented or owns the patent in suit (民事诉讼法 art. 47(1)(3);
    by analogy 北京知识产权法院 回避实施细则 art. 2(5))."""
    rule = context.rules.rule("R8")
    numbers = {read_patent_number(number).normalised for number in context.case.patents}
    for interest in context.interests("examined_patent", "patent"):
        number = read_patent_number(interest.name or interest.detail).normalised
        if number in numbers:
            outcome = "own_patent" if interest.kind == "patent" else "declared"
            said: JsonObject = declaration(interest)
            yield found(rule, outcome, (declared(interest), FactReference("patent", number)),
                        nature=context.case.nature, patent=number, **said)
    for other, match in context.namesakes("examiner"):
        outcome = "same_name" if match.kind == "same_name" and not _examines(context) else "named"
        yield context.finding(
            rule, outcome, context.person_fact(), other, name=context.person.name, patent=other.patent
        )


def _examines(context: RecusalContext) -> bool:
    """Whether the person works or worked for the office that examines patents."""
    offices = context.rules.parameter("R8", "offices")
    return any(office in job.name for job in context.employments() for office in offices)


def _declaration(context: RecusalContext) -> Iterator[Finding]:
    """R13: no declaration signed for this case (法释〔2019〕2号 arts. 3, 4)."""
    if not any(one.case_id == context.case.id and one.signed_on for one in context.person.declarations):
        facts = (context.person_fact(), FactReference("declaration", context.case.number))
        yield found(context.rules.rule("R13"), "missing", facts, nature=context.case.nature, name=context.person.name,
                    number=context.case.number)


CHECKS: dict[str, Callable[[RecusalContext], Iterator[Finding]]] = {
    "R1": _oneself, "R2": units.unit, "R3": units.former_unit, "R4": units.avoided, "R5": _relatives,
    "R6": units.firms, "R7": lambda context: earlier_service(context.person, context.case, context.rules),
    "R8": _patent, "R9": units.holdings,
    "R10": lambda context: related_service(context.person, context.case, context.rules),
    "R11": _same_name, "R12": units.alike_units, "R13": _declaration,
}


def check_case(case: CaseFacts, rules: RuleBook, today: str | date, *, stage: Stage = Stage.MATCH) -> list[Finding]:
    """Findings that concern the case, whoever serves.

    R14: whether art. 1 of 法释〔2019〕2号 names this kind of case; R15: whether a single appraiser is wanted where
    two are required (司法鉴定程序通则, Order 132, art. 19).
    """
    book = rules.as_of(as_day(today))
    return [finding for key, check in CASE_CHECKS.items() if book.asked_at(key, stage)
            for finding in check(case, book)]


def _scope(case: CaseFacts, book: RuleBook) -> Iterator[Finding]:
    if not case.cause_kind or case.cause_kind in book.parameter("R14", "kinds"):
        return
    outcome = "also" if case.cause_kind in book.parameter("R14", "also") else "outside"
    yield found(book.rule("R14"), outcome, (FactReference("cause", case.cause),), nature=case.nature,
                cause=case.cause)


def _number_of_appraisers(case: CaseFacts, book: RuleBook) -> Iterator[Finding]:
    if case.role not in book.parameter("R15", "roles"):
        return
    least = book.parameter("R15", "least")
    if 0 < case.people_needed < least:
        yield found(book.rule("R15"), "few", (FactReference("participant", case.number),), nature=case.nature,
                    number=case.number, count=case.people_needed, least=least)


CASE_CHECKS: dict[str, Callable[[CaseFacts, RuleBook], Iterator[Finding]]] = {
    "R14": _scope, "R15": _number_of_appraisers,
}
