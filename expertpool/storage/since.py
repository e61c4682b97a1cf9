"""What changed since a moment (增量变化): used to update whatever is kept in memory or on disk."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.foundation.json_values import JsonObject
from expertpool.storage.journal import changes_of
from expertpool.storage.queries import id_of
from expertpool.storage.tables import JournalChange, JournalEntry
from expertpool.storage.transaction import OWNERS

MOST = 5000  # above this, report "many changed" instead of listing ids


@dataclass(frozen=True, slots=True)
class Moment:
    """A state of the pool: its newest journal entry and that entry's hash."""

    entry: int = 0
    hash: str = ""


def now(session: Session) -> Moment:
    """The state that this session sees."""
    newest = select(id_of(JournalEntry), col(JournalEntry.hash)).order_by(id_of(JournalEntry).desc()).limit(1)
    row = session.execute(newest).first()
    return Moment(int(row[0]), row[1]) if row else Moment()


def touched_since(session: Session, moment: Moment) -> dict[str, set[int]] | None:
    """Ids by kind of everything written after ``moment``, including the person, case or unit to which each record
    belongs.

    None if ``moment`` is no state of this pool (another file, a restored backup) or too much was written since.
    """
    if moment.entry and session.scalar(select(col(JournalEntry.hash)).where(
            id_of(JournalEntry) == moment.entry)) != moment.hash:
        return None
    if (session.scalar(select(func.sum(JournalChange.count)).where(
            col(JournalChange.entry_id) > moment.entry)) or 0) > MOST:
        return None
    touched: dict[str, set[int]] = {}
    entries = session.scalars(select(col(JournalChange.entry_id)).where(
        col(JournalChange.entry_id) > moment.entry).distinct())
    for entry in sorted(entries):
        for change in changes_of(session.connection(), entry):
            touched.setdefault(change.table, set()).add(change.id)
            for image in (change.before, change.after):
                _note_owners(touched, image or {})
    return touched


def _note_owners(touched: dict[str, set[int]], image: JsonObject) -> None:
    for column, kind in OWNERS.items():
        if image.get(column):
            touched.setdefault(kind, set()).add(int(image[column]))
