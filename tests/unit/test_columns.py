from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from expertpool.foundation.dates import fix_today
from expertpool.importing.columns import map_columns
from expertpool.importing.fields import CaseReading, PersonReading
from expertpool.importing.rows import read_case, read_person
from expertpool.spreadsheets.found_tables import Record

IDS = ["11010519491231002X", "210102197805123016", "150102197301179757"]
MOBILES = ["13812345678", "13912345678", "15106876535"]
NAMES = ["张三", "李四", "王欢"]


def fields(headers: Sequence[str], *columns: Sequence[Any], kind: str = "experts") -> list[str]:
    return [choice.field for choice in map_columns(headers, columns, kind)]


def person(headers: Sequence[str], cells: Sequence[Any], **more: Any) -> PersonReading:
    columns = map_columns(headers, [[cell] for cell in cells])
    return read_person(Record(2, dict(enumerate(cells, 1)), **more), columns, hidden_rows=frozenset({9}))


def case(headers: Sequence[str], cells: Sequence[Any]) -> CaseReading:
    return read_case(Record(2, dict(enumerate(cells, 1))), map_columns(headers, [[cell] for cell in cells], "cases"))


def codes(reading: PersonReading | CaseReading) -> list[str]:
    return sorted(problem.code for problem in reading.problems)


def test_values_overrule_a_wrong_heading() -> None:
    assert fields(["姓名", "编号", "备用"], NAMES, IDS, MOBILES) == ["name", "id_number", "phone"]
    assert fields(["姓名", "职务"], NAMES, MOBILES) == ["name", "phone"]


def test_numbers_of_other_people_stay_theirs() -> None:
    assert fields(["姓名", "填报人联系方式", "紧急联系人身份证"], NAMES, MOBILES, IDS) == ["name", "", ""]


def test_columns_without_heading_are_recognised_by_values() -> None:
    assert fields(["", "", ""], ["1", "2", "3"], NAMES, MOBILES) == ["ignore", "name", "phone"]


def test_title_twice_becomes_title_and_level() -> None:
    chosen = fields(["姓名", "现任专业技术职务", "职称"], NAMES, ["教授", "研究员", "工程师"],
                    ["正高", "正高", "中级"])
    assert chosen == ["name", "title", "title_level"]


def test_bare_specialty_beside_a_true_one_is_the_major() -> None:
    assert fields(["专业", "研究方向"], ["机械"], ["切削"]) == ["major", "specialty"]


def test_running_number_under_bianhao_is_ignored() -> None:
    assert fields(["编号", "姓名"], [1.0, 2.0, 3.0], NAMES) == ["ignore", "name"]


def test_duplicate_column_is_kept_as_text() -> None:
    found = map_columns(["最高学历", "最高学历"], [["本科"], []])
    assert [(choice.field, choice.evidence) for choice in found][1] == ("", "duplicate")


def test_person_row() -> None:
    found = person(["姓名（性别）", "单位及职务职称", "联系方式", "身份证号", "学历/学位", "聘期", "自评"],
                   ["陈波辉（男）", "合肥律师事务所 系主任主任医师", "0755-26462791(办) 18108780043 a@b.cn",
                    "210102197805123016", "博士研究生/工学博士", "2024.1-2026.12", "良好"])
    values = found.values
    assert (values.name, values.gender, values.employer) == ("陈波辉", "男", "合肥律师事务所")
    assert (values.position, values.title, values.title_level) == ("系主任", "主任医师", "senior")
    assert values.phones == [("work", "0755-26462791"), ("mobile", "18108780043")]
    assert (values.email, values.education, values.degree) == ("a@b.cn", "doctorate", "doctor")
    assert [(role.start, role.end) for role in values.roles] == [("2024-01", "2026-12")]
    assert values.more == {"自评": "良好"}
    assert found.problems == []


def test_cross_checks() -> None:
    found = person(["姓名", "性别", "出生年月", "身份证号"], ["张三", "女", "1978-06", "210102197805123016"])
    assert codes(found) == ["birth_id_mismatch", "gender_id_mismatch"]
    assert found.values.birth == "1978-06"


def test_a_wrong_number_is_kept_and_not_compared() -> None:
    found = person(["姓名", "出生年月", "身份证号"], ["张三", "1978-06", "210102197805123017"])
    assert codes(found) == ["id_checksum"]
    assert found.values.id_number == "210102197805123017"


def test_missing_name_and_number() -> None:
    assert codes(person(["姓名", "身份证号"], ["", None])) == ["id_missing", "name_missing"]
    assert codes(person(["姓名"], ["张三"])) == []


def test_hidden_row_and_place_of_a_problem() -> None:
    columns = map_columns(["姓名", "手机"], [["张三"], ["1300538945"]])
    found = read_person(Record(9, {1: "张三", 2: "1300538945"}, shift=5), columns, hidden_rows=frozenset({9}))
    assert [(p.code, p.row, p.column) for p in found.problems] == [("phone_invalid", 9, 7), ("hidden_row", 9, 0)]
    assert found.values.phones == [("mobile", "1300538945")]


def test_personal_values_are_never_taken_from_above() -> None:
    found = person(["姓名", "工作单位", "手机"], ["张三", "东北大学", "13812345678"], filled=frozenset({2, 3}))
    assert (found.values.employer, found.values.phones) == ("东北大学", [])


def test_age_gives_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    fix_today(date.fromisoformat("2026-11-22"))
    found = person(["姓名", "年龄"], ["张三", "46岁"])
    assert (found.values.birth, codes(found)) == ("1980", ["birth_from_age"])


def test_case_row() -> None:
    found = case(["案号", "当事人", "原告代理人", "专利号", "立案日期", "技术领域"],
                 ["（2024）辽01知民初12号", "原告：沈阳甲有限公司；被告：大连乙有限公司", "张三", "ZL202110123456.7",
                  "2024/3/5", "机械、电学"])
    values = found.values
    assert (values.plaintiffs, values.defendants) == (["沈阳甲有限公司"], ["大连乙有限公司"])
    assert (values.agents, values.filed_on) == ([("plaintiff", "张三")], "2024-03-05")
    assert values.fields == ["机械", "电学"]
    assert codes(case(["案号", "案由"], ["", "侵害发明专利权纠纷"])) == ["case_number_missing"]


def test_names_are_found_where_no_heading_tells_them() -> None:
    units = ["沈阳某某大学", "大连某某公司", "鞍山某某医院"]
    assert fields(["推荐何人", "来自", "手机"], NAMES, units, MOBILES) == ["name", "employer", "mobile"]
    assert fields(["配偶姓名", "手机"], NAMES, MOBILES) == ["", "mobile"]
    assert fields(["毕业于何处", "姓名"], units, NAMES) == ["school", "name"]
    assert fields(["委托过的机关", "姓名"], units, NAMES) == ["", "name"]


def test_a_weak_heading_that_its_values_gainsay_means_nothing() -> None:
    assert fields(["姓名", "工作单拉"], NAMES, ["一级", "二级", "三级"]) == ["name", ""]
    assert fields(["姓名", "工作单拉"], NAMES, ["某某大学", "某某公司", "某某医院"]) == ["name", "employer"]


def test_a_combined_heading_counts_by_what_the_cells_hold() -> None:
    assert fields(["姓名", "单位职务"], NAMES, ["院长", "所长", "处长"]) == ["name", "position"]
    assert fields(["姓名", "单位职务"], NAMES, ["沈阳某某大学院长", "某某研究所 所长", "某某公司经理"])[1] == "employer_position_title"
    assert fields(["姓名", "职务"], NAMES, ["教授", "副教授", "院长、教授"]) == ["name", "position_title"]


def test_the_line_of_business_is_no_speciality_beside_a_better_one() -> None:
    assert fields(["姓名", "所属行业", "技术领域"], NAMES, ["制造业"] * 3, ["焊接"] * 3) == ["name", "industry", "specialty"]
    assert fields(["姓名", "所属行业"], NAMES, ["制造业"] * 3) == ["name", "specialty"]


def test_dates_that_are_all_the_first_of_a_month_are_months() -> None:
    days = [date(1970 + n, 1 + n, 1) for n in range(6)]
    columns = map_columns(["姓名", "出生年月"], [["张三"] * 6, days])
    found = read_person(Record(2, {1: "张三", 2: days[1]}), columns)
    assert (columns[1].months, found.values.birth) == (True, "1971-02")
    assert not map_columns(["出生年月"], [[*days, date(1980, 1, 2)]])[0].months


def test_a_title_with_its_level_in_the_heading_is_the_title() -> None:
    choices = map_columns(["姓名", "专业技术职称(等级)"], [["张三", "李四"], ["研究员级高工(正高级)", "高级工程师(副高)"]])
    assert [choice.field for choice in choices] == ["name", "title"]
    levels = map_columns(["姓名", "职称(等级)"], [["张三", "李四", "王五"], ["正高", "副高", "中级"]])
    assert [choice.field for choice in levels] == ["name", "title_level"]
