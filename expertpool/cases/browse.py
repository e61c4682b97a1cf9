"""The docket as a list: ids in the order wanted, rows by page."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.cases.case_number import parse, search_words
from expertpool.cases.tables import CaseListing
from expertpool.foundation.text import normal, spaced
from expertpool.storage.dialects import is_sqlite, match_condition
from expertpool.storage.queries import one_of, table_of

_LISTED = table_of(CaseListing).c
SORTS = {
    "number": _LISTED.sort_number, "cause": _LISTED.cause, "procedure": _LISTED.procedure,
    "city": _LISTED.city, "filed_on": _LISTED.filed_on, "state": _LISTED.state,
    "serving": _LISTED.serving, "changed_at": _LISTED.changed_at,
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it. ``fields`` are codes, ``people`` the names of the experts serving."""

    court_case_id: int
    uid: str
    number: str
    cause: str
    procedure: str
    court: str
    city: str
    parties: str
    fields: list[str]
    filed_on: str
    state: str
    people: str
    serving: int
    people_needed: int
    changed_at: str


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What a list of cases shows: search text, state (``open``, ``closed`` or all), only cases still lacking
    people."""

    search: str = ""
    state: str = ""
    procedure: str = ""
    lacking: bool = False
    sort: str = "number"
    descending: bool = True


def case_ids(pool: Pool, query: CaseQuery) -> "array[int]":
    """Ids of the matching cases in the wanted order."""
    with pool.read() as session:
        order = SORTS[query.sort]
        chosen = _filtered(select(col(CaseListing.court_case_id)), query, is_sqlite(session.connection())).order_by(
            order.desc() if query.descending else order.asc(), col(CaseListing.court_case_id))
        return array("q", session.scalars(chosen).all())


@numbers_hidden
def case_rows(pool: Pool, ids: Sequence[int]) -> list[CaseRow]:
    """Rows for these ids, in their order."""
    columns = _LISTED
    query = select(
        columns.court_case_id, columns.uid, columns.number, columns.cause, columns.procedure, columns.court,
        columns.city, columns.parties, columns.fields, columns.filed_on, columns.state, columns.people,
        columns.serving, columns.people_needed, columns.changed_at)
    with pool.read() as session:
        found = {row.court_case_id: CaseRow(
            row.court_case_id, row.uid, row.number, row.cause, row.procedure, row.court, row.city, row.parties,
            [code for code in row.fields.split("|") if code], row.filed_on, row.state, row.people, row.serving,
            row.people_needed, row.changed_at)
            for row in session.execute(query.where(one_of(columns.court_case_id, ids)))}
    return [found[number] for number in ids if number in found]


def case_counts(pool: Pool, search: str = "") -> dict[str, int]:
    """How many cases match in all (key ``""``), are open, are closed, and are open but lack people."""
    wanted = {"": CaseQuery(search), "open": CaseQuery(search, "open"), "closed": CaseQuery(search, "closed"),
              "lacking": CaseQuery(search, "open", lacking=True)}
    with pool.read() as session:
        sqlite = is_sqlite(session.connection())
        return {name: session.scalar(_filtered(select(func.count()).select_from(CaseListing), query, sqlite)) or 0
                for name, query in wanted.items()}


def _filtered(query: Select[Any], wanted: CaseQuery, sqlite: bool) -> Select[Any]:
    listing = _LISTED
    if wanted.state:
        query = query.where(listing.state == wanted.state)
    if wanted.procedure:
        query = query.where(listing.procedure == wanted.procedure)
    if wanted.lacking:
        query = query.where(listing.serving < listing.people_needed)
    if phrases := _phrases(wanted.search):
        query = query.where(match_condition(sqlite, "case", listing.court_case_id, listing.body,
                                            [[phrase] for phrase in phrases]))
    return query


def _phrases(text: str) -> list[str]:
    number = parse(text) if text.strip() else None
    if number and number.recognised:
        return search_words(number)[:1]
    return [phrase for word in normal(text).split() if (phrase := spaced(word).strip())]
