"""Importing people from rosters (导入专家): a preview that writes nothing, then one transaction; every row is
accounted for."""

import marshal
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from expertpool.accounts.pool_protocol import Pool
from expertpool.experts.additions import Prepared, prepare
from expertpool.experts.details import load_details
from expertpool.experts.drafts import OWN, PersonDraft, Plain, plain_of
from expertpool.experts.import_tables import ImportBatch, ValueSource
from expertpool.experts.register import make_room, replace_all_children, write_prepared
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.parallel import collector_at_rest, spread
from expertpool.foundation.problems import Problem, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.importing.approval import state_of_new
from expertpool.importing.correcting import after_row, replace_waiting
from expertpool.importing.deciding import Row, decide
from expertpool.importing.drafting import ExpertRows
from expertpool.importing.merging import merged
from expertpool.importing.origins import batch_files, row_sources
from expertpool.importing.plan import ImportPlan
from expertpool.importing.reading import LONG, Corrections, read_files
from expertpool.importing.waiting import keep_waiting, new_to_wait, remember_different
from expertpool.storage.queries import chunks
from expertpool.storage.transaction import Transaction

Ids = Mapping[str, Sequence[int]]
Place = tuple[str, str, int, int]


@dataclass
class ImportReport:
    """The result of an import; ``rows`` is the sum of the other counts."""

    counts: dict[str, int]
    problems: list[Problem]
    files: list[JsonObject]
    batch: str = ""
    changes: Changes = field(default_factory=Changes)
    waiting: int = 0  # of the duplicates: rows that wait until somebody says who they are

    def as_json(self) -> JsonObject:
        return {"files": self.files, **self.counts, "waiting": self.waiting, "problems": self.problems,
                "batch": self.batch}


def import_experts(pool: Pool, paths: Sequence[Path], *, sheets: Sequence[str] | None = None, dry_run: bool = False,
                   duplicates: str = "ask", whole: bool = False, report: Path | None = None,
                   progress: Progress = SILENT) -> JsonObject:
    """Preview and, unless ``dry_run``, apply. ``duplicates`` and ``whole``: see :func:`apply_plan`."""
    plan = preview_experts(pool, paths, sheets=sheets, progress=progress)
    if dry_run:
        done = ImportReport(plan.counts(), plan.problems(), plan.summary())
    else:
        done = apply_plan(pool, plan, duplicates=duplicates, whole=whole, progress=progress)
    if report is not None:
        from expertpool.importing.report import write_report

        write_report(plan, report, court=str(pool.setting("court").get("name", "")), batch=done.batch)
    return done.as_json()


def preview_experts(pool: Pool, paths: Sequence[Path], *, columns: Corrections | None = None,
                    sheets: Sequence[str] | None = None, progress: Progress = SILENT) -> ImportPlan[PersonDraft]:
    """What an import would do; nothing is written."""
    with collector_at_rest():
        plan = read_files(paths, ExpertRows(), sheets=sheets, columns=columns, progress=progress)
        decide(pool, plan, progress)
    return plan


def apply_plan(pool: Pool, plan: ImportPlan[PersonDraft], *, duplicates: str = "ask", whole: bool = False,
               progress: Progress = SILENT) -> ImportReport:
    """Write the plan in one transaction.

    Possible duplicates wait for an answer (``ask``), are left out (``skip``) or merged (``merge``). A row that
    certainly is the person of an earlier row fills that person's empty values. With ``whole`` nothing is written if
    any row is rejected (``import.not_whole``).
    """
    counts = plan.counts()
    if whole and counts["rejected"]:
        raise UserProblem("import.not_whole", count=counts["rejected"])
    rows = [row for row in plan.rows() if row.said is not None]
    if duplicates == "merge":
        for row in rows:
            if row.decision == "duplicate" and row.match and row.match.id:
                row.decision = "update"
    names = "、".join(file.name for file in plan.files)
    counts, batch_uid = plan.counts(), ""
    with collector_at_rest(), pool.write("import experts", files=names, **counts) as transaction:
        replace_waiting(transaction, rows)
        later = (
            [row for row in new_to_wait(transaction.session, rows) if not _repeats(row)]
            if duplicates == "ask"
            else []
        )
        if later or any(row.decision in ("create", "update") for row in rows):
            batch = ImportBatch(kind="experts", operator=transaction.actor, counts=counts, files=batch_files(plan))
            transaction.add(batch)
            batch_uid, number = batch.uid, int(batch.id or 0)
            people = _create(transaction, rows, number, state_of_new(pool, transaction.session), progress)
            _update(transaction, rows, number, progress)
            keep_waiting(transaction, number, later, people)
            for row in rows:
                # somebody said that they are different people
                if row.decision == "create" and row.match and row.match.id:
                    remember_different(transaction, row.match.id, row.sheet_of.reader.draft(row.said), row.match.keys)
    return ImportReport(counts, plan.problems(), plan.summary(), batch_uid, transaction.result(), len(later))


def _repeats(row: Row) -> bool:
    """Whether the row certainly is the person of an earlier row of the same import."""
    return bool(row.match and row.match.sure and row.match.place)


def _create(
    transaction: Transaction, rows: Sequence[Row], batch: int, state_values: Plain, progress: Progress
) -> dict[Place, int]:
    """Add the new people with this state. Returns the person of each row to which later rows of the import may
    refer."""
    new = [row for row in rows if row.decision == "create"]
    also: dict[Place, list[Row]] = {}
    asked: set[Place] = set()
    people: dict[Place, int] = {}
    for row in rows:
        if row.decision == "duplicate" and row.match and row.match.place:
            if row.match.sure:
                also.setdefault(row.match.place, []).append(row)
            else:
                asked.add(row.match.place)
    parts: deque[list[Row]] = deque()
    done = 0

    units_known: dict[str, int] = {}

    def tasks() -> Iterator[tuple[list[bytes], list[list[Plain]], Plain, Ids, dict[str, int], str]]:
        for part in chunks(new):
            sources = [[source for one in (row, *also.get(row.place, ())) for source in row_sources(one, batch)]
                       for row in part]
            plain = [{**state_values, **_whole(row, also.get(row.place, ())), "sources": those}
                     for row, those in zip(part, sources, strict=True)]
            ids, units = make_room(transaction, plain, units_known)
            parts.append(part)
            given = [marshal.dumps(_whole(row, also[row.place])) if row.place in also else row.said for row in part]
            yield given, sources, state_values, ids, units, transaction.stamp

    for prepared, keys in spread(_prepared, tasks(), alone=len(new) < LONG):
        progress.step(done, len(new), _("Writing"))
        write_prepared(transaction, prepared)
        part = parts.popleft()
        done += len(part)
        if asked:
            people.update({row.place: key for key, row in zip(keys, part, strict=True) if row.place in asked})
    return people


def _prepared(said: Sequence[bytes], sources: Sequence[list[Plain]], state_values: Plain, ids: Ids,
              units: dict[str, int], stamp: str) -> tuple[Prepared, Sequence[int]]:
    """In a parallel process: prepare people as read to be written; returns them with their ids."""
    people = [{**state_values, **ExpertRows.plain(one), "sources": those}
              for one, those in zip(said, sources, strict=True)]
    return prepare(people, ids, units, stamp), ids["person"]


def _whole(row: Row, also: Sequence[Row]) -> Plain:
    """What a row says, its empty values filled by later rows of the same person."""
    if not also:
        return ExpertRows.plain(row.said)
    draft = row.sheet_of.reader.draft(row.said)
    for more in also:
        draft = merged(draft, more.sheet_of.reader.draft(more.said))
    return plain_of(draft)


def _update(transaction: Transaction, rows: Sequence[Row], batch: int, progress: Progress) -> None:
    changed = [row for row in rows if row.decision == "update" and row.match and row.match.id]
    people = sorted({row.match.id for row in changed if row.match and row.match.id})
    drafts: dict[int, PersonDraft] = {}
    for part in chunks(people):
        drafts.update({d.id: d.draft() for d in load_details(transaction.session, part, revealed=True)})
    before = dict(drafts)
    for row in changed:
        key = int(row.match.id) if row.match and row.match.id else 0
        drafts[key] = after_row(drafts[key], row)
    for count, (key, draft) in enumerate(drafts.items()):
        progress.step(count, len(drafts), _("Updating"))
        if draft != before[key]:
            _write(transaction, key, draft)
    transaction.insert_many(ValueSource, [{"person_id": row.match.id, **source} for row in changed
                                          if row.match and row.match.id for source in row_sources(row, batch)])


def _write(transaction: Transaction, key: int, draft: PersonDraft) -> None:
    person = transaction.get(Person, key)
    for name in OWN:
        if getattr(person, name) != getattr(draft, name):
            setattr(person, name, getattr(draft, name))
    replace_all_children(transaction, key, draft)
