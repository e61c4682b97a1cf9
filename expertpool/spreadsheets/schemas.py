"""Schemas of the files that table files are read and written by: layout words, limits, style."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from expertpool.foundation.data_file import Certainty, DataFile, Day, Positive, Strict, Text, Words


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text}: {error}") from error
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
Size = Annotated[float, Field(gt=0)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-F]{6}$")]


class SpreadsheetLayout(DataFile):
    """Words by which rows that are no record are known."""

    path = "rules/spreadsheet_layout.json"
    title: Text
    source: Text
    date: Day
    known_header_score: Certainty
    most_header_rows: Positive
    longest_header: Positive
    sequence_headers: Words
    generic_headers: Words
    totals: Words
    notes: Words
    signatures: Words
    pages: Pattern
    continued: Words
    samples: Words
    dittos: Words
    group_numbering: Pattern
    group_count: Pattern


class WritingLimits(Strict):
    """The longest cell, and from how many rows a workbook is written row by row."""

    cell_characters: Positive
    rows_in_memory: Positive


class SpreadsheetLimits(DataFile):
    """What one table file may ask of the machine."""

    path = "rules/spreadsheet_limits.json"
    title: Text
    source: Text
    date: Day
    file_mb: Positive
    part_mb: Positive
    parts_mb: Positive
    ratio: Positive
    ratio_from_mb: Positive
    parts: Positive
    rows: Positive
    columns: Positive
    cells: Positive
    memory_mb: Positive
    seconds: Size
    most_seconds: Size
    line_characters: Positive
    writing: WritingLimits


class Tones(Strict):
    """Fills of cells by what they say."""

    warning: Colour
    error: Colour
    good: Colour
    quiet: Colour


class Margins(Strict):
    """Margins of a printed sheet in inches."""

    left: Size
    right: Size
    top: Size
    bottom: Size


class SpreadsheetStyle(DataFile):
    """How written workbooks look."""

    path = "rules/spreadsheet_style.json"
    title: Text
    source: Text
    date: Day
    font: Text
    size: Size
    title_size: Size
    subtitle_size: Size
    line: Colour
    header_fill: Colour
    tones: Tones
    date_format: Text
    moment_format: Text
    time_format: Text
    line_height: Size
    row_padding: Size
    tallest_row: Size
    narrowest: Size
    widest: Size
    margins_inch: Margins
