"""The evidence that connects two units (单位关系的来历): links and other names between them, with their sources."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from expertpool.foundation.dates import first_day, over
from expertpool.foundation.json_values import JsonObject
from expertpool.organisations.book import OrganisationBook, OrganisationLinkFact, UnitName
from expertpool.organisations.names import normalise
from expertpool.rules import vocabulary


@dataclass(frozen=True)
class SourcedLink(OrganisationLinkFact):
    """A link between two units, with its source."""

    source: str = ""


@dataclass(frozen=True)
class AliasNote:
    """What is known of another name of a unit: its kind (vocabulary ``alias_kind``) and its source."""

    alias: str
    kind: str = ""
    source: str = ""


@dataclass(frozen=True)
class SourcedBook(OrganisationBook):
    """The known units, with what is known of their other names (normalised alias → note)."""

    notes: Mapping[str, AliasNote] = field(default_factory=dict)


def tie(book: OrganisationBook, one: UnitName, two: UnitName, day: date) -> list[JsonObject]:
    """The links that lead from one unit to another on a day, in order; empty if no link is recorded.

    Each step has ``upper``, ``lower``, ``kind``, ``start``, ``end`` and ``source``. The two units are named as
    written, those between as in the book.
    """
    first, second = book.key(one), book.key(two)
    if first is None or second is None or first == second:
        return []
    called = {first: one.name or book.names.get(first, ""), second: two.name or book.names.get(second, "")}
    return [{"upper": called.get(upper) or book.names.get(upper, ""),
             "lower": called.get(lower) or book.names.get(lower, ""), "kind": link.kind, "start": link.start,
             "end": link.end, "source": getattr(link, "source", "")}
            for upper, lower, link in _path(book, first, second, day)]


def _path(book: OrganisationBook, first: int, second: int,
          day: date) -> list[tuple[int, int, OrganisationLinkFact]]:
    ends = {id(link): (book.key(UnitName("", link.upper)) or 0, book.key(UnitName("", link.lower)) or 0)
            for link in book.links if _holds(link, day)}
    waiting, before = deque([first]), dict[int, tuple[int, OrganisationLinkFact]]()
    while waiting and second not in before:
        here = waiting.popleft()
        for link in book.links:
            if id(link) in ends and here in ends[id(link)]:
                upper, lower = ends[id(link)]
                there = lower if here == upper else upper
                if there != first and there not in before:
                    before[there] = (here, link)
                    waiting.append(there)
    steps: list[tuple[int, int, OrganisationLinkFact]] = []
    here = second
    while here in before:
        previous, link = before[here]
        steps.append((*ends[id(link)], link))
        here = previous
    return steps[::-1]


def _holds(link: OrganisationLinkFact, day: date) -> bool:
    """Whether a link holds on the day; a change of name has no end."""
    if not vocabulary.flag("organisation_link", link.kind, "group"):
        return False
    start = first_day(link.start)
    return link.kind == "formerly" or (not over(link.end, day) and (start is None or start <= day))


def other_name(book: OrganisationBook, unit: UnitName) -> dict[str, str]:
    """The other name with which a unit was written: ``of``, ``kind`` and ``source``; empty if it was its own name."""
    key, written = book.key(unit), normalise(unit.name)
    own = book.names.get(key, "") if key is not None else ""
    if not own or not written or normalise(own) == written:
        return {}
    note = book.notes.get(written) if isinstance(book, SourcedBook) else None
    return {"of": own, "kind": note.kind if note else "", "source": note.source if note else ""}
