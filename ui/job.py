"""One piece of work of the window (see ``ui.jobs``): what it is, its progress, and its result or error."""

import inspect
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from PySide6.QtCore import QObject

from expertpool.foundation.changes import Changes
from expertpool.foundation.progress import Cancelled, Progress


class Listener(Protocol):
    """The channel by which jobs inform the user."""

    def ok(self, text: str, action: tuple[str, Callable[[], Any]] | None = None) -> object: ...
    def info(self, text: str, action: tuple[str, Callable[[], Any]] | None = None) -> object: ...
    def trouble(self, error: BaseException) -> object: ...


@dataclass(frozen=True)
class ShownWork:
    """Work as the status line shows it. ``rest`` in seconds, 0 if unknown; ``total`` 0 if not counted; ``rate`` is
    the number done in a second, 0 if unknown. All refer to the part of the work that runs now."""

    number: int
    words: str
    done: int = 0
    total: int = 0
    rest: float = 0.0
    rate: float = 0.0
    others: int = 0
    stoppable: bool = False


@dataclass
class Job:
    number: int
    owner: "weakref.ref[QObject]"
    work: Callable[..., Any]
    done: Callable[[], Callable[[Any], Any] | None]
    failed: Callable[[], Callable[[BaseException], Any] | None]
    key: tuple[int, str] | None
    words: str | Callable[[Any], str]
    changes: bool
    undoable: bool
    progress: Progress = field(default_factory=Progress)
    counted: tuple[int, int, str] = (0, 0, "")
    # the part of the work that runs now: its words, where and when it began
    part: tuple[str, int, float] = ("", 0, 0.0)
    started: float = 0.0
    result: Any = None
    error: BaseException | None = None

    @property
    def tells(self) -> bool:
        return _wants_progress(self.work)


def changes_of(result: Any) -> Changes | None:
    """The Changes in a write's result: the result itself, its first part, or its ``changes``; None if nothing was
    written."""
    if isinstance(result, tuple) and result:
        result = result[0]
    found = result if isinstance(result, Changes) else getattr(result, "changes", None)
    return found if isinstance(found, Changes) and (found.ids or found.entry) else None


def run_job(job: Job) -> None:
    job.started = time.monotonic()
    try:
        if job.progress.stop.is_set():
            raise Cancelled
        if job.tells:
            job.progress.report = lambda done, total, what: _count(job, done, total, what)
            job.result = job.work(progress=job.progress)
        else:
            job.result = job.work()
    except BaseException as error:  # delivered in the window's thread
        job.error = error


def _count(job: Job, done: int, total: int, what: str) -> None:
    """Called in the worker to report progress. Other words begin another part, whose speed is measured anew."""
    if not job.part[2] or what != job.part[0] or done < job.part[1]:
        job.part = (what, done, time.monotonic())
    job.counted = (done, total, what)


def _wants_progress(work: Callable[..., Any]) -> bool:
    try:
        return "progress" in inspect.signature(work).parameters
    except (TypeError, ValueError):
        return False


def held(call: Any) -> Callable[[], Any]:
    """Reference a method without keeping its object alive; anything else is returned as it is."""
    if inspect.ismethod(call):
        return weakref.WeakMethod(call)
    return lambda: call
