"""The report of an unexpected error (程序错误报告): its place and kind, without the content of any record.

The message of an exception often quotes a value (a name, a number, a cell). So only the plain English words of
messages are kept; the lines of the program that led to the error tell the rest.
"""

import platform
import re
import traceback
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|“[^”]*”|‘[^’]*’|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]*[.,:;]?")
MOST = 40  # most frames of one trace


def crash_report(error: BaseException, *lines: str) -> str:
    """The report of an error: program, system, moment, the given ``lines``, and for each error of the chain its kind,
    the plain words of its message, and where it was raised."""
    program = f"ExpertPool {_own_version()}, Python {platform.python_version()}, {platform.platform()}"
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    return "\n".join([program, *lines, moment, "", *_chain(error)]) + "\n"


def said_of(error: BaseException) -> str:
    """An error in one line: its kind and the plain words of its message."""
    return f"{type(error).__name__}: {plain_words(str(error))}".rstrip(": ")


def plain_words(message: str) -> str:
    """The English words of a message outside quotes and brackets; values, names and numbers are replaced by an
    ellipsis."""
    text = message.splitlines()[0] if message else ""
    while (shorter := _QUOTED.sub(" … ", text)) != text:
        text = shorter
    words = [word if _WORD.fullmatch(word) else "…" for word in text.split()]
    kept = [word for place, word in enumerate(words) if word != "…" or words[place - 1:place] != ["…"]]
    return " ".join(kept)


def _chain(error: BaseException) -> list[str]:
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        if lines:
            lines.append("raised while handling, or because of:")
        lines.append(said_of(current))
        lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
                  for frame in traceback.extract_tb(current.__traceback__)[-MOST:]]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return lines


def _place(filename: str) -> str:
    """The file's path inside its package; folders above it may contain the user's name."""
    parts = filename.replace("\\", "/").split("/")
    for mark in ("site-packages", "expertpool", "ui"):
        if mark in parts:
            return "/".join(parts[parts.index(mark):])
    return parts[-1]


def _own_version() -> str:
    try:
        return version("expertpool")
    except PackageNotFoundError:
        return "from source"
