"""Drafts of a person, as filled into a form or read from a row: validated, without a table.

Values are checked by the catalogue. Stored people and rows of rosters are read by
:func:`~expertpool.rules.field_checks.as_written`, because they may hold words that are in no vocabulary.
"""

from typing import Any

from sqlmodel import Field

from expertpool.experts import catalogue
from expertpool.experts.bases import (
    AchievementBase,
    EmploymentBase,
    FieldBase,
    InterestBase,
    LicenceBase,
    PersonBase,
    PhoneBase,
    RoleBase,
    UnavailabilityBase,
)
from expertpool.rules.field_checks import checked


class PhoneDraft(PhoneBase):
    """A telephone number."""

    _checked = checked(catalogue.PHONES)
    number: str


class RoleDraft(RoleBase):
    """A role with its term."""

    _checked = checked(catalogue.ROLES)


class EmploymentDraft(EmploymentBase):
    """An employment; ``employer_kind`` gives the kind of a unit that is new to the pool."""

    _checked = checked(catalogue.EMPLOYMENTS)
    employer: str
    employer_kind: str = ""
    _known_kind = checked(catalogue.NEW_UNIT)


class FieldDraft(FieldBase):
    """A technical field."""

    _checked = checked(catalogue.FIELDS)


class LicenceDraft(LicenceBase):
    """A practising licence."""

    _checked = checked(catalogue.LICENCES)


class InterestDraft(InterestBase):
    """A declared interest."""

    _checked = checked(catalogue.INTERESTS)


class UnavailabilityDraft(UnavailabilityBase):
    """A period in which the person is not to be appointed."""

    _checked = checked(catalogue.UNAVAILABLE)


class AchievementDraft(AchievementBase):
    """An achievement."""

    _checked = checked(catalogue.ACHIEVEMENTS)
    text: str


class PersonDraft(PersonBase):
    """All that a form or a roster row may say of one person. Only the name is required."""

    _checked = checked(catalogue.PERSON)
    phones: list[PhoneDraft] = Field(default_factory=list)
    roles: list[RoleDraft] = Field(default_factory=list)
    employments: list[EmploymentDraft] = Field(default_factory=list)
    fields_: list[FieldDraft] = Field(default_factory=list)
    specialties: list[str] = Field(default_factory=list)
    licences: list[LicenceDraft] = Field(default_factory=list)
    interests: list[InterestDraft] = Field(default_factory=list)
    unavailable: list[UnavailabilityDraft] = Field(default_factory=list)
    achievements: list[AchievementDraft] = Field(default_factory=list)


CHILDREN = ("phones", "roles", "employments", "fields_", "specialties", "licences", "interests", "unavailable",
            "achievements")
OWN = tuple(name for name in PersonDraft.model_fields if name not in CHILDREN)
Plain = dict[str, Any]  # a person as plain values, children as lists of mappings; values left out take their defaults


def plain_of(draft: PersonDraft) -> Plain:
    """A draft as plain values, for writing many people at once."""
    return draft.model_dump()
