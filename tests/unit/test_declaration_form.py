"""The form as a sheet: lines across the table, lists of single cells, one A4 page wide; reading what people write."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from expertpool.declarations.form import FormContent, form_layout, form_number, form_number_in
from expertpool.declarations.form_reading import ReadForm, read_form
from expertpool.declarations.questions import answer_of, questions, says_nothing
from expertpool.rules.book import RuleBook
from expertpool.spreadsheets.sheet_layout import Band, Cell, SheetLayout
from expertpool.spreadsheets.workbook import Sheet
from expertpool.spreadsheets.writing import write_workbook

UID = "01936f6e-7d3a-7c1e-8a52-1f0d3c5b7a90"
RULES = RuleBook.load()


def layout() -> SheetLayout:
    return form_layout(FormContent(UID, "安亦舟", "浑河理工大学", "沈阳市中级人民法院"), RULES)


def filled(**cells: Any) -> ReadForm:
    """The empty form with these cells (``question__field__row`` from 0), read."""
    layout_ = layout()
    rows: list[list[Any]] = [[layout_.title], [layout_.subtitle]]
    rows += [[row.text] if isinstance(row, Band) else [one.value if isinstance(one, Cell) else one for one in row]
             for row in layout_.rows]
    columns = ["answer", "relation", "name", "unit", "detail", "start", "end"]
    for place, value in cells.items():
        code, field, *offset = place.split("__")
        question = next(one for one in questions() if one.code == code)
        start = next(row for row, values in enumerate(rows) if question.short in str(values[0])[:14])
        rows[start + 2 + int(offset[0] if offset else 0)][columns.index(field)] = value
    found = read_form(Sheet("表", rows=[[value or None for value in row] for row in rows]))
    assert found is not None
    return found


def test_lines_and_lists_of_a_table(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", [SheetLayout(name="表", headers=["", ""], rows=[
        Band("=1+1", strong=True, tone="quiet"), [Cell("甲", choices=("有", "无")), "乙"]], freeze=False)])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:B1"]
    assert (sheet["A1"].value, sheet["A1"].data_type, sheet["A2"].value) == ("=1+1", "s", "甲")
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1, rule.showErrorMessage) == ("A2", '"有,无"', False)


def test_the_form_prints_on_a4(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", [layout()])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9, "portrait", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide, which is what says nothing else
    assert sheet["A1"].value == "沈阳市中级人民法院利益冲突声明（年度）"
    assert sum(sheet.column_dimensions[letter].width for letter in "ABCDEFG") < 125
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert any("非上市" in one for one in lists)
    assert sheet.oddFooter.center.text is not None


def test_form_numbers_fit_one_person_and_case() -> None:
    number = form_number(UID, "(2026)辽01知民初1号")
    assert form_number_in(f"表号：{number} ") == (UID, number)
    assert number != form_number(UID)
    assert form_number_in("表号：12345") == ("", "")


@pytest.mark.parametrize("text", ["", "无", "没有", " 否 ", "—", "——", "/", "／", "N/A", "无。", "不适用"])
def test_words_for_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(("text", "answer"), [("有", "some"), ("无", "none"), ("√", "some"), ("没有", "none"),
                                              ("", ""), ("详见附件", "")])
def test_answers(text: str, answer: str) -> None:
    assert answer_of(text) == answer


def test_an_untouched_form_answers_nothing() -> None:
    form = filled()
    assert (form.uid, form.name, form.unit, form.answers, form.interests) == (UID, "安亦舟", "浑河理工大学", {}, [])
    assert {problem.code for problem in form.problems} == {"declarations.unanswered"}
    assert len(form.problems) == len(questions())


@pytest.mark.parametrize("word", ["无", "没有", "—", "否"])
def test_nothing_may_stand_anywhere_in_the_row(word: str) -> None:
    assert filled(relatives__name=word).answers == {"relatives": "none"}
    assert filled(relatives__answer=word).answers == {"relatives": "none"}


def test_several_people_in_one_cell() -> None:
    form = filled(relatives__relation="父亲、母亲", relatives__name="安国栋、毕秋", relatives__unit="浑河理工大学",
                  relatives__name__1="蔡知夏；邓一凡", relatives__relation__1="表兄")
    assert [(one.relation, one.name, one.unit) for one in form.interests] == [
        ("father", "安国栋", "浑河理工大学"), ("mother", "毕秋", "浑河理工大学"), ("cousin", "蔡知夏", ""),
        ("cousin", "邓一凡", "")]
    assert form.answers == {"relatives": "some"}


def test_words_for_lists_and_days() -> None:
    form = filled(holdings__relation="上市公司", holdings__unit="云岭科技有限公司；棋盘山药业股份有限公司",
                  holdings__start="2020年3月", holdings__end="至今", mandates__unit="甲公司", mandates__start="2024.5.6",
                  case_roles__relation="鉴定人", case_roles__name="（2024）辽01知民初8号")
    assert [(one.kind, one.unit, one.unlisted, one.start, one.end) for one in form.interests[:3]] == [
        ("holding", "云岭科技有限公司", False, "2020-03", ""), ("holding", "棋盘山药业股份有限公司", False, "2020-03", ""),
        ("mandate", "甲公司", True, "2024-05-06", "")]
    assert (form.interests[3].relation, form.interests[3].name) == ("judicial_appraiser", "（2024）辽01知民初8号")


def test_an_entry_without_a_subject_is_left_out() -> None:
    form = filled(relatives__relation="父亲")
    assert form.interests == []
    assert "declarations.incomplete" in {problem.code for problem in form.problems}


def test_other_sheets_are_no_declarations() -> None:
    assert read_form(Sheet("名单", rows=[["姓名", "单位"], ["安亦舟", "浑河理工大学"]])) is None
    assert read_form(Sheet("空")) is None
