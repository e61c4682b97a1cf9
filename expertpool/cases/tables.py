"""Tables of the docket. Codes are from the vocabularies; dates are ISO text.

Columns shared by a table and its draft are in ``bases.py``.
"""

from sqlmodel import Field, SQLModel

from expertpool.cases import catalogue
from expertpool.cases.bases import AgentBase, CaseBase, CaseFieldBase, PartyBase, PatentBase
from expertpool.storage.records import Record


class Dispute(Record, table=True):
    """One dispute (案件链): all cases that are its procedures."""

    described = catalogue.DISPUTE
    title: str = ""


class CourtCase(CaseBase, Record, table=True):
    """One case (案件) in one procedure. ``number`` is normalised and unique, ``number_raw`` is as written."""

    described = catalogue.CASE
    number_raw: str = ""
    year: int | None = Field(default=None, index=True)
    court_code: str = ""
    type_code: str = ""
    serial: str = ""
    suffix: str = ""
    recognised: bool = True
    cause_version: str = ""
    dispute_id: int | None = Field(default=None, foreign_key="dispute.id", index=True)


class Party(PartyBase, Record, table=True):
    """A party (当事人) of a case with its side, and its unit's id where known."""

    described = catalogue.PARTIES
    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    place: int = 0
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)


class Agent(AgentBase, Record, table=True):
    """An agent ad litem (诉讼代理人) of a party, with the id of the firm."""

    described = catalogue.AGENTS
    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    party_id: int | None = Field(default=None, foreign_key="party.id", index=True)
    firm_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    ended_on: str = ""


class Patent(PatentBase, Record, table=True):
    """A patent in suit (涉案专利)."""

    described = catalogue.PATENTS
    court_case_id: int = Field(foreign_key="courtcase.id", index=True)


class CaseField(CaseFieldBase, Record, table=True):
    """A technical field of a case."""

    described = catalogue.CASE_FIELDS
    court_case_id: int = Field(foreign_key="courtcase.id", index=True)


class CaseLink(Record, table=True):
    """``later`` follows from ``earlier``: appeal, remand, retrial, preservation, or invalidation of the same
    patent."""

    described = catalogue.LINKS
    earlier_id: int = Field(foreign_key="courtcase.id", index=True)
    later_id: int = Field(foreign_key="courtcase.id", index=True)
    kind: str = "appeal"
    source: str = ""


class CaseListing(SQLModel, table=True):
    """The derived row that lists of cases sort and search by; not in the journal."""

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
    people: str = ""  # names of the experts serving
    serving: int = 0
    people_needed: int = 1
    changed_at: str = ""
    body: str = ""
