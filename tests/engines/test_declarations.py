"""Declarations of interests: recording, ending, forms that come back, who is due; on both engines."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pydantic import ValidationError

from expertpool.accounts.permissions import Actor
from expertpool.cases.docket import case_by_number, open_case
from expertpool.cases.drafts import AgentDraft, CaseDraft, PartyDraft, PatentDraft
from expertpool.checks.check import check
from expertpool.checks.load_facts import load_case_facts, load_person_facts
from expertpool.checks.recusal import check_recusal
from expertpool.cli import run
from expertpool.declarations.drafts import DeclarationDraft
from expertpool.declarations.form import write_declaration_form
from expertpool.declarations.questions import form_data, questions
from expertpool.declarations.reading_back import apply_declarations, preview_declarations
from expertpool.declarations.recording import declaration_state, declare, due_declarations
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import EmploymentDraft, InterestDraft, PersonDraft
from expertpool.experts.register import register
from expertpool.foundation.problems import UserProblem
from expertpool.organisations.load import load_organisation_book
from expertpool.pool import ExpertPool
from expertpool.rules.vocabulary import words
from expertpool.workbook.workbook import export_pool, import_pool

NONE = {question.code: "none" for question in questions()}
NUMBER = "(2026)辽01知民初21号"  # as it is stored
FATHER = InterestDraft(kind="relative", relation="father", name="安国栋", unit="沈阳步云机器人有限公司", detail="顾问")
SHARES = InterestDraft(kind="holding", unit="云岭科技有限公司", detail="本人持股5%", start="2020-03")
CLIENT = InterestDraft(kind="mandate", unit="棋盘山药业股份有限公司", detail="技术咨询", start="2026-01", end="")


def add(pool: ExpertPool, name: str, employer: str = "浑河理工大学", **more: Any) -> str:
    before = set(people_ids(pool, PeopleQuery()))
    register(pool, PersonDraft(name=name, employments=[EmploymentDraft(employer=employer)], **more))
    (new,) = set(people_ids(pool, PeopleQuery())) - before
    return str(people_rows(pool, [new])[0].uid)


def said(*interests: InterestDraft, day: str = "2026-11-20", **more: Any) -> DeclarationDraft:
    kinds = {question.kind: question.code for question in questions()}
    answers = NONE | {kinds[one.kind]: "some" for one in interests}
    return DeclarationDraft(signed_on=day, **{"answers": answers, "interests": list(interests), **more})


def interests(pool: ExpertPool, uid: str) -> list[tuple[str, str, str, str, str]]:
    return [(one["kind"], one["name"], one["unit"], one["end"], one["declared_on"])
            for one in person_detail(pool, uid).children["interests"]]


def answered(path: Path, *, signer: str = "安亦舟", day: Any = "2026年11月21日", blank: str = "无",
             cells: dict[str, Any] | None = None, sheet: int = 0) -> Path:
    """Fill in a form as a person would: every open answer with ``blank``, name and day; ``cells`` by address."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[sheet]
    for row in range(1, page.max_row + 1):
        if page.cell(row, 1).value == form_data()["heads"][0] and not page.cell(row + 1, 1).value:
            page.cell(row + 1, 1).value = blank
        if page.cell(row, 1).value == "声明人签名":
            page.cell(row, 2).value, page.cell(row, 6).value = signer, day
    for address, value in (cells or {}).items():
        page[address] = value
    book.save(path)
    return path


def row_of(path: Path, short: str) -> int:
    """The first row to fill in below a question."""
    page = openpyxl.load_workbook(path).worksheets[0]
    return next(row + 2 for row in range(1, page.max_row + 1) if short in str(page.cell(row, 1).value)[:14])


def test_the_questions_cover_every_kind_of_interest() -> None:
    assert sorted(question.kind for question in questions()) == sorted(word.code for word in words("interest"))
    assert all(question.source.zh and question.source.en for question in questions())


def test_a_first_declaration_adds_and_is_kept(pool: ExpertPool) -> None:
    uid = add(pool, "安亦舟")
    assert declaration_state(pool, uid).state == "never"
    declare(pool, uid, said(FATHER, SHARES, source="卷宗第3页"))
    assert interests(pool, uid) == [("relative", "安国栋", "沈阳步云机器人有限公司", "", "2026-11-20"),
                                    ("holding", "", "云岭科技有限公司", "", "2026-11-20")]
    state = declaration_state(pool, uid)
    assert (state.state, state.age, state.valid_until) == ("valid", 2, "2027-11-20")
    (kept,) = state.yearly
    assert (kept.form, kept.source, kept.answers["holdings"], kept.nothing) == ("paper", "卷宗第3页", "some", False)
    assert person_detail(pool, uid).children["interests"][0]["source"] == "利益冲突声明（2026-11-20，纸质）"


def test_the_next_declaration_ends_what_is_no_longer_named(pool: ExpertPool) -> None:
    uid = add(pool, "安亦舟", interests=[InterestDraft(kind="avoid_unit", unit="浑河律师事务所")])
    declare(pool, uid, said(FATHER, SHARES, InterestDraft(kind="avoid_unit", unit="浑河律师事务所"), day="2025-11-01"))
    newer = FATHER.model_copy(update={"unit": "棋盘山药业股份有限公司"})
    changes = declare(pool, uid, said(newer, CLIENT))
    assert sorted(interests(pool, uid)) == sorted([
        ("avoid_unit", "", "浑河律师事务所", "2026-11-20", "2025-11-01"),
        ("relative", "安国栋", "棋盘山药业股份有限公司", "", "2026-11-20"),
        ("holding", "", "云岭科技有限公司", "2026-11-20", "2025-11-01"),
        ("mandate", "", "棋盘山药业股份有限公司", "", "2026-11-20")])
    pool.undo(changes.entry)
    assert [end for _kind, _name, _unit, end, _on in interests(pool, uid)] == ["", "", ""]
    assert len(declaration_state(pool, uid).yearly) == 1


def test_nothing_to_declare_is_a_declaration(pool: ExpertPool) -> None:
    uid = add(pool, "安亦舟")
    declare(pool, uid, said())
    state = declaration_state(pool, uid)
    assert state.state == "valid"
    assert state.yearly[0].nothing
    assert interests(pool, uid) == []


def test_what_was_not_answered_stays(pool: ExpertPool) -> None:
    uid = add(pool, "安亦舟", interests=[SHARES, FATHER])
    declare(pool, uid, DeclarationDraft(signed_on="2026-11-20", answers={"holdings": "none"}))
    ends = {kind: end for kind, _name, _unit, end, _on in interests(pool, uid)}
    assert ends == {"holding": "2026-11-20", "relative": ""}


def test_an_older_paper_overwrites_no_newer_word(pool: ExpertPool) -> None:
    uid = add(pool, "安亦舟")
    declare(pool, uid, said(FATHER, day="2026-11-20"))
    declare(pool, uid, said(SHARES, day="2025-06-01"))
    assert sorted(interests(pool, uid)) == [
        ("holding", "", "云岭科技有限公司", "", "2025-06-01"),
        ("relative", "安国栋", "沈阳步云机器人有限公司", "", "2026-11-20")]
    assert declaration_state(pool, uid).signed_on == "2026-11-20"


def test_the_same_day_again_corrects_the_declaration(pool: ExpertPool) -> None:
    uid = add(pool, "安亦舟")
    declare(pool, uid, said(FATHER))
    before = pool.state()
    declare(pool, uid, said(FATHER))
    assert pool.state() == before  # nothing new, no entry
    declare(pool, uid, said(SHARES))
    assert len(declaration_state(pool, uid).yearly) == 1


def test_one_for_a_case_ends_only_what_one_for_that_case_named(pool: ExpertPool) -> None:
    uid = add(pool, "安亦舟")
    open_case(pool, CaseDraft(number=NUMBER))
    declare(pool, uid, said(SHARES, day="2026-10-01"))
    declare(pool, uid, said(FATHER, day="2026-11-01", number=NUMBER))
    declare(pool, uid, said(day="2026-11-10", number="（2026）辽01知民初21号"))
    assert [(kind, end) for kind, _name, _unit, end, _on in interests(pool, uid)] == [
        ("holding", ""), ("relative", "2026-11-10")]
    state = declaration_state(pool, uid)
    assert [(one.number, one.valid_until) for one in state.cases] == [(NUMBER, "")] * 2
    assert state.signed_on == "2026-10-01"


def test_wrong_days_cases_and_answers_are_refused(pool: ExpertPool) -> None:
    uid = add(pool, "安亦舟")
    for draft, code in ((said(day="2026-11-23"), "declarations.future"), (said(number="（2020）无此案"), "case.unknown"),
                        (said(answers={"cars": "none"}), "declarations.question")):
        with pytest.raises(UserProblem) as caught:
            declare(pool, uid, draft)
        assert caught.value.code == code
    for day in ("2026-11", "", "2026-02-30"):
        with pytest.raises(ValidationError):
            said(day=day)
    reader = ExpertPool(pool.database, Actor("guest", "reader"))
    with pytest.raises(UserProblem, match="guest"):
        declare(reader, uid, said())


def test_who_is_due(pool: ExpertPool) -> None:
    never, over, soon, fine = (add(pool, name) for name in ("安亦舟", "毕小川", "蔡知夏", "邓一凡"))
    declare(pool, over, said(day="2025-11-01"))
    declare(pool, soon, said(day="2025-12-01"))
    declare(pool, fine, said(day="2026-06-01"))
    assert [(one.uid, one.state) for one in due_declarations(pool)] == [(never, "never"), (over, "overdue")]
    assert [one.uid for one in due_declarations(pool, soon=True)] == [never, over, soon]
    pool.set_setting("rules", {"D-DECLARATION": {"parameters": {"remind_days": 0}}})
    assert [one.uid for one in due_declarations(pool, soon=True)] == [never, over]


def test_a_form_comes_back(pool: ExpertPool, tmp_path: Path) -> None:
    uid = add(pool, "安亦舟", interests=[SHARES])
    path = tmp_path / "声明.xlsx"
    write_declaration_form(pool, path, [uid])
    row = row_of(path, "近亲属")
    answered(path, cells={
        f"A{row}": "有", f"B{row}": "妻子", f"C{row}": "毕小川", f"D{row}": "沈阳步云机器人有限公司", f"E{row}": "=1+1",
        f"B{row + 1}": "父亲", f"C{row + 1}": "安国栋、安国梁"})
    plan = preview_declarations(pool, [path])
    (form,) = plan.forms
    assert (form.uid, form.known, form.signer, form.signed_on, form.decision) == (
        uid, "安亦舟", "安亦舟", "2026-11-21", "apply")
    assert form.counts() == {"added": 3, "changed": 0, "kept": 1, "ended": 0}
    assert form.problems == []
    report = apply_declarations(pool, plan)
    assert (report.declared, report.added) == (1, 3)
    relatives = [one for one in person_detail(pool, uid).children["interests"] if one["kind"] == "relative"]
    assert [(one["relation"], one["name"]) for one in relatives] == [
        ("spouse", "毕小川"), ("father", "安国栋"), ("father", "安国梁")]
    (again,) = preview_declarations(pool, [path]).forms
    assert again.decision == "unchanged"
    write_declaration_form(pool, path, [uid])  # written anew it holds the same, and reads as no change
    answered(path)
    (again,) = preview_declarations(pool, [path]).forms
    assert (again.decision, bool(again.steps)) == ("unchanged", False)
    pool.undo(report.changes.entry)
    assert len(person_detail(pool, uid).children["interests"]) == 1
    assert declaration_state(pool, uid).state == "never"


def test_formulas_stay_text(pool: ExpertPool, tmp_path: Path) -> None:
    uid = add(pool, "安亦舟", interests=[InterestDraft(kind="avoid_unit", unit="=HYPERLINK(\"http://x\")")])
    write_declaration_form(pool, tmp_path / "a.xlsx", [uid])
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    (cell,) = [cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert cell.data_type == "s"


@pytest.mark.parametrize(("signer", "day", "code", "decision"), [
    ("", "2026-11-21", "declarations.unsigned", "unsigned"),
    ("安亦舟", "", "declarations.unsigned", "unsigned"),
    ("毕小川", "2026-11-21", "declarations.signer", "refused"),
    ("安亦舟", "2026年11月", "declarations.signed_on", "refused"),
    ("安亦舟", "昨天", "declarations.signed_on", "refused"),
    ("安亦舟", "2026-12-01", "declarations.signed_later", "refused"),
])
def test_only_a_signed_form_counts(pool: ExpertPool, tmp_path: Path, signer: str, day: str, code: str,
                                   decision: str) -> None:
    uid = add(pool, "安亦舟")
    write_declaration_form(pool, tmp_path / "a.xlsx", [uid])
    plan = preview_declarations(pool, [answered(tmp_path / "a.xlsx", signer=signer, day=day)])
    assert plan.forms[0].decision == decision
    assert [problem.code for problem in plan.forms[0].problems] == [code]
    assert "…" not in plan.forms[0].problems[0].text
    assert apply_declarations(pool, plan).declared == 0
    assert declaration_state(pool, uid).state == "never"


def test_a_form_belongs_to_one_person(pool: ExpertPool, tmp_path: Path) -> None:
    uid, other = add(pool, "安亦舟"), add(pool, "毕小川")
    path = tmp_path / "a.xlsx"
    for change, code in (({"A3": "姓名：毕小川\u3000\u3000工作单位：浑河理工大学"}, "declarations.name"),
                         ({"A2": "表号："}, "declarations.no_number"),
                         ({"A2": f"表号：{other}-ABCDEF"}, "declarations.no_number")):
        write_declaration_form(pool, path, [uid])
        (form,) = preview_declarations(pool, [answered(path, cells=change)]).forms
        assert (form.decision, [problem.code for problem in form.problems]) == ("refused", [code])
    write_declaration_form(pool, path, [uid])
    (form,) = preview_declarations(pool, [answered(path, cells={"A3": "姓名：安亦舟\u3000\u3000工作单位：甲大学"})]).forms
    assert (form.decision, [problem.code for problem in form.problems]) == ("apply", ["declarations.unit"])


def test_doubts_have_their_places(pool: ExpertPool, tmp_path: Path) -> None:
    uid = add(pool, "安亦舟", interests=[FATHER])
    path = tmp_path / "a.xlsx"
    write_declaration_form(pool, path, [uid])
    shares, client = row_of(path, "持股"), row_of(path, "受委托事项")
    answered(path, cells={
        f"A{shares}": "无", f"D{shares}": "云岭科技有限公司", f"F{shares}": "某年某月", f"A{client}": "有",
        f"A{row_of(path, '近亲属')}": "有", f"B{row_of(path, '近亲属') + 1}": "干爹",
        f"C{row_of(path, '近亲属') + 1}": "毕小川", f"A{row_of(path, '其他情况')}": None})
    (form,) = preview_declarations(pool, [path]).forms
    found = {problem.code.partition(".")[2]: (problem.row, problem.column) for problem in form.problems}
    assert found.keys() == {"date", "contradiction", "empty", "relation", "unanswered"}
    assert found["date"] == (shares, 6)
    assert form.draft is not None
    assert not {"holdings", "mandates", "others"} & form.draft.answers.keys()
    assert [one.relation for one in form.draft.interests if one.kind == "relative"] == ["father", "干爹"]


def test_what_is_no_date_wipes_out_none(pool: ExpertPool, tmp_path: Path) -> None:
    uid = add(pool, "安亦舟", interests=[SHARES])
    path = tmp_path / "a.xlsx"
    write_declaration_form(pool, path, [uid])
    (form,) = preview_declarations(pool, [answered(path, cells={f"F{row_of(path, '持股')}": "某年"})]).forms
    assert [problem.code for problem in form.problems] == ["declarations.date"]
    assert form.counts() == {"added": 0, "changed": 0, "kept": 1, "ended": 0}


def test_a_case_form_names_who_is_in_the_case(pool: ExpertPool, tmp_path: Path) -> None:
    uid = add(pool, "安亦舟", interests=[SHARES])
    open_case(pool, CaseDraft(
        number=NUMBER, cause="侵害发明专利权纠纷", patents=[PatentDraft(number="ZL201810000001.X", inventors=["蔡知夏"])],
        parties=[PartyDraft(side="plaintiff", name="沈阳步云机器人有限公司", legal_representative="邓一凡",
                            agents=[AgentDraft(name="高远", firm="浑河律师事务所")])]))
    path = tmp_path / "案.xlsx"
    assert write_declaration_form(pool, path, [uid], NUMBER)["number"] == NUMBER
    page = openpyxl.load_workbook(path).worksheets[0]
    text = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
    for words_ in (NUMBER, "侵害发明专利权纠纷", "原告：沈阳步云机器人有限公司（法定代表人：邓一凡）", "高远（浑河律师事务所",
                   "ZL201810000001.X（发明人：蔡知夏）"):
        assert words_ in text
    assert "云岭科技" not in text  # what the yearly one says holds on
    (form,) = preview_declarations(pool, [answered(path)]).forms
    assert (form.number, form.decision, form.counts()["ended"]) == (NUMBER, "apply", 0)
    apply_declarations(pool, preview_declarations(pool, [path]))
    assert [one.number for one in declaration_state(pool, uid).cases] == [NUMBER]
    row = next(row for row in range(1, 9) if str(page.cell(row, 1).value).startswith("案号"))
    answered(path, cells={f"A{row}": "案号：（2026）辽01知民初22号"})
    (form,) = preview_declarations(pool, [path]).forms
    assert {problem.code for problem in form.problems if problem.severity == "error"} >= {"declarations.case"}


def test_many_forms_and_other_files(pool: ExpertPool, tmp_path: Path) -> None:
    people = [add(pool, "安亦舟"), add(pool, "毕小川"), add(pool, "安亦舟", "棋盘山研究院")]
    folder = tmp_path / "表"
    folder.mkdir()
    done = write_declaration_form(pool, folder, people)
    assert [Path(one).name for one in done["files"]] == [
        "利益冲突声明_安亦舟.xlsx", "利益冲突声明_毕小川.xlsx", "利益冲突声明_安亦舟_2.xlsx"]
    whole = tmp_path / "全部.xlsx"
    write_declaration_form(pool, whole, people)
    for place, name in enumerate(("安亦舟", "毕小川", "安亦舟")):
        answered(whole, signer=name, sheet=place)
    (tmp_path / "别的.csv").write_text("姓名,单位\n甲,乙\n", encoding="utf-8")
    plan = preview_declarations(pool, [whole, tmp_path / "别的.csv", tmp_path / "没有.xlsx"])
    assert [one.decision for one in plan.forms] == ["apply"] * 3
    assert [problem.code for problem in plan.problems] == ["declarations.no_form", "spreadsheets.missing"]
    before = pool.state()
    assert apply_declarations(pool, plan).declared == 3
    assert pool.state() == before + 1
    assert due_declarations(pool) == []
    with pytest.raises(UserProblem) as caught:
        write_declaration_form(pool, whole, [])
    assert caught.value.code == "declarations.nobody"


def test_declarations_travel_in_the_pool_workbook(pool: ExpertPool, tmp_path: Path) -> None:
    from expertpool.pool import ExpertPool as Pool

    uid = add(pool, "安亦舟")
    open_case(pool, CaseDraft(number=NUMBER))
    declare(pool, uid, said(FATHER, source="卷宗第3页"))
    declare(pool, uid, said(number=NUMBER, form="spreadsheet", source="声明.xlsx · 安亦舟"))
    export_pool(pool, tmp_path / "库.xlsx")
    with Pool.open(tmp_path / "另一库.expertpool", actor=Actor("tester")) as other:
        import_pool(other, tmp_path / "库.xlsx")
        state = declaration_state(other, uid)
        mine = declaration_state(pool, uid)
        for one, same in ((state.yearly[0], mine.yearly[0]), (state.cases[0], mine.cases[0])):
            assert (one.number, one.signed_on, one.valid_until, one.form, one.answers, one.source) == (
                same.number, same.signed_on, same.valid_until, same.form, same.answers, same.source)
    before = pool.state()
    import_pool(pool, tmp_path / "库.xlsx")
    assert pool.state() == before  # all as it was


def test_what_is_declared_is_checked(pool: ExpertPool) -> None:
    uid = add(pool, "安亦舟")
    open_case(pool, CaseDraft(number=NUMBER, parties=[PartyDraft(side="plaintiff", name=SHARES.unit)]))
    assert "R9" not in {one.rule for one in check(pool, NUMBER, uid, "technical_investigator")}
    declare(pool, uid, said(SHARES))
    assert "R9" in {one.rule for one in check(pool, NUMBER, uid, "technical_investigator")}
    with pool.read() as session:
        case, person = load_case_facts(session, case_by_number(session, NUMBER)), load_person_facts(session)[0]
        book = load_organisation_book(session)
    notice = {one.rule for one in check_recusal(person, case, book, pool.rules, "2026-11-22", stage="notice")}
    assert "R13" in notice
    declare(pool, uid, said(number=NUMBER))
    with pool.read() as session:
        person = load_person_facts(session)[0]
    notice = {one.rule for one in check_recusal(person, case, book, pool.rules, "2026-11-22", stage="notice")}
    assert "R13" not in notice


def test_the_command_line(pool: ExpertPool, pool_target: str, tmp_path: Path,
                          capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_DATABASE", pool_target)
    uid = add(pool, "安亦舟")
    path = tmp_path / "声明.xlsx"

    def told(*arguments: str) -> Any:
        assert run(["declarations", *arguments, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    assert [one["uid"] for one in told("due")] == [uid]
    assert told("form", str(path), "--due")["people"] == 1
    answered(path)
    assert told("read", str(path), "--dry-run")["apply"] == 1
    assert told("state", uid)["state"] == "never"
    assert told("read", str(path))["entry"] > 0
    assert told("state", uid)["state"] == "valid"
    assert run(["declarations", "due"]) == 0
    write_declaration_form(pool, path, [uid])
    answered(path, signer="毕小川")
    assert run(["declarations", "read", str(path)]) == 1
    assert "毕小川" in capsys.readouterr().err
