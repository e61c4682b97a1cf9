"""Who may do what (权限). Offices and the operations they allow are data: resources/rules/permissions.json."""

import getpass
import json
from dataclasses import dataclass
from functools import cache

from expertpool.foundation.places import resource
from expertpool.foundation.problems import UserProblem


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting: a name and an office (系统管理员, 专家库管理员 …)."""

    name: str
    office: str = "administrator"


def system_actor() -> Actor:
    """The user of this computer, as administrator of his own embedded pool."""
    try:
        return Actor(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return Actor("user")


@cache
def _offices() -> dict[str, list[str]]:
    data: dict[str, dict[str, list[str]]] = json.loads(
        resource("rules", "permissions.json").read_text(encoding="utf-8"))
    return data["offices"]


def may(actor: Actor, operation: str) -> bool:
    """Whether the office allows the operation; an office that does not exist allows nothing."""
    allowed = _offices().get(actor.office, [])
    return "*" in allowed or operation in allowed


def demand(actor: Actor, operation: str) -> None:
    """Raise ``permission.denied`` unless the actor may."""
    if not may(actor, operation):
        raise UserProblem("permission.denied", actor=actor.name, office=actor.office, operation=operation)
