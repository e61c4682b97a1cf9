"""The error workbook (错误表) for the sender of a file: the sender's own columns, rows with errors or warnings, bad
cells coloured. It can be corrected and imported again, see ``returned.py``."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from expertpool.cases.catalogue import CASES
from expertpool.experts.catalogue import EXPERTS
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.foundation.problems import Problem, Severity
from expertpool.importing.plan import ImportPlan, PlannedRow, PlannedSheet
from expertpool.importing.returned import first_line, row_label, row_line, table_line
from expertpool.spreadsheets.sheet_layout import LISTS, Cell, ColumnStyle, SheetLayout
from expertpool.spreadsheets.workbook import Value

NUMBERS = EXPERTS.digits | CASES.digits
REASON_WIDTH = 60.0  # widest column of error texts, in characters
_ROW_WIDTH = 10.0
MARKS = "_returns"  # the hidden sheet by which a returned workbook is recognised


def write_report(plan: ImportPlan[Any], path: Path, *, court: str = "", batch: str = "") -> None:
    """Write the error workbook of an import: one sheet for each table with rows that have errors or warnings.

    ``court`` is written in the heading, ``batch`` (uid) on the hidden sheet.
    """
    from expertpool.spreadsheets.writing import write_workbook

    layouts: list[SheetLayout] = []
    marks = [first_line(plan.kind, batch)]
    taken: list[str] = []
    for file in plan.files:
        for sheet in file.sheets:
            wrong = [row for row in sheet.rows if is_wrong(row)]
            if wrong:
                layout = _layout(sheet, wrong, taken, court)
                taken.append(layout.name)
                layouts.append(layout)
                marks.append(table_line(len(layouts), layout.name, layout.headers, sheet,
                                        sheet.returned.sha256 if sheet.returned else file.sha256))
                marks += [row_line(len(layouts), row) for row in wrong]
    if layouts:
        layouts.append(SheetLayout(name=MARKS, headers=[], rows=marks, hidden=True))
    else:
        layouts = [SheetLayout(name=_("Problems"), headers=[_("Problems")], rows=[[_("No problems were found.")]])]
    write_workbook(path, layouts)


def is_wrong(row: PlannedRow[Any]) -> bool:
    """Whether a row is returned to its sender: rejected, or with an error or a warning."""
    return row.decision == "reject" or any(problem.severity is not Severity.NOTE for problem in row.problems)


def _layout(sheet: PlannedSheet[Any], rows: Sequence[PlannedRow[Any]], taken: Sequence[str],
            court: str) -> SheetLayout:
    from expertpool.spreadsheets.safe_cells import sheet_name

    columns = sheet.columns
    last = len(columns) + 2
    source = f"{sheet.file}  {sheet.name}".strip()
    return SheetLayout(
        name=sheet_name(sheet.name or Path(sheet.file).stem, [LISTS, MARKS, *taken]),
        title=_("Rows to correct: {source}").format(source=source),
        subtitle="    ".join(filter(None, [court, today().isoformat()])),
        lead=[_("Please correct the coloured cells (red: error, yellow: please check) and send this workbook back. "
                "Leave the first column and the headings as they are. Rows that are not listed here need no "
                "correction.")],
        headers=[_("Original row"), *(column.header for column in columns), _("What is wrong")],
        rows=_Rows(rows), filter=True, page_footer="&P / &N",
        widths=[_ROW_WIDTH, *[0.0] * len(columns), REASON_WIDTH],
        text_columns=frozenset({1, last, *(place for place, column in enumerate(columns, 2)
                                           if column.field in NUMBERS)}),
        column_styles={1: ColumnStyle(align="center")})


class _Rows:
    """The rows as cells, made while they are written, because a hundred thousand would not fit into memory."""

    def __init__(self, rows: Sequence[PlannedRow[Any]]) -> None:
        self.rows = rows

    def __iter__(self) -> Iterator[list[Value | Cell]]:
        return map(_cells, self.rows)


def _cells(row: PlannedRow[Any]) -> list[Value | Cell]:
    """Row number, the sender's cells, and what is wrong with them."""
    columns = row.sheet_of.columns
    places = {row.record.place(column.index): column for column in columns}
    wrong = [problem for problem in row.problems if problem.severity is not Severity.NOTE]
    at: dict[int, list[Problem]] = {}
    sentences = []
    for problem in wrong:
        column = places.get((problem.row, problem.column))
        if column is not None:
            at.setdefault(column.index, []).append(problem)
        sentences.append(_("{heading}: {sentence}").format(heading=column.header, sentence=problem.text)
                         if column is not None and column.header else problem.text)
    cells: list[Value | Cell] = [row_label(row.row, row.slot)]
    for column in columns:
        value = row.record.cells.get(column.index)
        found = at.get(column.index)
        cells.append(Cell(value, _tone(found), "\n".join(problem.text for problem in found)) if found else value)
    return [*cells, Cell("\n".join(dict.fromkeys(sentences)), _tone(wrong))]


def _tone(problems: Sequence[Problem]) -> Any:
    return "error" if any(problem.severity is Severity.ERROR for problem in problems) else "warning"
