"""Decides each row of a roster (判定): new, an update, nothing new, perhaps already known, rejected."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.experts.details import load_details
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.import_tables import ImportBatch, ValueSource
from expertpool.experts.tables import Person
from expertpool.foundation.language import _
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.text import fold
from expertpool.importing.correcting import after_row, with_returned
from expertpool.importing.drafting import ExpertRows
from expertpool.importing.duplicates import (
    Identity,
    IdentityIndex,
    Verdict,
    fingerprint,
    identity_of_plain,
    pool_identities,
    unit_aliases,
)
from expertpool.importing.plan import ImportPlan, Match, PlannedRow
from expertpool.importing.waiting import as_left_before, waiting_people
from expertpool.storage.queries import chunks, id_of

Row = PlannedRow[PersonDraft]
Found = tuple[Row, int, Verdict]
_TELL = 500  # rows between two reports of progress


def decide(pool: Pool, plan: ImportPlan[PersonDraft], progress: Progress = SILENT) -> None:
    """Compare every row with the pool and with the rows before it."""
    rows = [row for row in plan.rows() if row.said is not None]
    with comparing(pool) as compare:
        for place, row in enumerate(rows):
            if place % _TELL == 0:
                progress.step(place, len(rows), _("Comparing"))
            compare.take(row)
        compare.finish(plan)


@contextmanager
def comparing(pool: Pool) -> Iterator["Comparison"]:
    """A comparison with one unchanging state of the pool."""
    with pool.read() as session:
        yield Comparison(session)


class _RowIdentities(dict[int, Identity]):
    """The identities of rows, computed again when asked for: keeping them would double the memory for rows."""

    def __init__(self, rows: Sequence[Row], aliases: Mapping[str, str]) -> None:
        super().__init__()
        self._rows, self._aliases = rows, aliases

    def __bool__(self) -> bool:
        return bool(self._rows)

    def __setitem__(self, key: int, identity: Identity) -> None:
        """Keep nothing: the identity can be computed from the row."""

    def __getitem__(self, key: int) -> Identity:
        return identity_of_plain(ExpertRows.plain(self._rows[key].said), self._aliases)

    def get(self, key: int, default: Identity | None = None) -> Identity | None:  # type: ignore[override]
        return self[key] if key < len(self._rows) else default


class Comparison:
    """Takes rows one by one as they are read and decides each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known, self._within = pool_identities(session), IdentityIndex()
        self._aliases = unit_aliases(session)
        self._taken: list[Row] = []
        self._within.known = _RowIdentities(self._taken, self._aliases)
        self._matched: list[Found] = []

    def take(self, row: Row) -> None:
        """Decide a row that is new or repeats an earlier one; put aside a row that may be a known person."""
        if row.said is None:
            return
        identity = identity_of_plain(ExpertRows.plain(row.said), self._aliases)
        key, verdict = self._known.best(identity)
        if key is not None:
            self._matched.append((row, key, verdict))
            return
        other, verdict = self._within.best(identity)
        row.decision = "create" if other is None else "duplicate"
        if other is None:
            self._taken.append(row)
            self._within.add(len(self._taken) - 1, identity)
            return
        row.match = Match(self._within.known[other].name, verdict.keys, verdict.kind == "same",
                          place=self._taken[other].place)

    def finish(self, plan: ImportPlan[PersonDraft]) -> None:
        """Decide the rows put aside, once all rows are there."""
        if written := already_written(self._session, plan):
            for row in plan.rows():
                if row.said is not None:
                    name = str(ExpertRows.plain(row.said)["name"])
                    if again := written.get((row.file, row.sheet, row.row, fold(name))):
                        row.decision, row.match = "unchanged", Match(name, ("row",), True, id=again)
        self._leave_waiting()
        matched = as_left_before(self._session, plan, with_returned(self._session, plan, self._matched))
        _tell_changes(self._session, [found for found in matched if found[0].decision != "unchanged"])


    def _leave_waiting(self) -> None:
        """A row waiting for an answer since an earlier import goes on waiting, even if the person it may be no longer
        resembles it."""
        waiting = waiting_people(self._session)
        for row in self._taken if waiting else ():
            if row.decision == "create":
                mark = fingerprint(identity_of_plain(ExpertRows.plain(row.said), self._aliases))
                if mark in waiting:
                    key, uid, name, agreed = waiting[mark]
                    row.decision, row.match = "duplicate", Match(name, agreed, False, uid, id=key)


def _tell_changes(session: Session, matched: Sequence[Found]) -> None:
    """Whether a known person's row says something new. Only people named by several rows are kept in memory
    meanwhile."""
    often = Counter(key for _row, key, _verdict in matched)
    held: dict[int, PersonDraft] = {}
    for part in chunks(matched):
        wanted = sorted({key for _row, key, _verdict in part})
        details = {detail.id: detail for detail in load_details(session, wanted, revealed=True)}
        for row, key, verdict in part:
            detail = details[key]
            row.match = Match(detail.name, verdict.keys, verdict.kind == "same", detail.uid,
                              detail.current_job["employer"], key)
            now = held.get(key) or detail.draft()
            after = after_row(now, row)
            # one number with two names: always left to people
            nothing_new = after == now and "name_differs" not in verdict.keys
            row.decision = "unchanged" if nothing_new else "update" if verdict.kind == "same" else "duplicate"
            if row.decision == "update" and often[key] > 1:
                held[key] = after


def already_written(session: Session, plan: ImportPlan[PersonDraft]) -> dict[tuple[str, str, int, str], int]:
    """Rows that an earlier import of the very same file wrote: (file, sheet, row, folded name) → person id."""
    same = {file.sha256 for file in plan.files}
    batches = {batch.id: {entry["file"] for entry in batch.files if entry.get("sha256") in same}
               for batch in session.scalars(select(ImportBatch).where(col(ImportBatch.undone).is_(False)))}
    return {(file, sheet, row, fold(name)): key
            for batch, files in batches.items() if files
            for file, sheet, row, name, key in _rows_of(session, batch) if file in files}


def _rows_of(session: Session, batch: int | None) -> Iterator[tuple[str, str, int, str, int]]:
    query = select(col(ValueSource.file), col(ValueSource.sheet), col(ValueSource.row), col(Person.name),
        id_of(Person)).join(
        Person, id_of(Person) == ValueSource.person_id).where(col(ValueSource.batch_id) == batch)
    yield from session.execute(query)
