"""Tables of service: who serves in which case, the steps of the service, and the check behind each appointment."""

from typing import Any

from sqlmodel import Field

from expertpool.storage.records import Record, json_list, json_map
from expertpool.storage.secrets import secret_map


class Assignment(Record, table=True):
    """A person serving in a case in a role (指派). ``state`` follows the vocabulary ``assignment_state``."""

    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = Field(index=True)
    state: str = Field(default="appointed", index=True)
    method: str = "recommended"  # how the person was found: recommended / drawn / agreed
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
    """What was checked before an appointment: rule book, facts, findings, overrides; can be printed years later."""

    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = ""
    checked_at: str = ""
    rules_version: str = ""
    fingerprint: str = ""
    facts: dict[str, Any] = secret_map("facts")
    findings: list[dict[str, Any]] = json_list()
    overrides: list[dict[str, Any]] = json_list()


class RecusalApplication(Record, table=True):
    """An application for recusal (回避申请), its decision and its single reconsideration (复议).

    ``decision`` and ``reconsideration`` are codes of the vocabulary ``recusal_decision``; ``decide_by`` and
    ``reconsider_by`` are computed when the application, or the request for reconsideration, arrives.
    """

    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    applicant: str = ""
    side: str = ""  # the applicant's position in the case; "" for the court's own motion or the person's own request
    form: str = ""  # form of the application: oral / written / own_motion / self
    ground_code: str = ""
    ground: str = ""
    received_on: str = ""
    suspended_from: str = ""  # "" where the work goes on because of urgent measures
    urgent: str = ""  # why the work goes on in spite of the application
    decide_by: str = ""
    decided_on: str = ""
    decision: str = ""
    decided_by: str = ""  # presiding or sole judge
    decision_reason: str = ""
    reconsideration_asked_on: str = ""
    reconsider_by: str = ""
    reconsidered_on: str = ""
    reconsideration: str = ""
    reconsideration_reason: str = ""


class Alert(Record, table=True):
    """A warning (警示): a finding that arose after the person had been appointed, found by checking again.

    ``key`` identifies the finding; ``facts`` and ``parameters`` are those of the finding, ``text`` is its sentence on
    that day. ``state``: open, settled (the fact no longer holds), answered (kept on with a reason, dismissed,
    replaced). ``cause`` is the operation whose change raised it.
    """

    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    key: str = Field(default="", index=True)
    rule: str = ""
    code: str = ""
    level: str = ""
    text: str = ""
    source: str = ""
    facts: list[dict[str, Any]] = json_list()
    parameters: dict[str, Any] = json_map()
    rules_version: str = ""
    found_at: str = ""
    cause: str = ""
    state: str = Field(default="open", index=True)
    answer: str = ""
    answered_by: str = ""
    answered_at: str = ""


class Dismissal(Record, table=True):
    """A finding that somebody examined and marked as a false alarm (误报排除); it is not raised again for the same
    facts.

    ``key`` is computed from the rule and the facts, so with a new fact the finding is raised again.
    """

    person_id: int = Field(foreign_key="person.id", index=True)
    court_case_id: int | None = Field(default=None, foreign_key="courtcase.id", index=True)
    key: str = Field(default="", index=True)
    rule: str = ""
    text: str = ""
    facts: list[dict[str, Any]] = json_list()
    reason: str = ""
    by: str = ""
    at: str = ""
