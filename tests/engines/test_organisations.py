"""The alias book on both engines: other names, links, merging, answers, suggestions, effects, commands, workbook."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from expertpool.cases.docket import open_case
from expertpool.cases.drafts import AgentDraft, CaseDraft, PartyDraft, PatentDraft
from expertpool.checks.alias_effects import alias_effects, link_effects
from expertpool.checks.check import check
from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from expertpool.experts.drafts import EmploymentDraft, InterestDraft, PersonDraft, RoleDraft
from expertpool.experts.register import register
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint
from expertpool.organisations.browse import unit_detail, unit_rows
from expertpool.organisations.edits import answer_units, answers, merge_units, references, set_unit
from expertpool.organisations.path import path_between
from expertpool.organisations.register import add_alias, known_units, link, remove_alias, unlink
from expertpool.organisations.suggestions import suggestions
from expertpool.organisations.tables import Organisation
from expertpool.pool import ExpertPool
from expertpool.storage.records import METADATA
from expertpool.workbook.workbook import export_pool, import_pool

NUMBER, OTHER = "(2026)辽01知民初418号", "(2026)辽01知民初419号"
PARTY, SHORT = "沈阳云岭机器人股份有限公司", "云机股份"
CODE, OTHER_CODE = "9144030071526726XG", "91110000802100433B"


def works(pool: ExpertPool, name: str, employer: str, **values: Any) -> str:
    register(pool, PersonDraft(**{
        "name": name, "employments": [EmploymentDraft(employer=employer)],
        "roles": [RoleDraft(role="technical_investigator", start="2024-03-01", end="2027-02-28")], **values}))
    with pool.read() as session:
        person = METADATA.tables["person"].c
        return str(session.scalars(select(person.uid).where(person.name == name)).one())


def case(pool: ExpertPool, number: str = NUMBER, party: str = PARTY) -> None:
    open_case(pool, CaseDraft(
        number=number, cause="侵害发明专利权纠纷", filed_on="2026-09-01",
        parties=[PartyDraft(side="plaintiff", name="抚顺示例重工有限公司", agents=[AgentDraft(name="刘一", firm="北陵示例律师事务所")]),
                 PartyDraft(side="defendant", name=party)],
        patents=[PatentDraft(number="ZL201910123456.7", title="轮腿机器人", patentees=[party])]))


def rules(pool: ExpertPool, uid: str, number: str = NUMBER) -> set[tuple[str, str]]:
    return {(one.rule, one.level) for one in check(pool, number, uid) if one.level in ("block", "warn")} - {
        ("R13", "warn")}


def test_an_alias_bars_and_shows_first_whom(pool: ExpertPool) -> None:
    case(pool)
    case(pool, OTHER, "大连示例重工有限公司")
    uid, serving = works(pool, "王新宇", SHORT), works(pool, "何佳", SHORT)
    works(pool, "李娜", "浑河理工大学")
    appoint(pool, NUMBER, serving, reason="已核实")
    assert ("R2", "block") not in rules(pool, uid)
    effects = alias_effects(pool, PARTY, SHORT)
    assert {(one.number, one.person, one.rule, one.level) for one in effects} >= {
        (NUMBER, "王新宇", "R2", "block"), (NUMBER, "何佳", "R2", "block")}
    assert {one.number for one in effects} == {NUMBER}
    assert [one.person for one in effects if one.serving] == ["何佳"]
    assert effects[0].serving
    assert PARTY in effects[0].text
    assert path_between(pool, PARTY, SHORT) is None
    before = pool.state()
    changes = add_alias(pool, PARTY, SHORT, kind="简称", source="公司网站")
    assert pool.state() > before
    assert ("R2", "block") in rules(pool, uid)
    assert alias_effects(pool, PARTY, SHORT) == []
    path = path_between(pool, SHORT, PARTY)
    assert path is not None
    assert (path.verdict, path.reason, len(path.steps)) == ("same", "alias", 1)
    pool.undo(changes.entry)
    assert ("R2", "block") not in rules(pool, uid)


def test_a_former_name_holds_for_ever(pool: ExpertPool) -> None:
    case(pool)
    uid = works(pool, "王新宇", "沈阳北方示例机械厂")
    assert ("R2", "block") not in rules(pool, uid)
    add_alias(pool, PARTY, "沈阳北方示例机械厂", kind="former", start="1988", end="2003-05")
    assert ("R2", "block") in rules(pool, uid)


def test_links_their_effects_and_their_end(pool: ExpertPool) -> None:
    case(pool)
    uid = works(pool, "王新宇", "辽海示例控股有限公司")
    found = link_effects(pool, "辽海示例控股有限公司", PARTY, "controls")
    assert {(one.person, one.rule, one.level) for one in found} == {("王新宇", "R2", "warn")}
    assert {(one.rule, one.level) for one in link_effects(pool, "辽海示例控股有限公司", PARTY, "branch")} == {
        ("R2", "block")}
    assert link_effects(pool, "辽海示例控股有限公司", PARTY, "controls", end="2020") == []
    link(pool, "辽海示例控股有限公司", PARTY, kind="controls", start="2021-03", source="年报")
    assert ("R2", "warn") in rules(pool, uid)
    (shown,) = unit_detail(pool, PARTY).links
    assert (shown["kind"], shown["upper"], shown["name"], shown["start"]) == (
        "controls", True, "辽海示例控股有限公司", "2021-03")
    path = path_between(pool, PARTY, "辽海示例控股有限公司")
    assert path is not None
    assert (path.verdict, path.reason) == ("group", "link")
    with pytest.raises(UserProblem) as refused:
        link(pool, "辽海示例控股有限公司", PARTY, kind="controls", start="2021-03")
    assert refused.value.code == "organisations.linked_already"
    unlink(pool, shown["uid"])
    assert rules(pool, uid) == set()


@pytest.mark.parametrize(("code", "values"), [
    ("organisations.itself", {"alias": " 沈阳云岭机器人 股份有限公司"}), ("organisations.alias_known", {"alias": SHORT}),
    ("organisations.alias_taken", {"alias": "辽海"}), ("organisations.name", {"alias": " "}),
    ("organisations.kind", {"alias": "新名", "kind": "nickname"}),
    ("organisations.date", {"alias": "新名", "start": "2024-13"}),
    ("organisations.date", {"alias": "新名", "start": "2024", "end": "2020"}),
])
def test_what_no_alias_can_be(pool: ExpertPool, code: str, values: dict[str, Any]) -> None:
    add_alias(pool, PARTY, SHORT)
    add_alias(pool, "辽海示例控股有限公司", "辽海")
    before = pool.state()
    with pytest.raises(UserProblem) as refused:
        add_alias(pool, PARTY, **values)
    assert refused.value.code == code
    assert pool.state() == before
    remove_alias(pool, unit_detail(pool, PARTY).aliases[0]["uid"])
    assert unit_detail(pool, PARTY).aliases == ()


def test_facts_of_a_unit(pool: ExpertPool) -> None:
    add_alias(pool, PARTY, SHORT)
    add_alias(pool, "辽海示例控股有限公司", "辽海")
    set_unit(pool, SHORT, kind="company", credit_code=" 91440300-71526726xg ", region="沈阳", listed=True)
    unit = unit_detail(pool, PARTY)
    assert (unit.row.kind, unit.row.credit_code, unit.region, unit.listed) == ("company", CODE, "沈阳", True)
    assert [row.name for row in unit_rows(pool, "9144030071526726xg")] == [PARTY]
    for value, code in (("9144030071526726X1", "organisations.code"), ("914403", "organisations.code"),
                        (CODE, "organisations.code_taken")):
        with pytest.raises(UserProblem) as refused:
            set_unit(pool, "辽海", credit_code=value)
        assert refused.value.code == code
        assert "…" not in refused.value.text
    with pytest.raises(UserProblem) as refused:
        set_unit(pool, PARTY, region="大连", version=unit.version - 1)
    assert refused.value.code == "record.changed"
    with pytest.raises(UserProblem) as refused:
        set_unit(pool, "没有的单位", region="大连")
    assert refused.value.code == "organisations.missing"


def rows_of(pool: ExpertPool) -> dict[str, list[dict[str, Any]]]:
    """All that leads to units, without stamps."""
    names = {table.name for table, _column in references()} | {"organisation"}
    with pool.read() as session:
        return {name: [{key: value for key, value in row.items() if key not in ("version", "changed_at")}
                       for row in session.execute(select(METADATA.tables[name]).order_by(
                           METADATA.tables[name].c.id)).mappings()] for name in sorted(names)}


def test_merging_moves_everything_and_can_be_undone(pool: ExpertPool) -> None:
    case(pool)
    case(pool, OTHER, SHORT)
    works(pool, "王新宇", PARTY, interests=[InterestDraft(kind="avoid_unit", unit=SHORT)])
    uid = works(pool, "何佳", SHORT)
    add_alias(pool, PARTY, "云岭股份")
    add_alias(pool, SHORT, "云机")
    link(pool, "辽海示例控股有限公司", SHORT, kind="controls")
    link(pool, "辽海示例控股有限公司", PARTY, kind="controls")
    link(pool, PARTY, SHORT, kind="affiliated")
    set_unit(pool, SHORT, credit_code=CODE, region="沈阳")
    before = rows_of(pool)
    changes = merge_units(pool, PARTY, SHORT, reason="营业执照同一")
    with pool.read() as session:
        assert set(session.scalars(select(Organisation.name))) >= {PARTY, "辽海示例控股有限公司"}
        assert SHORT not in set(session.scalars(select(Organisation.name)))
        owner = known_units(session, [PARTY, SHORT, "云机", "云岭股份"])
    assert len(set(owner.values())) == 1
    unit = unit_detail(pool, PARTY)
    assert unit.row.credit_code == CODE
    assert {one["alias"] for one in unit.aliases} == {"云岭股份", "云机", SHORT}
    assert [(one["name"], one["kind"]) for one in unit.links] == [("辽海示例控股有限公司", "controls")]
    assert {one["name"] for one in unit.people} == {"王新宇", "何佳"}
    assert {(one["number"], one["as"]) for one in unit.cases} == {
        (NUMBER, "party"), (NUMBER, "patentee"), (OTHER, "party")}
    assert ("R2", "block") in rules(pool, uid)
    pool.undo(changes.entry)
    assert rows_of(pool) == before


def test_units_with_different_codes_are_two(pool: ExpertPool) -> None:
    add_alias(pool, PARTY, SHORT)
    add_alias(pool, "辽海示例控股有限公司", "辽海")
    set_unit(pool, PARTY, credit_code=CODE)
    set_unit(pool, "辽海", credit_code=OTHER_CODE)
    with pytest.raises(UserProblem) as refused:
        merge_units(pool, PARTY, "辽海")
    assert refused.value.code == "organisations.codes_differ"
    with pytest.raises(UserProblem) as refused:
        merge_units(pool, PARTY, SHORT)
    assert refused.value.code == "organisations.itself"


def test_suggestions_come_once(pool: ExpertPool) -> None:
    works(pool, "王新宇", "沈阳工业大学")
    works(pool, "何佳", "沈工大")
    works(pool, "李娜", "沈阳云岭机器人有限公司")
    works(pool, "赵明", "沈阳大学")
    case(pool)
    found = suggestions(pool)
    assert [({one.one.name, one.other.name}, one.likeness.verdict) for one in found] == [
        ({"沈阳工业大学", "沈工大"}, "same"), ({PARTY, "沈阳云岭机器人有限公司"}, "perhaps")]
    assert {(one.people, one.cases) for one in (found[1].one, found[1].other)} == {(0, 1), (1, 0)}
    assert suggestions(pool, 1) == found[:1]
    merge_units(pool, "沈阳工业大学", "沈工大")
    answer_units(pool, "沈阳云岭机器人有限公司", PARTY, "different", "两份营业执照不同")
    assert suggestions(pool) == []
    answer_units(pool, PARTY, "沈阳云岭机器人有限公司", "group")
    with pool.read() as session:
        assert set(answers(session).values()) == {"group"}
    path = path_between(pool, PARTY, "沈阳云岭机器人有限公司")
    assert path is not None
    assert (path.verdict, path.reason) == ("group", "answered")
    for values, code in (((PARTY, PARTY, "same"), "organisations.itself"), ((PARTY, "乙", "maybe"), "organisations.answer"),
                         ((PARTY, "", "same"), "organisations.name")):
        with pytest.raises(UserProblem) as refused:
            answer_units(pool, *values)
        assert refused.value.code == code


def test_a_workbook_with_aliases_attaches_parties_to_the_unit(pool: ExpertPool, tmp_path: Path) -> None:
    """A party, firm or employer named by an alias of the same workbook makes no unit of its own."""
    from expertpool.spreadsheets.sheet_layout import SheetLayout
    from expertpool.spreadsheets.writing import write_workbook

    path = tmp_path / "专家库.xlsx"
    write_workbook(path, [
        SheetLayout("单位别名", ["单位名称", "别名", "名称类别"], [[PARTY, SHORT, "简称"], [PARTY, "云岭老厂", "曾用名"]]),
        SheetLayout("专家", ["姓名", "工作单位"], [["王新宇", "云岭老厂"]]),
        SheetLayout("案件", ["案号", "案由"], [[NUMBER, "侵害发明专利权纠纷"]]),
        SheetLayout("当事人", ["案号", "诉讼地位", "名称"], [[NUMBER, "被告", SHORT]])])
    report = import_pool(pool, path)
    assert not [problem.text for problem in report["problems"]]
    assert [row.name for row in unit_rows(pool)] == [PARTY]
    unit = unit_detail(pool, SHORT)
    assert (unit.row.people, unit.row.cases) == (1, 1)
    assert {one["as"] for one in unit.cases} == {"party"}
    again = import_pool(pool, path)
    assert (again["created"], again["rejected"]) == (0, 0)
    assert len(unit_detail(pool, PARTY).aliases) == 2


def test_answers_travel_in_the_workbook(pool: ExpertPool, tmp_path: Path, pool_target: str) -> None:
    add_alias(pool, PARTY, SHORT)
    answer_units(pool, PARTY, "沈阳云岭机器人有限公司", "different", "两份营业执照不同")
    path = tmp_path / "专家库.xlsx"
    counts = export_pool(pool, path)
    assert counts["organisation_answers"] == 1
    entry = pool.state()
    report = import_pool(pool, path)
    assert (report["created"], report["updated"], report["rejected"]) == (0, 0, 0)
    assert pool.state() >= entry
    with ExpertPool.open(str(tmp_path / "second.expertpool")) as second:
        import_pool(second, path)
        with pool.read() as session, second.read() as copied:
            assert answers(session) == answers(copied)


@pytest.fixture
def call(pool_target: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("EXPERTPOOL_DATABASE", pool_target)

    def once(*arguments: str) -> tuple[int, Any, str]:
        code = run(["--language", "en", "organisations", *arguments])
        out = capsys.readouterr()
        SETTINGS.database = ""
        return code, json.loads(out.out) if "--json" in arguments and code == 0 else out.out, out.err

    return once


def test_commands(pool: ExpertPool, call: Any) -> None:
    case(pool)
    works(pool, "王新宇", SHORT)
    code, found, _err = call("match", "沈工大", "沈阳工业大学", "--json")
    assert (code, found["verdict"], found["reason"], found["path"]) == (0, "same", "known", [])
    assert call("match", "沈阳大学", "沈阳工业大学")[1].startswith("different units")
    code, found, _err = call("alias", PARTY, SHORT, "--dry-run", "--json")
    assert (code, found["written"]) == (0, False)
    assert {one["rule"] for one in found["effects"]} == {"R2"}
    assert call("show", PARTY, "--json")[1]["aliases"] == []
    code, text, err = call("alias", PARTY, SHORT, "--kind", "short", "--source", "公司网站")
    assert code == 0
    assert "王新宇" in text
    assert "Saved" in err
    found = call("match", PARTY, SHORT, "--json")[1]
    assert (found["verdict"], found["reason"], len(found["path"])) == ("same", "alias", 1)
    assert found["by_names"]["verdict"] == "no"
    assert call("show", PARTY, "--json")[1]["row"]["aliases"] == [SHORT]
    assert SHORT in call("show", PARTY)[1]
    assert [row["name"] for row in call("list", "云岭", "--json")[1]] == [PARTY]
    assert call("link", "辽海示例控股有限公司", PARTY, "--kind", "controls", "--dry-run", "--json")[1]["written"] is False
    assert call("link", "辽海示例控股有限公司", PARTY, "--kind", "controls")[0] == 0
    works(pool, "李娜", "沈阳云岭机器人有限公司")
    found = call("suggestions", "--json")[1]
    assert [{pair["one"]["name"], pair["other"]["name"]} for pair in found] == [{PARTY, "沈阳云岭机器人有限公司"}]
    assert call("answer", PARTY, "沈阳云岭机器人有限公司", "different", "--json")[1]["answer"] == "different"
    assert call("suggestions", "--json")[1] == []
    assert call("merge", PARTY, "沈阳云岭机器人有限公司", "--dry-run", "--json")[1]["written"] is False
    assert call("merge", PARTY, "沈阳云岭机器人有限公司", "--reason", "改制前后")[0] == 0
    assert call("merge", PARTY, "没有的单位")[0] == 1


def test_match_needs_no_pool(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_DATABASE", str(tmp_path / "none.expertpool"))
    assert run(["--language", "en", "organisations", "match", "中科院金属所", "中国科学院金属研究所", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "same"
    assert not (tmp_path / "none.expertpool").exists()
