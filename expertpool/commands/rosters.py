"""``roster``: rosters on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened, progress
from expertpool.foundation import vocabulary
from expertpool.foundation.language import _

app = typer.Typer(no_args_is_help=True, help="Rosters (名册).")


@app.callback()
def _group() -> None:
    """Rosters (名册)."""


@app.command("export")
def export(
    out: Path,
    role: Annotated[str, typer.Option(help="Only this role, as code or word.")] = "",
    public: Annotated[bool, typer.Option("--public", help="For publication: no personal numbers.")] = False,
    title: str = "", edition: str = "", order: str = "name",
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Write a roster as a styled xlsx."""
    from expertpool.rosters.roster import RosterRequest, export_roster

    with opened(create=False) as pool:
        done = export_roster(pool, out, RosterRequest(vocabulary.code_of("role", role) or role, public, title,
                                                      edition, order), progress())
    answer(done, json, lambda: _("{people} people written to {file}").format(**done))
