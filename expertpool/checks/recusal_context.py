"""Everything that one recusal check looks at, and the questions that several rules ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from expertpool.checks.facts import CaseFacts, EmploymentFact, InterestFact, ParticipantFact, PersonFacts
from expertpool.checks.findings import FactReference, Finding, about, found, tie_facts
from expertpool.checks.namesakes import Likeness, alike, office_units
from expertpool.foundation.dates import add_years, last_day
from expertpool.foundation.json_values import JsonObject
from expertpool.organisations.book import OrganisationBook, Relation, UnitName
from expertpool.organisations.ties import other_name, tie
from expertpool.rules import vocabulary
from expertpool.rules.book import Rule, RuleBook


@dataclass(frozen=True)
class RecusalContext:
    """The person, the case, the known units, the rules in force, and the day."""

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
        """Declared interests of these kinds."""
        return (interest for interest in self.person.interests if interest.kind in kinds)

    @cached_property
    def participants(self) -> tuple[ParticipantFact, ...]:
        """Everybody in the case; a patentee who is also a party is listed once, as the party."""
        parties = [one for one in self.case.participants if one.kind == "party"]
        return tuple(one for one in self.case.participants if one.kind != "patentee"
                     or not any(_says_as_much(party, one) for party in parties))

    def namesakes(self, *kinds: str) -> Iterator[tuple[ParticipantFact, Likeness]]:
        """Participants (of these kinds) who are the person or have the same name."""
        for other in self.participants:
            if not kinds or other.kind in kinds:
                match = alike(self.person, other, self.book, self.day, self._units_of(other))
                if match:
                    yield other, match

    def _units_of(self, other: ParticipantFact) -> list[UnitName]:
        """The units of a participant beside the firm: an inventor is taken to work for the patentee."""
        if other.kind != "inventor":
            return []
        return [UnitName(one.name, one.organisation_id) for one in self.case.participants
                if one.kind == "patentee" and one.person_kind != "person" and one.patent == other.patent]

    def units_in_case(self, unit: UnitName) -> list[tuple[ParticipantFact, str, Relation]]:
        """Units in the case that are related to ``unit``: the participant, ``party`` or ``firm``, the relation."""
        if unit not in self.related:
            self.related[unit] = list(self._relations(unit))
        return self.related[unit]

    def _relations(self, unit: UnitName) -> Iterator[tuple[ParticipantFact, str, Relation]]:
        for other in self.participants:
            if other.kind in ("party", "patentee") and other.person_kind != "person":
                kind = "party"
            elif other.kind == "agent":
                kind = "firm"
            else:
                continue
            if relation := self.book.relation(named(other, kind), unit, self.day):
                yield other, kind, relation

    def parties(self, unit: UnitName) -> Iterator[tuple[ParticipantFact, Relation]]:
        """Parties and patentees related to a unit."""
        return ((other, relation) for other, kind, relation in self.units_in_case(unit) if kind == "party")

    def finding(self, rule: Rule, outcome: str, fact: FactReference, other: ParticipantFact,
                kind: str = "", **parameters: Any) -> Finding:
        """Make a finding on a person or interest and a participant; with ``kind`` firm, on the participant's agents'
        firm."""
        words = about(other, "firm" if kind == "firm" else "")
        facts = (fact, FactReference("participant", str(words["other"])))
        return found(rule, outcome, facts, nature=self.case.nature, **words, **parameters)

    def unit_finding(self, rule: Rule, outcome: str, fact: FactReference, unit: UnitName, other: ParticipantFact,
                     kind: str, how: Relation, **parameters: Any) -> Finding:
        """Make a finding on a unit; the links and other names that connect the two units become facts of the
        finding."""
        target = named(other, kind)
        words = about(other, "firm" if kind == "firm" else "")
        steps = tie(self.book, unit, target, self.day) if how.kind in ("branch", "group") else []
        notes = other_name(self.book, unit), other_name(self.book, target)
        facts = (fact, FactReference("participant", str(words["other"])),
                 *tie_facts(steps, (unit.name, notes[0]), (target.name, notes[1])))
        given: JsonObject = {"steps": steps, "unit_alias": notes[0], "other_alias": notes[1],
                 "why": how.reason if not steps and how.kind != "same" else ""}
        return found(rule, outcome, facts, nature=self.case.nature, unit=unit.name, **words,
                     **{name: value for name, value in given.items() if value}, **parameters)

    def person_fact(self) -> FactReference:
        """The person's name and where it was read, as a fact."""
        return FactReference("person", self.person.name, self.person.source)


def _says_as_much(party: ParticipantFact, patentee: ParticipantFact) -> bool:
    """Whether the party is the patentee by name, and nothing known of the patentee would be lost with it."""
    return ((party.name, party.person_kind) == (patentee.name, patentee.person_kind)
            and patentee.firm_name in ("", party.firm_name)
            and (patentee.organisation_id is None or patentee.organisation_id == party.organisation_id))


def named(other: ParticipantFact, kind: str) -> UnitName:
    """The name of a participant's unit; with ``kind`` firm, of the agent's firm."""
    return UnitName(other.firm_name, other.firm_id) if kind == "firm" else UnitName(other.name, other.organisation_id)


def long_past(end: str, years: int, day: date) -> bool:
    """Whether ``years`` have surely passed since something ended.

    By the Civil Code (民法典 arts. 201, 202) the day of the event does not count, and the corresponding day is the
    last of the period.
    """
    last = last_day(end)
    return last is not None and add_years(last, years) < day


def unit_of(interest: InterestFact) -> UnitName:
    """The unit that an interest names; for kinds that name no person, the name itself may be the unit."""
    name = interest.organisation_name or (interest.name if interest.kind not in ("avoid_person", "relative") else "")
    return UnitName(name, interest.organisation_id)


def post(unit: EmploymentFact, what: str = "") -> FactReference:
    """A post or office as a fact."""
    days = f" ({f'{unit.start} – {unit.end}'.strip()})" if unit.start or unit.end else ""
    return FactReference(what or ("office" if unit.kind == "office" else "employment"), unit.name + days, unit.source)


def declared(interest: InterestFact, what: str = "interest") -> FactReference:
    """A declared interest as a fact."""
    value = " ".join(part for part in (interest.name, interest.organisation_name) if part)
    return FactReference(what, value, interest.source)


def declaration(interest: InterestFact) -> dict[str, str]:
    """When and where an interest was declared, for the sentence."""
    return {name: value for name, value in (("declared_on", interest.declared_on),
                                            ("declared_in", interest.source)) if value}


def near(interest: InterestFact) -> bool:
    """Whether the declared relation is that of a near relative; an unspecified relation counts as near."""
    return not interest.relation or vocabulary.flag("relation", interest.relation, "near")
