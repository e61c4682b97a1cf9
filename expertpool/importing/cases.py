"""Importing cases from a docket (导入案件): preview, then one transaction; links to original cases once all cases are
in."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.case_number import parse
from expertpool.cases.details import load_case
from expertpool.cases.docket import enter, overwrite
from expertpool.cases.drafts import CaseDraft
from expertpool.cases.tables import CourtCase
from expertpool.experts.import_tables import ImportBatch
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.progress import SILENT, Progress
from expertpool.importing.drafting import CaseRows
from expertpool.importing.experts import ImportReport
from expertpool.importing.plan import ImportPlan, Match
from expertpool.importing.reading import Corrections, read_files


def import_cases(pool: Pool, paths: Sequence[Path], *, sheets: Sequence[str] | None = None, dry_run: bool = False,
                 report: Path | None = None, progress: Progress = SILENT) -> JsonObject:
    """Preview and, unless ``dry_run``, apply."""
    plan = preview_cases(pool, paths, sheets=sheets, progress=progress)
    done = (ImportReport(plan.counts(), plan.problems(), plan.summary()) if dry_run
            else apply_cases(pool, plan, progress=progress))
    if report is not None:
        from expertpool.importing.report import write_report

        write_report(plan, report, court=str(pool.setting("court").get("name", "")), batch=done.batch)
    return done.as_json()


def preview_cases(pool: Pool, paths: Sequence[Path], *, columns: Corrections | None = None,
                  sheets: Sequence[str] | None = None, progress: Progress = SILENT) -> ImportPlan[CaseDraft]:
    """What an import would do. A case already in the docket is an update if the row says something new."""
    plan = read_files(paths, CaseRows(), sheets=sheets, columns=columns, progress=progress)
    decide_cases(pool, plan)
    return plan


def decide_cases(pool: Pool, plan: ImportPlan[CaseDraft]) -> None:
    """Compare every row with the docket and with earlier rows; called again after rows were corrected."""
    seen: dict[str, tuple[str, str, int, int]] = {}
    with pool.read() as session:
        for row in plan.rows():
            draft = row.draft
            if draft is None:
                continue
            number = parse(draft.number).normalised
            row.decision, row.match = "create", None
            if number in seen:
                row.decision, row.match = "duplicate", Match(number, ("number",), True, place=seen[number])
                continue
            seen[number] = row.place
            known = session.scalars(select(CourtCase).where(col(CourtCase.number) == number)).one_or_none()
            if known is not None:
                now = load_case(session, known).draft()
                row.match = Match(number, ("number",), True, known.uid, id=known.id)
                row.decision = "unchanged" if merged_case(now, draft) == now else "update"


def apply_cases(pool: Pool, plan: ImportPlan[CaseDraft], *, progress: Progress = SILENT) -> ImportReport:
    """Write the plan in one transaction."""
    counts = plan.counts()
    files = [{"file": file.name, "sha256": file.sha256} for file in plan.files]
    names = "、".join(file.name for file in plan.files)
    batch_uid = ""
    with pool.write("import cases", files=names, **counts) as transaction:
        rows = [row for row in plan.rows() if row.draft is not None]
        if any(row.decision in ("create", "update") for row in rows):
            batch = ImportBatch(kind="cases", operator=transaction.actor, files=files, counts=counts)
            transaction.add(batch)
            batch_uid = batch.uid
            enter(transaction, [row.draft for row in rows if row.decision == "create" and row.draft is not None])
        for row in progress.over([row for row in rows if row.decision == "update"], counts["updated"]):
            if row.match and row.match.id and row.draft is not None:
                case = transaction.get(CourtCase, row.match.id)
                overwrite(transaction, case, merged_case(load_case(transaction.session, case).draft(), row.draft))
    return ImportReport(counts, plan.problems(), plan.summary(), batch_uid, transaction.result())


def merged_case(known: CaseDraft, new: CaseDraft) -> CaseDraft:
    """``known`` completed by ``new``: empty values are filled, others replaced; lists are replaced where given."""
    given = {name: value for name in CaseDraft.model_fields
             if (value := getattr(new, name)) and name not in ("number", "more", "state", "role_needed",
                                                               "people_needed", "fields_", "parties", "patents")}
    if new.state == "closed":
        given["state"] = "closed"
    after = known.model_copy(update=given | {"more": known.more | new.more})
    names = {(party.side, party.name) for party in known.parties}
    after.parties = [*known.parties, *(p for p in new.parties if (p.side, p.name) not in names)]
    numbers = {patent.number for patent in known.patents}
    after.patents = [*known.patents, *(p for p in new.patents if p.number and p.number not in numbers)]
    codes = {field.code for field in known.fields_}
    after.fields_ = [*known.fields_, *(f for f in new.fields_ if f.code not in codes)]
    return after
