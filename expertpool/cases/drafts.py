"""What comes in: a case as filled into a form or read from a row."""

from sqlmodel import Field

from expertpool.cases.bases import AgentBase, CaseBase, CaseFieldBase, PartyBase, PatentBase
from expertpool.experts.drafts import PartialDates


class AgentDraft(AgentBase):
    """An agent of a party."""


class PartyDraft(PartyBase):
    """A party with its agents."""

    side: str
    name: str = Field(min_length=1)
    agents: list[AgentDraft] = Field(default_factory=list)


class PatentDraft(PatentBase):
    """A patent in suit."""


class CaseFieldDraft(CaseFieldBase):
    """A technical field of a case."""


class CaseDraft(CaseBase, PartialDates):
    """All that a form or a docket row may say of one case. Only the number is required.

    ``link_kind`` says how the case follows from ``original_number``.
    """

    link_kind: str = ""
    parties: list[PartyDraft] = Field(default_factory=list)
    patents: list[PatentDraft] = Field(default_factory=list)
    fields_: list[CaseFieldDraft] = Field(default_factory=list)


PARTS = ("parties", "patents", "fields_", "link_kind")
OWN = tuple(name for name in CaseDraft.model_fields if name not in (*PARTS, "number"))
