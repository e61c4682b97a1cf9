"""The invented sample pool: the shipped rosters, docket and supplement, brought in by the ordinary verbs."""

from pathlib import Path

from expertpool.foundation.language import _
from expertpool.foundation.places import data_folder, resource
from expertpool.foundation.progress import SILENT, Progress
from expertpool.importing.cases import import_cases
from expertpool.importing.experts import import_experts
from expertpool.pool import ExpertPool
from expertpool.workbook.workbook import import_pool

SAMPLE_FILE = "sample.expertpool"


def sample_rosters() -> list[Path]:
    """The shipped rosters, in the order of their names."""
    return sorted(path for path in resource("samples", "rosters").iterdir() if path.is_file())


def make_sample_pool(pool: ExpertPool, progress: Progress = SILENT) -> list[str]:
    """Fill an empty pool from the samples; returns a line for each file that says what was added."""
    lines = []
    for path in sample_rosters():
        done = import_experts(pool, [path], duplicates="merge", progress=progress)
        lines.append(_("{file}: {created} people new, {updated} updated, {rejected} not imported").format(
            file=path.name, **done))
    docket = resource("samples", "docket.xlsx")
    done = import_cases(pool, [docket], progress=progress)
    lines.append(_("{file}: {created} cases").format(file=docket.name, **done))
    supplement = resource("samples", "pool_supplement.xlsx")
    done = import_pool(pool, supplement, progress=progress)
    lines.append(_("{file}: {rows} rows of interests, units, terms and past service").format(
        file=supplement.name, **done))
    return lines


def open_sample_pool() -> ExpertPool:
    """The sample pool beside the user's own one; filled from the samples if it is still empty."""
    pool = ExpertPool.open(data_folder() / SAMPLE_FILE)
    if not pool.counts()["experts"]:
        make_sample_pool(pool)
    return pool
