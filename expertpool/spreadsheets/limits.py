"""The limits for one table file, from ``resources/rules/spreadsheet_limits.json``."""

from dataclasses import dataclass, fields
from functools import cache

from expertpool.foundation.json_values import JsonObject

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Megabytes of a file, of one unpacked part and of all parts; rows and columns of a sheet; cells of a file.

    ``ratio`` is unpacked to packed size, checked for parts over ``ratio_from_mb``. ``line_characters`` is one line of
    a text file. ``memory_mb`` is what the worker process may use for one file; the next rows must come within
    ``seconds``, all of them within ``most_seconds``.
    """

    file_mb: int
    part_mb: int
    parts_mb: int
    ratio: int
    ratio_from_mb: int
    parts: int
    rows: int
    columns: int
    cells: int
    memory_mb: int
    seconds: float
    most_seconds: float
    line_characters: int


@cache
def _rules() -> JsonObject:
    from expertpool.foundation.data_file import plain_of, read  # pydantic is imported only when needed
    from expertpool.spreadsheets.schemas import SpreadsheetLimits

    return plain_of(read(SpreadsheetLimits))


@cache
def reading_limits() -> Limits:
    """The limits in force for reading."""
    return Limits(**{entry.name: _rules()[entry.name] for entry in fields(Limits)})


def cell_characters() -> int:
    """The most characters a spreadsheet cell holds."""
    return int(_rules()["writing"]["cell_characters"])


def rows_in_memory() -> int:
    """With more rows than this a workbook is written row by row instead of being held in memory."""
    return int(_rules()["writing"]["rows_in_memory"])
