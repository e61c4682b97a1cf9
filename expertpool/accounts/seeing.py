"""Who sees personal numbers in full (看完整号码): what a verb gives to anybody else has them hidden in every text."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from expertpool.accounts.permissions import may
from expertpool.accounts.pool_protocol import Pool
from expertpool.foundation.masking import hidden

P = ParamSpec("P")
R = TypeVar("R")
G = TypeVar("G", bound=Pool)
REVEAL = "reveal"


def seen_by(pool: Pool, value: R) -> R:
    """The value as whoever acts may see it."""
    return value if may(pool.actor, REVEAL) else hidden(value)


def numbers_hidden(verb: Callable[Concatenate[G, P], R]) -> Callable[Concatenate[G, P], R]:
    """A verb whose result has every personal number hidden, unless whoever acts may see them in full."""
    @wraps(verb)
    def guarded(pool: G, /, *arguments: P.args, **named: P.kwargs) -> R:
        return seen_by(pool, verb(pool, *arguments, **named))
    return guarded
