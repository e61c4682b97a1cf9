"""Traps 11–26: where cells stand and what they hold. Numbers are those of the list of traps."""

import json
import struct
from datetime import date, datetime, time
from pathlib import Path

import pytest

from expertpool.cli import run
from expertpool.commands.reading import file_document
from expertpool.spreadsheets.limits import reading_limits
from expertpool.spreadsheets.readers import read_file
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.workbook import MergedRange, Sheet, Value
from tests.unit.hostile_files import MAIN, RELATIONS, biff8, inline, ods, ole, record, styles, xlsx

MIXED = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def first(path: Path) -> Sheet:
    return read_workbook(path).sheets[0]


def both(path: Path) -> list[list[Value]]:
    """The rows, which the fast and the careful reader must agree on."""
    fast, careful = ([row for message in read_file(path, None, reading_limits(), how) if message[0] == "rows"
                      for row in message[1]] for how in (False, True))
    assert fast == careful
    return fast


def cell(reference: str, value: str, more: str = "") -> str:
    return f'<c r="{reference}"{more}><v>{value}</v></c>'


@pytest.mark.parametrize("rows", [
    '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row><row><c><v>2</v></c></row>',  # no positions
    f'<row r="2">{cell("A2", "2")}</row><row r="1">{cell("B1", "1")}{inline("A1", "a")}</row>',  # any order
    f'<row r="1">{inline("A1", "x")}</row><row r="1">{inline("A1", "a")}{cell("B1", "1")}</row>'
    f'<row r="2">{cell("A2", "2")}</row>',  # a row told twice
])
def test_trap_11_positions_in_any_form(tmp_path: Path, rows: str) -> None:
    assert first(xlsx(tmp_path / "a.xlsx", rows)).rows == [["a", 1], [2]]


def test_trap_11_leading_rows_and_columns_count(tmp_path: Path) -> None:
    assert first(xlsx(tmp_path / "a.xlsx", f'<row r="3">{inline("C3", "x")}</row>')).rows == [[], [], [None, None, "x"]]


@pytest.mark.parametrize("form", ["prefix", "single quotes", "utf-16", "backslash", "absolute", "alternate"])
def test_trap_11_the_same_sheet_as_other_programs_write_it(tmp_path: Path, form: str) -> None:
    rows = f'<row r="2" hidden="1"><c r="B2" t="e"><v>#N/A</v></c>{inline("C2", "张")}</row>'
    whole = f'<worksheet xmlns="{MAIN}"><cols><col min="3" max="3" hidden="1"/></cols><sheetData>{rows}</sheetData></worksheet>'
    prefixed = whole.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")
    path = tmp_path / "a.xlsx"
    if form == "backslash":
        xlsx(path, sheet=whole, part="xl\\worksheets\\sheet1.xml")
    elif form == "absolute":
        xlsx(path, sheet=whole, target="/xl/worksheets/sheet1.xml")
    else:
        xlsx(path, sheet={"prefix": prefixed, "single quotes": whole.replace('"', "'"),
                          "utf-16": ('<?xml version="1.0" encoding="UTF-16"?>' + whole).encode("utf-16"),
                          "alternate": whole.replace("</worksheet>", f'<m:AlternateContent xmlns:m="{MIXED}"><m:Fallback>'
                                                     '<c r="A1"><v>9</v></c></m:Fallback></m:AlternateContent></worksheet>'),
                          }[form])
    sheet = first(path)
    if form != "alternate":
        assert sheet.rows == [[], [None, None, "张"]]
    assert (sheet.value(2, 3), sheet.hidden_rows, sheet.hidden_columns, dict(sheet.errors)) == (
        "张", {2}, {3}, {(2, 2): "#N/A"})


def test_trap_11_parts_whose_names_differ_only_in_case(tmp_path: Path) -> None:
    wrong = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{inline("A1", "wrong")}</row></sheetData></worksheet>'
    path = xlsx(tmp_path / "a.xlsx", f'<row r="1">{inline("A1", "right")}</row>', more={"xl/worksheets/SHEET1.xml": wrong})
    assert first(path).rows == [["right"]]


def test_trap_12_only_the_first_of_joined_cells_has_the_value(tmp_path: Path) -> None:
    sheet = first(xlsx(tmp_path / "a.xlsx", f'<row r="1">{inline("A1", "单位")}</row><row r="2">{inline("B2", "x")}</row>',
                       after='<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'))
    assert (sheet.rows, sheet.merged) == ([["单位"], [None, "x"]], (MergedRange(1, 1, 2, 1),))


def test_trap_13_hidden_things_are_told(tmp_path: Path) -> None:
    hidden = record(0x208, struct.pack("<H", 0) + bytes(10) + b"\x20" + bytes(3))
    number = record(0x203, struct.pack("<HHHd", 0, 0, 0, 1.0))
    sheet = first(ole(tmp_path / "a.xls", biff8(number + hidden, hidden_sheet=2)))
    assert (sheet.visible, sheet.hidden_rows, sheet.rows) == (False, {1}, [[1]])
    names = '<sheet name="a" sheetId="1" r:id="r1" state="veryHidden"/>'
    assert not first(xlsx(tmp_path / "b.xlsx", f'<row r="1">{cell("A1", "1")}</row>', names=names)).visible
    off = ('<style:style style:name="t" style:family="table"><style:table-properties table:display="false"/>'
           '</style:style>')
    table = ('<table:table table:name="a" table:style-name="t"><table:table-column table:number-columns-repeated="2"/>'
             '<table:table-column table:visibility="collapse"/><table:table-row table:visibility="filter">'
             '<table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>')
    sheet = first(ods(tmp_path / "c.ods", table, styles=off))
    assert (sheet.visible, sheet.hidden_rows, sheet.hidden_columns) == (False, {1}, {3})


def test_trap_15_formulas_give_their_result_or_are_told(tmp_path: Path) -> None:
    rows = ('<row r="1"><c r="A1"><f>1</f></c><c r="B1"><f>1</f><v></v></c><c r="C1"><f>1</f><v/></c>'
            '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f>1</f><v>3</v></c></row>')
    book = read_workbook(xlsx(tmp_path / "a.xlsx", rows))
    assert [(n.code, n.column) for n in book.notices] == [("spreadsheets.formula_uncomputed", n) for n in (1, 2, 3)]
    text = (record(6, struct.pack("<HHH", 0, 0, 0) + b"\0" + bytes(5) + b"\xff\xff" + bytes(8))
            + record(0x207, struct.pack("<HB", 2, 1) + "结果".encode("utf-16-le")))
    assert first(ole(tmp_path / "b.xls", biff8(text))).rows == [["结果"]]


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!",
                                   "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!", "#EXTERNAL!"])
def test_trap_16_error_cells_are_not_empty_cells(tmp_path: Path, error: str) -> None:
    book = read_workbook(xlsx(tmp_path / "a.xlsx", f'<row r="1">{inline("A1", "x")}{cell("B1", error, " t=" + chr(34) + "e" + chr(34))}</row>'))
    assert (book.sheets[0].rows, dict(book.sheets[0].errors)) == ([["x"]], {(1, 2): error})
    assert [(notice.code, notice.row, notice.column, notice.value) for notice in book.notices] == [
        ("spreadsheets.error_cell", 1, 2, error)]
    assert file_document(book)["sheets"][0]["cells"] == [[1, 1, "x"], [1, 2, error]]


def test_trap_17_charts_are_no_sheets(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", f'<row r="1">{cell("A1", "1")}</row>',
                names='<sheet name="图" sheetId="2" r:id="r9"/><sheet name="b" sheetId="1" r:id="r1"/>',
                more_relations=f'<Relationship Id="r9" Type="{RELATIONS}/chartsheet" Target="chartsheets/sheet1.xml"/>',
                more={"xl/chartsheets/sheet1.xml": "<chartsheet/>"})
    assert [sheet.name for sheet in read_workbook(path).sheets] == ["b"]


def test_traps_18_to_20_numbers_and_texts_are_not_guessed(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", f'<row r="1">{cell("A1", "1.1010119900307E+17")}{cell("B1", "13800138000")}'
                f'{inline("C1", "00123")}{inline("D1", "NA")}{cell("F1", "1975.1")}</row>')
    row = both(path)[0]
    assert row == [1.1010119900307e17, 13800138000, "00123", "NA", None, 1975.1]
    assert [type(value) for value in row[:2]] == [float, int]


FORMATS = {0: "number", 9: "number", 10: "number", 49: "number", 14: "day", 27: "day", 30: "day", 31: "day", 36: "day",
           50: "day", 57: "day", 58: "day", 'yyyy"年"m"月"d"日"': "day", '[DBNum1]yyyy"年"m"月"': "day", "yyyy/m;@": "day",
           "[$-804]yyyy/m/d;@": "day", "aaaa": "number", '0.00"日"': "number", "[Red]0.00": "number", '#,##0"day"': "number",
           "0_d": "number", "General": "number", "[h]:mm": "elapsed", 46: "elapsed"}


@pytest.mark.parametrize("code", FORMATS, ids=str)
def test_trap_21_date_formats(tmp_path: Path, code: int | str) -> None:
    row = f'<row r="1">{cell("A1", "45000", " s=" + chr(34) + "1" + chr(34))}{cell("B1", "45000.75", " s=" + chr(34) + "1" + chr(34))}</row>'
    path = xlsx(tmp_path / "a.xlsx", row, styles=styles(0, code))
    wanted = {"number": [45000, 45000.75], "day": [date(2023, 3, 15), datetime(2023, 3, 15, 18)],
              "elapsed": ["1080000:00:00", "1080018:00:00"]}
    assert both(path) == [wanted[FORMATS[code]]]


def test_trap_21_both_epochs_and_days_that_never_were(tmp_path: Path) -> None:
    def days(*serials: int) -> str:
        return '<row r="1">' + "".join(cell(f"{chr(65 + n)}1", str(serial), ' s="1"') for n, serial in enumerate(serials)) + "</row>"

    late = xlsx(tmp_path / "a.xlsx", days(25569, 60), styles=styles(0, 14), properties='<workbookPr date1904="1"/>')
    assert both(late) == [[date(1974, 1, 2), date(1904, 3, 1)]]
    early = first(xlsx(tmp_path / "b.xlsx", days(0, 1, 59, 60, 61, -1, 9999999), styles=styles(0, 14)))
    assert early.rows == [[time(), date(1900, 1, 1), date(1900, 2, 28), 60, date(1900, 3, 1), -1, 9999999]]
    old = biff8(record(0x203, struct.pack("<HHHd", 0, 0, 1, 25569)), before=record(0x22, b"\1\0"), styles=(0, 14))
    assert first(ole(tmp_path / "c.xls", old)).rows == [[date(1974, 1, 2)]]


def test_trap_22_no_number_that_is_none(tmp_path: Path) -> None:
    book = read_workbook(xlsx(tmp_path / "a.xlsx", f'<row r="1">{cell("A1", "NaN")}{cell("B1", "1e400")}{cell("C1", "1")}</row>'))
    assert book.sheets[0].rows == [[None, None, 1]]
    json.dumps(file_document(book), allow_nan=False)


def test_traps_23_to_26_texts(tmp_path: Path) -> None:
    strings = (f'<sst xmlns="{MAIN}"><si><t>张三</t><rPh sb="0" eb="2"><t>ヅ</t></rPh></si><si><t xml:space="preserve"> a_x000D_\n'
               'b_x0041_ _x005F_x0041_</t></si><si><r><t>𠮷</t></r><r><t>䶮\ue000</t></r></si></sst>')
    shared = "".join(cell(f"{letter}1", str(n), ' t="s"') for n, letter in enumerate("ABC"))
    path = xlsx(tmp_path / "a.xlsx", f'<row r="1">{shared}{inline("D1", "x_x0001__xD800_")}{inline("E1", "长" * 40_000)}</row>',
                strings=strings)
    assert both(path) == first(path).rows
    assert first(path).rows == [["张三", " a\nbA _x0041_", "𠮷䶮\ue000", "x_xD800_", "长" * 40_000]]


def test_old_xls_numbers_and_texts_over_two_records(tmp_path: Path) -> None:
    text = "张三丰的长文字".encode("utf-16-le")
    table = record(0xFC, struct.pack("<IIHBH", 1, 1, 7, 9, 1) + text[:6]) + record(0x3C, b"\1" + text[6:] + bytes(4))
    rows = (record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)) + record(0x27E, struct.pack("<HHHI", 1, 0, 0, 45000 << 2 | 2))
            + record(0xBD, struct.pack("<HHHIHIH", 2, 0, 0, 7 << 2 | 2, 0, 150 << 2 | 3, 1))
            + record(0x205, struct.pack("<HHHBB", 3, 0, 0, 1, 0)))
    assert first(ole(tmp_path / "a.xls", biff8(rows, strings=table))).rows == [["张三丰的长文字"], [45000], [7, 1.5], [True]]


def test_ods_values(tmp_path: Path) -> None:
    def typed(kind: str, value: str) -> str:
        attribute = {"float": "value", "percentage": "value", "currency": "value"}.get(kind, f"{kind}-value")
        return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"><text:p>?</text:p></table:table-cell>'

    cells = (typed("float", "13800138000") + typed("percentage", "0.5") + typed("date", "1975-03-02")
             + typed("date", "1975-03-02T10:30:00") + typed("time", "PT09H30M00S") + typed("time", "PT30H15M00S")
             + typed("boolean", "true") + '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>合<text:span>'
             '并</text:span><text:s text:c="2"/>x<text:line-break/>y</text:p><text:p>二</text:p><office:annotation><text:p>注'
             '</text:p></office:annotation></table:table-cell><table:covered-table-cell/><table:table-cell table:formula="of:=1/0" '
             'office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
             '<table:table-cell table:number-columns-repeated="16000"/>')
    sheet = first(ods(tmp_path / "a.ods", f'<table:table table:name="a"><table:table-row table:number-rows-repeated="2"/>'
                      f'<table:table-row>{cells}</table:table-row></table:table>'))
    assert sheet.rows == [[], [], [13800138000, 0.5, date(1975, 3, 2), datetime(1975, 3, 2, 10, 30), time(9, 30),
                                   "30:15:00", True, "合并  x\ny\n二"]]
    assert (dict(sheet.errors), sheet.merged) == ({(3, 10): "#DIV/0!"}, (MergedRange(3, 8, 3, 9),))


def test_the_command_prints_cells_and_goes_on_after_a_refusal(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = xlsx(tmp_path / "a.xlsx", f'<row r="2">{inline("B2", "张")}{cell("C2", "45000", " s=" + chr(34) + "1" + chr(34))}</row>',
                styles=styles(0, 14))
    bad = tmp_path / "b.xlsx"
    bad.write_bytes(b"%PDF-1.4")
    assert run(["--language", "en", "read", str(bad), str(good), "--json"]) == 1
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert document["files"][0]["problem"]["code"] == "spreadsheets.is_pdf"
    assert document["files"][1]["sheets"][0]["cells"] == [[2, 2, "张"], [2, 3, "2023-03-15"]]
    assert err.strip() == document["files"][0]["problem"]["text"]
    assert run(["--language", "en", "read", str(good), "--sheet", "名册"]) == 0
    assert "2:  | 张 | 2023-03-15" in capsys.readouterr().out
    assert run(["--language", "en", "read", str(good), "--sheet", "无"]) == 1
