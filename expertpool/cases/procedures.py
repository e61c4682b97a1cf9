"""Procedures of a case (审理程序): read from the case number, and how one case follows from another."""

from collections.abc import Sequence
from functools import cache

from expertpool.cases.case_number import CaseNumber
from expertpool.foundation.data_file import read
from expertpool.rules import vocabulary
from expertpool.rules.schemas.cases import CaseTypes
from expertpool.rules.schemas.law import LinkRow, Procedures


@cache
def _listed() -> dict[str, tuple[str, str]]:
    return {entry.code: (entry.nature, entry.procedure) for entry in read(CaseTypes).types}


def nature_of(number: CaseNumber) -> str:
    """The nature of a case by its number: civil, administrative, criminal, enforcement or other; "" if the type code
    does not tell."""
    code = number.type_code
    if code in _listed():
        return _listed()[code][0]
    return next((entry.nature for entry in read(CaseTypes).beginnings
                 if code and code.startswith(entry.beginning)), "")


def procedure_of(number: CaseNumber) -> str:
    """The procedure that the type code names, "" if it names none.

    A case sent back (发回重审) gets an ordinary first-instance number; only its link to the earlier case can show
    that it is a second round.
    """
    code = number.type_code
    if code in _listed():
        return _listed()[code][1]
    return next((entry.procedure for entry in read(CaseTypes).endings if code and code.endswith(entry.ending)), "")


def link_kind(earlier: str, later: str) -> str:
    """How a case most likely follows from an earlier one, judged by their procedures; ``related`` if unclear."""
    return _fitting(read(Procedures).links, earlier, later) or "related"


def original_kind(earlier: str, later: str) -> str:
    """The same as :func:`link_kind` where the later case names the earlier as its original case (原审案号): always
    one dispute."""
    return _fitting(read(Procedures).links, earlier, later) or _fitting(read(Procedures).original, earlier, later)


def _fitting(rows: Sequence[LinkRow], earlier: str, later: str) -> str:
    return next((row.kind for row in rows if row.earlier in (earlier, "*") and row.later in (later, "*")), "")


def is_family(kind: str) -> bool:
    """Whether a link of this kind joins cases of one dispute."""
    return vocabulary.flag("case_link", kind, "family")
