"""``check``: what stands between a person and a case now, or what was stored when the person was appointed."""

from typing import Annotated

import typer

from expertpool.commands import assigning
from expertpool.commands.frame import answer, opened
from expertpool.foundation.language import _


def check(
    number: Annotated[str, typer.Argument(help="Case number in any spelling.")] = "",
    uid: Annotated[str, typer.Argument(help="Uid of the person.")] = "",
    role: assigning.Role = "",
    record: Annotated[str, typer.Option(help="Uid of an assignment: its stored check, with the fingerprint.")] = "",
    json: assigning.Json = False,
) -> None:
    """What stands between one person and one case, or the stored check of an assignment."""
    from dataclasses import asdict

    from expertpool.checks.check_sheet import check_sheet
    from expertpool.documents.check_sheet import paper_of
    from expertpool.documents.paper_text import paper_text

    if not record:
        if not (number and uid):
            raise typer.BadParameter(_("Give a case number and a person, or --record and an assignment."))
        assigning.check(number, uid, role, json)
        return
    with opened(create=False) as pool:
        sheet, court = check_sheet(pool, record), pool.name
    answer(asdict(sheet), json, lambda: paper_text(paper_of(sheet, court)))
