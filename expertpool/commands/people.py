"""``people``: possible duplicates of the pool, merging two records of one person, and undoing that."""

from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened, say, table
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _

app = typer.Typer(no_args_is_help=True, help="Duplicates of the pool (查重与合并).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command("duplicates")
def duplicates(
    limit: Annotated[int, typer.Option(help="At most so many pairs.")] = 100, json: Json = False,
) -> None:
    """Pairs of people who may be one human being, the surest first."""
    from expertpool.experts.pairs import PairSide, possible_pairs

    def side(one: PairSide) -> JsonObject:
        return {"uid": one.uid, "name": one.name, "employer": one.employer, "title": one.title}

    with opened(create=False) as pool:
        pairs = possible_pairs(pool, limit)
    rows = [{"one": side(pair.one), "other": side(pair.other), "kind": pair.verdict.kind,
             "keys": list(pair.verdict.keys), "reasons": pair.verdict.reasons, "later": pair.later} for pair in pairs]
    answer(rows, json, lambda: table(
        [(p.one.name, p.one.employer, p.one.uid, p.other.name, p.other.employer, p.other.uid, p.verdict.reasons)
         for p in pairs],
        [_("Name"), _("Employer"), "uid", _("Name"), _("Employer"), "uid", _("Why")]))
    if not json:
        say(_("{count} pairs").format(count=len(pairs)))


@app.command("merge")
def merge(
    kept: Annotated[str, typer.Argument(help="uid of the person who is kept.")],
    other: Annotated[str, typer.Argument(help="uid of the person who is merged into the first.")],
    reason: Annotated[str, typer.Option(help="Why they are the same person.")],
    take: Annotated[list[str], typer.Option("--take", help="field=kept, field=other or field=value.")] = [],  # noqa: B006
) -> None:
    """Make one person of two; other choices than the suggested ones with --take."""
    from expertpool.checks.merge_effects import merge_effects
    from expertpool.experts.merge import merge as make_one

    with opened(create=False) as pool:
        effects = merge_effects(pool, kept, other)
        make_one(pool, kept, other, dict(_choice(text) for text in take), reason=reason)
    for effect in effects:
        say(effect.text)
    say(_("Merged. “people unmerge {uid}” takes it back.").format(uid=other))


@app.command("unmerge")
def unmerge(other: Annotated[str, typer.Argument(help="uid of the person who was merged away.")]) -> None:
    """Separate two people again; what was changed since is spared and listed."""
    from expertpool.experts.merge import unmerge as make_two

    with opened(create=False) as pool:
        done = make_two(pool, other)
    for text in done.spared:
        say(text)
    say(_("Separated."))


def _choice(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter("field=value", param_hint="--take")
    return name.strip(), value
