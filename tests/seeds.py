"""Where chance in tests comes from: the same in every run, or fresh behind ``--fresh-seeds``, told so it can be repeated.

Profiles of Hypothesis: ``ci`` (the default: the same examples in every run), ``fresh`` (``--fresh-seeds``) and
``thorough`` (``--hypothesis-profile=thorough``: fresh and twenty times as many examples). Hypothesis is imported late:
processes that only need :func:`seeded` start without it.
"""

import os
import random
from typing import Any

SEED = "EXPERTPOOL_TEST_SEED"  # in the environment, so that processes which tests start have it too
ORDINARY = 100


def register_profiles() -> None:
    """Make the profiles known; ``ci`` holds until another is asked for."""
    from hypothesis import settings

    common: dict[str, Any] = {"deadline": None, "database": None}
    settings.register_profile("ci", derandomize=True, max_examples=ORDINARY, **common)
    settings.register_profile("fresh", derandomize=False, max_examples=ORDINARY, print_blob=True, **common)
    settings.register_profile("thorough", derandomize=False, max_examples=20 * ORDINARY, print_blob=True, **common)
    settings.load_profile("ci")


def examples(count: int, **more: Any) -> Any:
    """Settings of a test whose examples cost more or less than usual: ``count`` of them, more when asked to be thorough."""
    from hypothesis import settings

    return settings(max_examples=many(count), **more)


def many(count: int) -> int:
    """How many examples or rounds the profile makes of an ordinary ``count``."""
    from hypothesis import settings

    return count * (settings.default.max_examples if settings.default else ORDINARY) // ORDINARY


def seeded(ordinary: int) -> random.Random:
    """Randomness that is the same in every run, unless fresh seeds were asked for."""
    fresh = os.environ.get(SEED)
    return random.Random(f"{fresh}:{ordinary}" if fresh else ordinary)
