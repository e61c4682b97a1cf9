"""One operation on many records: the preview tells the truth, one journal entry, one undo, nobody else's court."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from expertpool.cases.closing import close_cases, preview_closing
from expertpool.cases.details import case_detail
from expertpool.cases.docket import close_case, open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import change_state, register_many
from expertpool.experts.standing import change_states, preview_states
from expertpool.foundation.many import named
from expertpool.foundation.problems import UserProblem
from expertpool.storage.tables import JournalEntry

NAMES = ["安静", "何佳", "李娜", "孟晓", "赵明"]
NUMBERS = [f"(2026)辽01知民初{count}号" for count in (1, 2, 3)]
ELSEWHERE = "(2026)京73民初4号"


@pytest.fixture
def people(pool):
    with pool.write("register", name="all") as transaction:
        register_many(transaction, [PersonDraft(name=name) for name in NAMES])
    found = {row.name: row for row in people_rows(pool, people_ids(pool, PeopleQuery(state="")))}
    change_state(pool, found["李娜"].uid, "suspended", "出国", "2026-11-01")
    return found


def entries(pool):
    with pool.read() as session:
        return session.scalar(select(func.count()).select_from(JournalEntry))


def test_many_people_change_with_one_entry_and_one_undo(pool, people):
    ids = [people[name].person_id for name in NAMES]
    shown = preview_states(pool, ids, "suspended")
    assert [(one.name, one.why) for one in shown] == [
        ("安静", ""), ("何佳", ""), ("李娜", "standing.already"), ("孟晓", ""), ("赵明", "")]
    before = entries(pool)
    changes = change_states(pool, ids, "suspended", "年度核查", "2026-11-22")
    assert entries(pool) == before + 1
    assert changes.ids["person"] == {people[name].person_id for name in NAMES if name != "李娜"}
    for name, reason in (("安静", "年度核查"), ("李娜", "出国")):
        detail = person_detail(pool, people[name].uid)
        assert (detail.state, detail.values["state_reason"]) == ("suspended", reason)
    with pool.read() as session:
        words = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first().words
    assert words["name"] == "安静、何佳、孟晓 … (4)"
    pool.undo(changes.entry)
    assert [person_detail(pool, people[name].uid).state for name in NAMES] == [
        "active", "active", "suspended", "active", "active"]


def test_nothing_is_written_where_nobody_would_change(pool, people):
    before = entries(pool)
    with pytest.raises(UserProblem) as caught:
        change_states(pool, [people["李娜"].person_id], "suspended", "又一次", "2026-11-22")
    assert caught.value.code == "standing.nobody"
    assert entries(pool) == before


def test_whoever_waits_for_approval_is_not_taken_in_by_the_way(pool, people):
    change_state(pool, people["何佳"].uid, "pending", "", "2026-11-01")
    ids = [people[name].person_id for name in ("何佳", "李娜")]
    assert [one.why for one in preview_states(pool, ids, "active")] == ["standing.waits", ""]
    change_states(pool, ids, "active", "回来了", "2026-11-22")
    assert person_detail(pool, people["何佳"].uid).state == "pending"


def test_many_cases_close_with_one_entry_and_one_undo(pool):
    for number in (*NUMBERS, ELSEWHERE):
        open_case(pool, CaseDraft(number=number, filed_on="2026-09-01"))
    details = [case_detail(pool, number) for number in (*NUMBERS, ELSEWHERE)]
    close_case(pool, details[1].uid, "2026-10-01")
    ids = [detail.id for detail in details]
    pool.actor = replace(pool.actor, courts=("辽01",))
    assert [one.why for one in preview_closing(pool, ids)] == ["", "case.closed_already", "", "case.other_court"]
    before = entries(pool)
    changes = close_cases(pool, ids, "2026-11-22")
    assert entries(pool) == before + 1
    states = [case_detail(pool, detail.uid).values for detail in details]
    assert [one["state"] for one in states] == ["closed", "closed", "closed", "open"]
    assert [one["closed_on"] for one in states[:3]] == ["2026-11-22", "2026-10-01", "2026-11-22"]
    pool.undo(changes.entry)
    assert [case_detail(pool, detail.uid).values["state"] for detail in details] == [
        "open", "closed", "open", "open"]
    with pytest.raises(UserProblem) as caught:
        close_cases(pool, [ids[1], ids[3]], "2026-11-22")
    assert caught.value.code == "case.none_to_close"


def test_names_of_a_journal_entry_are_counted_beyond_three():
    assert named(["甲"]) == "甲"
    assert named(["甲", "乙", "丙"]) == "甲、乙、丙"
    assert named(["甲", "乙", "丙", "丁"]) == "甲、乙、丙 … (4)"
