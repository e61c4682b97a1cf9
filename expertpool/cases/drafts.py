"""What comes in: a case as filled into a form or read from a row."""

from typing import Any

from sqlmodel import Field, SQLModel

from expertpool.experts.drafts import PartialDates


class AgentDraft(SQLModel):
    name: str = ""
    kind: str = "lawyer"
    firm: str = ""
    relation: str = ""


class PartyDraft(SQLModel):
    """A party with its agents; ``kind`` is organisation or person."""

    side: str
    name: str = Field(min_length=1)
    kind: str = "organisation"
    credit_code: str = ""
    id_number: str = ""
    legal_representative: str = ""
    address: str = ""
    agents: list[AgentDraft] = Field(default_factory=list)


class PatentDraft(SQLModel):
    number: str = ""
    kind: str = ""
    title: str = ""
    ipc: list[str] = Field(default_factory=list)
    inventors: list[str] = Field(default_factory=list)
    patentees: list[str] = Field(default_factory=list)
    examiners: list[str] = Field(default_factory=list)


class CaseFieldDraft(SQLModel):
    code: str
    main: bool = False
    origin: str = "given"


class CaseDraft(PartialDates):
    """All that a form or a docket row may say of one case. Only the number is required."""

    number: str = Field(min_length=1)
    procedure: str = ""
    nature: str = ""
    court: str = ""
    cause: str = ""
    cause_code: str = ""
    issue: str = ""
    city: str = ""
    judge: str = ""
    panel: str = ""
    clerk: str = ""
    filed_on: str = ""
    hearing_on: str = ""
    deliberation_on: str = ""
    judged_on: str = ""
    closed_on: str = ""
    state: str = "open"
    role_needed: str = "technical_investigator"
    people_needed: int = Field(default=1, ge=1, le=20)
    original_number: str = ""
    link_kind: str = ""
    remark: str = ""
    more: dict[str, Any] = Field(default_factory=dict)
    parties: list[PartyDraft] = Field(default_factory=list)
    patents: list[PatentDraft] = Field(default_factory=list)
    fields_: list[CaseFieldDraft] = Field(default_factory=list)


PARTS = ("parties", "patents", "fields_", "link_kind")
OWN = tuple(name for name in CaseDraft.model_fields if name not in (*PARTS, "number"))
