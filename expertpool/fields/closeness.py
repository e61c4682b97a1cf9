"""How near two technical fields are (领域接近程度): the finest level of the tree that both share."""

from dataclasses import dataclass
from functools import cache, lru_cache

from expertpool.fields import taxonomy
from expertpool.fields.symbols import Parts, parts
from expertpool.fields.tree import tree

LEVELS = ("subgroup", "main_group", "subclass", "class", "wipo", "group", "none")  # finest first


@dataclass(frozen=True, slots=True)
class Closeness:
    """``level`` is one of :data:`LEVELS`; ``value`` between 0 and 1, larger is nearer."""

    level: str
    value: float


@cache
def _values() -> dict[str, float]:
    levels: dict[str, float] = taxonomy.document("closeness")["levels"]
    return levels


def worth(level: str) -> float:
    """The value (0 to 1) of a level."""
    return _values()[level]


@lru_cache(maxsize=65536)
def closeness(a: str, b: str) -> Closeness:
    """How near any two codes are (group, WIPO field, IPC symbol); symmetric. For an unknown code: not near at all."""
    level = _level(a, b)
    return Closeness(level, _values()[level])


def _level(a: str, b: str) -> str:
    first, second = parts(a), parts(b)
    if first and second and first.ipc_class == second.ipc_class:
        return _level_in_class(first, second)
    fields = tree()
    if a not in fields.groups and b not in fields.groups:
        shared = set(fields.wipo_fields(a)) & set(fields.wipo_fields(b))
        if shared or b in fields.bordering(a) or a in fields.bordering(b):
            return "wipo"
    return "group" if set(fields.groups_of(a)) & set(fields.groups_of(b)) else "none"


def _level_in_class(a: Parts, b: Parts) -> str:
    """Two symbols of one IPC class."""
    if not a.subclass or a.subclass != b.subclass:
        return "class"
    if not a.main_group or a.main_group != b.main_group:
        return "subclass"
    return "subgroup" if a.subgroup and a.subgroup == b.subgroup else "main_group"
