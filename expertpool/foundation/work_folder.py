"""The private folder for unfinished work (工作文件夹): drafts, copies and trial restores that hold personal data.

None of that goes into the computer's temporary folder, where others may look. The folder is part of the user's own
data and only its owner may enter it. Each process has its own folder in it, with a lock that ends with the process,
however it ends. Drafts that must be beside their target, because only there they can replace it in one step, are
listed in the process's folder. A process that starts later and finds a lock free removes that folder and its drafts.
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
# (process, base folder) → its folder and lock, which a forked child must not use
_own: dict[tuple[int, Path], tuple[Path, IO[bytes]]] = {}


class WorkPlace:
    """A folder for one piece of work, removed when it is closed."""

    def __init__(self, what: str) -> None:
        self.path = own_folder() / f"{what}-{secrets.token_hex(6)}"
        self.path.mkdir(mode=0o700)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the folder with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)


def own_folder() -> Path:
    """This process's own folder; making it also removes what ended processes left."""
    base, key = _base(), (os.getpid(), _base())
    if key in _own:
        if _own[key][0].is_dir():
            return _own[key][0]
        _own.pop(key)[1].close()  # somebody removed it
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
        making.rename(folder)  # other processes see the folder only once it has its lock
    _own[key] = folder, lock
    atexit.register(_leave, key)
    return folder


@contextmanager
def noted_draft(draft: Path) -> Iterator[None]:
    """While a draft is at this path it is listed, so that the next start can remove it if this process is killed.

    If it cannot be listed, as on a read-only disk, the draft is made all the same.
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
    """Remove the folders and drafts of processes that have ended; returns the number of those processes."""
    cleared = 0
    for folder in _base().glob("*") if _base().is_dir() else ():
        if folder in (own for own, _lock in _own.values()) or not folder.is_dir():
            continue
        with suppress(OSError):  # it belongs to another user, or another process is just removing it
            cleared += _clear(folder)
    return cleared


def _clear(folder: Path) -> bool:
    """Remove one folder, unless its process is still running; returns whether it was removed."""
    if not (folder / _LOCK).exists():
        if folder.suffix == ".new":  # just being made, or its maker was killed meanwhile: empty in either case
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
    """Remove a draft and the files a database keeps beside it; only names that this program gives to drafts."""
    if draft.suffix not in (".part", ".restoring", ".trial", ".copy"):
        return
    for one in (draft, *(draft.with_name(draft.name + more) for more in ("-wal", "-shm", "-journal"))):
        one.unlink(missing_ok=True)


def try_lock(file: IO[bytes]) -> bool:
    """Lock an open file for this process while it is open; False if another process holds the lock."""
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


def _leave(key: tuple[int, Path]) -> None:
    """Remove the folder when the process ends; a forked child leaves its parent's folder alone."""
    if key[0] == os.getpid() and key in _own:
        folder, lock = _own.pop(key)
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def _base() -> Path:
    return data_folder() / "work"
