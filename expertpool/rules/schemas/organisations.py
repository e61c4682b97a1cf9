"""Spelling of unit names (单位名称): ``resources/rules/organisation_names.json``."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from expertpool.foundation.data_file import DataFile, Day, Positive, Strict, Text, Words, only_once


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text}: {error}") from error
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
Form = Literal["limited", "shares", "company", "works", "law", "accountants", "agency", "appraisal", "other"]


class Places(Strict):
    """Names of places that stand before a name: the country, municipalities, provinces with their larger cities."""

    whole: Words
    municipalities: Words
    provinces: dict[Text, Words]


class Hosts(Strict):
    """Endings of units that may have units below them, each with characters that may not follow."""

    about: Text
    words: dict[Text, tuple[Pattern, ...]]


class Umbrellas(Strict):
    """Units whose institutes are legal persons of their own."""

    about: Text
    names: Words


class Family(Strict):
    """A group of enterprises known by the beginnings of their names."""

    name: Text
    prefixes: Words
    but: Words = Field(default=(), alias="except")
    members: Words = ()
    source: Text


class KnownUnit(Strict):
    """A unit with short, former and ambiguous names."""

    name: Text
    short: Words = ()
    former: Words = ()
    loose: Words = ()
    source: Text


class OrganisationNames(DataFile):
    """The parts and rewritings that unit names are compared by, and units known by several names."""

    path = "rules/organisation_names.json"
    version: Day
    date: Day
    source: Text
    notes: Words
    core_length: Positive
    core_elsewhere: Positive
    places: Places
    kept_city: Words
    forms: dict[Form, Words]
    branch_in_brackets: tuple[Form, ...]
    local_only: tuple[Form, ...]
    branch_ends: Words
    hosts: Hosts
    affiliated: Words
    umbrellas: Umbrellas
    institution_ends: Text
    short_ends: Text
    short_longest: Positive
    short_least: Positive
    institutes: Words
    rewrites: tuple[tuple[Pattern, str, Text], ...]
    rewrite_signs: tuple[Pattern, ...]
    variants: dict[Text, Text]
    look_alikes: Words
    families: tuple[Family, ...]
    known: tuple[KnownUnit, ...]

    @model_validator(mode="after")
    def _once(self) -> Self:
        only_once("known", (one.name for one in self.known))
        only_once("families", (one.name for one in self.families))
        return self
