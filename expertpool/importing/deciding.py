"""What becomes of each row of a roster (判定): new, an update, nothing new, perhaps known already, rejected."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.accounts.door import Pool
from expertpool.experts.details import load_details
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.tables import ImportBatch, Person, ValueSource
from expertpool.foundation.language import _
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.text import fold
from expertpool.importing.drafting import ExpertRows
from expertpool.importing.duplicates import (
    IdentityIndex,
    Verdict,
    identity_of_plain,
    pool_identities,
    unit_aliases,
)
from expertpool.importing.merging import merged
from expertpool.importing.plan import ImportPlan, Match, PlannedRow
from expertpool.storage.unit import CHUNK

Row = PlannedRow[PersonDraft]
Found = tuple[Row, int, Verdict]
_TELL = 500  # rows between two reports of progress


def decide(pool: Pool, plan: ImportPlan[PersonDraft], progress: Progress = SILENT) -> None:
    """Compare every row with the pool and with the rows before it."""
    rows = [row for row in plan.rows() if row.said is not None]
    with pool.read() as session:
        matched = _compare(session, plan, rows, progress)
        _tell_changes(session, matched)


def _compare(session: Session, plan: ImportPlan[PersonDraft], rows: Sequence[Row],
             progress: Progress) -> list[Found]:
    """Settle the rows that are new or repeated in the file; give back those that are, or may be, known people."""
    known, within, aliases = pool_identities(session), IdentityIndex(), unit_aliases(session)
    written = already_written(session, plan)
    matched: list[Found] = []
    for place, row in enumerate(rows):
        if place % _TELL == 0:
            progress.step(place, len(rows), _("Comparing"))
        plain = ExpertRows.plain(row.said)
        if written and (again := written.get((row.file, row.sheet, row.row, fold(plain["name"])))):
            row.decision, row.match = "unchanged", Match(plain["name"], ("row",), True, id=again)
            continue
        identity = identity_of_plain(plain, aliases)
        key, verdict = known.best(identity)
        if key is not None:
            matched.append((row, key, verdict))
            continue
        other, verdict = within.best(identity)
        row.decision = "create" if other is None else "duplicate"
        if other is not None:
            earlier = rows[other]
            row.match = Match(within.known[other].name, verdict.keys, verdict.kind == "same", place=earlier.place)
        else:
            within.add(place, identity)
    return matched


def _tell_changes(session: Session, matched: Sequence[Found]) -> None:
    """Whether a known person's row says something new. Only people named by several rows are held throughout."""
    often = Counter(key for _row, key, _verdict in matched)
    held: dict[int, PersonDraft] = {}
    for start in range(0, len(matched), CHUNK):
        part = matched[start:start + CHUNK]
        wanted = sorted({key for _row, key, _verdict in part})
        details = {detail.id: detail for detail in load_details(session, wanted, revealed=True)}
        for row, key, verdict in part:
            detail = details[key]
            row.match = Match(detail.name, verdict.keys, verdict.kind == "same", detail.uid,
                              detail.current_job["employer"], key)
            now, new = held.get(key) or detail.draft(), row.draft
            after = merged(now, new) if new is not None else now
            row.decision = ("unchanged" if after == now else "update" if verdict.kind == "same" else "duplicate")
            if row.decision == "update" and often[key] > 1:
                held[key] = after


def already_written(session: Session, plan: ImportPlan[PersonDraft]) -> dict[tuple[str, str, int, str], int]:
    """Rows that an earlier import of the very same file wrote: (file, sheet, row, folded name) → person id."""
    same = {file.sha256 for file in plan.files}
    batches = {batch.id: {entry["file"] for entry in batch.files if entry.get("sha256") in same}
               for batch in session.scalars(select(ImportBatch).where(ImportBatch.undone.is_(False)))}
    return {(file, sheet, row, fold(name)): key
            for batch, files in batches.items() if files
            for file, sheet, row, name, key in _rows_of(session, batch) if file in files}


def _rows_of(session: Session, batch: int | None) -> Iterator[tuple[str, str, int, str, int]]:
    query = select(ValueSource.file, ValueSource.sheet, ValueSource.row, Person.name, Person.id).join(
        Person, Person.id == ValueSource.person_id).where(ValueSource.batch_id == batch)
    yield from session.execute(query)
