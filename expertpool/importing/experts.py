"""People from rosters (导入专家): preview without writing, then one transaction with every row accounted for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.accounts.door import Pool
from expertpool.experts.details import load_details
from expertpool.experts.drafts import OWN, PersonDraft
from expertpool.experts.organisations import ensure_units
from expertpool.experts.register import CHILD_TABLES, child_rows, register_many, replace_children
from expertpool.experts.tables import ImportBatch, Person, ValueSource
from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.foundation.problems import Problem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.text import fold
from expertpool.importing.drafting import person_row
from expertpool.importing.duplicates import IdentityIndex, identity_of, pool_identities
from expertpool.importing.merging import merged
from expertpool.importing.plan import ImportPlan, Match, PlannedRow
from expertpool.importing.reading import Corrections, read_files
from expertpool.storage.unit import CHUNK, Unit

Row = PlannedRow[PersonDraft]


@dataclass
class ImportReport:
    """What an import did; ``rows`` is the sum of the other counts."""

    counts: dict[str, int]
    problems: list[Problem]
    files: list[dict[str, Any]]
    batch: str = ""
    changes: Changes = field(default_factory=Changes)

    def as_json(self) -> dict[str, Any]:
        return {"files": self.files, **self.counts, "problems": self.problems, "batch": self.batch}


def import_experts(pool: Pool, paths: Sequence[Path], *, sheets: Sequence[str] | None = None, dry_run: bool = False,
                   duplicates: str = "ask", report: Path | None = None,
                   progress: Progress = SILENT) -> dict[str, Any]:
    """Preview and, unless ``dry_run``, apply. ``duplicates``: what to do with people who may be known already."""
    plan = preview_experts(pool, paths, sheets=sheets, progress=progress)
    if dry_run:
        done = ImportReport(plan.counts(), plan.problems(), plan.summary())
    else:
        done = apply_plan(pool, plan, duplicates=duplicates, progress=progress)
    if report is not None:
        from expertpool.importing.report import write_report

        write_report(plan, report)
    return done.as_json()


def preview_experts(pool: Pool, paths: Sequence[Path], *, columns: Corrections | None = None,
                    sheets: Sequence[str] | None = None, progress: Progress = SILENT) -> ImportPlan[PersonDraft]:
    """What an import would do; nothing is written."""
    plan = read_files("experts", paths, person_row, sheets=sheets, columns=columns, progress=progress)
    decide(pool, plan)
    return plan


def decide(pool: Pool, plan: ImportPlan[PersonDraft]) -> None:
    """Compare every row with the pool and with the rows before it."""
    rows = [row for row in plan.rows() if row.draft is not None]
    drafts = [row.draft for row in rows if row.draft is not None]
    with pool.read() as session:
        known = pool_identities(session, drafts)
        details = {}
        ids = sorted(known.known)
        for start in range(0, len(ids), CHUNK):
            details.update({d.id: d for d in load_details(session, ids[start:start + CHUNK], revealed=True)})
        written = already_written(session, plan)
    within = IdentityIndex()
    now = {key: detail.draft() for key, detail in details.items()}
    for place, row in enumerate(rows):
        assert row.draft is not None
        identity = identity_of(row.draft)
        if again := written.get((row.file, row.sheet, row.row, fold(row.draft.name))):
            row.decision, row.match = "unchanged", Match(row.draft.name, ("row",), True, id=again)
            continue
        key, verdict = known.best(identity)
        if verdict.kind == "different":
            _decide_within(row, place, within.best(identity), rows)
            if row.decision == "create":
                within.add(place, identity)
            continue
        detail = details[key or 0]
        row.match = Match(detail.name, verdict.keys, verdict.kind == "same", detail.uid,
                          detail.current_job["employer"], detail.id)
        after = merged(now[detail.id], row.draft)
        if after == now[detail.id]:
            row.decision = "unchanged"
        elif verdict.kind == "same":
            row.decision, now[detail.id] = "update", after
        else:
            row.decision = "duplicate"


def already_written(session: Session, plan: ImportPlan[PersonDraft]) -> dict[tuple[str, str, int, str], int]:
    """Rows that an earlier import of the very same file wrote: (file, sheet, row, folded name) → person id."""
    known = {file.sha256 for file in plan.files}
    batches = [batch.id for batch in session.scalars(select(ImportBatch))
               if any(file.get("sha256") in known for file in batch.files)]
    rows = session.execute(select(ValueSource.file, ValueSource.sheet, ValueSource.row, Person.name, Person.id).join(
        Person, Person.id == ValueSource.person_id).where(ValueSource.batch_id.in_(batches)))
    return {(file, sheet, row, fold(name)): key for file, sheet, row, name, key in rows}


def _decide_within(row: Row, place: int, best: Any, rows: Sequence[Row]) -> None:
    """A row that is, or may be, an earlier row of the same import."""
    other, verdict = best
    if verdict.kind == "different":
        row.decision = "create"
        return
    earlier = rows[other]
    row.match = Match(earlier.draft.name if earlier.draft else "", verdict.keys, verdict.kind == "same",
                      place=earlier.place)
    row.decision = "duplicate"


def apply_plan(pool: Pool, plan: ImportPlan[PersonDraft], *, duplicates: str = "ask",
               progress: Progress = SILENT) -> ImportReport:
    """Write the plan in one transaction. Possible duplicates are left out (``skip``, ``ask``) or merged.

    A row that is surely an earlier row of the same import fills that person's gaps.
    """
    rows = [row for row in plan.rows() if row.draft is not None]
    if duplicates == "merge":
        for row in rows:
            if row.decision == "duplicate" and row.match and row.match.id:
                row.decision = "update"
    files = [{"file": file.name, "sha256": file.sha256} for file in plan.files]
    names = "、".join(file.name for file in plan.files)
    counts, batch_uid = plan.counts(), ""
    with pool.write("import experts", files=names, **counts) as unit:
        if any(row.decision in ("create", "update") for row in rows):
            batch = ImportBatch(kind="experts", operator=unit.actor, files=files, counts=counts)
            unit.add(batch)
            batch_uid = batch.uid
            _create(unit, rows, int(batch.id or 0), progress)
            _update(unit, rows, int(batch.id or 0), progress)
    return ImportReport(counts, plan.problems(), plan.summary(), batch_uid, unit.result())


def _create(unit: Unit, rows: Sequence[Row], batch: int, progress: Progress) -> None:
    new = [row for row in rows if row.decision == "create"]
    also: dict[tuple[str, str, int, int], list[Row]] = {}
    for row in rows:
        if row.decision == "duplicate" and row.match and row.match.sure and row.match.place:
            also.setdefault(row.match.place, []).append(row)
    for start in range(0, len(new), CHUNK):
        progress.step(start, len(new), _("Writing"))
        part = new[start:start + CHUNK]
        drafts = []
        for row in part:
            draft = row.draft
            for more in also.get(row.place, ()):
                if draft is not None and more.draft is not None:
                    draft = merged(draft, more.draft)
            drafts.append(draft)
        ids = register_many(unit, [draft for draft in drafts if draft is not None])
        _note_sources(unit, [(key, written) for key, row in zip(ids, part, strict=True)
                             for written in (row, *also.get(row.place, ()))], batch)


def _update(unit: Unit, rows: Sequence[Row], batch: int, progress: Progress) -> None:
    changed = [row for row in rows if row.decision == "update" and row.match and row.match.id]
    people = sorted({row.match.id for row in changed if row.match and row.match.id})
    drafts: dict[int, PersonDraft] = {}
    for start in range(0, len(people), CHUNK):
        drafts.update({d.id: d.draft() for d in load_details(unit.session, people[start:start + CHUNK],
                                                             revealed=True)})
    before = dict(drafts)
    for row in changed:
        key = int(row.match.id) if row.match and row.match.id else 0
        if row.draft is not None:
            drafts[key] = merged(drafts[key], row.draft)
    units = ensure_units(unit, {(job.employer, job.employer_kind) for d in drafts.values() for job in d.employments})
    for count, (key, draft) in enumerate(drafts.items()):
        progress.step(count, len(drafts), _("Updating"))
        if draft != before[key]:
            _write(unit, key, draft, units)
    _note_sources(unit, ((int(row.match.id), row) for row in changed if row.match and row.match.id), batch)


def _write(unit: Unit, key: int, draft: PersonDraft, units: dict[str, int]) -> None:
    person = unit.get(Person, key)
    for name in OWN:
        if getattr(person, name) != getattr(draft, name):
            setattr(person, name, getattr(draft, name))
    for child, table in CHILD_TABLES.items():
        replace_children(unit, table, key, child_rows(draft, child, units))


def _note_sources(unit: Unit, pairs: Any, batch: int) -> None:
    """Remember file, sheet, row and cells of each value (来源)."""
    unit.insert_many(ValueSource, [
        {"person_id": key, "batch_id": batch, "file": row.file, "sheet": row.sheet, "row": row.row,
         "fields": row.fields} for key, row in pairs])
