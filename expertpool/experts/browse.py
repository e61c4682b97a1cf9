"""The register as a list (名单): ids in the wanted order, rows by page, counts for the filter chips."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.experts.listing import number_sought
from expertpool.experts.number_search import numbers_to_seek
from expertpool.experts.tables import PersonListing
from expertpool.foundation.dates import today
from expertpool.foundation.text import normal, spaced
from expertpool.storage.dialects import is_sqlite, match_condition
from expertpool.storage.queries import one_of, table_of
from expertpool.storage.secrets import vault_behind
from expertpool.storage.vault import Vault

_LISTED = table_of(PersonListing).c
SORTS = {"name": _LISTED.sort_name, "employer": _LISTED.employer, "title": _LISTED.title_rank,
         "term_end": _LISTED.term_end, "open_cases": _LISTED.open_cases, "state": _LISTED.state,
         "changed_at": _LISTED.changed_at, "gender": _LISTED.gender}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as lists show them. ``fields`` and ``groups`` are codes, ``case_cap`` is None if the person has no own
    limit, ``expired``: the term is over."""

    person_id: int
    uid: str
    name: str
    gender: str
    employer: str
    department: str
    title: str
    title_level: str
    roles: list[str]
    fields: list[str]
    groups: list[str]
    specialties: str
    term_end: str
    open_cases: int
    case_cap: int | None
    state: str
    changed_at: str
    expired: bool


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """What a list of people shows: search text, role, technical field (any code), state, order."""

    search: str = ""
    role: str = ""
    field: str = ""
    state: str = "active"
    title_level: str = ""
    expiring_by: str = ""
    sort: str = "name"
    descending: bool = False


def people_ids(pool: Pool, query: PeopleQuery) -> "array[int]":
    """Ids of the matching people in the wanted order, eight bytes each."""
    numbers = numbers_to_seek(pool, query.search)
    with pool.read() as session:
        order = SORTS[query.sort]
        chosen = _filtered(select(col(PersonListing.person_id)), query, session, numbers).order_by(
            order.desc() if query.descending else order.asc(), col(PersonListing.person_id))
        return array("q", session.scalars(chosen).all())


@numbers_hidden
def people_rows(pool: Pool, ids: Sequence[int]) -> list[PersonRow]:
    """Rows for these ids, in their order; ids that are gone are left out."""
    columns, day = _LISTED, str(today())
    query = select(
        columns.person_id, columns.uid, columns.name, columns.gender, columns.employer, columns.department,
        columns.title, columns.title_level, columns.roles, columns.fields, columns.groups, columns.specialties,
        columns.term_end, columns.open_cases, columns.case_cap, columns.state, columns.changed_at)
    with pool.read() as session:
        found = {number: PersonRow(
            number, uid, name, gender, employer, department, title, level, roles.split(), codes_of(fields),
            codes_of(groups), specialties, end, load, cap, state, changed, bool(end) and end < day[:len(end)])
            for (number, uid, name, gender, employer, department, title, level, roles, fields, groups, specialties,
                 end, load, cap, state, changed)
            in session.execute(query.where(one_of(columns.person_id, ids)))}
    return [found[number] for number in ids if number in found]


def people_counts(pool: Pool, query: PeopleQuery) -> dict[str, int]:
    """How many people match in all (key ``""``) and per role, whatever role the query names."""
    from dataclasses import replace

    from expertpool.rules.vocabulary import choices

    base = replace(query, role="")
    counts, numbers = {}, numbers_to_seek(pool, query.search)
    with pool.read() as session:
        for role in ("", *(code for code, _word in choices("role"))):
            chosen = _filtered(select(func.count()).select_from(PersonListing), replace(base, role=role),
                               session, numbers)
            counts[role] = session.scalar(chosen) or 0
    return counts


def codes_of(text: str) -> list[str]:
    """The codes in a listing's text, such as ``|W12|G05B|``."""
    return [code for code in text.split("|") if code]


def search_phrases(text: str, vault: Vault, numbers: Collection[str]) -> list[list[str]]:
    """What somebody typed, as phrases that the search text must all contain, each in one of its spellings.

    Personal numbers are found by all their digits or by the last four or six, through a keyed hash; only the words in
    ``numbers`` are looked up that way.
    """
    return [[phrase, *filter(None, [number_sought(vault, word)] if word in numbers else [])]
            for word in normal(text).split() if (phrase := spaced(word).strip())]


def _filtered(query: Select[Any], wanted: PeopleQuery, session: Session,
              numbers: Collection[str]) -> Select[Any]:
    listing = _LISTED
    # people merged into somebody else are listed only if asked for
    query = query.where(listing.state == wanted.state if wanted.state else listing.state != "merged")
    if wanted.role:
        query = query.where(listing.roles.contains(f" {wanted.role} ", autoescape=True))
    if wanted.field:
        bar = f"|{wanted.field}"
        query = query.where(or_(listing.groups.contains(bar, autoescape=True),
                                listing.fields.contains(bar, autoescape=True)))
    if wanted.title_level:
        query = query.where(listing.title_level == wanted.title_level)
    if wanted.expiring_by:
        query = query.where(listing.term_end != "", listing.term_end <= wanted.expiring_by)
    connection = session.connection()
    if phrases := search_phrases(wanted.search, vault_behind(connection), numbers):
        query = query.where(match_condition(is_sqlite(connection), "person", listing.person_id, listing.body,
                                            phrases))
    return query
