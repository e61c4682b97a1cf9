"""Rosters (名册): the people in the pool as of a day, as a styled workbook, with numbers masked by purpose."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.catalogue import EXPERTS, PERSON
from expertpool.experts.details import PersonDetail, load_details
from expertpool.fields.tree import tree
from expertpool.foundation.data_file import plain_of, read
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _, language
from expertpool.foundation.problems import Problem, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.text import strip_controls
from expertpool.rules.schemas.house import RosterColumns
from expertpool.rules.vocabulary import word
from expertpool.storage.queries import chunks

PAGE = 500
RECEIVER = 80  # characters: a page footer of a workbook holds 255 with everything else


@dataclass(frozen=True, slots=True)
class RosterRequest:
    """Which roster: role (all if empty), purpose, title and edition, order ``name`` or ``field``.

    ``purpose`` is a key of roster_columns.json (internal 内部, public 公示, shared 共享, finance 财务); ``receiver``
    who gets the copy, ``reason`` why numbers are written in full, where the purpose asks for them.
    """

    role: str = ""
    purpose: str = "internal"
    title: str = ""
    edition: str = ""
    order: str = "name"
    search: str = ""
    receiver: str = ""
    reason: str = ""


@dataclass(frozen=True)
class RosterTable:
    """A roster ready to show or write; ``columns`` say key, head, width."""

    title: str
    subtitle: str
    columns: list[JsonObject]
    heads: list[str]
    rows: list[list[Any]]


@cache
def purposes() -> JsonObject:
    """Purpose → words, whether a receiver must be named, columns, and those of them written in full.

    A column that is none, or that the catalogue keeps from this purpose, is a ``ValueError``.
    """
    content = plain_of(read(RosterColumns))
    for purpose, entry in content["purposes"].items():
        keys = {column["key"] for column in entry["columns"]}
        if wrong := (keys - EXPERTS.in_roster.keys()) | (keys & EXPERTS.kept_from(purpose)):
            raise ValueError(f"roster_columns.json: {purpose} cannot have {sorted(wrong)}")
    return dict(content["purposes"])


def purpose_of(request: RosterRequest) -> JsonObject:
    """What a roster for this purpose may hold. Raises ``roster.purpose`` for one that is not known."""
    found = purposes().get(request.purpose)
    if found is None:
        raise UserProblem("roster.purpose", purpose=request.purpose, known=", ".join(purposes()))
    return dict(found)


def roster_title(pool: Pool, request: RosterRequest) -> str:
    """The title as asked for, else court, role and the word roster."""
    if request.title:
        return request.title
    court = str(pool.setting("court").get("name", ""))
    what = word("role", request.role) if request.role else _("Judicial experts")
    return _("{court}{what} roster").format(court=court if language() != "en" else f"{court} ".lstrip(), what=what)


def roster_table(pool: Pool, request: RosterRequest, most: int | None = None, progress: Progress = SILENT, *,
                 revealed: bool = False) -> RosterTable:
    """The roster as heads and rows; ``most`` cuts it for a preview. Personal numbers are masked unless ``revealed``,
    and then only those are in full that the purpose needs."""
    ids = people_ids(pool, PeopleQuery(role=request.role, search=request.search))
    wanted = list(ids[:most] if most is not None else ids)
    purpose = purpose_of(request)
    columns, full = purpose["columns"], frozenset(purpose["full"] if revealed else ())
    rows: list[tuple[Any, list[Any]]] = []
    for part in chunks(wanted, PAGE):
        progress.step(len(rows), len(wanted), _("Roster"))
        loads = {row.person_id: row.open_cases for row in people_rows(pool, part)}
        with pool.read() as session:
            for detail in load_details(session, part, shown=full):
                values = _values(detail, request.role) | {"open_cases": loads.get(detail.id, 0)}
                rows.append((values["fields"] or "\uffff", [values.get(c["key"], "") for c in columns]))
    if request.order == "field":
        rows.sort(key=lambda row: row[0])
    content = [row for _key, row in rows]
    for number, row in enumerate(content, 1):
        row[0] = number
    heads = [EXPERTS.in_roster[column["key"]].shown for column in columns]
    parts = [request.edition, _("as of {day}").format(day=today()), _("{count} people").format(count=len(ids))]
    return RosterTable(roster_title(pool, request), "    ".join(part for part in parts if part), columns, heads,
                       content)


def export_roster(pool: Pool, path: Path, request: RosterRequest, progress: Progress = SILENT) -> JsonObject:
    """Write the roster as a styled workbook; the journal notes who took which roster out, for whom.

    Returns path, title, number of people, the copy's number, notices. Raises a sentence where the file cannot be
    written, ``roster.receiver`` or ``reveal.reason`` where the purpose asks for more. Also raises
    ``roster.receiver_long`` and ``roster.receiver_path``.
    """
    from expertpool.spreadsheets.sheet_layout import ColumnStyle, SheetLayout
    from expertpool.spreadsheets.writing import write_workbook

    purpose = purpose_of(request)
    receiver = _receiver(request)
    if purpose["receiver"] and not receiver:
        raise UserProblem("roster.receiver")
    full = bool(purpose["full"])
    if full:
        demand(pool.actor, "reveal")
        if not request.reason.strip():
            raise UserProblem("reveal.reason")
    table = roster_table(pool, request, progress=progress, revealed=full)
    copy = secrets.token_hex(4).upper()
    mark = _copy_mark(pool, receiver, copy)
    layout = SheetLayout(
        name=_("Roster"), title=table.title, subtitle=f"{table.subtitle}    {mark}", headers=table.heads,
        rows=table.rows,
        widths=[column["width"] for column in table.columns],
        text_columns=frozenset(i for i, column in enumerate(table.columns, 1) if column.get("text")),
        column_styles={i: ColumnStyle(align="center") for i, column in enumerate(table.columns, 1)
                       if column.get("align") == "center"},
        page_footer=mark.replace("&", "&&") + "    " + _("Page &P of &N"))
    with pool.write("export roster", always=True, title=table.title, people=len(table.rows), file=path.name,
                    purpose=request.purpose, receiver=receiver, reason=request.reason.strip(),
                    full=purpose["full"], copy=copy):
        pass  # noted before the file is there: no copy leaves without its entry
    notices: Sequence[Problem] = write_workbook(path, [layout], progress=progress)
    return {"file": str(path), "title": table.title, "people": len(table.rows), "copy": copy,
            "notices": [notice.text for notice in notices]}


def _receiver(request: RosterRequest) -> str:
    """Who gets the copy, in one line. Raises ``roster.receiver_path`` for the place of a file, such as one dropped on
    the field: it stands on every page that leaves the court."""
    receiver = " ".join(strip_controls(request.receiver).split())
    if any(sign in receiver for sign in "/\\") or receiver.casefold().startswith("file:"):
        raise UserProblem("roster.receiver_path", receiver=receiver[:RECEIVER])
    if len(receiver) > RECEIVER:
        raise UserProblem("roster.receiver_long", most=RECEIVER)
    return receiver


def _copy_mark(pool: Pool, receiver: str, copy: str) -> str:
    """What stands on every page of a copy, so that one found elsewhere leads back to its entry in the journal."""
    whom = _("for {receiver}").format(receiver=receiver) if receiver else ""
    return " ".join(filter(None, [_("Copy {number}").format(number=copy), whom, pool.actor.name, str(today())]))


def _values(detail: PersonDetail, role: str) -> JsonObject:
    values, children, job = detail.values, detail.children, detail.current_job
    terms = [term for term in children["roles"] if term["state"] == "active" and (not role or term["role"] == role)]
    phones = [phone["number"] for phone in children["phones"] if phone["kind"] == "mobile"]
    fields = [_field_words(row["code"]) for row in sorted(children["fields_"], key=lambda row: not row["main"])]
    unit = " ".join(part for part in (job["employer"], job["department"]) if part)
    own = {field.roster: word(field.vocabulary, values[field.key]) if field.vocabulary else values[field.key]
           for field in PERSON.fields if field.roster and field.key in values}
    return own | {
        "name": detail.name, "birth": values["birth"][:7], "employer": unit, "position": job["position"],
        "position_title": "／".join(part for part in (job["position"], values["title"]) if part),
        "fields": "；".join(dict.fromkeys(fields)),
        "specialties": "、".join(row["text"] for row in children["specialties"]),
        "roles": "、".join(dict.fromkeys(word("role", term["role"]) for term in terms)),
        "term": "；".join(dict.fromkeys(_term(term) for term in terms if _term(term))),
        "phone": phones[0] if phones else "",
    }


def _field_words(code: str) -> str:
    fields = tree()
    return f"{fields.title(code)} {code}" if fields.node(code).kind == "subclass" else fields.title(code)


def _term(term: JsonObject) -> str:
    if term["start"] or term["end"]:
        return _("{start} to {end}").format(start=term["start"] or "…", end=term["end"] or "…")
    return str(term["term_text"])
