"""What every command shares: which pool, JSON or words, exit codes 0 · 1 user · 2 usage · 3 environment · 70 bug."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.masking import hidden
from expertpool.foundation.problems import Problem
from expertpool.foundation.progress import Progress

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

T = TypeVar("T")
MOST_NUMBER = 2**31 - 1  # what the engines count entries with; a greater one is a slip, not a number of an entry


@dataclass
class Settings:
    """Choices given before the command."""

    database: str = ""
    create: bool = False
    user: str = ""
    as_of: str = ""
    in_full: bool = True  # whether whoever acts may see numbers in full; before a pool is open there are none


SETTINGS = Settings()


@contextmanager
def opened(*, create: bool = True, any_password: bool = False) -> Iterator["ExpertPool"]:
    """The pool that the options or the environment name. ``any_password``: also with one that was given by somebody
    else and is still to be changed."""
    from expertpool.accounts.permissions import may
    from expertpool.pool import ExpertPool

    with ExpertPool.open(SETTINGS.database or None, create=create) as pool:
        for problem in pool.noticed:
            say(problem.text)
        if SETTINGS.user:
            _sign_in(pool, any_password)
        if SETTINGS.as_of:
            from expertpool.past_pool import as_of

            with as_of(pool, SETTINGS.as_of, progress()) as past:
                SETTINGS.in_full = may(past.actor, "reveal")
                yield past
        else:
            SETTINGS.in_full = may(pool.actor, "reveal")
            yield pool


def _sign_in(pool: "ExpertPool", any_password: bool) -> None:
    from expertpool.accounts.accounts import must_change, sign_in
    from expertpool.foundation.problems import UserProblem

    sign_in(pool, SETTINGS.user, password(_("Password")))
    if not any_password and must_change(pool):
        raise UserProblem("account.must_change", name=pool.actor.name)


def password(prompt: str, variable: str = "EXPERTPOOL_PASSWORD", *, twice: bool = False) -> str:
    """A password from the environment, for scripts, or typed unseen."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    import typer

    return str(typer.prompt(prompt, hide_input=True, confirmation_prompt=twice))


def say(text: str) -> None:
    """A message for the person, on stderr."""
    sys.stderr.write(_seen(text.rstrip()) + "\n")


def answer(content: object, as_json: bool, words: Callable[[], str] | None = None) -> None:
    """The result on stdout: one JSON document, or the words of it."""
    as_json, content = as_json or words is None, _seen(content)
    text = _seen(words()) if words and not as_json else json.dumps(content, ensure_ascii=False, indent=2,
                                                                   default=_plain)
    if text:
        sys.stdout.write(text + "\n")


def answer_lines(rows: Iterator[object] | Sequence[object]) -> None:
    """One JSON object a line."""
    for row in rows:
        sys.stdout.write(json.dumps(_seen(row), ensure_ascii=False, default=_plain) + "\n")


def _seen(value: T) -> T:
    """What leaves on either stream: numbers of people hidden, unless whoever acts may see them in full."""
    return value if SETTINGS.in_full else hidden(value)


def table(rows: Sequence[Sequence[object]], heads: Sequence[str]) -> str:
    """Rows as aligned text; Han characters count double."""
    lines = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(heads))]
    return "\n".join("  ".join(cell + " " * (widths[i] - _width(cell)) for i, cell in enumerate(line)).rstrip()
                     for line in lines)


def problem_row(problem: Problem) -> JsonObject:
    """A problem as JSON says it."""
    return {"code": problem.code, "severity": str(problem.severity), "file": problem.file, "sheet": problem.sheet,
            "row": problem.row, "column": problem.column, "field": problem.field, "value": problem.value,
            "text": problem.text}


def progress() -> Progress:
    """Progress on stderr where somebody watches; silent otherwise."""
    if not sys.stderr.isatty():
        return Progress()

    def report(done: int, total: int, what: str) -> None:
        sys.stderr.write(f"\r{what} {done}/{total}   ")
        if done >= total:
            sys.stderr.write("\n")

    return Progress(report)


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        from dataclasses import asdict

        return asdict(value)
    if isinstance(value, frozenset | set | tuple):
        return sorted(value) if isinstance(value, frozenset | set) else list(value)
    raise TypeError(type(value).__name__)
