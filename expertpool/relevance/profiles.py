"""Profiles (专家画像列): the facts about everybody that the ranking weighs, as columns, kept up to date with the
screening index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.assignments.tables import Assignment
from expertpool.cases.tables import CaseField
from expertpool.experts.browse import codes_of
from expertpool.experts.tables import Evaluation, PersonListing
from expertpool.fields.closeness import closeness
from expertpool.fields.tree import tree
from expertpool.rules import vocabulary
from expertpool.storage.queries import FoundRow, rows_where_in, table_of

Floats = NDArray[np.float32]
NOT_SERVED = ("proposed", "declined", "cancelled")
UNRATED = -1.0


class Profiles:
    """Columns parallel to ``ids`` (ascending). ``caps`` −1: the rule book's limit; ``ratings`` −1: never rated, else
    0 to 1."""

    def __init__(self) -> None:
        self.ids: NDArray[np.int64] = np.zeros(0, np.int64)
        self.load: NDArray[np.int32] = np.zeros(0, np.int32)
        self.caps: NDArray[np.int32] = np.zeros(0, np.int32)
        self.ratings: Floats = np.zeros(0, np.float32)
        self.codes: NDArray[np.int32] = np.zeros((0, 1), np.int32)  # 1 for the main field, 0 for padding
        self._code_numbers: dict[str, int] = {"": 0}
        self._service: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None  # pairs of person and case
        self._case_fields: dict[int, set[str]] = {}

    def read(self, session: Session, people: Sequence[int] | None) -> None:
        """Read everybody, or only these people again."""
        rows = {row.person_id: row for row in _rows(session, people)}
        ratings = _ratings(session, people)
        wanted = np.fromiter(sorted(rows), np.int64, len(rows))
        if people is None:
            self.ids = wanted
            self._grow(len(wanted))
        else:
            self._make_room(wanted)
        codes = {person: [self._number(code) for code in codes_of(row.fields)] for person, row in rows.items()}
        width = max((len(found) for found in codes.values()), default=1)
        if width > self.codes.shape[1]:
            self.codes = np.pad(self.codes, ((0, 0), (0, width - self.codes.shape[1])))
        at = np.searchsorted(self.ids, wanted)
        ordered = [rows[person] for person in wanted.tolist()]
        self.load[at] = [row.open_cases for row in ordered]
        self.caps[at] = [-1 if row.case_cap is None else row.case_cap for row in ordered]
        self.ratings[at] = [ratings.get(person, UNRATED) for person in wanted.tolist()]
        self.codes[at] = 0
        for place, person in zip(at.tolist(), wanted.tolist(), strict=True):
            if found := codes[person]:
                self.codes[place, :len(found)] = found

    def served_again(self) -> None:
        """Service or the fields of cases changed: read them again when they are next needed."""
        self._service = None

    def field_part(self, wanted: Sequence[str], other: float) -> Floats:
        """0 to 1: the nearest pair of a case's and a person's fields; fields other than the main one count ``other``
        times."""
        near: Floats = np.zeros(len(self._code_numbers), np.float32)
        for code, number in self._code_numbers.items():
            near[number] = max((closeness(one, code).value for one in wanted), default=0.0) if code else 0.0
        values = near[self.codes]
        values[:, 1:] *= other
        found: Floats = values.max(axis=1) if len(values) else np.zeros(0, np.float32)
        return found

    def experience(self, session: Session, wanted: Iterable[str], case: int) -> NDArray[np.int32]:
        """Earlier cases, other than ``case``, that share a WIPO field with the codes wanted."""
        fields = {field for code in wanted for field in tree().wipo_fields(code)}
        counts = np.zeros(len(self.ids), np.int32)
        if not fields or not len(self.ids):
            return counts
        people, cases = self._served(session)
        alike = {number for number, held in self._case_fields.items() if number != case and held & fields}
        hits = people[np.isin(cases, np.fromiter(alike, np.int64, len(alike)))]
        at = np.minimum(np.searchsorted(self.ids, hits), len(self.ids) - 1)
        np.add.at(counts, at[self.ids[at] == hits], 1)
        return counts

    def at(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions of these ids; −1 for those without a profile."""
        if not len(self.ids):
            return np.full(len(ids), -1, np.int64)
        places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[places] == ids, places, -1)

    def _served(self, session: Session) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if self._service is None:
            pairs = sorted({(row[0], row[1]) for row in session.execute(
                select(col(Assignment.person_id), col(Assignment.court_case_id)).where(
                col(Assignment.state).not_in(NOT_SERVED)))})
            both = np.array(pairs, np.int64).reshape(-1, 2)
            self._service = both[:, 0], both[:, 1]
            held: dict[int, set[str]] = defaultdict(set)
            for case, code in session.execute(select(col(CaseField.court_case_id), col(CaseField.code))):
                if tree().knows(code):
                    held[case].update(tree().wipo_fields(code))
            self._case_fields = held
        return self._service

    def _number(self, code: str) -> int:
        return self._code_numbers.setdefault(code, len(self._code_numbers))

    def _grow(self, count: int) -> None:
        self.load, self.caps = np.zeros(count, np.int32), np.zeros(count, np.int32)
        self.ratings = np.full(count, UNRATED, np.float32)
        self.codes = np.zeros((count, 4), np.int32)

    def _make_room(self, wanted: NDArray[np.int64]) -> None:
        new = wanted[~np.isin(wanted, self.ids)]
        if not len(new):
            return
        at = np.searchsorted(self.ids, new)
        self.ids = np.insert(self.ids, at, new)
        self.load, self.caps = np.insert(self.load, at, 0), np.insert(self.caps, at, -1)
        self.ratings = np.insert(self.ratings, at, np.float32(UNRATED))
        self.codes = np.insert(self.codes, at, 0, axis=0)


def _rows(session: Session, people: Sequence[int] | None) -> Iterator[FoundRow]:
    columns = table_of(PersonListing).c
    query = select(columns.person_id, columns.open_cases, columns.case_cap, columns.fields)
    return rows_where_in(session, query, columns.person_id, people)


def _ratings(session: Session, people: Sequence[int] | None) -> dict[int, float]:
    """Person id → mean of the ratings, 0 to 1: a score out of 100, or what the grade is worth."""
    columns = table_of(Evaluation).c
    found: dict[int, list[float]] = defaultdict(list)
    query = select(columns.person_id, columns.grade, columns.score)
    for person, grade, points in rows_where_in(session, query, columns.person_id, people):
        worth = points / 100 if points is not None else _worth().get(grade)
        if worth is not None:
            found[person].append(min(max(float(worth), 0.0), 1.0))
    return {person: sum(values) / len(values) for person, values in found.items()}


@cache
def _worth() -> dict[str, float]:
    """Grade → 0 for the lowest to 1 for the highest of the vocabulary."""
    points = {word.code: float(word.flags["points"]) for word in vocabulary.words("grade") if "points" in word.flags}
    low, high = min(points.values()), max(points.values())
    return {code: (value - low) / (high - low) for code, value in points.items()}

