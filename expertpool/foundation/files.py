"""Files that a user keeps are written whole or not at all: a draft beside the target first, which then replaces
it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from expertpool.foundation.work_folder import noted_draft


@contextmanager
def replacing(path: Path, *, private: bool = False, fresh: bool = False) -> Iterator[Path]:
    """A path beside ``path`` to write a draft to; on success the draft replaces ``path``.

    After a failure the old file is untouched and the draft is removed; after a killed process the next start removes
    it. ``private``: only its owner may read the file. ``fresh``: a file that exists, or that another program made
    meanwhile, is left as it is. Raises OSError.
    """
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe or a device cannot be replaced
        yield path
        return
    draft = path.with_name(f".{path.stem[:40]}.{secrets.token_hex(4)}.part")
    with noted_draft(draft):
        yield from _replaced(path, draft, private, fresh)


def _replaced(path: Path, draft: Path, private: bool, fresh: bool) -> Iterator[Path]:
    """Let the caller write the draft, then put it in its place."""
    try:
        if path.exists() and not fresh:
            with path.open("r+b"):  # a file open in Excel refuses this at once, before the work is done
                pass
        if private:
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield draft
        _reach_the_disk(draft)
        if fresh:
            _claim(draft, path)
        else:
            draft.replace(path)
    finally:
        with suppress(OSError):  # already removed or never made: the first problem is the one to report
            draft.unlink()


def write_whole(path: Path, content: bytes | str, encoding: str = "utf-8") -> None:
    """Write a file by :func:`replacing`. Raises OSError."""
    with replacing(path) as draft:
        if isinstance(content, bytes):
            draft.write_bytes(content)
        else:
            draft.write_text(content, encoding=encoding)


def _reach_the_disk(draft: Path) -> None:
    """Flush the content to the disk: a file name without its content would be worse than no file."""
    with draft.open("r+b") as file:
        os.fsync(file.fileno())


def _claim(draft: Path, path: Path) -> None:
    """Rename ``draft`` to ``path`` unless that exists; rename refuses this on Windows, link elsewhere."""
    try:
        if os.name == "nt":
            draft.rename(path)
        else:
            os.link(draft, path)
    except FileExistsError:
        pass
