"""What a restore would do to accounts and rules (账户与规则), and how the present accounts are kept.

Otherwise a backup older than the accounts would open the pool to everybody, and one of a year ago would give back
offices that were removed since.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from expertpool.foundation.json_values import JsonObject
from expertpool.storage.dump import Contents, Line, walk
from expertpool.storage.journal import Image
from expertpool.storage.queries import table_of
from expertpool.storage.tables import Account, Setting
from expertpool.storage.transaction import Transaction

ACCOUNT_RULES, RULES = "accounts", "rules"
CHIEF = "administrator"


@dataclass(frozen=True, slots=True)
class AccountDifference:
    """An account whose office, courts or right to sign in would change; "" where it did or does not exist."""

    name: str
    then: str
    now: str


@dataclass
class Guard:
    """What protects a pool, as a backup or an open pool has it: accounts by number and settings by key."""

    accounts: dict[int, Image] = field(default_factory=dict)
    settings: JsonObject = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        """Whether signing in is required: an administrator with a password exists."""
        return any(one["office"] == CHIEF and one["active"] and one["password_hash"]
                   for one in self.accounts.values())


def guard_in(lines: Iterable[Line]) -> tuple[Guard, Contents]:
    """The accounts and settings in a dump, and the other contents of the dump. Raises ``backup.damaged``."""
    found = Guard()

    def use(table: str, columns: list[str], rows: list[list[Any]]) -> None:
        for row in rows if table in ("account", "setting") else ():
            image = dict(zip(columns, row, strict=True))
            if table == "account":
                found.accounts[int(image["id"])] = image
            else:
                found.settings[str(image["key"])] = image["value"]

    return found, walk(lines, use)


def guard_of(connection: Connection) -> Guard:
    """The accounts and settings of an open pool."""
    accounts = connection.execute(select(table_of(Account))).mappings()
    settings = connection.execute(select(table_of(Setting))).mappings()
    return Guard({int(row["id"]): dict(row) for row in accounts}, {str(row["key"]): row["value"] for row in settings})


def account_differences(then: Guard, now: Guard) -> tuple[AccountDifference, ...]:
    """Every account that would come back, disappear or get another office, by name."""
    before = {str(one["name"]): _said(one) for one in then.accounts.values()}
    today = {str(one["name"]): _said(one) for one in now.accounts.values()}
    return tuple(AccountDifference(name, before.get(name, ""), today.get(name, ""))
                 for name in sorted(before.keys() | today.keys()) if before.get(name) != today.get(name))


def setting_differences(then: Guard, now: Guard) -> tuple[str, ...]:
    """Keys of the court's settings, and ids of its changed rules (``rules.R3``), that would change."""
    found: list[str] = []
    for key in sorted(then.settings.keys() | now.settings.keys()):
        before, today = then.settings.get(key) or {}, now.settings.get(key) or {}
        if before == today:
            continue
        if key == RULES:
            found += [f"{key}.{rule}" for rule in sorted(before.keys() | today.keys())
                      if before.get(rule) != today.get(rule)]
        else:
            found.append(key)
    return tuple(found)


def put_back_accounts(transaction: Transaction, today: Guard) -> None:
    """Put back the accounts and the rules of signing in as they are in ``today``; every change is written to the
    journal."""
    session = transaction.session
    there = guard_of(session.connection()).accounts
    other = [key for key, image in there.items() if image != today.accounts.get(key)]
    transaction.delete_many(Account, other)
    transaction.put_back(Account, [image for key, image in today.accounts.items()
                                   if key not in there or key in other])
    _put_back_rules(session, transaction, today.settings.get(ACCOUNT_RULES))


def _put_back_rules(session: Session, transaction: Transaction, value: Any) -> None:
    found = session.scalars(select(Setting).filter_by(key=ACCOUNT_RULES)).first()
    if found is None and value:
        transaction.add(Setting(key=ACCOUNT_RULES, value=value))
    elif found is not None and found.value != (value or {}):
        found.value = value or {}
        session.flush()


def _said(account: Image) -> str:
    courts = "、".join(account["courts"] or ())
    words = f"{account['office']} ({courts})" if courts else str(account["office"])
    return words if account["active"] else f"{words} ×"
