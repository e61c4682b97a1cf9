"""Where people's values came from (来源): what a batch stores about its files and about each row.

Rows of a corrected error workbook refer to the first file and to the correction.
"""

from typing import Any

from expertpool.foundation.json_values import JsonObject
from expertpool.importing.plan import ImportPlan, PlannedFile, PlannedRow, PlannedSheet, column_letters


def batch_files(plan: ImportPlan[Any]) -> list[JsonObject]:
    """Each file with its tables; after a correction, also the files that it corrects."""
    found = []
    for file in plan.files:
        found.append({"file": file.name, "sha256": file.sha256,
                      "tables": [_columns_of(sheet) for sheet in file.sheets]})
        found += _corrected_files(file)
    return found


def _corrected_files(file: PlannedFile[Any]) -> list[JsonObject]:
    tables: dict[tuple[str, str], list[JsonObject]] = {}
    for sheet in file.sheets:
        if sheet.returned:
            tables.setdefault((sheet.file, sheet.returned.sha256), []).append(_columns_in_file(sheet))
    return [{"file": name, "sha256": sha256, "tables": those} for (name, sha256), those in tables.items()]


def _columns_of(sheet: PlannedSheet[Any]) -> JsonObject:
    """Which column held which field, below which row: together with a row number this names a value's cell."""
    if sheet.returned is None:
        return _columns_in_file(sheet)
    return {"sheet": sheet.returned.sheet, "below": sheet.returned.below,
            "fields": {field: column_letters(place) for field, place in sheet.returned.letters.items()}}


def _columns_in_file(sheet: PlannedSheet[Any]) -> JsonObject:
    return {"sheet": sheet.name, "below": max(sheet.header_rows, default=0),
            "fields": {column.field: column_letters(column.index) for column in reversed(sheet.columns)
                       if column.field and column.field != "ignore"}}


def row_sources(row: PlannedRow[Any], batch: int) -> list[JsonObject]:
    """File, sheet and row of a person's values; the batch stores the columns.

    Cells are listed one by one only if they are not in the row and column of their table.
    """
    own = {"batch_id": batch, "file": row.file, "sheet": row.sheet, "row": row.row,
           "fields": row.fields if row.record.shift or row.record.places else {}}
    returned = row.sheet_of.returned
    if returned is None:
        return [own]
    here = {"batch_id": batch, "file": returned.file, "sheet": returned.sheet,
            "row": returned.at.get((row.row, row.slot), 0), "fields": {}}
    known = row.match is not None and row.match.by_row  # the first import stored the first file
    return [here] if known else [own, here]
