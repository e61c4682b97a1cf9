"""The private folder for what is being worked on (工作文件夹): drafts, copies and trials that hold personal data.

Nothing of that goes through the computer's temporary folder, where others may look. The folder lies among the user's
own data, only its owner may enter it, and each process has a folder of its own in it with a lock that ends when the
process ends, however that was. Drafts that must lie beside their target, because only there they can take its place
in one step, are written down in the process's folder. Whoever starts next finds the lock free and clears both away.
"""

import atexit
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Self

from expertpool.foundation.places import data_folder

_LOCK, _DRAFTS = "owner.lock", "drafts"
_own: dict[int, tuple[Path, IO[bytes]]] = {}  # process → its folder and the lock, which a child does not inherit


class WorkPlace:
    """A folder for one piece of work, gone when it is closed."""

    def __init__(self, what: str) -> None:
        self.path = own_folder() / f"{what}-{secrets.token_hex(6)}"
        self.path.mkdir(mode=0o700)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the folder with all that lies in it."""
        shutil.rmtree(self.path, ignore_errors=True)


def own_folder() -> Path:
    """This process's own folder; what dead processes left is cleared when it is made."""
    found = _own.get(os.getpid())
    if found is not None and found[0].is_dir():
        return found[0]
    base = _base()
    base.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        base.chmod(0o700)
    clear_abandoned()
    folder = base / f"{os.getpid()}-{secrets.token_hex(4)}"
    making = folder.with_name(f"{folder.name}.new")
    making.mkdir(mode=0o700)
    lock = (making / _LOCK).open("w+b")
    try_lock(lock)
    if os.name == "nt":  # a folder with an open file in it keeps its name there
        folder = making
    else:
        making.rename(folder)  # nobody sees it without its lock
    _own[os.getpid()] = folder, lock
    atexit.register(_leave, os.getpid())
    return folder


@contextmanager
def noted_draft(draft: Path) -> Iterator[None]:
    """While a draft lies at this path it is written down, so that the next start can clear it away after a kill.

    Where nothing can be written down, as on a disk that only reads, the draft is made all the same.
    """
    note: Path | None = None
    with suppress(OSError):
        notes = own_folder() / _DRAFTS
        notes.mkdir(mode=0o700, exist_ok=True)
        note = notes / secrets.token_hex(6)
        note.write_text(json.dumps(str(draft.absolute())), encoding="utf-8")
    try:
        yield
    finally:
        if note is not None:
            with suppress(OSError):
                note.unlink()


def clear_abandoned() -> int:
    """Remove the folders and the drafts of processes that are gone; how many processes there were."""
    cleared = 0
    for folder in _base().glob("*") if _base().is_dir() else ():
        if folder == _own.get(os.getpid(), (None, None))[0] or not folder.is_dir():
            continue
        with suppress(OSError):  # of another user, or just being cleared by another process
            cleared += _clear(folder)
    return cleared


def _clear(folder: Path) -> bool:
    """Remove one folder, unless its process lives."""
    if not (folder / _LOCK).exists():
        if folder.suffix == ".new":  # being made this moment, or its maker died in between: empty in either case
            return False
        shutil.rmtree(folder, ignore_errors=True)
        return True
    with (folder / _LOCK).open("r+b") as lock:
        if not try_lock(lock):
            return False
        for note in (folder / _DRAFTS).glob("*"):
            with suppress(OSError, ValueError):
                _remove_draft(Path(json.loads(note.read_text(encoding="utf-8"))))
        if os.name != "nt":
            shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    return True


def _remove_draft(draft: Path) -> None:
    """A draft with what a database keeps beside it; only names that drafts of this program have."""
    if draft.suffix not in (".part", ".restoring", ".trial", ".copy"):
        return
    for one in (draft, *(draft.with_name(draft.name + more) for more in ("-wal", "-shm", "-journal"))):
        one.unlink(missing_ok=True)


def try_lock(file: IO[bytes]) -> bool:
    """Lock an open file for this process as long as it is open; False where another process has it."""
    try:
        if os.name == "nt":
            import msvcrt

            windows: Any = msvcrt
            file.seek(0)
            windows.locking(file.fileno(), windows.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _leave(process: int) -> None:
    """The process ends: its folder goes. A child that was forked leaves its parent's alone."""
    if process == os.getpid() and process in _own:
        folder, lock = _own.pop(process)
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def _base() -> Path:
    return data_folder() / "work"
