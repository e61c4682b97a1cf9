"""One file → messages, inside the worker process: which reader reads what, and what to do when it fails.

Messages, in this order: ``("file", kind, sha256)``, then per sheet ``("sheet", name, visible, rows)``,
``("rows", [...])`` …, ``("details", merged, hidden_rows, hidden_columns)``, between them ``("notice",
problem)``. A second ``("file", …)`` means that everything before it is void: another reader took over.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias
from xml.parsers.expat import ExpatError

from expertpool.foundation.problems import Problem, Severity, UserProblem
from expertpool.spreadsheets import content, ooxml_cells
from expertpool.spreadsheets.limits import Limits
from expertpool.spreadsheets.ooxml_details import SheetDetails, sheet_details
from expertpool.spreadsheets.ooxml_parts import workbook_parts
from expertpool.spreadsheets.package_check import names_differ_only_in_case
from expertpool.spreadsheets.workbook import Kind, MergedRange, Value

Message: TypeAlias = tuple[Any, ...]
_BATCH = 2000
_OWN_READERS = (Kind.TEXT, Kind.HTML, Kind.MHTML, Kind.XML_2003)
_DAMAGE = (ExpatError, OSError, ValueError)
_FAR = 1000  # blank rows, or a quarter as many blank columns, before a cell that stands alone


class _UseCarefulReader(Exception):
    """The fast reader would need too much memory or read the wrong part."""


def read_file(path: Path, wanted: tuple[str, ...] | None, limits: Limits, careful: bool) -> Iterator[Message]:
    """Read ``path``. ``careful`` leaves out the fast reader (it died on this file before)."""
    kind = content.sniff(path, limits)
    opening = ("file", kind, _fingerprint(path))
    yield opening
    if not content.extension_fits(path, kind):
        yield ("notice", Problem("spreadsheets.extension", Severity.NOTE, file=path.name,
                                 parameters={"kind": kind.value}))
    names = frozenset(wanted) if wanted is not None else None
    try:
        yield from _by_kind(path, kind, names, limits, careful)
        return
    except _UseCarefulReader:
        pass
    except (UserProblem, MemoryError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a reader's panic is no Exception
        if _asks_password(error):
            raise UserProblem("spreadsheets.password", name=path.name) from None
        if kind in _OWN_READERS and not isinstance(error, _DAMAGE):
            raise  # a bug of ours, to be seen as such
        if careful or kind not in (Kind.XLSX, Kind.XLS):
            raise UserProblem("spreadsheets.damaged", name=path.name) from None
    yield from read_file(path, wanted, limits, careful=True)


def _by_kind(path: Path, kind: Kind, names: frozenset[str] | None, limits: Limits,
             careful: bool) -> Iterator[Message]:
    if kind is Kind.XLSX and careful:
        return _careful_xlsx(path, names, limits)
    if kind is Kind.XLS_OLD or (kind is Kind.XLS and careful):
        return _legacy(path, names, limits)
    if kind in (Kind.XLSX, Kind.XLS, Kind.XLSB, Kind.ODS):
        if careful:
            raise UserProblem("spreadsheets.too_much", name=path.name)
        return _fast(path, kind, names, limits)
    if kind is Kind.TEXT:
        return _text(path, limits)
    return _markup(path, kind, names, limits)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _asks_password(error: BaseException) -> bool:
    text = f"{type(error).__name__} {error}".lower()
    return "password" in text or "encrypt" in text


def _fast(path: Path, kind: Kind, names: frozenset[str] | None, limits: Limits) -> Iterator[Message]:
    from expertpool.spreadsheets import calamine_sheets

    details = _xlsx_details(path, limits) if kind is Kind.XLSX else {}

    def fits(rows: int, columns: int) -> None:
        if rows * columns > limits.cells:
            raise _UseCarefulReader if kind is Kind.XLSX else UserProblem(
                "spreadsheets.too_many_cells", name=path.name, limit=limits.cells)

    book = calamine_sheets.open_workbook(path)
    try:
        found = calamine_sheets.worksheets(book)
        details = details or _other_details(path, kind, [name for name, _visible in found])
        _ask_for(names, [name for name, _visible in found], path)
        for name, visible in found:
            if names is not None and name not in names:
                continue
            count, rows, merged = calamine_sheets.sheet_cells(book, name, fits)
            yield ("sheet", name, visible, count)
            yield from _batches(rows, path, name, limits)
            told = details.get(name, SheetDetails())
            yield from _close_sheet(path, name, told, merged or tuple(told.merged))
    finally:
        book.close()


def _xlsx_details(path: Path, limits: Limits) -> dict[str, SheetDetails]:
    """What the XML tells of each sheet; hands over to the careful reader where the fast one is unfit."""
    found = {}
    with zipfile.ZipFile(path) as package:
        if names_differ_only_in_case(package):
            raise _UseCarefulReader
        for sheet in workbook_parts(package).sheets:
            with package.open(sheet.part) as file:
                details = found[sheet.name] = sheet_details(file)
            if not details.readable or details.last_row * details.last_column > limits.cells:
                raise _UseCarefulReader
    return found


def _other_details(path: Path, kind: Kind, names: list[str]) -> dict[str, SheetDetails]:
    from expertpool.spreadsheets import biff_details, ods_details

    if kind is Kind.ODS:
        return ods_details.worksheet_details(path)
    if kind is Kind.XLS:
        found = biff_details.worksheet_details(path)
        return dict(zip(names, found, strict=True)) if len(found) == len(names) else {}
    return {}


def _careful_xlsx(path: Path, names: frozenset[str] | None, limits: Limits) -> Iterator[Message]:
    with zipfile.ZipFile(path) as package:
        book = workbook_parts(package)
        _ask_for(names, [sheet.name for sheet in book.sheets], path)
        strings = ooxml_cells.shared_strings(package, book.strings)
        dates = ooxml_cells.date_styles(package, book.styles)
        for sheet in book.sheets:
            if names is not None and sheet.name not in names:
                continue
            try:
                rows, details = ooxml_cells.read_cells(package, sheet.part, book, strings, dates,
                                                       (limits.rows, limits.cells))
            except ooxml_cells.TooManyCells:
                raise UserProblem("spreadsheets.too_many_rows", name=path.name, limit=limits.rows) from None
            yield ("sheet", sheet.name, sheet.visible, len(rows))
            yield from _batches(rows, path, sheet.name, limits)
            yield from _close_sheet(path, sheet.name, details, tuple(details.merged))


def _legacy(path: Path, names: frozenset[str] | None, limits: Limits) -> Iterator[Message]:
    from expertpool.spreadsheets import legacy_sheets

    sheets = legacy_sheets.read_sheets(path)
    _ask_for(names, [sheet.name for sheet in sheets], path)
    if any(sheet.repaired for sheet in sheets):
        yield ("notice", Problem("spreadsheets.western_label", Severity.NOTE, file=path.name))
    for sheet in sheets:
        if names is None or sheet.name in names:
            yield ("sheet", sheet.name, sheet.visible, len(sheet.rows))
            yield from _batches(sheet.rows, path, sheet.name, limits)
            yield from _close_sheet(path, sheet.name, sheet.details, tuple(sheet.details.merged))


def _text(path: Path, limits: Limits) -> Iterator[Message]:
    from expertpool.spreadsheets.text_files import read_text_table

    table = read_text_table(path.read_bytes(), path.name, limits)
    if table.bad_characters:
        yield ("notice", Problem("spreadsheets.bad_characters", Severity.WARNING, file=path.name,
                                 parameters={"count": table.bad_characters}))
    if table.loose_quote:
        yield ("notice", Problem("spreadsheets.loose_quote", Severity.WARNING, file=path.name))
    yield ("sheet", "", True, len(table.rows))
    yield from _batches(table.rows, path, "", limits)
    yield from _close_sheet(path, "", SheetDetails(), ())


def _markup(path: Path, kind: Kind, names: frozenset[str] | None, limits: Limits) -> Iterator[Message]:
    from expertpool.spreadsheets import markup_sheets

    sheets = markup_sheets.read_sheets(path.read_bytes(), kind)
    if not any(sheet.rows for sheet in sheets):
        raise UserProblem("spreadsheets.page_without_table", name=path.name)
    _ask_for(names, [sheet.name for sheet in sheets], path)
    for sheet in sheets:
        if names is None or sheet.name in names:
            yield ("sheet", sheet.name, sheet.visible, len(sheet.rows))
            yield from _batches(sheet.rows, path, sheet.name, limits)
            yield ("details", sheet.merged, sheet.hidden_rows, sheet.hidden_columns)


def _ask_for(names: frozenset[str] | None, found: list[str], path: Path) -> None:
    if missing := (names or frozenset()) - set(found):
        raise UserProblem("spreadsheets.no_sheet", name=path.name, sheet=min(missing), found="、".join(found))


def _batches(rows: Iterable[list[Value]], path: Path, name: str, limits: Limits) -> Iterator[Message]:
    """Rows in lots; blank ones share one list, so that a million of them weigh little."""
    empty: list[Value] = []
    batch: list[list[Value]] = []
    filled, last = 0, -1
    for index, row in enumerate(rows):
        batch.append(row or empty)
        if row:
            filled += 1
            if index - last > _FAR or len(row) > _FAR // 4:
                yield from _far_cell(path, name, index, row, index - last)
            last = index
        if len(batch) == _BATCH:
            yield ("rows", batch)
            batch = []
        if filled > limits.rows:
            raise UserProblem("spreadsheets.too_many_rows", name=path.name, limit=limits.rows)
    if batch:
        yield ("rows", batch)


def _far_cell(path: Path, name: str, index: int, row: list[Value], gap: int) -> Iterator[Message]:
    filled = [column for column, value in enumerate(row) if value is not None]
    before = filled[-2] if len(filled) > 1 else -1
    if gap > _FAR or filled[-1] - before > _FAR // 4:
        yield ("notice", Problem("spreadsheets.far_cell", Severity.WARNING, file=path.name, sheet=name,
                                 row=index + 1, column=filled[-1] + 1, value=str(row[filled[-1]])[:100]))


def _close_sheet(path: Path, name: str, details: SheetDetails,
                 merged: tuple[MergedRange, ...]) -> Iterator[Message]:
    for row, column, text in details.errors:
        yield ("notice", Problem("spreadsheets.error_cell", Severity.WARNING, file=path.name, sheet=name,
                                 row=row, column=column, value=text))
    for row, column in details.uncomputed:
        yield ("notice", Problem("spreadsheets.formula_uncomputed", Severity.WARNING, file=path.name,
                                 sheet=name, row=row, column=column))
    more = details.error_count + details.uncomputed_count - len(details.errors) - len(details.uncomputed)
    if more:
        yield ("notice", Problem("spreadsheets.more_cells", Severity.WARNING, file=path.name, sheet=name,
                                 parameters={"count": more}))
    yield ("details", merged, frozenset(details.hidden_rows), frozenset(details.hidden_columns))
