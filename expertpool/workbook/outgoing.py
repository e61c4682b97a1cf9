"""The pool as rows of the workbook's sheets (导出)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session
from sqlmodel import SQLModel, col

from expertpool.assignments.tables import Assignment
from expertpool.cases.tables import CourtCase, Party
from expertpool.experts.tables import Employment, Interest, Person, PersonField, Phone, RoleTerm, Specialty
from expertpool.fields.tree import tree
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.masking import hide
from expertpool.organisations.names import normalise
from expertpool.organisations.tables import Organisation
from expertpool.rules.vocabulary import choices
from expertpool.spreadsheets.workbook import Value
from expertpool.storage.queries import id_of, table_of
from expertpool.storage.records import entity
from expertpool.workbook.cells import CHINESE, write_cell
from expertpool.workbook.sheets import OWNER_KEYS, Column, SheetKind

Row = JsonObject


class Outgoing:
    """Turns records into cells; holds the names by which rows refer to each other."""

    def __init__(self, session: Session, *, revealed: bool) -> None:
        self.session, self.revealed = session, revealed
        self._jobs = _grouped(session, Employment, "employer", "department", "position", "current", "end")
        self._people = {row.id: (row.uid, row.name) for row in session.execute(
            select(id_of(Person), col(Person.uid), col(Person.name)))}
        self._cases = _names(session, id_of(CourtCase), col(CourtCase.number))
        self._units = _names(session, id_of(Organisation), col(Organisation.name))
        self._assignments = _names(session, id_of(Assignment), col(Assignment.uid))
        self._parties = {row.id: (row.side, row.name) for row in session.execute(
            select(id_of(Party), col(Party.side), col(Party.name)))}
        self._briefs = _Briefs(session, self._jobs)

    def rows(self, sheet: SheetKind) -> list[list[Value]]:
        """The rows of a sheet: those of one person or case together, in their own order."""
        stored = table_of(entity(sheet.table))
        columns = stored.c
        order = [columns[OWNER_KEYS[owner]] for owner in sheet.owners[:1] if sheet.key != "assignments"]
        order += [columns.place] if sheet.placed else []
        found = map(dict, self.session.execute(select(stored).order_by(*order, columns.id)).mappings())
        return [[self._cell(sheet, column, row) for column in sheet.columns] for row in found]

    def uids(self) -> list[str]:
        """The uids of everybody in the workbook."""
        return [uid for uid, _name in self._people.values()]

    def _cell(self, sheet: SheetKind, column: Column, row: Row) -> Value:
        if column.brief:
            return write_cell(column, self._briefs.value(column.key, row["id"]), revealed=self.revealed)
        if column.kind == "info":
            return tree().label(row["code"], CHINESE) if tree().knows(row["code"]) else ""
        if column.owner and column.kind == "text":
            return self._owner(column, row["person_id"])
        if column.fills:
            named = self._reference(column, row)
            return named if self.revealed else hide(named)
        if column.guide:
            return write_cell(column, self._parties.get(row["party_id"], ("", ""))[0], revealed=self.revealed)
        return write_cell(column, row[column.key], revealed=self.revealed)

    def _owner(self, column: Column, person: int) -> str:
        uid, name = self._people[person]
        return str({"person_uid": uid, "person_name": name}.get(column.key)
                   or current_job(self._jobs[person])["employer"])

    def _reference(self, column: Column, row: Row) -> str:
        number = row[column.fills]
        if number is None:
            return ""
        if column.kind == "unit":
            name = self._units.get(number, "")
            return "" if column.beside and normalise(name) == normalise(row[column.beside]) else name
        names: dict[str, Mapping[int, str | tuple[str, str]]] = {
            "person": self._people, "case": self._cases, "assignment": self._assignments, "party": self._parties}
        known = names[column.kind].get(number, "")
        if isinstance(known, tuple):
            return str(known[1] if column.kind == "party" else known[0])
        return str(known)


class _Briefs:
    """The summary columns of the sheet of experts: each person's jobs, roles, fields, phones in short."""

    def __init__(self, session: Session, jobs: dict[int, list[Row]]) -> None:
        self._jobs = jobs
        self._roles = _grouped(session, RoleTerm, "role", "start", "end", "state")
        self._fields = _grouped(session, PersonField, "code", "main")
        self._specialties = _grouped(session, Specialty, "text", "place")
        self._phones = _grouped(session, Phone, "kind", "number", "place")
        self._avoided = _grouped(session, Interest, "kind", "unit")

    def value(self, key: str, person: int) -> Any:
        """The stored form of a summary column."""
        if key in ("employer", "department", "position"):
            return current_job(self._jobs[person])[key]
        terms = sorted(self._roles[person], key=lambda term: term["state"] != "active")
        match key:
            case "roles":
                return list(dict.fromkeys(term["role"] for term in terms))
            case "term_start" | "term_end":
                return terms[0][key.removeprefix("term_")] if terms else ""
            case "specialties":
                return [row["text"] for row in sorted(self._specialties[person], key=lambda row: row["place"])]
            case "field_codes":
                return [row["code"] for row in sorted(self._fields[person], key=lambda row: not row["main"])]
            case "mobile":
                return next((row["number"] for row in self._phones[person] if row["kind"] == "mobile"), "")
            case _:
                return [row["unit"] for row in self._avoided[person] if row["kind"] == "avoid_unit" and row["unit"]]


def current_job(jobs: list[Row]) -> Row:
    """The present employment, or an empty row if there is none."""
    return min(jobs, key=lambda job: not job["current"], default={"employer": "", "department": "", "position": ""})


def explanation(kinds: Iterable[SheetKind]) -> list[list[Value]]:
    """The rows of the sheet 说明, which explains every column of every sheet."""
    rows: list[list[Value]] = []
    for kind in kinds:
        rows.append([kind.name, "", kind.key, kind.en, "", "", kind.about.get("zh", ""), kind.about.get("en", "")])
        for column in kind.columns:
            rows.append([kind.name, column.head, column.key, column.en, "是" if column.required else "",
                         choices_text(column), column.about.get("zh", ""), column.about.get("en", "")])
    return rows


def choices_text(column: Column) -> str:
    """The words that a column accepts; a long list is cut."""
    found = choices_of(column)
    return "、".join(found) if len(found) <= 30 else "、".join(found[:30]) + "……"


def choices_of(column: Column) -> list[str]:
    """The Chinese words of a column's vocabularies."""
    kinds = ("yes_no",) if column.kind == "yes_no" else column.words
    return list(dict.fromkeys(shown for kind in kinds for _code, shown in choices(kind, CHINESE)))


def _grouped(session: Session, table: type[SQLModel], *names: str) -> dict[int, list[Row]]:
    columns = table_of(table).c
    found: dict[int, list[Row]] = defaultdict(list)
    query = select(columns.person_id, *(columns[name] for name in names)).order_by(columns.id)
    for row in session.execute(query).mappings():
        found[row["person_id"]].append(dict(row))
    return found


def _names(session: Session, key: Mapped[int], name: Mapped[str]) -> dict[int, str]:
    return {number: text for number, text in session.execute(select(key, name))}

