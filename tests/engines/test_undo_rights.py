"""Undo is no master key: taking something back needs the permission to do it, and what others did an office for it."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.cases.tables import CourtCase
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import change_state, register
from expertpool.experts.tables import Person
from expertpool.importing.approval import approve_import
from expertpool.importing.batches import batches, undo_batch
from expertpool.importing.experts import import_experts
from expertpool.pool import ExpertPool
from expertpool.safekeeping.journal_keeping import restore_deleted, undo_refusal
from tests.engines.offices import act_as, close, refused


@pytest.fixture
def closed(pool: ExpertPool) -> ExpertPool:
    close(pool)
    return pool


def state_of(pool: ExpertPool, uid: str) -> str:
    with pool.database.read() as session:
        return session.scalars(select(Person.state).where(Person.uid == uid)).one()


def added(pool: ExpertPool, name: str = "安亦舟") -> str:
    register(pool, PersonDraft(name=name))
    with pool.database.read() as session:
        return session.scalars(select(Person.uid).where(Person.name == name)).one()


def roster(folder: Path, *names: str) -> Path:
    book = Workbook()
    book.active.append(["姓名", "单位"])
    for name in names:
        book.active.append([name, "浑河理工大学"])
    book.save(folder / "名册.xlsx")
    return folder / "名册.xlsx"


def test_an_importer_does_not_take_back_what_a_keeper_did(closed: ExpertPool) -> None:
    act_as(closed, "register_keeper")
    uid = added(closed)
    change_state(closed, uid, "suspended", "调查中", "2026-11-20")
    entry = closed.state()
    act_as(closed, "importer")
    assert refused(closed.undo, entry) == "undo.permission"
    assert refused(closed.undo_last) == "undo.nothing"
    assert state_of(closed, uid) == "suspended"
    assert closed.state() == entry


def test_nobody_but_an_administrator_takes_settings_back(closed: ExpertPool) -> None:
    act_as(closed, "administrator")
    closed.set_setting("court", {"name": "沈阳市中级人民法院"})
    entry = closed.state()
    for office in ("importer", "register_keeper", "case_manager"):
        act_as(closed, office)
        assert refused(closed.undo, entry) == "undo.permission"
    act_as(closed, "administrator")
    closed.undo(entry)
    assert closed.name == ""


def test_what_others_did_needs_an_office_for_it(closed: ExpertPool) -> None:
    act_as(closed, "administrator")
    open_case(closed, CaseDraft(number="(2026)辽01知民初1号"))
    entry = closed.state()
    act_as(closed, "case_manager")  # may open cases, but this one was opened by somebody else
    assert refused(closed.undo, entry) == "undo.others"
    open_case(closed, CaseDraft(number="(2026)辽01知民初2号"))
    closed.undo(closed.state())
    assert closed.counts()["open_cases"] == 1


def test_undoing_an_undo_is_doing_it_again(closed: ExpertPool) -> None:
    act_as(closed, "register_keeper")
    uid = added(closed)
    change_state(closed, uid, "suspended", "调查中", "2026-11-20")
    closed.undo(closed.state())
    assert state_of(closed, uid) == "active"
    entry = closed.state()
    act_as(closed, "importer")
    assert refused(closed.undo, entry) == "undo.permission"
    act_as(closed, "register_keeper")
    closed.undo(entry)
    assert state_of(closed, uid) == "suspended"


def test_the_office_is_asked_as_it_stands_in_the_transaction(closed: ExpertPool, pool_target: str) -> None:
    from expertpool.accounts.accounts import AccountDraft, change_account, sign_in

    act_as(closed, "administrator")
    with ExpertPool.open(pool_target) as other:
        sign_in(other, "库管", "register_keeper 1A")
        uid = added(other)
        change_state(other, uid, "suspended", "调查中", "2026-11-20")
        change_account(closed, AccountDraft("库管", office="importer"))
        assert refused(other.undo_last) == "undo.permission"
    assert state_of(closed, uid) == "suspended"


def test_a_deleted_record_comes_back_only_through_whoever_may_delete_it(closed: ExpertPool) -> None:
    act_as(closed, "administrator")
    plaintiff, defendant = PartyDraft(side="plaintiff", name="甲公司"), PartyDraft(side="defendant", name="乙公司")
    open_case(closed, CaseDraft(number="(2026)辽01知民初1号", parties=[plaintiff, defendant]))
    closed.undo(closed.state())
    entry = closed.state()
    from expertpool.storage.recycle import deleted

    with closed.database.read() as session:
        uids = [one.uid for one in deleted(session)]
    act_as(closed, "register_keeper")  # may restore, but not open cases
    assert refused(restore_deleted, closed, entry, uids) == "undo.permission"
    act_as(closed, "administrator")
    restore_deleted(closed, entry, uids)
    assert closed.counts()["open_cases"] == 1


def test_an_import_is_taken_back_by_whoever_made_it_or_by_an_office_for_it(closed: ExpertPool,
                                                                           tmp_path: Path) -> None:
    act_as(closed, "administrator")
    import_experts(closed, [roster(tmp_path, "安亦舟")])
    batch = batches(closed)[0].uid
    act_as(closed, "importer")
    assert refused(undo_batch, closed, batch) == "undo.others"
    assert closed.counts()["experts"] == 1
    act_as(closed, "register_keeper")
    undo_batch(closed, batch)
    assert closed.counts()["experts"] == 0


def test_an_approved_import_is_taken_back_by_whoever_may_approve(closed: ExpertPool, tmp_path: Path) -> None:
    act_as(closed, "importer")
    import_experts(closed, [roster(tmp_path, "安亦舟", "吴桐")])
    batch = batches(closed)[0].uid
    undo_batch(closed, batch)  # as long as nobody let them in it is the importer's own
    import_experts(closed, [roster(tmp_path, "安亦舟", "吴桐")])
    batch = batches(closed)[0].uid
    act_as(closed, "register_keeper")
    approve_import(closed, batch)
    act_as(closed, "importer")
    assert refused(undo_batch, closed, batch) == "permission.denied"
    assert closed.counts()["experts"] == 2


def test_courts_hold_for_every_inverse(closed: ExpertPool, tmp_path: Path) -> None:
    act_as(closed, "case_manager")
    open_case(closed, CaseDraft(number="(2026)辽02知民初1号", issue="甲"))
    with closed.database.read() as session:
        uid = session.scalars(select(CourtCase.uid)).one()
    edit_case(closed, uid, CaseDraft(number="(2026)辽02知民初1号", issue="乙"))
    entry = closed.state()
    act_as(closed, "case_manager", ("辽01",))
    assert refused(closed.undo, entry) == "permission.other_court"
    act_as(closed, "case_manager", ("辽02",))
    closed.undo(entry)


def test_the_refusal_is_told_before_the_button_is_pressed(closed: ExpertPool) -> None:
    act_as(closed, "administrator")
    closed.set_setting("court", {"name": "沈阳市中级人民法院"})
    entry = closed.state()
    assert undo_refusal(closed, entry) == ""
    act_as(closed, "register_keeper")
    assert "may not do it either" in undo_refusal(closed, entry)


def test_what_would_be_undone_is_told(closed: ExpertPool) -> None:
    act_as(closed, "register_keeper")
    assert closed.next_undo() is None
    added(closed)
    offer = closed.next_undo()
    assert offer is not None
    assert (offer.entry, offer.actor) == (closed.state(), "库管")
    act_as(closed, "reader")
    assert refused(closed.next_undo) == "permission.denied"
