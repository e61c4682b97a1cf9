"""Procedures of a case (审理程序): read from the case number, and how one case follows from another."""

import json
from functools import cache

from expertpool.cases.case_number import CaseNumber
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.places import resource
from expertpool.rules import vocabulary


@cache
def _types() -> JsonObject:
    content: JsonObject = json.loads(resource("rules", "case_types.json").read_text(encoding="utf-8"))
    return content


@cache
def _listed() -> dict[str, tuple[str, str]]:
    return {entry["code"]: (entry["nature"], entry["procedure"]) for entry in _types()["types"]}


@cache
def _links(table: str) -> list[dict[str, str]]:
    content = json.loads(resource("rules", "procedures.json").read_text(encoding="utf-8"))
    links: list[dict[str, str]] = content[table]
    return links


def nature_of(number: CaseNumber) -> str:
    """civil, administrative, criminal, enforcement or other; "" if the type says nothing."""
    code = number.type_code
    if code in _listed():
        return _listed()[code][0]
    return next((str(entry["nature"]) for entry in _types()["beginnings"]
                 if code and code.startswith(entry["beginning"])), "")


def procedure_of(number: CaseNumber) -> str:
    """The procedure that the type code names, "" if it says nothing.

    A case sent back (发回重审) gets an ordinary first-instance number, so only its link to the earlier
    case can show that it is a second round.
    """
    code = number.type_code
    if code in _listed():
        return _listed()[code][1]
    return next((str(entry["procedure"]) for entry in _types()["endings"]
                 if code and code.endswith(entry["ending"])), "")


def link_kind(earlier: str, later: str) -> str:
    """How a case most likely follows from an earlier one, by their procedures; ``related`` if unclear."""
    return _fitting("links", earlier, later) or "related"


def original_kind(earlier: str, later: str) -> str:
    """The same where the later case names the earlier as its original case (原审案号): always one dispute."""
    return _fitting("links", earlier, later) or _fitting("original", earlier, later)


def _fitting(table: str, earlier: str, later: str) -> str:
    return next((link["kind"] for link in _links(table)
                 if link["earlier"] in (earlier, "*") and link["later"] in (later, "*")), "")


def is_family(kind: str) -> bool:
    """Whether a link of this kind joins procedures of one dispute."""
    return vocabulary.flag("case_link", kind, "family")
