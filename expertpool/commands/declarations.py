"""``declarations``: forms of the declaration of interests (利益冲突声明), reading them, whose is due."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from expertpool.commands.frame import answer, opened, problem_row, progress, say, table
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _

if TYPE_CHECKING:
    from expertpool.declarations.reading_back import PlannedDeclaration

app = typer.Typer(no_args_is_help=True, help="Declarations of interests (利益冲突声明).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command("form")
def form(
    out: Annotated[Path, typer.Argument(help="An xlsx with a sheet a person, or a folder for a file a person.")],
    people: Annotated[list[str], typer.Option("--person", help="uid; may be given several times.")] = [],  # noqa: B006
    case: Annotated[str, typer.Option("--case", help="案号, for a declaration for one case.")] = "",
    due: Annotated[bool, typer.Option("--due", help="Everybody whose yearly one is missing or over.")] = False,
    json: Json = False,
) -> None:
    """Write forms to fill in and sign."""
    from expertpool.declarations.form import write_declaration_form
    from expertpool.declarations.recording import due_declarations

    with opened(create=False) as pool:
        wanted = [*people, *(one.uid for one in due_declarations(pool) if due)]
        done = write_declaration_form(pool, out, wanted, case, progress=progress())
    answer(done, json, lambda: _("{people} forms written to {file}").format(people=done["people"], file=out))


@app.command("read")
def read(
    files: Annotated[list[Path], typer.Argument(help="Forms that came back.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    json: Json = False,
) -> None:
    """Read forms that came back and bring the interests in step."""
    from expertpool.declarations.reading_back import apply_declarations, preview_declarations

    with opened(create=False) as pool:
        plan = preview_declarations(pool, files, progress=progress())
        entry = 0
        if not dry_run and plan.counts()["apply"]:
            entry = apply_declarations(pool, plan).changes.entry
    content = {**plan.counts(), "dry_run": dry_run, "entry": entry, "forms": [_form_row(one) for one in plan.forms],
               "problems": [problem_row(problem) for problem in plan.problems]}
    answer(content, json, lambda: table(
        [(one.known or one.name, one.number, one.signed_on, decision_word(one.decision), *one.counts().values(),
          f"{one.file} · {one.sheet}") for one in plan.forms],
        [_("Name"), _("Case"), _("Signed"), _("Result"), _("New"), _("Changed"), _("Unchanged"), _("Ended"),
         _("File")]))
    if not json:
        for problem in [*plan.problems, *(found for one in plan.forms for found in one.problems)]:
            place = f"{problem.sheet} {problem.row}:{problem.column} " if problem.row else ""
            say(f"{problem.file} {place}{problem.text}")
    if plan.problems or plan.counts()["refused"]:
        raise typer.Exit(1)


@app.command("state")
def state(uid: Annotated[str, typer.Argument(help="uid of the person.")], json: Json = False) -> None:
    """How old a person's declaration is, and the ones for single cases."""
    from expertpool.declarations.recording import declaration_state

    with opened(create=False) as pool:
        found = declaration_state(pool, uid)
    answer(asdict(found), json, lambda: "\n".join([
        f"{found.name}  {state_word(found.state)}  {found.signed_on} – {found.valid_until}".rstrip(" –"),
        *(f"{one.number or one.case_uid}  {one.signed_on}" for one in found.cases)]))


@app.command("due")
def due(
    soon: Annotated[bool, typer.Option("--soon", help="Also those that are over soon.")] = False, json: Json = False,
) -> None:
    """Active people whose yearly declaration is missing or over."""
    from expertpool.declarations.recording import due_declarations

    with opened(create=False) as pool:
        found = due_declarations(pool, soon=soon)
    answer([asdict(one) for one in found], json, lambda: table(
        [(one.name, one.employer, state_word(one.state), one.signed_on, one.valid_until, one.uid) for one in found],
        [_("Name"), _("Employer"), _("State"), _("Signed"), _("Valid until"), "uid"]))
    if not json:
        say(_("{count} people").format(count=len(found)))


def state_word(code: str) -> str:
    """The state of a yearly declaration in words."""
    return {"valid": _("Valid"), "soon": _("Over soon"), "overdue": _("Over"), "never": _("Never declared")}[code]


def decision_word(code: str) -> str:
    """What happens to a form, in words."""
    return {"apply": _("Recorded"), "unchanged": _("Recorded before"), "unsigned": _("Not signed"),
            "refused": _("Not taken")}[code]


def _form_row(one: "PlannedDeclaration") -> JsonObject:
    return {"file": one.file, "sheet": one.sheet, "uid": one.uid, "name": one.known or one.name, "number": one.number,
            "signer": one.signer, "signed_on": one.signed_on, "decision": one.decision, **one.counts(),
            "answers": one.draft.answers if one.draft else {},
            "problems": [problem_row(problem) for problem in one.problems]}
