"""Rosters into the pool on both engines: every row accounted for, nothing twice, a way back."""

from pathlib import Path
from typing import Any

import pytest

from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.details import load_details, person_detail
from expertpool.experts.drafts import EmploymentDraft, PersonDraft, PhoneDraft
from expertpool.experts.register import register
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.progress import Cancelled, Progress
from expertpool.importing.cases import import_cases
from expertpool.importing.experts import apply_plan, import_experts, preview_experts
from expertpool.pool import ExpertPool
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.sheet_layout import SheetLayout
from expertpool.spreadsheets.writing import write_workbook

HEADS = ["序号", "姓名", "性别", "出生年月", "工作单位", "职称", "专业特长", "手机", "身份证号", "类别", "聘期"]
ROWS = [
    ["1", "王新宇", "男", "1978.05", "浑河理工大学", "教授", "移动机器人、步态控制", "13800000001", "", "技术调查官",
     "2024-03-01至2027-02-28"],
    ["2", "李 娜", "女", "1985年3月", "棋盘山研究院", "高级工程师", "高分子材料", "138-0000-0002",
     "11010519491231002X", "技术咨询专家", ""],
    ["3", "", "男", "1970", "无名单位", "", "", "", "", "", ""],
]


def roster(path: Path, rows: list[list[Any]] = ROWS, heads: list[str] = HEADS) -> Path:
    write_workbook(path, [SheetLayout("名单", heads, rows, title="推荐汇总表", subtitle="填报单位：浑河理工大学",
                                      text_columns=frozenset({8, 9}), notes=["注：请于月底前报送。"])])
    return path


def balance(report: dict[str, Any]) -> None:
    assert report["rows"] == sum(report[name] for name in ("created", "updated", "unchanged", "duplicates", "rejected"))


def names(pool: ExpertPool) -> list[str]:
    return sorted(row.name for row in people_rows(pool, people_ids(pool, PeopleQuery())))


def test_a_roster_comes_in_with_its_sources(pool: ExpertPool, tmp_path: Path) -> None:
    report = import_experts(pool, [roster(tmp_path / "推荐表.xlsx")])
    balance(report)
    assert (report["created"], report["rejected"]) == (2, 1)
    assert names(pool) == ["李娜", "王新宇"]
    row = next(r for r in people_rows(pool, people_ids(pool, PeopleQuery(search="王新宇"))))
    detail = person_detail(pool, row.uid, revealed=True)
    assert detail.values["birth"] == "1978-05"
    assert detail.values["title_level"] == "senior"
    assert [(r["role"], r["start"], r["end"]) for r in detail.children["roles"]] == [
        ("technical_investigator", "2024-03-01", "2027-02-28")]
    assert [p["number"] for p in detail.children["phones"]] == ["13800000001"]
    (source,) = detail.sources
    assert (source["file"], source["sheet"], source["row"]) == ("推荐表.xlsx", "名单", 4)
    assert source["fields"]["name"] == "B4"
    assert row.fields[0] in ("G05D", "W12", "B25J")
    codes = {problem.code for problem in report["problems"]}
    assert "name_missing" in codes
    assert "birth_id_mismatch" in codes


def test_twice_is_once(pool: ExpertPool, tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx")
    import_experts(pool, [path])
    state = pool.state()
    again = import_experts(pool, [path])
    balance(again)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)
    assert pool.state() == state


def test_a_dry_run_writes_nothing(pool: ExpertPool, tmp_path: Path) -> None:
    report = import_experts(pool, [roster(tmp_path / "a.xlsx")], dry_run=True, report=tmp_path / "problems.xlsx")
    assert report["created"] == 2
    assert pool.counts()["experts"] == 0
    sheet = read_workbook(tmp_path / "problems.xlsx").sheets[0]
    assert any(str(row[0]) == "6" for row in sheet.rows if row)


def test_known_people_are_updated_and_doubtful_ones_asked(pool: ExpertPool, tmp_path: Path) -> None:
    register(pool, PersonDraft(name="王新宇", phones=[PhoneDraft(number="13800000001")],
                               employments=[EmploymentDraft(employer="旧单位")], title="副教授"))
    register(pool, PersonDraft(name="李娜", employments=[EmploymentDraft(employer="棋盘山研究院")]))
    path = roster(tmp_path / "a.xlsx")
    report = import_experts(pool, [path])
    balance(report)
    assert (report["created"], report["updated"], report["duplicates"]) == (0, 1, 1)
    with pool.read() as session:
        detail = load_details(session, list(people_ids(pool, PeopleQuery(search="王新宇"))), revealed=True)[0]
    assert detail.values["title"] == "教授"
    assert [(job["employer"], job["current"]) for job in detail.children["employments"]] == [
        ("浑河理工大学", True), ("旧单位", False)]
    merged = import_experts(pool, [path], duplicates="merge")
    assert (merged["updated"], merged["duplicates"]) == (1, 0)
    assert names(pool) == ["李娜", "王新宇"]


def test_the_whole_batch_can_be_undone(pool: ExpertPool, tmp_path: Path) -> None:
    register(pool, PersonDraft(name="王新宇", phones=[PhoneDraft(number="13800000001")], title="副教授"))
    with pool.read() as session:
        before = load_details(session, list(people_ids(pool, PeopleQuery())), revealed=True)[0].draft()
    import_experts(pool, [roster(tmp_path / "a.xlsx")])
    pool.undo_last()
    with pool.read() as session:
        (after,) = load_details(session, list(people_ids(pool, PeopleQuery())), revealed=True)
    assert after.draft() == before
    assert after.sources == []


def test_a_cancelled_import_leaves_the_pool_as_it_was(pool: ExpertPool, tmp_path: Path) -> None:
    plan = preview_experts(pool, [roster(tmp_path / "a.xlsx")])
    progress = Progress()
    progress.stop.set()
    with pytest.raises(Cancelled):
        apply_plan(pool, plan, progress=progress)
    assert pool.counts()["experts"] == 0
    assert pool.state() == 0


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a table", b"PK\x03\x04 cut off"])
def test_what_is_no_table_changes_nothing(pool: ExpertPool, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserProblem) as refused:
        import_experts(pool, [path])
    assert refused.value.code.startswith("spreadsheets.")
    assert refused.value.text != refused.value.code
    assert pool.state() == 0


def test_a_list_without_headings_is_refused(pool: ExpertPool, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("天气,温度\n晴,21\n雨,15\n", encoding="utf-8")
    with pytest.raises(UserProblem) as refused:
        import_experts(pool, [path])
    assert refused.value.code == "import.nothing"


def test_every_development_roster_comes_in(pool: ExpertPool, rosters: Path) -> None:
    for path in sorted(rosters.iterdir()):
        if path.suffix in (".xlsx", ".xls", ".csv"):
            report = import_experts(pool, [path])
            balance(report)
            assert (report["rows"], report["rejected"]) == (120, 0)


def test_cases_come_in_and_are_linked(pool: ExpertPool, tmp_path: Path) -> None:
    path = tmp_path / "docket.xlsx"
    heads = ["案号", "案由", "原告", "被告", "原告代理人", "技术争议焦点", "IPC", "立案日期", "原审案号"]
    write_workbook(path, [SheetLayout("案件", heads, [
        ["（2026）辽01知民初418号", "侵害发明专利权纠纷", "沈阳步云机器人有限公司", "甲公司、乙公司", "刘一（北陵示例律师事务所）",
         "轮腿复合移动机器人", "B62D 57/032", "2026-03-01", ""],
        ["(2026)最高法知民终77号", "侵害发明专利权纠纷", "甲公司", "沈阳步云机器人有限公司", "", "", "B62D 57/032", "2026-09-01",
         "(2026)辽01知民初418号"],
        ["", "侵害实用新型专利权纠纷", "丙公司", "丁公司", "", "无号案件", "", "2026-05-01", ""]])])
    report = import_cases(pool, [path])
    balance(report)
    assert (report["created"], report["rejected"]) == (2, 1)
    from expertpool.cases.details import case_detail

    detail = case_detail(pool, "(2026)辽01知民初418号")
    assert [(p["side"], p["name"]) for p in detail.parties] == [
        ("plaintiff", "沈阳步云机器人有限公司"), ("defendant", "甲公司"), ("defendant", "乙公司")]
    assert detail.parties[0]["agents"][0] == {"name": "刘一", "kind": "lawyer", "firm": "北陵示例律师事务所", "relation": ""}
    assert detail.patents[0]["ipc"] == ["B62D 57/032"]
    assert len(detail.lineage) == 2
    again = import_cases(pool, [path])
    assert (again["unchanged"], again["updated"]) == (2, 0)


def test_an_import_of_cases_is_taken_back_whole_or_not_at_all(pool: ExpertPool, tmp_path: Path) -> None:
    from expertpool.cases.browse import CaseQuery, case_ids
    from expertpool.cases.details import case_detail
    from expertpool.cases.docket import edit_case
    from expertpool.importing.batches import batches, undo_batch, undo_preview

    path = tmp_path / "收案登记.xlsx"
    write_workbook(path, [SheetLayout("收案", ["案号", "案由", "原告", "被告"], [
        ["(2026)辽01知民初1号", "侵害发明专利权纠纷", "浑河研究所", "云岭公司"],
        ["(2026)辽01知民初2号", "侵害发明专利权纠纷", "浑河研究所", "棋盘山公司"]])])
    first = import_cases(pool, [path])["batch"]
    assert undo_preview(pool, first).removes == 2
    assert undo_batch(pool, first)[1].removes == 2
    assert len(case_ids(pool, CaseQuery())) == 0
    assert batches(pool) == []
    second = import_cases(pool, [path])["batch"]
    detail = case_detail(pool, "(2026)辽01知民初1号")
    edit_case(pool, detail.uid, detail.draft().model_copy(update={"judge": "林某"}))
    with pytest.raises(UserProblem) as refused:
        undo_batch(pool, second)
    assert refused.value.code == "undo.later"
    assert len(case_ids(pool, CaseQuery())) == 2


def test_all_or_nothing_writes_nothing_while_a_row_is_rejected(pool: ExpertPool, tmp_path: Path) -> None:
    with pytest.raises(UserProblem) as refused:
        import_experts(pool, [roster(tmp_path / "名单.xlsx")], whole=True)
    assert refused.value.code == "import.not_whole"
    assert pool.counts()["experts"] == 0
    assert import_experts(pool, [roster(tmp_path / "名单.xlsx", ROWS[:2])], whole=True)["created"] == 2
