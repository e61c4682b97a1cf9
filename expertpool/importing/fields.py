"""The values of one row, field by field: of a person in a roster, of a case in a docket."""

from dataclasses import dataclass, field
from typing import Any

from expertpool.cases.catalogue import CASES
from expertpool.experts.catalogue import EXPERTS
from expertpool.foundation.problems import Problem

COMBINED = {**EXPERTS.joined, **CASES.joined}
REPEATABLE = EXPERTS.several | CASES.several | {"ignore"}
PERSONAL = EXPERTS.personal | CASES.personal


@dataclass(frozen=True, slots=True)
class RoleReading:
    """A role with its term; ``role`` is "" if the roster names a term but no role."""

    role: str = ""
    mode: str = ""
    start: str = ""
    end: str = ""
    state: str = ""
    term_text: str = ""


@dataclass(slots=True)
class PersonValues:
    """All fields of a person; "" or an empty list where the row has nothing, or nothing readable.

    Dates are ISO text with Y, YM or YMD precision; words of closed lists are codes of the vocabularies if known, else
    as written.
    """

    name: str = ""
    name_note: str = ""
    former_name: str = ""
    gender: str = ""
    birth: str = ""
    ethnicity: str = ""
    party: str = ""
    id_kind: str = ""
    id_number: str = ""
    phones: list[tuple[str, str]] = field(default_factory=list)
    email: str = ""
    address: str = ""
    postcode: str = ""
    wechat: str = ""
    qq: str = ""
    employer: str = ""
    employer_kind: str = ""
    department: str = ""
    position: str = ""
    retired: bool = False
    title: str = ""
    title_level: str = ""
    title_date: str = ""
    education: str = ""
    degree: str = ""
    school: str = ""
    major: str = ""
    graduated: str = ""
    work_since: str = ""
    specialties: list[str] = field(default_factory=list)
    field_codes: list[str] = field(default_factory=list)
    roles: list[RoleReading] = field(default_factory=list)
    licence_number: str = ""
    licence_kind: str = ""
    licence_issued: str = ""
    licence_until: str = ""
    licence_body: str = ""
    certificate_no: str = ""
    expert_no: str = ""
    hired: str = ""
    status: str = ""
    avoid_units: list[str] = field(default_factory=list)
    avoid_persons: list[str] = field(default_factory=list)
    experience: str = ""
    achievements: str = ""
    secret: str = ""
    bank_account: str = ""
    bank_name: str = ""
    recommended_by: str = ""
    remark: str = ""
    industry: str = ""  # the line of business; decides a field only if nothing else does
    group: str = ""  # the heading row above, such as 一、机械领域
    own: dict[str, str] = field(default_factory=dict)  # fields that are read without a rule of their own
    more: dict[str, str] = field(default_factory=dict)  # columns that match no field

    def put(self, target: str, text: str) -> None:
        """Store the value of a column under its target."""
        if target in self.__slots__:
            setattr(self, target, text)
        else:
            self.own[target] = text

    def said(self, target: str) -> Any:
        """The value of the row for a target."""
        return getattr(self, target) if target in self.__slots__ else self.own.get(target, "")


@dataclass(frozen=True, slots=True)
class PersonReading:
    """A row read as a person, with its problems by row, column and field."""

    values: PersonValues
    problems: list[Problem]


@dataclass(slots=True)
class CaseValues:
    """All fields of a case as written; lists are split, dates ISO. Case numbers are parsed later, by the docket."""

    case_number: str = ""
    cause: str = ""
    plaintiffs: list[str] = field(default_factory=list)
    defendants: list[str] = field(default_factory=list)
    third_parties: list[str] = field(default_factory=list)
    agents: list[tuple[str, str]] = field(default_factory=list)  # (plaintiff / defendant / "", as written)
    patents: list[str] = field(default_factory=list)
    ipc: list[str] = field(default_factory=list)
    issue: str = ""
    filed_on: str = ""
    hearing_on: str = ""
    procedure: str = ""
    judge: str = ""
    city: str = ""
    original_number: str = ""
    fields: list[str] = field(default_factory=list)
    remark: str = ""
    state: str = ""
    more: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseReading:
    """A row read as a case, with its problems."""

    values: CaseValues
    problems: list[Problem]
