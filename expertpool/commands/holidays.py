"""``holidays``: the days of rest that periods are counted with (节假日), year by year."""

import json as notation
from pathlib import Path
from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _

app = typer.Typer(no_args_is_help=True, help="Days of rest that periods are counted with (节假日).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command("list")
def listing(json: Json = False) -> None:
    """The years that are known, with their source."""
    from expertpool.rules.holidays import SETTING, working_days

    with opened(create=False) as pool:
        years = working_days(pool.rules, pool.setting(SETTING)).years
    rows: list[JsonObject] = [
        {"year": year, "off": [str(day) for day in sorted(known.off)],
         "work": [str(day) for day in sorted(known.work)], "source": known.source,
         "dated": known.dated} for year, known in sorted(years.items())]
    answer(rows, json, lambda: "\n".join(f"{row['year']}  {row['source']}  {row['dated']}" for row in rows))


@app.command("set")
def put(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False,
                                             help='{"2027": {"source", "dated", "off", "work"}}')]) -> None:
    """Enter years from a JSON file, written as the shipped ones are."""
    from expertpool.foundation.problems import UserProblem
    from expertpool.rules.holidays import SETTING, working_days

    try:
        entered = notation.loads(file.read_text(encoding="utf-8-sig"))
        given = dict(entered)
    except (ValueError, TypeError) as error:
        raise UserProblem("holidays.value", year="…", value=str(error)) from error
    with opened(create=False) as pool:
        working_days(pool.rules, given)
        pool.set_parts(SETTING, given)
    answer(sorted(given), False, lambda: _("Holidays entered: {years}").format(years="、".join(sorted(given))))
