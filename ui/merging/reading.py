"""What the page of merging reads in a worker: open questions, and two people side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from expertpool.experts.catalogue import PERSON
from expertpool.foundation.language import _
from ui import texts
from ui.comparing import ADDS, AGREES, DIFFERS, KEEPS, compare, known_draft
from ui.field_words import field_word

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

ROW, PAIR = "row", "pair"
MOST = 500  # most pairs of the pool's own people listed at once
JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question: a row that may be ``kept``, or two people of the pool. ``later``: somebody postponed it."""

    kind: str
    uid: str  # of the waiting row, or of the person who would be merged away
    kept: str  # uid of the person; "" if the person the row may be no longer exists
    name: str
    what: str
    known: str
    where: str
    keys: tuple[str, ...]
    since: str = ""
    later: bool = False
    draft: Any = None

    @property
    def mark(self) -> frozenset[str]:
        """By what the question is recognised when the list is read again."""
        return frozenset((self.kind, self.uid, self.kept))


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value side by side. With ``choices`` the user chooses between them."""

    field: str
    word: str
    kept: str
    other: str
    stands: str
    suggestion: str = ""
    why: str = ""
    choices: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """Two records side by side, and what merging them changes."""

    entry: Entry
    kept: str
    other: str
    lines: Sequence[ValueLine]
    effects: Sequence[Any] = ()
    as_read: Mapping[str, int] | None = None  # of two people: uid → version compared


def waiting_entries(pool: "ExpertPool") -> list[Entry]:
    """All open questions: rows of imports first, then pairs, postponed ones last."""
    from expertpool.experts.pairs import possible_pairs
    from expertpool.importing.waiting import waiting_rows

    found = [Entry(
        ROW, one.uid, one.candidate, one.draft.name, _("{file}, row {row}").format(file=one.file, row=one.row),
        one.candidate_name or _("nobody any more"), texts.joined(texts.clock(one.at), one.operator), one.verdict.keys,
        texts.clock(one.at), draft=one.draft) for one in waiting_rows(pool)]
    found += [Entry(
        PAIR, pair.other.uid, pair.one.uid, pair.other.name, _side(pair.other), pair.one.name, _side(pair.one),
        pair.verdict.keys, later=pair.later) for pair in possible_pairs(pool, MOST)]
    return found


def _side(side: Any) -> str:
    return texts.joined(side.employer, side.title) or _("nothing else known")


def side_by_side(pool: "ExpertPool", entry: Entry) -> Sides:
    """The values of both; personal numbers masked."""
    if entry.kind == ROW:
        return _row_sides(pool, entry)
    from expertpool.checks.merge_effects import merge_effects
    from expertpool.experts.comparing import compare as compare_people

    found = compare_people(pool, entry.kept, entry.uid)
    lines = [ValueLine(pair.field, field_word(pair.field), value_words(pair.field, pair.kept),
                       value_words(pair.field, pair.other), _stands(pair), pair.suggestion, pair.why,
                       pair.differs)
             for pair in found.fields if (pair.kept or pair.other) and pair.field != "more"]
    lines.sort(key=lambda line: (DIFFERS, ADDS, KEEPS, AGREES).index(line.stands))
    for child, rows in found.lists.items():
        if rows:
            mine = [list_words(child, row.values) for row in rows if row.side in ("kept", "both")]
            theirs = [list_words(child, row.values) for row in rows if row.side in ("other", "both")]
            lines.append(ValueLine(child, field_word(child), "\n".join(mine), "\n".join(theirs),
                                   _stand_lists({row.side for row in rows})))
    return Sides(entry, found.kept.name, found.other.name, lines, merge_effects(pool, entry.kept, entry.uid),
                 {side.uid: side.version for side in (found.kept, found.other)})


def _stands(pair: Any) -> str:
    if not pair.differs:
        return AGREES
    return DIFFERS if pair.kept and pair.other else KEEPS if pair.kept else ADDS


def _stand_lists(sides: set[str]) -> str:
    """How two lists compare, by the sides from which their entries come."""
    if "other" in sides:
        return JOINED if sides & {"kept", "both"} else ADDS
    return AGREES if sides == {"both"} else KEEPS


def _row_sides(pool: "ExpertPool", entry: Entry) -> Sides:
    from expertpool.experts.drafts import PersonDraft

    known = PersonDraft(name=entry.draft.name)
    if entry.kept:
        from expertpool.experts.details import person_detail

        known = known_draft(pool, person_detail(pool, entry.kept).id)
    lines = [ValueLine(line.field, line.word, line.known if entry.kept else "", line.file, line.stands)
             for line in compare(entry.draft, known)]
    return Sides(entry, entry.known, entry.name, lines)


def value_words(field: str, value: object) -> str:
    """A value of a person in words."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    known = PERSON.by_key.get(field)
    return texts.word(known.vocabulary, str(value)) if known and known.vocabulary and value else str(value or "")


def list_words(child: str, row: Mapping[str, Any]) -> str:
    """One entry of a person's lists in words."""
    if child == "phones":
        return str(row["number"])
    if child == "employments":
        return texts.joined(" ".join(filter(None, (row["employer"], row["department"]))), row["position"])
    if child == "roles":
        return texts.joined(texts.word("role", row["role"]), "–".join(filter(None, (row["start"], row["end"]))))
    if child == "fields_":
        from expertpool.fields.tree import tree

        return tree().title(row["code"]) if tree().knows(row["code"]) else str(row["code"])
    if child == "licences":
        return texts.joined(row["number"], row["kind"], row["until"])
    if child == "interests":
        return texts.joined(row["name"], row["unit"])
    if child == "unavailable":
        return "–".join(filter(None, (row["start"], row["end"])))
    return str(row["text"])
