"""Whether the expert and somebody in the case are one human being (同一人) or only share a name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from expertpool.checks.facts import EmploymentFact, InterestFact, ParticipantFact, PersonFacts
from expertpool.experts.name_likeness import bare_spelling
from expertpool.foundation.dates import over
from expertpool.foundation.text import clean_name
from expertpool.organisations.book import OrganisationBook, UnitName


@dataclass(frozen=True)
class Likeness:
    """How two names belong together: ``same_id``, ``same_unit`` or ``same_name``; ``unit`` is the unit both share."""

    kind: str
    unit: str = ""


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A person's name for comparing: without spaces, notes and name dots, in simplified characters (張 becomes
    张)."""
    return bare_spelling(clean_name(name)[0])


def same_number(one: str, two: str) -> bool | None:
    """Whether two identity numbers are the same; None if one is missing. A number of 15 digits matches its form with
    18."""
    first, second = one.strip().upper(), two.strip().upper()
    if not first or not second:
        return None
    return first == second or _old_form(first) == _old_form(second)


def _old_form(number: str) -> str:
    return number[:6] + number[8:17] if len(number) == 18 else number


def alike(person: PersonFacts, other: ParticipantFact, book: OrganisationBook, day: date,
          units: Sequence[UnitName] = ()) -> Likeness | None:
    """Whether the expert and a participant are the same human being, and on which evidence; None if they are not.

    Numbers decide where both are known. Otherwise the same name (or former name) together with a shared unit, past or
    present, means the same person; the same name alone means a namesake. ``units`` are further units of the
    participant, e.g. the patentee for whom an inventor works.
    """
    if not other.is_person:
        return None
    numbers = same_number(person.id_number, other.id_number)
    if numbers is not None:
        return Likeness("same_id") if numbers else None
    names = {name_key(name) for name in (person.name, *person.former_names)} - {""}
    if name_key(other.name) not in names:
        return None
    for unit in sorted((*person.employments, *office_units(person)), key=lambda one: one.name):
        own = UnitName(unit.name, unit.organisation_id)
        if any(book.relation(theirs, own, day).kind in ("same", "branch")
               for theirs in (UnitName(other.firm_name, other.firm_id), *units)):
            return Likeness("same_unit", unit.name)
    return Likeness("same_name")


def names_match(interest: InterestFact, other: ParticipantFact) -> bool:
    """Whether a declared relative or a declared person to avoid is this participant, as far as can be told."""
    if not other.is_person or not interest.name:
        return False
    numbers = same_number(interest.id_number, other.id_number)
    return numbers if numbers is not None else name_key(interest.name) == name_key(other.name)


def office_units(person: PersonFacts) -> Iterator[EmploymentFact]:
    """Offices held beside the main post (兼职), in the form of employments of kind ``office``."""
    for interest in person.interests:
        if interest.kind == "office" and (interest.organisation_name or interest.organisation_id):
            yield EmploymentFact(interest.organisation_name, interest.organisation_id, interest.start,
                                 interest.end, True, "office", interest.source)


def current(unit: EmploymentFact, day: date) -> bool:
    """Whether the person still works for the unit on this day."""
    return unit.current and not over(unit.end, day)
