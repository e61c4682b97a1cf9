"""The questions of a declaration of interests (利益冲突声明) as data: what is asked, under which provision.

Every question asks for one kind of interest; its columns are the fields of such an interest.
"""

import json
from dataclasses import dataclass
from functools import cache

from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.language import language
from expertpool.foundation.places import resource
from expertpool.rules.book import LawSource, RuleBook
from expertpool.rules.vocabulary import plain


@dataclass(frozen=True, slots=True)
class QuestionColumn:
    """One column of a question: the ``field`` of an interest, the form's column ``at`` which it is written, its
    heading, the vocabulary of its ``words``; with ``split`` a cell may name several."""

    field: str
    at: str
    zh: str
    words: str = ""
    split: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``place`` is its Chinese number, ``short`` its heading, ``years`` the name of its period in the
    rule book."""

    code: str
    kind: str
    place: str
    short: str
    zh: str
    en: str
    source: LawSource
    dated: str
    columns: tuple[QuestionColumn, ...]
    years: tuple[str, str] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of an interest that the question asks for."""
        return tuple(column.field for column in self.columns)

    def period(self, rules: RuleBook) -> int | None:
        """How many years back the question reaches; None if it has no period."""
        return int(rules.figure(*self.years, today())) if self.years else None

    def words(self, rules: RuleBook, spoken: str = "") -> str:
        """The question in ``spoken`` (``zh_CN``, ``en``) or the language in force, including its period."""
        text = self.en if (spoken or language()).lower().startswith("en") else self.zh
        return text.format(years=self.period(rules))


@cache
def form_data() -> JsonMapping:
    """The whole data file: texts of the form, and the questions."""
    content: JsonObject = json.loads(resource("templates", "declaration_form.json").read_text(encoding="utf-8"))
    return content


@cache
def questions() -> tuple[Question, ...]:
    """Every question in the order of the form."""
    return tuple(_question(entry) for entry in form_data()["questions"])


def question(code: str) -> Question:
    """The question with this code; ``KeyError`` if there is none."""
    found = next((one for one in questions() if one.code == code), None)
    if found is None:
        raise KeyError(code)
    return found


def question_of(kind: str) -> Question | None:
    """The question that asks for a kind of interest; None where no question does."""
    return next((one for one in questions() if one.kind == kind), None)


@cache
def _nothing() -> frozenset[str]:
    return frozenset(map(plain, form_data()["nothing"]))


@cache
def _something() -> frozenset[str]:
    return frozenset(map(plain, form_data()["something"]))


def says_nothing(text: str) -> bool:
    """Whether a cell means "nothing": empty, 无, 没有, a dash."""
    bare = plain(text).strip("。.;；")
    return not bare or bare in _nothing() or not bare.strip("-—–―－─_/／\\")


def answer_of(text: str) -> str:
    """``some``, ``none`` or "" for an answer as written on the form."""
    bare = plain(text).strip("。.;；☐□")
    if bare in _something():
        return "some"
    return "none" if bare and says_nothing(bare) else ""


def _question(entry: JsonMapping) -> Question:
    columns = tuple(QuestionColumn(column["field"], column.get("at", column["field"]), column["zh"],
                                   column.get("words", ""), column.get("split", False))
                    for column in entry["columns"])
    source = entry["source"]
    years = entry.get("years")
    return Question(entry["code"], entry["kind"], entry["place"], entry["short"], entry["zh"], entry["en"],
                    LawSource(source["zh"], source["en"]), source["date"], columns,
                    (years["rule"], years["parameter"]) if years else None)
