"""``backup`` and ``database``: backups, restoring, checking, on the command line."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from expertpool.commands.frame import answer, opened, progress, table
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _

backup_app = typer.Typer(no_args_is_help=True, help="Backups and restoring (备份与恢复).")
database_app = typer.Typer(no_args_is_help=True, help="The database itself: check and repair (数据库体检).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@backup_app.command("make")
def make(prove: Annotated[bool, typer.Option(help="Restore it for a trial as well.")] = True,
         json: Json = False) -> None:
    """Make a backup of the pool now, and check it."""
    from expertpool.safekeeping.backups import back_up

    with opened(create=False) as pool:
        made = back_up(pool, prove=prove, progress=progress())
    answer(_row(made), json, lambda: _("Backup {file}, {rows} rows, checked").format(file=made.path, rows=made.rows))


@backup_app.command("list")
def listing(json: Json = False) -> None:
    """The backups that are there, newest first."""
    from expertpool.safekeeping.backups import backups

    with opened(create=False) as pool:
        rows = [_row(one) for one in backups(pool)]
    answer(rows, json, lambda: table(
        [(row["made"], row["why"], row["rows"], row["proven"] or "-", Path(row["file"]).name) for row in rows],
        (_("Made"), _("Occasion"), _("Rows"), _("Proven"), _("File"))))


@backup_app.command("daily")
def daily(json: Json = False) -> None:
    """Make the daily backup if it is due, with a trial restore; for the task scheduler."""
    from expertpool.safekeeping.backups import keep_daily

    with opened(create=False) as pool:
        made = keep_daily(pool, progress())
    answer(_row(made) if made else None, json,
           lambda: _("Backup {file}").format(file=made.path) if made else _("No backup is due."))


@backup_app.command("prove")
def prove_(file: Path, json: Json = False) -> None:
    """Restore a backup for a trial, check and count it, and throw the trial away."""
    from expertpool.safekeeping.backups import prove

    with opened(create=False) as pool:
        found = prove(pool, file, progress())
    answer(_row(found), json, lambda: _("Proven: {rows} rows came back").format(rows=found.rows))


@backup_app.command("preview")
def preview(file: Path, json: Json = False) -> None:
    """What restoring a backup would change."""
    from expertpool.safekeeping.backups import restore_preview

    with opened(create=False) as pool:
        found = asdict(restore_preview(pool, file))
    answer(found, json, lambda: "\n".join([
        table([(name, found["then"][name], found["now"][name]) for name in found["then"]],
              (_("Table"), _("In the backup"), _("Now"))),
        _("{count} operations since then would be lost").format(count=len(found["lost"])),
        *(_("Account {name}: {then} in the backup, {now} today").format(
            name=one["name"], then=one["then"] or "—", now=one["now"] or "—") for one in found["accounts"]),
        *(_("Setting that would change: {name}").format(name=name) for name in found["settings"]),
        *([_("The backup opens with the recovery code of that day")] if found["key"] else [])]))


@backup_app.command("restore")
def restore(file: Path, reason: str = "",
            to: Annotated[str, typer.Option(help="A new pool, as path or address, in place of the open one.")] = "",
            code: Annotated[str, typer.Option(help="Recovery code, on a computer without the key.")] = "",
            accounts: Annotated[bool, typer.Option(
                "--accounts", help="The accounts of the backup come back too, in place of today's.")] = False,
            json: Json = False) -> None:
    """Put a backup in the place of what the pool holds (which is backed up first), or make a new pool from it."""
    from expertpool.pool import restore_elsewhere
    from expertpool.safekeeping.backups import restore_backup

    if to:
        counts = restore_elsewhere(file, to, code, progress())
    else:
        with opened(create=False) as pool:
            counts = restore_backup(pool, file, reason, progress(), accounts=accounts)
    answer(counts, json, lambda: _("Restored: {people} people, {cases} cases").format(
        people=counts.get("person", 0), cases=counts.get("courtcase", 0)))


@backup_app.command("places")
def places(folder: str = "", second: str = "", off: Annotated[bool, typer.Option("--off/--on")] = False,
           json: Json = False) -> None:
    """Choose where backups lie, and a second folder that each one is copied to."""
    from expertpool.safekeeping.backups import backup_state, choose_places

    with opened(create=False) as pool:
        choose_places(pool, folder, second, off=off)
        found = backup_state(pool)
    answer({"folder": str(found.folder), "second": str(found.second or ""), "automatic": found.automatic}, json,
           lambda: _("Backups lie in {folder}").format(folder=found.folder))


@database_app.command("check")
def check(repair: Annotated[bool, typer.Option("--repair", help="Make lists anew that are out of step.")] = False,
          json: Json = False) -> None:
    """Look through file, references, journal, protected values and lists. Exit code 1 where something is wrong."""
    from expertpool.safekeeping.database_check import check_database

    with opened(create=False) as pool:
        report = check_database(pool, repair=repair, progress=progress())
    content = {"sound": report.sound, "looked": report.looked, "found": [one.text for one in report.found],
               "repaired": [one.text for one in report.repaired]}
    answer(content, json, lambda: "\n".join([*(one.text for one in report.found),
                                             *(_("Repaired: {what}").format(what=one.text)
                                               for one in report.repaired),
                                             *([_("Nothing is wrong.")] if report.sound else [])]))
    if not report.sound:
        raise typer.Exit(1)


@database_app.command("move")
def move(target: Annotated[str, typer.Argument(help="Path of a new file, or address of an empty database.")],
         json: Json = False) -> None:
    """Copy the pool to another place, embedded or on a server, and compare every table. The pool itself stays."""
    from expertpool.pool import restore_elsewhere
    from expertpool.safekeeping.moving import move_database

    def restore_there(backup: Path, there: str) -> object:
        return restore_elsewhere(backup, there)

    with opened(create=False) as pool:
        counts = move_database(pool, target, restore_there, progress())
    answer(counts, json, lambda: _("{count} rows copied to {target}, compared table by table: all the same.").format(
        count=sum(counts.values()), target=target))


@database_app.command("grants")
def grants(schema: str = "public") -> None:
    """Print the SQL that gives a shared pool on PostgreSQL its roles: owner, writers, readers."""
    import sys

    from expertpool.storage.grants import grants_script

    sys.stdout.write(grants_script(schema))


def _row(one: Any) -> JsonObject:
    return {"file": str(one.path), "made": one.made, "why": one.why, "entry": one.entry, "size": one.size,
            "rows": one.rows, "proven": one.proven}
