"""Ranking one case over 20,000 people against one pass over the same listing rows."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from expertpool.matching.ranking import rank
from tests.benchmark.sizes import PEOPLE


def test_ranking_against_one_pass(benchmark: Any, large_pool: Any, figures: list[str],
                                  seconds: Callable[[Callable[[], Any]], float]) -> None:
    def one_pass() -> None:
        with large_pool.read() as session:
            assert len(session.execute(text("SELECT * FROM personlisting")).all()) == PEOPLE

    floor = min(seconds(one_pass) for _turn in range(3))
    first = seconds(lambda: rank(large_pool, "(2026)辽01知民初1号", top=20))
    took = min(seconds(lambda: rank(large_pool, "(2026)辽01知民初1号", top=20)) for _turn in range(3))
    ranking = benchmark.pedantic(lambda: rank(large_pool, "(2026)辽01知民初1号", top=20), rounds=3)
    assert len(ranking.candidates) == 20
    assert any(one.findings[0].rule == "R2" for one in ranking.excluded)
    figures.append(f"ranking one case over {PEOPLE:,} people: {took:.2f} s warm, {first:.2f} s first (text index "
                   f"built), one pass over the listing {floor:.2f} s, ratio {took / floor:.1f}")
