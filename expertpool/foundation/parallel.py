"""Spreads work over parallel processes (并行), results in order, where there is enough work to pay for starting them.

No thread is used for this: a thread that unpickles results would compete with the database driver, which releases the
interpreter at every row.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Channel
else:
    from multiprocessing.connection import Connection as Channel

R = TypeVar("R")
Task = tuple[Any, ...]
_MOST = 4  # most processes; more would wait for the one that hands out the work


def spread(work: Callable[..., R], tasks: Iterable[Task], *, alone: bool = False) -> Iterator[R]:
    """Compute ``work(*task)`` for each task, with results in order.

    ``work`` is a function of a module; tasks and results must be picklable. A task is taken from the iterator when a
    process is free for it, in the caller's thread. With ``alone``, or on a single processor, no process is started.
    What a crashed process left undone is computed here.
    """
    count = min(_MOST, os.cpu_count() or 1)
    if alone or count == 1:
        for task in tasks:
            yield work(*task)
        return
    drawn = iter(tasks)
    helpers: list[_Helper] = []
    try:
        busy: deque[tuple[_Helper, Task]] = deque()
        for task in drawn:
            if len(helpers) < count:
                helpers.append(_Helper())
                busy.append((helpers[-1].given(work, task), task))
                continue
            helper, oldest = busy.popleft()
            result = helper.answer(work, oldest)
            busy.append((helper.given(work, task), task))
            yield result
        while busy:
            helper, oldest = busy.popleft()
            yield helper.answer(work, oldest)
    finally:
        for helper in helpers:
            helper.end()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Switch off the cyclic garbage collector, which would walk a hundred thousand rows again and again.

    Reference counting goes on; rows, drafts and their values form no cycles. Objects made meanwhile are also left out
    of later walks, because walking a large plan would freeze the window.
    """
    ran = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if ran:
            gc.enable()


class _Helper:
    """One parallel process, working on one task at a time."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._channel, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(theirs,), name="helper", daemon=True)
        self._process.start()
        theirs.close()
        self._lost = False

    def given(self, work: Callable[..., Any], task: Task) -> "_Helper":
        """Give the process a task."""
        try:
            self._channel.send_bytes(pickle.dumps((work, task), 5))
        except OSError:
            self._lost = True
        return self

    def answer(self, work: Callable[..., R], task: Task) -> R:
        """The result of the task; an error of the work is raised here."""
        try:
            if self._lost:
                return work(*task)
            fine, content = pickle.loads(self._channel.recv_bytes())
        except (EOFError, OSError):
            self._lost = True
            return work(*task)
        if not fine:
            raise content
        result: R = content
        return result

    def end(self) -> None:
        """Bring the process down."""
        self._channel.close()
        self._process.join(0.2)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self._process.close()


def _serve(channel: Channel) -> None:
    """A helper's life: answer until the program at the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            work, task = pickle.loads(channel.recv_bytes())
        except (EOFError, OSError):
            return
        try:
            answer = (True, work(*task))
        except Exception as error:
            answer = (False, error)
        try:
            channel.send_bytes(pickle.dumps(answer, 5))
        except (BrokenPipeError, OSError):
            return
