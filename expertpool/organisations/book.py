"""Units and how they are connected (单位关系): the same, a branch, one group, or only similar names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from expertpool.foundation.dates import first_day, over
from expertpool.organisations.names import NO, ONE_PERSON, normalise, similar
from expertpool.rules import vocabulary


@dataclass(frozen=True)
class OrganisationLinkFact:
    """``upper`` is parent of, controls or became ``lower``; ``kind`` is a code of the vocabulary
    organisation_link."""

    upper: int
    lower: int
    kind: str = "parent"
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Relation:
    """How two units are related: same, branch, group, alike or "" (nothing known).

    ``reason`` says why names are alike; ``via`` names the units between them.
    """

    kind: str = ""
    reason: str = ""
    via: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kind)


@dataclass(frozen=True)
class UnitName:
    """A unit as a fact names it: the name as written, and the id if known."""

    name: str
    id: int | None = None


@dataclass(frozen=True)
class OrganisationBook:
    """The known units: id → name, normalised alias → id, their links, and people's answers about two names.

    ``answers``: a pair of normalised names, the smaller first → same, group or different.
    """

    names: Mapping[int, str] = field(default_factory=dict)
    aliases: Mapping[str, int] = field(default_factory=dict)
    links: tuple[OrganisationLinkFact, ...] = ()
    listed: frozenset[int] = frozenset()
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[str, int]:
        own = {normalise(name): key for key, name in self.names.items()}
        return {**self.aliases, **own}

    @cached_property
    def _neighbours(self) -> dict[int, list[tuple[int, OrganisationLinkFact]]]:
        found: dict[int, list[tuple[int, OrganisationLinkFact]]] = defaultdict(list)
        for link in self.links:
            if vocabulary.flag("organisation_link", link.kind, "group"):
                upper, lower = (self._twins.get(key, key) for key in (link.upper, link.lower))
                found[upper].append((lower, link))
                found[lower].append((upper, link))
        for first, second in self._answered("group"):
            link = OrganisationLinkFact(first, second, "affiliated")
            found[first].append((second, link))
            found[second].append((first, link))
        return found

    def _answered(self, wanted: str) -> list[tuple[int, int]]:
        """Pairs of known units about which somebody gave this answer."""
        pairs = ((self._by_name.get(first), self._by_name.get(second))
                 for (first, second), answer in self.answers.items() if answer == wanted)
        return [(first, second) for first, second in pairs if first is not None and second is not None]

    @cached_property
    def _reached(self) -> dict[tuple[int, date], dict[int, Relation]]:
        return {}

    @cached_property
    def _twins(self) -> dict[int, int]:
        """Units entered under another unit's alias, or answered to be another unit → that other unit."""
        found: dict[int, int] = {}
        for first, second in self._answered("same"):
            first, second = found.get(first, first), found.get(second, second)
            found |= {key: first for key in (second, *(key for key, other in found.items() if other == second))
                      if key != first}
        for key, name in self.names.items():
            other = self.aliases.get(normalise(name), key)
            other = found.get(other, other)
            if key not in found and other != key and self.aliases.get(normalise(self.names.get(other, ""))) != key:
                found[key] = other
        return found

    def key(self, unit: UnitName) -> int | None:
        """The id of a unit: the one given, else found by name or alias; for an alias, the id of the unit itself."""
        key = unit.id if unit.id is not None else self._by_name.get(normalise(unit.name))
        return key if key is None else self._twins.get(key, key)

    def relation(self, one: UnitName, two: UnitName, day: date) -> Relation:
        """How two units are related on a day; symmetric except for the order of ``via``."""
        if (not one.name and one.id is None) or (not two.name and two.id is None):
            return Relation()
        first, second = self.key(one), self.key(two)
        if first is not None and first == second:
            return Relation("same")
        answer = self.answer(one.name, two.name)
        likeness = NO if answer == "different" else similar(one.name, two.name)
        if answer == "same" or likeness.verdict == "same":
            return Relation("same", likeness.reason)
        if first is not None and second is not None and (found := self.group_of(first, day).get(second)):
            return found
        if answer == "group" or likeness.verdict == "group":
            return Relation("branch" if likeness.reason in ONE_PERSON else "group", likeness.reason)
        return Relation("alike", likeness.reason) if likeness.verdict == "perhaps" else Relation()

    def answer(self, one: str, two: str) -> str:
        """What somebody answered about two names: same, group, different, or "" if nobody did."""
        if not self.answers:
            return ""
        first, second = sorted((normalise(one), normalise(two)))
        return self.answers.get((first, second), "")

    def answered(self, name: str) -> list[str]:
        """Normalised names that somebody answered to be the same unit, or of its group."""
        plain = normalise(name)
        return [one if other == plain else other for (one, other), answer in self.answers.items()
                if plain in (one, other) and answer != "different"]

    def linked(self, unit: UnitName, day: date) -> set[int]:
        """Ids of the unit itself and of every unit of its group on a day; empty if the unit is not known."""
        start = self.key(unit)
        if start is None:
            return set()
        found = {start, *self.group_of(start, day)}
        return found | {key for key, other in self._twins.items() if other in found}

    def group_of(self, start: int, day: date) -> dict[int, Relation]:
        """Every unit linked to ``start`` on a day, nearest first; branches before wider groups."""
        known = self._reached.get((start, day))
        if known is None:
            known = self._reached[start, day] = self._walk(start, day)
        return known

    def _walk(self, start: int, day: date) -> dict[int, Relation]:
        found: dict[int, Relation] = {}
        for kind, whole in (("branch", False), ("group", True)):
            paths: dict[int, tuple[str, ...]] = {start: ()}
            waiting = [start]
            while waiting:
                here = waiting.pop(0)
                for there, link in self._neighbours.get(here, ()):
                    if there in paths or not _counts(link, whole, day):
                        continue
                    paths[there] = paths[here] + ((self.names.get(here, ""),) if here != start else ())
                    found.setdefault(there, Relation(kind, link.kind, paths[there]))
                    waiting.append(there)
        found.pop(start, None)
        return found


def _counts(link: OrganisationLinkFact, whole: bool, day: date) -> bool:
    """Whether a link holds on the day. A change of name has no end: the successor stays the same unit."""
    same = vocabulary.flag("organisation_link", link.kind, "same")
    if link.kind == "formerly":
        return True
    start = first_day(link.start)
    return (whole or same) and not over(link.end, day) and (start is None or start <= day)
