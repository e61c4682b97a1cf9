"""``organisations``: whether two unit names are one unit, the alias book, and what looks the same."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from expertpool.commands.frame import answer, opened, say, table
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import UserProblem

if TYPE_CHECKING:
    from expertpool.checks.alias_effects import UnitEffect

app = typer.Typer(no_args_is_help=True, help="Units and their other names (单位别名库).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what it would block; write nothing.")]
Start = Annotated[str, typer.Option(help="Used or linked from, e.g. 2019-03.")]
End = Annotated[str, typer.Option(help="Until.")]
Source = Annotated[str, typer.Option(help="Where that stands.")]


@app.command("match")
def match(one: Annotated[str, typer.Argument(help="A unit's name.")],
          other: Annotated[str, typer.Argument(help="Another unit's name.")], json: Json = False) -> None:
    """Whether two names are one unit, one group, perhaps one unit or two; with the way through the alias book."""
    from expertpool.organisations.names import similar
    from expertpool.organisations.path import path_between
    from expertpool.organisations.words import verdict_word

    likeness, path = similar(one, other), None
    try:
        with opened(create=False) as pool:
            path = path_between(pool, one, other)
    except UserProblem as problem:  # without a pool the names alone are judged
        if problem.code != "database.missing":
            raise
    verdict, reason, why = likeness.verdict, likeness.reason, likeness.why
    if path is not None:
        verdict, reason, why = path.verdict, path.reason, path.why
    content = {"one": one, "other": other, "verdict": verdict, "reason": reason, "why": why,
               "by_names": {"verdict": likeness.verdict, "reason": likeness.reason, "why": likeness.why},
               "path": list(path.steps) if path else []}
    answer(content, json, lambda: "\n".join([f"{verdict_word(verdict)}: {why}", *(path.steps if path else ())]))


@app.command("list")
def list_(search: Annotated[str, typer.Argument(help="Part of a name, alias or credit code.")] = "",
          limit: Annotated[int, typer.Option(help="At most so many.")] = 200, json: Json = False) -> None:
    """Units with their other names, people and cases."""
    from expertpool.organisations.browse import unit_rows
    from expertpool.rules.vocabulary import word

    with opened(create=False) as pool:
        rows = unit_rows(pool, search)
    shown = rows[:limit]
    answer([asdict(row) for row in shown], json, lambda: table(
        [(row.name, word("organisation_kind", row.kind), row.credit_code, "、".join(row.aliases), row.people,
          row.cases) for row in shown],
        [_("Unit name"), _("Kind"), _("Credit code"), _("Other names"), _("People"), _("Cases")]))
    if not json:
        say(_("{count} units").format(count=len(rows)))


@app.command("show")
def show(name: Annotated[str, typer.Argument(help="Name, alias or uid.")], json: Json = False) -> None:
    """One unit with its other names, links, people and cases."""
    from expertpool.organisations.browse import unit_detail
    from expertpool.rules.vocabulary import word

    with opened(create=False) as pool:
        unit = unit_detail(pool, name)

    def words() -> str:
        lines = [unit.row.name, " ".join(filter(None, (word("organisation_kind", unit.row.kind), unit.row.credit_code,
                                                       unit.region)))]
        lines += [f"  {word('alias_kind', one['kind'])}: {one['alias']} {_time(one)} {one['source']} [{one['uid']}]"
                  for one in unit.aliases]
        lines += [f"  {word('organisation_link', one['kind'])} {'↑' if one['upper'] else '↓'} {one['name']} "
                  f"{_time(one)} {one['source']} [{one['uid']}]" for one in unit.links]
        lines += [f"  {one['name']} {_time(one)}" for one in unit.people]
        lines += [f"  {one['number']} {one['as']}" for one in unit.cases]
        return "\n".join(line.rstrip() for line in lines if line)

    answer(asdict(unit), json, words)


@app.command("alias")
def alias(organisation: Annotated[str, typer.Argument(help="The unit: name or uid.")],
          other: Annotated[str, typer.Argument(help="Its other name.")],
          kind: Annotated[str, typer.Option(help="full, former, short, foreign or typed.")] = "short",
          start: Start = "", end: End = "", source: Source = "", dry_run: DryRun = False, json: Json = False) -> None:
    """Give a unit another name; says first whom that bars."""
    from expertpool.checks.alias_effects import alias_effects
    from expertpool.organisations.register import add_alias

    with opened(create=False) as pool:
        effects = alias_effects(pool, organisation, other)
        if not dry_run:
            add_alias(pool, organisation, other, kind=kind, start=start, end=end, source=source)
    _tell(effects, json, dry_run)


@app.command("link")
def link(upper: Annotated[str, typer.Argument(help="Parent, controlling or earlier unit.")],
         lower: Annotated[str, typer.Argument(help="Branch, controlled or later unit.")],
         kind: Annotated[str, typer.Option(help="parent, branch, controls, formerly or affiliated.")] = "parent",
         start: Start = "", end: End = "", source: Source = "", dry_run: DryRun = False, json: Json = False) -> None:
    """Link two units; says first whom that bars."""
    from expertpool.checks.alias_effects import link_effects
    from expertpool.organisations.register import known_kind
    from expertpool.organisations.register import link as link_units

    with opened(create=False) as pool:
        effects = link_effects(pool, upper, lower, known_kind("organisation_link", kind), start, end)
        if not dry_run:
            link_units(pool, upper, lower, kind=kind, start=start, end=end, source=source)
    _tell(effects, json, dry_run)


@app.command("suggestions")
def suggestions(limit: Annotated[int, typer.Option(help="At most so many pairs.")] = 200, json: Json = False) -> None:
    """Units that look like one unit or one group and about which nobody has said anything."""
    from expertpool.organisations.suggestions import suggestions as look
    from expertpool.organisations.words import verdict_word

    with opened(create=False) as pool:
        found = look(pool, limit)
    answer([{"one": asdict(pair.one), "other": asdict(pair.other), "verdict": pair.likeness.verdict,
             "reason": pair.likeness.reason, "why": pair.likeness.why} for pair in found], json, lambda: table(
        [(pair.one.name, pair.other.name, verdict_word(pair.likeness.verdict), pair.likeness.why) for pair in found],
        [_("Unit name"), _("Other unit"), _("Looks like"), _("Why")]))
    if not json:
        say(_("{count} pairs").format(count=len(found)))


@app.command("answer")
def answer_(one: Annotated[str, typer.Argument(help="A unit's name.")],
            other: Annotated[str, typer.Argument(help="Another unit's name.")],
            said: Annotated[str, typer.Argument(help="same, group or different.")],
            reason: Annotated[str, typer.Option(help="Why.")] = "", json: Json = False) -> None:
    """Say what two names are to each other, once for all."""
    from expertpool.organisations.edits import answer_units

    with opened(create=False) as pool:
        answer_units(pool, one, other, said, reason)
    _done({"one": one, "other": other, "answer": said}, json)


@app.command("merge")
def merge(kept: Annotated[str, typer.Argument(help="The unit that stays: name or uid.")],
          other: Annotated[str, typer.Argument(help="The unit that goes into it.")],
          reason: Annotated[str, typer.Option(help="Why they are one.")] = "", dry_run: DryRun = False,
          json: Json = False) -> None:
    """Make one unit of two; says first whom that bars."""
    from expertpool.checks.alias_effects import alias_effects
    from expertpool.organisations.browse import unit_detail
    from expertpool.organisations.edits import merge_units

    with opened(create=False) as pool:
        effects = alias_effects(pool, unit_detail(pool, kept).row.name, unit_detail(pool, other).row.name)
        if not dry_run:
            merge_units(pool, kept, other, reason=reason)
    _tell(effects, json, dry_run)


def _tell(effects: "Sequence[UnitEffect]", json: bool, dry_run: bool) -> None:
    """What a change does, or would do."""
    content = {"written": not dry_run, "effects": [asdict(one) for one in effects]}
    answer(content, json, lambda: table([(one.number, one.person, one.rule, one.text) for one in effects],
                                        [_("Case"), _("Expert"), _("Rule"), _("Reason")]) if effects else "")
    if not json:
        say(_("Nobody would newly be barred or warned about.") if not effects else
            _("{count} new findings").format(count=len(effects)))
        say(_("Nothing was written.") if dry_run else _("Saved."))


def _done(content: JsonObject, json: bool) -> None:
    answer(content, json, lambda: "")
    if not json:
        say(_("Saved."))


def _time(row: JsonObject) -> str:
    return f"{row['start']}–{row['end']}" if row["start"] or row["end"] else ""
