"""Problem codes → sentences in the language in force; shared by window, command line and workbooks."""

import importlib
import pkgutil
import string
from collections.abc import Mapping, Sequence
from functools import cache

import expertpool
from expertpool.foundation.language import _


@cache
def _texts() -> dict[str, str]:
    """The sentences of every room: each has its own in ``wording.py``, found by that file name."""
    found: dict[str, str] = {}
    for room in pkgutil.iter_modules(expertpool.__path__):
        if not room.ispkg:
            continue
        try:
            wording = importlib.import_module(f"expertpool.{room.name}.wording")
        except ModuleNotFoundError as error:
            if error.name != f"expertpool.{room.name}.wording":
                raise
            continue
        texts: dict[str, str] = wording.TEXTS
        if twice := found.keys() & texts.keys():
            raise ValueError(f"worded twice: {sorted(twice)}")
        found |= texts
    return found


class _Gaps(string.Formatter):
    """Formatting that leaves a missing parameter empty instead of failing."""

    def get_value(self, key: int | str, args: Sequence[object], kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "…")


class MissingSentenceError(LookupError):
    """A code without a sentence in any room: reported as a bug, never shown in place of a sentence."""


def sentence(code: str, **parameters: object) -> str:
    """The sentence of ``code`` with ``{parameters}`` filled in. Raises :class:`MissingSentenceError`."""
    template = _texts().get(code)
    if template is None:
        raise MissingSentenceError(code)
    return _Gaps().format(_(template), **parameters)


def codes() -> frozenset[str]:
    """Every code that has a sentence."""
    return frozenset(_texts())
