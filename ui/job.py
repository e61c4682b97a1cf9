"""One piece of work of the window (see ``ui.jobs``): what it is, how far it is, what it returned or why it failed."""

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
    """What jobs tell the user through."""

    def ok(self, text: str, action: tuple[str, Callable[[], Any]] | None = None) -> object: ...
    def info(self, text: str, action: tuple[str, Callable[[], Any]] | None = None) -> object: ...
    def trouble(self, error: BaseException) -> object: ...


@dataclass(frozen=True)
class ShownWork:
    """Work as the status line shows it. ``rest`` in seconds, 0 if unknown; ``total`` 0 if uncounted;
    ``rate`` what is done in a second, 0 if unknown. Both tell of the part of the work that runs now."""

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
    part: tuple[str, int, float] = ("", 0, 0.0)  # the part that runs now: its words, where and when it began
    started: float = 0.0
    result: Any = None
    error: BaseException | None = None

    @property
    def tells(self) -> bool:
        return _wants_progress(self.work)


def changes_of(result: Any) -> Changes | None:
    """The Changes a write returned: itself, its first part, or its ``changes``; None if it wrote nothing."""
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
    except BaseException as error:  # handed to the window's thread, where it is told
        job.error = error


def _count(job: Job, done: int, total: int, what: str) -> None:
    """In the worker: how far it is. Other words begin another part, whose speed is its own."""
    if not job.part[2] or what != job.part[0] or done < job.part[1]:
        job.part = (what, done, time.monotonic())
    job.counted = (done, total, what)


def _wants_progress(work: Callable[..., Any]) -> bool:
    try:
        return "progress" in inspect.signature(work).parameters
    except (TypeError, ValueError):
        return False


def held(call: Any) -> Callable[[], Any]:
    """Hold a method without keeping its object alive; anything else as it is."""
    if inspect.ismethod(call):
        return weakref.WeakMethod(call)
    return lambda: call
