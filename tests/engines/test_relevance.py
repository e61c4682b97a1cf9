"""Relevance in step with the pool on both engines: changes at once, the index kept on disk, similar cases, learning."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from expertpool.assignments.service import assignment_rows
from expertpool.cases.details import case_detail
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft, CaseFieldDraft, PatentDraft
from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, RoleDraft
from expertpool.experts.register import change_state, edit, register
from expertpool.experts.tables import Person
from expertpool.foundation.places import cache_folder
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from expertpool.relevance import texts
from expertpool.relevance.field_suggestion import suggest_fields
from expertpool.relevance.similar_cases import similar_cases
from expertpool.relevance.texts import case_relevance, keep_cache, relevance

TERM = RoleDraft(role="technical_investigator", start="2024-03-01", end="2027-02-28")
PEOPLE = {"王新宇": ("B62D", ("移动机器人", "步态控制")), "李娜": ("C08L", ("高分子材料改性", "阻燃聚丙烯")),
          "何佳": ("G05B", ("伺服控制", "工业机器人")), "赵一": ("H01M", ("锂离子电池", "固态电解质"))}


def draft(name: str, code: str, specialties: tuple[str, ...]) -> PersonDraft:
    return PersonDraft(name=name, employments=[EmploymentDraft(employer="浑河理工大学")], roles=[TERM],
                       fields_=[FieldDraft(code=code, main=True)], specialties=list(specialties))


@pytest.fixture
def people(pool: ExpertPool) -> ExpertPool:
    for name, (code, specialties) in PEOPLE.items():
        register(pool, draft(name, code, specialties))
    return pool


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("EXPERTPOOL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def person(pool: ExpertPool, name: str) -> tuple[int, str]:
    with pool.read() as session:
        row = session.execute(select(Person.id, Person.uid).where(Person.name == name)).one()
    return row[0], row[1]


def first(pool: ExpertPool, text: str, codes: tuple[str, ...] = (), **more: Any) -> str:
    ids, total, _parts = relevance(pool).score(text, codes, **more)
    with pool.read() as session:
        return str(session.scalar(select(Person.name).where(Person.id == int(ids[np.argmax(total)]))))


def similarity(pool: ExpertPool, text: str) -> dict[int, float]:
    found = relevance(pool)
    return dict(zip(found.ids.tolist(), found.similarity(text).tolist(), strict=True))


def test_parts_are_seen_and_switched_off(people: ExpertPool) -> None:
    ids, total, parts = relevance(people).score("移动机器人的步态切换", ["B62D 57/032"])
    assert set(parts) == {"text", "vote", "codes"}
    assert len(ids) == len(total) == 4
    assert all(((part >= 0) & (part <= 1)).all() for part in (*parts.values(), total))
    assert first(people, "移动机器人的步态切换", ("B62D 57/032",)) == "王新宇"
    assert first(people, "", ("H01M",)) == "赵一"
    assert first(people, "移动机器人的步态切换", ("H01M",), without=("codes",)) == "王新宇"
    number, _uid = person(people, "赵一")
    parts = relevance(people).score("移动机器人的步态切换", ["H01M"])[2]
    assert ids[parts["codes"].argmax()] == number
    switched = relevance(people).score("移动机器人", ["H01M"], without=("codes", "vote"))[2]
    assert not switched["codes"].any()
    assert not switched["vote"].any()


def test_words_of_the_reason_are_read_from_the_pool(people: ExpertPool) -> None:
    number, _uid = person(people, "赵一")
    assert relevance(people).words("一种锂离子电池及其固态电解质", number, 2) == (
        "固态电解质", "锂离子电池")


def test_changes_count_at_once(people: ExpertPool) -> None:
    number, uid = person(people, "李娜")
    before = relevance(people)
    edit(people, uid, draft("李娜", "F16K", ("高压球阀",)))
    assert similarity(people, "高压球阀")[number] > 0.9
    assert similarity(people, "阻燃聚丙烯")[number] == 0
    assert relevance(people).near(["F16K"])[relevance(people).ids.tolist().index(number)] > 0.8
    assert len(before.ids) == len(before.similarity("高压球阀")) == 4  # who holds an older state is not disturbed
    change_state(people, uid, "removed", "退休", "2026-11-01")
    assert number not in similarity(people, "高压球阀")
    register(people, draft("钱二", "F16K", ("高压球阀",)))
    assert first(people, "高压球阀") == "钱二"


def test_only_the_changed_are_read_again(people: ExpertPool, monkeypatch: pytest.MonkeyPatch) -> None:
    relevance(people)
    asked: list[Any] = []
    read = texts.people_texts
    monkeypatch.setattr(texts, "people_texts", lambda session, ids=None: asked.append(ids) or read(session, ids))
    number, uid = person(people, "李娜")
    edit(people, uid, draft("李娜", "F16K", ("高压球阀",)))
    open_case(people, CaseDraft(number="(2026)辽01知民初1号"))
    relevance(people)
    assert asked == [[number]]


def test_a_start_takes_the_index_from_disk(people: ExpertPool, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = similarity(people, "伺服控制")
    assert keep_cache(people)
    assert not keep_cache(people)  # the same state is not written twice
    number, uid = person(people, "李娜")
    edit(people, uid, draft("李娜", "F16K", ("高压球阀",)))
    asked: list[Any] = []
    read = texts.people_texts
    monkeypatch.setattr(texts, "people_texts", lambda session, ids=None: asked.append(ids) or read(session, ids))
    with ExpertPool.open(people.database.target) as again:
        found = similarity(again, "伺服控制")
        assert asked == [[number]]
        assert {key: value for key, value in found.items() if key != number} == pytest.approx(
            {key: value for key, value in expected.items() if key != number}, abs=1e-4)
        assert similarity(again, "高压球阀")[number] > 0.9
        assert relevance(again).near(["G05B"]).max() > 0.8


@pytest.mark.parametrize("harm", ["cut", "byte", "empty", "other"])
def test_a_damaged_file_is_built_anew(people: ExpertPool, own_home: Path, harm: str) -> None:
    expected = similarity(people, "伺服控制")
    keep_cache(people)
    (path,) = cache_folder().glob("*.index")
    content = bytearray(path.read_bytes())
    assert "伺服".encode() not in content
    assert "王新宇".encode() not in content
    if harm == "byte":
        content[-100] ^= 1
    path.write_bytes({"cut": content[:-64], "byte": content, "empty": b"", "other": b"EXPERTPOOL-INDEX\n" * 9}[harm])
    with ExpertPool.open(people.database.target) as again:
        assert similarity(again, "伺服控制") == expected
        assert keep_cache(again) is (harm in ("empty", "other"))


def test_a_disk_that_refuses_does_no_harm(people: ExpertPool, own_home: Path) -> None:
    own_home.write_text("a file where the folder should be")
    assert keep_cache(people) is False
    assert similarity(people, "伺服控制")


def case(pool: ExpertPool, number: str, issue: str, **values: Any) -> None:
    open_case(pool, CaseDraft(**{"number": number, "cause": "侵害发明专利权纠纷", "issue": issue, **values}))


@pytest.fixture
def docket(people: ExpertPool) -> ExpertPool:
    case(people, "(2026)辽01知民初1号", "移动机器人的步态切换与越障控制方法", patents=[PatentDraft(ipc=["B62D 57/032"])])
    case(people, "(2026)辽01知民初2号", "锂离子电池电解液的添加剂比例", patents=[PatentDraft(ipc=["H01M 10/0567"])])
    case(people, "(2026)辽01知民初3号", "四足机器人越障时的步态规划", patents=[PatentDraft(ipc=["B62D 57/032"])])
    return people


def test_similar_cases_by_fields_and_text(docket: ExpertPool) -> None:
    (other,) = similar_cases(docket, "(2026)辽01知民初3号")
    assert other.number == "(2026)辽01知民初1号"
    assert other.fields == ("W32",)
    assert "步态" in other.words
    assert 0.5 < other.likeness <= 1
    assert similar_cases(docket, "一种锂离子电池的电解液")[0].number == "(2026)辽01知民初2号"
    assert similar_cases(docket, "与任何案件无关") == []
    with pytest.raises(UserProblem):
        similar_cases(docket, "(2026)辽01知民初99号")


def test_similar_cases_say_who_served(docket: ExpertPool) -> None:
    appoint(docket, "(2026)辽01知民初1号", person(docket, "王新宇")[1])
    (other,) = similar_cases(docket, "(2026)辽01知民初3号")
    (who,) = other.served
    assert (who.name, who.role, who.state) == ("王新宇", "technical_investigator", assignment_rows(docket)[0].state)


def test_cases_are_kept_in_step(docket: ExpertPool) -> None:
    assert len(case_relevance(docket).ids) == 3
    detail = case_detail(docket, "(2026)辽01知民初2号")
    edit_case(docket, detail.uid, detail.draft().model_copy(update={"issue": "盾构机刀盘的磨损检测"}))
    assert similar_cases(docket, "盾构机刀盘")[0].number == "(2026)辽01知民初2号"


def test_confirmed_cases_move_the_suggestion(pool: ExpertPool) -> None:
    text = "甲字星槎的定型参数之争"  # words that no lexicon holds
    before = suggest_fields(pool, text, kinds=("wipo",))
    for number in range(1, 13):
        case(pool, f"(2026)辽01知民初{number}号", f"甲字星槎第{number}型的参数如何定型",
             fields_=[CaseFieldDraft(code="W32", origin="confirmed" if number > 4 else "recognised")])
    after = suggest_fields(pool, text, kinds=("wipo",))
    assert "W32" not in [one.code for one in before]
    assert after[0].code == "W32"
    assert after[0].cases
    assert any("星槎" in word for word in after[0].words)


def test_the_more_cases_the_more_they_count(pool: ExpertPool) -> None:
    values = []
    for number in range(1, 9):
        case(pool, f"(2026)辽01知民初{number}号", "甲字星槎的定型参数", fields_=[CaseFieldDraft(code="W32")])
        values.append(next(one.value for one in suggest_fields(pool, "甲字星槎的定型参数") if one.code == "W32"))
    assert values == sorted(values)
    assert values[-1] > 2 * values[0]


def test_only_recognised_fields_teach_nothing(pool: ExpertPool) -> None:
    case(pool, "(2026)辽01知民初1号", "甲字星槎的定型参数", fields_=[CaseFieldDraft(code="W32", origin="recognised")])
    assert suggest_fields(pool, "甲字星槎的定型参数") == []


def test_the_command_line_says_the_same(docket: ExpertPool, capsys: pytest.CaptureFixture[str],
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_DATABASE", docket.database.target)

    def call(*arguments: str) -> Any:
        SETTINGS.database = ""
        assert run(["--language", "en", *arguments]) == 0
        return json.loads(capsys.readouterr().out) if "--json" in arguments else capsys.readouterr().out

    fields = call("suggest-fields", "一种四足机器人的步态规划方法", "--json")
    assert "B62D" in [row["code"] for row in fields[:3]]
    assert fields[0]["words"]
    assert [row["number"] for row in call("similar", "（2026）辽01知民初3号", "--json")] == ["(2026)辽01知民初1号"]
    assert "步态" in call("similar", "(2026)辽01知民初3号")
    assert "no technical field" in call("suggest-fields", "司法会计")
