"""Reads any table file into a :class:`Workbook`, in a separate process, because a file may crash it."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from expertpool.foundation.problems import Problem, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.spreadsheets import worker
from expertpool.spreadsheets.limits import Limits, reading_limits
from expertpool.spreadsheets.messages import Message
from expertpool.spreadsheets.workbook import Kind, Sheet, Value, Workbook

_LARGE = 200_000  # after a file with more rows the worker is restarted, to free its memory


def read_workbook(path: Path, *, progress: Progress = SILENT, sheets: Sequence[str] | None = None,
                  limits: Limits | None = None) -> Workbook:
    """All worksheets of ``path`` (or those named), including hidden ones, with every row at its position.

    Raises :class:`UserProblem` with one ``spreadsheets.…`` code if the file is no readable table, and ``Cancelled``.
    Nothing in the file is ever executed or fetched.
    """
    path = Path(path).absolute()  # the worker may have been started in another folder
    limits = limits or reading_limits()
    names = tuple(sheets) if sheets is not None else None
    patience = limits.seconds
    for careful in (False, True):
        try:
            request = worker.Request(path, names, limits, careful)
            with closing(worker.read(request, progress, patience)) as messages:
                workbook = _assembled(path, messages, progress)
            if sum(len(sheet.rows) for sheet in workbook.sheets) > _LARGE:
                worker.close_worker()
            return workbook
        except worker.WorkerDied as death:
            patience = max(patience - death.seconds, limits.seconds / 4)
    raise UserProblem("spreadsheets.too_much", name=path.name)


def _assembled(path: Path, messages: Iterable[Message], progress: Progress) -> Workbook:
    kind, sha256 = Kind.TEXT, ""
    found: list[Sheet] = []
    notices: list[Problem] = []
    name, visible, total = "", True, 0
    rows: list[list[Value]] = []
    for message in messages:
        match message:
            case ("file", kind, sha256):
                found, notices = [], []
            case ("sheet", name, visible, total):
                rows = []
            case ("rows", batch):
                rows.extend(batch)
                progress.step(len(rows), total, path.name)
            case ("details", merged, hidden_rows, hidden_columns, errors):
                while rows and not rows[-1]:
                    rows.pop()
                found.append(Sheet(name, visible, rows, merged, hidden_rows, hidden_columns, errors))
            case ("working", count):
                progress.step(count, total, path.name)
            case ("notice", notice):
                notices.append(notice)
    if not any(sheet.rows for sheet in found):
        broken = not found and kind is Kind.XLS  # a container without a sheet: the file was not copied completely
        raise UserProblem("spreadsheets.damaged" if broken else "spreadsheets.empty", name=path.name)
    return Workbook(path, path.name, sha256, kind, tuple(found), tuple(notices))
