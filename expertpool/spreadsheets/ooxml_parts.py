"""Which part of an Office Open XML package holds which sheet (transitional and Strict alike)."""

import posixpath
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet of the workbook and its part in the zip."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """The worksheets in tab order, the shared parts ('' where absent) and whether dates count from 1904."""

    sheets: tuple[SheetPart, ...]
    strings: str
    styles: str
    from_1904: bool


def local(name: str) -> str:
    """An XML name without its namespace or prefix."""
    return name.rpartition("}")[2].rpartition(":")[2]


def workbook_parts(package: zipfile.ZipFile) -> WorkbookParts:
    """Read the workbook part and its relationships. KeyError or ParseError where they are broken."""
    names = {name.replace("\\", "/").lstrip("/").lower(): name for name in reversed(package.namelist())}
    book = next(iter(_targets(package, names, "").get("officeDocument", {}).values()), "xl/workbook.xml")
    targets = _targets(package, names, book)
    worksheets = targets.get("worksheet", {})
    root = ElementTree.fromstring(package.read(names[book.lower()]))
    sheets, from_1904 = [], False
    for element in root.iter():
        if local(element.tag) == "workbookPr":
            from_1904 = element.get("date1904") in ("1", "true")
        elif local(element.tag) == "sheet":
            identity = next((value for key, value in element.attrib.items() if local(key) == "id"), "")
            if identity in worksheets:
                sheets.append(SheetPart(element.get("name", ""), names[worksheets[identity].lower()],
                                        element.get("state", "visible") == "visible"))
    return WorkbookParts(tuple(sheets), _only(targets, names, "sharedStrings"),
                         _only(targets, names, "styles"), from_1904)


def _targets(package: zipfile.ZipFile, names: dict[str, str], part: str) -> dict[str, dict[str, str]]:
    """Relationship type → id → part of what ``part`` ('' for the package) refers to."""
    folder, _slash, file = part.rpartition("/")
    relations = names.get(posixpath.join(folder, "_rels", f"{file}.rels").lower())
    found: dict[str, dict[str, str]] = {}
    if relations is None:
        return found
    for element in ElementTree.fromstring(package.read(relations)):
        target = element.get("Target", "").replace("\\", "/")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = element.get("Type", "").rpartition("/")[2]
        found.setdefault(kind, {})[element.get("Id", "")] = posixpath.normpath(whole)
    return found


def _only(targets: dict[str, dict[str, str]], names: dict[str, str], kind: str) -> str:
    target = next(iter(targets.get(kind, {}).values()), "")
    return names.get(target.lower(), "")
