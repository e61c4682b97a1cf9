"""Text tables, web pages and old .xls files: encodings, separators, guards, spans."""

import struct
from pathlib import Path

import pytest

from expertpool.foundation.problems import UserProblem
from expertpool.spreadsheets.html_tables import page_text, read_tables
from expertpool.spreadsheets.limits import reading_limits
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.text_files import decode, find_separator, read_text_table, unguarded
from expertpool.spreadsheets.workbook import Kind, MergedRange

LIMITS = reading_limits()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le",
                                      "utf-16-be"])
def test_every_encoding_of_a_chinese_table_is_understood(encoding: str) -> None:
    text = "姓名\t证件号码\temail\n张三\t210102197805123016\ta@example.cn\n"
    table = read_text_table(text.encode(encoding), "a.txt", LIMITS)
    assert table.rows == [["姓名", "证件号码", "email"], ["张三", "210102197805123016", "a@example.cn"]]
    assert table.bad_characters == 0


def test_a_file_that_is_ascii_for_long_and_gbk_at_the_end() -> None:
    data = b"a,b\n" * 60_000 + "张三,男\n".encode("gbk")
    assert read_text_table(data, "a.csv", LIMITS).rows[-1] == ["张三", "男"]


def test_one_bad_byte_is_seen_and_costs_nothing_else() -> None:
    data = "姓名,单位\n张三,沈阳\n".encode() + b"\xff\n" + "李四,大连\n".encode()
    table = read_text_table(data, "a.csv", LIMITS)
    assert table.rows == [["姓名", "单位"], ["张三", "沈阳"], ["\ufffd"], ["李四", "大连"]]
    assert table.bad_characters == 1


def test_decode_names_the_encoding() -> None:
    assert decode("镕".encode("gb18030")) == ("镕", "gb18030")
    assert decode("龘".encode()) == ("龘", "utf-8")


@pytest.mark.parametrize(("text", "separator"), [
    ("a;b,c;d\n1;2,5;3\n", ";"), ("a|b\n1|2\n", "|"), ("a\tb,c\n1\t2\n", "\t"),
    ("姓名，单位\n张三，沈阳\n", "，"),
    ("姓名,领域\n张三,\"机械，电子，化工，材料\"\n", ","), ("只有一列\n张三\n", ","),
])
def test_the_separator_is_found(text: str, separator: str) -> None:
    assert find_separator(text) == separator


def test_a_stated_separator_is_believed_and_is_no_row() -> None:
    assert read_text_table(b"sep=|\r\na|b,c\r\n", "a.csv", LIMITS).rows == [["a", "b,c"]]


def test_blank_lines_keep_their_row_and_old_line_ends_are_understood() -> None:
    assert read_text_table(b"a,b\r\n\r\nc,d\r\n", "a.csv", LIMITS).rows == [["a", "b"], [], ["c", "d"]]
    assert read_text_table(b"a,b\rc,d\r", "a.csv", LIMITS).rows == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize(("cell", "value"), [
    ('="00123"', "00123"), ("\t110101", "110101"), ("'110101", "110101"), ("'=1+1", "=1+1"), ("'Abu", "'Abu"),
    ("=1+1", "=1+1"), ("NA", "NA"), ("00123", "00123"), ("1.10105E+17", "1.10105E+17"),
])
def test_guards_go_and_nothing_else_changes(cell: str, value: str) -> None:
    assert unguarded(cell) == value


def test_a_quotation_mark_never_closed_does_not_swallow_the_rest() -> None:
    table = read_text_table(('姓名,单位\n张三,"沈阳\n' + "李四,大连\n" * 5).encode(), "a.csv", LIMITS)
    assert len(table.rows) == 7
    assert table.loose_quote
    assert not read_text_table('姓名,备注\n张三,"两\n行"\n'.encode(), "a.csv", LIMITS).loose_quote


def test_a_field_longer_than_the_csv_module_allows() -> None:
    assert read_text_table(b"a," + b"x" * 200_000, "a.csv", LIMITS).rows == [["a", "x" * 200_000]]


def test_absurd_widths_are_refused() -> None:
    for data in (b"," * 20_000, b"x" * 20_000_001):
        with pytest.raises(UserProblem) as caught:
            read_text_table(data, "a.csv", LIMITS)
        assert caught.value.code == "spreadsheets.too_wide"


def test_the_csv_file_tells_of_what_was_not_certain(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n\xff,c\n")
    read = read_workbook(tmp_path / "a.csv")
    assert (read.kind, [notice.code for notice in read.notices]) == (Kind.TEXT, ["spreadsheets.bad_characters"])


def test_a_page_labelled_gb2312_keeps_rare_names() -> None:
    page = '<html><meta charset="gb2312"><table><tr><td>镕·喆</td></tr></table>'
    assert "镕·喆" in page_text(page.encode("gb18030"))
    assert "镕·喆" in page_text(page.encode())  # the label is wrong


def test_spans_breaks_entities_and_two_tables() -> None:
    rows, merged = read_tables(
        "<style>td{}</style><table><caption>x</caption>"
        "<tr><th colspan=2>标&nbsp;题</th><th rowspan=2>备注</th></tr>"
        "<tr><td>张<br>三</td><td>&lt;男&gt;<script>evil()</script></td></tr>"
        "<tr><td>李\n  四</td><td>="
        "</td></tr></table><p>between</p><table><tr><td>1<td>2</table>")
    assert rows == [["标\xa0题", None, "备注"], ["张\n三", "<男>"], ["李 四", "="], [], ["1", "2"]]
    assert merged == (MergedRange(1, 1, 1, 2), MergedRange(1, 3, 2, 3))


def test_a_tall_cell_pushes_later_cells_to_the_right() -> None:
    rows, _merged = read_tables("<table><tr><td rowspan=3>单位<td>张三<tr><td>李四<tr><td>王五</table>")
    assert rows == [["单位", "张三"], [None, "李四"], [None, "王五"]]


def biff5(path: Path, texts: list[str], codepage: int) -> Path:
    """The smallest Excel 95 stream: one sheet with texts in column A, in GBK bytes."""
    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHH", 0x500, kind, 0, 0))

    name = b"Sheet1"
    labels = b""
    for row, text in enumerate(texts):
        data = text.encode("gbk")
        labels += record(0x204, struct.pack("<HHHH", row, 0, 0, len(data)) + data)
    page = record(0x42, struct.pack("<H", codepage))
    place = len(begin(5)) + len(page) + 4 + 7 + len(name) + 4
    sheet = record(0x85, struct.pack("<IHB", place, 0, len(name)) + name)
    path.write_bytes(begin(5) + page + sheet + record(0x0A, b"") + begin(0x10) + labels + record(0x0A, b""))
    return path


@pytest.mark.parametrize(("codepage", "codes"), [(936, []), (1252, ["spreadsheets.western_label"])])
def test_excel_95_text_is_chinese_even_when_labelled_western(tmp_path: Path, codepage: int,
                                                             codes: list[str]) -> None:
    read = read_workbook(biff5(tmp_path / "a.xls", ["姓名", "张三丰", "沈阳理工大学"], codepage))
    assert read.sheets[0].rows == [["姓名"], ["张三丰"], ["沈阳理工大学"]]
    assert read.kind is Kind.XLS_OLD
    assert [notice.code for notice in read.notices] == codes
