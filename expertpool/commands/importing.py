"""``import experts`` and ``import cases``: spreadsheets into the pool."""

from pathlib import Path
from typing import Annotated, Any

import typer

from expertpool.commands.frame import answer, opened, problem_row, progress, say
from expertpool.foundation.language import _

app = typer.Typer(no_args_is_help=True, help="Bring spreadsheets into the pool (导入).")
Files = Annotated[list[Path], typer.Argument(help="xlsx, xls, ods, csv …")]
Sheet = Annotated[list[str], typer.Option("--sheet", help="Only these sheets (repeat for several).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")]
Report = Annotated[Path | None, typer.Option("--report", help="Workbook of the problems, for whoever sent the file.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command("experts")
def experts(
    files: Files, sheet: Sheet = [], dry_run: DryRun = False,  # noqa: B006
    duplicates: Annotated[str, typer.Option(help="Possible duplicates: skip, merge or ask.")] = "ask",
    report: Report = None, json: Json = False,
) -> None:
    """Import people from rosters."""
    from expertpool.importing.experts import import_experts

    if duplicates not in ("skip", "merge", "ask"):
        raise typer.BadParameter("skip, merge, ask", param_hint="--duplicates")
    with opened() as pool:
        done = import_experts(pool, files, sheets=sheet or None, dry_run=dry_run, duplicates=duplicates,
                              report=report, progress=progress())
    _tell(done, json)


@app.command("cases")
def cases(files: Files, sheet: Sheet = [], dry_run: DryRun = False,  # noqa: B006
          report: Report = None, json: Json = False) -> None:
    """Import cases from a docket."""
    from expertpool.importing.cases import import_cases

    with opened() as pool:
        done = import_cases(pool, files, sheets=sheet or None, dry_run=dry_run, report=report, progress=progress())
    _tell(done, json)


def _tell(done: dict[str, Any], json: bool) -> None:
    done = done | {"problems": [problem_row(problem) for problem in done["problems"]]}
    answer(done, json, lambda: _("{rows} rows: {created} created, {updated} updated, {unchanged} unchanged, "
                                 "{duplicates} possible duplicates, {rejected} rejected").format(**done))
    if not json:
        for problem in done["problems"]:
            if problem["severity"] != "note":
                say(_("{file} row {row}: {text}").format(**problem))
