"""The process that reads files: a hostile file may crash it, but not the program.

One worker serves the whole program, one file at a time; it is started at the first file, replaced if it crashes, and
ended with the program. The starting script needs the ``if __name__ == "__main__"`` guard and, in a frozen build,
``multiprocessing.freeze_support()``.
"""

import atexit
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from expertpool.foundation.problems import EnvironmentProblem, ExpectedError, UserProblem
from expertpool.foundation.progress import Progress
from expertpool.spreadsheets.limits import Limits
from expertpool.spreadsheets.memory_limit import fail_silently, limit_memory
from expertpool.spreadsheets.messages import Message
from expertpool.spreadsheets.readers import read_file

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Channel
else:
    from multiprocessing.connection import Connection as Channel

_START_SECONDS = 60.0
_LISTEN_SECONDS = 0.05


class WorkerDied(Exception):
    """The file crashed the reader after so many seconds, mostly by needing more memory than there is."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__()


@dataclass(frozen=True, slots=True)
class Request:
    """What the worker is asked to read; ``careful`` leaves out the fast reader."""

    path: Path
    sheets: tuple[str, ...] | None
    limits: Limits
    careful: bool = False


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    connection: Channel

    def end(self) -> None:
        """Kill the process and release everything that belongs to it."""
        self.connection.close()
        self.process.join(0 if self.process.exitcode is not None else 0.2)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        self.process.close()


_turn = threading.Lock()
_worker: _Worker | None = None


def read(request: Request, progress: Progress, patience: float) -> Generator[Message, None, None]:
    """Yield the messages of :func:`readers.read_file` as they come; close the generator to let the next file in.

    ``patience`` is how many seconds may pass until the next rows come; the whole file may take
    ``limits.most_seconds``. Raises :class:`WorkerDied`, :class:`UserProblem` (refused or too slow), ``Cancelled``; a
    bug in a reader is raised as RuntimeError with the worker's traceback.
    """
    with _turn:
        worker = _running()
        finished = False
        found = 0
        begun = time.monotonic()
        try:
            worker.connection.send_bytes(pickle.dumps(request, 5))
            deadline = begun + patience
            while True:
                message = _next(worker, deadline, request, progress)
                if message[0] == "done":
                    finished = True
                    return
                if message[0] == "problem":
                    finished = True
                    raise message[1]
                if message[0] == "bug":
                    raise RuntimeError(message[1])
                if message[0] == "rows" or (message[0] == "working" and message[1] > found):
                    found = message[1] if message[0] == "working" else 0
                    deadline = min(begun + request.limits.most_seconds, time.monotonic() + patience)
                yield message
        except (EOFError, OSError) as error:
            raise WorkerDied(time.monotonic() - begun) from error
        finally:
            if not finished:
                _end()


def close_worker() -> None:
    """End the worker process now; the next file starts a new one."""
    with _turn:
        _end()


def _next(worker: _Worker, deadline: float, request: Request, progress: Progress) -> Message:
    while not worker.connection.poll(_LISTEN_SECONDS):
        progress.step(0, 0, request.path.name)
        if time.monotonic() > deadline:
            raise UserProblem("spreadsheets.too_slow", name=request.path.name,
                              limit=round(request.limits.seconds))
    message: Message = pickle.loads(worker.connection.recv_bytes())
    return message


def _running() -> _Worker:
    global _worker
    if _worker is not None and _worker.process.is_alive():
        return _worker
    _end()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), name="spreadsheet reader", daemon=True)
    process.start()
    theirs.close()
    _worker = _Worker(process, ours)
    try:
        if ours.poll(_START_SECONDS):
            ours.recv_bytes()
            return _worker
    except (EOFError, OSError):
        pass
    _end()
    raise EnvironmentProblem("spreadsheets.reader_not_started")


def _end() -> None:
    global _worker
    if _worker is not None:
        _worker.end()
        _worker = None


atexit.register(_end)  # without waiting for its turn: a reading caller must stop now


def serve(connection: Channel) -> None:
    """The worker's main loop: answer requests until the program closes the connection."""
    fail_silently()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, no path
        os.dup2(nowhere.fileno(), 2)
    gc.set_threshold(100_000, 50, 50)  # rows form no cycles, and collecting often would cost a fifth of the time
    connection.send_bytes(b"ready")
    while True:
        try:
            request: Request = pickle.loads(connection.recv_bytes())
        except (EOFError, OSError):
            return
        limit_memory(request.limits.memory_mb)
        for message in _answers(request):
            connection.send_bytes(pickle.dumps(message, 5))


def _answers(request: Request) -> Iterator[Message]:
    try:
        yield from read_file(request.path, request.sheets, request.limits, request.careful)
    except ExpectedError as problem:
        yield ("problem", problem)
    except MemoryError:
        os._exit(1)
    except Exception:
        yield ("bug", traceback.format_exc())
    else:
        yield ("done",)
