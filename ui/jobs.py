"""The only way to run work outside the window's thread: *read* (two workers) and *change* (one worker).

The only module with threads. Results are delivered in the window's thread, and only while the owner of the request is
alive. Work may have a parameter ``progress`` to report progress and to be stopped.
"""

import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.foundation.progress import Cancelled
from ui.job import Job, Listener, ShownWork, changes_of, held, run_job

PATIENCE = 0.3  # seconds that work may take before it is shown
_TICK = 100  # milliseconds between two looks at running work


class Jobs(QObject):
    """Runs work and delivers results. ``changed`` carries the Changes of every write."""

    changed = Signal(object)
    shown = Signal(object)  # a ShownWork, or None if there is nothing to show
    resting = Signal()  # nothing is running or waiting any more
    _finished = Signal(int)

    def __init__(self, listener: Listener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listener = listener
        self.around: Callable[[], AbstractContextManager[object]] = nullcontext  # the context in which all work runs
        self.undo_last: Callable[[], Changes] | None = None
        self.undo_entry: Callable[[int], Changes] | None = None
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="change")
        self._watcher = ThreadPoolExecutor(1, thread_name_prefix="watch")
        self._watching = 0
        self._jobs: dict[int, Job] = {}
        self._newest: dict[tuple[int, str], int] = {}
        self._count = 0
        self._shown: int = 0
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._look)
        self._finished.connect(self._deliver)

    def read(
        self,
        owner: QObject,
        work: Callable[..., object],
        done: Callable[[Any], Any] | None = None,
        *,
        key: str = "",
        failed: Callable[[BaseException], object] | None = None,
        words: str = "",
    ) -> int:
        """Run ``work`` in a reading worker; ``done(result)`` follows in the window's thread.

        With ``key`` only the owner's newest request counts: older ones are stopped and their results dropped.
        ``failed(error)`` may return True to say that it has informed the user itself. Returns the job's number.
        """
        return self._start(
            self._readers, owner, work, done, failed, key, words, changes=False, undoable=False
        )

    def change(
        self,
        owner: QObject,
        work: Callable[..., object],
        done: Callable[[Any], Any] | None = None,
        *,
        words: str | Callable[[object], str] = "",
        failed: Callable[[BaseException], object] | None = None,
        undoable: bool = True,
    ) -> int:
        """Run a write; writes run one after the other. The result is :class:`Changes`, or has them as ``.changes`` or
        as the first of a tuple; they are broadcast, and a message with Undo says ``words``."""
        return self._start(
            self._writer, owner, work, done, failed, "", words, changes=True, undoable=undoable
        )

    def watch(self, work: Callable[[Callable[[], bool]], None]) -> None:
        """Run ``work(stopped)`` beside everything else until ``stopped()`` is true; a previous such work is stopped.

        It reports by signals, and must check ``stopped`` several times a second.
        """
        self._watching += 1
        turn = self._watching
        if not self._closed:
            self._watcher.submit(work, lambda: self._closed or turn != self._watching)

    def undo(self, entry: int = 0) -> None:
        """Undo journal entry ``entry``, or the actor's last operation."""
        last, one = self.undo_last, self.undo_entry
        if entry and one is not None:
            self.change(self, lambda: one(entry), words=_("Undone."), undoable=False)
        elif last is not None:
            self.change(self, last, words=_("Undone."), undoable=False)

    def cancel(self, number: int = 0) -> None:
        """Ask one job to stop, or all of them."""
        for job in list(self._jobs.values()):
            if number in (0, job.number):
                job.progress.stop.set()

    def idle(self) -> bool:
        """Whether nothing is running, waiting or still to be delivered."""
        return not self._jobs

    def writing(self) -> bool:
        """Whether a change is running or waiting."""
        return any(job.changes for job in self._jobs.values())

    def close(self) -> None:
        """Stop what can be stopped, wait for the rest, end the workers. Nothing is delivered afterwards."""
        self._closed = True
        self.cancel()
        self._timer.stop()
        for workers in (self._readers, self._writer, self._watcher):
            workers.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()

    def _start(
        self,
        workers: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[..., object],
        done: object,
        failed: object,
        key: str,
        words: Any,
        *,
        changes: bool,
        undoable: bool,
    ) -> int:
        if self._closed:
            return 0
        self._count += 1
        job = Job(
            self._count,
            weakref.ref(owner),
            work,
            held(done),
            held(failed),
            (id(owner), key) if key else None,
            words,
            changes,
            undoable,
        )
        if job.key:
            if older := self._jobs.get(self._newest.get(job.key, 0)):
                older.progress.stop.set()
            self._newest[job.key] = job.number
        self._jobs[job.number] = job
        workers.submit(self._run, job.number)
        if not self._timer.isActive():
            self._timer.start()
        return job.number

    def _run(self, number: int) -> None:
        """Runs in the worker. Keeps no reference to the owner, so that no widget is ever destroyed in this thread."""
        job = self._jobs.get(number)
        if job is not None and not self._closed:
            with self.around():
                run_job(job)
        del job
        if not self._closed:
            self._finished.emit(number)

    @Slot(int)
    def _deliver(self, number: int) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        wanted = job.key is None or self._newest.get(job.key) == number
        if job.key and wanted:
            del self._newest[job.key]
        try:
            if wanted or job.changes:
                self._tell(job)
        finally:
            self._look()
            if not self._jobs:
                self._timer.stop()
                self.resting.emit()

    def _tell(self, job: Job) -> None:
        owner = job.owner()
        alive = owner is not None and isValid(owner)
        if job.error is not None:
            failed = job.failed() if alive else None
            told = bool(failed(job.error)) if failed else False
            if isinstance(job.error, Cancelled):
                if job.changes and not told:
                    self._listener.info(_("Stopped. Nothing was written."))
            elif not told and (alive or job.changes):
                self._listener.trouble(job.error)
            return
        if job.changes and (changes := changes_of(job.result)):
            self.changed.emit(changes)
            self._say_done(job, changes)
        done = job.done() if alive else None
        if done:
            done(job.result)

    def _say_done(self, job: Job, changes: Changes) -> None:
        words = job.words(job.result) if callable(job.words) else job.words
        action = None
        if job.undoable and changes.entry and (self.undo_entry or self.undo_last):
            entry = changes.entry
            action = (_("Undo"), lambda: self.undo(entry))
        self._listener.ok(words or _("Saved."), action)

    def _look(self) -> None:
        """Inform the status line about the oldest job that has been running long enough to be shown."""
        now = time.monotonic()
        slow = [job for job in list(self._jobs.values()) if job.started and now - job.started >= PATIENCE]
        if not slow:
            if self._shown:
                self._shown = 0
                self.shown.emit(None)
            return
        job = next((one for one in slow if one.changes), slow[0])
        done, total, what = job.counted
        _what, first, began = job.part
        spent = now - began
        rate = (done - first) / spent if total and first < done <= total and spent > 1 else 0.0
        rest = (total - done) / rate if rate else 0.0
        words = job.words if isinstance(job.words, str) else ""
        self._shown = job.number
        self.shown.emit(
            ShownWork(
                job.number, what or words or _("Working …"), done, total, rest, rate, len(self._jobs) - 1,
                job.tells,
            )
        )
