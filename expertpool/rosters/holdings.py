"""What the pool holds on somebody (本人信息副本): all of it, for the person; with who looked at it and why."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from expertpool.accounts.pool_protocol import Pool
from expertpool.assignments.service import assignment_rows
from expertpool.experts.additions import CHILD_TABLES
from expertpool.experts.details import HIDDEN_CHILD, note_reveal, person_detail
from expertpool.rules import vocabulary
from expertpool.safekeeping.change_words import column_word, is_inner, value_words
from expertpool.storage.tables import JournalEntry

LATEST = 200  # entries of the access log


@dataclass(frozen=True, slots=True)
class Holdings:
    """Sections in the order of printing: title → rows of (name, value)."""

    name: str
    uid: str
    sections: dict[str, list[tuple[str, str]]]


def holdings(pool: Pool, uid: str, reason: str) -> Holdings:
    """A copy of what is held on a person, for the person (个人信息保护法 art. 45); noted as a reveal with its reason.

    Sections: own values, each kind of child row, sources, assignments, who saw full numbers.
    """
    note_reveal(pool, reason, [uid])
    detail = person_detail(pool, uid, revealed=True)
    sections = {"person": [(column_word("person", name), value_words("person", name, value))
                           for name, value in {"name": detail.name, "state": detail.state, **detail.values}.items()
                           if value not in ("", None, {})]}
    for kind, rows in detail.children.items():
        if rows:
            table = str(CHILD_TABLES[kind].__tablename__)
            sections[kind] = [(str(place), _row(table, row)) for place, row in enumerate(rows, 1)]
    if detail.sources:
        sections["sources"] = [(str(row["at"])[:10], f"{row['file']} {row['sheet']} {row['row']} ({row['operator']})")
                               for row in detail.sources]
    served = assignment_rows(pool, person=uid)
    if served:
        sections["assignments"] = [(str(row["case"]), " ".join(filter(None, (
            vocabulary.word("role", row["role"]), vocabulary.word("assignment_state", row["state"]),
            row["appointed_on"])))) for row in served]
    sections["access"] = _access(pool, uid)
    return Holdings(detail.name, detail.uid, sections)


def _row(table: str, row: dict[str, Any]) -> str:
    return "；".join(f"{column_word(table, name)} {value_words(table, name, value)}" for name, value in row.items()
                    if value not in ("", None, [], {}, False) and name not in HIDDEN_CHILD and not is_inner(name))


def _access(pool: Pool, uid: str) -> list[tuple[str, str]]:
    """When full numbers were shown, to whom, why."""
    with pool.read() as session:
        entries = session.execute(select(JournalEntry.at, JournalEntry.actor, JournalEntry.words).where(
            JournalEntry.operation == "reveal").order_by(JournalEntry.id.desc())).all()
    return [(at[:19].replace("T", " "), f"{actor}: {words.get('reason', '')}")
            for at, actor, words in entries if uid in words.get("people", ())][:LATEST]

