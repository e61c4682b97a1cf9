"""Writing: what Excel opens is safe, legible, whole; what was there stays when writing fails."""

import csv
import os
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.foundation.progress import Cancelled, Progress
from expertpool.spreadsheets.limits import reading_limits
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.safe_cells import clean_text, cut_text, sheet_name
from expertpool.spreadsheets.sheet_layout import Cell, ColumnStyle, SheetLayout
from expertpool.spreadsheets.sheet_style import row_height, text_width
from expertpool.spreadsheets.text_files import read_text_table
from expertpool.spreadsheets.writing import write_csv, write_workbook
from tests.seeds import seeded

HEADERS = ["序号", "姓名", "身份证号", "手机", "入库"]
ROWS = [[1, "张三", "210102197805123016", "13800138000", date(2024, 5, 1)],
        [2, "李四", 123456789012345678, 13800138001, None]]


def roster(**more: object) -> SheetLayout:
    return SheetLayout("名册", HEADERS, ROWS, text_columns=frozenset({3, 4}), **more)  # type: ignore[arg-type]


def test_a_roster_is_titled_frozen_and_printable(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    layout = roster(title="技术调查官名册", subtitle="截至2026年11月22日", notes=["注：仅供内部使用"],
                    page_footer="第 &P 页 共 &N 页", filter=True, choices={2: ["张三", "李四"]},
                    header_comments={3: "18 位"})
    assert write_workbook(path, [layout]) == ()
    sheet = openpyxl.load_workbook(path)["名册"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:E1", "A2:E2", "A6:E6"}
    assert (sheet["A1"].value, sheet["A1"].font.size, sheet["A1"].font.bold) == ("技术调查官名册", 16, True)
    assert sheet["A1"].alignment.horizontal == "center"
    assert [cell.value for cell in sheet[3]] == HEADERS
    assert sheet["B3"].font.bold
    assert sheet["B3"].fill.fill_type == "solid"
    assert sheet["B4"].border.left.style == "thin"
    assert sheet["B4"].alignment.wrap_text
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # one is the default
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.auto_filter.ref == "A3:E5"
    assert [str(area.sqref) for area in sheet.data_validations.dataValidation] == ["B4:B5"]
    assert sheet["C3"].comment is not None
    assert (sheet["A6"].value, sheet["E4"].number_format) == ("注：仅供内部使用", "yyyy-mm-dd")


def test_ids_and_phones_are_text_whatever_they_were(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", [roster()])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [sheet.cell(row, column).value for row in (2, 3) for column in (3, 4)] == [
        "210102197805123016", "13800138000", "123456789012345678", "13800138001"]
    assert {sheet.cell(row, 3).number_format for row in (2, 3)} == {"@"}
    assert sheet.column_dimensions["C"].width > 18


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_nothing_becomes_a_formula_or_a_link(tmp_path: Path, large: bool) -> None:
    texts = ["=1+1", "+86 138", "-5", "@SUM(A1)", "＝1", "{=1}", "http://example.cn", "=cmd|' /C calc'!A0"]
    rows = [[text] for text in texts] + [[""]] * (20_000 if large else 0)
    write_workbook(tmp_path / "a.xlsx", [SheetLayout("=x", texts[:1], rows)])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        xml = package.read("xl/worksheets/sheet1.xml")
        assert b"<f" not in xml
        assert b"hyperlink" not in xml
        assert b'quotePrefix="1"' in package.read("xl/styles.xml")
        assert ("xl/sharedStrings.xml" in package.namelist()) != large
    read = read_workbook(tmp_path / "a.xlsx").sheets[0]
    assert [row[0] for row in read.rows] == ["=1+1", *texts]


def test_values_keep_their_kind(tmp_path: Path) -> None:
    row = [1, 2.5, True, date(1975, 3, 2), datetime(2024, 5, 1, 9, 30), time(8, 15), None, "文"]
    write_workbook(tmp_path / "a.xlsx", [SheetLayout("a", [str(value) for value in row], [row])])
    assert read_workbook(tmp_path / "a.xlsx").sheets[0].rows[1] == row


def test_values_a_spreadsheet_cannot_keep_are_written_as_text_or_left_out(tmp_path: Path) -> None:
    row = [10**18, date(1899, 5, 1), float("nan"), float("inf"), 0.1, "x\x00\x1f\ud800y\r\nz"]
    write_workbook(tmp_path / "a.xlsx", [SheetLayout("a", list("abcdef"), [row])])
    assert read_workbook(tmp_path / "a.xlsx").sheets[0].rows[1] == [
        str(10**18), "1899-05-01", None, None, 0.1, "xy\nz"]


def test_texts_too_long_for_a_cell_are_cut_and_told(tmp_path: Path) -> None:
    notices = write_workbook(tmp_path / "a.xlsx", [SheetLayout("a", ["x", "y"], [["短", "长" * 40_000]], title="t")])
    assert [(notice.code, notice.sheet, notice.row, notice.column) for notice in notices] == [
        ("spreadsheets.text_cut", "a", 3, 2)]
    assert "32767" in notices[0].text
    assert read_workbook(tmp_path / "a.xlsx").sheets[0].rows[2] == ["短", "长" * 32_767]
    assert cut_text("𠮷" * 20_000) == ("𠮷" * 16_383, True)  # two units each, never half of one


def test_report_cells_carry_tone_and_comment(tmp_path: Path) -> None:
    cell = Cell("abc", "error", "身份证号校验位不对")
    layout = SheetLayout("a", ["x", "y"], [[cell, "b"]], column_styles={2: ColumnStyle("center", wrap=False)})
    write_workbook(tmp_path / "a.xlsx", [layout])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["A2"].comment.text.endswith("身份证号校验位不对")
    assert sheet["A2"].fill.fgColor.rgb != sheet["B2"].fill.fgColor.rgb
    assert (sheet["B2"].alignment.horizontal, bool(sheet["B2"].alignment.wrap_text)) == ("center", False)


def test_rows_are_high_enough_for_chinese_text_that_wraps() -> None:
    assert text_width("张三ab") == 6
    assert row_height(["张三"], [10]) == row_height(["x"], [10])
    assert row_height(["集成电路" * 5], [12]) == row_height(["一\n二\n三\n四"], [12])
    assert row_height(["长" * 9000], [5]) <= 409  # what Excel allows


def test_sheet_names_are_made_valid_and_unlike(tmp_path: Path) -> None:
    taken: list[str] = []
    for wanted in ("名/册[1]", "名 册 1", "x" * 40, "X" * 40, "", "History", "'引'"):
        taken.append(sheet_name(wanted, taken))
    assert taken == ["名 册 1", "名 册 1 2", "x" * 31, "X" * 29 + " 2", "Sheet", "History 2", "引"]
    write_workbook(tmp_path / "a.xlsx", [SheetLayout(name, ["a"], [["b"]]) for name in taken])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == taken


def test_many_rows_come_from_a_generator_and_a_single_column_is_fine(tmp_path: Path) -> None:
    layout = SheetLayout("a", ["编号"], ([number] for number in range(20_500)), title="标题", page_footer="&P")
    write_workbook(tmp_path / "a.xlsx", [layout])
    rows = read_workbook(tmp_path / "a.xlsx").sheets[0].rows
    assert (len(rows), rows[0], rows[1], rows[-1]) == (20_502, ["标题"], ["编号"], [20_499])


def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [roster()])
    before = path.read_bytes()

    def broken(rows: int) -> object:
        yield from [["x"]] * rows
        raise ValueError("source failed")

    for rows in (1, 20_100):
        with pytest.raises(ValueError, match="source failed"):
            write_workbook(path, [SheetLayout("a", ["x"], broken(rows))])  # type: ignore[arg-type]
    progress = Progress()
    progress.stop.set()
    with pytest.raises(Cancelled):
        write_workbook(path, [roster()], progress=progress)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_missing_folder_and_a_folder_as_target_are_said(tmp_path: Path) -> None:
    with pytest.raises(UserProblem) as caught:
        write_workbook(tmp_path / "nowhere" / "a.xlsx", [roster()])
    assert caught.value.code == "spreadsheets.target_folder"
    with pytest.raises(UserProblem) as caught:
        write_csv(tmp_path, ["a"], [])
    assert caught.value.code == "spreadsheets.target_open"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks by sharing modes, not by permissions")
def test_a_target_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)  # permissions do not bind the superuser
        with pytest.raises(UserProblem) as caught:
            write_csv(path, ["a"], [])
    finally:
        os.seteuid(user)
    assert caught.value.code == "spreadsheets.target_open"
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no ceiling for the size of a file")
def test_a_full_disk_is_said_and_leaves_the_old_file(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "a.xlsx"
    write_workbook(path, [roster()])
    before = path.read_bytes()
    ceiling = resource.getrlimit(resource.RLIMIT_FSIZE)
    chance = seeded(192)
    rows = [[chance.random() for _ in range(20)] for _ in range(300)]
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, ceiling[1]))
    try:
        with pytest.raises(EnvironmentProblem) as caught:
            write_workbook(path, [SheetLayout("a", ["x"], rows)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, ceiling)
    assert caught.value.code == "spreadsheets.disk_full"
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_csv_is_guarded_and_reads_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [["=1+1", "210102197805123016", -5, None, "'x"], ["+86 138", "00123", 2.0, date(2024, 5, 1), "两\n行"]]
    notices = write_csv(path, ["甲", "证", "数", "日", "文"], rows, text_columns=frozenset({2}))
    assert [notice.parameters for notice in notices] == [{"count": 3}]
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == ["'=1+1", '="210102197805123016"', "-5", "", "''x"]
    assert read_text_table(data, "a.csv", reading_limits()).rows[1:] == [
        ["=1+1", "210102197805123016", "-5", None, "''x"], ["+86 138", "00123", "2", "2024-05-01", "两\n行"]]


def test_clean_text_keeps_everything_writable() -> None:
    assert clean_text("𠮷\u200b·\t\n\ue000") == "𠮷\u200b·\t\n\ue000"
    assert clean_text("a\x00\x0b\ud800\uffff\r\nb\rc") == "a\nb\nc"
