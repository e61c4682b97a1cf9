"""All layouts of a seed as files in a folder."""

from pathlib import Path
from typing import Any

from tests.sample_data.roster_layouts.forms import FORMS
from tests.sample_data.roster_layouts.kit import Kit
from tests.sample_data.roster_layouts.tables import TABLES

LAYOUTS = TABLES | FORMS


def make(folder: Path, seed: int, size: int = 48, layouts: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Write every layout (or those named) and give the truth, one entry for each person-row."""
    truth: list[dict[str, Any]] = []
    for name in layouts or LAYOUTS:
        for roster in LAYOUTS[name](Kit(seed, name, size)):
            roster.write(folder)
            truth += roster.truth
    return truth
