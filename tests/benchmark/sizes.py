"""How much is measured: small sizes that only show that the measurement runs, large ones (``--large``) for figures.

``EXPERTPOOL_BENCHMARK_PEOPLE`` gives the number of people of the large pool another size.
"""

import os

LARGE = os.environ.get("EXPERTPOOL_LARGE") == "1"  # set by --large, so that processes of a measurement see it too


def size(large: int, small: int) -> int:
    """The one or the other."""
    return large if LARGE else small


PEOPLE = int(os.environ.get("EXPERTPOOL_BENCHMARK_PEOPLE", size(20_000, 3_000)))
