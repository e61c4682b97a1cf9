"""Technical opinions stay with the case; numbers go when they are due; a person's own copy is whole."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from expertpool.accounts.permissions import Actor
from expertpool.assignments.opinions import OpinionRow, attach_opinion, opinion_rows, save_opinion
from expertpool.assignments.tables import Assignment
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.documents.personal_copy import holdings
from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.details import person_detail, reveal
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import change_state, register
from expertpool.experts.retention import clear_numbers, numbers_due
from expertpool.experts.tables import Person
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from expertpool.rosters.roster import RosterRequest, export_roster, purposes
from expertpool.workbook.workbook import export_pool

NUMBER, MOBILE, CASE = "210102197805123016", "13812345678", "(2026)辽01知民初1号"
SAID = "被诉技术方案落入权利要求一的保护范围"


@pytest.fixture
def filled(pool: ExpertPool) -> ExpertPool:
    register(pool, PersonDraft.model_validate({
        "name": "张伟", "id_kind": "resident_id", "id_number": NUMBER, "address": "青年大街1号",
        "phones": [{"kind": "mobile", "number": MOBILE}], "employments": [{"employer": "东北大学"}],
        "roles": [{"role": "technical_investigator", "start": "2020-01-01", "end": "2030-01-01"}]}))
    open_case(pool, CaseDraft(number=CASE))
    appoint(pool, CASE, uid_of(pool), reason="已核实", override="特别批准")
    return pool


def uid_of(pool: ExpertPool) -> str:
    with pool.read() as session:
        return str(session.scalars(select(Person.uid)).one())


def assignment_of(pool: ExpertPool) -> str:
    with pool.read() as session:
        return str(session.scalars(select(Assignment.uid)).one())


@pytest.fixture
def opinion(filled: ExpertPool, tmp_path: Path) -> OpinionRow:
    paper = tmp_path / "技术调查意见.txt"
    paper.write_text(SAID, encoding="utf-8")
    attach_opinion(filled, assignment_of(filled), paper)
    paper.unlink()
    return opinion_rows(filled, CASE)[0]


# -- opinions
def test_an_opinion_comes_back_as_it_was_and_reading_is_noted(filled: ExpertPool, opinion: OpinionRow,
                                                              tmp_path: Path) -> None:
    before = filled.state()
    save_opinion(filled, opinion.uid, tmp_path / "又.txt")
    assert (tmp_path / "又.txt").read_text(encoding="utf-8") == SAID
    assert (opinion.person, opinion.number) == ("张伟", CASE)
    assert filled.state() == before + 1


def test_an_opinion_is_in_no_export_and_no_search(filled: ExpertPool, opinion: OpinionRow, tmp_path: Path) -> None:
    export_pool(filled, tmp_path / "库.xlsx", reveal_reason="核对")
    for purpose in purposes():
        export_roster(filled, tmp_path / f"{purpose}.xlsx", RosterRequest(purpose=purpose, receiver="甲", reason="乙"))
    for file in tmp_path.glob("*.xlsx"):
        text_ = "\n".join(str(cell) for sheet in load_workbook(file) for row in sheet.iter_rows(values_only=True)
                          for cell in row if cell)
        assert SAID not in text_, file.name
        assert "技术调查意见.txt" not in text_, file.name
    assert len(people_ids(filled, PeopleQuery(search="保护范围"))) == 0
    assert filled.find("保护范围") == []
    with filled.database.engine.connect() as connection:
        rows = repr(connection.execute(text("SELECT * FROM attachment")).all())
    assert SAID not in rows


def test_opinions_are_for_those_of_the_case(filled: ExpertPool, opinion: OpinionRow, tmp_path: Path) -> None:
    for office in ("register_keeper", "supervisor", "reader", "importer"):
        with ExpertPool.open(filled.database.target, actor=Actor("某人", office)) as pool:
            for verb in (lambda p=pool: opinion_rows(p), lambda p=pool: save_opinion(p, opinion.uid, tmp_path / "x")):
                with pytest.raises(UserProblem) as refused:
                    verb()
                assert refused.value.code == "permission.denied"
    assert not (tmp_path / "x").exists()


def test_what_is_no_paper_is_refused(filled: ExpertPool, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    for path in (tmp_path / "empty.pdf", tmp_path / "nowhere.pdf"):
        with pytest.raises((UserProblem, EnvironmentProblem)) as refused:
            attach_opinion(filled, assignment_of(filled), path)
        assert refused.value.code == "opinion.file"


# -- retention
def test_numbers_are_cleared_years_after_somebody_left(filled: ExpertPool) -> None:
    uid = uid_of(filled)
    assert numbers_due(filled) == []
    change_state(filled, uid, "removed", "期满", "2021-11-30")
    assert numbers_due(filled) == []  # due on 2026-11-28, today is 2026-11-22
    change_state(filled, uid, "removed", "期满", "2021-11-20")
    assert [(one.name, one.due) for one in numbers_due(filled)] == [("张伟", "2026-11-20")]
    clear_numbers(filled, [uid])
    detail = person_detail(filled, uid, revealed=True)
    assert (detail.values["id_number"], detail.values["address"], detail.children["phones"]) == ("", "", [])
    assert detail.name == "张伟"
    assert numbers_due(filled) == []
    assert len(people_ids(filled, PeopleQuery(search="5678", state=""))) == 0


def test_nobody_is_cleared_before_it_is_due(filled: ExpertPool) -> None:
    state = filled.state()
    clear_numbers(filled, [uid_of(filled)])
    assert person_detail(filled, uid_of(filled), revealed=True).values["id_number"] == NUMBER
    assert filled.state() == state


def test_the_court_sets_the_period(filled: ExpertPool) -> None:
    filled.set_setting("retention", {"years_after_leaving": 30})
    change_state(filled, uid_of(filled), "removed", "期满", "2010-01-01")
    assert numbers_due(filled) == []


# -- the person's own copy
def test_the_copy_is_whole_and_names_who_looked(filled: ExpertPool) -> None:
    reveal(filled, uid_of(filled), "发放补贴")
    found = holdings(filled, uid_of(filled), "本人申请")
    everything = str(found.sections)
    for part in (NUMBER, MOBILE, "东北大学", "青年大街1号", CASE, "发放补贴", "本人申请"):
        assert part in everything
    with pytest.raises(UserProblem) as refused:
        holdings(filled, uid_of(filled), " ")
    assert refused.value.code == "reveal.reason"
