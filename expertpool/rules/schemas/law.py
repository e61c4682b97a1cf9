"""The files of the rule book (规则文件): rules with level, source, validity, outcomes and parameters; procedures."""

import json
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, ValidationError, model_validator

from expertpool.foundation.data_file import (
    Bilingual,
    DataFile,
    Day,
    InForce,
    Strict,
    Text,
    first_refusal,
    only_once,
)
from expertpool.rules.schemas.cases import Tag
from expertpool.rules.schemas.codes import Code
from expertpool.rules.schemas.parameters import RULES, CrossCode, ServedCode
from expertpool.rules.stages import Level, Stage


def checked_parameters(rule: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a rule; ``ValueError`` names one that the rule does not know or that has another type."""
    try:
        RULES[rule].parameters.model_validate_json(json.dumps(parameters))
    except ValidationError as error:
        raise ValueError(f"parameters.{first_refusal(error)}") from error
    return parameters


class RuleEntry(InForce):
    """One version of a rule."""

    id: Text
    level: Level
    title: Bilingual
    source: Bilingual
    sources: dict[Literal["civil", "administrative", "criminal"], Bilingual] = {}
    tag: Tag
    editable: bool
    stages: tuple[Stage, ...] | None = None
    outcomes: dict[str, Level] = {}
    parameters: dict[str, Any] = {}
    override: tuple[str, ...] = ()
    dismiss: Literal["", "case", "person"] = ""

    @model_validator(mode="after")
    def _as_known(self) -> Self:
        known = RULES.get(self.id)
        if known is None:
            raise ValueError(f"id {self.id}")
        if known.staged != bool(self.stages):
            raise ValueError(f"stages {list(self.stages or ())}")
        only_once("stages", self.stages or ())
        if astray := set(self.outcomes) ^ set(known.outcomes):
            raise ValueError(f"outcomes {', '.join(sorted(astray))}")
        if astray := set(self.override) - {"*", *known.outcomes, *known.more}:
            raise ValueError(f"override {', '.join(sorted(astray))}")
        checked_parameters(self.id, self.parameters)
        return self


class RuleFile(DataFile):
    """A file of rules. Versions of one rule follow each other in time."""

    version: Day
    note: Text
    rules: Annotated[tuple[RuleEntry, ...], Field(min_length=1)]
    prefixes: ClassVar[tuple[str, ...]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for before, after in zip(self.rules, self.rules[1:], strict=False):
            if before.id == after.id and (before.valid_to is None or before.valid_to >= after.valid_from):
                raise ValueError(f"id {after.id}: ×2, {after.valid_from}")
        only_once("id", (one.id for one, after in zip(self.rules, (*self.rules[1:], None), strict=True)
                         if after is None or one.id != after.id))
        wanted = {key for key in RULES if key.startswith(self.prefixes)}
        if astray := {one.id for one in self.rules} ^ wanted:
            raise ValueError(f"id {', '.join(sorted(astray))}")
        return self


class Recusal(RuleFile):
    """Checks for recusal (回避)."""

    path = "rules/recusal.json"
    prefixes = ("R",)


class Eligibility(RuleFile):
    """Who may be appointed at all (选任资格)."""

    path = "rules/eligibility.json"
    prefixes = ("E-",)


class RankingFile(RuleFile):
    """Weights of the ranking, coverage by field."""

    path = "rules/ranking.json"
    prefixes = ("ranking", "coverage")


class DrawFile(RuleFile):
    """The draw by lot."""

    path = "rules/draw.json"
    prefixes = ("draw",)


class PlanFile(RuleFile):
    """The plan for many cases."""

    path = "rules/plan.json"
    prefixes = ("plan",)


class Deadlines(RuleFile):
    """Periods (期限)."""

    path = "rules/deadlines.json"
    prefixes = ("D-",)


class ServedRow(Strict):
    """Who served in the earlier procedure may, may after a look, or may not serve in the later one."""

    earlier: Annotated[str, Code("procedure", "*", "")]
    later: Annotated[str, Code("procedure", "*", "")]
    level: Level
    code: ServedCode
    part: Text
    needs: Literal["", "same round", "later round"] = ""


class CrossRow(Strict):
    """Who had the earlier part in a dispute and is wanted in the later one."""

    earlier: Annotated[str, Code("case_role", "*")]
    later: Annotated[str, Code("case_role", "*")]
    level: Level
    code: CrossCode
    source: Bilingual


class LinkRow(Strict):
    """How a case follows from an earlier one by their procedures."""

    earlier: Annotated[str, Code("procedure", "*")]
    later: Annotated[str, Code("procedure", "*")]
    kind: Annotated[str, Code("case_link")]


class Procedures(DataFile):
    """Which procedures of one dispute follow each other, and who of the earlier may serve in the later."""

    path = "rules/procedures.json"
    version: Day
    note: Text
    sources: dict[Text, Bilingual]
    served: tuple[ServedRow, ...]
    cross: tuple[CrossRow, ...]
    links: tuple[LinkRow, ...]
    original: tuple[LinkRow, ...]

    @model_validator(mode="after")
    def _parts_known(self) -> Self:
        if strange := [row.part for row in self.served if row.part not in self.sources]:
            raise ValueError(f"part {strange[0]}")
        return self
