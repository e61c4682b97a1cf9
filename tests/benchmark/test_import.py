"""Import of 100,000 rows × 20 columns, as the window does it, against what openpyxl needs to read the file alone."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmark.made_up import roster
from tests.benchmark.sizes import size

ROWS = size(100_000, 2_000)
ROOT = Path(__file__).resolve().parents[2]


def _only_read(path: Path) -> int:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    rows = sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


def test_import_against_openpyxl_reading(benchmark: Any, tmp_path: Path, figures: list[str],
                                         seconds: Callable[[Callable[[], Any]], float]) -> None:
    path = roster(tmp_path / "名册.xlsx", ROWS)
    said: dict[str, Any] = {}

    def run() -> None:
        command = [sys.executable, "-m", "tests.benchmark.import_run", str(path), str(tmp_path / "pool.expertpool")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        said.update(json.loads(done.stdout.splitlines()[-1]))

    benchmark.pedantic(run, rounds=1)
    floor = seconds(lambda: _only_read(path))
    assert (said["counts"]["rows"], said["counts"]["created"], said["counts"]["rejected"]) == (ROWS, ROWS, 0)
    figures.append(
        f"import of {ROWS:,} rows x 20 columns: {said['seconds']:.1f} s (preview {said['preview']:.1f} s), openpyxl "
        f"only reading {floor:.1f} s, ratio {said['seconds'] / floor:.2f}; peak {said['peak_mb']} MB; longest slot of "
        f"the window {said['slot_ms']} ms")
