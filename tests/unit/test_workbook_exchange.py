"""The pool workbook: everything out and in again, known rows known again, hidden numbers safe."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from expertpool.assignments.tables import Assignment, AssignmentEvent
from expertpool.cases.docket import enter
from expertpool.cases.drafts import AgentDraft, CaseDraft, CaseFieldDraft, PartyDraft, PatentDraft
from expertpool.declarations.tables import Declaration
from expertpool.experts.drafts import (
    AchievementDraft,
    EmploymentDraft,
    FieldDraft,
    InterestDraft,
    LicenceDraft,
    PersonDraft,
    PhoneDraft,
    RoleDraft,
    UnavailabilityDraft,
)
from expertpool.experts.register import register_many
from expertpool.experts.tables import Evaluation, Person, Phone
from expertpool.foundation.problems import UserProblem
from expertpool.organisations.register import add_alias, link
from expertpool.pool import ExpertPool
from expertpool.rules.vocabulary import code_of
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.sheet_layout import SheetLayout
from expertpool.spreadsheets.writing import write_workbook
from expertpool.storage.records import entity
from expertpool.workbook.incoming import read_pool_workbook
from expertpool.workbook.outgoing import choices_of
from expertpool.workbook.sheets import sheets, shown_sheets
from expertpool.workbook.workbook import export_pool, import_pool

FIRST, SECOND = "(2025)辽01知民初18号", "(2026)最高法知民终7号"


def fill(pool: Any) -> None:
    """One person with everything, a namesake, two linked cases, an assignment with its history."""
    full = PersonDraft(
        name="安亦舟", former_name="安舟", gender="男", birth="1978-05", ethnicity="满族", party="01",
        id_kind="resident_id", id_number="210199197805123014", email="an@example.cn", education="doctorate",
        degree="doctor", school="浑河理工大学", major="机械工程", title="教授", title_level="senior", case_cap=4,
        bank_account="6222020200112341234", experience="第一行\n第二行；=1+1", more={"回避声明": "无", "行": [1, 2]},
        phones=[PhoneDraft(number="13800000001"), PhoneDraft(kind="work", number="024-80000001")],
        roles=[RoleDraft(role="technical_investigator", mode="part_time", start="2024-01", end="2026-12-31"),
               RoleDraft(role="technical_consultant", state="expired", end="2023")],
        employments=[EmploymentDraft(employer="浑河理工大学", department="机械学院", employer_kind="university"),
                     EmploymentDraft(employer="云岭机器人股份有限公司", end="2024-06", current=False)],
        fields_=[FieldDraft(code="B25J", main=True), FieldDraft(code="G05B 19/418", words="机器人")],
        specialties=["机器人控制", "谐波减速器", "机器人控制"],
        licences=[LicenceDraft(kind="知识产权鉴定", number="210199005008", until="2027-05-31")],
        interests=[InterestDraft(kind="relative", relation="spouse", name="柏书宁", id_number="210199198001012028"),
                   InterestDraft(kind="case_role", relation="expert_assistant", name=FIRST),
                   InterestDraft(kind="holding", unit="云岭机器人股份有限公司", unlisted=False)],
        unavailable=[UnavailabilityDraft(start="2026-11-01", end="2026-12-01", reason="abroad")],
        achievements=[AchievementDraft(kind="论文", text="机器人柔顺控制", date="2020")])
    case = CaseDraft(
        number=FIRST, cause="侵害发明专利权纠纷", issue="柔轮齿形是否等同", city="沈阳", filed_on="2025-03-02",
        parties=[PartyDraft(side="plaintiff", name="云岭机器人股份有限公司", legal_representative="陶乐山",
                            agents=[AgentDraft(name="林知夏", firm="示例律师事务所"),
                                    AgentDraft(name="石静", kind="patent_attorney", firm="示例专利代理事务所")]),
                 PartyDraft(side="defendant", name="祁连", kind="person", id_number="210199197001011018")],
        patents=[PatentDraft(number="ZL202010000001.6", title="谐波减速器", ipc=["F16H 49/00"],
                             inventors=["甲;乙", "丙"], patentees=["云岭机器人股份有限公司"])],
        fields_=[CaseFieldDraft(code="F16H", main=True)])
    with pool.write("register") as transaction:
        people = register_many(transaction, [full, PersonDraft(name="安亦舟", employments=[EmploymentDraft(
            employer="棋盘山农业科学研究院")])], ["0197a000-0000-7000-8000-000000000001",
                                               "0197a000-0000-7000-8000-000000000002"])
        cases = enter(transaction, [case, CaseDraft(number=SECOND, original_number=FIRST)])
        first = Assignment(court_case_id=cases[0], person_id=people[0], role="technical_investigator",
                           state="replaced", duties=["advice", "opinion"], appointed_on="2025-04-01")
        transaction.add(first)
        transaction.add(Assignment(court_case_id=cases[0], person_id=people[1], role="technical_consultant",
                                   replaces_id=first.id))
        transaction.add(AssignmentEvent(assignment_id=int(first.id or 0), on="2025-04-01", to_state="appointed", actor="a"))
        transaction.add(Evaluation(person_id=people[0], assignment_id=first.id, grade="excellent", score=4.5))
        transaction.add(Declaration(person_id=people[0], court_case_id=cases[0], signed_on="2025-04-02"))
        merged = transaction.get(Person, people[1])
        merged.state, merged.merged_into_id = "merged", people[0]
    add_alias(pool, "云岭机器人股份有限公司", "云岭机器人", source="年报")
    link(pool, "云岭控股集团有限公司", "云岭机器人股份有限公司", kind="controls")


def content(path: Path) -> dict[str, list[list[Any]]]:
    """The cells of every sheet but the explanation."""
    return {sheet.name: sheet.rows for sheet in read_workbook(path).sheets if sheet.name != "说明"}


def other_pool(tmp_path: Path) -> ExpertPool:
    return ExpertPool.open(tmp_path / "other.expertpool")


def test_what_goes_out_comes_in_again(pool: Any, tmp_path: Path) -> None:
    fill(pool)
    counts = export_pool(pool, tmp_path / "a.xlsx", reveal_reason="备份")
    assert (counts["experts"], counts["cases"], counts["agents"], counts["case_links"]) == (2, 2, 2, 1)
    before = content(tmp_path / "a.xlsx")
    assert before["专家"][1][9] == "210199197805123014"
    with other_pool(tmp_path) as other:
        report = import_pool(other, tmp_path / "a.xlsx")
        assert report["problems"] == []
        assert (report["rows"], report["created"]) == (sum(counts.values()), sum(counts.values()))
        export_pool(other, tmp_path / "b.xlsx", reveal_reason="核对")
    assert content(tmp_path / "b.xlsx") == before


def test_into_this_engine(pool: Any, tmp_path: Path) -> None:
    with other_pool(tmp_path) as other:
        fill(other)
        export_pool(other, tmp_path / "a.xlsx", reveal_reason="备份")
    assert import_pool(pool, tmp_path / "a.xlsx")["rejected"] == 0
    export_pool(pool, tmp_path / "b.xlsx", reveal_reason="核对")
    assert content(tmp_path / "a.xlsx") == content(tmp_path / "b.xlsx")
    state = pool.state()
    again = import_pool(pool, tmp_path / "a.xlsx")
    assert again["unchanged"] == again["rows"] > 40
    assert pool.state() == state


def test_hidden_numbers_destroy_nothing(pool: Any, tmp_path: Path) -> None:
    fill(pool)
    export_pool(pool, tmp_path / "full.xlsx", reveal_reason="备份")
    export_pool(pool, tmp_path / "masked.xlsx")
    masked = content(tmp_path / "masked.xlsx")
    assert masked["专家"][1][9] == "21****************"
    assert not any("13800000001" in str(row) or "197805123" in str(row) for rows in masked.values() for row in rows)
    report = import_pool(pool, tmp_path / "masked.xlsx")
    assert report["unchanged"] == report["rows"]
    assert {problem.code for problem in report["problems"]} == {"exchange.masked"}
    export_pool(pool, tmp_path / "after.xlsx", reveal_reason="核对")
    assert content(tmp_path / "after.xlsx") == content(tmp_path / "full.xlsx")
    with other_pool(tmp_path) as other:
        assert import_pool(other, tmp_path / "masked.xlsx")["rejected"] == 2  # the two phones
        with other.read() as session:
            assert session.scalars(select(Phone.number)).all() == []
            assert set(session.scalars(select(Person.id_number))) == {""}


def book(path: Path, **content_: list[list[Any]]) -> Path:
    """A workbook as people fill it in: sheet name → heads and rows."""
    write_workbook(path, [SheetLayout(name, rows[0], rows[1:]) for name, rows in content_.items()])
    return path


def test_a_sheet_of_experts_alone_is_enough(pool: Any, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 专家=[
        ["姓名", "工作单位", "职务", "手机", "专家类别", "聘期起", "聘期止", "专业特长", "IPC分类号", "回避单位",
         "出生年月"],
        ["安亦舟", "浑河理工大学", "系主任", 13800000001, "技术调查官；技术咨询专家", "2024.1", "2026-12-31",
         "机器人控制；精密传动", "B25J；Q99Z", "云岭机器人股份有限公司", 1978]])
    report = import_pool(pool, path)
    assert (report["rows"], report["created"], report["rejected"]) == (1, 1, 0)
    assert [problem.code for problem in report["problems"]] == ["exchange.field_left_out"]
    again = import_pool(pool, path)
    assert (again["unchanged"], again["rows"]) == (1, 1)
    renewed = import_pool(pool, book(tmp_path / "c.xlsx", 专家=[
        ["姓名", "工作单位", "专家类别", "聘期起", "聘期止"],
        ["安亦舟", "浑河理工大学", "技术调查官", "2024-01", "2027-06-30"]]))
    assert renewed["updated"] == 1
    export_pool(pool, tmp_path / "b.xlsx", reveal_reason="核对")
    rows = content(tmp_path / "b.xlsx")
    assert [(row[3], row[7], row[8]) for row in rows["身份聘期"][1:]] == [
        ("技术调查官", "2024-01", "2027-06-30"), ("技术咨询专家", "2024-01", "2026-12-31")]
    assert rows["电话"][1][3:] == ["手机", "13800000001"]
    assert [row[3] for row in rows["专长"][1:]] == ["机器人控制", "精密传动"]
    assert rows["利害关系"][1][3] == "回避单位"
    assert rows["技术领域"][1][3] == "B25J"


def test_rows_that_name_nobody_are_told_by_cell(pool: Any, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        专家=[["姓名", "工作单位"], ["安亦舟", "浑河理工大学"], ["安亦舟", "棋盘山农业科学研究院"], [None, "空"]],
        身份聘期=[["专家姓名", "专家单位", "专家类别"], ["安亦舟", "浑河理工大学", "调查官"],
              ["安亦舟", "", "技术调查官"], ["查无此人", "", "技术调查官"], ["安亦舟", "浑河理工大学", "厨师"]],
        代理人=[["案号", "当事人", "代理人"], [FIRST, "甲公司", "林知夏"]],
        闲话=[["一", "二"], ["a", "b"]])
    report = import_pool(pool, path)
    assert (report["rows"], report["created"], report["rejected"]) == (8, 3, 5)
    places = {(p.code, p.sheet, p.row, p.column) for p in report["problems"]}
    assert places == {
        ("exchange.required", "专家", 4, 1), ("exchange.person_ambiguous", "身份聘期", 3, 1),
        ("exchange.person_unknown", "身份聘期", 4, 1), ("exchange.word", "身份聘期", 5, 3),
        ("exchange.case_unknown", "代理人", 2, 1), ("exchange.party_unknown", "代理人", 2, 2),
        ("exchange.sheet_unknown", "闲话", 0, 0)}
    assert all(problem.text != problem.code and problem.file == "a.xlsx" for problem in report["problems"])


def test_all_or_nothing_and_a_rehearsal(pool: Any, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 专家=[["姓名", "状态"], ["安亦舟", ""], ["柏书宁", "飞升"]])
    dry = import_pool(pool, path, dry_run=True)
    assert (dry["created"], dry["rejected"]) == (1, 1)
    strict = import_pool(pool, path, strict=True)
    assert (strict["created"], strict["rejected"]) == (0, 2)
    assert "exchange.refused" in [problem.code for problem in strict["problems"]]
    assert pool.counts()["experts"] == 0


def test_changes_update_and_empty_cells_do_not(pool: Any, tmp_path: Path) -> None:
    heads = ["姓名", "工作单位", "职称", "邮政编码"]
    import_pool(pool, book(tmp_path / "a.xlsx", 专家=[heads, ["安亦舟", "浑河理工大学", "教授", "110000"]]))
    report = import_pool(pool, book(tmp_path / "b.xlsx", 专家=[heads, ["安亦舟", "浑河理工大学", "研究员", ""]]))
    assert report["updated"] == 1
    with pool.read() as session:
        person = session.scalars(select(Person)).one()
        assert (person.title, person.postcode) == ("研究员", "110000")
    pool.undo_last()
    with pool.read() as session:
        assert session.scalars(select(Person.title)).one() == "教授"


def test_lineage_follows_from_the_original_number(pool: Any, tmp_path: Path) -> None:
    cases = [["案号", "原审案号"], [SECOND, FIRST], ["（2025）辽01知民初018号", ""]]
    path = book(tmp_path / "a.xlsx", 案件=cases)
    assert import_pool(pool, path)["created"] == 2
    export_pool(pool, tmp_path / "b.xlsx")
    rows = content(tmp_path / "b.xlsx")
    assert rows["案件链"][1] == [FIRST, SECOND, "上诉自", "原审案号"]
    assert [row[4] for row in rows["案件"][1:]] == ["二审", "一审"]


def test_other_files_and_newer_forms_are_refused(pool: Any, tmp_path: Path) -> None:
    with pytest.raises(UserProblem) as problem:
        import_pool(pool, book(tmp_path / "a.xlsx", 名册=[["姓名"], ["安亦舟"]]))
    assert problem.value.code == "exchange.not_workbook"
    with pytest.raises(UserProblem) as problem:
        import_pool(pool, book(tmp_path / "b.xlsx", 说明=[["格式版本 2"]], 专家=[["姓名"], ["安亦舟"]]))
    assert problem.value.code == "exchange.newer"
    report = import_pool(pool, book(tmp_path / "c.xlsx", 专家=[["称呼"], ["安亦舟"]], 案件=[["案号"], [FIRST]]))
    assert [p.code for p in report["problems"]] == ["exchange.columns_missing"]


def test_a_reason_is_kept_in_the_journal_and_demanded(pool: Any, tmp_path: Path) -> None:
    fill(pool)
    with pytest.raises(UserProblem) as problem:
        export_pool(pool, tmp_path / "a.xlsx", reveal_reason=" ")
    assert problem.value.code == "reveal.reason"
    assert not (tmp_path / "a.xlsx").exists()
    state = pool.state()
    export_pool(pool, tmp_path / "a.xlsx", reveal_reason="移交档案")
    assert pool.state() == state + 2


def test_every_column_is_a_column_of_its_table() -> None:
    assert {kind.key for kind in sheets()} == {kind.key for kind in shown_sheets()}
    for kind in sheets():
        attributes = set(entity(kind.table).model_fields)
        assert {column.attribute for column in kind.columns if column.attribute} <= attributes, kind.key
        assert set(kind.matched) <= attributes
        assert len({column.head for column in kind.columns}) == len(kind.columns)
        for column in kind.columns:
            shown = choices_of(column) if column.kind in ("word", "words") else []
            assert all(any(code_of(words, word) for words in column.words) for word in shown), column


@pytest.mark.parametrize("spoken", [0, 1])
def test_a_workbook_with_the_heads_of_before_is_read(tmp_path: Path, spoken: int) -> None:
    known = json.loads((Path(__file__).parents[1] / "data" / "heads_of_older_files.json").read_text(encoding="utf-8"))
    layouts = [SheetLayout(name, [heads[spoken] for heads in sheet["heads"].values()], [["x"] * len(sheet["heads"])])
               for name, sheet in known["pool_workbook"].items()]
    write_workbook(tmp_path / "old.xlsx", layouts)
    book = read_pool_workbook(tmp_path / "old.xlsx")
    assert not [problem for problem in book.problems if problem.code == "exchange.column_unknown"]
    assert {key: set(columns) for key, columns in book.columns.items()} == {
        sheet["key"]: set(sheet["heads"]) for sheet in known["pool_workbook"].values()}
