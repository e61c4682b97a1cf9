"""``opinions``: technical opinions on the command line; and what the pool holds on somebody."""

from pathlib import Path
from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened, table
from expertpool.foundation.language import _

app = typer.Typer(no_args_is_help=True, help="Technical opinions, for the case alone (技术调查意见).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.callback()
def _group() -> None:
    """Technical opinions (技术调查意见)."""


@app.command("attach")
def attach(assignment: Annotated[str, typer.Argument(help="uid of the assignment.")], file: Path,
           json: Json = False) -> None:
    """Keep a signed opinion with an assignment."""
    from expertpool.assignments.opinions import attach_opinion

    with opened(create=False) as pool:
        changes = attach_opinion(pool, assignment, file)
    answer({"entry": changes.entry}, json, lambda: _("The opinion was kept."))


@app.command("list")
def listing(number: Annotated[str, typer.Option(help="Only of this case.")] = "", json: Json = False) -> None:
    """The opinions that are kept, without what they say."""
    from expertpool.assignments.opinions import opinion_rows

    with opened(create=False) as pool:
        rows = opinion_rows(pool, number)
    answer(rows, json, lambda: table([(row.number, row.person, row.file, row.at[:10], row.uid)
                                      for row in rows], (_("Case"), _("Expert"), _("File"), _("Day"), "uid")))


@app.command("save")
def save(uid: str, file: Path, json: Json = False) -> None:
    """Write an opinion to a file; the journal notes who read it."""
    from expertpool.assignments.opinions import save_opinion

    with opened(create=False) as pool:
        digest = save_opinion(pool, uid, file)
    answer({"file": str(file), "sha256": digest}, json, lambda: _("Saved as {file}").format(file=file))


def holdings_(person: str, reason: Annotated[str, typer.Option(prompt=True)], json: Json = False) -> None:
    """Everything the pool holds on somebody, for the person; noted in the journal."""
    from expertpool.documents.paper_text import paper_text
    from expertpool.documents.personal_copy import copy_of, holdings

    with opened(create=False) as pool:
        found, court = holdings(pool, person, reason), pool.name
    answer({"name": found.name, "uid": found.uid, "sections": found.sections}, json,
           lambda: paper_text(copy_of(found, court)))


def due_(clear: Annotated[bool, typer.Option("--clear", help="Clear them now.")] = False, json: Json = False) -> None:
    """Whose personal numbers are kept longer than the court's period."""
    from dataclasses import asdict

    from expertpool.experts.retention import clear_numbers, numbers_due

    with opened(create=False) as pool:
        rows = numbers_due(pool)
        if clear and rows:
            clear_numbers(pool, [row.uid for row in rows])
    answer([asdict(row) for row in rows], json, lambda: table(
        [(row.name, row.left, row.due, row.uid) for row in rows], (_("Expert"), _("Left"), _("Due since"), "uid")))
