"""What the window asks about the signed-in account (登录状态): office, idle lock, unlocking a locked window."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.accounts import (
    SignedPool,
    account_rules,
    as_now,
    is_closed,
    may_come_by_itself,
    os_user,
    sign_in,
)
from expertpool.accounts.permissions import Actor, may
from expertpool.foundation.problems import UserProblem
from expertpool.storage.tables import Account


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who acts and how. ``closed``: signing in is required; ``idle_minutes``: minutes without input until the window
    locks, 0 for never; ``comes_by_itself``: the account remembers the user of this computer."""

    name: str
    office: str
    closed: bool = False
    display_name: str = ""
    has_password: bool = False
    must_change: bool = False
    idle_minutes: int = 0
    comes_by_itself: bool = False
    may_come_by_itself: bool = False


def signed_in(pool: SignedPool) -> SignedIn:
    """Office and state of the actor. Needs no permission, so that a window can ask who should sign in."""
    closed = is_closed(pool.database)
    with pool.database.read() as session:
        actor = pool.actor = as_now(session, pool.actor)
        rules = account_rules(session)
        query = select(Account).where(col(Account.name) == actor.name)
        found = session.scalars(query).first() if actor.name else None
        if found is None:
            return SignedIn(actor.name, actor.office, closed)
        has_password = bool(found.password_hash)
        return SignedIn(actor.name, actor.office, closed, found.display_name, has_password, found.must_change,
                        int(rules["idle_minutes"]) if has_password else 0,
                        bool(found.os_user) and found.os_user == os_user(), may_come_by_itself(actor, rules))


def reopen(pool: SignedPool, name: str, password: str) -> Actor:
    """Unlock a locked window: by the account that locked it, or by an administrator, who then becomes the actor.

    Raises ``account.window_held`` to everybody else, and whatever :func:`sign_in` raises.
    """
    holder = pool.actor
    actor = sign_in(pool, name, password)
    if actor.name != holder.name and not may(actor, "manage accounts"):
        pool.actor = holder
        raise UserProblem("account.window_held", name=holder.name)
    return actor
