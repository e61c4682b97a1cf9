"""What comes in: a person as filled into a form or read from a row, validated, without a table."""

import re
from typing import Any

from pydantic import field_validator
from sqlmodel import Field, SQLModel

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

ISO_PARTIAL = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$")


class PartialDates(SQLModel):
    """Base of drafts: every field named in ``DATES`` is empty or ISO text with Y, YM or YMD precision."""

    @field_validator("birth", "start", "end", "issued", "until", "title_date", "graduated", "hired",
                     "declared_on", "filed_on", "hearing_on", "deliberation_on", "judged_on", "closed_on",
                     check_fields=False)
    @classmethod
    def _iso(cls, text: str) -> str:
        if not ISO_PARTIAL.match(text):
            raise ValueError("date.form")
        return text


class PhoneDraft(PhoneBase):
    """A telephone number."""

    number: str


class RoleDraft(RoleBase, PartialDates):
    """A role with its term."""


class EmploymentDraft(EmploymentBase, PartialDates):
    """An employment; ``employer_kind`` tells a unit that is new to the pool what it is."""

    employer: str
    employer_kind: str = ""


class FieldDraft(FieldBase):
    """A technical field."""


class LicenceDraft(LicenceBase, PartialDates):
    """A practising licence."""


class InterestDraft(InterestBase, PartialDates):
    """A declared interest."""


class UnavailabilityDraft(UnavailabilityBase, PartialDates):
    """A period in which the person is not to be appointed."""


class AchievementDraft(AchievementBase):
    """An achievement."""

    text: str


class PersonDraft(PersonBase, PartialDates):
    """All that a form or a roster row may say of one person. Only the name is required."""

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
Plain = dict[str, Any]  # a person as plain values, children as lists of mappings; what is left out is default


def plain_of(draft: PersonDraft) -> Plain:
    """A draft as plain values, for writing many at once."""
    return draft.model_dump()
