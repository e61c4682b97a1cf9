"""One larger pool on both engines: nobody is appointed whom a second reading of the law bars, and the other way."""

from random import Random

from expertpool.pool import ExpertPool
from tests.recusal_pools import fill
from tests.recusal_second_reading import appoint_everybody

SEED = 20261122


def test_every_answer_is_that_of_the_slow_reading(pool: ExpertPool) -> None:
    ids, numbers = fill(pool, Random(SEED), people=27, lines=4)
    appointed, alone = appoint_everybody(pool, ids, numbers)
    assert appointed >= 40
    assert alone.keys() == {"R1", "R2", "R4", "R5", "R6", "R7", "R8", "R9"}  # each would be missed
