"""Makers of files as other programs write them, as people damage them, and as attackers build them."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>')
STRINGS = f'<sst xmlns="{MAIN}"><si><t>姓名</t></si></sst>'
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def inline(reference: str, text: str) -> str:
    """A cell with its text in place."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def xlsx(path: Path, rows: str = "", *, sheet: str | bytes = "", before: str = "", after: str = "",
         strings: str | None = STRINGS, styles: str | None = None, book: str = "", properties: str = "",
         relations: str = RELATIONS, main: str = MAIN, target: str = "worksheets/sheet1.xml",
         part: str = "xl/worksheets/sheet1.xml", names: str = '<sheet name="名册" sheetId="1" r:id="r1"/>',
         more: dict[str, str | bytes] | None = None, more_relations: str = "") -> Path:
    """An .xlsx of one sheet from the XML of its rows; every part can be replaced."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
                       f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": book or f'<workbook xmlns="{main}" xmlns:r="{relations}">{properties}'
                                   f'<sheets>{names}</sheets></workbook>',
        part: sheet or f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>',
    }
    listed = f'<Relationship Id="r1" Type="{relations}/worksheet" Target="{target}"/>{more_relations}'
    for number, (kind, name, content) in enumerate((("sharedStrings", "xl/sharedStrings.xml", strings),
                                                    ("styles", "xl/styles.xml", styles)), 2):
        if content is not None:
            parts[name] = content
            listed += f'<Relationship Id="r{number}" Type="{relations}/{kind}" Target="{name[3:]}"/>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'
    parts |= more or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def styles(*formats: int | str) -> str:
    """A styles part whose cell style n has format n: a built-in number or a code."""
    codes = [(number, code) for number, code in enumerate(formats, 164) if isinstance(code, str)]
    quoted = [(number, code.replace("&", "&amp;").replace('"', "&quot;")) for number, code in codes]
    listed = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in quoted)
    cells = "".join(f'<xf numFmtId="{code if isinstance(code, int) else number}" applyNumberFormat="1"/>'
                    for number, code in enumerate(formats, 164))
    return (f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(codes)}">{listed}</numFmts>'
            f'<cellXfs count="{len(formats)}">{cells}</cellXfs></styleSheet>')


def ods(path: Path, tables: str, *, styles: str = "", manifest: str = "") -> Path:
    """An .ods from the XML of its tables."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f'<office:document-content xmlns:office="{OPEN}:office:1.0" '
                         f'xmlns:table="{OPEN}:table:1.0" xmlns:text="{OPEN}:text:1.0" xmlns:style="{OPEN}:style:1.0" '
                         'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
                         f'<office:automatic-styles>{styles}</office:automatic-styles><office:body>'
                         f'<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>')
        package.writestr("META-INF/manifest.xml", f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OPEN}:'
                         f'manifest:1.0">{manifest}</manifest:manifest>')
    return path


def docx(path: Path, body: str) -> Path:
    """A .docx from the XML of its body."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return path


def record(number: int, data: bytes = b"") -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", number, len(data)) + data


def biff8(rows: bytes, *, hidden_sheet: int = 0, before: bytes = b"", formats: Sequence[tuple[int, str]] = (),
          styles: Sequence[int] = (0,), strings: bytes = b"") -> bytes:
    """A BIFF8 workbook stream with one sheet; ``styles`` are format numbers, ``rows`` the sheet's records."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0x2000, 2000, 0, 6)
    font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\0Arial")
    listed = b"".join(record(0x41E, struct.pack("<HHB", number, len(code), 1) + code.encode("utf-16-le"))
                      for number, code in formats)
    cells = b"".join(record(0xE0, struct.pack("<HHH", 0, number, 1) + bytes(14)) for number in styles)
    title = "名册".encode("utf-16-le")
    head = record(0x809, begin) + record(0x42, struct.pack("<H", 1200)) + before + font * 5 + listed + cells
    sheet = 4 + 8 + len(title)
    place = len(head) + sheet + len(strings) + 4
    head += record(0x85, struct.pack("<IBBBB", place, hidden_sheet, 0, 2, 1) + title) + strings + record(0x0A)
    return head + record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x2000, 2000, 0, 6)) + rows + record(0x0A)


def ole(path: Path, stream: bytes, name: str = "Workbook", *, loop: bool = False) -> Path:
    """An OLE file with one stream; ``loop`` lets its chain of sectors run in a circle."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    chain = [*range(3, count + 2), 2 if loop else 0xFFFFFFFE]
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *chain]
    assert len(fat) <= 128
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<IIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    directory = b""
    for entry, kind, child, start, size in (("Root Entry", 5, 1, 0xFFFFFFFE, 0), (name, 2, -1, 2, len(stream))):
        text = (entry + "\0").encode("utf-16-le")
        directory += (text.ljust(64, b"\0") + struct.pack("<HBBiii", len(text), kind, 1, -1, -1, child) + bytes(36)
                      + struct.pack("<IQ", start, size))
    path.write_bytes(bytes(header) + struct.pack("<128I", *fat) + directory.ljust(512, b"\0") + stream)
    return path
