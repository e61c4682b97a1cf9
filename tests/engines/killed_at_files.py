"""What the child of ``test_plain_text`` does: files in and out, over and over, until it is killed."""

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from expertpool.accounts.permissions import Actor
from expertpool.foundation.dates import today
from expertpool.foundation.progress import Progress
from expertpool.past_pool import as_of
from expertpool.pool import ExpertPool
from expertpool.rosters.roster import RosterRequest, export_roster
from expertpool.safekeeping import backups
from expertpool.spreadsheets import writing
from expertpool.workbook.workbook import export_pool


def work_on_files(pipe: Connection, target: str, out: str, what: str) -> None:
    """Open the pool and do one kind of work for ever; at every step told, wait for the word to go on."""
    vars(writing)["rows_in_memory"] = lambda: 5  # every sheet counts as a large one
    with ExpertPool.open(target, actor=Actor("tester")) as pool:
        def step(_done: int, _total: int, what: str) -> None:
            pipe.send(what)
            pipe.recv()

        for number in range(10**6):
            WORK[what](pool, Path(out) / f"{what}{number % 3}.xlsx", Progress(step))


def _export(pool: ExpertPool, path: Path, progress: Progress) -> Any:
    return export_pool(pool, path, reveal_reason="核对", progress=progress)


def _roster(pool: ExpertPool, path: Path, progress: Progress) -> Any:
    return export_roster(pool, path, RosterRequest(purpose="internal", receiver="某庭", reason="核对"), progress)


def _past(pool: ExpertPool, _path: Path, progress: Progress) -> None:
    with as_of(pool, today().isoformat(), progress):
        pass


def _backup(pool: ExpertPool, _path: Path, progress: Progress) -> Any:
    return backups.prove(pool, backups.back_up(pool, progress=progress).path, progress)


WORK = {"export": _export, "roster": _roster, "past": _past, "backup": _backup}
