"""Writes workbooks and CSV files: styled, printable, safe to open, whole or not at all."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from functools import partial
from io import BytesIO
from itertools import chain, islice, zip_longest
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import Problem, Severity
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.work_folder import WorkPlace
from expertpool.spreadsheets.limits import cell_characters, rows_in_memory
from expertpool.spreadsheets.safe_cells import (
    as_text,
    clean_text,
    cut_text,
    fits_number,
    looks_like_formula,
    sheet_name,
)
from expertpool.spreadsheets.sheet_layout import LISTS, Band, Cell, ColumnStyle, Row, SheetLayout, Tone
from expertpool.spreadsheets.sheet_style import Formats, column_widths, row_height, style, text_width
from expertpool.spreadsheets.target_file import replacing_target
from expertpool.spreadsheets.workbook import Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST_RULE = 255  # most characters of a drop-down list inside a cell's rule
_SCREEN = 120.0  # characters that a window shows side by side
_A4 = 9
_FIRST_DAY = date(1900, 3, 1)  # first year about whose calendar spreadsheet programs agree
_PLAIN = ColumnStyle()


def write_workbook(path: Path, sheets: Sequence[SheetLayout], *,
                   progress: Progress = SILENT) -> tuple[Problem, ...]:
    """Write an .xlsx with these sheets in this order; returns notices about texts that had to be cut.

    No text ever becomes a formula, a link or a number. Raises :class:`UserProblem` if ``path`` is open elsewhere or
    its folder is missing; an existing file is replaced only on success.
    """
    notices: list[Problem] = []
    with replacing_target(Path(path)) as draft:
        draft.write_bytes(_assembled(sheets, notices, progress))
    return tuple(notices)


def _assembled(sheets: Sequence[SheetLayout], notices: list[Problem], progress: Progress) -> bytes:
    """The finished workbook. The rows of large sheets are kept compressed; none of them is readable on the disk."""
    import xlsxwriter

    from expertpool.spreadsheets.packed_workbook import PackedWorkbook

    peeked = [_peek(layout.rows) for layout in sheets]
    large = any(more is not None for _first, more in peeked)
    buffer = BytesIO()
    with WorkPlace("sheets") as folder:
        book = PackedWorkbook(buffer, str(folder.path)) if large else xlsxwriter.Workbook(buffer, {"in_memory": True})
        try:
            formats = Formats(book)
            names = [LISTS]
            long: dict[tuple[str, ...], int] = {}
            for layout, (first, more) in zip(sheets, peeked, strict=True):
                names.append(sheet_name(layout.name, names))
                writer = _SheetWriter(book.add_worksheet(names[-1]), layout, formats, notices, names[-1], long)
                writer.write(progress.over(chain(first, more or ()), len(first), names[-1]), first)
            _write_lists(book, long)
            book.close()
        finally:
            book.fileclosed = True  # keep an unfinished book from being written when it is discarded
            for sheet in book.worksheets():
                if sheet.row_data_fh:
                    sheet.row_data_fh.close()
    return buffer.getvalue()


def _write_lists(book: "Workbook", lists: Iterable[Sequence[str]]) -> None:
    """Write drop-down lists too long for a cell's own rule, each as a column of a hidden sheet."""
    rows = list(zip_longest(*lists, fillvalue=""))
    if rows:
        sheet = book.add_worksheet(LISTS)
        sheet.very_hidden()
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Value]], *,
              text_columns: frozenset[int] = frozenset()) -> tuple[Problem, ...]:
    """Write UTF-8 with byte order mark, comma, CRLF. Cells that would start a formula get an apostrophe.

    ``text_columns`` (from 1) are written as ``="…"``, which keeps long ids whole when a spreadsheet program opens the
    file. Returns a notice of how many cells were changed so.
    """
    guarded = 0
    with replacing_target(Path(path)) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"'{text}" if _guarded(text) else text for text in map(clean_text, headers)])
        for row in rows:
            line = []
            for column, value in enumerate(row, 1):
                text = as_text(value)
                if column in text_columns and text.isalnum():
                    text = f'="{text}"'
                elif isinstance(value, str) and _guarded(text):
                    guarded += 1
                    text = "'" + text
                line.append(text)
            writer.writerow(line)
    if not guarded:
        return ()
    return (Problem("spreadsheets.formula_guarded", Severity.NOTE, file=Path(path).name,
                    parameters={"count": guarded}),)


def _guarded(text: str) -> bool:
    """Whether a text needs an apostrophe before it; one that stands there already would be taken for ours."""
    return text.startswith("'") or looks_like_formula(text)


def _peek(rows: Iterable[Row]) -> tuple[list[Row], Iterable[Row] | None]:
    """The first rows, and the rest if there are too many to hold in memory."""
    source = iter(rows)
    first = list(islice(source, rows_in_memory()))
    following = list(islice(source, 1))
    return (first, chain(following, source)) if following else (first, None)


class _SheetWriter:
    """Writes one sheet from top to bottom, the only order that large sheets allow."""

    def __init__(self, sheet: "Worksheet", layout: SheetLayout, formats: Formats, notices: list[Problem],
                 name: str, long: dict[tuple[str, ...], int]) -> None:
        self.sheet, self.layout, self.formats = sheet, layout, formats
        self.notices, self.name, self.long = notices, name, long
        self.row = 0
        self.last_column = max(len(layout.headers) - 1, 0)
        self.widths: list[float] = []
        self.room: list[float] = []  # widths again, unlimited for columns that do not wrap
        self.texts = frozenset(column - 1 for column in layout.text_columns)
        self._formats: dict[tuple[int, str, Tone, bool], Format] = {}

    def write(self, rows: Iterable[Row], sample: Sequence[Row]) -> None:
        self.widths = column_widths(self.layout, sample)
        self.room = [width if self.layout.column_styles.get(column, _PLAIN).wrap else inf
                     for column, width in enumerate(self.widths, 1)]
        for column, width in enumerate(self.widths):
            number_format = {"num_format": "@"} if column + 1 in self.layout.text_columns else {}
            self.sheet.set_column(column, column, width, self.formats.plain(**number_format))
        if self.layout.title:
            height = 34.0 if text_width(self.layout.title) * 1.6 <= sum(self.widths) else 60.0
            self._line(self.layout.title, self.formats.title, height)
        if self.layout.subtitle:
            self._line(self.layout.subtitle, self.formats.subtitle)
        for line in self.layout.lead:
            self._line(line, self.formats.note, most=_SCREEN)
        header_row = self.row
        if any(self.layout.headers):
            self._header()
        for row in rows:
            if isinstance(row, Band):
                self._line(row.text, partial(self.formats.band, row.tone, strong=row.strong))
            else:
                self._cells(row)
        self._page(header_row)
        if self.row > header_row + 1:
            for column in sorted(self.layout.choices.keys() | self.layout.prompts.keys()):
                self._guide(column, header_row + 1, self.row - 1)
        for note in self.layout.notes:
            self._line(note, self.formats.note)

    def _line(self, text: str, look: Callable[..., "Format"], height: float = 0.0, most: float = inf) -> None:
        """One text across the table, or across as many columns as ``most`` characters need."""
        text, _cut = cut_text(clean_text(text))
        format = look(quoted=looks_like_formula(text))
        last = next((last for last in range(self.last_column) if sum(self.widths[:last + 1]) >= most),
                    self.last_column)
        self.sheet.set_row(self.row, height or row_height([text], [sum(self.widths[:last + 1])]))
        if last:
            self.sheet.merge_range(self.row, 0, self.row, last, "", format)
        self.sheet.write_string(self.row, 0, text, format)
        self.row += 1

    def _header(self) -> None:
        headers = [clean_text(header) for header in self.layout.headers]
        self.sheet.set_row(self.row, max(row_height(headers, self.widths), 24.0))
        for column, header in enumerate(headers):
            self.sheet.write_string(self.row, column, header, self.formats.header(quoted=looks_like_formula(header)))
            if comment := self.layout.header_comments.get(column + 1):
                self.sheet.write_comment(self.row, column, clean_text(comment), {"x_scale": 2})
        self.row += 1

    def _cells(self, row: Sequence[Value | Cell]) -> None:
        texts = [as_text(cell.value if isinstance(cell, Cell) else cell) for cell in row]
        self.sheet.set_row(self.row, row_height(texts, self.room))
        for column, cell in enumerate(row):
            self._cell(column, cell, texts[column])
        for column in range(len(row), self.last_column + 1):
            self._cell(column, None, "")
        self.row += 1

    def _cell(self, column: int, cell: Value | Cell, text: str) -> None:
        """One cell; ``text`` is its value as people read it."""
        value, tone = (cell.value, cell.tone) if isinstance(cell, Cell) else (cell, "")
        sheet, row = self.sheet, self.row
        if not text:
            sheet.write_blank(row, column, None, self._format(column, "", tone, False))
        elif isinstance(value, str) or column in self.texts or not _is_plain_value(value):
            sheet.write_string(row, column, self._cut(text, column),
                               self._format(column, "text", tone, looks_like_formula(text)))
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, self._format(column, "", tone, False))
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self._format(column, "", tone, False))
        else:
            sheet.write_datetime(row, column, value, self._format(column, _moment_kind(value), tone, False))
        if isinstance(cell, Cell) and cell.comment:
            sheet.write_comment(row, column, clean_text(cell.comment), {"x_scale": 2})
        if isinstance(cell, Cell) and cell.choices:
            self._rule(row, column, row, "", tuple(map(clean_text, cell.choices)))

    def _cut(self, text: str, column: int) -> str:
        text, cut = cut_text(text)
        if cut:
            self.notices.append(Problem("spreadsheets.text_cut", Severity.WARNING, sheet=self.name,
                                        row=self.row + 1, column=column + 1,
                                        parameters={"limit": cell_characters()}))
        return text

    def _format(self, column: int, kind: str, tone: Tone, quoted: bool) -> "Format":
        """The format of a cell in ``column`` (from 0) with a value of this kind, looked up once."""
        key = (column, kind, tone, quoted)
        if key not in self._formats:
            look = self.layout.column_styles.get(column + 1, _PLAIN)
            number_format = "@" if column in self.texts else look.number_format
            if kind.endswith("_format") and not number_format:
                number_format = style()[kind]
            self._formats[key] = self.formats.cell(look, number_format, tone, quoted)
        return self._formats[key]

    def _guide(self, column: int, first: int, last: int) -> None:
        """A drop-down list and a hint for the cells of a column; other values stay possible."""
        choices = tuple(clean_text(choice) for choice in self.layout.choices.get(column, ()))
        self._rule(first, column - 1, last, self.layout.prompts.get(column, ""), choices)

    def _rule(self, first: int, column: int, last: int, prompt: str, choices: tuple[str, ...]) -> None:
        """The rule of the cells of a column (from 0)."""
        rule: JsonObject = {"validate": "any"}
        if choices:
            rule = {"validate": "list", "source": self._source(choices), "show_error": False, "ignore_blank": True}
        if prompt:
            rule["input_message"] = clean_text(prompt)[:_LONGEST_RULE]
        self.sheet.data_validation(first, column, last, column, rule)

    def _source(self, choices: tuple[str, ...]) -> list[str] | str:
        """The choices themselves, or their range on the hidden sheet if they are too long for a rule."""
        if len(",".join(choices)) <= _LONGEST_RULE and not any("," in choice for choice in choices):
            return list(choices)
        from xlsxwriter.utility import xl_col_to_name

        letters = xl_col_to_name(self.long.setdefault(choices, len(self.long)))
        return f"={LISTS}!${letters}$1:${letters}${len(choices)}"

    def _page(self, header_row: int) -> None:
        sheet, layout = self.sheet, self.layout
        if layout.hidden:
            sheet.very_hidden()
            return
        sheet.set_paper(_A4)
        sheet.set_landscape() if layout.landscape else sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(**style()["margins_inch"])
        sheet.center_horizontally()
        if layout.page_footer:
            sheet.set_footer(f"&C{layout.page_footer}")
        if layout.freeze:
            sheet.freeze_panes(header_row + 1, 0)
        if layout.print_titles:
            sheet.repeat_rows(header_row)
        if layout.filter and layout.headers and self.row > header_row + 1:
            sheet.autofilter(header_row, 0, self.row - 1, self.last_column)


def _is_plain_value(value: Value) -> bool:
    """Whether the value can be written in its own type; otherwise it is written as text."""
    if isinstance(value, bool):
        return True
    if isinstance(value, int | float):
        return fits_number(value)
    if isinstance(value, datetime):
        return value.tzinfo is None and value.date() >= _FIRST_DAY
    if isinstance(value, date):
        return value >= _FIRST_DAY
    return isinstance(value, time) and value.tzinfo is None


def _moment_kind(value: Value) -> str:
    if isinstance(value, datetime):
        return "moment_format"
    return "date_format" if isinstance(value, date) else "time_format"
