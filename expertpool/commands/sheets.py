"""``check``: what stands between a person and a case now, or what was stored when the person was appointed."""

from typing import Annotated

import typer

from expertpool.commands import assigning
from expertpool.commands.frame import answer, opened
from expertpool.foundation.language import _
from expertpool.rules import vocabulary


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

    if not record:
        if not (number and uid):
            raise typer.BadParameter(_("Give a case number and a person, or --record and an assignment."))
        assigning.check(number, uid, role, json)
        return
    with opened(create=False) as pool:
        sheet = check_sheet(pool, record)

    def words() -> str:
        lines = [f"{sheet.number}  {sheet.person}  {vocabulary.word('case_role', sheet.role)}",
                 f"{sheet.checked_at}  {sheet.rules_version}  {sheet.fingerprint}",
                 _("fingerprint agrees") if sheet.intact else _("fingerprint does NOT agree")]
        lines += [f"[{one.rule}] " + ("；".join(hit.text for hit in one.hits) or _("nothing found"))
                  for one in sheet.rules]
        return "\n".join([*lines, *(f"{one.reason}  {one.by}  {one.at}" for one in sheet.answers)])

    answer(asdict(sheet), json, words)
