"""Updates the register's listing and its search texts inside every writing transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import RowMapping, delete, select
from sqlmodel import SQLModel, col

from expertpool.experts.tables import (
    Employment,
    Person,
    PersonField,
    PersonListing,
    Phone,
    RoleTerm,
    Specialty,
)
from expertpool.fields.tree import tree
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.masking import hide
from expertpool.foundation.text import fold, initials, pinyin, spaced
from expertpool.rules import vocabulary
from expertpool.storage.bulk import insert_rows
from expertpool.storage.dialects import add_search, is_sqlite, remove_search
from expertpool.storage.queries import chunks, one_of, table_of
from expertpool.storage.secrets import vault_behind
from expertpool.storage.transaction import Transaction
from expertpool.storage.vault import Vault

SOURCES: tuple[tuple[type[SQLModel], tuple[str, ...]], ...] = (
    (Employment, ("employer", "department", "position", "current", "end")),
    (RoleTerm, ("role", "state", "end")),
    (PersonField, ("code", "main", "words")),
    (Specialty, ("text",)),
    (Phone, ("number",)),
)
COLUMNS = ("id", "uid", "name", "former_name", "gender", "id_number", "email", "title", "title_level", "state",
           "expert_no", "case_cap", "changed_at", "major")
_EMPTY = {**dict.fromkeys(COLUMNS, ""), "state": "active", "case_cap": None}
_SOURCE_TABLES = frozenset({"person", *(str(source.__tablename__) for source, _names in SOURCES)})
_LISTED = tuple(PersonListing.model_fields)
_BODY = _LISTED.index("body")
_row = itemgetter(*_LISTED)
NUMBER_TAILS = (4, 6)  # by how many last digits a person may be found
Listed = tuple[Any, ...]  # a row of the listing, followed by the person's numbers; its first value is the person's id


def refresh_people(transaction: Transaction, touched: dict[str, set[int]]) -> None:
    """Rebuild the listings of every person that the transaction changed."""
    ids = sorted(touched.get("person", set()) - transaction.listed)
    for part in chunks(ids):
        _refresh(transaction, part)


def listed_row(person: JsonMapping, children: JsonMapping) -> Listed:
    """The listing of a new person, made from the values being written: own values with id, uid and stamp, and the
    children."""
    row: Listed = _listed(_listing({**_EMPTY, **person}, {
        "employment": children.get("employments", ()), "roleterm": children.get("roles", ()),
        "personfield": children.get("fields_", ()), "phone": children.get("phones", ()),
        "specialty": [{"text": text} for text in children.get("specialties", ())]}))
    return row


def write_listings(transaction: Transaction, rows: Sequence[Listed]) -> None:
    """Write the listings of new people."""
    _insert(transaction, rows)
    transaction.listed.update(row[0] for row in rows)
    transaction.listed_from = _SOURCE_TABLES


def _insert(transaction: Transaction, rows: Sequence[Listed]) -> None:
    connection = transaction.session.connection()
    vault, sqlite = vault_behind(connection), is_sqlite(connection)
    bodies = [" ".join([row[_BODY], *number_words(vault, row[-1])]) for row in rows]
    # SQLite keeps the search text in its full-text table and need not store it twice
    stored = [(*row[:_BODY], "" if sqlite else body, *row[_BODY + 1:-1])
              for row, body in zip(rows, bodies, strict=True)]
    insert_rows(connection, table_of(PersonListing), _LISTED, stored)
    add_search(connection, "person", [(row[0], body) for row, body in zip(rows, bodies, strict=True)])


def number_words(vault: Vault, numbers: Sequence[str]) -> list[str]:
    """Search words for personal numbers: keyed hashes of the whole number and of its last digits."""
    tails = [(size, number[-size:]) for number in numbers for size in NUMBER_TAILS]
    return [*(vault.token("whole", number) for number in numbers),
            *dict.fromkeys(vault.token(f"last {size}", tail) for size, tail in tails)]


def number_sought(vault: Vault, word: str) -> str:
    """The search word by which a typed number is found; "" if the text is no such number."""
    plain = word.upper()
    if not plain[:-1].isdigit() or not (plain[-1].isdigit() or plain[-1] == "X"):
        return ""
    return vault.token(f"last {len(plain)}" if len(plain) in NUMBER_TAILS else "whole", plain)


def _refresh(transaction: Transaction, ids: Sequence[int]) -> None:
    session = transaction.session
    table = table_of(Person).c
    people = session.execute(select(*(table[name] for name in COLUMNS)).where(
        one_of(table.id, ids))).mappings().all()
    children: dict[str, dict[int, list[Any]]] = {}
    for source, names in SOURCES:
        columns = table_of(source).c
        grouped: dict[int, list[Any]] = defaultdict(list)
        for row in session.execute(select(columns.person_id, *(columns[name] for name in names)).where(
                one_of(columns.person_id, ids)).order_by(columns.id)).mappings():
            grouped[row["person_id"]].append(row)
        children[table_of(source).name] = grouped
    connection = session.connection()
    connection.execute(delete(PersonListing).where(
        one_of(col(PersonListing.person_id), ids)))
    remove_search(connection, "person", ids)
    _insert(transaction, [_listed(_listing(person, {name: group.get(person["id"], [])
                                                 for name, group in children.items()})) for person in people])


def _listing(person: JsonMapping | RowMapping, children: Mapping[str, Sequence[Any]]) -> JsonObject:
    jobs = sorted(children["employment"], key=lambda job: not job.get("current", True))
    job = jobs[0] if jobs else {}
    roles = [term for term in children["roleterm"] if term.get("state", "active") == "active"]
    codes = [field["code"] for field in sorted(children["personfield"], key=lambda field: not field.get("main"))]
    specialties = [row["text"] for row in children["specialty"]]
    numbers = [*(row["number"] for row in children["phone"]), person["id_number"].upper()]
    ends = [end for term in roles if (end := term.get("end"))]
    level = person["title_level"]
    fields, groups, code_words = _of_codes(tuple(codes))
    return {
        "person_id": person["id"], "uid": person["uid"], "name": person["name"],
        "sort_name": f"{pinyin(person['name'])} {person['name']}", "gender": person["gender"],
        "employer": job.get("employer", ""), "department": job.get("department", ""),
        "title": person["title"], "title_level": level,
        "title_rank": vocabulary.value("title_level", level, "rank") or 9,
        "roles": _words(dict.fromkeys(term["role"] for term in roles)), "fields": fields, "groups": groups,
        "specialties": "、".join(specialties), "term_end": max(ends, default=""), "open_cases": 0,
        "case_cap": person["case_cap"], "state": person["state"], "changed_at": person["changed_at"],
        "body": _body(person, jobs, specialties, code_words), "numbers": tuple(dict.fromkeys(filter(None, numbers))),
    }


def _listed(listing: JsonMapping) -> Listed:
    return (*_row(listing), listing["numbers"])


def _body(person: Any, jobs: Sequence[Any], specialties: Sequence[str], codes: str) -> str:
    """The search text: spaced Chinese, pinyin in full and by initials; hashes of personal numbers are added later."""
    name = person["name"]
    sound = pinyin(name)
    units = [part for job in jobs for name in ("employer", "department", "position") if (part := job.get(name))]
    texts = [name, person["former_name"], *units, person["title"], *specialties, person["major"]]
    words = [sound.replace(" ", ""), sound, initials(name), codes, person["email"], person["expert_no"]]
    body = " ".join([*(spaced(text) for text in texts if text), *filter(None, words)]).lower()
    return hide(body)  # a telephone number inside an e-mail address would otherwise be found by its digits


@lru_cache(maxsize=20_000)
def _of_codes(codes: tuple[str, ...]) -> tuple[str, str, str]:
    """Field codes as the listing holds them: the codes, their court groups, and both as words to search for."""
    groups = dict.fromkeys(group for code in codes for group in tree().groups_of(code))
    words = [*(code.replace(" ", "") for code in codes), *(fold(code) for code in codes)]
    return _codes(codes), _codes(groups), " ".join(words)


def _words(items: Any) -> str:
    return "".join(f" {item}" for item in items) + " " if items else ""


def _codes(codes: Any) -> str:
    """Codes in one searchable text, between bars: ``|W12|B62D 57/032|``."""
    return "|" + "|".join(codes) + "|" if codes else ""
