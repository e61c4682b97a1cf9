"""A restore never lowers the guard: accounts of today stay, and what would change is told before."""

from pathlib import Path

import pytest
from sqlalchemy import select

from expertpool.accounts.accounts import AccountDraft, change_account, sign_in
from expertpool.accounts.permissions import SIGNED_OUT
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.pool import ExpertPool
from expertpool.safekeeping import backups as keeping
from expertpool.safekeeping.journal_keeping import verify_journal
from expertpool.storage.backup import list_backups
from expertpool.storage.tables import Account
from tests.engines.offices import CHIEF, SECRET, act_as, close, refused


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "backups"))
    return tmp_path / "backups"


def names(pool: ExpertPool) -> dict[str, str]:
    with pool.database.read() as session:
        return {one.name: one.office for one in session.scalars(select(Account))}


def test_a_backup_from_before_the_accounts_does_not_open_the_pool(pool: ExpertPool, pool_target: str,
                                                                  folder: Path) -> None:
    register(pool, PersonDraft(name="安亦舟"))
    old = keeping.back_up(pool).path
    close(pool)
    act_as(pool, "administrator")
    register(pool, PersonDraft(name="吴桐"))
    before = names(pool)
    shown = keeping.restore_preview(pool, old)
    assert {one.name for one in shown.accounts} == set(before)
    assert all(one.then == "" for one in shown.accounts)
    keeping.restore_backup(pool, old, "误操作")
    assert names(pool) == before
    with ExpertPool.open(pool_target) as other:
        assert other.actor == SIGNED_OUT
        sign_in(other, CHIEF, SECRET)
        assert other.counts()["experts"] == 1
        assert verify_journal(other).broken is None


def test_the_accounts_of_the_backup_come_back_only_where_somebody_could_sign_in(pool: ExpertPool,
                                                                                folder: Path) -> None:
    register(pool, PersonDraft(name="安亦舟"))
    old = keeping.back_up(pool).path
    close(pool)
    act_as(pool, "administrator")
    before, state = names(pool), pool.state()
    with pytest.raises(Exception) as error:
        keeping.restore_backup(pool, old, "误操作", accounts=True)
    assert error.value.code == "restore.unguarded"  # type: ignore[attr-defined]
    assert (names(pool), pool.state()) == (before, state)


def test_an_office_taken_away_since_does_not_come_back(pool: ExpertPool, folder: Path) -> None:
    close(pool)
    act_as(pool, "administrator")
    register(pool, PersonDraft(name="安亦舟"))
    old = keeping.back_up(pool).path
    change_account(pool, AccountDraft("库管", office="reader"))
    pool.set_setting("rules", {"R3": {"parameters": {"years": 5}}})
    shown = keeping.restore_preview(pool, old)
    assert [(one.name, one.then, one.now) for one in shown.accounts] == [("库管", "register_keeper", "reader")]
    assert shown.settings == ("rules.R3",)
    assert not shown.key
    keeping.restore_backup(pool, old, "误操作")
    assert names(pool)["库管"] == "reader"
    keeping.restore_backup(pool, old, "确要恢复账户", accounts=True)
    assert names(pool)["库管"] == "register_keeper"
    assert verify_journal(pool).broken is None


def test_the_restore_tells_the_journal_which_accounts_it_kept(pool: ExpertPool, folder: Path) -> None:
    from expertpool.storage.journal import changes_of

    old = keeping.back_up(pool).path if register(pool, PersonDraft(name="安亦舟")) else Path()
    close(pool)
    act_as(pool, "administrator")
    keeping.restore_backup(pool, old, "误操作")
    with pool.database.read() as session:
        changed = list(changes_of(session.connection(), pool.state()))
    assert {one.after["name"] for one in changed if one.table == "account" and one.after} == set(names(pool))


def test_a_damaged_backup_is_refused_before_another_one_is_made(pool: ExpertPool, folder: Path) -> None:
    register(pool, PersonDraft(name="安亦舟"))
    old = keeping.back_up(pool).path
    content = bytearray(old.read_bytes())
    content[-20] ^= 1
    old.write_bytes(content)
    register(pool, PersonDraft(name="吴桐"))
    assert refused(keeping.restore_backup, pool, old, "误操作").startswith("backup.")
    assert len(list_backups(folder)) <= 1
    assert pool.counts()["experts"] == 2
