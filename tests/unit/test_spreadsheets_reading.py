"""Reading: what every kind of file gives, and the one sentence where a file cannot be read."""

import base64
import dataclasses
import multiprocessing
import os
import struct
import sys
import threading
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from expertpool.foundation.problems import UserProblem
from expertpool.foundation.progress import Cancelled, Progress
from expertpool.foundation.sentences import codes
from expertpool.spreadsheets import worker
from expertpool.spreadsheets.biff_details import sheet_stream_details
from expertpool.spreadsheets.content import sniff
from expertpool.spreadsheets.limits import reading_limits
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.workbook import Kind, MergedRange

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>')
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def raw_xlsx(path: Path, sheet_data: str, *, strings: str = "", more: dict[str, bytes] | None = None,
             main: str = MAIN, relations: str = RELATIONS) -> Path:
    """An .xlsx from the XML of one sheet, as programs other than Excel write them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
                         f'Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        package.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
                         '<sheet name="名册" sheetId="1" r:id="r1"/></sheets></workbook>')
        package.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
            '</Relationships>')
        package.writestr("xl/sharedStrings.xml", strings or f'<sst xmlns="{main}"><si><t>姓名</t></si></sst>')
        package.writestr("xl/worksheets/sheet1.xml",
                         f'<worksheet xmlns="{main}"><sheetData>{sheet_data}</sheetData></worksheet>')
        for name, content in (more or {}).items():
            package.writestr(name, content)
    return path


def ole_file(path: Path, *streams: str) -> Path:
    """The smallest OLE file whose directory names these streams."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)  # one FAT sector, directory in sector 1
    struct.pack_into("<IIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for name in ("Root Entry", *streams):
        text = (name + "\0").encode("utf-16-le")
        directory += text.ljust(64, b"\0") + struct.pack("<HB", len(text), 2) + bytes(61)
    path.write_bytes(bytes(header) + fat + directory.ljust(512, b"\0"))
    return path


def roster(path: Path, rows: int = 3) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "性别"])
    for number in range(rows):
        book.active.append([f"张{number}", "男"])
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UserProblem) as caught:
        read_workbook(path)
    assert caught.value.code in codes()
    assert "…" not in caught.value.text  # every gap of the sentence is filled
    return caught.value.code.partition(".")[2]


def test_cells_stand_where_the_sheet_has_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名册"
    sheet["C4"], sheet["D4"], sheet["C6"] = "姓名", "出生日期", "张三"
    sheet["D6"], sheet["E6"], sheet["F6"] = date(1975, 3, 2), datetime(2024, 5, 1, 9, 30), True
    sheet["G6"], sheet["H6"] = 13800138000, 1.5
    sheet.merge_cells("C4:C5")
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("旧").sheet_state = "hidden"
    book["旧"]["A1"] = "x"
    book.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx")
    first = read.sheets[0]
    assert [first.value(4, 3), first.value(6, 3), first.value(1, 1), first.value(99, 99)] == [
        "姓名", "张三", None, None]
    assert first.rows[5] == [None, None, "张三", date(1975, 3, 2), datetime(2024, 5, 1, 9, 30), True,
                             13800138000, 1.5]
    assert isinstance(first.value(6, 7), int)
    assert first.merged == (MergedRange(4, 3, 5, 3),)
    assert (first.hidden_rows, first.hidden_columns) == ({6}, {4})
    assert [(sheet.name, sheet.visible) for sheet in read.sheets] == [("名册", True), ("旧", False)]
    assert (read.kind, read.name, len(read.sha256)) == (Kind.XLSX, "a.xlsx", 64)


def test_only_the_named_sheet_is_read_and_a_wrong_name_is_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("甲", "乙"):
        book.create_sheet(name)["A1"] = name
    book.save(tmp_path / "a.xlsx")
    assert [sheet.name for sheet in read_workbook(tmp_path / "a.xlsx", sheets=["乙"]).sheets] == ["乙"]
    with pytest.raises(UserProblem, match="“丙”") as caught:
        read_workbook(tmp_path / "a.xlsx", sheets=["丙"])
    assert caught.value.code == "spreadsheets.no_sheet"


def test_error_cells_and_uncomputed_formulas_are_told_with_their_place(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="2"><c r="A2" t="e"><v>#N/A</v></c>'
                    '<c r="B2"><f>SUM(A1)</f></c><c r="C2" t="str"><f>A1</f><v></v></c>'
                    '<c r="D2"><f>1+1</f><v>2</v></c></row>')
    read = read_workbook(path)
    assert [(notice.code, notice.row, notice.column, notice.value) for notice in read.notices] == [
        ("spreadsheets.error_cell", 2, 1, "#N/A"), ("spreadsheets.formula_uncomputed", 2, 2, "")]
    assert read.sheets[0].rows[1] == [None, None, None, 2]


def test_an_error_the_fast_reader_refuses_costs_only_its_own_cell(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>0</v></c>'
                    '<c r="B1" t="e"><v>#SPILL!</v></c></row>'
                    '<row r="2"><c r="A2" t="inlineStr"><is><t>张三</t></is></c></row>')
    read = read_workbook(path)
    assert read.sheets[0].rows == [["姓名"], ["张三"]]
    assert [notice.value for notice in read.notices] == ["#SPILL!"]


@pytest.mark.parametrize("corner", ["XFD1048576", "AD1048576", "XFD3"])
def test_a_stray_far_cell_is_read_and_told(tmp_path: Path, corner: str) -> None:
    number = corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
                    f'<row r="{number}"><c r="{corner}"><v>7</v></c></row>')
    read = read_workbook(path)
    assert read.sheets[0].rows[0] == ["姓名"]
    assert read.sheets[0].rows[-1][-1] == 7
    assert [(notice.code, notice.row) for notice in read.notices] == [("spreadsheets.far_cell", int(number))]


def test_a_lie_about_the_number_of_texts_brings_only_the_fast_reader_down(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
                    strings=f'<sst xmlns="{MAIN}" uniqueCount="4294967295"><si><t>姓名</t></si></sst>')
    assert read_workbook(path).sheets[0].rows == [["姓名"]]


def test_strict_open_xml_is_read(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
                    main="http://purl.oclc.org/ooxml/spreadsheetml/main",
                    relations="http://purl.oclc.org/ooxml/officeDocument/relationships")
    assert read_workbook(path).sheets[0].rows == [["姓名"]]


def test_the_careful_reader_agrees_with_the_fast_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓 名", "生日", "入库", "数", "是否"])
    sheet.append(["张\n三", date(1975, 3, 2), datetime(2024, 5, 1, 9, 30), 1.25, False])
    sheet["B3"] = 45000
    sheet["B3"].number_format = 'yyyy"年"m"月"'
    sheet["F9"] = "远"
    sheet.merge_cells("A4:A6")
    sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    from expertpool.spreadsheets.readers import read_file

    fast, careful = ([message for message in read_file(tmp_path / "a.xlsx", None, reading_limits(), careful=how)
                      if message[0] != "working"] for how in (False, True))
    assert fast == careful
    assert fast[2][:1] == ("rows",)


def test_when_both_readers_die_one_sentence_says_so(tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx", 20_000)
    with pytest.raises(UserProblem) as caught:
        read_workbook(path, limits=dataclasses.replace(reading_limits(), memory_mb=1))
    assert caught.value.code == "spreadsheets.too_much"
    assert len(read_workbook(path).sheets[0].rows) == 20_001  # the next worker is a sound one


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(UserProblem) as caught:
        read_workbook(roster(tmp_path / "a.xlsx", 20_000),
                      limits=dataclasses.replace(reading_limits(), seconds=0))
    assert caught.value.code == "spreadsheets.too_slow"


def test_reading_can_be_cancelled_and_the_next_file_reads(tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx", 5_000)
    stop = threading.Event()
    seen = []

    def report(done: int, total: int, what: str) -> None:
        seen.append((done, total, what))
        if done:
            stop.set()

    with pytest.raises(Cancelled):
        read_workbook(path, progress=Progress(report, stop))
    assert seen[-1] == (2000, 5001, "a.xlsx")
    assert len(read_workbook(path).sheets[0].rows) == 5_001


def test_closing_leaves_no_process_behind(tmp_path: Path) -> None:
    read_workbook(roster(tmp_path / "a.xlsx"))
    running = worker._worker
    assert running is not None
    process = running.process.pid
    assert process in {child.pid for child in multiprocessing.active_children()}
    worker.close_worker()
    assert worker._worker is None
    assert process not in {child.pid for child in multiprocessing.active_children()}


def _truncated(path: Path) -> None:
    roster(path, 500)
    path.write_bytes(path.read_bytes()[:-3000])


def _bomb(path: Path) -> None:
    raw_xlsx(path, "<row/>", more={"xl/worksheets/sheet2.xml": b" " * 80_000_000})


def _bad_crc(path: Path) -> None:
    raw_xlsx(path, '<row r="1"><c r="A1"><v>1</v></c></row>')
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        entry = package.getinfo("xl/worksheets/sheet1.xml")
    data[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def _entities(path: Path) -> None:
    raw_xlsx(path, "<row/>", strings='<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "b">]><sst/>')


def _zip_with(path: Path, *names: str) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, "x")


REFUSED: dict[str, Callable[[Path], object]] = {
    "is_pdf": lambda path: path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    "is_picture": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)),
    "is_program": lambda path: path.write_bytes(b"MZ\x90\0" + bytes(64)),
    "is_database": lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(64)),
    "is_document": lambda path: _zip_with(path, "word/styles.xml", "[Content_Types].xml"),
    "is_presentation": lambda path: _zip_with(path, "ppt/presentation.xml"),
    "is_archive": lambda path: _zip_with(path, "名册.xlsx"),
    "password": lambda path: ole_file(path, "EncryptionInfo", "EncryptedPackage"),
    "empty": lambda path: path.write_bytes(b"\xef\xbb\xbf"),
    "unknown": lambda path: path.write_bytes(bytes(range(256)) * 4),
    "missing": lambda path: None,
    "folder": lambda path: path.mkdir(),
    "damaged": _truncated,
    "unpacks_too_large": _bomb,
    "foreign_xml": _entities,
    "page_without_table": lambda path: path.write_text("<html><body>请登录</body></html>", encoding="utf-8"),
}


@pytest.mark.parametrize("code", sorted(REFUSED))
def test_refused_with_one_sentence(tmp_path: Path, code: str) -> None:
    path = tmp_path / "专家.xlsx"
    REFUSED[code](path)
    assert refusal(path) == code


def test_more_refusals(tmp_path: Path) -> None:
    _bad_crc(tmp_path / "crc.xlsx")
    assert refusal(tmp_path / "crc.xlsx") == "damaged"
    assert refusal(ole_file(tmp_path / "a.xls", "WordDocument")) == "is_document"
    assert refusal(ole_file(tmp_path / "b.xls", "PowerPoint Document")) == "is_presentation"
    assert refusal(ole_file(tmp_path / "c.xls", "Something")) == "unknown"
    assert refusal(ole_file(tmp_path / "d.xls", "Workbook")) == "damaged"  # named, but not there
    (tmp_path / "half.xls").write_bytes((tmp_path / "d.xls").read_bytes()[:700])
    assert refusal(tmp_path / "half.xls") == "damaged"
    (tmp_path / "zero.xls").write_bytes(bytes(5000))
    assert refusal(tmp_path / "zero.xls") == "damaged"
    assert refusal(roster(tmp_path / "~$a.xlsx")) == "is_lock_file"
    openpyxl.Workbook().save(tmp_path / "leer.xlsx")
    assert refusal(tmp_path / "leer.xlsx") == "empty"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks by sharing modes, not by permissions")
def test_a_file_that_may_not_be_read_is_locked(tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx")
    path.chmod(0)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)  # permissions do not bind the superuser
        with pytest.raises(UserProblem) as caught:
            sniff(path, reading_limits())
    finally:
        os.seteuid(user)
    assert caught.value.code == "spreadsheets.locked"


def test_the_limits_have_their_own_sentences(tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx", 50)
    for change, code in (({"file_mb": 0}, "file_too_large"), ({"rows": 10}, "too_many_rows"),
                         ({"parts_mb": 0}, "unpacks_too_large"), ({"cells": 20}, "too_many_rows")):
        with pytest.raises(UserProblem) as caught:
            read_workbook(path, limits=dataclasses.replace(reading_limits(), **change))
        assert caught.value.code == f"spreadsheets.{code}"


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.csv", "a"])
def test_content_decides_and_the_wrong_ending_is_told(tmp_path: Path, name: str) -> None:
    path = roster(tmp_path / "x.xlsx")
    path = path.rename(tmp_path / name)
    read = read_workbook(path)
    assert read.kind is Kind.XLSX
    assert [notice.code for notice in read.notices] == ([] if name == "a.et" else ["spreadsheets.extension"])


def test_spreadsheet_xml_of_2003_and_a_web_archive(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名册"><Table>'
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">标题</Data></Cell></Row>'
        '<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">7</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">1975-03-02T00:00:00.000</Data></Cell></Row></Table></Worksheet>'
        '</Workbook>',
        encoding="utf-8")
    read = read_workbook(tmp_path / "a.xls")
    assert (read.kind, read.sheets[0].name) == (Kind.XML_2003, "名册")
    assert read.sheets[0].rows == [["标题"], [], [None, 7, date(1975, 3, 2)]]
    assert (read.sheets[0].hidden_rows, read.sheets[0].merged) == ({3}, (MergedRange(1, 1, 1, 2),))
    (tmp_path / "b.mht").write_bytes(
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"xx\"\r\n\r\n--xx\r\n"
        b"Content-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode("<table><tr><td>姓名</td><td>镕</td></tr></table>".encode("gbk"))
        + b"\r\n--xx--\r\n")
    assert read_workbook(tmp_path / "b.mht").sheets[0].rows == [["姓名", "镕"]]


def test_open_document_spreadsheet(tmp_path: Path) -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f'<office:document-content xmlns:office="{office}:office:1.0" '
            f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body>'
            '<office:spreadsheet><table:table table:name="表">'
            '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            '<table:table-row table:visibility="filter"><table:table-cell/><table:table-cell '
            'table:number-rows-spanned="2" office:value-type="string">'
            '<text:p>张三</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>'
            '</office:body></office:document-content>')
        package.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest:manifest '
                         'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
    sheet = read_workbook(tmp_path / "a.ods").sheets[0]
    assert sheet.rows == [[], [], [None, "张三"]]
    assert (sheet.hidden_rows, sheet.merged) == ({3}, (MergedRange(3, 2, 4, 2),))


def test_hidden_rows_and_error_cells_of_an_xls_stream() -> None:
    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    chart = record(0x809, bytes(8)) + record(0x208, bytes(12) + b"\x20" + bytes(3)) + record(0x0A, b"")
    stream = record(0x809, bytes(8)) + chart + b"".join((
        record(0x208, struct.pack("<H", 6) + bytes(10) + b"\x20" + bytes(3)),
        record(0x208, struct.pack("<H", 7) + bytes(14)),
        record(0x7D, struct.pack("<HHHHH", 2, 3, 0, 0, 1) + bytes(2)),
        record(0x205, struct.pack("<HHHBB", 4, 1, 0, 0x2A, 1)),
        record(0x06, struct.pack("<HHH", 5, 0, 0) + b"\x02\0\x07\0\0\0\xff\xff" + bytes(8)),
    )) + record(0x0A, b"")
    details = sheet_stream_details(stream, 0)
    assert (details.hidden_rows, details.hidden_columns) == ({7}, {3, 4})
    assert details.errors == [(5, 2, "#N/A"), (6, 1, "#DIV/0!")]
