"""``read``: what is in spreadsheets, cell by cell. Opens no pool and writes nothing."""

import json as json_text
import math
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from expertpool.commands.frame import problem_row, progress, say, table
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from expertpool.spreadsheets.workbook import MergedRange, Sheet, Value, Workbook

CELL_FORM = "[row, column, value], 1-based"
_FIRST_LINES = 5
_EXACT = 2**53  # a float holds every whole number below


def read(
    files: Annotated[list[Path], typer.Argument(help="xlsx, xls, ods, csv, docx …")],
    sheet: Annotated[list[str], typer.Option("--sheet", help="Only these sheets (repeat for several).")] = [],  # noqa: B006
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Show the sheets and raw cells of table files (读表)."""
    from expertpool.spreadsheets.reading import read_workbook
    from expertpool.spreadsheets.worker import close_worker

    code = 0
    if json:
        sys.stdout.write(f'{{"cell_form": {json_text.dumps(CELL_FORM)}, "files": [')
    try:
        for number, path in enumerate(files):
            try:
                book = read_workbook(path, sheets=sheet or None, progress=progress())
                answer = file_document(book) if json else _words(book)
            except ExpectedError as problem:
                code = max(code, problem.exit_code)
                say(problem.text)
                answer = {"file": path.name, "problem": {"code": problem.code, "text": problem.text}}
            _write(answer, json, number)
    finally:
        close_worker()
        if json:
            sys.stdout.write("]}\n")
    if code:
        raise typer.Exit(code)


def _write(answer: JsonObject | str, json: bool, number: int) -> None:
    """One file's part of the answer as soon as it is known, so that memory holds one file at a time."""
    if json:
        sys.stdout.write(",\n" if number else "\n")
        sys.stdout.write(json_text.dumps(answer, ensure_ascii=False, allow_nan=False))
    elif isinstance(answer, str):
        sys.stdout.write(answer + "\n")


def file_document(book: Workbook) -> JsonObject:
    """A workbook as JSON says it; only filled cells, error cells as what they show."""
    return {"file": book.name, "kind": str(book.kind), "sha256": book.sha256,
            "notices": [problem_row(notice) for notice in book.notices],
            "sheets": [_sheet_document(sheet) for sheet in book.sheets]}


def _sheet_document(sheet: Sheet) -> JsonObject:
    last_row = max((row for row, _column in sheet.errors), default=0)
    last_column = max((column for _row, column in sheet.errors), default=0)
    return {"sheet": sheet.name, "visible": sheet.visible, "rows": max(len(sheet.rows), last_row),
            "columns": max(sheet.width, last_column), "merged": [range_name(merged) for merged in sheet.merged],
            "hidden_rows": sorted(sheet.hidden_rows),
            "hidden_columns": [letters(column) for column in sorted(sheet.hidden_columns)],
            "cells": [[row, column, value] for row, column, value in _cells(sheet)]}


def _cells(sheet: Sheet) -> Iterator[tuple[int, int, str | int | float | bool]]:
    found = ((row, column, plain(value)) for row, cells in enumerate(sheet.rows, 1)
             for column, value in enumerate(cells, 1) if value is not None)
    filled = ((row, column, value) for row, column, value in found if value is not None)
    if not sheet.errors:
        yield from filled
    else:
        yield from sorted([*filled, *((*place, text) for place, text in sheet.errors.items())],
                          key=lambda cell: cell[:2])


def plain(value: Value) -> str | int | float | bool | None:
    """A value that JSON can say: days and times as ISO text, whole numbers as int, never NaN or infinity."""
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    return value


def letters(column: int) -> str:
    """3 → ``C``."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def range_name(merged: MergedRange) -> str:
    """``A1:C1``."""
    return (f"{letters(merged.first_column)}{merged.first_row}:"
            f"{letters(merged.last_column)}{merged.last_row}")


def _words(book: Workbook) -> str:
    heads = (_("Sheet"), _("Rows"), _("Columns"), _("Hidden"))
    parts = [book.name, table([_summary(sheet) for sheet in book.sheets], heads)]
    for sheet in book.sheets:
        parts += ["", sheet.name, *_first_lines(sheet)]
    parts += [_place(notice.row, notice.column) + notice.text for notice in book.notices]
    return "\n".join(parts) + "\n"


def _summary(sheet: Sheet) -> Sequence[str | int]:
    hidden = [] if sheet.visible else [_("sheet")]
    if sheet.hidden_rows:
        hidden.append(_("{count} rows").format(count=len(sheet.hidden_rows)))
    if sheet.hidden_columns:
        hidden.append(_("{count} columns").format(count=len(sheet.hidden_columns)))
    return sheet.name, len(sheet.rows), sheet.width, ", ".join(hidden)


def _first_lines(sheet: Sheet) -> list[str]:
    filled = [(number, row) for number, row in enumerate(sheet.rows, 1) if row][:_FIRST_LINES]
    return [f"{number}: " + " | ".join("" if value is None else str(plain(value)).replace("\n", " ") for value in row)
            for number, row in filled]


def _place(row: int, column: int) -> str:
    return f"{letters(column)}{row}: " if row and column else ""
