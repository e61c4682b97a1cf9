"""``roster``: rosters on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened, progress
from expertpool.foundation.language import _
from expertpool.rules import vocabulary

app = typer.Typer(no_args_is_help=True, help="Rosters (名册).")


@app.callback()
def _group() -> None:
    """Rosters (名册)."""


@app.command("export")
def export(
    out: Path,
    role: Annotated[str, typer.Option(help="Only this role, as code or word.")] = "",
    purpose: Annotated[str, typer.Option(help="internal, public, shared or finance.")] = "internal",
    public: Annotated[bool, typer.Option("--public", help="For publication: no personal numbers.")] = False,
    receiver: Annotated[str, typer.Option(help="Who gets the copy; stands on every page.")] = "",
    reason: Annotated[str, typer.Option(help="Why numbers are written in full (purpose finance).")] = "",
    title: str = "", edition: str = "", order: str = "name",
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Write a roster as a styled xlsx."""
    from expertpool.rosters.roster import RosterRequest, export_roster

    with opened(create=False) as pool:
        done = export_roster(pool, out, RosterRequest(
            vocabulary.code_of("role", role) or role, "public" if public else purpose, title, edition, order,
            receiver=receiver, reason=reason), progress())
    answer(done, json, lambda: _("{people} people written to {file}").format(**done))
