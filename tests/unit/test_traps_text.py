"""Traps 27 and 28 (text files), 29 (what is written), and tables from the clipboard. Numbers as in the list."""

import csv
from pathlib import Path

import openpyxl
import pytest

from expertpool.foundation.problems import UserProblem
from expertpool.spreadsheets.limits import reading_limits
from expertpool.spreadsheets.pasted import read_pasted
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.sheet_layout import SheetLayout
from expertpool.spreadsheets.text_files import read_text_table
from expertpool.spreadsheets.workbook import Kind, MergedRange, Value
from expertpool.spreadsheets.writing import write_csv, write_workbook

LIMITS = reading_limits()
TEXT = "姓名,单位\n张三,沈阳\n"


def rows_of(data: bytes) -> list[list[Value]]:
    return read_text_table(data, "a.csv", LIMITS).rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_trap_27_encodings(encoding: str) -> None:
    assert rows_of((TEXT + "a,b1\n" * 20).encode(encoding))[:2] == [["姓名", "单位"], ["张三", "沈阳"]]


def test_trap_27_one_bad_byte_shows_in_a_small_file_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n\xe5\xbc\xa0\xff\xe4\xb8\x89,x\n")
    book = read_workbook(tmp_path / "a.csv")
    assert book.sheets[0].rows == [["a", "b"], ["张\ufffd三", "x"]]
    assert [notice.code for notice in book.notices] == ["spreadsheets.bad_characters"]


def test_trap_27_lines_in_two_encodings_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("姓名,工作单位\n".encode() + "张三,沈阳\n李四,大连\n".encode("gbk") * 3)
    book = read_workbook(tmp_path / "a.csv")
    assert book.sheets[0].rows[1] == ["张三", "沈阳"]
    assert [(n.code, n.parameters) for n in book.notices] == [("spreadsheets.mixed_encodings", {"count": 1})]
    mostly = ("姓名,工作单位\n" * 5).encode() + "张三,沈阳\n".encode("gbk")
    assert read_text_table(mostly, "a.csv", LIMITS).bad_characters > 0
    assert read_text_table("联通,移动\n".encode("gbk") * 9, "a.csv", LIMITS).foreign_lines == 0


@pytest.mark.parametrize(("data", "rows"), [
    (b"sep=;\r\na;b,c\r\n", [["a", "b,c"]]), (b"a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
    ("姓名\tid\n".encode("utf-16"), [["姓名", "id"]]), (b"a,b\0\0\nc,d\n", [["a", "b"], ["c", "d"]]),
    (b'="00123",\t456,\'789\n', [["00123", "456", "789"]]),
])
def test_trap_28_separators_and_guards(data: bytes, rows: list[list[Value]]) -> None:
    assert rows_of(data) == rows


def test_trap_28_an_open_quote_swallows_nothing() -> None:
    table = read_text_table(b'a,b\n"x,y\n' + b"c,d\n" * 300, "a.csv", LIMITS)
    assert (len(table.rows), table.loose_quote, table.rows[1]) == (302, True, ['"x', "y"])


@pytest.mark.parametrize("data", [b"x" * 20_000_001, b"," * 3_000_000])
def test_trap_28_absurd_lines_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(UserProblem) as caught:
        read_workbook(tmp_path / "a.csv")
    assert caught.value.code == "spreadsheets.too_wide"


def test_trap_29_texts_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["姓名", "说明"], ["=1+1", "http://x.example"], ["@a", "110101199003070015"]]
    write_workbook(tmp_path / "a.xlsx", [SheetLayout("表", rows[0], rows[1:])])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.data_type for row in sheet.iter_rows(min_row=2, max_row=3) for cell in row] == ["s"] * 4
    assert read_workbook(tmp_path / "a.xlsx").sheets[0].rows[-2:] == rows[1:]
    write_csv(tmp_path / "a.csv", rows[0], rows[1:])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["姓名", "'=1+1", "'@a"]


def test_a_table_from_the_clipboard() -> None:
    book = read_pasted('姓名\t备注\r\n张三\t"两\n行，""引"""\r\n\t\r\n李四\t5" 管\r\n')
    assert book.sheets[0].rows == [["姓名", "备注"], ["张三", '两\n行，"引"'], [], ["李四", '5" 管']]
    assert (book.kind, book.name, len(book.sha256)) == (Kind.TEXT, "", 64)
    assert read_pasted("").sheets[0].rows == []


def test_the_html_form_of_the_clipboard_knows_joined_cells() -> None:
    html = ("Version:0.9\r\nStartHTML:0000\r\n<html><body><!--StartFragment--><table><tr><td rowspan=2>单位</td><td>张三</td></tr>"
            "<tr><td>李四</td></tr></table></body></html>")
    sheet = read_pasted("单位\t张三\n\t李四\n", html).sheets[0]
    assert sheet.rows == [["单位", "张三"], [None, "李四"]]
    assert sheet.merged == (MergedRange(1, 1, 2, 1),)
    assert read_pasted("a\tb", "<p>no table</p>").sheets[0].rows == [["a", "b"]]
