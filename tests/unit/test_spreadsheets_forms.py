"""Forms of one person and people in columns: labels beside their values become records with true places."""

from typing import Any

from expertpool.importing.headers import header_score
from expertpool.spreadsheets.found_tables import Table
from expertpool.spreadsheets.layout import find_tables
from expertpool.spreadsheets.workbook import MergedRange, Sheet


def tables(rows: list[list[Any]], *merged: tuple[int, int, int, int]) -> list[Table]:
    return find_tables(Sheet("表", rows=rows, merged=tuple(MergedRange(*span) for span in merged)), header_score)


def said(table: Table, number: int = 0) -> dict[str, Any]:
    record = table.records[number]
    return {column.header: record.cells.get(column.index) for column in table.columns}


FORM = [["专家登记表"],
        ["姓　名", "张三", "性　别", "男", "照片"],
        ["民族", "汉族", "政治面貌", "无党派人士"],
        ["职务", None, "职称", "教授"],
        ["身份证号", "210102197805123016"],
        ["工作单位", "沈阳某某大学", "手机", "13800138000"]]


def test_a_form_is_one_record_whose_values_know_their_cells() -> None:
    (table,) = tables(FORM)
    (record,) = table.records
    assert table.header_rows == ()
    assert record.row == 2
    assert said(table) == {"姓名": "张三", "性别": "男", "照片": None, "民族": "汉族", "政治面貌": "无党派人士", "职务": None,
                           "职称": "教授", "身份证号": "210102197805123016", "工作单位": "沈阳某某大学", "手机": "13800138000"}
    places = {column.header: record.place(column.index) for column in table.columns}
    assert (places["职称"], places["手机"], places["职务"]) == ((4, 4), (6, 4), (4, 2))
    assert [ignored.text for ignored in table.ignored] == ["专家登记表"]


def test_stacked_forms_begin_anew_with_their_first_label() -> None:
    second = [["姓　名", "李四", "性　别", "女"], *FORM[2:]]
    (table,) = tables([*FORM, [], *second])
    assert [(record.row, said(table, place)["姓名"]) for place, record in enumerate(table.records)] == [(2, "张三"), (8, "李四")]


def test_label_and_value_in_one_cell() -> None:
    (table,) = tables([["姓名：张三", "性别：男"], ["职称：教授", "邮箱："], ["手机：13800138000", "工作单位：某某大学\n机械学院"]])
    assert said(table) == {"姓名": "张三", "性别": "男", "职称": "教授", "邮箱": None, "手机": "13800138000", "工作单位": "某某大学\n机械学院"}


def test_a_section_with_a_table_of_its_own_is_one_text() -> None:
    (table,) = tables([*FORM, ["工作经历", "起止时间", "单位", "职务"], [None, "2001-2010", "某某学院", "讲师"]], (7, 1, 8, 1))
    assert said(table)["工作经历"] == "起止时间 单位 职务\n2001-2010 某某学院 讲师"
    assert (said(table)["工作单位"], said(table)["职务"]) == ("沈阳某某大学", None)


def test_people_in_columns() -> None:
    (table,) = tables([["专家对照表"], ["姓名", "张三", "李四"], ["性别", "男", "女"], ["职称", "教授", None],
                       ["手机", "13800138000", "13900139000"], ["学历", "博士研究生", "大学本科"]])
    assert [said(table, number)["姓名"] for number in (0, 1)] == ["张三", "李四"]
    second = table.records[1]
    assert (second.row, second.slot, second.place(4)) == (2, 1, (5, 3))
    assert 3 not in second.cells


def test_an_ordinary_table_is_no_form() -> None:
    head = ["序号", "姓名", "性别", "工作单位", "职称", "证件类型", "手机"]
    rows = [[n, f"张{n}", "男", "某某大学", "教授", "居民身份证", "13800138000"] for n in range(1, 6)]
    (table,) = tables([["填报单位：某某大学"], head, *rows, ["填表人：张某", "联系电话：024-12345678"]])
    assert (table.header_rows, len(table.records)) == ((2,), 5)
