"""A pool with accounts of every office, for tests of what each may do."""

from typing import Any

import pytest

from expertpool.accounts.accounts import AccountDraft, add_account
from expertpool.accounts.permissions import Actor
from expertpool.foundation.problems import ExpectedError
from expertpool.pool import ExpertPool

CHIEF, SECRET = "王主任", "Court 2026!"
PEOPLE = {"importer": "人事", "register_keeper": "库管", "case_manager": "案管", "supervisor": "监督", "reader": "读者"}


def close(pool: ExpertPool) -> None:
    """Give the pool an administrator and one account of each other office; nobody else may come in."""
    add_account(pool, AccountDraft(CHIEF, "王", "administrator"), SECRET)
    for office, name in PEOPLE.items():
        add_account(pool, AccountDraft(name, office=office), f"{office} 1A")


def act_as(pool: ExpertPool, office: str, courts: tuple[str, ...] = ()) -> None:
    """From now on the account of this office acts."""
    pool.actor = Actor(PEOPLE.get(office, CHIEF), office, courts)


def refused(verb: Any, *given: Any, **named: Any) -> str:
    """The code of the sentence with which a call is refused."""
    with pytest.raises(ExpectedError) as error:
        verb(*given, **named)
    return error.value.code
