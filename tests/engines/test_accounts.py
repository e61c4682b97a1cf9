"""Accounts on both engines: closing the pool, signing in, lock-out, courts, separation of duties."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from typer.testing import CliRunner

from expertpool.accounts import accounts as keeping
from expertpool.accounts.accounts import AccountDraft, add_account, set_password, sign_in
from expertpool.accounts.permissions import SIGNED_OUT, Actor
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.cases.tables import CourtCase
from expertpool.cli import app
from expertpool.draws.conditions import DrawConditions
from expertpool.draws.drawing import open_draw
from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import change_state, register
from expertpool.experts.tables import Person
from expertpool.foundation.problems import ExpectedError, UserProblem
from expertpool.importing.approval import approve_import, pending_imports
from expertpool.importing.experts import import_experts
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from expertpool.storage.tables import Account, JournalEntry

CHIEF, SECRET = "王主任", "Court 2026!"


@pytest.fixture
def closed(pool: ExpertPool) -> ExpertPool:
    """A pool with accounts, nobody signed in."""
    add_account(pool, AccountDraft(CHIEF, "王", "administrator"), SECRET)
    for name, office in (("人事", "importer"), ("库管", "register_keeper"), ("案管", "case_manager"),
                         ("监督", "supervisor")):
        add_account(pool, AccountDraft(name, office=office), f"{office} 1A")
    pool.actor = SIGNED_OUT
    return pool


def refused(verb: Any, *given: Any) -> str:
    with pytest.raises(ExpectedError) as error:
        verb(*given)
    return error.value.code


def test_a_pool_without_accounts_is_open_to_the_user_of_the_computer(pool_target: str) -> None:
    with ExpertPool.open(pool_target) as pool:
        assert pool.actor.office == "administrator"
        assert pool.counts()["experts"] == 0


def test_with_the_first_password_the_pool_is_closed(closed: ExpertPool, pool_target: str) -> None:
    with ExpertPool.open(pool_target) as pool:
        assert pool.actor == SIGNED_OUT
        assert refused(pool.counts) == "permission.signed_out"
        sign_in(pool, CHIEF, SECRET)
        assert pool.counts()["experts"] == 0
        keeping.sign_out(pool)
        assert refused(pool.counts) == "permission.signed_out"


def test_the_first_account_is_an_administrator_with_a_password_and_one_remains(pool: ExpertPool) -> None:
    assert refused(add_account, pool, AccountDraft("甲", office="reader"), "Reader 12") == "account.chief"
    assert refused(add_account, pool, AccountDraft("甲", office="administrator")) == "account.chief"
    add_account(pool, AccountDraft(CHIEF, office="administrator"), SECRET)
    for draft in (AccountDraft(CHIEF, office="reader"), AccountDraft(CHIEF, office="administrator", active=False)):
        assert refused(keeping.change_account, pool, draft) == "account.chief"
    assert refused(pool.undo_last) in ("undo.lasting", "undo.nothing")


@pytest.mark.parametrize("password", ["short 1", "onlysmallletters", "王主任 2026", "x" * 200 + "1"])
def test_weak_passwords_are_refused(pool: ExpertPool, password: str) -> None:
    assert refused(add_account, pool, AccountDraft(CHIEF, office="administrator"), password) == "account.password"


def test_nobody_learns_what_was_wrong(closed: ExpertPool) -> None:
    assert refused(sign_in, closed, CHIEF, "wrong") == "account.wrong"
    assert refused(sign_in, closed, "nobody", SECRET) == "account.wrong"
    sign_in(closed, CHIEF, SECRET)
    keeping.change_account(closed, AccountDraft("人事", office="importer", active=False))
    assert refused(sign_in, closed, "人事", "importer 1A") == "account.wrong"


def test_failures_lock_the_account_for_every_window_until_the_hour_or_an_administrator(
        closed: ExpertPool, pool_target: str) -> None:
    with ExpertPool.open(pool_target) as other:
        for window in (closed, other, closed, other, closed):
            assert refused(sign_in, window, "库管", "wrong") == "account.wrong"
        assert refused(sign_in, other, "库管", "register_keeper 1A") == "account.locked"
        sign_in(closed, CHIEF, SECRET)
        assert next(row for row in keeping.accounts(closed) if row.name == "库管").locked_until
        keeping.unlock_account(closed, "库管")
        assert sign_in(other, "库管", "register_keeper 1A").office == "register_keeper"
        for _try in range(5):
            assert refused(sign_in, other, "库管", "wrong") == "account.wrong"
        past = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        with closed.database.engine.begin() as connection:
            connection.execute(update(Account).where(Account.name == "库管").values(locked_until=past))
        assert sign_in(other, "库管", "register_keeper 1A").name == "库管"


def test_signing_in_and_failing_stand_in_the_journal_without_any_password(closed: ExpertPool) -> None:
    refused(sign_in, closed, "库管", "My secret 99")
    sign_in(closed, "库管", "register_keeper 1A")
    with closed.read() as session:
        entries = session.execute(select(JournalEntry.operation, JournalEntry.actor).order_by(JournalEntry.id)).all()
        rows = [str(row) for table in ("journalentry", "journalchange", "account")
                for row in session.execute(text(f"SELECT * FROM {table}"))]
    assert [tuple(entry) for entry in entries[-2:]] == [("sign in failed", "库管"), ("sign in", "库管")]
    assert not [row for row in rows if "secret 99" in row or "$argon2" in row]


def test_passwords_are_hashed_anew_when_the_costs_change(closed: ExpertPool) -> None:
    sign_in(closed, CHIEF, SECRET)
    with closed.read() as session:
        before = session.scalars(select(Account.password_hash).where(Account.name == CHIEF)).one()
    closed.set_setting("accounts", {"argon2": {"time": 3, "memory_kib": 19456, "lanes": 1}})
    sign_in(closed, CHIEF, SECRET)
    with closed.read() as session:
        after = session.scalars(select(Account.password_hash).where(Account.name == CHIEF)).one()
    assert "t=2" in before
    assert "t=3" in after
    sign_in(closed, CHIEF, SECRET)


def test_changing_passwords(closed: ExpertPool) -> None:
    sign_in(closed, "库管", "register_keeper 1A")
    assert keeping.must_change(closed)
    assert refused(set_password, closed, "库管", "New pass 1", "wrong") == "account.old"
    assert refused(set_password, closed, "库管", "register_keeper 1A", "register_keeper 1A") == "account.same"
    assert refused(set_password, closed, "人事", "New pass 1") == "permission.denied"
    set_password(closed, "库管", "New pass 1", "register_keeper 1A")
    assert not keeping.must_change(closed)
    assert refused(sign_in, closed, "库管", "register_keeper 1A") == "account.wrong"
    sign_in(closed, CHIEF, SECRET)
    set_password(closed, "库管", "Given one 2")
    sign_in(closed, "库管", "Given one 2")
    assert keeping.must_change(closed)


def test_the_user_of_the_computer_is_remembered_if_the_court_allows(closed: ExpertPool, pool_target: str) -> None:
    sign_in(closed, "库管", "register_keeper 1A")
    keeping.remember_os_user(closed, True)
    with ExpertPool.open(pool_target) as pool:
        assert pool.actor == Actor("库管", "register_keeper")
        with pool.read() as session:
            entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
            assert entry is not None
            assert (entry.actor, entry.operation, entry.words["step"]) == ("库管", "sign in", "computer")
    sign_in(closed, CHIEF, SECRET)
    closed.set_setting("accounts", {"os_user_signs_in": False})
    with ExpertPool.open(pool_target) as pool:
        assert pool.actor == SIGNED_OUT


def test_whoever_manages_accounts_signs_in_with_a_password_unless_the_court_says_otherwise(
        closed: ExpertPool, pool_target: str) -> None:
    sign_in(closed, CHIEF, SECRET)
    assert refused(keeping.remember_os_user, closed, True) == "account.by_itself"
    draft = AccountDraft(CHIEF, "王", "administrator", os_user=keeping.os_user())
    assert refused(keeping.change_account, closed, draft) == "account.by_itself"
    closed.set_setting("accounts", {"os_user_signs_in_managers": True})
    keeping.remember_os_user(closed, True)
    with ExpertPool.open(pool_target) as pool:
        assert pool.actor.name == CHIEF
    closed.set_setting("accounts", {})
    with ExpertPool.open(pool_target) as pool:
        assert pool.actor == SIGNED_OUT  # whatever was remembered while it was allowed


def test_a_name_in_the_environment_signs_nobody_in(closed: ExpertPool, pool_target: str,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(closed, "库管", "register_keeper 1A")
    keeping.remember_os_user(closed, True)
    with closed.database.write("", "sign in", {}) as transaction:  # as if it were another user's
        transaction.session.execute(update(Account).where(Account.name == "库管").values(os_user="chief"))
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME", "USERDOMAIN"):
        monkeypatch.setenv(name, "chief")
    with ExpertPool.open(pool_target) as pool:
        assert pool.actor == SIGNED_OUT
    assert keeping.os_user() != "chief"


def test_a_failed_sign_in_writes_no_name_of_its_choice(closed: ExpertPool) -> None:
    for typed in ("王主任 approved this", "Court 2026!"):
        assert refused(sign_in, closed, typed, "wrong") == "account.wrong"
    sign_in(closed, CHIEF, SECRET)
    with closed.read() as session:
        failed = session.scalars(select(JournalEntry.actor).where(JournalEntry.operation == "sign in failed")).all()
    assert failed == ["?", "?"]


def test_an_office_at_one_court_is_none_at_another(closed: ExpertPool) -> None:
    sign_in(closed, CHIEF, SECRET)
    keeping.change_account(closed, AccountDraft("案管", office="case_manager", courts=("辽01",)))
    open_case(closed, CaseDraft(number="(2026)辽02知民初9号"))
    sign_in(closed, "案管", "case_manager 1A")
    open_case(closed, CaseDraft(number="(2026)辽01知民初1号"))
    state = closed.state()
    assert refused(open_case, closed, CaseDraft(number="(2026)辽02知民初1号")) == "permission.other_court"
    with closed.read() as session:
        foreign = session.scalars(select(CourtCase.uid).where(CourtCase.court_code == "辽02")).one()
        entry = session.scalars(select(JournalEntry.id).where(JournalEntry.operation == "open case")).first()
    taken = CaseDraft(number="(2026)辽01知民初99号")  # nor can a case be taken away from its court
    assert refused(edit_case, closed, foreign, taken) == "permission.other_court"
    assert refused(closed.undo, entry) == "undo.others"
    assert closed.state() == state


def test_an_office_that_was_taken_away_ends_in_every_open_window(closed: ExpertPool, pool_target: str) -> None:
    sign_in(closed, CHIEF, SECRET)
    with ExpertPool.open(pool_target) as other:
        sign_in(other, "案管", "case_manager 1A")
        keeping.change_account(closed, AccountDraft("案管", office="reader"))
        assert refused(open_case, other, CaseDraft(number="(2026)辽01知民初1号")) == "permission.denied"
        sign_in(other, "库管", "register_keeper 1A")
        keeping.change_account(closed, AccountDraft("库管", office="register_keeper", active=False))
        state = closed.state()
        assert refused(open_case, other, CaseDraft(number="(2026)辽01知民初2号")) == "permission.denied"
        assert refused(register, other, PersonDraft(name="安示例")) == "permission.signed_out"
        assert other.actor == SIGNED_OUT
        assert closed.state() == state


# -- duties apart
@pytest.fixture
def roster(tmp_path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["姓名", "性别", "工作单位", "技术领域", "类别"])
    book.active.append(["李四", "男", "沈阳化工大学", "机械工程", "技术调查官"])
    path = tmp_path / "名单.xlsx"
    book.save(path)
    return path


def test_who_imports_cannot_approve(closed: ExpertPool, roster: Path) -> None:
    sign_in(closed, "人事", "importer 1A")
    batch = import_experts(closed, [roster])["batch"]
    assert [(operator, people) for _uid, _at, operator, people in pending_imports(closed)] == [("人事", 1)]
    assert len(people_ids(closed, PeopleQuery())) == 0
    assert len(people_ids(closed, PeopleQuery(state="pending"))) == 1
    assert refused(approve_import, closed, batch) == "permission.denied"
    sign_in(closed, CHIEF, SECRET)
    open_case(closed, CaseDraft(number="(2026)辽01知民初1号"))
    with closed.read() as session:
        uid = session.scalars(select(Person.uid)).one()
    assert refused(appoint, closed, "(2026)辽01知民初1号", uid) == "appoint.blocked"
    assert refused(change_state, closed, uid, "active", "", "2026-11-22") == "import.approve_first"
    keeping.change_account(closed, AccountDraft("人事", office="administrator"))
    sign_in(closed, "人事", "importer 1A")
    assert refused(approve_import, closed, batch) == "import.own_approval"
    sign_in(closed, "库管", "register_keeper 1A")
    approve_import(closed, batch)
    assert len(people_ids(closed, PeopleQuery())) == 1
    assert refused(approve_import, closed, batch) == "import.nothing_pending"


def test_without_accounts_nobody_waits_for_approval(pool: ExpertPool, roster: Path) -> None:
    import_experts(pool, [roster])
    assert len(people_ids(pool, PeopleQuery())) == 1
    assert pending_imports(pool) == []


def test_who_draws_is_not_the_witness(closed: ExpertPool) -> None:
    sign_in(closed, "案管", "case_manager 1A")
    open_case(closed, CaseDraft(number="(2026)辽01知民初1号"))
    wanted = {"role": "technical_investigator", "place": "三楼", "hands": "public", "public_source": "上证指数"}
    for operator, witness in (("案管", "库管"), ("别人", "案管"), ("案管", "路人")):
        conditions = DrawConditions(operator=operator, witness=witness, **wanted)
        assert refused(open_draw, closed, "(2026)辽01知民初1号", conditions) == "draw.witness_office"
    conditions = DrawConditions(operator="案管", witness="监督", **wanted)
    assert refused(open_draw, closed, "(2026)辽01知民初1号", conditions) == "draw.nobody"


# -- command line
def test_the_command_line_signs_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, runner = str(tmp_path / "pool.expertpool"), CliRunner()

    def call(*words: str, **environment: str) -> tuple[Any, str]:
        done = runner.invoke(app, ["--database", path, *words], env={"EXPERTPOOL_USER": "", **environment})
        return done.exception, done.stdout

    call("init")
    error, _out = call("account", "add", CHIEF, EXPERTPOOL_NEW_PASSWORD=SECRET)
    assert error is None
    error, _out = call("experts", "list", "--json")
    assert isinstance(error, UserProblem)
    assert error.code == "permission.signed_out"
    error, out = call("--user", CHIEF, "account", "list", "--json", EXPERTPOOL_PASSWORD=SECRET)
    assert error is None
    assert json.loads(out)[0]["name"] == CHIEF
    error, _out = call("--user", CHIEF, "account", "list", EXPERTPOOL_PASSWORD="wrong")
    assert isinstance(error, UserProblem)
    assert error.code == "account.wrong"
    error, _out = call("--user", CHIEF, "account", "add", "读者", "--office", "reader",
                       EXPERTPOOL_PASSWORD=SECRET, EXPERTPOOL_NEW_PASSWORD="Reader 12")
    assert error is None
    error, out = call("--user", "读者", "experts", "list", "--json", EXPERTPOOL_PASSWORD="Reader 12")
    assert isinstance(error, UserProblem)
    assert error.code == "account.must_change"
    error, _out = call("--user", "读者", "account", "password", "读者", EXPERTPOOL_PASSWORD="Reader 12",
                       EXPERTPOOL_NEW_PASSWORD="Mine 2026")
    assert error is None
    error, out = call("--user", "读者", "experts", "list", "--json", EXPERTPOOL_PASSWORD="Mine 2026")
    assert error is None
