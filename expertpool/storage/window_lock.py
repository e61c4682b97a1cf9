"""Only one window at a time uses an embedded pool (单一写入窗口): a lock of the operating system on a file beside the
pool.

The lock ends with the process that holds it, however it ended; the file's content only tells who it is. Commands need
no lock: their transactions are short, and SQLite runs them one after the other.
"""

import getpass
import json
import os
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import EnvironmentProblem, UserProblem

_OWN: dict[str, list[Any]] = {}  # of this process: path → lock file and how often it was taken
_PLACE = 1 << 30  # the locked byte: far beyond the content, so that others can read that


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a pool: user, computer, process and since when (local time)."""

    user: str = ""
    computer: str = ""
    process: int = 0
    since: str = ""


class WindowLock:
    """Held while a window shows an embedded pool."""

    def __init__(self, pool: Path) -> None:
        self.path = pool.with_name(f"{pool.name}.lock")
        self._held = False

    def take(self) -> None:
        """Take the lock; a process that holds it may take it again. Raises ``database.held`` with who holds it,
        ``database.read_only`` if no lock can be made."""
        key = str(self.path.resolve())
        if key in _OWN:
            _OWN[key][1] += 1
            self._held = True
            return
        try:
            file = self.path.open("r+b" if self.path.exists() else "w+b")
        except OSError as error:
            raise EnvironmentProblem("database.read_only", path=self.path) from error
        try:
            _lock(file)
        except OSError as error:
            file.close()
            holder = holder_of(self.path)
            raise UserProblem("database.held", user=holder.user or "?", computer=holder.computer or "?",
                              since=holder.since or "?") from error
        file.seek(0)
        file.truncate()
        file.write(json.dumps({"user": _user(), "computer": platform.node(), "process": os.getpid(),
                               "since": datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")}).encode())
        file.flush()
        _OWN[key], self._held = [file, 1], True

    @property
    def held(self) -> bool:
        """Whether this window holds the lock."""
        return self._held

    def release(self) -> None:
        """Release the lock. The file stays: deleting it could delete another window's."""
        key = str(self.path.resolve())
        if not self._held or key not in _OWN:
            return
        self._held = False
        _OWN[key][1] -= 1
        if _OWN[key][1] == 0:
            file = _OWN.pop(key)[0]
            _unlock(file)
            file.close()


def holder_of(path: Path) -> Holder:
    """Who holds the pool according to the lock file; nobody if that is unreadable."""
    try:
        said: JsonObject = json.loads(path.read_bytes())
        return Holder(str(said["user"]), str(said["computer"]), int(said["process"]), str(said["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _lock(file: IO[bytes]) -> None:
    """Lock one byte, or raise OSError at once."""
    if os.name == "nt":
        import msvcrt

        windows: Any = msvcrt
        file.seek(_PLACE)
        windows.locking(file.fileno(), windows.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unlock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        windows: Any = msvcrt
        file.seek(_PLACE)
        windows.locking(file.fileno(), windows.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
