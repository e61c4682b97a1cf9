"""The recommendation form: lists, hints, text columns; filled in, every value comes in without a correction."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.details import load_details
from expertpool.foundation.problems import UserProblem
from expertpool.importing.experts import import_experts, preview_experts
from expertpool.importing.template import form, heading, kind_of, write_template
from expertpool.pool import ExpertPool
from expertpool.rules.vocabulary import code_of
from expertpool.spreadsheets.sheet_layout import SheetLayout
from expertpool.spreadsheets.sheet_style import text_width
from expertpool.spreadsheets.writing import write_workbook
from expertpool.workbook.workbook import import_pool

TONGUES = ("zh_CN", "en")
HEAD, EXAMPLE = 3, 4  # rows
FULL = {
    "name": "安亦舟", "former_name": "安舟", "gender": "女", "birth": "1978-05-12", "ethnicity": "满族", "party": "九三学社",
    "id_kind": "居民身份证", "id_number": "210102197805123024", "role": "技术调查官；司法鉴定人", "mode": "聘用",
    "term_start": "2026-03-01", "term_end": "2029-02-28", "certificate_no": "0012", "expert_no": "沈知专007", "hired": "2026-03",
    "status": "在任", "employer": "浑河理工大学", "employer_kind": "高等院校", "department": "机械工程学院", "position": "副院长",
    "title": "教授", "title_level": "正高级", "title_date": "2015-07", "education": "博士研究生", "degree": "博士",
    "school": "棋盘山大学", "major": "机械电子工程", "graduated": "2006-07", "work_since": "2006-08",
    "specialty": "移动机器人；步态控制", "field_code": "B62D 57/032；B25J", "licence_number": "210103012345", "licence_kind": "声像资料",
    "licence_body": "辽宁省司法厅", "licence_issued": "2021-06-01", "licence_until": "2026-05-31", "mobile": "13800000001",
    "landline": "024-23456789", "fax": "024-23456780", "email": "an@example.cn", "address": "沈阳市浑南区示例路1号", "postcode": "110000",
    "wechat": "an_yizhou", "qq": "100200300", "avoid_units": "沈阳步云机器人有限公司；甲公司", "avoid_persons": "王新宇",
    "experience": "2006年起任教", "achievements": "省科技进步一等奖", "secret": "否", "bank_name": "示例银行沈阳分行",
    "bank_account": "6222000000000000123", "recommended_by": "浑河理工大学人事处", "remark": "每周三有课"}


def filled(folder: Path, tongue: str, *people: dict[str, str]) -> Path:
    write_template(folder / "form.xlsx", spoken=tongue)
    book = openpyxl.load_workbook(folder / "form.xlsx")
    columns = form()["columns"]
    for row, person in enumerate(people, EXAMPLE + 1):
        for place, column in enumerate(columns, 1):
            if value := person.get(column["field"]):
                book.worksheets[0].cell(row, place).value = value
    book.save(folder / "推荐.xlsx")
    return folder / "推荐.xlsx"


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_field_comes_in_without_a_correction(pool: ExpertPool, tmp_path: Path, tongue: str) -> None:
    assert {column["field"] for column in form()["columns"]} == {*FULL, "ignore"}
    path = filled(tmp_path, tongue, FULL, {"name": "毕小川", "employer": "棋盘山研究院", "specialty": "焊接"})
    plan = preview_experts(pool, [path])
    (sheet,) = plan.files[0].sheets
    assert [column.field for column in sheet.columns] == [column["field"] for column in form()["columns"]]
    assert min(column.confidence for column in sheet.columns) >= 0.9
    assert [problem.code for problem in plan.problems() if problem.severity == "error"] == []
    report = import_experts(pool, [path])
    assert (report["rows"], report["created"]) == (2, 2)
    with pool.read() as session:
        detail, second = load_details(session, sorted(people_ids(pool, PeopleQuery())), revealed=True)
    assert second.name == "毕小川"
    compare(detail.values, detail.children)


def compare(values: dict[str, Any], children: dict[str, list[dict[str, Any]]]) -> None:
    plain = ("name", "former_name", "gender", "birth", "id_number", "expert_no", "hired", "title", "title_date", "school", "major",
             "graduated", "work_since", "email", "address", "postcode", "wechat", "qq", "experience", "bank_name", "bank_account",
             "recommended_by", "remark")
    assert {name: values[name] for name in plain} == {name: FULL[name] for name in plain}
    worded = ("ethnicity", "party", "id_kind", "title_level", "education", "degree")
    assert {name: values[name] for name in worded} == {name: code_of(name, FULL[name]) for name in worded}
    assert all(values[name] for name in worded)
    assert values["secrecy"] == FULL["secret"]
    assert [(r["role"], r["mode"], r["start"], r["end"], r["certificate_no"], r["state"]) for r in children["roles"]] == [
        (role, "contract", "2026-03-01", "2029-02-28", "0012", "active") for role in ("technical_investigator", "judicial_appraiser")]
    assert [(j["employer"], j["department"], j["position"]) for j in children["employments"]] == [
        ("浑河理工大学", "机械工程学院", "副院长")]
    assert [(p["kind"], p["number"]) for p in children["phones"]] == [
        ("mobile", FULL["mobile"]), ("work", FULL["landline"]), ("fax", FULL["fax"])]
    assert [entry["text"] for entry in children["specialties"]] == ["移动机器人", "步态控制"]
    assert [entry["code"] for entry in children["fields_"]][:2] == ["B62D 57/032", "B25J"]
    assert [(x["number"], x["kind"], x["body"], x["issued"], x["until"]) for x in children["licences"]] == [
        tuple(FULL[name] for name in ("licence_number", "licence_kind", "licence_body", "licence_issued", "licence_until"))]
    assert {(x["kind"], x["unit"] or x["name"]) for x in children["interests"]} == {
        ("avoid_unit", "沈阳步云机器人有限公司"), ("avoid_unit", "甲公司"), ("avoid_person", "王新宇")}
    assert [entry["text"] for entry in children["achievements"]] == [FULL["achievements"]]


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_empty_form_holds_nobody(pool: ExpertPool, tmp_path: Path, tongue: str) -> None:
    write_template(tmp_path / "form.xlsx", spoken=tongue)
    with pytest.raises(UserProblem) as refused:
        import_experts(pool, [tmp_path / "form.xlsx"])
    assert refused.value.code == "import.nothing"
    with pytest.raises(UserProblem):
        import_pool(pool, tmp_path / "form.xlsx")


def width_of(sheet: Any, place: int) -> float:
    """Of a column: neighbours of one width are written together."""
    return next(float(one.width) for one in sheet.column_dimensions.values() if one.min <= place <= one.max)


@pytest.mark.parametrize("tongue", TONGUES)
def test_lists_hints_and_text_columns(tmp_path: Path, tongue: str) -> None:
    write_template(tmp_path / "form.xlsx", spoken=tongue)
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    sheet, guide = book.worksheets
    columns = form()["columns"]
    rules = {str(area.sqref).split(":")[0]: area for area in sheet.data_validations.dataValidation}
    for place, column in enumerate(columns, 1):
        head, letter = sheet.cell(HEAD, place), openpyxl.utils.get_column_letter(place)
        assert head.value == heading(column, "en" if tongue == "en" else "zh")
        assert width_of(sheet, place) >= max(map(text_width, str(head.value).split("\n"))) + 1
        assert {sheet.cell(row, place).number_format for row in (EXAMPLE, EXAMPLE + 1, EXAMPLE + 300)} == {"@"}
        if kind_of(column) == "word":
            assert rules[f"{letter}{EXAMPLE}"].type == "list", column
        if kind_of(column) == "date":
            assert "1978-05" in head.comment.text
            assert "1978-05" in rules[f"{letter}{EXAMPLE}"].prompt
    assert "基诺族" in next(area.formula1 for area in rules.values() if "汉族" in (area.formula1 or ""))
    assert sheet.freeze_panes == f"A{HEAD + 1}"
    said = {cell.value for row in guide.iter_rows() for cell in row}
    assert all(any(rule in str(text) for text in said) for rule in form()["rules"]["en" if tongue == "en" else "zh"])


def test_a_list_too_long_for_a_rule_stands_out_of_sight(tmp_path: Path) -> None:
    units = [f"示例单位第{number}号" for number in range(60)]
    write_workbook(tmp_path / "a.xlsx", [SheetLayout("表", ["单位", "姓名"], [["", ""]] * 3, choices={1: units, 2: units})])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [(one.title, one.sheet_state) for one in book.worksheets] == [("表", "visible"), ("_lists", "veryHidden")]
    rules = book["表"].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {"_lists!$A$1:$A$60"}
    assert [cell.value for cell in book["_lists"]["A"]] == units
