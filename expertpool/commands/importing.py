"""``import experts`` and ``import cases``: spreadsheets into the pool."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from expertpool.commands.frame import answer, opened, problem_row, progress, say
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.work_folder import WorkPlace

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

FEW, MOST_ROWS = 4, 30  # sentences of one kind in one file, rows named after them
app = typer.Typer(no_args_is_help=True, help="Bring spreadsheets into the pool (导入).")
Files = Annotated[list[Path], typer.Argument(help="xlsx, xls, ods, csv …")]
Sheet = Annotated[list[str], typer.Option("--sheet", help="Only these sheets (repeat for several).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")]
Report = Annotated[Path | None, typer.Option("--report", help="Workbook of the problems, for whoever sent the file.")]
Rows = Annotated[bool, typer.Option("--rows", help="With --dry-run: the values and problems of every row.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command("experts")
def experts(
    files: Files, sheet: Sheet = [], dry_run: DryRun = False, rows: Rows = False,  # noqa: B006
    duplicates: Annotated[str, typer.Option(
        help="Possible duplicates: ask (they wait for an answer), skip or merge.")] = "ask",
    whole: Annotated[bool, typer.Option("--all-or-nothing", help="Write nothing while a row is rejected.")] = False,
    report: Report = None, json: Json = False,
) -> None:
    """Import people from rosters."""
    from expertpool.importing.experts import import_experts

    if duplicates not in ("skip", "merge", "ask"):
        raise typer.BadParameter("skip, merge, ask", param_hint="--duplicates")
    if rows and not dry_run:
        raise typer.BadParameter("--dry-run", param_hint="--rows")
    if dry_run:
        done = _dry_run(files, sheet, report, rows)
    else:
        with opened() as pool:
            done = import_experts(pool, files, sheets=sheet or None, duplicates=duplicates, whole=whole,
                                  report=report, progress=progress())
    _tell(done, json)


def _dry_run(files: Sequence[Path], sheets: Sequence[str], report: Path | None, rows: bool) -> JsonObject:
    """What an import would do; with ``rows`` also ``people``: what was read from every row."""
    from expertpool.importing.experts import ImportReport, preview_experts
    from expertpool.importing.parsed import parsed_people
    from expertpool.importing.report import write_report

    with _to_compare() as pool:
        plan = preview_experts(pool, files, sheets=sheets or None, progress=progress())
    if report is not None:
        write_report(plan, report)
    done = ImportReport(plan.counts(), plan.problems(), plan.summary()).as_json()
    return done | {"people": parsed_people(plan)} if rows else done


@contextmanager
def _to_compare() -> Iterator["ExpertPool"]:
    """The pool to compare with, signed in as always; where there is none yet, an empty one that goes away again."""
    from expertpool.pool import ExpertPool

    with ExitStack() as held:
        try:
            pool = held.enter_context(opened(create=False))
        except UserProblem as problem:
            if problem.code != "database.missing":
                raise
            folder = held.enter_context(WorkPlace("empty"))
            pool = held.enter_context(ExpertPool.open(folder.path / "empty.expertpool"))
        yield pool


@app.command("cases")
def cases(files: Files, sheet: Sheet = [], dry_run: DryRun = False,  # noqa: B006
          report: Report = None, json: Json = False) -> None:
    """Import cases from a docket."""
    from expertpool.importing.cases import import_cases

    with opened() as pool:
        done = import_cases(pool, files, sheets=sheet or None, dry_run=dry_run, report=report, progress=progress())
    _tell(done, json)


def _tell(done: JsonObject, json: bool) -> None:
    done = done | {"problems": [problem_row(problem) for problem in done["problems"]]}
    answer(done, json, lambda: _("{rows} rows: {created} created, {updated} updated, {unchanged} unchanged, "
                                 "{duplicates} possible duplicates, {rejected} rejected").format(**done))
    if not json:
        _say_problems([problem for problem in done["problems"] if problem["severity"] != "note"])


def _say_problems(problems: Sequence[JsonObject]) -> None:
    """One sentence each; of many of a kind in one file only the first, and the rows of the others."""
    groups: dict[tuple[str, str], list[JsonObject]] = {}
    for problem in problems:
        groups.setdefault((problem["file"], problem["code"]), []).append(problem)
    for group in groups.values():
        shown = group if len(group) <= FEW else group[:FEW - 1]
        for problem in shown:
            say(_("{file} row {row}: {text}").format(**problem) if problem["row"]
                else _("{file}: {text}").format(**problem))
        if rest := group[len(shown):]:
            rows = list(dict.fromkeys(str(problem["row"]) for problem in rest))
            say(_("{file}: {count} more like this one, in rows {rows}").format(
                file=group[0]["file"], count=len(rest), rows=", ".join(rows[:MOST_ROWS]) + (
                    " …" if len(rows) > MOST_ROWS else "")))
