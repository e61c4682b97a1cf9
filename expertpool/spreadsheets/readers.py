"""One file → messages, inside the worker process: which reader reads what, and what happens if it fails.

The messages are those of :mod:`expertpool.spreadsheets.messages`.
"""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from xml.parsers.expat import ExpatError

from expertpool.foundation.problems import Severity, UserProblem
from expertpool.spreadsheets import content, ooxml_cells
from expertpool.spreadsheets.limits import Limits
from expertpool.spreadsheets.messages import Message, Sender
from expertpool.spreadsheets.ooxml_details import SheetDetails, sheet_details
from expertpool.spreadsheets.ooxml_parts import workbook_parts
from expertpool.spreadsheets.ooxml_sheet import OoxmlSheet, TooManyCells
from expertpool.spreadsheets.package_check import names_differ_only_in_case
from expertpool.spreadsheets.safe_xml import ForeignXml
from expertpool.spreadsheets.workbook import Kind, Sheet, Value

_OWN_READERS = (Kind.TEXT, Kind.HTML, Kind.MHTML, Kind.XML_2003, Kind.DOCX, Kind.ODS)
_DAMAGE = (ExpatError, OSError, ValueError, LookupError, ArithmeticError, RecursionError, struct.error, zlib.error,
           zipfile.BadZipFile)


_TAKEN_FOR_DAYS = (date(1900, 2, 28), time())


class _UseCarefulReader(Exception):
    """The fast reader would need too much memory or read the wrong part."""


def read_file(path: Path, wanted: tuple[str, ...] | None, limits: Limits, careful: bool) -> Iterator[Message]:
    """Read ``path``. ``careful`` leaves out the fast reader, because it crashed on this file before."""
    kind = content.sniff(path, limits)
    opening = ("file", kind, _fingerprint(path))
    yield opening
    if not content.extension_fits(path, kind):
        yield Sender(path.name, limits).notice("extension", Severity.NOTE, parameters={"kind": kind.value})
    names = frozenset(wanted) if wanted is not None else None
    try:
        yield from _by_kind(path, kind, names, limits, careful)
        return
    except _UseCarefulReader:
        pass
    except ForeignXml:
        raise UserProblem("spreadsheets.foreign_xml", name=path.name) from None
    except (UserProblem, MemoryError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library is not derived from Exception
        if _asks_password(error):
            raise UserProblem("spreadsheets.password", name=path.name) from None
        if kind in _OWN_READERS and not isinstance(error, _DAMAGE):
            raise  # a bug of ours: let it be seen
        if careful or kind not in (Kind.XLSX, Kind.XLS):
            raise UserProblem("spreadsheets.damaged", name=path.name) from None
    yield from read_file(path, wanted, limits, careful=True)


def _by_kind(path: Path, kind: Kind, names: frozenset[str] | None, limits: Limits,
             careful: bool) -> Iterator[Message]:
    if kind is Kind.XLSX and careful:
        return _careful_xlsx(path, names, limits)
    if kind is Kind.XLS_OLD or (kind is Kind.XLS and careful):
        return _legacy(path, names, limits)
    if kind is Kind.ODS:
        return _open_document(path, names, limits)
    if kind in (Kind.XLSX, Kind.XLS, Kind.XLSB):
        if careful:
            raise UserProblem("spreadsheets.too_much", name=path.name)
        return _fast(path, kind, names, limits)
    if kind is Kind.TEXT:
        return _text(path, limits)
    if kind is Kind.DOCX:
        return _document(path, names, limits)
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
    sender = Sender(path.name, limits)

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
            count, rows, merged = calamine_sheets.sheet_cells(book, name, fits, sender.text)
            told = details.get(name, SheetDetails())
            rows = _real_days(rows) if told.false_days else rows
            yield from sender.sheet(name, visible, count, rows, told, merged or tuple(told.merged), clean=True)
    finally:
        book.close()


def _real_days(rows: Iterator[list[Value]]) -> Iterator[list[Value]]:
    """Correct numbers that the fast reader takes for days though they are none: 29 February 1900, which never
    existed, and negative ones."""
    for row in rows:
        if any(day in row for day in _TAKEN_FOR_DAYS):
            raise _UseCarefulReader
        yield row


def _xlsx_details(path: Path, limits: Limits) -> dict[str, SheetDetails]:
    """What the XML tells of each sheet; switches to the careful reader if the fast one is unsuitable."""
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
    from expertpool.spreadsheets import biff_details

    if kind is Kind.XLS:
        try:
            found = biff_details.worksheet_details(path)
        except biff_details.Overwritten:
            raise UserProblem("spreadsheets.damaged", name=path.name) from None
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
            reader = OoxmlSheet(strings, dates, book.from_1904, (limits.rows, limits.cells))
            try:
                for count in reader.read(package, sheet.part):
                    yield ("working", count)
            except TooManyCells:
                raise UserProblem("spreadsheets.too_many_rows", name=path.name, limit=limits.rows) from None
            yield from Sender(path.name, limits).sheet(sheet.name, sheet.visible, reader.count, reader.rows(),
                                                       reader.details)


def _open_document(path: Path, names: frozenset[str] | None, limits: Limits) -> Iterator[Message]:
    from expertpool.spreadsheets.ods_sheets import OdsReader

    reader = OdsReader(path, limits)
    for count in reader.read():
        yield ("working", count)
    _ask_for(names, [sheet.name for sheet in reader.sheets], path)
    sender = Sender(path.name, limits)
    for sheet in reader.sheets:
        if names is None or sheet.name in names:
            yield from sender.sheet(sheet.name, sheet.visible, len(sheet.rows), sheet.rows, sheet.details)


def _legacy(path: Path, names: frozenset[str] | None, limits: Limits) -> Iterator[Message]:
    from expertpool.spreadsheets import legacy_sheets

    sheets = legacy_sheets.read_sheets(path)
    _ask_for(names, [sheet.name for sheet in sheets], path)
    sender = Sender(path.name, limits)
    if any(sheet.repaired for sheet in sheets):
        yield sender.notice("western_label", Severity.NOTE)
    for sheet in sheets:
        if names is None or sheet.name in names:
            yield from sender.sheet(sheet.name, sheet.visible, len(sheet.rows), sheet.rows, sheet.details)


def _text(path: Path, limits: Limits) -> Iterator[Message]:
    from expertpool.spreadsheets.text_files import read_text_table

    table = read_text_table(path.read_bytes(), path.name, limits)
    sender = Sender(path.name, limits)
    if table.bad_characters:
        yield sender.notice("bad_characters", Severity.WARNING, parameters={"count": table.bad_characters})
    if table.foreign_lines:
        yield sender.notice("mixed_encodings", Severity.WARNING, parameters={"count": table.foreign_lines})
    if table.loose_quote:
        yield sender.notice("loose_quote", Severity.WARNING)
    yield from sender.sheet("", True, len(table.rows), table.rows, SheetDetails())


def _markup(path: Path, kind: Kind, names: frozenset[str] | None, limits: Limits) -> Iterator[Message]:
    from expertpool.spreadsheets import markup_sheets

    sheets = markup_sheets.read_sheets(path.read_bytes(), kind)
    if not any(sheet.rows for sheet in sheets):
        raise UserProblem("spreadsheets.page_without_table", name=path.name)
    yield from _ready_sheets(path, sheets, names, limits)


def _document(path: Path, names: frozenset[str] | None, limits: Limits) -> Iterator[Message]:
    from expertpool.spreadsheets import document_tables

    sheets = document_tables.read_sheets(path, limits.cells)
    if not sheets:
        raise UserProblem("spreadsheets.document_without_table", name=path.name)
    yield from _ready_sheets(path, sheets, names, limits)


def _ready_sheets(path: Path, sheets: list[Sheet], names: frozenset[str] | None,
                  limits: Limits) -> Iterator[Message]:
    _ask_for(names, [sheet.name for sheet in sheets], path)
    sender = Sender(path.name, limits)
    for sheet in sheets:
        if names is None or sheet.name in names:
            details = SheetDetails(
                hidden_rows=set(sheet.hidden_rows), hidden_columns=set(sheet.hidden_columns),
                errors=[(*place, text) for place, text in sheet.errors.items()], error_count=len(sheet.errors),
                merged=list(sheet.merged))
            yield from sender.sheet(sheet.name, sheet.visible, len(sheet.rows), sheet.rows, details)


def _ask_for(names: frozenset[str] | None, found: list[str], path: Path) -> None:
    if missing := (names or frozenset()) - set(found):
        raise UserProblem("spreadsheets.no_sheet", name=path.name, sheet=min(missing), found="、".join(found))
