"""Problem codes → sentences in the language in force; shared by window, command line and workbooks."""

import importlib
import pkgutil
import string
from functools import cache
from typing import Any

from expertpool.foundation import wording
from expertpool.foundation.language import _


@cache
def _texts() -> dict[str, str]:
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(wording.__path__):
        texts: dict[str, str] = importlib.import_module(f"{wording.__name__}.{module.name}").TEXTS
        if twice := found.keys() & texts.keys():
            raise ValueError(f"worded twice: {sorted(twice)}")
        found |= texts
    return found


class _Gaps(string.Formatter):
    """Formatting that leaves a gap instead of failing where a parameter is missing."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(str(key), "…")


def sentence(code: str, **parameters: Any) -> str:
    """The sentence of ``code`` with ``{parameters}`` filled in; an unknown code shows itself."""
    template = _texts().get(code)
    return _Gaps().format(_(template), **parameters) if template else code


def codes() -> frozenset[str]:
    """Every code that has a sentence."""
    return frozenset(_texts())
