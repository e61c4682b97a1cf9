"""Field suggestion (领域建议): from the shipped lexicon, and from the pool's own cases.

At first only the lexicon counts. Every case whose fields somebody gave or confirmed, or whose patent has an IPC
symbol, is an example; the more examples there are and the more similar they are to the text, the more they count.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.tables import CaseField, CourtCase, Patent
from expertpool.fields.recognise import recognise
from expertpool.fields.symbols import find_symbols, parts
from expertpool.fields.tree import tree
from expertpool.relevance.field_vote import closest_rows
from expertpool.relevance.texts import case_relevance
from expertpool.storage.queries import id_of

TAUGHT_BY = ("given", "confirmed")
_KINDS = ("wipo", "subclass", "symbol")


@dataclass(frozen=True, slots=True)
class FieldSuggestion:
    """A field for a text: ``value`` 0 to 1, the ``words`` and the numbers of the ``cases`` that led to it."""

    code: str
    kind: str
    value: float
    words: tuple[str, ...]
    cases: tuple[str, ...] = ()


def suggest_fields(pool: Pool, text: str, most: int = 10, kinds: tuple[str, ...] = _KINDS) -> list[FieldSuggestion]:
    """WIPO fields and IPC places of a text, best first; ``kinds`` as for :func:`recognise`."""
    read = {guess.code: guess for guess in recognise(text, 60, _KINDS)}
    values = {code: guess.value for code, guess in read.items()}
    taught = _from_cases(pool, text)
    for code in values.keys() | taught.shares.keys():
        values[code] = (1 - taught.trust) * values.get(code, 0.0) + taught.trust * taught.shares.get(code, 0.0)
    found = []
    for code, value in sorted(values.items(), key=lambda item: (-item[1], item[0])):
        kind = tree().node(code).kind
        if kind in kinds and value > 0:
            words = (*(read[code].words if code in read else ()), *taught.words.get(code, ()))
            found.append(FieldSuggestion(code, kind, round(value, 4), tuple(dict.fromkeys(words))[:6],
                                         taught.cases.get(code, ())))
    return found[:most]


@dataclass(frozen=True, slots=True)
class _Taught:
    """The fields taught by earlier cases. ``trust`` 0 to 1 is their weight compared with the lexicon."""

    trust: float
    shares: Mapping[str, float]
    words: Mapping[str, tuple[str, ...]]
    cases: Mapping[str, tuple[str, ...]]


def _from_cases(pool: Pool, text: str) -> _Taught:
    relevance = case_relevance(pool)
    rules = relevance.rules
    likeness = relevance.similarity(text)
    likeness[likeness < rules["learn_least"]] = 0
    rows = closest_rows(likeness, rules["learn_closest"])
    with pool.read() as session:
        examples = session.scalar(select(func.count(func.distinct(CaseField.court_case_id))).where(
            col(CaseField.origin).in_(TAUGHT_BY))) or 0
        fields = _fields_of(session, [int(relevance.ids[row]) for row in rows]) if len(rows) else {}
    votes: dict[str, float] = defaultdict(float)
    behind: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    total, best = 0.0, 0.0
    for row in rows:
        one, near = int(relevance.ids[row]), float(likeness[row])
        if one not in fields:
            continue
        number, codes = fields[one]
        total, best = total + near * near, max(best, near)
        for code in codes:
            votes[code] += near * near
            behind[code].append((near, one, number))
    if not total:
        return _Taught(0.0, {}, {}, {})
    examples = max(examples, len(fields))
    trust = examples / (examples + rules["learn_half"]) * min(1.0, best / rules["text_full"])
    led = {code: relevance.words(text, one[0][1], 3) for code, one in behind.items()}
    return _Taught(trust, {code: vote / total for code, vote in votes.items()}, led,
                   {code: tuple(number for _near, _one, number in some[:3]) for code, some in behind.items()})


def _fields_of(session: Session, ids: list[int]) -> dict[int, tuple[str, set[str]]]:
    """Case id → its number and its field codes, at the levels of WIPO fields and IPC subclasses."""
    numbers: dict[int, str] = {key: number for key, number in session.execute(
        select(id_of(CourtCase), col(CourtCase.number)).where(id_of(CourtCase).in_(ids)))}
    codes: dict[int, set[str]] = defaultdict(set)
    for one, code in session.execute(select(col(CaseField.court_case_id), col(CaseField.code)).where(
            col(CaseField.court_case_id).in_(ids), col(CaseField.origin).in_(TAUGHT_BY))):
        codes[one] |= _levels(code)
    patents: Any = session.execute(select(col(Patent.court_case_id), col(Patent.ipc)).where(
        col(Patent.court_case_id).in_(ids)))
    for one, symbols in patents:
        for text in symbols:
            for symbol in find_symbols(text):
                codes[one] |= _levels(symbol)
    return {one: (numbers[one], some) for one, some in codes.items() if some}


def _levels(code: str) -> set[str]:
    if not tree().knows(code) or code in tree().groups:
        return set()
    found = parts(code)
    return {*tree().wipo_fields(code), *([found.subclass] if found and found.subclass else [])}
