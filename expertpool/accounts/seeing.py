"""Who sees personal numbers in full (看完整号码). To anybody else a verb returns its texts with the numbers
hidden."""

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
    """The value as the actor may see it: personal numbers hidden where the actor may not see them."""
    return value if may(pool.actor, REVEAL) else hidden(value)


def numbers_hidden(verb: Callable[Concatenate[G, P], R]) -> Callable[Concatenate[G, P], R]:
    """Decorator for a verb: hides every personal number in its result unless the actor may see them in full."""
    @wraps(verb)
    def guarded(pool: G, /, *arguments: P.args, **named: P.kwargs) -> R:
        return seen_by(pool, verb(pool, *arguments, **named))
    return guarded
