"""What the worker process reports about a file, as a stream of small messages.

In this order: ``("file", kind, sha256)``, then per sheet ``("sheet", name, visible, rows)``, ``("rows", [...])`` …,
``("details", merged, hidden_rows, hidden_columns, errors)``; between them ``("notice", problem)``, and ``("working",
rows)`` if there is nothing else to report yet. A second ``("file", …)`` means that everything before it is void:
another reader took over.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from expertpool.foundation.problems import Problem, Severity, UserProblem
from expertpool.spreadsheets.limits import Limits
from expertpool.spreadsheets.ooxml_details import SheetDetails
from expertpool.spreadsheets.safe_cells import clean_text
from expertpool.spreadsheets.workbook import MergedRange, Value

Message: TypeAlias = tuple[Any, ...]
_BATCH = 2000
_FAR = 1000  # rows beyond which blank space before an isolated cell is cut (of columns a quarter as many)
_KEPT_TEXTS = 50_000
_MOST_TOLD = 1000  # most cells reported one by one


class Texts:
    """Cleans texts, and keeps one object for equal ones: a unit's name in 100,000 rows is kept and sent once."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def __call__(self, text: str) -> str | None:
        """The text without control characters and lone surrogates, line breaks as ``\\n``; None if empty."""
        kept = self._kept.get(text)
        if kept is None:
            if len(self._kept) > _KEPT_TEXTS:
                self._kept.clear()
            kept = self._kept[text] = clean_text(text)
        return kept or None


class Sender:
    """Makes the messages of one file."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self.limits, self.text = file, limits, Texts()

    def sheet(self, name: str, visible: bool, count: int, rows: Iterable[list[Value]],
              details: SheetDetails, merged: tuple[MergedRange, ...] | None = None, *,
              clean: bool = False) -> Iterator[Message]:
        """All messages of one sheet; ``count`` is the number of rows expected, for the progress. ``clean`` means that
        the texts already went through :attr:`text`."""
        yield ("sheet", name, visible, count)
        yield from self._rows(rows if clean else self._cleaned(rows), name)
        yield from self._cells_without_value(name, details)
        yield ("details", tuple(details.merged) if merged is None else merged, frozenset(details.hidden_rows),
               frozenset(details.hidden_columns), {(row, column): text for row, column, text in details.errors})

    def notice(self, code: str, severity: Severity, **more: Any) -> Message:
        """A remark on the file."""
        return ("notice", Problem(f"spreadsheets.{code}", severity, file=self.file, **more))

    def _rows(self, rows: Iterable[list[Value]], name: str) -> Iterator[Message]:
        """Rows in batches; blank ones share one list, so that a million of them need little memory."""
        empty: list[Value] = []
        batch: list[list[Value]] = []
        filled, last, cells = 0, -1, 0
        for index, row in enumerate(rows):
            while row and row[-1] is None:
                row.pop()
            batch.append(row or empty)
            if row:
                filled += 1
                cells += len(row)
                if index - last > _FAR or len(row) > _FAR // 4:
                    yield from self._far_cell(name, index, row, index - last)
                last = index
            if len(batch) == _BATCH:
                yield ("rows", batch)
                batch = []
            if filled > self.limits.rows:
                raise UserProblem("spreadsheets.too_many_rows", name=self.file, limit=self.limits.rows)
            if cells > self.limits.cells:
                raise UserProblem("spreadsheets.too_many_cells", name=self.file, limit=self.limits.cells)
        if batch:
            yield ("rows", batch)

    def _cleaned(self, rows: Iterable[list[Value]]) -> Iterator[list[Value]]:
        text = self.text
        return ([text(value) if type(value) is str else value for value in row] for row in rows)

    def _far_cell(self, name: str, index: int, row: list[Value], gap: int) -> Iterator[Message]:
        filled = [column for column, value in enumerate(row) if value is not None]
        before = filled[-2] if len(filled) > 1 else -1
        if gap > _FAR or filled[-1] - before > _FAR // 4:
            yield self.notice("far_cell", Severity.WARNING, sheet=name, row=index + 1, column=filled[-1] + 1,
                              value=str(row[filled[-1]])[:100])

    def _cells_without_value(self, name: str, details: SheetDetails) -> Iterator[Message]:
        for row, column, text in details.errors[:_MOST_TOLD]:
            yield self.notice("error_cell", Severity.WARNING, sheet=name, row=row, column=column, value=text)
        for row, column in details.uncomputed[:_MOST_TOLD]:
            yield self.notice("formula_uncomputed", Severity.WARNING, sheet=name, row=row, column=column)
        if details.outside:
            yield self.notice("outside_cell", Severity.WARNING, sheet=name, value=details.outside[0][1],
                              parameters={"count": len(details.outside)})
        if more := max(0, details.error_count - _MOST_TOLD) + max(0, details.uncomputed_count - _MOST_TOLD):
            yield self.notice("more_cells", Severity.WARNING, sheet=name, parameters={"count": more})
