"""The command line (命令行). Exit codes: 0 success, 1 the user can put it right, 2 wrong usage, 3 the computer or
server failed, 70 a fault of the program."""

import os
import sys
from typing import Annotated

import typer

from expertpool.commands import (
    accounts,
    assigning,
    batches,
    cases,
    databases,
    declarations,
    draws,
    experts,
    fields_and_cases,
    holidays,
    importing,
    journal,
    keeping,
    opinions,
    organisations,
    people,
    plans,
    reading,
    rechecking,
    recusals,
    rosters,
    sheets,
    vaults,
)
from expertpool.commands.frame import SETTINGS, say
from expertpool.foundation.language import set_language, system_language
from expertpool.foundation.problems import ExpectedError
from expertpool.foundation.progress import Cancelled
from expertpool.foundation.sentences import MissingSentenceError

BUG = 70

app = typer.Typer(
    name="expertpool", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="ExpertPool (司法专家库): a court's judicial expert database. Without a command the window opens.")
app.add_typer(importing.app, name="import")
importing.app.command("batches")(batches.batches)
importing.app.command("undo")(batches.undo)
importing.app.command("approve")(batches.approve)
app.add_typer(accounts.app, name="account")
app.add_typer(people.app, name="people")
people.app.command("holdings")(opinions.holdings_)
people.app.command("numbers-due")(opinions.due_)
app.add_typer(opinions.app, name="opinions")
app.add_typer(experts.app, name="experts")
app.add_typer(cases.app, name="cases")
app.add_typer(declarations.app, name="declarations")
app.add_typer(assigning.assignments, name="assignments")
app.add_typer(draws.app, name="draw")
app.add_typer(recusals.app, name="recusals")
app.add_typer(holidays.app, name="holidays")
app.add_typer(organisations.app, name="organisations")
app.add_typer(rosters.app, name="roster")
app.add_typer(plans.app, name="plan")
app.add_typer(databases.pool_app, name="pool")
app.add_typer(vaults.app, name="vault")
app.add_typer(keeping.backup_app, name="backup")
app.add_typer(keeping.database_app, name="database")
app.add_typer(journal.app, name="journal")
app.add_typer(journal.recycle_app, name="recycle")
app.command("read")(reading.read)
app.command("match")(assigning.match)
app.command("panel")(assigning.panel)
app.command("check")(sheets.check)
app.command("appoint")(assigning.appoint)
app.command("sweep")(rechecking.sweep)
app.add_typer(rechecking.alerts, name="alerts")
app.add_typer(rechecking.dismissals, name="dismissals")
app.command("suggest-fields")(fields_and_cases.suggest_fields)
app.command("similar")(fields_and_cases.similar)
app.command("undo")(databases.undo)
app.command("init")(databases.init)
app.command("demo")(databases.demo)


@app.callback()
def before(
    database: Annotated[str, typer.Option(
        envvar="EXPERTPOOL_DATABASE", help="Path of an embedded pool or postgresql://… address.")] = "",
    language: Annotated[str, typer.Option(help="zh_CN or en; by default the system's.")] = "",
    user: Annotated[str, typer.Option(
        envvar="EXPERTPOOL_USER", help="Account to sign in as; the password is asked for or in EXPERTPOOL_PASSWORD."),
    ] = "",
    as_of: Annotated[str, typer.Option(
        help="Read the pool as it was at the end of this day (2026-03-01), or after the entry with this number."),
    ] = "",
) -> None:
    """Options that are given before the command, such as the database and the language."""
    SETTINGS.database, SETTINGS.user, SETTINGS.as_of = database, user, as_of
    set_language(language or system_language())


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit code. Errors become one sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):  # Windows consoles default to a code page that lacks many characters
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    set_language(system_language())
    try:
        code = app(arguments, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except typer.Exit as leaving:
        return leaving.exit_code
    except ExpectedError as error:
        try:
            say(error.text)
        except MissingSentenceError as missing:
            return _unexpected(missing)
        return error.exit_code
    except Cancelled:
        return 1
    except Exception as error:
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    if hasattr(error, "exit_code") and hasattr(error, "show"):  # usage errors found by the option parser itself
        error.show()
        return int(error.exit_code)
    if isinstance(error, typer.Abort | BrokenPipeError):
        return 1
    from expertpool.foundation.crash_report import said_of
    from expertpool.foundation.machine import disk_problem
    from expertpool.foundation.sentences import sentence

    if os.environ.get("EXPERTPOOL_DEBUG"):
        raise error
    if (known := disk_problem(error)) is not None:
        say(known.text)
        return known.exit_code
    say(sentence("bug", what=said_of(error)))
    return BUG
