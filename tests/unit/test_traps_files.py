"""Traps 1–10: what a file is, what it hides, and what it may cost. Numbers are those of the list of traps."""

import struct
import zipfile
from pathlib import Path

import pytest

from expertpool.foundation.problems import UserProblem
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.workbook import Kind, Workbook
from tests.unit.hostile_files import (
    MAIN,
    RELATIONS,
    STRICT,
    STRICT_RELATIONS,
    biff8,
    docx,
    inline,
    ods,
    ole,
    record,
    xlsx,
)

ONE = f'<row r="1">{inline("A1", "姓名")}</row>'


def refused(path: Path) -> str:
    with pytest.raises(UserProblem) as caught:
        read_workbook(path)
    assert path.name in caught.value.text
    return caught.value.code.removeprefix("spreadsheets.")


def notices(book: Workbook) -> list[str]:
    return [notice.code.removeprefix("spreadsheets.") for notice in book.notices]


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def label(row: int, column: int, text: str) -> bytes:
    data = text.encode("utf-16-le")
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + data)


@pytest.mark.parametrize(("start", "code"), [
    (b"%PDF-1.4", "is_pdf"), (b"\x89PNG\r\n\x1a\n", "is_picture"), (b"BM\x36\0\0\0\0\0\0\0", "is_picture"),
    (b"\0\0\0\x18ftypheic", "is_picture"), (b"Rar!\x1a\x07\0", "is_archive"), (b"7z\xbc\xaf\x27\x1c", "is_archive"),
    (b"", "empty"), (b"\xef\xbb\xbf", "empty"), (b"\xff\xfe", "empty"),
])
def test_trap_1_foreign_files_are_named(tmp_path: Path, start: bytes, code: str) -> None:
    assert refused(written(tmp_path / "专家.xlsx", start + bytes(40) if start[3:] else start)) == code


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.et"])
def test_trap_1_any_content_under_any_name(tmp_path: Path, name: str) -> None:
    book = read_workbook(xlsx(tmp_path / name, ONE))
    assert (book.kind, notices(book)) == (Kind.XLSX, [] if name == "a.et" else ["extension"])
    book = read_workbook(ole(tmp_path / "b.xlsx", biff8(label(0, 0, "姓名"))))
    assert (book.kind, notices(book), book.sheets[0].rows) == (Kind.XLS, ["extension"], [["姓名"]])
    assert notices(read_workbook(written(tmp_path / "c.xls", "姓名\t单位\n张三\t沈阳\n"))) == ["extension"]


def test_trap_1_a_zip_around_a_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("名册.xlsx", b"PK")
    assert refused(tmp_path / "a.xlsx") == "is_archive"


def test_trap_2_a_page_without_a_table_and_wide_spans(tmp_path: Path) -> None:
    assert refused(written(tmp_path / "a.xls", "<html><body><form>登录</form></body></html>")) == "page_without_table"
    sheet = read_workbook(written(tmp_path / "b.xls", "<table><tr><td colspan=99999 rowspan=999999>a<td>b<tr><td>c"
                                                      "</table>")).sheets[0]
    assert [len(row) for row in sheet.rows] == [201, 201]


def test_trap_2_page_encodings_hidden_rows_and_nested_tables(tmp_path: Path) -> None:
    page = ('<html><meta charset="gb2312"><style>td{mso-number-format:"\\@"}</style><table><tr><td>镕·喆</td></tr>'
            '<tr style="display: none"><td>藏</td></tr><tr><td>外<table><tr><td>内</td></tr></table>后</td></tr></table>')
    sheet = read_workbook(written(tmp_path / "a.html", page.encode("gb18030"))).sheets[0]
    assert sheet.rows == [["镕·喆"], ["藏"], ["外后"], [], ["内"]]
    assert sheet.hidden_rows == {2}


def test_trap_3_passwords_of_every_container(tmp_path: Path) -> None:
    key = record(0x2F, struct.pack("<HHHH", 1, 1, 1, 0) + bytes(48))
    assert refused(ole(tmp_path / "a.xls", biff8(label(0, 0, "x"), before=key))) == "password"
    assert refused(ole(tmp_path / "b.xlsx", b"", "EncryptedPackage")) == "password"
    assert refused(ods(tmp_path / "c.ods", "", manifest='<manifest:file-entry><manifest:encryption-data/>'
                                                        '</manifest:file-entry>')) == "password"
    data = bytearray(xlsx(tmp_path / "d.xlsx", ONE).read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    assert refused(written(tmp_path / "d.xlsx", bytes(data))) == "password"


def test_trap_3_protection_without_encryption_reads(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ONE, properties='<workbookProtection lockStructure="1"/>',
                after='<sheetProtection password="CC1A" sheet="1"/>')
    assert read_workbook(path).sheets[0].rows == [["姓名"]]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_trap_4_half_copied_files(tmp_path: Path, share: float) -> None:
    rows = "".join(f'<row r="{row}">{inline(f"A{row}", f"张{row}")}</row>' for row in range(1, 400))
    for path in (xlsx(tmp_path / "a.xlsx", rows), ole(tmp_path / "b.xls", biff8(b"".join(label(row, 0, f"张{row}") for row in range(900)))),
                 ods(tmp_path / "c.ods", "")):
        data = path.read_bytes()
        assert refused(written(path, data[:int(len(data) * share)])) == "damaged"
        zeroed = data[:600] + bytes(max(0, len(data) - 600 - 40)) + data[-40:]
        assert refused(written(path, zeroed)) in ("damaged", "empty")


def test_trap_4_a_text_that_the_file_lost_is_no_text(tmp_path: Path) -> None:
    lost = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert refused(xlsx(tmp_path / "a.xlsx", lost, strings=None)) == "damaged"
    sheets = '<sheet name="a" sheetId="1" r:id="r8"/>'
    assert refused(xlsx(tmp_path / "b.xlsx", ONE, names=sheets, more_relations=f'<Relationship Id="r8" Type="{RELATIONS}'
                        '/worksheet" Target="worksheets/sheet8.xml"/>')) == "damaged"


def test_trap_4_a_circle_of_sectors_ends(tmp_path: Path) -> None:
    data = bytearray(ole(tmp_path / "a.xls", biff8(label(0, 0, "x"))).read_bytes())
    struct.pack_into("<I", data, 512 + 4, 1)  # the directory goes on in itself
    assert refused(written(tmp_path / "a.xls", bytes(data))) == "damaged"


def test_trap_6_bombs_methods_and_definitions(tmp_path: Path) -> None:
    assert refused(xlsx(tmp_path / "a.xlsx", ONE, more={"xl/worksheets/b.xml": bytes(90_000_000)})) == "unpacks_too_large"
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_LZMA) as package:
        package.writestr("xl/workbook.xml", "x" * 999)
    assert refused(tmp_path / "b.xlsx") == "damaged"
    bomb = f'<?xml version="1.0"?><!--{"x" * 70000}--><!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="{MAIN}"/>'
    assert refused(xlsx(tmp_path / "c.xlsx", sheet=bomb)) in ("foreign_xml", "empty")
    near = '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>'
    assert refused(xlsx(tmp_path / "d.xlsx", sheet=near)) == "foreign_xml"
    assert refused(ods(tmp_path / "e.ods", "").rename(tmp_path / "f.ods")) == "empty"
    assert refused(written(tmp_path / "g.xls", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Workbook '
                           'xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')) == "foreign_xml"


def test_trap_6_a_part_that_is_longer_than_it_says(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", sheet=f'<worksheet xmlns="{MAIN}"><sheetData>{ONE}' + " " * 2_000_000)
    data = bytearray(path.read_bytes())
    entry = data.find(b"xl/worksheets/sheet1.xml", data.find(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, entry + 24, 1000)
    assert refused(written(path, bytes(data))) == "damaged"


def test_trap_6_names_that_lead_elsewhere_lead_nowhere(tmp_path: Path) -> None:
    assert refused(xlsx(tmp_path / "a.xlsx", ONE, target="../../../../../etc/passwd")) == "damaged"
    path = xlsx(tmp_path / "b.xlsx", ONE, more={"../../outside.xml": "x", "/etc/x.xml": "x"})
    assert read_workbook(path).sheets[0].rows == [["姓名"]]
    assert not (tmp_path.parent / "outside.xml").exists()


def test_trap_7_what_kills_the_fast_reader_leaves_the_next_file_readable(tmp_path: Path) -> None:
    lie = f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>姓名</t></si></sst>'
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert read_workbook(xlsx(tmp_path / "a.xlsx", cell, strings=lie)).sheets[0].rows == [["姓名"]]
    huge = biff8(record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)) + label(0, 0, "x"))
    assert read_workbook(ole(tmp_path / "b.xls", huge)).sheets[0].rows == [["x"]]
    corner = read_workbook(ole(tmp_path / "c.xls", biff8(label(0, 0, "x") + label(65535, 255, "y"))))
    assert (corner.sheets[0].value(65536, 256), notices(corner)) == ("y", ["far_cell"])
    assert read_workbook(xlsx(tmp_path / "d.xlsx", ONE)).sheets[0].rows == [["姓名"]]


@pytest.mark.parametrize("rows", [f'<row r="4294967296">{inline("A4294967296", "x")}</row>' + ONE,
                                  f'<row r="1">{inline("A1", "姓名")}{inline("ZZZZZZ1", "x")}</row>'])
def test_trap_7_cells_beyond_the_sheet_are_told(tmp_path: Path, rows: str) -> None:
    book = read_workbook(xlsx(tmp_path / "a.xlsx", rows))
    assert (book.sheets[0].rows, notices(book)) == ([["姓名"]], ["outside_cell"])
    assert "“x”" in book.notices[0].text


def test_trap_8_strict_open_xml(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="d"><v>2024-05-01</v></c></row>'
    book = read_workbook(xlsx(tmp_path / "a.xlsx", rows, main=STRICT, relations=STRICT_RELATIONS))
    assert [str(value) for value in book.sheets[0].rows[0]] == ["姓名", "2024-05-01"]


@pytest.mark.parametrize("reference", ["A1", "A1:XFD1048576", "nonsense", "B7:A1"])
def test_trap_9_a_dimension_that_lies(tmp_path: Path, reference: str) -> None:
    path = xlsx(tmp_path / "a.xlsx", ONE + f'<row r="9">{inline("C9", "z")}</row>',
                before=f'<dimension ref="{reference}"/>')
    sheet = read_workbook(path).sheets[0]
    assert (len(sheet.rows), sheet.value(1, 1), sheet.value(9, 3)) == (9, "姓名", "z")


def test_trap_10_formatted_emptiness_and_a_stray_cell(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(2, 200_000))
    book = read_workbook(xlsx(tmp_path / "a.xlsx", ONE + empty + f'<row r="1048576">{inline("C1048576", "远")}</row>'))
    assert (book.sheets[0].rows[0], book.sheets[0].value(1_048_576, 3)) == (["姓名"], "远")
    assert notices(book) == ["far_cell"]
    table = ('<table:table table:name="a"><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p>'
             '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048574"><table:table-cell '
             'table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell '
             'office:value-type="string"><text:p>y</text:p></table:table-cell></table:table-row></table:table>')
    book = read_workbook(ods(tmp_path / "b.ods", table))
    assert (len(book.sheets[0].rows), notices(book)) == (1_048_576, ["far_cell"])


def test_trap_10_an_ods_that_repeats_a_value_without_end(tmp_path: Path) -> None:
    table = ('<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
             'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
             '</table:table>')
    assert refused(ods(tmp_path / "a.ods", table)) == "too_many_rows"


def test_documents_give_their_tables(tmp_path: Path) -> None:
    def cell(text: str, joined: str = "") -> str:
        lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("|"))
        return f"<w:tc><w:tcPr>{joined}</w:tcPr>{lines}</w:tc>"

    tall, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (f'<w:p><w:r><w:t>标题</w:t></w:r></w:p><w:tbl><w:tr>{cell("姓名|别名", "<w:gridSpan w:val=" + chr(34) + "2" + chr(34) + "/>")}'
            f'{cell("单位", tall)}</w:tr><w:tr>{cell("张三")}{cell("男")}{cell("", more)}</w:tr><w:tr>'
            f'<w:tc><w:tbl><w:tr>{cell("内1")}{cell("内2")}</w:tr></w:tbl><w:p/></w:tc>{cell("<w:del/>女")}</w:tr></w:tbl>')
    book = read_workbook(docx(tmp_path / "a.docx", body))
    assert (book.kind, [sheet.name for sheet in book.sheets]) == (Kind.DOCX, [""])
    assert book.sheets[0].rows[:2] == [["姓名\n别名", None, "单位"], ["张三", "男"]]
    assert book.sheets[0].value(3, 1) == "内1\n内2"
    assert [(merged.first_row, merged.first_column, merged.last_row, merged.last_column)
            for merged in book.sheets[0].merged] == [(1, 1, 1, 2), (1, 3, 2, 3)]
    assert [sheet.name for sheet in read_workbook(docx(tmp_path / "b.docx", body + body)).sheets] == ["1", "2"]
    assert refused(docx(tmp_path / "c.docx", "<w:p/>")) == "document_without_table"
    assert refused(ole(tmp_path / "d.doc", b"", "WordDocument")) == "is_document"
