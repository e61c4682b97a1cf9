"""Words of the register and of spreadsheets (词表): vocabularies, headings, titles and posts."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from expertpool.foundation.data_file import Bilingual, Count, DataFile, Day, Positive, Strict, Text, Words, only_once


class LawByNature(Strict):
    """The provision for civil, administrative and criminal cases."""

    civil: Bilingual
    administrative: Bilingual
    criminal: Bilingual


class VocabularyWord(Strict):
    """A code with its words. The keys after ``synonyms`` are further facts, each used by one vocabulary only."""

    code: Text
    zh: Text
    en: Text
    synonyms: Words = ()
    active: bool | None = None
    rank: Count | None = None
    group: bool | None = None
    same: bool | None = None
    near: bool | None = None
    camp: Literal[1, 2, 3] | None = None
    family: bool | None = None
    open: bool | None = None
    took_part: Literal["yes", "perhaps", "no"] | None = None
    points: Positive | None = None
    by_party: bool | None = None
    law: LawByNature | None = None


FLAGS: dict[str, frozenset[str]] = {
    "role_state": frozenset({"active"}), "person_state": frozenset({"active"}), "education": frozenset({"rank"}),
    "degree": frozenset({"rank"}), "title_level": frozenset({"rank"}),
    "organisation_link": frozenset({"group", "same"}), "relation": frozenset({"near"}),
    "party_side": frozenset({"camp"}), "case_link": frozenset({"family"}),
    "assignment_state": frozenset({"open", "took_part"}), "grade": frozenset({"points"}),
    "recusal_form": frozenset({"by_party"}), "recusal_ground": frozenset({"law"}),
}
_PLAIN = {"code", "zh", "en", "synonyms"}


class VocabularyKind(Strict):
    """A list of words and where it comes from."""

    zh: Text
    source: Text
    words: Annotated[tuple[VocabularyWord, ...], Field(min_length=1)]
    drop_ending: Text | None = None
    match: Literal["ending"] | None = None

    @model_validator(mode="after")
    def _codes_once(self) -> Self:
        only_once("code", (word.code for word in self.words))
        return self


class Vocabularies(DataFile):
    """Every kind of words by its name."""

    path = "rules/vocabularies.json"
    version: Day
    note: Text
    kinds: dict[Text, VocabularyKind]

    @model_validator(mode="after")
    def _facts_of_the_kind(self) -> Self:
        for name, kind in self.kinds.items():
            for word in kind.words:
                if strange := word.model_fields_set - _PLAIN - FLAGS.get(name, frozenset()):
                    raise ValueError(f"{name} {word.code}: {', '.join(sorted(strange))}")
        return self


class Affixes(Strict):
    """Words that may stand before or after a heading without changing what it means."""

    before: Words
    after: Words


class HeadingRule(Strict):
    """A longer heading means the field if it has one of these words, one of the ``also`` words, and none of the
    ``never`` words."""

    field: Text
    has: Words
    also: Words = Field(default=(), alias="with")
    never: Words = Field(default=(), alias="not")


class HeadingRules(Strict):
    """The rules by kind of record, in their order."""

    note: Text
    experts: tuple[HeadingRule, ...]
    cases: tuple[HeadingRule, ...]


class Headers(DataFile):
    """Spellings of column headings by the field they mean."""

    path = "rules/headers.json"
    version: Day
    note: Text
    source: Text
    affixes: Affixes
    never_tail: Words
    other_people_inside: Words
    other_people: Words
    experts: dict[Text, Words]
    cases: dict[Text, Words]
    keywords: HeadingRules

    @model_validator(mode="after")
    def _fields_known(self) -> Self:
        for rules, fields in ((self.keywords.experts, self.experts), (self.keywords.cases, self.cases)):
            if strange := [rule.field for rule in rules if rule.field not in fields]:
                raise ValueError(f"keywords: {strange[0]}")
        return self


class TitleLevels(Strict):
    """Words by level of a professional title."""

    senior: Words
    associate: Words
    intermediate: Words
    junior: Words


class Titles(DataFile):
    """Professional titles (职称) by level, words for the levels, and what is no title."""

    path = "rules/titles.json"
    version: Day
    source: Text
    levels: TitleLevels
    level_words: TitleLevels
    not_titles: Words


class WorkWords(DataFile):
    """Parts of titles, posts and names of units, to read cells that hold several of them."""

    path = "rules/work_words.json"
    version: Day
    source: Text
    careers: Words
    ranks: Words
    title_prefixes: Words
    whole_titles: Words
    post_prefixes: Words
    posts: Words
    unit_ends: Words
