"""Two people side by side (比对): value by value, which one to keep and why, and what they have in common."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.experts.details import PersonDetail, load_details, masked
from expertpool.experts.drafts import CHILDREN, OWN
from expertpool.experts.name_likeness import bare_spelling
from expertpool.experts.same_person import valid_number
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.sentences import sentence
from expertpool.foundation.text import fold
from expertpool.organisations.names import normalise
from expertpool.storage.records import METADATA

_KEYS = {
    "phones": ("number",), "roles": ("role", "body", "start", "end"), "fields_": ("code",),
    "interests": ("kind", "name", "unit"), "unavailable": ("start", "end"),
}


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One value of both people. ``suggestion`` is ``kept`` or ``other``, ``why`` a sentence.

    The sources say where each value was read: file, sheet, row, cells; None if entered by hand.
    """

    field: str
    kept: Any
    other: Any
    differs: bool
    suggestion: str
    why: str
    kept_source: JsonMapping | None = None
    other_source: JsonMapping | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """One entry of a list after the merge; ``side``: whether kept, other or both have it."""

    side: str
    values: JsonMapping


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two people side by side. ``lists``: phones, roles … → the entries that the merged person would have.

    ``expertpool.checks.merge_effects`` computes what the merge would change for conflicts and load.
    """

    kept: PersonDetail
    other: PersonDetail
    fields: tuple[FieldPair, ...]
    lists: dict[str, tuple[ListRow, ...]]

    @property
    def differing(self) -> tuple[FieldPair, ...]:
        """Only the values that somebody must choose between."""
        return tuple(pair for pair in self.fields if pair.differs)


@numbers_hidden
def compare(pool: Pool, kept_uid: str, other_uid: str, *, revealed: bool = False) -> Comparison:
    """Two people side by side; personal numbers masked unless ``revealed``, which only some may ask for.

    Raises ``merge.itself`` and ``record.missing``.
    """
    if revealed:
        demand(pool.actor, "reveal")
    person = METADATA.tables["person"].c
    with pool.read() as session:
        found = dict(session.execute(select(person.uid, person.id).where(
            person.uid.in_([kept_uid, other_uid]))).all())
        for uid in (kept_uid, other_uid):
            if uid not in found:
                raise UserProblem("record.missing", uid=uid)
        if kept_uid == other_uid:
            raise UserProblem("merge.itself")
        kept, other = load_details(session, [found[kept_uid], found[other_uid]], revealed=True)
    shown = (kept, other) if revealed else (masked(kept), masked(other))
    pairs = []
    for name in OWN:
        side, why = suggestion(name, kept, other)
        pairs.append(FieldPair(
            name, shown[0].values[name], shown[1].values[name], kept.values[name] != other.values[name],
            side, sentence(f"merge.{why}"), _source(kept, name), _source(other, name)))
    return Comparison(*shown, tuple(pairs), {child: _union(child, kept, other, shown) for child in CHILDREN})


def suggestion(name: str, kept: PersonDetail, other: PersonDetail) -> tuple[str, str]:
    """Which value to take, and the code of the reason: the other is empty, wrong, less complete or older."""
    mine, theirs = kept.values[name], other.values[name]
    if not theirs or mine == theirs:
        return "kept", "why_only" if mine and not theirs else "why_kept"
    if not mine:
        return "other", "why_only"
    if name == "name":
        return "kept", "why_kept"
    if name == "id_number" and valid_number(mine) != valid_number(theirs):
        return ("kept" if valid_number(mine) else "other"), "why_longer"
    if isinstance(mine, str) and (mine.startswith(theirs) or theirs.startswith(mine)):
        return ("kept" if len(mine) >= len(theirs) else "other"), "why_longer"
    if _since(other, name) > _since(kept, name):
        return "other", "why_newer"
    return "kept", "why_newer" if _since(kept, name) > _since(other, name) else "why_kept"


def child_key(child: str, row: JsonMapping) -> tuple[Any, ...]:
    """A key that is equal for two list entries that are the same entry."""
    if child == "employments":
        return (normalise(row["employer"]),)
    if child in ("specialties", "achievements"):
        return (fold(row["text"]),)
    if child == "licences":
        return (row["number"],) if row["number"] else (row["kind"], row["body"], row["issued"])
    return tuple(bare_spelling(row[name]) if name == "name" else row[name] for name in _KEYS[child])


def kept_rows(session: Session, table: str, person: int) -> list[JsonObject]:
    """The stored rows of one person in a table, oldest first."""
    stored = METADATA.tables[table]
    return [dict(row) for row in session.execute(
        select(stored).where(stored.c.person_id == person).order_by(stored.c.id)).mappings()]


def _union(child: str, kept: PersonDetail, other: PersonDetail,
           shown: tuple[PersonDetail, PersonDetail]) -> tuple[ListRow, ...]:
    mine = [child_key(child, row) for row in kept.children[child]]
    theirs = {child_key(child, row) for row in other.children[child]}
    rows = [ListRow("both" if key in theirs else "kept", row)
            for key, row in zip(mine, shown[0].children[child], strict=True)]
    return (*rows, *(ListRow("other", seen) for row, seen in
                     zip(other.children[child], shown[1].children[child], strict=True)
                     if child_key(child, row) not in mine))


def _source(person: PersonDetail, name: str) -> JsonMapping | None:
    """The newest source in a spreadsheet that gave this value."""
    return next((source for source in reversed(person.sources) if name in source["fields"]), None)


def _since(person: PersonDetail, name: str) -> str:
    source = _source(person, name)
    return str(source["at"] if source else person.values["created_at"])
