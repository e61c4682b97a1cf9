"""Tables of the docket. Codes are those of the vocabularies; dates ISO text."""

from typing import Any

from sqlmodel import Field, SQLModel

from expertpool.storage.records import Record, json_list
from expertpool.storage.secrets import secret_map, secret_text


class Dispute(Record, table=True):
    """One dispute (案件链): all cases that are procedures of it."""

    title: str = ""


class CourtCase(Record, table=True):
    """One case (案件) in one procedure. ``number`` is normalised and unique, ``number_raw`` as written."""

    number: str = Field(unique=True)
    number_raw: str = ""
    year: int | None = Field(default=None, index=True)
    court_code: str = ""
    type_code: str = ""
    serial: str = ""
    suffix: str = ""
    recognised: bool = True
    court: str = ""
    nature: str = ""  # civil / administrative / criminal
    procedure: str = ""
    cause_code: str = ""
    cause: str = ""
    cause_version: str = ""
    issue: str = ""  # 技术争议焦点
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
    people_needed: int = 1
    original_number: str = ""  # 原审案号 as written
    dispute_id: int | None = Field(default=None, foreign_key="dispute.id", index=True)
    remark: str = ""
    more: dict[str, Any] = secret_map("more")


class Party(Record, table=True):
    """A party (当事人) with its side; the unit key where it is known."""

    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    side: str = ""
    place: int = 0
    name: str = Field(default="", index=True)
    kind: str = "organisation"  # organisation / person
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    credit_code: str = ""
    id_number: str = secret_text("identity")
    legal_representative: str = ""
    address: str = ""


class Agent(Record, table=True):
    """An agent ad litem (诉讼代理人) of a party, with the firm."""

    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    party_id: int | None = Field(default=None, foreign_key="party.id", index=True)
    name: str = Field(default="", index=True)
    kind: str = "lawyer"
    firm: str = ""
    firm_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    relation: str = ""
    ended_on: str = ""


class Patent(Record, table=True):
    """A patent in suit (涉案专利): number, title, IPC symbols, inventors and patentees by name."""

    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    number: str = Field(default="", index=True)
    kind: str = ""
    title: str = ""
    ipc: list[str] = json_list()
    inventors: list[str] = json_list()
    patentees: list[str] = json_list()
    examiners: list[str] = json_list()


class CaseField(Record, table=True):
    """A technical field of a case: from the patent's IPC, from the text, or given by hand."""

    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    code: str = Field(index=True)
    main: bool = False
    origin: str = "given"


class CaseLink(Record, table=True):
    """``later`` follows from ``earlier``: appeal, remand, retrial, preservation, same patent's invalidation."""

    earlier_id: int = Field(foreign_key="courtcase.id", index=True)
    later_id: int = Field(foreign_key="courtcase.id", index=True)
    kind: str = "appeal"
    source: str = ""


class CaseListing(SQLModel, table=True):
    """What case lists sort and search by; derived, never journaled."""

    court_case_id: int = Field(primary_key=True)
    uid: str = ""
    number: str = ""
    sort_number: str = Field(default="", index=True)
    cause: str = ""
    procedure: str = ""
    court: str = ""
    city: str = ""
    parties: str = ""
    fields: str = ""
    filed_on: str = Field(default="", index=True)
    state: str = Field(default="open", index=True)
    people: str = ""  # who serves
    serving: int = 0
    people_needed: int = 1
    changed_at: str = ""
    body: str = ""
