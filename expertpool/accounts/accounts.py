"""Accounts (账户): who works with the pool, in which office, at which courts; signing in and locking out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.passwords import check_password, fits, hashed, is_outdated, shipped
from expertpool.accounts.permissions import SIGNED_OUT, Actor, demand, may, offices, system_actor
from expertpool.accounts.pool_protocol import Pool
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.process_owner import process_owner
from expertpool.foundation.uids import now_stamp
from expertpool.storage.database import Database
from expertpool.storage.queries import id_of
from expertpool.storage.tables import Account, Setting
from expertpool.storage.transaction import Transaction

OPERATION = "manage accounts"
SETTING = "accounts"
CHIEF = "administrator"
UNKNOWN = "?"  # stands in the journal for a name that belongs to no account


class SignedPool(Pool, Protocol):
    """A pool whose actor changes when somebody signs in."""

    database: Database
    actor: Actor


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """Values of an account, to be stored; ``courts`` are court codes such as 辽01, empty for every court."""

    name: str
    display_name: str = ""
    office: str = "reader"
    courts: tuple[str, ...] = ()
    os_user: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as lists show it, without its password hash."""

    name: str
    display_name: str
    office: str
    courts: tuple[str, ...]
    os_user: str
    active: bool
    has_password: bool
    must_change: bool
    locked_until: str
    last_signed_in_at: str

    def draft(self) -> AccountDraft:
        """What may be changed of it, as it was read."""
        return AccountDraft(self.name, self.display_name, self.office, self.courts, self.os_user, self.active)


def account_rules(session: Session) -> JsonObject:
    """Password rules, lock-out, idle minutes: as shipped, with the court's changes."""
    found = session.scalars(select(col(Setting.value)).where(col(Setting.key) == SETTING)).first()
    return shipped() | dict(found or {})


def os_user() -> str:
    """The user and computer as an account remembers them, taken from the operating system and not from what the
    caller says."""
    return process_owner().id


# -- who acts when a pool is opened
def first_actor(database: Database) -> Actor:
    """Who acts before anybody signs in.

    While no account has a password, this is the user of the computer, as administrator. Otherwise it is the account
    that remembers this computer's user, if the court allows that; else nobody. Raises ``account.missing``.
    """
    with database.read() as session:
        if not _closed(session):
            return system_actor()
        rules = account_rules(session)
        found = session.scalars(select(Account).where(col(Account.os_user) == os_user(),
            col(Account.active).is_(True))).first()
        if found is None or _is_locked(found) or not may_come_by_itself(_actor(found), rules):
            return SIGNED_OUT
        name = found.name
    with database.write(name, "sign in", {"always": True, "step": "computer"}) as transaction:
        account = _account(transaction, name)
        account.last_signed_in_at = transaction.stamp
        return _actor(account)


def may_come_by_itself(actor: Actor, rules: JsonObject) -> bool:
    """Whether the court lets this office be signed in automatically as the user of the computer. Offices that manage
    accounts need a separate setting, which is off as shipped."""
    return bool(rules["os_user_signs_in"]) and (bool(rules["os_user_signs_in_managers"]) or not may(actor, OPERATION))


def is_closed(database: Database) -> bool:
    """Whether signing in is required."""
    with database.read() as session:
        return _closed(session)


def _closed(session: Session) -> bool:
    return any(session.scalars(select(col(Account.password_hash)).where(col(Account.active).is_(True))))


def sign_in(pool: SignedPool, name: str, password: str) -> Actor:
    """Sign in to the account with this name. Raises ``account.wrong`` (name or password, not said which) or
    ``account.locked``.

    Failed attempts are counted in the database, so that all windows share the count, and noted in the journal.
    """
    with pool.database.read() as session:
        rules = account_rules(session)
        known = session.scalars(select(col(Account.name)).where(col(Account.name) == name.strip())).first()
    problem: UserProblem | None = None
    # people type passwords into the name field: only names of existing accounts go into the journal
    with pool.database.write(known or UNKNOWN, "sign in", {"always": True}) as transaction:
        account = transaction.session.scalars(select(Account).where(col(Account.name) == name.strip())).first()
        right = fits(account.password_hash if account else "", password, rules)
        if account is None or not account.active or (not right and not _is_locked(account)):
            problem = UserProblem("account.wrong")
            _count_failure(transaction, account, rules)
        elif _is_locked(account):
            transaction.operation, problem = "sign in failed", UserProblem("account.locked", until=_local(account))
        else:
            account.failures, account.locked_until, account.last_signed_in_at = 0, "", transaction.stamp
            if is_outdated(account.password_hash, rules):
                account.password_hash = hashed(password, rules)
            pool.actor = _actor(account)
    if problem is not None:
        raise problem
    return pool.actor


def _count_failure(transaction: Transaction, account: Account | None, rules: JsonObject) -> None:
    transaction.operation = "sign in failed"
    if account is None:
        return
    account.failures += 1
    if account.failures >= rules["lock_out"]["failures"]:
        until = datetime.now(UTC) + timedelta(minutes=rules["lock_out"]["minutes"])
        account.failures, account.locked_until = 0, until.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def sign_out(pool: SignedPool) -> None:
    """Sign out; afterwards nobody is acting."""
    pool.actor = SIGNED_OUT


def must_change(pool: SignedPool) -> bool:
    """Whether the signed-in account must choose a new password first."""
    with pool.database.read() as session:
        return bool(session.scalar(select(col(Account.must_change)).where(col(Account.name) == pool.actor.name)))


# -- keeping accounts
def accounts(pool: Pool) -> list[AccountRow]:
    """All accounts by name."""
    demand(pool.actor, OPERATION)
    with pool.read() as session:
        return [AccountRow(one.name, one.display_name, one.office, tuple(one.courts), one.os_user, one.active,
                           bool(one.password_hash), one.must_change, one.locked_until if _is_locked(one) else "",
                           one.last_signed_in_at)
                for one in session.scalars(select(Account).order_by(Account.name))]


def add_account(pool: Pool, draft: AccountDraft, password: str = "") -> Changes:
    """Add an account. The first must be an administrator with a password; from then on signing in is required.

    Raises ``account.by_itself``, ``account.chief``, ``account.known`` and ``account.needs``.
    """
    with pool.write(OPERATION, step="add", name=draft.name.strip()) as transaction:
        rules = account_rules(transaction.session)
        _check_draft(draft, rules)
        if transaction.session.scalars(select(id_of(Account)).where(col(Account.name) == draft.name.strip())).first():
            raise UserProblem("account.known", name=draft.name.strip())
        first = (
            transaction.session.scalars(select(id_of(Account)).limit(1)).first() is None
        )  # whoever creates the first account chose its password
        account = Account(name=draft.name.strip(), must_change=bool(password) and not first)
        _apply(account, draft)
        if password:
            check_password(password, account.name, rules)
            account.password_hash, account.password_changed_at = hashed(password, rules), transaction.stamp
        transaction.add(account)
        _demand_chief(transaction)
    return transaction.result()


def change_account(pool: Pool, draft: AccountDraft, before: AccountDraft | None = None) -> Changes:
    """Change office, courts, display name or active state of the account with the draft's name.

    ``before``: what the account was when it was read; raises ``record.changed`` where somebody changed it since. The
    record's version would not do: it rises with every sign-in. Raises ``account.by_itself``, ``account.chief``,
    ``account.missing`` and ``account.needs``.
    """
    with pool.write(OPERATION, step="change", name=draft.name) as transaction:
        _check_draft(draft, account_rules(transaction.session))
        account = _account(transaction, draft.name)
        if before is not None and before != _as_draft(account):
            raise UserProblem("record.changed", uid=account.uid)
        _apply(account, draft)
        transaction.session.flush()
        _demand_chief(transaction)
    return transaction.result()


def set_password(pool: Pool, name: str, new: str, old: str = "") -> Changes:
    """Set a password: one's own by giving the old one, or, as administrator, somebody else's, who must then change
    it.

    Raises ``account.chief``, ``account.missing``, ``account.old``, ``account.same`` and ``permission.signed_out``.
    """
    own = name == pool.actor.name
    if not own:
        demand(pool.actor, OPERATION)
    elif not pool.actor.office:
        raise UserProblem("permission.signed_out")
    with pool.own_write("set password", name=name) as transaction:
        rules, account = account_rules(transaction.session), _account(transaction, name)
        if own and account.password_hash and not fits(account.password_hash, old, rules):
            raise UserProblem("account.old")
        check_password(new, name, rules)
        if own and account.password_hash and new == old:
            raise UserProblem("account.same")
        account.password_hash, account.password_changed_at = hashed(new, rules), transaction.stamp
        account.must_change, account.failures, account.locked_until = not own, 0, ""
        transaction.session.flush()
        _demand_chief(transaction)
    return transaction.result()


def unlock_account(pool: Pool, name: str) -> Changes:
    """Unlock an account that was locked after failed attempts. Raises ``account.missing``."""
    with pool.write(OPERATION, step="unlock", name=name) as transaction:
        account = _account(transaction, name)
        account.failures, account.locked_until = 0, ""
    return transaction.result()


def remember_os_user(pool: Pool, on: bool) -> Changes:
    """Have the actor's account remember the user of this computer, to sign in without a password; ``on=False`` ends
    it.

    Raises ``account.by_itself`` and ``account.missing``.
    """
    with pool.own_write("remember user", name=pool.actor.name) as transaction:
        account = _account(transaction, pool.actor.name)
        if on and not may_come_by_itself(_actor(account), account_rules(transaction.session)):
            raise UserProblem("account.by_itself", name=account.name)
        user = os_user()
        for other in transaction.session.scalars(
            select(Account).where(col(Account.os_user) == user, id_of(Account) != account.id)
        ):
            other.os_user = ""
        account.os_user = user if on else ""
    return transaction.result()


def holds_office(session: Session, name: str, operation: str) -> bool:
    """Whether an active account of this name may do the operation."""
    found = session.scalars(select(Account).where(col(Account.name) == name, col(Account.active).is_(True))).first()
    return found is not None and may(_actor(found), operation)


def duties_apart(session: Session) -> bool:
    """Whether duties must be separated (职责分离): as soon as signing in is required."""
    return _closed(session)


def _check_draft(draft: AccountDraft, rules: JsonObject) -> None:
    if not draft.name.strip() or draft.office not in offices():
        raise UserProblem("account.needs", offices=", ".join(offices()))
    if draft.os_user and draft.active and not may_come_by_itself(Actor(draft.name, draft.office), rules):
        raise UserProblem("account.by_itself", name=draft.name)


def _apply(account: Account, draft: AccountDraft) -> None:
    account.display_name, account.office, account.courts = draft.display_name, draft.office, list(draft.courts)
    account.os_user, account.active = draft.os_user, draft.active


def _as_draft(account: Account) -> AccountDraft:
    return AccountDraft(account.name, account.display_name, account.office, tuple(account.courts), account.os_user,
                        account.active)


def _account(transaction: Transaction, name: str) -> Account:
    found = transaction.session.scalars(select(Account).where(col(Account.name) == name)).first()
    if found is None:
        raise UserProblem("account.missing", name=name)
    return found


def _demand_chief(transaction: Transaction) -> None:
    """Once there are accounts, at least one must be an active administrator with a password."""
    chiefs = transaction.session.scalars(select(col(Account.password_hash)).where(
        col(Account.office) == CHIEF, col(Account.active).is_(True)))
    if transaction.session.scalar(select(func.count()).select_from(Account)) and not any(chiefs):
        raise UserProblem("account.chief")


def _actor(account: Account) -> Actor:
    return Actor(account.name, account.office, tuple(account.courts), account=int(account.id or 0))


def as_now(session: Session, actor: Actor) -> Actor:
    """The actor as the account is stored now: another window may have closed it or changed its office."""
    if not actor.account or actor.past:
        return actor
    account = session.get(Account, actor.account)
    return _actor(account) if account is not None and account.active else SIGNED_OUT


def _is_locked(account: Account) -> bool:
    return account.locked_until > now_stamp()


def _local(account: Account) -> str:
    return datetime.fromisoformat(account.locked_until).astimezone().strftime("%H:%M")
