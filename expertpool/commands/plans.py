"""``plan make|apply``: who serves in many cases at once."""

import json as documents
from pathlib import Path
from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened, progress, table
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import UserProblem
from expertpool.spreadsheets.target_file import replacing_target

app = typer.Typer(no_args_is_help=True, help="A plan for many cases (批量指派).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.callback()
def _group() -> None:
    """A plan for many cases (批量指派)."""


@app.command("make")
def make(numbers: Annotated[list[str] | None, typer.Argument(help="Case numbers; all open ones by default.")] = None,
         way: Annotated[str, typer.Option(help="best or fair.")] = "best",
         verify: Annotated[bool, typer.Option("--verify", help="Also those who must be verified.")] = False,
         fix: Annotated[list[str] | None, typer.Option(help="NUMBER=UID: sits there already.")] = None,
         forbid: Annotated[list[str] | None, typer.Option(help="NUMBER=UID: never together.")] = None,
         out: Annotated[Path | None, typer.Option(help="File to keep the plan in.")] = None,
         json: Json = False) -> None:
    """Work out a plan; nothing is written to the pool."""
    from expertpool.planning.plan import make_plan

    fixed: dict[str, list[str]] = {}
    for number, uid in _pairs(fix):
        fixed.setdefault(number, []).append(uid)
    with opened(create=False) as pool:
        plan = make_plan(pool, numbers or None, way=way, fixed=fixed, forbidden=set(_pairs(forbid)), verify=verify,
                         progress=progress())
    content = plan.as_json()
    if out is not None:
        with replacing_target(out) as draft:
            draft.write_text(documents.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    answer(content, json, lambda: _in_words(content))


@app.command("apply")
def apply(file: Path, reason: Annotated[str, typer.Option(help="Answers what must be verified.")] = "",
          json: Json = False) -> None:
    """Appoint everybody of a plan as one operation, each checked once more."""
    from expertpool.planning.apply import apply_plan
    from expertpool.planning.plan import Plan

    try:
        plan = Plan.of_json(documents.loads(file.read_text(encoding="utf-8")))
    except ValueError as error:
        raise UserProblem("plan.file") from error
    with opened(create=False) as pool:
        changes = apply_plan(pool, plan, reason=reason)
    answer({"entry": changes.entry, "seats": len(plan.seats)}, json,
           lambda: _("{count} people appointed").format(count=len(plan.seats)))


def _pairs(texts: list[str] | None) -> list[tuple[str, str]]:
    found = []
    for text in texts or ():
        number, sign, uid = text.rpartition("=")
        if not sign:
            raise typer.BadParameter(text)
        found.append((number, uid))
    return found


def _in_words(content: JsonObject) -> str:
    rows = [(seat["number"], seat["name"], seat["employer"], seat["score"], "；".join(seat["reasons"]))
            for seat in content["seats"]]
    rows += [(case["number"], "—", "", "", _("{count} seats empty").format(count=case["empty"]))
             for case in content["cases"] if case["empty"]]
    return table(rows, [_("Case number"), _("Name"), _("Unit"), _("Score"), _("Why")])
