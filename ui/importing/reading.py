"""The work of the import in workers (后台读写): read the files, compare again, write. No widgets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expertpool.foundation.changes import Changes
from expertpool.foundation.problems import Problem, Severity, UserProblem
from expertpool.foundation.progress import Progress
from ui.importing.journey import Journey, Reading
from ui.importing.problem_groups import ProblemGroups

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool


@dataclass(frozen=True)
class WorkbookDone:
    """The result of importing a pool workbook, in the form of the other imports."""

    counts: dict[str, object]
    changes: Changes
    waiting: int = 0
    batch: str = ""


@dataclass(frozen=True)
class Wish:
    """What is to be read and how; a copy, because the state of the import may change meanwhile."""

    kind: str
    paths: Sequence[Path]
    columns: dict[tuple[str, str, int], str]
    cells: dict[tuple[str, str, int, int], dict[int, str]]
    sheets: dict[Path, list[str]]


def wish_of(journey: Journey) -> Wish:
    """What is to be read for this import."""
    return Wish(journey.kind, list(journey.paths), dict(journey.columns),
                {place: dict(cells) for place, cells in journey.cells.items()},
                {path: list(names) for path, names in journey.sheets_in.items() if names})


def read(pool: "ExpertPool", wish: Wish, progress: Progress) -> Reading:
    """Read the files and compare them with the pool; writes nothing."""
    if wish.kind == "workbook":
        from expertpool.workbook.workbook import import_pool

        preview = dict(import_pool(pool, wish.paths[0], dry_run=True, progress=progress))
        groups = ProblemGroups()
        for problem in preview.get("problems", ()):
            groups.add(problem, None)
        return Reading(preview=preview, groups=groups)
    from expertpool.importing.remembered import all_remembered, offers

    plan = _preview(pool, wish, progress)
    if wish.cells:
        from expertpool.importing.reading import read_again

        for row in plan.rows():
            for index, text in wish.cells.get(row.place, {}).items():
                read_again(row, index, text)
    hidden = [row for file in plan.files for sheet in file.sheets if sheet.hidden
              for row in sheet.rows if row.row in sheet.hidden]
    return Reading(plan, groups=_grouped(plan), wrong=sum(row.has_error for row in plan.rows()), hidden=hidden,
                   offers=offers(pool, plan), known=all_remembered(pool))


def _preview(pool: "ExpertPool", wish: Wish, progress: Progress) -> Any:
    """The plan, with the hidden sheets that were asked for."""
    from expertpool.importing.drafting import CaseRows, ExpertRows
    from expertpool.importing.reading import read_files

    if wish.kind == "cases":
        from expertpool.importing.cases import preview_cases

        plan: Any = preview_cases(pool, wish.paths, columns=wish.columns, progress=progress)
    else:
        from expertpool.importing.experts import preview_experts

        plan = preview_experts(pool, wish.paths, columns=wish.columns, progress=progress)
    reader: Any = CaseRows() if wish.kind == "cases" else ExpertRows()
    added = False
    for file in plan.files:
        for name in [name for name in wish.sheets.get(file.path, ()) if name in file.hidden_sheets]:
            file.hidden_sheets = tuple(one for one in file.hidden_sheets if one != name)
            try:
                more = read_files([file.path], reader, sheets=[name], columns=wish.columns, progress=progress)
            except UserProblem as error:  # no table found there
                file.notices.append(Problem(error.code, Severity.NOTE, sheet=name, parameters={"file": name}))
                continue
            file.sheets.extend(more.files[0].sheets)
            added = True
    if added:
        compare(pool, plan, progress)
    return plan


def compare(pool: "ExpertPool", plan: Any, progress: Progress) -> None:
    """Compare every row with the pool again, after some were corrected or left out."""
    for row in plan.rows():
        row.match, row.decision = None, "create" if row.said is not None else "reject"
    if plan.kind == "cases":
        from expertpool.importing.cases import decide_cases

        decide_cases(pool, plan)
    else:
        from expertpool.importing.deciding import decide

        decide(pool, plan, progress)


def _grouped(plan: Any) -> ProblemGroups:
    groups = ProblemGroups()
    for file in plan.files:
        for notice in file.notices:
            groups.add(replace(notice, file=file.name), None)
    for row in plan.rows():
        for problem in row.problems:
            groups.add(problem, row)
    return groups


def write(pool: "ExpertPool", journey: Journey, progress: Progress) -> object:
    """Write everything in one transaction; then remember how columns were corrected."""
    if journey.kind == "workbook":
        from expertpool.workbook.workbook import import_pool

        before = pool.state()
        counts = import_pool(pool, journey.paths[0], progress=progress)
        entry = pool.state()
        return WorkbookDone(counts, Changes(entry if entry > before else 0, "import workbook", many=True))
    if journey.kind == "cases":
        from expertpool.importing.cases import apply_cases

        done = apply_cases(pool, journey.plan, progress=progress)
    else:
        from expertpool.importing.experts import apply_plan

        done = apply_plan(pool, journey.plan, duplicates="ask", progress=progress)
    _remember(pool, journey)
    return done


def _remember(pool: "ExpertPool", journey: Journey) -> None:
    from expertpool.importing.remembered import remember

    for file, sheet in journey.sheets():
        said = {place: journey.columns[key] for place, column in enumerate(sheet.columns)
                if (key := (file.name, sheet.name, column.index)) in journey.columns}
        name = journey.names.get((file.name, sheet.name), usual_name(file, sheet))
        if said and name:
            remember(pool, [column.header for column in sheet.columns], name, said)


def usual_name(file: Any, sheet: Any) -> str:
    """The default name for a layout: the title of the table, else the file's name."""
    title = next((" ".join(one.text.split()) for one in sheet.ignored if str(one.reason) == "above" and one.text), "")
    return title[:60] or Path(file.name).stem
