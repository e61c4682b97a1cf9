"""What a file is, decided by its bytes: a kind of table file, or one clear refusal."""

import re
import struct
import zipfile
import zlib
from pathlib import Path

from expertpool.foundation.problems import UserProblem
from expertpool.spreadsheets import ole_directory, text_files
from expertpool.spreadsheets.limits import MEGABYTE, Limits
from expertpool.spreadsheets.package_check import check_package, package_kind, refuse_password
from expertpool.spreadsheets.workbook import Kind

_HEAD = 65536
_REFUSED_STARTS = (
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"II*\0", "picture"),
    (b"MM\0*", "picture"), (b"Rar!\x1a", "archive"), (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"), (b"{\\rtf", "document"), (b"SQLite format 3\0", "database"),
    (b"MZ\x90", "program"), (b"\x7fELF", "program"),
)
_PAGE_START = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*"
    r"<(!doctype html|html|head|meta|body|table|style|script|div|link|title)\b", re.DOTALL)
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00",
              b"\x09\x08\x08\x00\x00\x05")
_EXTENSIONS = {
    Kind.XLSX: {".xlsx", ".xlsm", ".xltx", ".xltm", ".et", ".ett"},
    Kind.XLSB: {".xlsb"},
    Kind.ODS: {".ods", ".ots"},
    Kind.XLS: {".xls", ".xlt", ".et", ".ett"},
    Kind.XLS_OLD: {".xls", ".xlt", ".et"},
    Kind.HTML: {".htm", ".html"},
    Kind.MHTML: {".mht", ".mhtml"},
    Kind.XML_2003: {".xml"},
    Kind.DOCX: {".docx", ".docm", ".dotx", ".dotm"},
    Kind.TEXT: {".csv", ".tsv", ".txt", ".tab"},
}


def sniff(path: Path, limits: Limits) -> Kind:
    """The kind of table file at ``path``, safe to hand to a reader.

    :class:`UserProblem` ``spreadsheets.…`` for everything that is no readable table file: missing,
    folder, locked, empty, too large, a password, incomplete, or another kind of file.
    """
    head = _head(path, limits)
    if path.name.startswith("~$"):
        raise UserProblem("spreadsheets.is_lock_file", name=path.name)
    if b"%PDF-" in head[:1024]:
        raise UserProblem("spreadsheets.is_pdf", name=path.name)
    if head[4:8] == b"ftyp" or head[8:12] == b"WEBP" or (head[:2] == b"BM" and head[6:10] == bytes(4)):
        raise UserProblem("spreadsheets.is_picture", name=path.name)  # a picture or film of a telephone
    for start, what in _REFUSED_STARTS:
        if head.startswith(start):
            raise UserProblem(f"spreadsheets.is_{what}", name=path.name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(path, limits)
    if head.startswith(ole_directory.SIGNATURE):
        return _ole_kind(path)
    if head.startswith(_BARE_BIFF):
        return Kind.XLS_OLD
    return _text_kind(path, head)


def extension_fits(path: Path, kind: Kind) -> bool:
    """Whether the file name's extension is usual for this kind of content."""
    return path.suffix.lower() in _EXTENSIONS[kind]


def _head(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise UserProblem("spreadsheets.folder", name=path.name)
        with path.open("rb") as file:
            head = file.read(_HEAD)
        size = path.stat().st_size
    except FileNotFoundError:
        raise UserProblem("spreadsheets.missing", name=str(path)) from None
    except PermissionError:
        raise UserProblem("spreadsheets.locked", name=path.name) from None
    except OSError as error:
        raise UserProblem("spreadsheets.unreadable", name=path.name, reason=error.strerror or "") from None
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UserProblem("spreadsheets.empty", name=path.name)
    if size > limits.file_mb * MEGABYTE:
        raise UserProblem("spreadsheets.file_too_large", name=path.name, limit=limits.file_mb)
    return head


def _zip_kind(path: Path, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            refuse_password(package, path.name)
            kind = package_kind(package, path.name)
            check_package(package, path.name, limits)
            return kind
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, ValueError):
        raise UserProblem("spreadsheets.damaged", name=path.name) from None


def _ole_kind(path: Path) -> Kind:
    try:
        names = {name.lower() for name in ole_directory.stream_names(path)}
    except ole_directory.BrokenContainer:
        raise UserProblem("spreadsheets.damaged", name=path.name) from None
    if {"encryptedpackage", "encryptioninfo"} & names:
        raise UserProblem("spreadsheets.password", name=path.name)
    if "workbook" in names:
        return Kind.XLS
    if "book" in names:
        return Kind.XLS_OLD
    if "worddocument" in names:
        raise UserProblem("spreadsheets.is_document", name=path.name)
    if "powerpoint document" in names:
        raise UserProblem("spreadsheets.is_presentation", name=path.name)
    raise UserProblem("spreadsheets.unknown" if names - {"root entry"} else "spreadsheets.damaged", name=path.name)


def _text_kind(path: Path, head: bytes) -> Kind:
    if not head.strip(b"\0"):
        raise UserProblem("spreadsheets.damaged", name=path.name)
    text = text_files.glance(head)
    if text is None:
        raise UserProblem("spreadsheets.unknown", name=path.name)
    start = text[:16384].lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<?xml" in start[:200]:
        return Kind.XML_2003
    if "mime-version:" in start[:4096] and "multipart/related" in start[:8192]:
        return Kind.MHTML
    return Kind.HTML if _PAGE_START.match(start) else Kind.TEXT
