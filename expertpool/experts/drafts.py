"""What comes in: a person as filled into a form or read from a row, validated, without a table."""

import re
from typing import Any

from pydantic import field_validator
from sqlmodel import Field, SQLModel

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


class PhoneDraft(SQLModel):
    kind: str = "mobile"
    number: str


class RoleDraft(PartialDates):
    role: str
    mode: str = ""
    body: str = ""
    certificate_no: str = ""
    start: str = ""
    end: str = ""
    term_text: str = ""
    renewals: int = 0
    state: str = "active"
    end_reason: str = ""
    decision_no: str = ""


class EmploymentDraft(PartialDates):
    employer: str
    employer_kind: str = ""
    department: str = ""
    position: str = ""
    start: str = ""
    end: str = ""
    current: bool = True
    retired: bool = False


class FieldDraft(SQLModel):
    code: str
    main: bool = False
    origin: str = "given"
    words: str = ""


class LicenceDraft(PartialDates):
    kind: str = ""
    number: str = ""
    body: str = ""
    source: str = ""
    issued: str = ""
    until: str = ""


class InterestDraft(PartialDates):
    kind: str
    relation: str = ""
    name: str = ""
    id_number: str = ""
    unit: str = ""
    detail: str = ""
    unlisted: bool = True
    start: str = ""
    end: str = ""
    declared_on: str = ""
    source: str = ""


class UnavailabilityDraft(PartialDates):
    start: str = ""
    end: str = ""
    reason: str = ""


class AchievementDraft(SQLModel):
    kind: str = ""
    text: str
    date: str = ""


class PersonDraft(PartialDates):
    """All that a form or a roster row may say of one person. Only the name is required."""

    name: str = Field(min_length=1)
    former_name: str = ""
    name_note: str = ""
    gender: str = ""
    birth: str = ""
    ethnicity: str = ""
    party: str = ""
    id_kind: str = ""
    id_number: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    wechat: str = ""
    qq: str = ""
    education: str = ""
    degree: str = ""
    school: str = ""
    major: str = ""
    graduated: str = ""
    work_since: str = ""
    title: str = ""
    title_level: str = ""
    title_date: str = ""
    expert_no: str = ""
    hired: str = ""
    recommended_by: str = ""
    recommendation: str = ""
    unit_consent: str = ""
    own_consent: str = ""
    age_exemption: str = ""
    secrecy: str = ""
    bank_name: str = ""
    bank_account: str = ""
    case_cap: int | None = Field(default=None, ge=0)
    experience: str = ""
    remark: str = ""
    more: dict[str, Any] = Field(default_factory=dict)
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
