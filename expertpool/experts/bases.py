"""Columns that a table of the register shares with its draft, each written once.

The names of columns, their types and who may read them are in ``catalogue.py``. A draft that requires a value which
the table may lack repeats the column without its default.
"""

from typing import Any

from sqlmodel import Field, SQLModel

from expertpool.storage.secrets import secret_map, secret_text


class PersonBase(SQLModel):
    """A person's own values (专家)."""

    name: str = Field(index=True, min_length=1)
    former_name: str = ""
    name_note: str = ""  # what was written in brackets after the name
    gender: str = ""
    birth: str = ""
    ethnicity: str = ""
    party: str = ""
    id_kind: str = ""
    id_number: str = secret_text("identity", index=True)
    email: str = ""
    address: str = secret_text("address")
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
    bank_account: str = secret_text("bank")
    case_cap: int | None = Field(default=None, ge=0)  # most open cases; None: the rule book's limit
    experience: str = ""
    remark: str = ""
    more: dict[str, Any] = secret_map("more")  # columns of a roster that match no field


class PhoneBase(SQLModel):
    """A number with its kind: mobile, work, home, fax."""

    kind: str = "mobile"
    number: str = secret_text("phone", index=True)


class RoleBase(SQLModel):
    """A role held for a term (聘期): which body appointed the person, as what, in which mode, from when to when."""

    role: str = Field(index=True)
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


class EmploymentBase(SQLModel):
    """Where a person works or worked; ``employer`` is the name as written."""

    employer: str = ""
    department: str = ""
    position: str = ""
    start: str = ""
    end: str = ""
    current: bool = True
    retired: bool = False


class FieldBase(SQLModel):
    """A technical field: any code of the tree, main or other, given by whom."""

    code: str = Field(index=True)
    main: bool = False
    origin: str = "given"  # given / recognised / confirmed
    words: str = ""


class LicenceBase(SQLModel):
    """A practising licence (执业证). Optional: IP appraisal has no unified registration."""

    kind: str = ""
    number: str = Field(default="", index=True)
    body: str = ""
    source: str = ""
    issued: str = ""
    until: str = ""


class InterestBase(SQLModel):
    """A declared interest (利害关系). ``name`` is the relative or other person, ``unit`` the company or firm as
    written."""

    kind: str = Field(index=True)
    relation: str = ""
    name: str = Field(default="", index=True)
    id_number: str = secret_text("identity")
    unit: str = ""
    detail: str = ""
    unlisted: bool = True
    start: str = ""
    end: str = ""
    declared_on: str = ""
    source: str = ""


class UnavailabilityBase(SQLModel):
    """A period of leave, illness or duty abroad (请假) in which the person is not appointed."""

    start: str = ""
    end: str = ""
    reason: str = ""


class AchievementBase(SQLModel):
    """Papers, patents, projects, other offices: long texts that the ranking may use."""

    kind: str = ""
    text: str = ""
    date: str = ""
