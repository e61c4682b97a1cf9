"""Keeps the register's listing and search documents in step inside every writing transaction."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

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
from expertpool.foundation import vocabulary
from expertpool.foundation.text import fold, initials, pinyin, spaced
from expertpool.storage.dialects import replace_search
from expertpool.storage.unit import CHUNK, Unit

SOURCES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Employment, ("employer", "department", "position", "current", "end")),
    (RoleTerm, ("role", "state", "end")),
    (PersonField, ("code", "main", "words")),
    (Specialty, ("text",)),
    (Phone, ("number",)),
)
COLUMNS = ("id", "uid", "name", "former_name", "gender", "id_number", "email", "title", "title_level", "state",
           "expert_no", "case_cap", "changed_at", "major")


def refresh_people(unit: Unit, touched: dict[str, set[int]]) -> None:
    """Rebuild the listings of every person that the transaction touched."""
    ids = sorted(touched.get("person", ()))
    for start in range(0, len(ids), CHUNK):
        _refresh(unit, ids[start:start + CHUNK])


def _refresh(unit: Unit, ids: Sequence[int]) -> None:
    session = unit.session
    table = Person.__table__.c
    people = session.execute(select(*(table[name] for name in COLUMNS)).where(
        table.id.in_(bindparam("ids", ids, expanding=True)))).mappings().all()
    children: dict[str, dict[int, list[Any]]] = {}
    for source, names in SOURCES:
        columns = source.__table__.c
        grouped: dict[int, list[Any]] = defaultdict(list)
        for row in session.execute(select(columns.person_id, *(columns[name] for name in names)).where(
                columns.person_id.in_(bindparam("ids", ids, expanding=True))).order_by(columns.id)):
            grouped[row.person_id].append(row)
        children[source.__tablename__] = grouped
    rows = [_listing(person, {name: group.get(person["id"], []) for name, group in children.items()})
            for person in people]
    connection = session.connection()
    connection.execute(delete(PersonListing).where(
        PersonListing.person_id.in_(bindparam("ids", ids, expanding=True))))
    if rows:
        connection.execute(insert(PersonListing), rows)
    replace_search(connection, "person", ids, [(row["person_id"], row["body"]) for row in rows])


def _listing(person: Any, children: dict[str, list[Any]]) -> dict[str, Any]:
    jobs = sorted(children["employment"], key=lambda job: not job.current)
    job = jobs[0] if jobs else None
    roles = [term for term in children["roleterm"] if term.state == "active"]
    codes = [field.code for field in sorted(children["personfield"], key=lambda field: not field.main)]
    specialties = [row.text for row in children["specialty"]]
    phones = [row.number for row in children["phone"]]
    ends = [term.end for term in roles if term.end]
    level = person["title_level"]
    return {
        "person_id": person["id"], "uid": person["uid"], "name": person["name"],
        "sort_name": f"{pinyin(person['name'])} {person['name']}", "gender": person["gender"],
        "employer": job.employer if job else "", "department": job.department if job else "",
        "title": person["title"], "title_level": level,
        "title_rank": vocabulary.value("title_level", level, "rank") or 9,
        "roles": _words(dict.fromkeys(term.role for term in roles)), "fields": _codes(codes),
        "groups": _codes(dict.fromkeys(g for code in codes for g in tree().groups_of(code))),
        "specialties": "、".join(specialties), "term_end": max(ends, default=""), "open_cases": 0,
        "case_cap": person["case_cap"], "state": person["state"], "changed_at": person["changed_at"],
        "body": _body(person, jobs, specialties, codes, phones),
    }


def _body(person: Any, jobs: Sequence[Any], specialties: Sequence[str], codes: Sequence[str],
          phones: Sequence[str]) -> str:
    """The search document: spaced Chinese, pinyin whole and by initials, tails of numbers as words."""
    name = person["name"]
    sound = pinyin(name)
    units = [part for job in jobs for part in (job.employer, job.department, job.position) if part]
    tails = [number[-size:] for number in (*phones, person["id_number"]) for size in (4, 6) if number]
    texts = [name, person["former_name"], *units, person["title"], *specialties, person["major"]]
    words = [sound.replace(" ", ""), sound, initials(name), *(code.replace(" ", "") for code in codes),
             *(fold(code) for code in codes), *phones, *tails, person["email"], person["expert_no"]]
    return " ".join([*(spaced(text) for text in texts if text), *(word.lower() for word in words if word)])


def _words(items: Any) -> str:
    return "".join(f" {item}" for item in items) + " " if items else ""


def _codes(codes: Any) -> str:
    """Codes in one searchable text, each between bars: ``|W12|B62D 57/032|``."""
    return "|" + "|".join(codes) + "|" if codes else ""
