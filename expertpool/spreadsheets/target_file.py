"""The file that a table is written to: what can prevent writing, as problems that the user can solve."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from expertpool.foundation.files import replacing
from expertpool.foundation.machine import no_room
from expertpool.foundation.problems import EnvironmentProblem, UserProblem


@contextmanager
def replacing_target(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write a draft to; on success the draft replaces ``path``.

    Raises :class:`UserProblem` if the target is open elsewhere or its folder is missing, :class:`EnvironmentProblem`
    if the disk is full. After a failure the old file is untouched.
    """
    try:
        with replacing(path) as draft:
            yield draft
    except OSError as error:
        raise _told(error, path) from error


def _told(error: OSError, path: Path) -> Exception:
    if isinstance(error, PermissionError | IsADirectoryError):
        return UserProblem("spreadsheets.target_open", name=path.name)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserProblem("spreadsheets.target_folder", name=str(path.parent))
    if no_room(error):
        return EnvironmentProblem("spreadsheets.disk_full", name=path.name)
    return error
