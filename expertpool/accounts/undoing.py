"""Who may undo what (撤销权限): whoever may do an operation may undo it; undoing other people's work needs an office
for it.

Without this check undo would get round every permission: undoing writes the same stored records as the operation.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from expertpool.accounts.permissions import Actor, demand, may, office_word
from expertpool.foundation.problems import UserProblem
from expertpool.rules.operations import operation_name
from expertpool.storage.tables import JournalEntry
from expertpool.storage.undo import last_undoable

UNDO, OTHERS = "undo", "undo of others"


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """The operation that would be undone next: number of its journal entry, moment (UTC), actor, operation."""

    entry: int
    at: str
    actor: str
    what: str


def demand_undo(session: Session, actor: Actor, number: int) -> None:
    """Check, inside the undoing transaction, whether ``actor`` may undo a journal entry.

    This needs the permission of the operation that is undone, and ``undo of others`` where somebody else did it.
    Raises ``undo.permission``, ``undo.others``, ``undo.nothing``.
    """
    entry = session.get(JournalEntry, number)
    if entry is None:
        raise UserProblem("undo.nothing")
    operation, what = _first_of(session, entry).operation, operation_name(entry.operation)
    if not may(actor, operation):
        raise UserProblem("undo.permission", what=what, actor=actor.name, office=office_word(actor.office))
    demand_whose(actor, entry.actor, what)


def may_undo(actor: Actor, operation: str, whose: str) -> bool:
    """Whether a list should offer to undo this operation (for entries that are not themselves an undo)."""
    return may(actor, UNDO) and may(actor, operation) and (whose == actor.name or may(actor, OTHERS))


def demand_whose(actor: Actor, whose: str, what: str) -> None:
    """Raise ``undo.others`` if somebody else (``whose``) did the operation and the actor's office may not undo
    others' work."""
    if whose != actor.name and not may(actor, OTHERS):
        raise UserProblem("undo.others", what=what, whose=whose, actor=actor.name, office=office_word(actor.office))


def next_undo(session: Session, actor: Actor) -> UndoOffer | None:
    """What Ctrl+Z would undo for this actor; None where there is nothing."""
    demand(actor, UNDO)
    found = last_undoable(session, actor.name)
    return None if found is None else UndoOffer(int(found.id or 0), found.at, found.actor,
                                                operation_name(found.operation))


def _first_of(session: Session, entry: JournalEntry) -> JournalEntry:
    """The operation at the start of a chain of undo and redo: redoing it needs the permission to do it."""
    seen = {entry.id}
    while entry.undoes_id is not None and entry.undoes_id not in seen:
        before = session.get(JournalEntry, entry.undoes_id)
        if before is None:
            break
        seen.add(before.id)
        entry = before
    return entry
