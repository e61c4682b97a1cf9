"""The problems of an import as a workbook (错误表): the original rows with row number and what is wrong, so that
whoever sent the file can mend it and send it again.
"""

from pathlib import Path
from typing import Any

from expertpool.foundation.language import _
from expertpool.importing.plan import ImportPlan, PlannedRow


def write_report(plan: ImportPlan[Any], path: Path) -> None:
    """One sheet for each table that has rows with errors or warnings, in the original order of columns."""
    from expertpool.spreadsheets.sheet_layout import Cell, SheetLayout
    from expertpool.spreadsheets.writing import write_workbook

    layouts: list[SheetLayout] = []
    for file in plan.files:
        for sheet in file.sheets:
            wrong = [row for row in sheet.rows if any(p.severity != "note" for p in row.problems)]
            if not wrong:
                continue
            columns = [column.index for column in sheet.columns]
            layouts.append(SheetLayout(
                name=f"{len(layouts) + 1} {sheet.name}"[:31], title=f"{file.name}  {sheet.name}",
                headers=[_("Original row"), _("Problems"), *(column.header for column in sheet.columns)],
                text_columns=frozenset(range(3, len(columns) + 3)),
                rows=[[row.row, Cell(_words(row), "error" if row.has_error else "warning"),
                       *(Cell(row.cells.get(index, ""), _tone(row, index)) for index in columns)] for row in wrong],
                filter=True))
    if not layouts:
        layouts = [SheetLayout(name=_("Problems"), headers=[_("Problems")], rows=[[_("No problems were found.")]])]
    write_workbook(path, layouts)


def _words(row: PlannedRow[Any]) -> str:
    return "\n".join(problem.text for problem in row.problems if problem.severity != "note")


def _tone(row: PlannedRow[Any], column: int) -> Any:
    return next(("error" if p.severity == "error" else "warning" for p in row.problems
                 if p.column == column and p.severity != "note"), "")
