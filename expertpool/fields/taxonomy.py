"""Reads ``resources/taxonomy``, every file once, as plain data; each file names its source and date."""

import json
from functools import cache
from typing import NamedTuple

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.places import resource

LESS = 0.5  # weight of a term marked as weak


class Title(NamedTuple):
    """A title in Chinese and English."""

    zh: str
    en: str


class Terms(NamedTuple):
    """Typical terms of a WIPO field; ``place`` is the IPC symbol they point to, empty for the field as a whole."""

    field: str
    place: str
    words: tuple[str, ...]


class Alias(NamedTuple):
    """Other names of fields; the first code is the main one."""

    codes: tuple[str, ...]
    words: tuple[str, ...]


@cache
def document(name: str) -> JsonObject:
    """A JSON file of the taxonomy: ``groups``, ``wipo`` or ``closeness``."""
    content: JsonObject = json.loads(resource("taxonomy", f"{name}.json").read_text("utf-8"))
    return content


def _rows(name: str) -> list[list[str]]:
    lines = resource("taxonomy", f"{name}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def ipc() -> dict[str, Title]:
    """Sections, classes and subclasses of the IPC with their titles, in the order of the scheme."""
    return {symbol: Title(zh, en) for symbol, zh, en in _rows("ipc")}


@cache
def terms() -> tuple[Terms, ...]:
    """The lexicon of typical terms."""
    return tuple(Terms(field, "" if place == "-" else place, tuple(words.split("、")))
                 for field, place, words in _rows("terms"))


@cache
def words() -> dict[str, tuple[tuple[str, float], ...]]:
    """More typical terms by IPC place, each with its weight: 1, or less if listed under ``~``."""
    return {place: tuple((term.lstrip("~"), LESS if term.startswith("~") else 1.0) for term in terms.split("、"))
            for place, terms in _rows("words")}


@cache
def aliases() -> tuple[Alias, ...]:
    """Names that units, rosters and universities use for the fields."""
    return tuple(Alias(tuple(codes.split()), tuple(words.split("、"))) for codes, words in _rows("aliases"))


@cache
def common_words() -> dict[str, tuple[str, ...]]:
    """Words that tell little about a field, by kind: ``noise`` and ``vague``."""
    return {kind: tuple(words.split("、")) for kind, words in _rows("common")}
