"""Duplicates of the pool, merging and separating people, rows that wait, taking imports back; on both engines."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from expertpool.assignments.tables import Assignment
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.checks.merge_effects import merge_effects
from expertpool.experts.belongings import belongings, person_columns
from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.comparing import compare
from expertpool.experts.details import load_details, person_detail
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, InterestDraft, PersonDraft, PhoneDraft, RoleDraft
from expertpool.experts.merge import merge, merged_away, tables_moved, unmerge
from expertpool.experts.pairs import answer_pair, answers_about, possible_pairs
from expertpool.experts.register import edit, register
from expertpool.experts.tables import Attachment, Evaluation, Person
from expertpool.foundation.problems import UserProblem
from expertpool.importing.batches import batches, undo_batch, undo_preview
from expertpool.importing.duplicates import identity_of, pool_identities
from expertpool.importing.experts import import_experts, preview_experts
from expertpool.importing.waiting import keep_waiting, settle_waiting, waiting_rows
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from expertpool.storage.records import METADATA, STAMPS
from tests.engines.test_importing import roster

ID = "11010519491231002X"
NUMBER = "(2026)辽01知民初418号"


def add(pool: ExpertPool, name: str, **values: Any) -> str:
    register(pool, PersonDraft(name=name, **values))
    with pool.read() as session:
        return session.scalars(select(Person.uid).order_by(Person.id.desc())).first()


def number_of(pool: ExpertPool, uid: str) -> int:
    with pool.read() as session:
        return session.scalars(select(Person.id).where(Person.uid == uid)).one()


def two(pool: ExpertPool) -> tuple[str, str]:
    """One human being entered twice."""
    kept = add(pool, "王新宇", birth="1978-05", title="副教授", phones=[PhoneDraft(number="13800000001")],
               employments=[EmploymentDraft(employer="浑河理工大学")], specialties=["机器人"],
               fields_=[FieldDraft(code="B62D", main=True)])
    other = add(pool, "王新宇", birth="1978-05-12", email="a@example.cn", title="教授",
                phones=[PhoneDraft(number="13800000001"), PhoneDraft(number="13800000002")],
                employments=[EmploymentDraft(employer="浑河理工大学", position="院长"), EmploymentDraft(employer="棋盘山研究院")],
                specialties=["机器人", "步态控制"], fields_=[FieldDraft(code="B25J", main=True)],
                roles=[RoleDraft(role="technical_investigator", start="2024-03-01", end="2027-02-28")],
                interests=[InterestDraft(kind="avoid_unit", unit="沈阳步云机器人有限公司")])
    return kept, other


def everything(pool: ExpertPool, *, without: tuple[str, ...] = ()) -> dict[str, dict[int, dict[str, Any]]]:
    """All stored records but for stamps."""
    found = {}
    with pool.read() as session:
        for table in METADATA.sorted_tables:
            if "version" in table.c and "uid" in table.c and table.name not in without:
                found[table.name] = {row["id"]: {k: v for k, v in row.items() if k not in STAMPS}
                                     for row in session.execute(select(table)).mappings()}
    return found


def listings(pool: ExpertPool) -> list[dict[str, Any]]:
    with pool.read() as session:
        table = METADATA.tables["personlisting"]
        return [{k: v for k, v in row.items() if k != "changed_at"}
                for row in session.execute(select(table).order_by(table.c.person_id)).mappings()]


def test_pairs_of_the_pool_are_found_and_answers_remembered(pool: ExpertPool) -> None:
    kept, other = two(pool)
    add(pool, "李娜", employments=[EmploymentDraft(employer="棋盘山研究院")])
    (pair,) = possible_pairs(pool)
    assert {pair.one.uid, pair.other.uid} == {kept, other}
    assert pair.one.uid == other  # the fuller record comes first
    assert pair.verdict.kind == "same"
    assert "mobile" in pair.verdict.reasons
    answer_pair(pool, kept, other, "later")
    assert possible_pairs(pool)[0].later
    answer_pair(pool, other, kept, "different", "父子同名")
    assert possible_pairs(pool) == []
    assert [a["answer"] for a in answers_about(pool, kept)] == ["later", "different"]
    detail = person_detail(pool, kept, revealed=True)
    edit(pool, kept, detail.draft().model_copy(update={"id_number": ID}))
    edit(pool, other, person_detail(pool, other, revealed=True).draft().model_copy(update={"id_number": ID}))
    assert len(possible_pairs(pool)) == 1  # another key agrees now
    with pytest.raises(UserProblem) as refused:
        answer_pair(pool, kept, other, "perhaps")
    assert refused.value.code == "duplicates.answer"


def test_a_comparison_says_what_to_take_and_why(pool: ExpertPool) -> None:
    kept, other = two(pool)
    seen = compare(pool, kept, other)
    by_name = {pair.field: pair for pair in seen.fields}
    assert (by_name["birth"].suggestion, by_name["email"].suggestion) == ("other", "other")
    assert by_name["birth"].why == "it says more"
    assert by_name["email"].why == "only this one is filled in"
    assert not by_name["name"].differs
    assert {row.side for row in seen.lists["phones"]} == {"both", "other"}
    assert seen.lists["phones"][0].values["number"] == "138****0001"
    assert [row.values["employer"] for row in seen.lists["employments"]] == ["浑河理工大学", "棋盘山研究院"]


def test_two_become_one_and_two_again(pool: ExpertPool) -> None:
    kept, other = two(pool)
    before, listed = everything(pool), listings(pool)
    done = merge(pool, kept, other, {"title": "other"}, reason="同一手机号")
    detail = person_detail(pool, kept, revealed=True)
    assert (detail.values["birth"], detail.values["email"], detail.values["title"]) == (
        "1978-05-12", "a@example.cn", "教授")
    assert [p["number"] for p in detail.children["phones"]] == ["13800000001", "13800000002"]
    assert [(j["employer"], j["position"]) for j in detail.children["employments"]] == [
        ("浑河理工大学", "院长"), ("棋盘山研究院", "")]
    assert [f["main"] for f in detail.children["fields_"]] == [True, False]
    assert [s["text"] for s in detail.children["specialties"]] == ["机器人", "步态控制"]
    assert len(people_ids(pool, PeopleQuery())) == len(people_ids(pool, PeopleQuery(state=""))) == 1
    assert possible_pairs(pool) == []
    assert person_detail(pool, other).uid == kept
    with pool.read() as session:
        assert merged_away(session, number_of(pool, kept)) == [(other, "王新宇")]
    with pytest.raises(UserProblem) as refused:
        merge(pool, kept, other, reason="again")
    assert refused.value.code == "merge.gone"
    back = unmerge(pool, other)
    assert back.spared == ()
    assert everything(pool) == before
    assert listings(pool) == listed
    with pytest.raises(UserProblem):
        unmerge(pool, other)
    assert done.operation == "merge people"
    assert pool.check_journal()[1] is None


def test_a_merge_can_be_undone_as_the_last_step(pool: ExpertPool) -> None:
    kept, other = two(pool)
    before = everything(pool)
    done = merge(pool, kept, other, reason="同一人")
    pool.undo(done.entry)
    assert everything(pool) == before


def test_what_was_edited_after_a_merge_is_spared_and_listed(pool: ExpertPool) -> None:
    kept, other = two(pool)
    merge(pool, kept, other, reason="同一人")
    draft = person_detail(pool, kept, revealed=True).draft()
    jobs = [job if job.employer != "棋盘山研究院" else job.model_copy(update={"position": "所长"})
            for job in draft.employments]
    edit(pool, kept, draft.model_copy(update={"email": "new@example.cn", "remark": "后来", "employments": jobs}))
    back = unmerge(pool, other)
    assert len(back.spared) == 2
    assert any("email" in text for text in back.spared)
    assert any("棋盘山研究院" in text for text in back.spared)
    first, second = person_detail(pool, kept, revealed=True), person_detail(pool, other, revealed=True)
    assert (first.values["email"], first.values["birth"], first.values["remark"]) == ("new@example.cn", "1978-05", "后来")
    assert (second.state, second.values["email"]) == ("active", "a@example.cn")
    assert [p["number"] for p in first.children["phones"]] == ["13800000001"]
    assert "棋盘山研究院" in {j["employer"] for j in first.children["employments"]}


def test_two_merges_in_a_row_come_apart(pool: ExpertPool) -> None:
    kept, other = two(pool)
    third = add(pool, "王新宇", phones=[PhoneDraft(number="13800000003")])
    merge(pool, kept, other, reason="同一人")
    merge(pool, third, kept, reason="同一人")
    back = unmerge(pool, other)
    assert back.spared == ()
    assert {p["number"] for p in person_detail(pool, other, revealed=True).children["phones"]} == {
        "13800000001", "13800000002"}


def test_no_table_is_forgotten(pool: ExpertPool) -> None:
    leading = {table.name for table in METADATA.sorted_tables if "version" in table.c and table.name != "person"
               and ("person_id" in table.c or "owner_kind" in table.c
                    or any(key.column.table.name == "person" for key in table.foreign_keys))}
    assert leading == tables_moved()
    assert {"assignment", "checkrecord", "valuesource", "declaration", "evaluation", "attachment",
            "unavailability", "duplicateanswer", "waitingrow"} <= leading
    assert all(column.table is table for table, column in person_columns())


def test_service_papers_and_evaluations_move_too(pool: ExpertPool) -> None:
    kept, other = two(pool)
    open_case(pool, CaseDraft(number=NUMBER, cause="侵害发明专利权纠纷", filed_on="2026-03-01", parties=[
        PartyDraft(side="plaintiff", name="甲公司"), PartyDraft(side="defendant", name="乙公司")]))
    appoint(pool, NUMBER, other, reason="核实无误")
    with pool.write("edit person") as transaction:
        key = number_of(pool, other) if pool.database.is_sqlite else transaction.by_uid(Person, other).id
        transaction.add(Evaluation(person_id=key, year=2025, grade="good"),
                        Attachment(owner_kind="person", owner_id=key, file_name="证书.pdf"))
    merge(pool, kept, other, reason="同一人")
    with pool.read() as session:
        mine = {table for table, _column, _id in belongings(session, number_of(pool, kept))}
        assert {"assignment", "checkrecord", "evaluation", "attachment"} <= mine
        assert session.scalars(select(Assignment.person_id)).one() == number_of(pool, kept)
    assert [row["open_cases"] for row in listings(pool) if row["state"] == "active"] == [1]
    unmerge(pool, other)
    with pool.read() as session:
        assert session.scalars(select(Assignment.person_id)).one() == number_of(pool, other)


def test_the_effects_of_a_merge_are_told_before(pool: ExpertPool) -> None:
    kept, other = two(pool)
    open_case(pool, CaseDraft(number=NUMBER, cause="侵害发明专利权纠纷", filed_on="2026-03-01", parties=[
        PartyDraft(side="plaintiff", name="沈阳步云机器人有限公司"), PartyDraft(side="defendant", name="乙公司")]))
    appoint_role = person_detail(pool, kept, revealed=True).draft().model_copy(update={
        "roles": [RoleDraft(role="technical_investigator", start="2024-03-01", end="2027-02-28")]})
    edit(pool, kept, appoint_role)
    appoint(pool, NUMBER, kept, reason="核实无误")
    state = pool.state()
    effects = merge_effects(pool, kept, other)
    assert pool.state() == state
    assert effects[0].kind == "blocks"
    assert effects[0].number == NUMBER
    assert "沈阳步云机器人有限公司" in effects[0].text
    (load,) = [effect for effect in effects if effect.kind == "load"]
    assert load.text == "Open cases: 1 and 0; 1 after the merge."


@pytest.mark.parametrize(("kept", "reason", "code"), [("self", "因", "merge.itself"), ("other", " ", "merge.reason"),
                                                      ("none", "因", "record.missing")])
def test_what_cannot_be_merged(pool: ExpertPool, kept: str, reason: str, code: str) -> None:
    one, other = two(pool)
    with pytest.raises(UserProblem) as refused:
        merge(pool, {"self": other, "other": one, "none": "nobody"}[kept], other, reason=reason)
    assert refused.value.code == code


def test_a_choice_must_be_a_value(pool: ExpertPool) -> None:
    kept, other = two(pool)
    with pytest.raises(UserProblem) as refused:
        merge(pool, kept, other, {"birth": "spring"}, reason="同一人")
    assert refused.value.code == "merge.choice"
    merge(pool, kept, other, {"title": "研究员"}, reason="同一人")
    assert person_detail(pool, kept).values["title"] == "研究员"


# rows that wait

def left_for_later(pool: ExpertPool, tmp_path: Path) -> str:
    """One row of a roster waits: it may be a known person of the same name and unit."""
    known = add(pool, "李娜", employments=[EmploymentDraft(employer="棋盘山研究院")])
    plan = preview_experts(pool, [roster(tmp_path / "a.xlsx")])
    rows = [row for row in plan.rows() if row.decision == "duplicate"]
    assert len(rows) == 1
    import_experts(pool, [tmp_path / "a.xlsx"])
    with pool.write("import experts") as transaction:
        batch = transaction.session.execute(select(METADATA.tables["importbatch"].c.id)).scalars().first()
        for waiting in waiting_rows_of(transaction):
            transaction.remove(waiting)
        assert keep_waiting(transaction, batch, rows) == 1
        assert keep_waiting(transaction, batch, rows) == 0
    return known


def waiting_rows_of(unit: Any) -> list[Any]:
    from expertpool.experts.import_tables import WaitingRow

    return list(unit.session.scalars(select(WaitingRow)))


@pytest.mark.parametrize("answer", ["same", "different", "drop"])
def test_a_row_left_for_later_can_be_settled(pool: ExpertPool, tmp_path: Path, answer: str) -> None:
    known = left_for_later(pool, tmp_path)
    (waiting,) = waiting_rows(pool)
    assert (waiting.candidate, waiting.candidate_name, waiting.file) == (known, "李娜", "a.xlsx")
    assert "unit" in waiting.verdict.reasons
    count = len(people_ids(pool, PeopleQuery()))
    settle_waiting(pool, waiting.uid, answer, "核对过")
    assert waiting_rows(pool) == []
    assert len(people_ids(pool, PeopleQuery())) == count + (answer == "different")
    detail = person_detail(pool, known, revealed=True)
    assert detail.values["id_number"] == (ID if answer == "same" else "")
    assert len(detail.sources) == (answer == "same")
    with pytest.raises(UserProblem) as refused:
        settle_waiting(pool, waiting.uid, answer)
    assert refused.value.code == "duplicates.settled"
    if answer == "different":
        assert possible_pairs(pool) == []
        with pool.read() as session:
            index = pool_identities(session)
        found = {key for key, _verdict in index.candidates(identity_of(waiting.draft))}
        assert number_of(pool, known) not in found
        again = import_experts(pool, [tmp_path / "a.xlsx"])
        assert again["duplicates"] == 0


# taking imports back

def test_an_import_is_taken_back_whole(pool: ExpertPool, tmp_path: Path) -> None:
    add(pool, "王新宇", phones=[PhoneDraft(number="13800000001")], employments=[EmploymentDraft(employer="旧单位")],
        title="副教授")
    before, listed = everything(pool, without=("importbatch",)), listings(pool)
    report = import_experts(pool, [roster(tmp_path / "a.xlsx")])
    after = everything(pool, without=("importbatch",))
    (batch,) = batches(pool)
    assert (batch.uid, batch.files, batch.undone) == (report["batch"], ("a.xlsx",), False)
    assert undo_preview(pool, batch.uid).removes == 1
    changes, done = undo_batch(pool, batch.uid)
    assert (done.removes, done.restores, done.spared) == (1, 1, ())
    assert everything(pool, without=("importbatch",)) == before
    assert listings(pool) == listed
    assert batches(pool)[0].undone
    with pytest.raises(UserProblem) as refused:
        undo_batch(pool, batch.uid)
    assert refused.value.code == "batch.undone"
    pool.undo(changes.entry)  # taking back can be taken back
    assert everything(pool, without=("importbatch",)) == after
    assert undo_batch(pool, batch.uid)[1] == done
    assert everything(pool, without=("importbatch",)) == before
    again = import_experts(pool, [tmp_path / "a.xlsx"])
    assert (again["created"], again["updated"]) == (1, 1)
    assert pool.check_journal()[1] is None


def test_who_was_touched_since_is_spared_and_listed(pool: ExpertPool, tmp_path: Path) -> None:
    rows = [[str(i), name, "男", "1970.01", "浑河理工大学", "教授", "移动机器人", f"1390000000{i}", "", "技术调查官",
             "2024-03-01至2027-02-28"] for i, name in enumerate(["甲一", "乙二", "丙三", "丁四", "戊五"], 1)]
    known = add(pool, "己六", phones=[PhoneDraft(number="13900000009")], title="讲师")
    rows.append(["6", "己六", "女", "", "浑河理工大学", "教授", "焊接", "13900000009", "", "", ""])
    import_experts(pool, [roster(tmp_path / "a.xlsx", rows)])
    (batch,) = batches(pool)
    with pool.read() as session:
        uids = dict(session.execute(select(Person.name, Person.uid)).all())
    edited = person_detail(pool, uids["乙二"], revealed=True).draft()
    edit(pool, uids["乙二"], edited.model_copy(update={"email": "b@example.cn"}))
    open_case(pool, CaseDraft(number=NUMBER, cause="侵害发明专利权纠纷", filed_on="2026-03-01", parties=[
        PartyDraft(side="plaintiff", name="甲公司"), PartyDraft(side="defendant", name="乙公司")]))
    appoint(pool, NUMBER, uids["丙三"], reason="核实无误")
    import_experts(pool, [roster(tmp_path / "b.xlsx", [[*rows[3][:5], "高级工程师", *rows[3][6:]]])])
    merge(pool, uids["戊五"], add(pool, "戊五"), reason="同一人")
    now = person_detail(pool, known, revealed=True).draft()
    edit(pool, known, now.model_copy(update={"title": "研究员"}))
    preview = undo_preview(pool, batch.uid)
    _changes, done = undo_batch(pool, batch.uid)
    assert done == preview
    assert done.removes == 1
    why = {name: text for _uid, name, text in done.spared}
    assert why.keys() == {"乙二", "丙三", "丁四", "戊五", "己六"}
    assert "changed after" in why["乙二"]
    assert "appointed" in why["丙三"]
    assert "later import" in why["丁四"]
    assert "title" in why["己六"]
    after = person_detail(pool, known, revealed=True)
    assert (after.values["title"], after.values["gender"]) == ("研究员", "")
    with pool.read() as session:
        assert sorted(session.scalars(select(Person.name).where(Person.state == "active"))) == sorted(
            ["乙二", "丙三", "丁四", "戊五", "己六"])
        assert load_details(session, [number_of(pool, uids["乙二"])])[0].sources


def test_the_command_line(pool_target: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
                          tmp_path: Path) -> None:
    from expertpool.cli import run

    monkeypatch.setenv("EXPERTPOOL_DATABASE", pool_target)

    def call(*arguments: str) -> Any:
        assert run(["--language", "en", *arguments]) == 0
        out = capsys.readouterr()
        return json.loads(out.out) if "--json" in arguments else out.out + out.err

    with ExpertPool.open(pool_target) as pool:
        kept, other = two(pool)
    (pair,) = call("people", "duplicates", "--json")
    assert pair["kind"] == "same"
    assert "unmerge" in call("people", "merge", kept, other, "--reason", "同一人", "--take", "title=教授")
    assert call("people", "duplicates", "--json") == []
    assert "Separated" in call("people", "unmerge", other)
    assert "王新宇" in call("people", "duplicates")
    rows = [["1", "赵启明", "男", "1970.01", "浑河理工大学", "教授", "移动机器人", "13900000007", "", "", ""]]
    call("import", "experts", str(roster(tmp_path / "a.xlsx", rows)))
    (batch,) = call("import", "batches", "--json")
    assert call("import", "undo", batch["uid"], "--dry-run", "--json")["removes"] == 1
    assert call("import", "undo", batch["uid"], "--json")["removes"] == 1
    assert "undone" in call("import", "batches")
