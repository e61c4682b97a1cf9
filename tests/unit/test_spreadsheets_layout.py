"""Layout: headers, records and the rows that are none, on small sheets as people make them."""

import pytest

from expertpool.spreadsheets.found_tables import NoRecord, Table
from expertpool.spreadsheets.layout import find_tables, table_at
from expertpool.spreadsheets.workbook import MergedRange, Sheet, Value

KNOWN = {"序号", "姓名", "性别", "单位", "工作单位", "职称", "电话", "手机", "技术领域", "身份证号", "备注",
         "联系方式", "名称", "许可证号", "执业证号", "执业类别"}


def score(text: str) -> float:
    return 1.0 if text in KNOWN else 0.0


def sheet(*rows: str, merged: tuple[MergedRange, ...] = ()) -> Sheet:
    """A sheet from lines; cells are parted by blanks, ``.`` is an empty one, whole numbers are numbers."""
    def value(text: str) -> Value:
        return None if text == "." else int(text) if text.isdigit() and len(text) < 5 else text.replace("_", " ")

    return Sheet("s", rows=[[value(text) for text in row.split()] for row in rows], merged=merged)


def only(tables: list[Table]) -> Table:
    assert len(tables) == 1
    return tables[0]


def rows(table: Table) -> list[int]:
    return [record.row for record in table.records]


def reasons(table: Table) -> dict[int, NoRecord]:
    return {ignored.row: ignored.reason for ignored in table.ignored}


def test_title_unit_and_date_lines_stand_above() -> None:
    table = only(find_tables(sheet(
        "专家推荐汇总表", "填报单位（盖章）： . 填报日期：2024年5月", "", "序号 姓名 工作单位 职称",
        "1 张三 沈阳大学 教授",
        "2 李四 大连大学 讲师", merged=(MergedRange(1, 1, 1, 4),)), score))
    assert table.header_rows == (4,)
    assert [column.header for column in table.columns] == ["序号", "姓名", "工作单位", "职称"]
    assert rows(table) == [5, 6]
    assert table.records[0].cells == {1: 1, 2: "张三", 3: "沈阳大学", 4: "教授"}
    assert reasons(table) == {1: NoRecord.ABOVE, 2: NoRecord.ABOVE}


def test_two_header_rows_joined_through_wide_and_tall_cells() -> None:
    table = only(find_tables(sheet(
        "名册", "序号 鉴定机构 . 鉴定人 . 备注", ". 名称 许可证号 姓名 执业证号 .", "1 甲鉴定所 A1 张三 B1 .",
        merged=(MergedRange(1, 1, 1, 6), MergedRange(2, 1, 3, 1), MergedRange(2, 2, 2, 3),
                MergedRange(2, 4, 2, 5), MergedRange(2, 6, 3, 6))), score))
    assert table.header_rows == (2, 3)
    assert [column.parts for column in table.columns] == [
        ("序号",), ("鉴定机构", "名称"), ("鉴定机构", "许可证号"), ("鉴定人", "姓名"), ("鉴定人", "执业证号"),
        ("备注",)]
    assert rows(table) == [4]


def test_two_header_rows_whose_merged_cells_were_lost() -> None:
    table = only(find_tables(sheet(
        "序号 基本信息 . . 联系方式 .", ". 姓名 性别 单位 手机 电话", "1 张三 男 沈阳大学 13800138000 ."), score))
    assert table.header_rows == (1, 2)
    assert table.columns[4].parts == ("联系方式", "手机")
    assert table.columns[4].header == "手机"
    assert rows(table) == [3]


def test_three_header_rows() -> None:
    table = only(find_tables(sheet(
        "序号 人员 . . .", ". 基本 . 联系 .", ". 姓名 性别 手机 电话", "1 张三 男 13800138000 .",
        merged=(MergedRange(1, 1, 3, 1), MergedRange(1, 2, 1, 5), MergedRange(2, 2, 2, 3),
                MergedRange(2, 4, 2, 5))), score))
    assert table.header_rows == (1, 2, 3)
    assert table.columns[3].parts == ("人员", "联系", "手机")
    assert rows(table) == [4]


def test_header_and_title_again_on_each_printed_page() -> None:
    table = only(find_tables(sheet(
        "专家名册", "序号 姓名 单位 电话", "1 张三 甲 1", "专家名册", "序号 姓名 单位 电话",
        "2 李四 乙 2", "第1页共2页"), score))
    assert rows(table) == [3, 6]
    assert reasons(table) == {1: NoRecord.ABOVE, 4: NoRecord.TITLE_AGAIN, 5: NoRecord.HEADER_AGAIN,
                              7: NoRecord.PAGE}


def test_a_two_row_header_again_is_no_new_table() -> None:
    table = only(find_tables(sheet(
        "序号 基本信息 . . 联系方式", ". 姓名 性别 单位 手机", "1 张三 男 甲 13800138000",
        "序号 基本信息 . . 联系方式", ". 姓名 性别 单位 手机", "2 李四 男 乙 13800138001"), score))
    assert rows(table) == [3, 6]


def test_totals_notes_signatures_and_numbered_blanks_are_no_people() -> None:
    table = only(find_tables(sheet(
        "序号 姓名 单位 电话 备注", "1 张三 甲 13800138000 .", "小计 1人", "2 李四 乙 . .", "3", "4", "合计：2人",
        "填表人：王五 . 审核人：赵六 . 2024年6月1日", ". . 联系电话：024-1 . .", "注：1.本表一式两份",
        "2.请于5月底前报送", "3、手机号码务必填写"), score))
    assert rows(table) == [2, 4]
    assert set(reasons(table).values()) == {
        NoRecord.TOTAL, NoRecord.NUMBER_ONLY, NoRecord.SIGNATURE, NoRecord.NOTE}
    assert len(table.ignored) == 9


def test_group_rows_are_inherited_without_numbering_and_count() -> None:
    table = only(find_tables(sheet(
        "序号 姓名 单位 技术领域", "一、机械领域（2人）", "1 张三 甲 .", "2 李四 乙 .", "二、电学领域",
        "3 王五 丙 ."), score))
    assert [(record.row, record.group) for record in table.records] == [
        (3, "机械领域"), (4, "机械领域"), (6, "电学领域")]


def test_a_wide_merged_line_between_records_is_a_group() -> None:
    lines = sheet("姓名 单位 电话", "化学", "张三 甲 1", merged=(MergedRange(2, 1, 2, 3),))
    table = only(find_tables(lines, score))
    assert [(record.row, record.group) for record in table.records] == [(3, "化学")]


def test_merged_cells_are_filled_down_and_marked() -> None:
    table = only(find_tables(sheet(
        "序号 单位 姓名 电话", "1 甲大学 张三 1", "2 . 李四 2", "3 . 王五 .", "4 乙大学 赵六 3",
        merged=(MergedRange(2, 2, 4, 2),)), score))
    assert [record.cells.get(2) for record in table.records] == ["甲大学", "甲大学", "甲大学", "乙大学"]
    assert [record.filled for record in table.records] == [frozenset(), {2}, {2}, frozenset()]


def test_a_lone_name_beside_a_tall_cell_is_a_record() -> None:
    table = only(find_tables(sheet("单位 姓名", "甲大学 张三", ". 李四", merged=(MergedRange(2, 1, 3, 1),)), score))
    assert [(record.row, record.cells) for record in table.records] == [
        (2, {1: "甲大学", 2: "张三"}), (3, {1: "甲大学", 2: "李四"})]


def test_a_person_over_two_rows_is_one_record() -> None:
    table = only(find_tables(sheet(
        "序号 姓名 单位 技术领域", "1 张三 甲 机械", ". . . 电子", "2 李四 乙 化工",
        merged=(MergedRange(2, 1, 3, 1), MergedRange(2, 2, 3, 2), MergedRange(2, 3, 3, 3))), score))
    assert [(record.row, record.cells[4]) for record in table.records] == [(2, "机械\n电子"), (4, "化工")]
    assert reasons(table) == {3: NoRecord.CONTINUED}


@pytest.mark.parametrize("mark", ["同上", "〃", '"'])
def test_ditto_marks_take_the_value_above(mark: str) -> None:
    table = only(find_tables(sheet("姓名 单位 电话", "张三 甲 1", f"李四 {mark} 2", f"王五 {mark} 3"), score))
    assert [record.cells[2] for record in table.records] == ["甲", "甲", "甲"]
    assert table.records[2].filled == {2}


def test_sample_rows_are_told_from_people() -> None:
    table = only(find_tables(sheet(
        "序号 姓名 单位 电话", "示例 张三 甲 13800138000", "1 李四 乙 13800138001"), score))
    assert rows(table) == [3]
    assert reasons(table) == {2: NoRecord.SAMPLE}


def test_two_people_side_by_side() -> None:
    table = only(find_tables(sheet(
        "序号 姓名 电话 序号 姓名 电话", "1 张三 10 2 李四 20", "3 王五 30 4 . ."), score))
    assert [column.index for column in table.columns] == [1, 2, 3]
    assert [(record.row, record.slot, record.shift, record.cells[2]) for record in table.records] == [
        (2, 0, 0, "张三"), (2, 1, 3, "李四"), (3, 0, 0, "王五")]


def test_stacked_tables_with_different_headers_are_two() -> None:
    first, second = find_tables(sheet(
        "姓名 单位 电话", "张三 甲 1", "", "姓名 职称 技术领域 备注", "李四 教授 机械 ."), score)
    assert (first.header_rows, rows(first), second.header_rows, rows(second)) == ((1,), [2], (4,), [5])


def test_data_under_no_header_has_a_column_of_its_own() -> None:
    table = only(find_tables(sheet("姓名 单位 电话", "张三 甲 1 退休"), score))
    assert [(column.index, column.header) for column in table.columns][-1] == (4, "")


def test_a_form_and_a_sheet_without_header_give_no_table() -> None:
    assert find_tables(sheet("姓名 张三 性别 男 单位 甲大学", "电话 一二三 职称 教授"), score) == []
    assert find_tables(sheet("苹果 梨 桃", "1 2 3"), score) == []
    assert find_tables(Sheet("leer"), score) == []


def test_a_list_under_one_heading() -> None:
    assert rows(only(find_tables(sheet("姓名", "张三", "李四"), score))) == [2, 3]


def test_the_user_may_point_out_the_header() -> None:
    table = table_at(sheet("甲 乙 丙", "1 2 3"), (1,), score)
    assert ([column.header for column in table.columns], rows(table)) == (["甲", "乙", "丙"], [2])


def test_one_merged_cell_over_the_whole_sheet_costs_nothing() -> None:
    table = only(find_tables(sheet("姓名 单位 电话", "张三 甲 1", merged=(MergedRange(1, 1, 1_048_576, 16_384),)),
                             score))
    assert (rows(table), len(table.columns)) == ([2], 3)
