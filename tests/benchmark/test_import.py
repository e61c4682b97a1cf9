"""Import of 20,000 rows against reading the same file alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from expertpool.importing.experts import import_experts
from expertpool.pool import ExpertPool
from expertpool.spreadsheets.reading import read_workbook
from tests.benchmark.conftest import PEOPLE

pytestmark = pytest.mark.benchmark_only


def test_import_against_reading(benchmark: Any, large_roster: Path, tmp_path: Path, figures: list[str],
                                seconds: Callable[[Callable[[], Any]], float]) -> None:
    floor = seconds(lambda: read_workbook(large_roster))
    with ExpertPool.open(tmp_path / "pool.expertpool") as pool:
        done = benchmark.pedantic(lambda: import_experts(pool, [large_roster]), rounds=1)
        assert (done["rows"], done["created"], done["rejected"]) == (PEOPLE, PEOPLE, 0)
    took = benchmark.stats.stats.min
    figures.append(f"import of {PEOPLE:,} rows x 20 columns: {took:.1f} s, reading alone {floor:.1f} s, "
                   f"ratio {took / floor:.1f}")
