"""Columns that a table of the docket shares with its draft, each written once."""

from typing import Any

from sqlmodel import Field, SQLModel

from expertpool.storage.records import json_list
from expertpool.storage.secrets import secret_map, secret_text


class CaseBase(SQLModel):
    """A case's own values (案件)."""

    number: str = Field(unique=True, min_length=1)
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
    filed_on: str = Field(default="", index=True)
    hearing_on: str = ""
    deliberation_on: str = ""
    judged_on: str = ""
    closed_on: str = ""
    state: str = Field(default="open", index=True)
    role_needed: str = "technical_investigator"
    people_needed: int = Field(default=1, ge=1, le=20)
    original_number: str = ""
    remark: str = ""
    more: dict[str, Any] = secret_map("more")  # columns of an imported docket that match no field


class PartyBase(SQLModel):
    """A party (当事人) with its side; ``kind`` is organisation or person."""

    side: str = ""
    name: str = Field(default="", index=True)
    kind: str = "organisation"
    credit_code: str = ""
    id_number: str = secret_text("identity")
    legal_representative: str = ""
    address: str = ""


class AgentBase(SQLModel):
    """An agent ad litem (诉讼代理人) of a party, with the firm."""

    name: str = Field(default="", index=True)
    kind: str = "lawyer"
    firm: str = ""
    relation: str = ""


class PatentBase(SQLModel):
    """A patent in suit (涉案专利): number, title, IPC symbols, inventors and patentees by name."""

    number: str = Field(default="", index=True)
    kind: str = ""
    title: str = ""
    ipc: list[str] = json_list()
    inventors: list[str] = json_list()
    patentees: list[str] = json_list()
    examiners: list[str] = json_list()


class CaseFieldBase(SQLModel):
    """A technical field of a case: from the patent's IPC, from the text, or given by hand."""

    code: str = Field(index=True)
    main: bool = False
    origin: str = "given"
