"""Two desks at once: what one of them read before the other wrote is refused, and what only one of them changed stays."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from expertpool.accounts.accounts import AccountDraft, accounts, add_account, change_account, sign_in
from expertpool.accounts.permissions import Actor
from expertpool.cases.browse import CaseQuery, case_ids, case_rows
from expertpool.cases.docket import close_case, open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.declarations.drafts import DeclarationDraft
from expertpool.declarations.form import form_contents
from expertpool.declarations.questions import questions
from expertpool.declarations.recording import declare
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.comparing import compare
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import InterestDraft, PersonDraft
from expertpool.experts.pairs import answer_pair, possible_pairs
from expertpool.experts.register import change_state, edit, register
from expertpool.foundation.problems import UserProblem
from expertpool.importing.remembered import all_remembered, fingerprint, forget, remember
from expertpool.organisations.edits import answer_units
from expertpool.pool import ExpertPool
from expertpool.safekeeping.backups import SETTING, choose_places

PASSWORD = "Shenyang-2026-x"


@pytest.fixture
def other(pool: ExpertPool, pool_target: str) -> Iterator[ExpertPool]:
    """The same pool at another desk."""
    with ExpertPool.open(pool_target, actor=Actor("zhang")) as opened:
        yield opened


def refused(verb: Callable[..., Any], *given: Any, **named: Any) -> str:
    with pytest.raises(UserProblem) as told:
        verb(*given, **named)
    return told.value.code


def uids(pool: ExpertPool) -> list[str]:
    return [row.uid for row in people_rows(pool, people_ids(pool, PeopleQuery(state="")))]


# -- settings
def test_two_people_change_two_rules(pool: ExpertPool, other: ExpertPool) -> None:
    mine, theirs = {"parameters": {"years": 5}}, {"outcomes": {"missing": "warn"}}
    before = pool.setting("rules")
    other.set_parts("rules", {"R13": theirs}, "decision 2", as_read={"R13": None})
    pool.set_parts("rules", {"R3": mine}, "decision 1", as_read={"R3": before.get("R3")})
    assert pool.setting("rules") == {"R3": mine, "R13": theirs}


def test_two_people_change_one_rule(pool: ExpertPool, other: ExpertPool) -> None:
    read = pool.setting("rules").get("R3")
    other.set_parts("rules", {"R3": {"parameters": {"years": 4}}}, as_read={"R3": read})
    assert refused(pool.set_parts, "rules", {"R3": {"parameters": {"years": 5}}}, as_read={"R3": read}) == "record.changed"
    assert refused(pool.set_parts, "rules", {"R3": None}, as_read={"R3": read}) == "record.changed"
    assert pool.setting("rules") == {"R3": {"parameters": {"years": 4}}}
    pool.set_parts("rules", {"R3": None}, as_read={"R3": {"parameters": {"years": 4}}})
    assert pool.setting("rules") == {}


def test_parts_of_a_part(pool: ExpertPool, other: ExpertPool) -> None:
    """Two desks remember two layouts; the second used to write back what it had read before the first."""
    remember(pool, ["姓名", "单位"], "甲", {0: "name"})
    remember(other, ["姓名", "职称"], "乙", {0: "name"})
    assert {one.name for one in all_remembered(pool)} == {"甲", "乙"}
    assert forget(pool, fingerprint(["姓名", "单位"]))
    assert [one.name for one in all_remembered(other)] == ["乙"]
    assert not forget(other, fingerprint(["姓名", "单位"]))


def test_where_backups_lie_leaves_the_rest_alone(pool: ExpertPool) -> None:
    pool.set_setting(SETTING, {"days": 3})
    choose_places(pool, "a", "b")
    assert pool.setting(SETTING).items() >= {"days": 3, "folder": "a", "second": "b"}.items()


# -- accounts
def test_an_account_changed_meanwhile(pool: ExpertPool, pool_target: str) -> None:
    add_account(pool, AccountDraft("管理", office="administrator"), PASSWORD)
    add_account(pool, AccountDraft("李", "李某", "reader"), PASSWORD)
    sign_in(pool, "管理", PASSWORD)
    with ExpertPool.open(pool_target) as there:
        sign_in(there, "管理", PASSWORD)
        row = next(one for one in accounts(pool) if one.name == "李")
        with ExpertPool.open(pool_target) as third:
            sign_in(third, "李", PASSWORD)  # raises the record's version, and is no change of the account
        change_account(there, AccountDraft("李", "李某某", "reader"), row.draft())
        stale = AccountDraft("李", "李某", "case_manager")
        assert refused(change_account, pool, stale, row.draft()) == "record.changed"
        found = next(one for one in accounts(pool) if one.name == "李")
        assert (found.display_name, found.office) == ("李某某", "reader")
        change_account(pool, AccountDraft("李", "李某某", "case_manager"), found.draft())


# -- people
def test_a_state_decided_on_what_is_over(pool: ExpertPool, other: ExpertPool) -> None:
    register(pool, PersonDraft(name="张伟"))
    (uid,) = uids(pool)
    change_state(other, uid, "removed", "退休", "2026-11-01", before="active")
    assert refused(change_state, pool, uid, "suspended", "出国", "2026-11-02", before="active") == "record.changed"
    assert person_detail(pool, uid).state == "removed"
    change_state(pool, uid, "active", "返聘", "2026-11-03", before="removed")


def pair(pool: ExpertPool) -> tuple[str, str, dict[str, int]]:
    for _time in range(2):
        register(pool, PersonDraft.model_validate({
            "name": "张伟", "birth": "1978-05", "employments": [{"employer": "东北大学"}]}))
    one = possible_pairs(pool)[0]
    found = compare(pool, one.one.uid, one.other.uid)
    return one.one.uid, one.other.uid, {side.uid: side.version for side in (found.kept, found.other)}


@pytest.mark.parametrize("answer", ["same", "different", "later"])
def test_a_pair_answered_by_two_people(pool: ExpertPool, other: ExpertPool, answer: str) -> None:
    kept, gone, seen = pair(pool)
    answer_pair(other, kept, gone, "different", "生日不同", as_read=seen)
    assert refused(answer_pair, pool, kept, gone, answer, "同名", as_read=seen) == "duplicates.settled"
    assert {person_detail(pool, uid).state for uid in (kept, gone)} == {"active"}


@pytest.mark.parametrize("answer", ["same", "different"])
def test_a_pair_of_which_one_was_changed_meanwhile(pool: ExpertPool, other: ExpertPool, answer: str) -> None:
    kept, gone, seen = pair(pool)
    detail = person_detail(other, gone, revealed=True)
    edit(other, gone, detail.draft().model_copy(update={"birth": "1981-02"}), detail.version)
    assert refused(answer_pair, pool, kept, gone, answer, "同名", as_read=seen) == "record.changed"
    assert person_detail(pool, gone).state == "active"


def test_a_pair_put_off_by_somebody_else_can_be_answered(pool: ExpertPool, other: ExpertPool) -> None:
    kept, gone, seen = pair(pool)
    answer_pair(other, kept, gone, "later", as_read=seen)
    answer_pair(pool, kept, gone, "same", "同一人", as_read=seen)
    assert uids(pool) == [kept]


def test_a_declaration_entered_against_what_is_no_longer_on_file(pool: ExpertPool, other: ExpertPool) -> None:
    """What the paper does not name ends; so an interest that came meanwhile would end unseen."""
    register(pool, PersonDraft(name="张伟"))
    (uid,) = uids(pool)
    seen = form_contents(pool, [uid])[0].on_file
    question = questions()[0]
    named = InterestDraft(kind=question.kind, name="某公司", unit="某公司")
    declare(other, uid, DeclarationDraft(signed_on="2026-11-01", answers={question.code: "some"}, interests=[named]),
            on_file=seen)
    nothing = DeclarationDraft(signed_on="2026-11-02", answers={question.code: "none"})
    assert refused(declare, pool, uid, nothing, on_file=seen) == "record.changed"
    now = form_contents(pool, [uid])[0]
    assert [one.end for one in now.interests] == [""]
    declare(pool, uid, nothing, on_file=now.on_file)


# -- the rest
def test_two_people_close_a_case(pool: ExpertPool, other: ExpertPool) -> None:
    open_case(pool, CaseDraft(number="(2026)辽01知民初1号"))
    uid = case_rows(pool, case_ids(pool, CaseQuery()))[0].uid
    close_case(other, uid, "2026-11-01")
    assert refused(close_case, pool, uid, "2026-11-20") == "case.closed_before"


def test_two_people_answer_two_units(pool: ExpertPool, other: ExpertPool) -> None:
    answer_units(other, "云岭公司", "云岭机器人", "different", first=True)
    assert refused(answer_units, pool, "云岭机器人", "云岭公司", "group", first=True) == "record.changed"
    answer_units(pool, "云岭公司", "云岭机器人", "group")  # on purpose
