"""Drafts of a case, as filled into a form or read from a row of a spreadsheet."""

from sqlmodel import Field

from expertpool.cases import catalogue
from expertpool.cases.bases import AgentBase, CaseBase, CaseFieldBase, PartyBase, PatentBase
from expertpool.rules.field_checks import checked


class AgentDraft(AgentBase):
    """An agent of a party."""

    _checked = checked(catalogue.AGENTS)


class PartyDraft(PartyBase):
    """A party with its agents."""

    _checked = checked(catalogue.PARTIES)
    side: str
    name: str = Field(min_length=1)
    agents: list[AgentDraft] = Field(default_factory=list)


class PatentDraft(PatentBase):
    """A patent in suit."""

    _checked = checked(catalogue.PATENTS)


class CaseFieldDraft(CaseFieldBase):
    """A technical field of a case."""

    _checked = checked(catalogue.CASE_FIELDS)


class CaseDraft(CaseBase):
    """All that a form or a row of a docket may say of one case. Only the number is required.

    ``link_kind`` says how the case follows from ``original_number``.
    """

    _checked = checked(catalogue.CASE)
    link_kind: str = ""
    _known_link = checked(catalogue.FOLLOWING)
    parties: list[PartyDraft] = Field(default_factory=list)
    patents: list[PatentDraft] = Field(default_factory=list)
    fields_: list[CaseFieldDraft] = Field(default_factory=list)


PARTS = ("parties", "patents", "fields_", "link_kind")
OWN = tuple(name for name in CaseDraft.model_fields if name not in (*PARTS, "number"))
