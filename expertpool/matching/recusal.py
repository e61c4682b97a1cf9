"""The recusal checks (回避审查) R1–R13: pure functions from facts to findings, one for each rule.

Levels, periods and provisions are the rule book's; what each rule looks at is said in its function.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from expertpool.cases.patent_number import read_patent_number
from expertpool.foundation import vocabulary
from expertpool.foundation.dates import add_years
from expertpool.foundation.rulebook import Rule, RuleBook
from expertpool.matching.facts import (
    CaseFacts,
    EmploymentFact,
    InterestFact,
    ParticipantFact,
    PersonFacts,
    as_day,
    last_day,
    over,
)
from expertpool.matching.findings import FactReference, Finding, about, found, ordered
from expertpool.matching.lineage import earlier_service, related_service
from expertpool.matching.organisation_book import OrganisationBook, Relation, UnitName
from expertpool.matching.people import Likeness, alike, current, names_match, office_units


@dataclass(frozen=True)
class Desk:
    """What lies on the table in one check."""

    person: PersonFacts
    case: CaseFacts
    book: OrganisationBook
    rules: RuleBook
    day: date
    related: dict[UnitName, list[tuple[ParticipantFact, str, Relation]]] = field(default_factory=dict)

    def employments(self) -> list[EmploymentFact]:
        """Posts and offices, present and past."""
        return [*self.person.employments, *office_units(self.person)]

    def interests(self, *kinds: str) -> Iterator[InterestFact]:
        return (interest for interest in self.person.interests if interest.kind in kinds)


def check_recusal(person: PersonFacts, case: CaseFacts, book: OrganisationBook, rules: RuleBook,
                  today: str | date, *, stage: str = "match") -> list[Finding]:
    """Everything that may stand between this person and this case, worst first.

    ``stage`` is match, draw, assign, recheck or notice; each rule says at which stages it is checked.
    When a running assignment is checked again, its own service must not be among the person's facts.
    """
    day = as_day(today)
    desk = Desk(person, case, book, rules.as_of(day), day)
    return ordered([finding for key, check in CHECKS.items()
                    if key in desk.rules and stage in desk.rules.rule(key).stages
                    for finding in check(desk)])


def _oneself(desk: Desk) -> Iterator[Finding]:
    """R1: the person is a party, representative, agent, inventor or patentee, by number or name and unit."""
    rule = desk.rules.rule("R1")
    for other, match in _namesakes(desk, *rule.parameters["kinds"]):
        if match.kind != "same_name":
            yield _finding(desk, rule, match.kind, _person(desk), other, unit=match.unit,
                           name=desk.person.name)


def _same_name(desk: Desk) -> Iterator[Finding]:
    """R11: only the name is the same."""
    rule = desk.rules.rule("R11")
    for other, match in _namesakes(desk):
        if match.kind == "same_name" and other.kind != "examiner":
            yield _finding(desk, rule, "same_name", _person(desk), other, name=desk.person.name)


def _unit(desk: Desk) -> Iterator[Finding]:
    """R2: the present unit is a party (or patentee), its branch, or of its group."""
    rule = desk.rules.rule("R2")
    for unit in desk.employments():
        if not current(unit, desk.day):
            continue
        for other, relation in _parties(desk, unit):
            if relation.kind != "alike":
                same = "office" if unit.kind == "office" else "same_unit"
                outcome = same if relation.kind == "same" else relation.kind
                yield _finding(desk, rule, outcome, _post(unit), other, unit=unit.name, via=relation.via)


def _former_unit(desk: Desk) -> Iterator[Finding]:
    """R3: a unit left less than so many years ago is a party."""
    rule = desk.rules.rule("R3")
    for unit in desk.employments():
        if current(unit, desk.day) or _long_past(unit.end, rule.parameters["years"], desk.day):
            continue
        for other, relation in _parties(desk, unit):
            if relation.kind in ("same", "branch"):
                outcome = ("left_unknown" if not unit.end else
                           "office_ended" if unit.kind == "office" else "left_recently")
                yield _finding(desk, rule, outcome, _post(unit, "former_employment"), other, unit=unit.name,
                               date=unit.end, years=rule.parameters["years"])


def _avoided(desk: Desk) -> Iterator[Finding]:
    """R4: a declared unit or person to avoid is a party, a representative, an agent or an agents' firm."""
    rule = desk.rules.rule("R4")
    for interest in desk.interests("avoid_unit", "avoid_person"):
        if over(interest.end, desk.day):
            continue
        for other in desk.case.participants:
            if names_match(interest, other):
                yield _finding(desk, rule, "person", _declared(interest), other, name=interest.name)
        for other, kind, relation in _units_in_case(desk, _unit_of(interest)):
            if relation.kind != "alike":
                outcome = "group" if relation.kind == "group" else "unit"
                yield _finding(desk, rule, outcome, _declared(interest), other, kind,
                               unit=_unit_of(interest).name, via=relation.via)


def _relatives(desk: Desk) -> Iterator[Finding]:
    """R5: a declared relative is in the case, or works for a party or an agents' firm."""
    rule = desk.rules.rule("R5")
    for interest in desk.interests("relative"):
        near = not interest.relation or vocabulary.flag("relation", interest.relation, "near")
        for other in desk.case.participants:
            if names_match(interest, other):
                outcome = ("other_relation" if not near else
                           "relative" if other.kind in rule.parameters["blocking"] else "inventor")
                yield _finding(desk, rule, outcome, _declared(interest, "relative"), other,
                               name=interest.name, relation=interest.relation or "near_relative")
        if over(interest.end, desk.day) or not near or not interest.organisation_name:
            continue
        for other, kind, relation in _units_in_case(desk, _unit_of(interest)):
            if relation.kind in ("same", "branch"):
                yield _finding(desk, rule, "unit", _declared(interest, "relative"), other, kind,
                               unit=interest.organisation_name, name=interest.name,
                               relation=interest.relation or "near_relative")


def _firms(desk: Desk) -> Iterator[Finding]:
    """R6: the agents' firm is or lately was the person's unit; a party gave the person a mandate."""
    rule = desk.rules.rule("R6")
    years = rule.parameters["years"]
    for unit in desk.employments():
        here = current(unit, desk.day)
        if not here and (not unit.end or _long_past(unit.end, years, desk.day)):
            continue
        for other, kind, relation in _units_in_case(desk, UnitName(unit.name, unit.organisation_id)):
            if kind == "firm" and relation.kind != "alike" and not _long_past(other.ended, years, desk.day):
                outcome = (relation.kind if relation.kind != "same" else "firm") if here else "former_firm"
                yield _finding(desk, rule, outcome, _post(unit), other, kind, unit=unit.name, date=unit.end,
                               years=years, via=relation.via)
    for interest in desk.interests("mandate"):
        if not _long_past(interest.end, years, desk.day):
            for other, kind, relation in _units_in_case(desk, _unit_of(interest)):
                if kind == "party" and relation.kind != "alike":
                    outcome = "group" if relation.kind == "group" else "mandate"
                    yield _finding(desk, rule, outcome, _declared(interest, "mandate"), other,
                                   unit=_unit_of(interest).name, years=years, via=relation.via)


def _patent(desk: Desk) -> Iterator[Finding]:
    """R8: the person examined, invalidated, invented or owns the patent in suit."""
    rule = desk.rules.rule("R8")
    numbers = {read_patent_number(number).normalised for number in desk.case.patents}
    for interest in desk.interests("examined_patent", "patent"):
        number = read_patent_number(interest.name or interest.detail)
        if number.normalised in numbers:
            outcome = "own_patent" if interest.kind == "patent" else "declared"
            patent = FactReference("patent", number.normalised)
            yield found(rule, outcome, (_declared(interest), patent), nature=desk.case.nature,
                        patent=number.normalised)
    for other, match in _namesakes(desk, "examiner"):
        outcome = "same_name" if match.kind == "same_name" else "named"
        yield _finding(desk, rule, outcome, _person(desk), other, name=desk.person.name, patent=other.patent)


def _holdings(desk: Desk) -> Iterator[Finding]:
    """R9: the person or a near relative holds shares of a party."""
    rule = desk.rules.rule("R9")
    for interest in desk.interests("holding"):
        if over(interest.end, desk.day):
            continue
        for other, kind, relation in _units_in_case(desk, _unit_of(interest)):
            if kind != "party" or relation.kind == "alike":
                continue
            key = desk.book.key(_unit_of(interest))
            listed = not interest.unlisted or key in desk.book.listed
            outcome = "group" if relation.kind == "group" else "listed" if listed else "unlisted"
            yield _finding(desk, rule, outcome, _declared(interest, "holding"), other,
                           unit=_unit_of(interest).name, via=relation.via)


def _alike_units(desk: Desk) -> Iterator[Finding]:
    """R12: a unit of the person or of a declaration has a name like that of a unit in the case."""
    units = [(UnitName(unit.name, unit.organisation_id), _post(unit)) for unit in desk.employments()
             if current(unit, desk.day)]
    units += [(_unit_of(interest), _declared(interest)) for interest in
              desk.interests("avoid_unit", "holding", "mandate") if not over(interest.end, desk.day)]
    for unit, fact in units:
        for other, kind, relation in _units_in_case(desk, unit):
            if relation.kind == "alike":
                yield _finding(desk, desk.rules.rule("R12"), "alike", fact, other, kind, unit=unit.name,
                               why=relation.reason)


def _declaration(desk: Desk) -> Iterator[Finding]:
    """R13: no declaration signed for this case."""
    if not any(one.case_id == desk.case.id and one.signed_on for one in desk.person.declarations):
        facts = (_person(desk), FactReference("declaration", desk.case.number))
        yield found(desk.rules.rule("R13"), "missing", facts, nature=desk.case.nature, name=desk.person.name,
                    number=desk.case.number)


CHECKS: dict[str, Callable[[Desk], Iterator[Finding]]] = {
    "R1": _oneself, "R2": _unit, "R3": _former_unit, "R4": _avoided, "R5": _relatives, "R6": _firms,
    "R7": lambda desk: earlier_service(desk.person, desk.case, desk.rules),
    "R8": _patent, "R9": _holdings,
    "R10": lambda desk: related_service(desk.person, desk.case, desk.rules),
    "R11": _same_name, "R12": _alike_units, "R13": _declaration,
}


def check_case(case: CaseFacts, rules: RuleBook, today: str | date) -> list[Finding]:
    """What concerns the case whoever serves: R14, whether art. 1 of 法释〔2019〕2号 names its kind."""
    book = rules.as_of(as_day(today))
    if "R14" not in book or not case.cause_kind or case.cause_kind in book.parameter("R14", "kinds"):
        return []
    outcome = "also" if case.cause_kind in book.parameter("R14", "also") else "outside"
    return [found(book.rule("R14"), outcome, (FactReference("cause", case.cause),), nature=case.nature,
                  cause=case.cause)]


def _namesakes(desk: Desk, *kinds: str) -> Iterator[tuple[ParticipantFact, Likeness]]:
    """Participants (of these kinds) who are the person or bear the name."""
    for other in desk.case.participants:
        if not kinds or other.kind in kinds:
            match = alike(desk.person, other, desk.book, desk.day)
            if match:
                yield other, match


def _units_in_case(desk: Desk, unit: UnitName) -> list[tuple[ParticipantFact, str, Relation]]:
    """Units in the case related to this one: the participant, ``party`` or ``firm``, the relation."""
    if unit not in desk.related:
        desk.related[unit] = list(_relations(desk, unit))
    return desk.related[unit]


def _relations(desk: Desk, unit: UnitName) -> Iterator[tuple[ParticipantFact, str, Relation]]:
    for other in desk.case.participants:
        if other.kind in ("party", "patentee") and other.person_kind != "person":
            kind, target = "party", UnitName(other.name, other.organisation_id)
        elif other.kind == "agent":
            kind, target = "firm", UnitName(other.firm_name, other.firm_id)
        else:
            continue
        if relation := desk.book.relation(target, unit, desk.day):
            yield other, kind, relation


def _parties(desk: Desk, unit: EmploymentFact) -> Iterator[tuple[ParticipantFact, Relation]]:
    for other, kind, relation in _units_in_case(desk, UnitName(unit.name, unit.organisation_id)):
        if kind == "party":
            yield other, relation


def _finding(desk: Desk, rule: Rule, outcome: str, fact: FactReference, other: ParticipantFact,
             kind: str = "", **parameters: Any) -> Finding:
    named = about(other, "firm" if kind == "firm" else "")
    facts = (fact, FactReference("participant", str(named["other"])))
    return found(rule, outcome, facts, nature=desk.case.nature, **named, **parameters)


def _long_past(end: str, years: int, day: date) -> bool:
    """Whether something surely ended so many years ago or more."""
    last = last_day(end)
    return last is not None and add_years(last, years) <= day


def _unit_of(interest: InterestFact) -> UnitName:
    """The unit an interest names; one to avoid may stand in the name alone."""
    name = interest.organisation_name or (interest.name if interest.kind != "avoid_person" else "")
    return UnitName(name, interest.organisation_id)


def _person(desk: Desk) -> FactReference:
    return FactReference("person", desk.person.name, desk.person.source)


def _post(unit: EmploymentFact, what: str = "") -> FactReference:
    ordinary = "office" if unit.kind == "office" else "employment"
    return FactReference(what or ordinary, unit.name, unit.source)


def _declared(interest: InterestFact, what: str = "interest") -> FactReference:
    value = " ".join(part for part in (interest.name, interest.organisation_name) if part)
    return FactReference(what, value, interest.source)
