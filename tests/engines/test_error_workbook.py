"""The error workbook: it shows the sender what is wrong; corrected and imported again it goes on where it stopped."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.details import load_details
from expertpool.experts.drafts import EmploymentDraft, PersonDraft, PhoneDraft
from expertpool.experts.register import edit, register
from expertpool.foundation.problems import UserProblem
from expertpool.importing.batches import batches, undo_batch
from expertpool.importing.cases import import_cases
from expertpool.importing.experts import apply_plan, import_experts, preview_experts
from expertpool.importing.report import write_report
from expertpool.importing.waiting import waiting_rows
from expertpool.pool import ExpertPool
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.sheet_layout import SheetLayout
from expertpool.spreadsheets.sheet_style import style
from expertpool.spreadsheets.writing import write_workbook
from tests.engines.test_merge import everything, listings

HEADS = ["序号", "姓名", "性别", "出生年月", "工作单位", "职称", "专业特长", "手机", "身份证号", "类别", "自填栏"]
GOOD = ["9", "何全", "男", "1970-01-02", "浑河理工大学", "教授", "焊接", "13800000009", "110101197001020011", "", ""]
ROWS: list[list[Any]] = [
    ["1", "王新宇", "男", "1978.05", "浑河理工大学", "教授", "移动机器人、步态控制", "1380000000", "110101197805120018", "技术调查官", "甲"],
    ["2", "李 娜", "女", "1985年3月", "棋盘山研究院", "高级工程师", "高分子材料", "138-0000-0002", "11010519491231002X", "技术咨询专家", ""],
    ["3", "", "男", "1970", "无名单位", "", "", "", "110101197001010016", "", ""],
    GOOD,
    ["5", "赵启明", "男", "1990-13", "示例自动化研究所", "工程师", "", "13800000005", 2.10102197805123e17, "", ""],
]
FIRST = 4  # row of the first person in the roster


def roster(path: Path, rows: list[list[Any]] = ROWS) -> Path:
    write_workbook(path, [SheetLayout("名单", HEADS, rows, title="推荐汇总表", subtitle="填报单位：浑河理工大学")])
    return path


class Correction:
    """An error workbook opened to be corrected, as its sender would."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[0]
        self.head = next(row for row in range(1, 10) if self.sheet.cell(row, 2).value == "序号")
        self.heads = [cell.value for cell in self.sheet[self.head]]

    def rows(self) -> list[str]:
        return [self.sheet.cell(row, 1).value for row in range(self.head + 1, self.sheet.max_row + 1)]

    def cell(self, original: str | int, head: str) -> Any:
        return self.sheet.cell(self.head + 1 + self.rows().index(str(original)), self.heads.index(head) + 1)

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


def people(pool: ExpertPool) -> dict[str, Any]:
    with pool.read() as session:
        return {detail.name: detail for detail in load_details(session, sorted(people_ids(pool, PeopleQuery())), revealed=True)}


def came_in(pool: ExpertPool, folder: Path, rows: list[list[Any]] = ROWS) -> Correction:
    """Import a roster with errors and open its error workbook."""
    import_experts(pool, [roster(folder / "推荐表.xlsx", rows)], report=folder / "错误表.xlsx")
    return Correction(folder / "错误表.xlsx")


def test_the_workbook_shows_what_is_wrong(pool: ExpertPool, tmp_path: Path) -> None:
    pool.set_setting("court", {"name": "沈阳市中级人民法院"})
    sent = came_in(pool, tmp_path)
    assert sent.heads == ["Original row", *HEADS, "What is wrong"]
    assert sent.rows() == ["4", "5", "6", "8"]  # not the good one
    sheet = sent.sheet
    assert "推荐表.xlsx" in sheet["A1"].value
    assert "名单" in sheet["A1"].value
    assert "沈阳市中级人民法院" in sheet["A2"].value
    assert "2026-11-22" in sheet["A2"].value
    assert sheet.freeze_panes == f"A{sent.head + 1}"
    assert sheet.auto_filter.ref == f"A{sent.head}:M{sheet.max_row}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == f"${sent.head}:${sent.head}"
    tones = {tone: "FF" + style()["tones"][tone].lstrip("#") for tone in ("error", "warning")}
    lost, birth, name = sent.cell(8, "身份证号"), sent.cell(5, "出生年月"), sent.cell(6, "姓名")
    assert (lost.fill.fgColor.rgb, birth.fill.fgColor.rgb, name.fill.fgColor.rgb) == (
        tones["error"], tones["warning"], tones["error"])
    assert "last digits are lost" in lost.comment.text
    assert name.comment.text.startswith("There is no name in this row.")
    assert (lost.value, lost.number_format, lost.data_type) == ("2.10102197805123e+17", "@", "s")
    assert sent.cell(4, "手机").number_format == "@"
    assert sent.cell(4, "自填栏").value == "甲"
    reason = sent.cell(8, "What is wrong")
    assert reason.value.count("\n") == 1
    assert "身份证号: The identity number was stored as a number" in reason.value
    assert reason.alignment.wrap_text
    assert sheet.column_dimensions["M"].width >= 60
    assert sheet.row_dimensions[reason.row].height >= 4 * style()["line_height"]
    assert sent.cell(4, "姓名").fill.fgColor.rgb not in tones.values()


def test_corrected_it_goes_on_where_it_stopped(pool: ExpertPool, tmp_path: Path) -> None:
    sent = came_in(pool, tmp_path)
    (batch,) = batches(pool)
    assert sorted(people(pool)) == ["何全", "李娜", "王新宇", "赵启明"]
    sent.cell(4, "手机").value = "13800000001"
    sent.cell(5, "出生年月").value = "1949-12-31"
    sent.cell(6, "姓名").value = "周新"
    sent.cell(8, "身份证号").value = "110101199012010010"
    sent.cell(8, "出生年月").value = 199012
    sent.cell(8, "工作单位").value = "示例机械研究所"
    path = sent.save(tmp_path / "改好.xlsx")
    plan = preview_experts(pool, [path])
    assert [column.field for column in plan.files[0].sheets[0].columns][:3] == ["ignore", "name", "gender"]
    assert [(row.file, row.sheet, row.row, row.decision) for row in plan.rows()] == [
        ("推荐表.xlsx", "名单", 4, "update"), ("推荐表.xlsx", "名单", 5, "update"), ("推荐表.xlsx", "名单", 6, "create"),
        ("推荐表.xlsx", "名单", 8, "update")]
    assert {row.row: row.edited for row in plan.rows()} == {4: {8}, 5: {4}, 6: {2}, 8: {4, 5, 9}}
    report = apply_plan(pool, plan)
    assert report.counts == {"rows": 4, "created": 1, "updated": 3, "unchanged": 0, "duplicates": 0, "rejected": 0}
    found = people(pool)
    assert sorted(found) == ["何全", "周新", "李娜", "王新宇", "赵启明"]
    assert [phone["number"] for phone in found["王新宇"].children["phones"]] == ["13800000001"]
    assert found["李娜"].values["birth"] == "1949-12-31"
    assert (found["赵启明"].values["id_number"], found["赵启明"].values["birth"]) == ("110101199012010010", "1990-12")
    assert [job["employer"] for job in found["赵启明"].children["employments"]] == ["示例机械研究所"]
    assert found["王新宇"].values["more"] == {"自填栏": "甲"}
    places = {name: [(source["file"], source["sheet"], source["row"], source["fields"]["name"]) for source in detail.sources]
              for name, detail in found.items()}
    assert places["何全"] == [("推荐表.xlsx", "名单", 7, "B7")]
    assert places["周新"] == [("推荐表.xlsx", "名单", 6, "B6"), ("改好.xlsx", "名单", sent.head + 3, f"C{sent.head + 3}")]
    assert places["王新宇"] == [("推荐表.xlsx", "名单", 4, "B4"), ("改好.xlsx", "名单", sent.head + 1, f"C{sent.head + 1}")]
    state = pool.state()
    for again in (path, tmp_path / "推荐表.xlsx"):
        report_again = import_experts(pool, [again])
        assert (report_again["created"], report_again["updated"], report_again["duplicates"]) == (0, 0, 0)
    assert pool.state() == state
    _changes, done = undo_batch(pool, report.batch)
    assert done.spared == ()
    assert sorted(people(pool)) == ["何全", "李娜", "王新宇", "赵启明"]
    assert not next(one for one in batches(pool) if one.uid == batch.uid).undone


def test_nothing_corrected_changes_nothing(pool: ExpertPool, tmp_path: Path) -> None:
    came_in(pool, tmp_path)
    before, listed, state = everything(pool), listings(pool), pool.state()
    report = import_experts(pool, [tmp_path / "错误表.xlsx"])
    assert (report["rows"], report["unchanged"], report["rejected"]) == (4, 3, 1)
    assert (everything(pool), listings(pool), pool.state()) == (before, listed, state)


def test_a_second_round_and_a_wrong_value_taken_out(pool: ExpertPool, tmp_path: Path) -> None:
    """Errors that stay come back in the next error workbook, with the rows of the first file."""
    sent = came_in(pool, tmp_path)
    sent.cell(4, "手机").value = "13800001"  # wrong again
    sent.cell(5, "手机").value = None
    sent.cell(5, "姓名").value = "李娜娜"
    import_experts(pool, [sent.save(tmp_path / "改一.xlsx")], report=tmp_path / "错误表2.xlsx")
    found = people(pool)
    assert sorted(found) == ["何全", "李娜娜", "王新宇", "赵启明"]
    assert found["李娜娜"].children["phones"] == []
    again = Correction(tmp_path / "错误表2.xlsx")
    assert "推荐表.xlsx" in again.sheet["A1"].value
    assert again.rows() == ["4", "5", "6", "8"]
    again.cell(4, "手机").value = "13800000001"
    again.cell(6, "姓名").value = "周新"
    report = import_experts(pool, [again.save(tmp_path / "改二.xlsx")])
    assert (report["created"], report["updated"], report["unchanged"]) == (1, 1, 2)
    found = people(pool)
    assert [phone["number"] for phone in found["王新宇"].children["phones"]] == ["13800000001"]
    assert sorted(found) == ["何全", "周新", "李娜娜", "王新宇", "赵启明"]


def test_what_was_changed_in_the_pool_since_stays(pool: ExpertPool, tmp_path: Path) -> None:
    sent = came_in(pool, tmp_path)
    known = people(pool)["王新宇"]
    edit(pool, known.uid, known.draft().model_copy(update={"title": "研究员", "email": "wang@example.cn"}), known.version)
    sent.cell(4, "手机").value = "13800000001"
    import_experts(pool, [sent.save(tmp_path / "改好.xlsx")])
    now = people(pool)["王新宇"]
    assert (now.values["title"], now.values["email"]) == ("研究员", "wang@example.cn")
    assert [phone["number"] for phone in now.children["phones"]] == ["13800000001"]


def test_before_anything_was_written_the_corrected_rows_are_new(pool: ExpertPool, tmp_path: Path) -> None:
    plan = preview_experts(pool, [roster(tmp_path / "推荐表.xlsx")])
    write_report(plan, tmp_path / "错误表.xlsx")
    sent = Correction(tmp_path / "错误表.xlsx")
    sent.cell(6, "姓名").value = "周新"
    report = import_experts(pool, [sent.save(tmp_path / "改好.xlsx")])
    assert (report["rows"], report["created"]) == (4, 4)
    report = import_experts(pool, [tmp_path / "推荐表.xlsx"])  # the good row comes with the file itself
    assert (report["created"], report["unchanged"], report["rejected"]) == (1, 3, 1)


def test_rows_moved_deleted_added_and_columns_moved(pool: ExpertPool, tmp_path: Path) -> None:
    sent = came_in(pool, tmp_path)
    sheet = sent.sheet
    sent.cell(8, "手机").value = "13800000055"
    moved = [cell.value for cell in sheet[sent.head + 4]]
    sheet.delete_rows(sent.head + 3, 2)  # 6 and 8
    sheet.insert_rows(sent.head + 1)
    for place, value in enumerate(moved, 1):
        sheet.cell(sent.head + 1, place).value = value
    sheet.append([None, "7", "新添人", "女", "1980-01", "新单位", "", "", "13800000077", "", "", "", ""])
    sheet.insert_cols(3)  # an empty column before the names
    report = import_experts(pool, [sent.save(tmp_path / "改好.xlsx")])
    assert (report["rows"], report["created"], report["updated"], report["unchanged"]) == (4, 1, 1, 2)
    found = people(pool)
    assert sorted(found) == ["何全", "新添人", "李娜", "王新宇", "赵启明"]
    assert [phone["number"] for phone in found["赵启明"].children["phones"]] == ["13800000055"]
    assert [(source["file"], source["fields"]["name"]) for source in found["新添人"].sources] == [
        ("改好.xlsx", f"D{sheet.max_row}")]


def test_a_waiting_row_is_decided_as_corrected(pool: ExpertPool, tmp_path: Path) -> None:
    register(pool, PersonDraft(name="赵启明", employments=[EmploymentDraft(employer="示例自动化研究所")]))
    sent = came_in(pool, tmp_path)
    assert [row.draft.name for row in waiting_rows(pool)] == ["赵启明"]
    sent.cell(8, "出生年月").value = "1990-12"
    path = sent.save(tmp_path / "改好.xlsx")
    import_experts(pool, [path])
    (waiting,) = waiting_rows(pool)
    assert waiting.draft.birth == "1990-12"
    assert (waiting.file, waiting.row) == ("推荐表.xlsx", 8)
    state = pool.state()
    import_experts(pool, [path])
    assert pool.state() == state
    sent.cell(8, "工作单位").value = "别处"
    sent.cell(8, "手机").value = "13800000088"
    import_experts(pool, [sent.save(tmp_path / "又改.xlsx")])
    assert len(waiting_rows(pool)) + len(people(pool)) == 5


def test_two_people_in_one_row_and_two_sheets(pool: ExpertPool, tmp_path: Path) -> None:
    heads = ["姓名", "手机", "工作单位"] * 2
    rows = [["王新宇", "1380000", "浑河理工大学", "李娜", "1380001", "棋盘山研究院"],
            ["", "13800000003", "某所", "赵启明", "13800000004", "某所"]]
    path = tmp_path / "两栏.xlsx"
    write_workbook(path, [SheetLayout("甲", heads, rows, text_columns=frozenset({2, 5})),
                          SheetLayout("乙", HEADS, ROWS[2:3])])
    import_experts(pool, [path], report=tmp_path / "错误表.xlsx")
    book = openpyxl.load_workbook(tmp_path / "错误表.xlsx")
    first, second = book["甲"], book["乙"]
    head = next(row for row in range(1, 10) if first.cell(row, 2).value == "姓名")
    assert [first.cell(row, 1).value for row in range(head + 1, first.max_row + 1)] == ["2", "2 (2)", "3"]
    first.cell(head + 1, 3).value, first.cell(head + 2, 3).value = "13800000001", "13800000002"
    first.cell(head + 3, 2).value = "钱好"
    second.cell(second.max_row, 3).value = "周新"
    book.save(tmp_path / "改好.xlsx")
    report = import_experts(pool, [tmp_path / "改好.xlsx"])
    assert (report["rows"], report["created"], report["updated"]) == (4, 2, 2)
    assert {name: [phone["number"] for phone in detail.children["phones"]] for name, detail in people(pool).items()} == {
        "王新宇": ["13800000001"], "李娜": ["13800000002"], "赵启明": ["13800000004"], "钱好": ["13800000003"], "周新": []}


def test_hostile_texts_stay_texts(pool: ExpertPool, tmp_path: Path) -> None:
    hostile = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1;1)", "=HYPERLINK(\"http://example.cn\",\"x\")", "http://example.cn/a",
               "\t=1+1", "＝1+1", "=" * 300]
    rows = [[str(number), "", "", "", text, text, text, text, text, text, text] for number, text in enumerate(hostile)]
    rows.append(["99", "=李娜", "男", "", "@单位", "", "", "", "=110101", "", "+x"])
    path = tmp_path / "=cmd名单.xlsx"
    write_workbook(path, [SheetLayout("=名单", HEADS, rows)])
    import_experts(pool, [path], report=tmp_path / "错误表.xlsx")
    book = openpyxl.load_workbook(tmp_path / "错误表.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 80
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    guarded = [cell for cell in cells if str(cell.value)[0] in "=+-@＝" and cell.parent.sheet_state == "visible"]
    assert len(guarded) >= 50
    assert all(cell.quotePrefix for cell in guarded)


def test_only_for_the_kind_it_is_of_and_damaged_marks_are_no_marks(pool: ExpertPool, tmp_path: Path) -> None:
    sent = came_in(pool, tmp_path)
    with pytest.raises(UserProblem) as refused:
        import_cases(pool, [tmp_path / "错误表.xlsx"])
    assert refused.value.code == "import.returned_kind"
    marks = sent.book["_returns"]
    assert marks.sheet_state == "veryHidden"
    marks.cell(4, 3).value = "{broken"
    plan = preview_experts(pool, [sent.save(tmp_path / "坏.xlsx")])  # still a table that can be read
    assert [row.file for row in plan.rows()] == ["坏.xlsx"] * 4
    fields = {column.header: column.field for column in plan.files[0].sheets[0].columns}
    assert (fields["Original row"], fields["What is wrong"], fields["姓名"]) == ("ignore", "ignore", "name")


def test_a_docket_comes_back_too(pool: ExpertPool, tmp_path: Path) -> None:
    path = tmp_path / "案件.xlsx"
    write_workbook(path, [SheetLayout("案件", ["案号", "案由", "原告", "被告", "立案日期"], [
        ["(2026)辽01知民初418号", "侵害发明专利权纠纷", "甲公司", "乙公司", "2026-03-01"],
        ["", "侵害实用新型专利权纠纷", "丙公司", "丁公司", "2026-05-01"]])])
    import_cases(pool, [path], report=tmp_path / "错误表.xlsx")
    book = openpyxl.load_workbook(tmp_path / "错误表.xlsx")
    sheet = book.worksheets[0]
    assert sheet.cell(sheet.max_row, 1).value == "3"
    sheet.cell(sheet.max_row, 2).value = "(2026)辽01知民初419号"
    book.save(tmp_path / "改好.xlsx")
    report = import_cases(pool, [tmp_path / "改好.xlsx"])
    assert (report["rows"], report["created"]) == (1, 1)
    report = import_cases(pool, [tmp_path / "改好.xlsx"])
    assert (report["rows"], report["unchanged"]) == (1, 1)


def test_no_problem_no_row(pool: ExpertPool, tmp_path: Path) -> None:
    import_experts(pool, [roster(tmp_path / "a.xlsx", [GOOD])], report=tmp_path / "错误表.xlsx")
    book = read_workbook(tmp_path / "错误表.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["Problems"]
    register(pool, PersonDraft(name="别人", phones=[PhoneDraft(number="13800000001")]))
