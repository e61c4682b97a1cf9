"""Who may take back what (撤销权限): whoever may do an operation may undo it; what others did needs an office for it.

Undo would otherwise be a key to everything: its inverse writes the same records as the operation itself.
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
    """The operation that would be undone next: number of its entry, moment (UTC), who did it, what it was."""

    entry: int
    at: str
    actor: str
    what: str


def demand_undo(session: Session, actor: Actor, number: int) -> None:
    """Ask whether ``actor`` may reverse a journal entry, inside the transaction that would do it.

    Undoing needs the permission of the operation that is reversed, and the office ``undo of others`` where somebody
    else did it. Raises ``undo.permission``, ``undo.others``, ``undo.nothing``.
    """
    entry = session.get(JournalEntry, number)
    if entry is None:
        raise UserProblem("undo.nothing")
    operation, what = _first_of(session, entry).operation, operation_name(entry.operation)
    if not may(actor, operation):
        raise UserProblem("undo.permission", what=what, actor=actor.name, office=office_word(actor.office))
    demand_whose(actor, entry.actor, what)


def may_undo(actor: Actor, operation: str, whose: str) -> bool:
    """Whether a list should offer to undo somebody's operation (for entries that are no undo themselves)."""
    return may(actor, UNDO) and may(actor, operation) and (whose == actor.name or may(actor, OTHERS))


def demand_whose(actor: Actor, whose: str, what: str) -> None:
    """Raise ``undo.others`` where ``whose`` operation it was is not the actor and the office does not allow it."""
    if whose != actor.name and not may(actor, OTHERS):
        raise UserProblem("undo.others", what=what, whose=whose, actor=actor.name, office=office_word(actor.office))


def next_undo(session: Session, actor: Actor) -> UndoOffer | None:
    """What Ctrl+Z would undo for this actor; None where there is nothing."""
    demand(actor, UNDO)
    found = last_undoable(session, actor.name)
    return None if found is None else UndoOffer(int(found.id or 0), found.at, found.actor,
                                                operation_name(found.operation))


def _first_of(session: Session, entry: JournalEntry) -> JournalEntry:
    """The operation at the beginning of a chain of undo and redo: who redoes something does it."""
    seen = {entry.id}
    while entry.undoes_id is not None and entry.undoes_id not in seen:
        before = session.get(JournalEntry, entry.undoes_id)
        if before is None:
            break
        seen.add(before.id)
        entry = before
    return entry
