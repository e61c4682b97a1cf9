"""Lines of cases on both engines: linked by rule in any order, by hand, taken apart again, suggested."""

from typing import Any

import pytest
from sqlalchemy import select

from expertpool.cases.details import case_detail
from expertpool.cases.docket import case_by_number, edit_case, open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft, PatentDraft
from expertpool.cases.linking import link_by_hand, link_suggestions, unlink
from expertpool.cases.tables import CaseLink, Dispute
from expertpool.checks.lineage import procedure_here
from expertpool.checks.load_facts import load_case_facts
from expertpool.foundation.problems import UserProblem
from expertpool.pool import ExpertPool

A1, B1, A2, B2, A3, B3 = ("(2022)辽01知民初7号", "(2023)最高法知民终7号", "(2024)辽01知民初8号", "(2024)最高法知民终8号",
                          "(2025)辽01知民初9号", "(2026)最高法知民终9号")


def enter(pool: ExpertPool, number: str, **values: Any) -> None:
    open_case(pool, CaseDraft(number=number, **values))


def line(pool: ExpertPool, number: str) -> list[tuple[str, str]]:
    return [(step["number"], step["link"]) for step in case_detail(pool, number).lineage]


def disputes(pool: ExpertPool, *numbers: str) -> list[int | None]:
    with pool.read() as session:
        return [case_by_number(session, number).dispute_id for number in numbers]


@pytest.mark.parametrize("typed", ["（2022）辽01知民初7号", "2022辽01知民初7", "〔2022〕 辽 01 知民初 7 号"])
def test_the_original_case_in_any_spelling_before_or_after(pool: ExpertPool, typed: str) -> None:
    enter(pool, B1, original_number=typed)
    assert line(pool, B1) == [(B1, "")]
    enter(pool, A1)
    assert line(pool, A1) == [(A1, ""), (B1, "appeal")]
    enter(pool, A2, original_number=B1)
    assert line(pool, A1) == [(A1, ""), (B1, "appeal"), (A2, "remand")]


def test_two_remands_are_two_rounds(pool: ExpertPool) -> None:
    for number, original in ((B3, A3), (A3, B2), (B2, A2), (A2, B1), (B1, A1), (A1, "")):  # entered backwards
        enter(pool, number, original_number=original)
    assert [number for number, _link in line(pool, A2)] == [A1, B1, A2, B2, A3, B3]
    with pool.read() as session:
        here = [procedure_here(load_case_facts(session, case_by_number(session, number)))
                for number in (A1, B1, A2, B2, A3, B3)]
    assert here == ["first_instance", "second_instance", "remand_first", "remand_second", "remand_first",
                    "remand_second"]


def test_a_case_cannot_follow_from_itself(pool: ExpertPool) -> None:
    for number, original in ((A1, ""), (B1, A1), (A2, B1)):
        enter(pool, number, original_number=original)
    before = line(pool, A1)
    for earlier, later in ((A2, A1), (B1, A1), (A1, A1)):
        with pytest.raises(UserProblem) as refused:
            link_by_hand(pool, earlier, later, "appeal")
        assert refused.value.code == "case.cycle"
    with pytest.raises(UserProblem) as refused:
        link_by_hand(pool, A1, B1, "nonsense")
    assert refused.value.code == "case.link_kind"
    assert line(pool, A1) == before


def test_by_hand_and_apart_again(pool: ExpertPool) -> None:
    for number in (A1, B1, A2, B2):
        enter(pool, number)
    link_by_hand(pool, A1, B1)
    link_by_hand(pool, "（2024）辽01知民初8号", B2)
    link_by_hand(pool, B1, A2)
    assert len(set(disputes(pool, A1, B1, A2, B2))) == 1
    assert line(pool, B2) == [(A1, ""), (B1, "appeal"), (A2, "remand"), (B2, "appeal")]
    unlink(pool, B1, A2)
    first, second, third, fourth = disputes(pool, A1, B1, A2, B2)
    assert first == second != third == fourth
    unlink(pool, A1, B1)
    unlink(pool, A2, B2)
    assert disputes(pool, A1, B1, A2, B2) == [None] * 4
    with pool.read() as session:
        assert not session.scalars(select(CaseLink)).all()
        assert not session.scalars(select(Dispute)).all()
    pool.undo_last()
    assert line(pool, B2) == [(A2, ""), (B2, "appeal")]
    with pytest.raises(UserProblem) as refused:
        unlink(pool, A1, B2)
    assert refused.value.code == "case.not_linked"


def test_another_kind_by_hand_takes_the_place_of_the_first(pool: ExpertPool) -> None:
    enter(pool, A1)
    enter(pool, A2, original_number=A1)
    assert line(pool, A2) == [(A1, ""), (A2, "remand")]
    link_by_hand(pool, A1, A2, "series")
    assert disputes(pool, A1, A2) == [None, None]
    link_by_hand(pool, A1, A2, "transferred")
    assert line(pool, A2) == [(A1, ""), (A2, "transferred")]


def test_a_corrected_original_number_moves_the_case(pool: ExpertPool) -> None:
    for number, original in ((A1, ""), (A2, ""), (B1, A1)):
        enter(pool, number, original_number=original)
    detail = case_detail(pool, B1)
    draft = detail.draft()
    draft.original_number = A2
    edit_case(pool, detail.uid, draft, detail.version)
    assert line(pool, B1) == [(A2, ""), (B1, "appeal")]
    assert disputes(pool, A1) == [None]


def test_a_case_known_as_related_too_stays_in_its_line(pool: ExpertPool) -> None:
    enter(pool, "(2023)京73行初5号")
    for number, original in ((A1, ""), (B1, A1)):
        enter(pool, number, original_number=original)
    link_by_hand(pool, "(2023)京73行初5号", B1, "invalidation")
    assert line(pool, A1) == [(A1, ""), (B1, "appeal")]


def test_what_may_belong_together(pool: ExpertPool) -> None:
    parties = [PartyDraft(side="plaintiff", name="甲示例有限公司"), PartyDraft(side="defendant", name="乙示例有限公司")]
    patent = [PatentDraft(number="ZL 2019 1 0123456.8")]
    cause = "侵害发明专利权纠纷"
    enter(pool, A1, parties=parties, patents=patent, cause=cause)
    enter(pool, B1, parties=parties[::-1], cause=cause)
    enter(pool, "(2023)京73行初5号", patents=[PatentDraft(number="201910123456.8")])
    enter(pool, "(2023)沪73知民初6号", patents=[PatentDraft(number="201910123456.8")])
    enter(pool, "(2023)辽01知民初99号", parties=parties[:1], cause=cause, patents=[PatentDraft(number="202020123456.1")])
    found = {one.number: (one.kind, one.why, one.earlier) for one in link_suggestions(pool, A1)}
    assert found == {B1: ("appeal", "same_parties", False),
                     "(2023)京73行初5号": ("invalidation", "same_patent", False),
                     "(2023)沪73知民初6号": ("same_patent", "same_patent", False)}
    assert disputes(pool, A1, B1) == [None, None]
    link_by_hand(pool, A1, B1)
    assert B1 not in {one.number for one in link_suggestions(pool, A1)}
