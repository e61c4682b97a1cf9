"""``init``, ``undo``, ``pool export|import``, ``demo``: the pool as a whole."""

from pathlib import Path
from typing import Annotated

import typer

from expertpool.commands.frame import MOST_NUMBER, SETTINGS, answer, opened, problem_row, progress, say
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _

pool_app = typer.Typer(no_args_is_help=True, help="The pool workbook (专家库工作簿): everything in one open xlsx.")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@pool_app.callback()
def _group() -> None:
    """The pool workbook (专家库工作簿)."""


@pool_app.command("export")
def export(out: Path, reveal: Annotated[str, typer.Option(help="Reason for full personal numbers.")] = "",
           json: Json = False) -> None:
    """Write the whole pool as a workbook; personal numbers are masked unless a reason is given."""
    from expertpool.workbook.workbook import export_pool

    with opened(create=False) as pool:
        counts = export_pool(pool, out, reveal_reason=reveal, progress=progress())
    answer({"file": str(out), "rows": counts}, json, lambda: _("The pool was written to {file}").format(file=out))


@pool_app.command("import")
def import_(source: Path, dry_run: Annotated[bool, typer.Option("--dry-run")] = False, json: Json = False) -> None:
    """Read a pool workbook into the pool, in one transaction."""
    from expertpool.workbook.workbook import import_pool

    with opened() as pool:
        report: JsonObject = dict(import_pool(pool, source, dry_run=dry_run, progress=progress()))
    report["problems"] = [problem_row(problem) for problem in report["problems"]]
    answer(report, json, lambda: _("{rows} rows: {created} created, {updated} updated, {unchanged} unchanged, "
                                   "{rejected} rejected").format(**report))
    for problem in report["problems"] if not json else ():
        say(problem["text"])


@pool_app.command("template")
def template(out: Path) -> None:
    """Write the empty workbook that HR fills in."""
    from expertpool.importing.template import write_template

    write_template(out)
    answer(None, False, lambda: _("The template was written to {file}").format(file=out))


def init(json: Json = False) -> None:
    """Make an empty pool (or bring an existing one up to date)."""
    from expertpool.safekeeping.key_keeping import key_state

    with opened() as pool:
        content = {"database": pool.database.target, **pool.counts()}
        printed = key_state(pool).printed
    answer(content, json, lambda: _("The pool is ready: {database}").format(**content))
    if not printed and not json:
        say(_("Print the recovery paper next: vault paper. Without it, a lost computer means a lost pool."))


def undo(entry: Annotated[int, typer.Argument(max=MOST_NUMBER, help="Number of an entry of the journal.")] = 0,
         json: Json = False) -> None:
    """Undo your newest operation, or the entry with this number."""
    with opened(create=False) as pool:
        changes = pool.undo(entry) if entry else pool.undo_last()
    answer({"entry": changes.entry, "operation": changes.operation}, json, lambda: _("Undone."))


def demo(folder: Path, json: Json = False) -> None:
    """Make a pool from the invented samples in an empty folder, match, appoint, export; says what it did."""
    from expertpool.commands.demonstration import demonstrate

    if not SETTINGS.database:
        SETTINGS.database = str(folder / "sample.expertpool")
    steps = demonstrate(folder, SETTINGS.database, say if not json else lambda text: None)
    answer(steps, json, lambda: _("The sample pool and its roster are in {folder}").format(folder=folder))
