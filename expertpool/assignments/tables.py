"""Tables of service: who serves in which case, how it went, on which check it rests."""

from typing import Any

from sqlmodel import Field

from expertpool.storage.records import Record, json_list, json_map


class Assignment(Record, table=True):
    """A person serving in a case in a role (指派). ``state`` follows the vocabulary ``assignment_state``."""

    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = Field(index=True)
    state: str = Field(default="appointed", index=True)
    method: str = "recommended"  # recommended / drawn / agreed
    duties: list[str] = json_list()
    appointed_on: str = Field(default="", index=True)
    notified_on: str = ""  # 告知当事人
    answered_on: str = ""
    opinion_due: str = ""
    opinion_signed_on: str = ""
    ended_on: str = ""
    end_reason: str = ""
    reason: str = ""
    replaces_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    check_id: int | None = Field(default=None, foreign_key="checkrecord.id", index=True)
    remark: str = ""


class AssignmentEvent(Record, table=True):
    """One step of an assignment's history."""

    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    on: str = ""
    from_state: str = ""
    to_state: str = ""
    actor: str = ""
    note: str = ""


class CheckRecord(Record, table=True):
    """What was checked before an appointment: rule book, facts, findings, overrides; printable years later."""

    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = ""
    checked_at: str = ""
    rules_version: str = ""
    fingerprint: str = ""
    facts: dict[str, Any] = json_map()
    findings: list[dict[str, Any]] = json_list()
    overrides: list[dict[str, Any]] = json_list()


class RecusalApplication(Record, table=True):
    """A party's application that a person step aside (回避申请) and its decision."""

    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    applicant: str = ""
    ground: str = ""
    received_on: str = ""
    suspended_from: str = ""
    decided_on: str = ""
    decision: str = ""
    decided_by: str = ""
    reconsideration: str = ""
    reconsidered_on: str = ""
