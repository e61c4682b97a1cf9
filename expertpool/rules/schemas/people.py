"""Rules for keeping the register (人员管理规则): recognising the same person, name variants, import, retention."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from expertpool.foundation.data_file import Certainty, Count, DataFile, Day, Positive, Strict, Text, Words
from expertpool.rules.schemas.codes import Code


class Strengths(Strict):
    """How much each agreement of two persons says."""

    id_number: Count
    id_old: Count
    phone: Count
    birth: Count
    id_near: Count
    employer: Count
    employer_like: Count
    birth_year: Count
    name: Count
    name_variant: Count
    former_name: Count
    name_sound: Count
    name_character: Count


class Duplicates(DataFile):
    """How the same person is recognised (查重)."""

    path = "rules/duplicates.json"
    about: Text
    source: Text
    date: Day
    name_shortest: Positive
    name_longest: Positive
    mobile_digits: Positive
    unit_shortest: Positive
    namesakes_most: Positive
    strength: Strengths


class NameVariants(DataFile):
    """Characters that spell the same name: each of ``variants`` is the one at the same place of ``usual``."""

    path = "rules/name_variants.json"
    about: Text
    source: Text
    date: Day
    variants: Text = Field(alias="from")
    usual: Text = Field(alias="to")

    @model_validator(mode="after")
    def _as_many(self) -> Self:
        if len(self.variants) != len(self.usual):
            raise ValueError(f"from {len(self.variants)} ≠ to {len(self.usual)}")
        return self


class ImportSettings(DataFile):
    """Settings and words of the import."""

    path = "rules/import.json"
    about: Text
    source: Text
    date: Day
    field_certainty: Certainty
    fields_most: Positive
    instruction_sheets: Words
    surnames_source: Text
    surnames: Text
    school_words: Annotated[str, StringConstraints(pattern=r"^[^|]+(\|[^|]+)*$")]


class Retention(DataFile):
    """How long personal numbers are kept of people who left the pool."""

    path = "rules/retention.json"
    about: Text
    source: Text
    date: Day
    years_after_leaving: Positive
    states: tuple[Annotated[str, Code("person_state")], ...]
    cleared: Words
