"""The texts of people and cases (文本), indexed and kept up to date with the pool, in memory and on disk."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.tables import CaseField, CourtCase, Patent
from expertpool.experts.tables import Achievement, Person, PersonField, Specialty
from expertpool.fields.symbols import find_symbols
from expertpool.fields.tree import tree
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.places import cache_folder
from expertpool.storage.queries import id_of, rows_where_in
from expertpool.storage.since import Moment, now, touched_since
from expertpool.storage.tables import JournalEntry

if TYPE_CHECKING:  # numpy is imported at the first question, not when the window starts
    import numpy as np
    from numpy.typing import NDArray

    from expertpool.relevance.relevance import Relevance
    from expertpool.relevance.text_index import TextIndex

VERSION = 1  # version of how texts are composed; another number makes older files on disk invalid
EXPERIENCE = 2000  # most characters read of the free text on experience
Held = tuple[int, str, bool]  # (id, code, whether it is the main field)


@dataclass
class Kept:
    """The index of one kind of record at one state; ``marks`` are fingerprints that tell whether a text changed."""

    moment: Moment
    index: "TextIndex[int]"
    marks: dict[int, int]
    held: dict[int, list[tuple[str, bool]]]
    answer: "Relevance | None" = None


_lock = Lock()
_kept: "WeakKeyDictionary[object, dict[str, Kept]]" = WeakKeyDictionary()


def relevance(pool: Pool) -> "Relevance":
    """The ``Relevance`` of the active people at the pool's state; only what changed since the last call is read."""
    return _answer(pool, "person")


def case_relevance(pool: Pool) -> "Relevance":
    """The same of the cases."""
    return _answer(pool, "courtcase")


def text_index(pool: Pool) -> "IndexOfPeople":
    """The relevance of the people as an index: ``ids``, ``query`` and ``shared_terms(text, id, most)``."""
    return IndexOfPeople(relevance(pool))


@dataclass(frozen=True)
class IndexOfPeople:
    """Text similarity alone, for callers that need no fields."""

    relevance: "Relevance"

    @property
    def ids(self) -> list[int]:
        return cast(list[int], self.relevance.ids.tolist())

    def query(self, text: str) -> "NDArray[np.float32]":
        return self.relevance.similarity(text)

    def shared_terms(self, text: str, one: int, most: int = 5) -> list[str]:
        return list(self.relevance.words(text, one, most))


def keep_cache(pool: Pool) -> bool:
    """Write the people's index to disk for the next start; returns False if that was unnecessary or impossible.

    For a large pool this takes a second or more: run it as a job, never on the window's thread.
    """
    from expertpool.relevance import cache as relevance_cache

    kept = _current(pool, "person")
    path = _file(pool)
    if path is None or relevance_cache.moment_of(relevance_cache.about(path)) == kept.moment:
        return False
    return relevance_cache.save(path, *_as_arrays(kept))


def _answer(pool: Pool, kind: str) -> "Relevance":
    kept = _current(pool, kind)
    if kept.answer is None or kept.answer.rules != pool.rules.figures("ranking", today()):
        kept.answer = _made(pool, kind, kept)
    return kept.answer


def _current(pool: Pool, kind: str) -> Kept:
    """The up-to-date index: the one in memory or on disk with changes read, else a new one."""
    with _lock, pool.read() as session:
        moment = now(session)
        known = _kept.setdefault(pool, {}).get(kind)
        if known and known.moment == moment:
            return known
        known = known or (_from_disk(pool) if kind == "person" else None)
        touched = touched_since(session, known.moment) if known else None
        if known is None or touched is None or known.index.stale:
            kept = _built(session, kind, moment)
        else:
            kept = _in_step(session, kind, moment, known, touched.get(kind, set()))
        _kept[pool][kind] = kept
        return kept


def _built(session: Session, kind: str, moment: Moment) -> Kept:
    from expertpool.relevance.text_index import TextIndex

    texts = _texts(session, kind)
    held: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for one, code, main in _held(session, kind):
        if one in texts:
            held[one].append((code, main))
    index = TextIndex.build(list(texts), texts.values())
    return Kept(moment, index, {one: _mark(text) for one, text in texts.items()}, dict(held))


def _in_step(session: Session, kind: str, moment: Moment, known: Kept, touched: set[int]) -> Kept:
    """The index with the changed records read again."""
    if not touched:
        known.moment = moment
        return known
    ids = sorted(touched)
    index, same = known.index.copy(), True  # a copy, because others may still be using the old state
    texts = _texts(session, kind, ids)
    held: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for one, code, main in _held(session, kind, ids):
        held[one].append((code, main))
    for one in ids:
        before = known.held.pop(one, [])
        if one in texts:
            mark = _mark(texts[one])
            same = same and before == held[one] and one in index
            if known.marks.get(one) != mark or one not in index:
                index.replace(one, texts[one])
                known.marks[one] = mark
            if held[one]:
                known.held[one] = held[one]
        elif known.marks.pop(one, None) is not None:
            index.remove(one)
            same = False
    answer = replace(known.answer, index=index) if same and known.answer else None
    return Kept(moment, index, known.marks, known.held, answer)


def _made(pool: Pool, kind: str, kept: Kept) -> "Relevance":
    """The arrays that questions are answered from."""
    import numpy as np

    from expertpool.relevance.field_vote import Holders, at_wipo_level
    from expertpool.relevance.relevance import Relevance

    ids = np.array(kept.index.ids, np.int64)
    codes = tuple(sorted({code for held in kept.held.values() for code, _main in held}))
    place = {code: number for number, code in enumerate(codes)}
    row_of = {one: row for row, one in enumerate(kept.index.ids)}
    pairs = sorted((row_of[one], place[code], main) for one, held in kept.held.items() for code, main in held)
    table = np.array(pairs, np.int32).reshape(-1, 3)
    held = Holders(codes, table[:, 0], table[:, 1], len(ids))
    above = [sorted(at_wipo_level([code])) for code in codes]
    fields = tuple(sorted({one for some in above for one in some}))
    number = {one: place for place, one in enumerate(fields)}
    count = np.array([len(some) for some in above], np.int64)
    start = np.concatenate([[0], np.cumsum(count)])[:-1] if len(count) else count
    flat = np.array([number[one] for some in above for one in some], np.int32)
    each = count[held.code] if len(codes) else count
    rows = np.repeat(held.row, each)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(each) - each, each)
    voters = Holders(fields, rows, flat[np.repeat(start[held.code], each) + within] if len(rows) else rows, len(ids))
    return Relevance(ids, kept.index, held, table[:, 2].astype(np.bool_), voters,
                     pool.rules.figures("ranking", today()), lambda one: _text_of(pool, kind, one))


def _text_of(pool: Pool, kind: str, one: int) -> str:
    with pool.read() as session:
        return _texts(session, kind, [one]).get(one, "")


def _mark(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "little")


# -- on disk
def _file(pool: Pool) -> Path | None:
    """The pool's index file: named by the hash of the first journal entry, which no other pool has."""
    with pool.read() as session:
        first = session.scalar(select(col(JournalEntry.hash)).order_by(id_of(JournalEntry)).limit(1))
    return cache_folder() / f"people-{first[:20]}.index" if first else None


def _as_arrays(kept: Kept) -> "tuple[JsonObject, dict[str, NDArray[Any]]]":
    import numpy as np

    codes = sorted({code for held in kept.held.values() for code, _main in held})
    place = {code: number for number, code in enumerate(codes)}
    held = [(one, place[code], main) for one, some in kept.held.items() for code, main in some]
    about = {"version": VERSION, "moment": [kept.moment.entry, kept.moment.hash], "codes": codes}
    return about, kept.index.arrays() | {
        "marked": np.array(list(kept.marks), np.int64), "marks": np.array(list(kept.marks.values()), np.int64),
        "held": np.array(held, np.int64).reshape(-1, 3)}


def _from_disk(pool: Pool) -> Kept | None:
    from expertpool.relevance import cache as relevance_cache
    from expertpool.relevance.text_index import TextIndex

    path = _file(pool)
    found = relevance_cache.load(path) if path else None
    if found is None or found[0].get("version") != VERSION:
        return None
    about, arrays = found
    try:
        held: dict[int, list[tuple[str, bool]]] = defaultdict(list)
        for one, code, main in arrays["held"].tolist():
            held[one].append((about["codes"][code], bool(main)))
        marks = dict(zip(arrays["marked"].tolist(), arrays["marks"].tolist(), strict=True))
        return Kept(relevance_cache.moment_of(about), TextIndex.of_arrays(arrays), marks, dict(held))
    except (KeyError, IndexError, ValueError):
        return None


# -- reading
def _texts(session: Session, kind: str, ids: Sequence[int] | None = None) -> dict[int, str]:
    return people_texts(session, ids) if kind == "person" else case_texts(session, ids)


def people_texts(session: Session, ids: Sequence[int] | None = None) -> dict[int, str]:
    """Specialities, studies, achievements and experience of the active people, by person id."""
    parts: dict[int, list[str]] = {}
    people = select(id_of(Person), col(Person.major), col(Person.experience)).where(
        col(Person.state) == "active").order_by(id_of(Person))
    for key, major, experience in rows_where_in(session, people, id_of(Person), ids):
        parts[key] = [text for text in (major, experience[:EXPERIENCE]) if text]
    for table in (Specialty, Achievement):
        query = select(col(table.person_id), col(table.text)).order_by(id_of(table))
        for key, text in rows_where_in(session, query, col(table.person_id), ids):
            if key in parts:
                parts[key].append(text)
    return {key: "\n".join(found) for key, found in parts.items()}


def case_texts(session: Session, ids: Sequence[int] | None = None) -> dict[int, str]:
    """The text of each case, by case id: its technical issue and the titles of its patents, else its cause."""
    parts: dict[int, list[str]] = {}
    causes = {}
    for key, issue, cause in rows_where_in(session, select(id_of(CourtCase), col(CourtCase.issue),
        col(CourtCase.cause)).order_by(
            id_of(CourtCase)), id_of(CourtCase), ids):
        parts[key] = [issue] if issue else []
        causes[key] = cause
    for key, title in rows_where_in(session, select(col(Patent.court_case_id), col(Patent.title)).order_by(
        id_of(Patent)),
                            col(Patent.court_case_id), ids):
        if key in parts and title:
            parts[key].append(title)
    return {key: "\n".join(found) or causes[key] for key, found in parts.items()}


def _held(session: Session, kind: str, ids: Sequence[int] | None = None) -> Iterator[Held]:
    """The field codes of people or cases; a case also has the IPC symbols of its patents."""
    table: Any = PersonField if kind == "person" else CaseField
    owner = table.person_id if kind == "person" else table.court_case_id
    query = select(owner, table.code, table.main).order_by(table.id)
    for one, code, main in rows_where_in(session, query, owner, ids):
        yield one, code, bool(main)
    if kind == "courtcase":
        for one, symbols in rows_where_in(session, select(col(Patent.court_case_id), col(Patent.ipc)).order_by(
            id_of(Patent)),
                                  col(Patent.court_case_id), ids):
            for text in symbols:
                yield from ((one, symbol, True) for symbol in find_symbols(text))


def case_text(case: Any) -> str:
    """The text of a case: its technical issue, the patents' titles and the titles of its fields."""
    titles = [tree().title(field["code"], "zh_CN") for field in case.fields]
    return "\n".join([case.values["issue"], *(patent["title"] for patent in case.patents), *titles,
                      case.values["cause"] if not case.values["issue"] else ""]).strip()
