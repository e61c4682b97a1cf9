"""A person's own copy (本人信息副本): everything the pool holds on that person, with who looked at it and why."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.assignments.service import assignment_rows
from expertpool.documents.paper import Block, Facts, Heading, Paper, Text
from expertpool.experts.additions import CHILD_TABLES
from expertpool.experts.details import HIDDEN_CHILD, note_reveal, person_detail
from expertpool.foundation.dates import local_time, today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import N_, _
from expertpool.foundation.text import joined
from expertpool.rules import vocabulary
from expertpool.safekeeping.change_words import column_word, is_inner, value_words
from expertpool.storage.queries import id_of
from expertpool.storage.tables import JournalEntry

LATEST = 200  # most entries of the access log
SECTIONS = {
    "person": N_("Personal details"), "phones": N_("Telephone"), "roles": N_("Roles and terms"),
    "employments": N_("Employers"), "fields_": N_("Technical fields"), "specialties": N_("Specialities"),
    "licences": N_("Licences"), "interests": N_("Interests"), "declarations": N_("Declarations"),
    "unavailable": N_("Not available"), "achievements": N_("Achievements"), "evaluations": N_("Evaluations"),
    "sources": N_("Where it came from"), "assignments": N_("Appointments"),
    "access": N_("Who saw full numbers, and why")}

STAMPS = {"created_at": N_("Entered in the pool"), "changed_at": N_("Last changed")}


@dataclass(frozen=True, slots=True)
class Holdings:
    """Sections in printing order: title → rows of (name, value)."""

    name: str
    uid: str
    sections: dict[str, list[tuple[str, str]]]


def personal_copy(pool: Pool, uid: str, reason: str) -> Paper:
    """The copy as a paper for the person (uid); the journal notes it, with the reason, as showing full numbers."""
    return copy_of(holdings(pool, uid, reason), pool.name)


def copy_of(found: Holdings, court: str) -> Paper:
    """Every section as a ruled table, with the window's words; for holdings that were already read."""
    blocks: list[Block] = [Text(joined(court, found.name, str(today())), "center")]
    for section, rows in found.sections.items():
        if rows:
            blocks += [Heading(_(SECTIONS.get(section, section))), Facts(tuple(rows))]
    return Paper(_("Copy of what is held on a person"), tuple(blocks), look="dense")


def holdings(pool: Pool, uid: str, reason: str) -> Holdings:
    """Everything held on a person, for the person (个人信息保护法 art. 45); the journal notes it as showing full
    numbers.

    Sections: own values, each kind of child row, sources, assignments, who saw full numbers.
    """
    note_reveal(pool, reason, [uid])
    detail = person_detail(pool, uid, revealed=True)
    own = {"name": detail.name, "state": detail.state, **detail.values}
    sections = {"person": [_own(name, value) for name, value in own.items() if value not in ("", None, {})]}
    for kind, rows in detail.children.items():
        if rows:
            table = str(CHILD_TABLES[kind].__tablename__)
            sections[kind] = [(str(place), _row(table, row)) for place, row in enumerate(rows, 1)]
    if detail.sources:
        sections["sources"] = [(str(row["at"])[:10], f"{row['file']} {row['sheet']} {row['row']} ({row['operator']})")
                               for row in detail.sources]
    served = assignment_rows(pool, person=uid)
    if served:
        sections["assignments"] = [(str(row.case), " ".join(filter(None, (
            vocabulary.word("role", row.role), vocabulary.word("assignment_state", row.state),
            row.appointed_on)))) for row in served]
    sections["access"] = _access(pool, uid)
    return Holdings(detail.name, detail.uid, sections)


def _own(name: str, value: object) -> tuple[str, str]:
    if name in STAMPS:
        return _(STAMPS[name]), local_time(str(value))
    return column_word("person", name), value_words("person", name, value)


def _row(table: str, row: JsonObject) -> str:
    return "；".join(f"{column_word(table, name)} {value_words(table, name, value)}" for name, value in row.items()
                    if value not in ("", None, [], {}, False) and name not in HIDDEN_CHILD and not is_inner(name))


def _access(pool: Pool, uid: str) -> list[tuple[str, str]]:
    """When full numbers were shown, to whom, and why."""
    with pool.read() as session:
        entries = session.execute(select(col(JournalEntry.at), col(JournalEntry.actor),
            col(JournalEntry.words)).where(
            col(JournalEntry.operation) == "reveal").order_by(id_of(JournalEntry).desc())).all()
    return [(at[:19].replace("T", " "), f"{actor}: {words.get('reason', '')}")
            for at, actor, words in entries if uid in words.get("people", ())][:LATEST]

