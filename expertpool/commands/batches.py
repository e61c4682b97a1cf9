"""``import batches`` and ``import undo``: the imports that were made, and taking one back."""

from dataclasses import asdict
from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened, say, table
from expertpool.foundation.language import _

Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


def batches(json: Json = False) -> None:
    """List the imports, newest first."""
    from expertpool.importing.batches import batches as every_batch

    with opened(create=False) as pool:
        found = every_batch(pool)
    answer([asdict(batch) for batch in found], json, lambda: table(
        [(one.at[:16].replace("T", " "), one.operator, "、".join(one.files), one.counts.get("created", 0),
          one.counts.get("updated", 0), _("undone") if one.undone else "", one.uid) for one in found],
        [_("Time (UTC)"), _("Operator"), _("Files"), _("New"), _("Updated"), "", "uid"]))


def approve(batch: Annotated[str, typer.Argument(help="uid of the import (see “import batches”).")],
            json: Json = False) -> None:
    """Let the people of an import into the pool, as somebody else than the operator."""
    from expertpool.importing.approval import approve_import

    with opened(create=False) as pool:
        changes = approve_import(pool, batch)
    answer({"entry": changes.entry}, json, lambda: _("The import was approved."))


def undo(
    batch: Annotated[str, typer.Argument(help="uid of the import (see “import batches”).")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    json: Json = False,
) -> None:
    """Take an import back, sparing and listing people who were changed since."""
    from expertpool.importing.batches import undo_batch, undo_preview

    with opened(create=False) as pool:
        done = undo_preview(pool, batch) if dry_run else undo_batch(pool, batch)[1]
    content = {"removes": done.removes, "restores": done.restores, "dry_run": dry_run,
               "spared": [{"uid": uid, "name": name, "why": why} for uid, name, why in done.spared]}
    answer(content, json, lambda: _("{removes} people removed, {restores} restored, {spared} spared").format(
        removes=done.removes, restores=done.restores, spared=len(done.spared)))
    if not json:
        for _uid, name, why in done.spared:
            say(f"{name}: {why}")
