"""Writing a file whole or not at all: beside the target first, then put in its place."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from expertpool.foundation.problems import EnvironmentProblem, UserProblem

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new path beside ``path`` to write to; on success it takes the place of ``path``.

    :class:`UserProblem` where the target is open elsewhere or its folder is missing,
    :class:`EnvironmentProblem` where the disk is full. After any failure the old file is untouched.
    """
    draft = path.with_name(f".{path.stem[:40]}.{secrets.token_hex(4)}.part")
    try:
        if path.exists():
            with path.open("r+b"):  # a file open in Excel refuses this at once, before the work is done
                pass
        yield draft
        os.replace(draft, path)  # noqa: PTH105 - the plain name of what happens
    except OSError as error:
        raise _told(error, path) from error
    finally:
        with suppress(OSError):  # gone already, or never made: the first problem is the one to tell
            draft.unlink()


def _told(error: OSError, path: Path) -> Exception:
    if isinstance(error, PermissionError | IsADirectoryError):
        return UserProblem("spreadsheets.target_open", name=path.name)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserProblem("spreadsheets.target_folder", name=str(path.parent))
    if error.errno in _NO_ROOM:
        return EnvironmentProblem("spreadsheets.disk_full", name=path.name)
    return error
