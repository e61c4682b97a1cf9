"""``cases``: the docket on the command line."""

from dataclasses import asdict
from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened, say, table
from expertpool.foundation.json_values import JsonObject, as_json
from expertpool.foundation.language import _
from expertpool.rules import vocabulary

app = typer.Typer(no_args_is_help=True, help="The docket (案件).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command("list")
def list_cases(search: str = "", state: str = "", json: Json = False) -> None:
    """List cases, newest number first."""
    from expertpool.cases.browse import CaseQuery, case_ids, case_rows

    with opened(create=False) as pool:
        rows = case_rows(pool, case_ids(pool, CaseQuery(search=search, state=state)))
        answer(rows, json, lambda: table(
            [(r.number, r.cause, vocabulary.word("procedure", r.procedure), r.parties[:40],
              vocabulary.word("case_state", r.state), r.people) for r in rows],
            [_("Case number"), _("Cause"), _("Procedure"), _("Parties"), _("State"), _("Serving")]))
        say(_("{count} cases").format(count=len(rows)))


@app.command("show")
def show_case(number: str, json: Json = False) -> None:
    """Show one case by its number in any spelling."""
    from expertpool.assignments.service import assignment_rows
    from expertpool.cases.details import case_detail

    with opened(create=False) as pool:
        detail = case_detail(pool, number)
        content: JsonObject = asdict(detail) | {"assignments": [
            as_json(row) for row in assignment_rows(pool, case=detail.uid)]}
        content.pop("id")
        answer(content, json, lambda: _in_words(content))


def _in_words(content: JsonObject) -> str:
    values = content["values"]
    lines = [f"{content['number']}  {values['cause']}  {vocabulary.word('procedure', values['procedure'])}",
             _("Court") + f": {values['court']}    " + _("Filed") + f": {values['filed_on']}"]
    for party in content["parties"]:
        agents = "；".join(f"{a['name']} {a['firm']}".strip() for a in party["agents"])
        lines.append(f"{vocabulary.word('party_side', party['side'])}: {party['name']}  {agents}".rstrip())
    for patent in content["patents"]:
        lines.append(_("Patent") + f": {patent['number']} {patent['title']}  {'; '.join(patent['ipc'])}")
    if values["issue"]:
        lines.append(_("Technical issue") + f": {values['issue']}")
    if len(content["lineage"]) > 1:
        lines.append(_("Lineage") + ": " + " → ".join(step["number"] for step in content["lineage"]))
    for row in content["assignments"]:
        lines.append(f"{vocabulary.word('role', row['role'])}: {row['person']}  "
                     f"{vocabulary.word('assignment_state', row['state'])}  {row['appointed_on']}")
    return "\n".join(lines)
