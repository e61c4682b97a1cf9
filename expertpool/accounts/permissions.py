"""Who may do what (权限). Offices and the operations they allow are data: resources/rules/permissions.json."""

from dataclasses import dataclass, field
from functools import cache

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import language
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.process_owner import process_owner
from expertpool.rules.operations import Operation

READ = "read"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting: a name and an office (系统管理员, 专家库管理员 …).

    ``courts``: codes of the courts where the office is held, for operations on cases; empty for every court.
    ``past``: the day whose pool is looked at (回到某一天), which can be read and nothing else; empty for today's.
    ``account``: number of the account that signed in, 0 where none did.
    """

    name: str
    office: str = "administrator"
    courts: tuple[str, ...] = ()
    past: str = ""
    account: int = field(default=0, compare=False)


SIGNED_OUT = Actor("", "")


def system_actor() -> Actor:
    """The user of this computer, as administrator of the embedded pool."""
    return Actor(process_owner().name)


@cache
def _content() -> JsonObject:
    from expertpool.foundation.data_file import plain_of, read  # pydantic is imported only when needed
    from expertpool.rules.schemas.house import Permissions

    return plain_of(read(Permissions))


def offices() -> tuple[str, ...]:
    """All offices, the most powerful first."""
    return tuple(_content()["offices"])


def operations() -> tuple[str, ...]:
    """Every operation for which a permission can be given."""
    return tuple(_content()["operations"])


def office_word(office: str) -> str:
    """The office in words."""
    known = _content()["offices"].get(office)
    return str(known["en" if language() == "en" else "zh"]) if known else office


def operation_word(operation: str) -> str:
    """The operation in words, as permissions name it."""
    known = _content()["operations"].get(operation)
    return str(known["en" if language() == "en" else "zh"]) if known else operation


def is_case_bound(operation: str) -> bool:
    """Whether the operation belongs to cases, so that its permission is limited to certain courts."""
    return operation in _content()["case_bound"]


def may(actor: Actor, operation: str) -> bool:
    """Whether the office allows the operation; an office that does not exist allows nothing.

    Raises ``ValueError`` for an operation that does not exist: a misspelt one is a bug, not a refusal.
    """
    Operation(operation)
    if actor.past and operation not in _content()["of_the_past"]:
        return False
    allowed = _content()["offices"].get(actor.office, {"allow": ()})["allow"]
    return "*" in allowed or operation in allowed


def demand(actor: Actor, operation: str) -> None:
    """Raise ``permission.denied`` (``permission.signed_out`` where nobody is signed in) unless the actor may.

    Raises ``past.read_only``.
    """
    if may(actor, operation):
        return
    if actor == SIGNED_OUT:
        raise UserProblem("permission.signed_out")
    if actor.past and operation not in _content()["of_the_past"]:
        raise UserProblem("past.read_only", day=actor.past)
    raise UserProblem("permission.denied", actor=actor.name, office=office_word(actor.office),
                      operation=operation_word(operation))


def demand_courts(actor: Actor, operation: str, courts: set[str]) -> None:
    """Raise ``permission.other_court`` where the operation touches a case of a court that is not the actor's."""
    if actor.courts and is_case_bound(operation) and (strange := courts - set(actor.courts) - {""}):
        raise UserProblem("permission.other_court", actor=actor.name, court="、".join(sorted(strange)))
