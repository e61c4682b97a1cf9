"""Errors that a full or failing disk may give wherever a file is written or read, as sentences."""

import errno

from expertpool.foundation.problems import EnvironmentProblem

NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FULL = frozenset({39, 112})  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL of Windows
_FAILED = frozenset({errno.EIO, errno.EROFS, errno.ENODEV, errno.ENXIO, getattr(errno, "ESTALE", errno.EIO)})


def disk_problem(error: BaseException) -> EnvironmentProblem | None:
    """The sentence for an error that a disk gave; None for every other error, which may be a bug of ours."""
    if not isinstance(error, OSError):
        return None
    if no_room(error):
        return EnvironmentProblem("disk.full")
    return EnvironmentProblem("disk.failed", reason=error.strerror or "") if error.errno in _FAILED else None


def no_room(error: OSError) -> bool:
    """Whether a disk was full, or a quota used up."""
    return error.errno in NO_ROOM or getattr(error, "winerror", 0) in _FULL
