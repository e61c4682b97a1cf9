"""Inspects a zip before anything is unpacked: what it is, and whether unpacking is safe."""

import re
import zipfile

from expertpool.foundation.problems import UserProblem
from expertpool.spreadsheets.document_tables import MAIN_PART
from expertpool.spreadsheets.limits import MEGABYTE, Limits
from expertpool.spreadsheets.workbook import Kind

_NEVER_UNPACKED = ("xl/media/", "xl/embeddings/", "xl/printersettings/", "xl/drawings/", "xl/charts/",
                   "xl/activex/", "xl/ctrlprops/", "xl/vbaproject.bin", "customxml/", "docprops/",
                   "pictures/", "thumbnails/", "object", "configurations2/", "word/media/", "word/embeddings/",
                   "word/fonts/")
_WORKBOOK = re.compile(r"(^|/)workbook\d*\.xml$")


_HEAD = 65536


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def refuse_password(package: zipfile.ZipFile, name: str) -> None:
    """Refuse a zip with encrypted parts. Raises ``spreadsheets.password``."""
    if any(part.flag_bits & 1 for part in package.infolist()):
        raise UserProblem("spreadsheets.password", name=name)


def package_kind(package: zipfile.ZipFile, name: str) -> Kind:
    """The kind of table in the zip; refuses text documents, presentations and ordinary archives."""
    parts = {_plain(part) for part in package.namelist()}
    if "xl/workbook.bin" in parts:
        return Kind.XLSB
    if any(_WORKBOOK.search(part) for part in parts):
        return Kind.XLSX
    if "content.xml" in parts:
        kind = _start(package, "mimetype") if "mimetype" in parts else b""
        if b"spreadsheet" in kind or (not kind and b"office:spreadsheet" in _start(package, "content.xml")):
            return Kind.ODS
        raise UserProblem("spreadsheets.is_document", name=name)
    if any(MAIN_PART.fullmatch(part) for part in parts):
        return Kind.DOCX
    if any(part.startswith("word/") for part in parts):
        raise UserProblem("spreadsheets.is_document", name=name)
    if any(part.startswith("ppt/") for part in parts):
        raise UserProblem("spreadsheets.is_presentation", name=name)
    raise UserProblem("spreadsheets.is_archive", name=name)


def check_package(package: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse unusual compression methods, zip bombs, XML that declares its own entities, encrypted sheets."""
    needed = [part for part in package.infolist() if not _plain(part.filename).startswith(_NEVER_UNPACKED)]
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in needed):
        raise UserProblem("spreadsheets.damaged", name=name)
    if len(package.infolist()) > limits.parts or _too_large(needed, limits):
        raise UserProblem("spreadsheets.unpacks_too_large", name=name, limit=limits.parts_mb)
    for part in needed:
        if _plain(part.filename).endswith((".xml", ".rels")) and _declares_entities(package, part):
            raise UserProblem("spreadsheets.foreign_xml", name=name)
    manifest = next((part for part in needed if _plain(part.filename) == "meta-inf/manifest.xml"), None)
    if manifest and b"encryption-data" in package.read(manifest):
        raise UserProblem("spreadsheets.password", name=name)


def names_differ_only_in_case(package: zipfile.ZipFile) -> bool:
    """Whether two parts differ only in case, so that some readers confuse them."""
    names = [_plain(part) for part in package.namelist()]
    return len(set(names)) < len(names)


def _too_large(parts: list[zipfile.ZipInfo], limits: Limits) -> bool:
    if sum(part.file_size for part in parts) > limits.parts_mb * MEGABYTE:
        return True
    return any(part.file_size > limits.part_mb * MEGABYTE
               or (part.file_size > limits.ratio_from_mb * MEGABYTE
                   and part.file_size > limits.ratio * max(part.compress_size, 1))
               for part in parts)


def _start(package: zipfile.ZipFile, part: str | zipfile.ZipInfo, size: int = 4096) -> bytes:
    with package.open(part) as file:
        return file.read(size)


def _declares_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    start = _start(package, part, _HEAD).replace(b"\0", b"")  # UTF-16 parts become readable enough
    return b"<!DOCTYPE" in start or b"<!ENTITY" in start
