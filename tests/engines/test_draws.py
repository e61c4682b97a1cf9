"""A draw from freezing to appointment on both engines: two hands, exclusions, step-up, blind mode, certificate."""

import json
import threading
from dataclasses import replace
from typing import Any

import pytest

from expertpool.accounts.permissions import Actor
from expertpool.assignments.service import assignment_rows
from expertpool.assignments.tables import CheckRecord
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft, PatentDraft
from expertpool.checks.next_step import change_assignment
from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from expertpool.documents.draw_record import draw_record
from expertpool.documents.paper import Facts, Heading, PageBreak, Signatures, Table, plain
from expertpool.documents.paper_text import paper_text
from expertpool.draws.algorithm import commitment, fingerprint
from expertpool.draws.algorithm import drawn as order_of
from expertpool.draws.answers import answer_draw, declines
from expertpool.draws.browse import DrawDetail, draw_detail, draw_rows, find_draw
from expertpool.draws.certificate import SELF, certificate, certificate_text, self_print
from expertpool.draws.conditions import DrawConditions, preview
from expertpool.draws.drawing import blind_label, complete_draw, open_draw, open_names, void_draw
from expertpool.draws.verify import verify
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, InterestDraft, PersonDraft, RoleDraft
from expertpool.experts.merge import merge
from expertpool.experts.register import change_state, edit, register
from expertpool.foundation.problems import UserProblem
from expertpool.pool import ExpertPool
from tests.independent_draw import wrong_steps
from tests.seeds import seeded

NUMBER, OTHER = "(2026)辽01知民初418号", "(2026)辽01知民初500号"
TERM = RoleDraft(role="technical_investigator", start="2024-03-01", end="2028-02-28", body="沈阳市中级人民法院")
HALF, SALT, WITNESS = "operator's half", "a grain of salt", "witness's half"
TWO = DrawConditions(mains=1, reserves=2, place="第三会议室", operator="李岚", witness="赵监", witness_unit="机关纪委")
NAMES = ("王新宇", "何佳", "孟晓", "冯瑞", "许宁", "高远", "宋一鸣", "唐可", "邓岳", "贺兰")


def person(pool: ExpertPool, name: str, code: str = "B62D", **values: Any) -> None:
    register(pool, PersonDraft(**{
        "name": name, "employments": [EmploymentDraft(employer="浑河示例大学")], "roles": [TERM],
        "fields_": [FieldDraft(code=code, main=True)], "title_level": "associate", **values}))


def filled(pool: ExpertPool, count: int = 10) -> None:
    for number, name in enumerate(NAMES[:count], 1):
        person(pool, name, expert_no=f"专{number:03}")
    for number in (NUMBER, OTHER):
        open_case(pool, CaseDraft(
            number=number, cause="侵害发明专利权纠纷", filed_on="2026-09-01", issue="移动机器人的步态控制",
            parties=[PartyDraft(side="plaintiff", name="沈阳步云机器人有限公司"),
                     PartyDraft(side="defendant", name="沈阳云岭机器人股份有限公司")],
            patents=[PatentDraft(number="201910123456.7", ipc=["B62D 57/032"], inventors=["周步云"])]))


def frozen(pool: ExpertPool, conditions: DrawConditions = TWO, number: str = NUMBER, **more: str) -> str:
    return open_draw(pool, number, conditions, commitment(HALF, SALT), **more).uid


def drawn(pool: ExpertPool, conditions: DrawConditions = TWO, number: str = NUMBER, **more: str) -> str:
    uid = frozen(pool, conditions, number, **more)
    complete_draw(pool, uid, HALF, SALT, WITNESS)
    return uid


def states(pool: ExpertPool, uid: str) -> list[str]:
    return [one.state for one in draw_detail(pool, uid).places]


def label(pool: ExpertPool, uid: str, place: int) -> str:
    return draw_detail(pool, uid).places[place - 1].label


def code_of(call: Any, *given: Any, **words: Any) -> str:
    with pytest.raises(UserProblem) as refused:
        call(*given, **words)
    assert "{" not in refused.value.text
    assert refused.value.text != refused.value.code
    return refused.value.code


def test_everybody_is_a_candidate_or_excluded_for_a_reason(pool: ExpertPool) -> None:
    filled(pool)
    person(pool, "周步云")  # bears the inventor's name
    person(pool, "陈立", employments=[EmploymentDraft(employer="沈阳云岭机器人股份有限公司")])
    person(pool, "李娜", code="C08L")
    person(pool, "丁目", title_level="junior")
    person(pool, "鉴一", roles=[RoleDraft(role="judicial_appraiser")])
    field = preview(pool, NUMBER, TWO)
    named = next(one.uid for one in field.eligible if one.name == "何佳")
    wanted = replace(TWO, fields=("B62D",), closeness="subclass", title_levels=("senior", "associate"),
                     courts=("沈阳市中级人民法院",), court_levels=("intermediate",), doubtful=False,
                     exclude=((named, "本人申请不参加本次抽取"),))
    field = preview(pool, NUMBER, wanted)
    assert sorted(one.name for one in field.eligible) == sorted(set(NAMES) - {"何佳"})
    grounds = {one.name: {ground.rule for ground in one.out} for one in field.excluded}
    assert grounds["陈立"] == {"R2"}
    assert grounds["周步云"] == {"R11"}
    assert grounds["李娜"] == {"C-FIELD"}
    assert grounds["丁目"] == {"C-TITLE"}
    assert grounds["何佳"] == {"C-NAMED"}
    assert {"E-ROLE", "C-COURT", "C-LEVEL"} <= grounds["鉴一"]
    assert field.by_rule()["C-FIELD"] == 1
    uid = frozen(pool, wanted)
    detail = draw_detail(pool, uid)
    assert len(detail.candidates) == 9
    assert {row[1]: row[3] for row in detail.excluded}["何佳"] == (("C-NAMED", "本人申请不参加本次抽取"),)
    sentence = {row[1]: row[3] for row in detail.excluded}["陈立"][0][1]
    assert "云岭" in sentence  # the pool keeps the sentence
    assert "云岭" not in json.dumps(detail.record, ensure_ascii=False)  # the record and its certificate do not
    assert [row["label"] for row in detail.record["candidates"]] == sorted(
        row["label"] for row in detail.record["candidates"])


def test_warnings_before_freezing(pool: ExpertPool) -> None:
    filled(pool, 4)
    assert [one.code for one in preview(pool, NUMBER, TWO).warnings] == ["draw.small"]
    assert [one.code for one in preview(pool, NUMBER, replace(TWO, mains=5)).warnings] == ["draw.too_few"]
    assert [one.code for one in preview(pool, NUMBER, replace(TWO, reserves=0)).warnings] == ["draw.few_reserves"]
    nobody = replace(TWO, fields=("C08L",), closeness="subclass")
    assert [one.code for one in preview(pool, NUMBER, nobody).warnings] == ["draw.nobody"]
    assert code_of(frozen, pool, nobody) == "draw.nobody"
    assert "9 (3 times" in preview(pool, NUMBER, TWO).warnings[0].text
    assert draw_rows(pool) == []


@pytest.mark.parametrize(("changes", "seal", "code"), [
    ({"witness": "李岚"}, commitment(HALF, SALT), "draw.same_person"),
    ({"witness": " 李岚 "}, commitment(HALF, SALT), "draw.same_person"),
    ({"operator": ""}, commitment(HALF, SALT), "draw.needs"), ({"place": " "}, commitment(HALF, SALT), "draw.needs"),
    ({"mains": 0}, commitment(HALF, SALT), "draw.value"), ({"weighting": "age"}, commitment(HALF, SALT), "draw.value"),
    ({"open_at": "soon"}, commitment(HALF, SALT), "draw.value"), ({}, "", "draw.commitment"),
    ({}, HALF, "draw.commitment"), ({"hands": "public"}, "", "draw.needs"),
    ({"hands": "public", "public_source": "上证指数"}, commitment(HALF, SALT), "draw.commitment"),
    ({"exclude": (("x", ""),)}, commitment(HALF, SALT), "draw.needs"),
])
def test_what_is_refused_before_freezing(pool: ExpertPool, changes: dict[str, Any], seal: str, code: str) -> None:
    assert code_of(open_draw, pool, NUMBER, replace(TWO, **changes), seal) == code


def test_two_hands_make_the_order(pool: ExpertPool) -> None:
    filled(pool)
    uid = frozen(pool)
    assert code_of(complete_draw, pool, uid, HALF, "other salt", WITNESS) == "draw.broken_seal"
    assert code_of(complete_draw, pool, uid, "another half", SALT, WITNESS) == "draw.broken_seal"
    assert code_of(complete_draw, pool, uid, HALF, SALT, "short") == "draw.half"
    assert code_of(certificate, pool, uid) == "draw.not_drawn"
    assert code_of(answer_draw, pool, uid, "专001", "accept") == "draw.not_drawn"
    complete_draw(pool, uid, f"  {HALF} ", SALT, WITNESS)
    detail = draw_detail(pool, uid)
    assert [one.state for one in detail.places] == ["called", "waiting", "waiting"]
    assert {one.name for one in detail.places} <= set(NAMES)
    assert wrong_steps(certificate(pool, uid)) == []
    assert code_of(complete_draw, pool, uid, HALF, SALT, WITNESS) == "draw.not_frozen"
    second = drawn(pool, number=OTHER)  # the same people and halves, another case
    assert draw_detail(pool, second).seed != detail.seed


def test_a_public_value_takes_the_place_of_both_hands(pool: ExpertPool) -> None:
    filled(pool)
    uid = open_draw(pool, NUMBER, replace(TWO, hands="public", public_source="上证指数 2026-11-24 收盘")).uid
    assert code_of(complete_draw, pool, uid, "", "", " ") == "draw.needs"
    complete_draw(pool, uid, "ignored", "ignored", "3821.47")
    content = certificate(pool, uid)
    assert (content["operator_half"], content["witness_half"]) == ("", "3821.47")
    assert wrong_steps(content) == []
    assert verify(certificate_text(content).encode(), pool).valid


def test_the_order_does_not_depend_on_the_database(pool: ExpertPool) -> None:
    filled(pool)
    uid = drawn(pool)
    record = dict(draw_detail(pool, uid).record)
    rows = record["candidates"]
    mixed = rows[:]
    seeded(3).shuffle(mixed)
    seed = draw_detail(pool, uid).seed
    assert order_of(seed, mixed, "none", 3) == order_of(seed, rows, "none", 3) == [
        one.label for one in draw_detail(pool, uid).places]


def test_weights_by_load_are_printed(pool: ExpertPool) -> None:
    filled(pool)
    first = drawn(pool, number=OTHER)
    answer_draw(pool, first, label(pool, first, 1), "accept")
    busy = draw_detail(pool, first).places[0].label
    uid = drawn(pool, replace(TWO, weighting="load"))
    weights = {row["label"]: row["weight"] for row in draw_detail(pool, uid).record["candidates"]}
    assert weights[busy] == 30
    assert {weight for one, weight in weights.items() if one != busy} == {60}
    assert wrong_steps(certificate(pool, uid)) == []
    assert "weighted by load" in paper_text(draw_record(pool, uid))


def test_answers_step_up_and_appoint(pool: ExpertPool) -> None:
    filled(pool)
    uid = drawn(pool)
    first, second, third = (label(pool, uid, place) for place in (1, 2, 3))
    assert code_of(answer_draw, pool, uid, second, "accept") == "draw.not_called"
    assert code_of(answer_draw, pool, uid, "专999", "accept") == "draw.label"
    assert code_of(answer_draw, pool, uid, first, "decline") == "draw.refusal"
    answer_draw(pool, uid, first, "undecided", caller="李岚", at="2026-11-22T09:05")
    answer_draw(pool, uid, first, "decline", "出差在外", "李岚")
    assert states(pool, uid) == ["decline", "called", "waiting"]
    answer_draw(pool, uid, second, "no_answer")
    answer_draw(pool, uid, third, "accept")
    assert states(pool, uid) == ["decline", "no_answer", "accept"]
    (row,) = assignment_rows(pool)
    assert (row.person, row.method, row.case) == (draw_detail(pool, uid).places[2].name, "drawn", NUMBER)
    with pool.read() as session:
        assert session.query(CheckRecord).count() == 1
    assert code_of(answer_draw, pool, uid, third, "decline", "换人") == "draw.answered"
    assert code_of(void_draw, pool, uid, "重来") == "draw.accepted"
    people = {one.label: one.uid for one in draw_detail(pool, uid).places}
    assert declines(pool, people[first]) == {"accept": 0, "decline": 1, "no_answer": 0}
    assert declines(pool, people[second], 2026)["no_answer"] == 1
    assert declines(pool, people[third], 1999)["accept"] == 0
    assert preview(pool, NUMBER, TWO).by_rule() == {"C-REFUSED": 2, "C-SERVING": 1} | {
        rule: count for rule, count in preview(pool, NUMBER, TWO).by_rule().items() if rule[0] in "RE"}
    content = certificate(pool, uid)
    assert [one["answer"] for one in content["answers"]] == ["undecided", "decline", "no_answer", "accept"]
    assert verify(certificate_text(content).encode(), pool).valid


def test_an_answer_is_undone_only_while_none_rests_on_it(pool: ExpertPool) -> None:
    filled(pool)
    uid = drawn(pool)
    slip = answer_draw(pool, uid, label(pool, uid, 1), "decline", "误记").entry
    answer_draw(pool, uid, label(pool, uid, 2), "accept")
    assert code_of(pool.undo, slip) == "undo.later"
    pool.undo_last()
    assert assignment_rows(pool) == []
    pool.undo_last()
    assert states(pool, uid) == ["called", "waiting", "waiting"]
    assert pool.check_journal()[1] is None


def test_whom_a_rule_bars_meanwhile_is_skipped_with_the_finding(pool: ExpertPool) -> None:
    filled(pool)
    uid = drawn(pool)
    one = draw_detail(pool, uid).places[0]
    edit(pool, one.uid, PersonDraft(
        name=one.name, expert_no=one.label, roles=[TERM],
        employments=[EmploymentDraft(employer="沈阳云岭机器人股份有限公司")]))
    answer_draw(pool, uid, one.label, "accept")
    assert states(pool, uid) == ["barred", "called", "waiting"]
    assert assignment_rows(pool) == []
    detail = draw_detail(pool, uid)
    assert detail.answers[0]["rules"] == ["R2"]
    assert "云岭" in detail.places[0].reason
    content = certificate(pool, uid)
    assert content["answers"][0]["reason"] == ""
    assert verify(certificate_text(content).encode(), pool).valid


def test_a_doubtful_person_is_verified_before_the_appointment(pool: ExpertPool) -> None:
    filled(pool, 0)
    person(pool, "周步云", expert_no="专777")
    uid = drawn(pool, replace(TWO, reserves=0))
    place = draw_detail(pool, uid).places[0]
    assert "周步云" in place.verify[0]
    assert code_of(answer_draw, pool, uid, "专777", "accept") == "appoint.verify"
    assert states(pool, uid) == ["called"]
    answer_draw(pool, uid, "专777", "accept", "已核对身份证号，系同名")
    assert assignment_rows(pool)[0].reason == "已核对身份证号，系同名"


def test_who_leaves_later_is_followed_by_the_next_reserve(pool: ExpertPool) -> None:
    filled(pool)
    uid = drawn(pool)
    first = label(pool, uid, 1)
    answer_draw(pool, uid, first, "accept")
    assert code_of(answer_draw, pool, uid, first, "released", "回避") == "draw.still_serving"
    row = assignment_rows(pool)[0]
    change_assignment(pool, row.uid, "withdrawn", note="回避")
    assert draw_detail(pool, uid).places[0].left
    answer_draw(pool, uid, first, "released", "回避")
    assert states(pool, uid) == ["released", "called", "waiting"]
    answer_draw(pool, uid, label(pool, uid, 2), "accept")
    newest = assignment_rows(pool, case=row.case_uid)[0]
    assert newest.replaces == row.person


def test_a_second_draw_needs_a_ground_and_says_so(pool: ExpertPool) -> None:
    filled(pool)
    first = frozen(pool)
    assert code_of(frozen, pool) == "draw.running"
    assert code_of(void_draw, pool, first, " ") == "draw.void_ground"
    void_draw(pool, first, "监督人临时有事，未到场")
    assert code_of(void_draw, pool, first, "again") == "draw.void"
    assert code_of(complete_draw, pool, first, HALF, SALT, WITNESS) == "draw.not_frozen"
    assert code_of(frozen, pool) == "draw.ground"
    second = drawn(pool, ground="第一次抽取作废")
    assert [(row.number, row.of, row.state) for row in draw_rows(pool, NUMBER)] == [
        (2, 2, "drawn"), (1, 2, "void")]
    record = draw_detail(pool, second).record
    assert record["earlier"][0]["ground"] == "监督人临时有事，未到场"
    paper = paper_text(draw_record(pool, second))
    assert " · draw 2 of 2 · " in paper
    assert "监督人临时有事" in paper
    assert certificate(pool, second)["draws"] == 2
    assert draw_rows(pool, OTHER) == []


def test_nothing_that_was_frozen_ever_changes(pool: ExpertPool) -> None:
    filled(pool)
    opened = open_draw(pool, NUMBER, TWO, commitment(HALF, SALT))

    def kept() -> tuple[Any, ...]:
        with pool.read() as session:
            draw = find_draw(session, opened.uid)
            return draw.record, draw.fingerprint, draw.people, draw.reasons, draw.frozen_by, draw.number, draw.role

    before = kept()
    entries = [opened.changes.entry, complete_draw(pool, opened.uid, HALF, SALT, WITNESS).entry]
    result = draw_detail(pool, opened.uid)
    change_state(pool, result.places[1].uid, "suspended", "测试", "2026-11-20")
    answer_draw(pool, opened.uid, result.places[0].label, "decline", "出差")
    entries.append(void_draw(pool, opened.uid, "全部候补不可用").entry)
    assert kept() == before
    after = draw_detail(pool, opened.uid)
    assert (after.seed, after.result, after.drawn_at) == (result.seed, result.result, result.drawn_at)
    assert [one.label for one in after.places] == [one.label for one in result.places]
    assert fingerprint(after.record) == after.fingerprint
    for entry in entries:
        assert code_of(pool.undo, entry) == "undo.lasting"
    pool.undo_last()  # steps over the draw to the answer before it
    assert states(pool, opened.uid) == ["called", "waiting", "waiting"]
    assert kept() == before


def test_blind_until_two_officers_open_it(pool: ExpertPool) -> None:
    filled(pool)
    uid = drawn(pool, replace(TWO, blind=True))
    detail = draw_detail(pool, uid)
    assert detail.masked
    assert {one.name for one in detail.places} == {""}
    assert not any(row[1] for row in (*detail.candidates, *detail.excluded))
    content = certificate(pool, uid)
    assert content["people"] == []
    for name in NAMES:
        assert name not in certificate_text(content)
    assert "专001" not in certificate_text(content)
    assert code_of(answer_draw, pool, uid, detail.places[0].label, "accept") == "draw.masked"
    assert code_of(open_names, pool, uid, ["李岚"], "通知") == "draw.officers"
    assert code_of(open_names, pool, uid, ["李岚", " 李岚"], "通知") == "draw.officers"
    assert code_of(open_names, pool, uid, ["李岚", "赵监"]) == "draw.officers"
    open_names(pool, uid, ["李岚", "赵监"], "开始通知")
    assert code_of(open_names, pool, uid, ["李岚", "赵监"], "通知") == "draw.opened"
    opened = draw_detail(pool, uid)
    assert {one.name for one in opened.places} <= set(NAMES)
    assert all(one.label == blind_label(uid, one.uid) for one in opened.places)
    assert verify(certificate_text(content).encode(), pool).valid  # issued before, still the same draw
    answer_draw(pool, uid, opened.places[0].label, "accept")
    assert len(assignment_rows(pool)) == 1


def test_one_officer_opens_it_from_the_set_hour(pool: ExpertPool) -> None:
    filled(pool)
    later = drawn(pool, replace(TWO, blind=True, open_at="2999-01-01T09:00"))
    assert code_of(open_names, pool, later, ["李岚"], "通知") == "draw.officers"
    due = drawn(pool, replace(TWO, blind=True, open_at="2020-01-01T09:00"), OTHER)
    assert draw_detail(pool, due).may_open_alone
    open_names(pool, due, ["李岚"])
    assert not draw_detail(pool, due).masked
    assert code_of(open_names, pool, drawn(pool, number=OTHER, ground="再抽一名"), ["李岚"]) == "draw.not_blind"


def test_only_those_with_permission_draw(pool: ExpertPool) -> None:
    filled(pool)
    pool.actor = Actor("读者", "reader")
    assert code_of(frozen, pool) == "permission.denied"
    pool.actor = Actor("承办", "case_manager")
    uid = drawn(pool)
    answer_draw(pool, uid, label(pool, uid, 1), "accept")
    assert draw_rows(pool)[0].accepted == 1


def test_a_certificate_of_another_pool_is_computed_alone(pool: ExpertPool) -> None:
    filled(pool)
    uid = drawn(pool)
    content = certificate(pool, uid)
    text = certificate_text(content).encode()
    alone, beside = verify(text), verify(text, pool)
    assert (alone.valid, alone.compared, beside.valid, beside.compared) == (True, False, True, True)
    assert (beside.case, beside.number) == (NUMBER, 1)
    answer_draw(pool, uid, label(pool, uid, 1), "decline", "出差")
    assert verify(text, pool).valid  # a later answer does not make it wrong
    void_draw(pool, uid, "改由协商确定")
    stale = verify(text, pool)
    assert [(one.code, one.detail) for one in stale.checks if not one.holds] == [("stored", "state")]


def test_no_single_change_of_a_certificate_is_accepted(pool: ExpertPool) -> None:
    filled(pool)
    person(pool, "陈立", employments=[EmploymentDraft(employer="沈阳云岭机器人股份有限公司")],
           interests=[InterestDraft(kind="avoid_unit", unit="沈阳步云机器人有限公司")])
    uid = drawn(pool, replace(TWO, fields=("B62D",)))
    answer_draw(pool, uid, label(pool, uid, 1), "decline", "出差")
    text = certificate_text(certificate(pool, uid))
    assert verify(text.encode()).valid
    chance = seeded(11)
    places = range(len(text)) if len(text) < 600 else sorted(chance.sample(range(len(text)), 500))
    for place in places:
        for changed in (text[:place] + chance.choice("0aZ号 \n\"{1") + text[place + 1:], text[:place] + text[place + 1:],
                        text[:place] + "x" + text[place:]):
            if changed != text:
                assert not verify(changed.encode()).valid, (place, text[place - 20:place + 20])
    for place in sorted(chance.sample(range(len(text.encode())), 200)):
        data = bytearray(text.encode())
        data[place] ^= 1 << chance.randrange(8)
        assert not verify(bytes(data)).valid


def test_each_field_changed_and_sealed_again_is_found(pool: ExpertPool) -> None:
    """Whoever also renews the certificate's own fingerprint fails at the computation or at the pool."""
    filled(pool)
    uid = drawn(pool)
    answer_draw(pool, uid, label(pool, uid, 1), "decline", "出差")
    content = certificate(pool, uid)

    def sealed(changed: dict[str, Any]) -> bytes:
        return certificate_text(changed | {SELF: self_print(changed)}).encode()

    told = {"issued_at", "issued_by", "drawn_at", "state"}  # texts that nothing hangs on without the pool
    for key, value in content.items():
        for other in ({"x": 1}, [*value, "x"] if isinstance(value, list) else f"{value}x"):
            free = key == SELF or (key in told and isinstance(other, str))
            assert verify(sealed(content | {key: other})).valid == free, key
    for key, value in content["record"].items():
        changed = content["record"] | {key: value + 1 if isinstance(value, int) else "other"}
        assert not verify(sealed(content | {"record": changed})).valid, key
    assert not verify(sealed(content | {"extra": ""})).valid
    assert not verify(sealed({key: value for key, value in content.items() if key != "salt"})).valid
    forged = content | {"order": list(reversed(content["order"]))}
    assert not verify(sealed(forged)).valid
    for key, value in (("drawn_at", "2026-01-01T00:00:00.000Z"), ("state", "void"),
                       ("void", {"ground": "x", "by": "", "at": ""}),
                       ("opened", {"officers": ["x"], "reason": "", "at": "2026-01-01"})):
        assert verify(sealed(content | {key: value})).valid, key
        assert not verify(sealed(content | {key: value}), pool).valid, key
    lied = [{**content["answers"][0], "answer": "no_answer"}]
    assert not verify(sealed(content | {"answers": lied}), pool).valid


def test_the_paper_says_everything(pool: ExpertPool) -> None:
    filled(pool)
    person(pool, "陈立", employments=[EmploymentDraft(employer="沈阳云岭机器人股份有限公司")])
    uid = drawn(pool, replace(TWO, fields=("B62D",), purpose="一审技术调查"))
    answer_draw(pool, uid, label(pool, uid, 1), "decline", "出差", "李岚")
    paper = draw_record(pool, uid)
    detail: DrawDetail = draw_detail(pool, uid)
    head, facts, counts, people, proof, signed, *description = paper.blocks
    assert plain(head.words) == f"{NUMBER} · draw 1 of 1 · Drawn · Check code {detail.code}"
    assert isinstance(facts, Facts)
    assert dict(facts.rows)["Purpose"] == "一审技术调查"
    assert isinstance(proof, Facts)
    assert dict(proof.rows)["Fingerprint of the record"] == detail.fingerprint
    assert dict(proof.rows)["Witness's half"] == WITNESS
    said, _dot, rules = counts.words.partition(" Kept out by rule: ")
    assert said == "10 took part, 1 were excluded; 1 mains and 2 reserves."
    assert rules.endswith(" 1.")
    assert isinstance(people, Table)
    assert [row[1] for row in people.rows] == ["Main", "Reserve", "Reserve"]
    assert "Declined" in people.rows[0][4]
    assert "出差 · 李岚" in people.rows[0][5]
    assert "stepped up" in people.rows[1][4]
    assert isinstance(signed, Signatures)
    assert [one.name for one in signed.places][:2] == ["李岚", "赵监 · 机关纪委"]
    assert description[0] == PageBreak()
    assert description[1] == Heading("How the draw is computed (expertpool-draw/1)")


def test_the_command_line(pool: ExpertPool, pool_target: str, capsys: pytest.CaptureFixture[str],
                          monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("EXPERTPOOL_DATABASE", pool_target)
    filled(pool)

    def call(*arguments: str) -> tuple[int, Any]:
        code = run(["--language", "en", "draw", *arguments])
        out = capsys.readouterr()
        SETTINGS.database = ""
        return code, json.loads(out.out) if "--json" in arguments and out.out else out.out + out.err

    common = ("--operator", "李岚", "--place", "第三会议室")
    assert call("make", NUMBER, *common, "--witness", "李岚")[0] == 1
    code, made = call("make", "2026辽01知民初418", *common, "--witness", "赵监", "--field", "B62D", "--title", "副高级",
                      "--mains", "2", "--json")
    assert (code, made["eligible"], made["case"]) == (0, 10, NUMBER)
    assert made["commitment"] == commitment(made["half"], made["salt"])
    halves = ("--half", made["half"], "--salt", made["salt"], "--witness-half", WITNESS)
    code, result = call("complete", made["uid"], *halves, "--json")
    assert [one["asked"] for one in result["places"]] == [True, True, False, False]
    code, result = call("answer", made["uid"], result["places"][0]["label"], "decline", "--reason", "出差", "--json")
    assert [one["asked"] for one in result["places"]] == [False, True, True, False]
    assert call("answer", made["uid"], result["places"][1]["label"], "accept")[0] == 0
    code, rows = call("list", "--case", NUMBER, "--json")
    assert (rows[0]["accepted"], rows[0]["code"]) == (1, result["check_code"])
    file = tmp_path / "证书.json"
    assert call("certificate", made["uid"], str(file))[0] == 0
    assert wrong_steps(json.loads(file.read_text(encoding="utf-8"))) == []
    code, found = call("verify", str(file), "--json")
    assert (code, found["valid"], found["compared"]) == (0, True, True)
    assert "holds in itself" in call("verify", str(file), "--alone")[1]
    file.write_bytes(file.read_bytes().replace("赵监".encode(), "钱监".encode()))
    code, found = call("verify", str(file), "--json")
    assert (code, found["valid"]) == (1, False)
    assert {"sealed", "record", "stored"} <= {one["code"] for one in found["checks"] if not one["holds"]}
    assert call("verify", str(tmp_path / "none.json"))[0] == 1
    assert call("void", made["uid"], "--ground", "x")[0] == 1
    code, blind = call("make", OTHER, *common, "--witness", "赵监", "--blind", "--public-source", "上证指数", "--json")
    assert call("complete", blind["uid"], "--witness-half", "3821.47")[0] == 0
    assert call("open", blind["uid"], "--officer", "李岚", "--reason", "通知")[0] == 1
    code, result = call("open", blind["uid"], "--officer", "李岚", "--officer", "赵监", "--reason", "通知", "--json")
    assert not result["masked"]
    assert call("void", blind["uid"], "--ground", "改由协商确定")[0] == 0
    assert "expertpool-draw/1" in call("explain")[1]


def test_two_windows_cannot_enter_two_answers(pool: ExpertPool, pool_target: str) -> None:
    filled(pool)
    uid = drawn(pool)
    first = label(pool, uid, 1)
    refused: list[str] = []
    ready = threading.Barrier(2)

    def enter() -> None:
        with ExpertPool.open(pool_target, actor=Actor("窗口")) as own:
            ready.wait(20)
            try:
                answer_draw(own, uid, first, "accept")
            except UserProblem as problem:
                refused.append(problem.code)

    windows = [threading.Thread(target=enter) for _number in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join(60)
    assert refused == ["draw.answered"]
    assert [one["answer"] for one in draw_detail(pool, uid).answers] == ["accept"]
    assert len(assignment_rows(pool)) == 1


def test_a_person_merged_since_is_the_one_who_was_kept(pool: ExpertPool) -> None:
    filled(pool, 3)
    uid = drawn(pool, replace(TWO, reserves=0))
    one = draw_detail(pool, uid).places[0]
    person(pool, one.name)
    other = next(row.uid for row in preview(pool, OTHER, TWO).eligible
                 if row.name == one.name and row.uid != one.uid)
    merge(pool, other, one.uid, reason="同一人")
    answer_draw(pool, uid, one.label, "accept")
    assert assignment_rows(pool)[0].person_uid == other
    assert declines(pool, other)["accept"] == 1
    assert draw_detail(pool, uid).places[0].name == one.name
    assert verify(certificate_text(certificate(pool, uid)).encode(), pool).valid
