"""What case numbers, courts and causes are read by (案号、法院、案由), and the states of an assignment."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from expertpool.foundation.data_file import DataFile, Day, InForce, Strict, Text, only_once
from expertpool.rules.schemas.codes import Code
from expertpool.rules.stages import AssignmentState

Tag = Literal["C", "H", "M", "L"]  # read in the source, sure, fairly sure, unsure
Nature = Annotated[str, Code("case_nature")]
Procedure = Annotated[str, Code("procedure")]
Subject = Literal["invention", "utility_model", "design", "patent", "standard_patent", "variety", "layout",
                  "technical_secret", "software", "monopoly", "technical_contract", "trade_secret", "data", "science",
                  "business_secret", "copyright", "trademark", "competition", "other"]


class CaseType(Strict):
    """A type of case numbers (类型代字)."""

    code: Text
    nature: Nature
    procedure: Procedure
    zh: Text
    tag: Tag


class TypeEnding(Strict):
    """The procedure that the ending of an unlisted type names."""

    ending: Text
    procedure: Procedure


class TypeBeginning(Strict):
    """The nature that the beginning of an unlisted type names."""

    beginning: Text
    nature: Nature


class CaseTypes(DataFile):
    """Types of case numbers (案件类型)."""

    path = "rules/case_types.json"
    version: Day
    source: Text
    note: Text
    types: tuple[CaseType, ...]
    endings: tuple[TypeEnding, ...]
    beginnings: tuple[TypeBeginning, ...]

    @model_validator(mode="after")
    def _once(self) -> Self:
        only_once("code", (one.code for one in self.types))
        return self


class CauseEntry(InForce):
    """A cause in one version of the list."""

    code: Text
    name: Text
    version: Text
    nature: Nature
    chapter: Text
    parent: str
    kind: Subject
    technical: bool
    tag: Tag


class Causes(DataFile):
    """Causes of action (案由) in their versions, and how they are misspelt."""

    path = "rules/causes.json"
    version: Day
    source: Text
    note: Text
    causes: tuple[CauseEntry, ...]
    rewrites: tuple[tuple[Text, Text], ...]

    @model_validator(mode="after")
    def _once(self) -> Self:
        only_once("cause", ((one.code, one.version) for one in self.causes))
        known = {(one.code, one.version) for one in self.causes}
        if astray := [one.code for one in self.causes if one.parent and (one.parent, one.version) not in known]:
            raise ValueError(f"parent of {astray[0]}")
        return self


class CourtEntry(InForce):
    """A court and the days between which new numbers carry its code."""

    code: Text
    name: Text
    level: Literal["supreme", "high", "intermediate", "basic"]
    parent: str
    city: str = ""
    short: str = ""
    tag: Tag


class AppealRule(Strict):
    """Subjects whose appeals go to the Supreme People's Court."""

    kinds: tuple[Subject, ...]
    to: Literal["supreme"]
    only_major: bool = False
    source: Text
    source_en: Text
    valid_from: Day = Field(alias="from")
    tag: Tag


class Courts(DataFile):
    """Courts by code (法院代字) and where appeals go."""

    path = "rules/courts.json"
    version: Day
    source: Text
    note: Text
    courts: tuple[CourtEntry, ...]
    appeals: tuple[AppealRule, ...]

    @model_validator(mode="after")
    def _parents_known(self) -> Self:
        only_once("code", (one.code for one in self.courts))
        codes = {one.code for one in self.courts}
        if astray := [one.code for one in self.courts if one.parent and one.parent not in codes]:
            raise ValueError(f"parent of {astray[0]}")
        return self


class AssignmentStates(DataFile):
    """Which state of an assignment may follow which: by hand, and by an application for recusal."""

    path = "rules/assignment_states.json"
    about: Text
    source: Text
    date: Day
    steps: dict[AssignmentState, tuple[AssignmentState, ...]]
    recusal: dict[AssignmentState, tuple[AssignmentState, ...]]
