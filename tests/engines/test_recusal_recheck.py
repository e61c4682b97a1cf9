"""One larger pool on both engines: nobody is appointed whom a second reading of the law bars, and the other way."""

from random import Random

from expertpool.pool import ExpertPool
from tests.recusal_pools import fill
from tests.recusal_second_reading import appoint_everybody


def test_every_answer_is_that_of_the_slow_reading(pool: ExpertPool) -> None:
    ids, numbers = fill(pool, Random(20261122), people=16, lines=3)
    appointed, refused = appoint_everybody(pool, ids, numbers)
    assert appointed >= 10
    assert refused >= 10
