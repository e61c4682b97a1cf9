"""Backups on both engines: made while the pool is open, proven, thinned, restored; every changed byte is noticed."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from expertpool.accounts.permissions import Actor
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.foundation.problems import EnvironmentProblem, ExpectedError, UserProblem
from expertpool.pool import ExpertPool, restore_elsewhere
from expertpool.safekeeping import backups as keeping
from expertpool.safekeeping.database_check import check_database
from expertpool.storage import keys
from expertpool.storage.backup import list_backups, thin
from expertpool.storage.since import now
from tests.seeds import examples, seeded

NUMBER, MOBILE = "210102197805123016", "13812345678"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "备份"))
    return tmp_path / "备份"


def person(name: str, **values: Any) -> PersonDraft:
    return PersonDraft.model_validate({"name": name, "phones": [{"kind": "mobile", "number": MOBILE}],
                                       "employments": [{"employer": "东北大学"}], **values})


@pytest.fixture
def filled(pool: ExpertPool) -> ExpertPool:
    register(pool, person("张伟", id_kind="resident_id", id_number=NUMBER, employments=[{"employer": "浑河学院"}]))
    register(pool, person("王芳"))
    open_case(pool, CaseDraft(number="(2026)辽01知民初1号", people_needed=1))
    return pool


def names(pool: ExpertPool) -> set[str]:
    from expertpool.experts.browse import people_rows

    return {row.name for row in people_rows(pool, people_ids(pool, PeopleQuery()))}


def test_a_backup_is_made_read_back_and_proven(filled: ExpertPool, folder: Path) -> None:
    made = keeping.back_up(filled)
    assert made.proven
    assert made.entry == filled.state()
    assert made.rows > 5
    assert [path.name for path in folder.iterdir() if not path.name.startswith("proofs")] == [made.path.name]
    state = keeping.backup_state(filled)
    assert (state.count, state.newest, state.proven) == (1, made, made)


def test_what_came_after_is_gone_after_a_restore_and_what_was_there_is_back(filled: ExpertPool, folder: Path) -> None:
    made = keeping.back_up(filled)
    state, uid = filled.state(), uid_of(filled, "张伟")
    register(filled, person("李强"))
    filled.undo(1)
    assert names(filled) == {"王芳", "李强"}
    preview = keeping.restore_preview(filled, made.path)
    assert [operation for _at, _actor, operation in preview.lost] == ["register", "undo"]
    assert preview.kept
    keeping.restore_backup(filled, made.path, "wrong import")
    assert names(filled) == {"张伟", "王芳"}
    assert person_detail(filled, uid, revealed=True).values["id_number"] == NUMBER
    assert len(people_ids(filled, PeopleQuery(search="3016"))) == 1
    assert filled.check_journal()[1] is None
    assert filled.state() > state + 2  # numbers of lost entries are not given out again
    assert check_database(filled).sound
    before = list_backups(folder)[0]
    assert before.why == "before restore"
    keeping.restore_backup(filled, before.path, "and back")
    assert names(filled) == {"王芳", "李强"}


def test_work_goes_on_after_a_restore(filled: ExpertPool, folder: Path) -> None:
    made = keeping.back_up(filled)
    keeping.restore_backup(filled, made.path, "trial")
    register(filled, person("赵敏"))
    filled.undo_last()
    assert names(filled) == {"张伟", "王芳"}


def uid_of(pool: ExpertPool, name: str) -> str:
    from expertpool.experts.browse import people_rows

    return next(str(row.uid) for row in people_rows(pool, people_ids(pool, PeopleQuery())) if row.name == name)


def test_a_reason_and_the_permission_are_needed(filled: ExpertPool, folder: Path) -> None:
    made = keeping.back_up(filled)
    with pytest.raises(UserProblem) as refused:
        keeping.restore_backup(filled, made.path, " ")
    assert refused.value.code == "restore.reason"
    with ExpertPool.open(filled.database.target, actor=Actor("孙", "case_manager")) as pool:
        for verb in (lambda: keeping.back_up(pool), lambda: keeping.restore_backup(pool, made.path, "x"),
                     lambda: keeping.restore_preview(pool, made.path), lambda: keeping.prove(pool, made.path)):
            with pytest.raises(UserProblem) as denied:
                verb()
            assert denied.value.code == "permission.denied"


def test_a_new_pool_from_a_backup_on_a_computer_without_the_key(
        filled: ExpertPool, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = keeping.back_up(filled)
    code = keys.recovery_code(filled.database.vault)
    state = filled.state()
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(tmp_path / "another computer"))
    target = tmp_path / "新库.expertpool"
    with pytest.raises(UserProblem) as refused:
        restore_elsewhere(made.path, str(target))
    assert refused.value.code == "backup.needs_code"
    with pytest.raises(UserProblem) as wrong:
        restore_elsewhere(made.path, str(target), keys.new_code())
    assert wrong.value.code == "vault.wrong_code"
    assert not target.exists()
    restore_elsewhere(made.path, str(target), code)
    with ExpertPool.open(target) as pool:
        assert names(pool) == {"张伟", "王芳"}
        assert pool.check_journal()[1] is None
        assert pool.state() == state
        assert check_database(pool).sound
        assert len(people_ids(pool, PeopleQuery(search="5678"))) == 2
    with pytest.raises(UserProblem) as there:
        restore_elsewhere(made.path, str(target), code)
    assert there.value.code == "backup.not_empty"


def test_from_a_file_to_a_server(filled: ExpertPool, folder: Path, server_database: str) -> None:
    made = keeping.back_up(filled)
    restore_elsewhere(made.path, server_database)
    with ExpertPool.open(server_database) as pool:
        assert names(pool) == {"张伟", "王芳"}
        assert person_detail(pool, uid_of(pool, "张伟"), revealed=True).values["id_number"] == NUMBER
        register(pool, person("赵敏"))
        assert pool.check_journal()[1] is None


def test_every_changed_byte_is_noticed(filled: ExpertPool, folder: Path) -> None:
    made = keeping.back_up(filled)
    whole, random_places = made.path.read_bytes(), seeded(20261123)
    changed = 0
    for _round in range(500):
        place = random_places.randrange(len(whole))
        made.path.write_bytes(whole[:place] + bytes([whole[place] ^ random_places.randrange(1, 256)])
                              + whole[place + 1:])
        with pytest.raises(ExpectedError):
            keeping.restore_preview(filled, made.path)
        changed += 1
    print(f"\n{changed} changed bytes of a backup of {len(whole)} bytes: all noticed")
    made.path.write_bytes(whole[:-1])
    with pytest.raises(EnvironmentProblem):
        keeping.restore_preview(filled, made.path)
    made.path.write_bytes(whole)
    assert keeping.restore_preview(filled, made.path).kept


def test_a_backup_of_another_pool_is_refused(filled: ExpertPool, folder: Path, tmp_path: Path) -> None:
    with ExpertPool.open(tmp_path / "other.expertpool") as other:
        register(other, person("外人"))
        made = keeping.back_up(other)
    if made.path.read_bytes() and filled.database.vault.id != other.database.vault.id:
        with pytest.raises(UserProblem) as refused:
            keeping.restore_backup(filled, made.path, "x")
        assert refused.value.code == "backup.other"
    assert names(filled) == {"张伟", "王芳"}


def test_the_second_folder_gets_a_copy_and_its_loss_is_told(filled: ExpertPool, folder: Path, tmp_path: Path) -> None:
    second = tmp_path / "移动硬盘"
    keeping.choose_places(filled, "", str(second))
    made = keeping.back_up(filled)
    assert (second / made.path.name).read_bytes() == made.path.read_bytes()
    shutil.rmtree(second)
    second.write_text("no folder any more")
    with pytest.raises(EnvironmentProblem) as told:
        keeping.back_up(filled)
    assert told.value.code == "backup.second"
    assert len(list_backups(folder)) == 2


def test_a_folder_that_cannot_be_written_harms_nothing(filled: ExpertPool, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(blocked))
    with pytest.raises(EnvironmentProblem) as told:
        keeping.back_up(filled)
    assert told.value.code == "backup.unwritten"
    assert names(filled) == {"张伟", "王芳"}


def test_nothing_personal_can_be_read_from_a_backup(filled: ExpertPool, folder: Path) -> None:
    content = keeping.back_up(filled).path.read_bytes()
    for secret in (NUMBER, MOBILE, "张伟", "东北大学"):
        assert secret.encode() not in content


# -- by itself, on embedded pools
@pytest.fixture
def embedded(tmp_path: Path, folder: Path) -> Any:
    with ExpertPool.open(tmp_path / "库.expertpool") as opened:
        yield opened


def test_a_backup_comes_before_a_merge_and_only_where_something_changed(embedded: ExpertPool, folder: Path) -> None:
    register(embedded, person("张伟"))
    assert keeping.before(embedded, "register") is None
    first = keeping.before(embedded, "import experts")
    assert first is not None
    assert first.why == "before import experts"
    assert keeping.before(embedded, "import experts") is None
    register(embedded, person("王芳"))
    assert keeping.before(embedded, "merge people") is None  # one was made within the pause
    assert keeping.before(embedded, "import experts") is not None


def test_an_import_makes_its_backup(embedded: ExpertPool, folder: Path) -> None:
    from expertpool.workbook.workbook import export_pool, import_pool

    register(embedded, person("张伟"))
    export_pool(embedded, folder.parent / "a.xlsx")
    import_pool(embedded, folder.parent / "a.xlsx")
    assert [one.why for one in list_backups(folder)] == ["before import workbook"]


def test_the_daily_backup(embedded: ExpertPool, folder: Path) -> None:
    assert keeping.keep_daily(embedded) is None  # nothing to keep yet
    register(embedded, person("张伟"))
    made = keeping.keep_daily(embedded)
    assert made is not None
    assert made.proven
    assert keeping.keep_daily(embedded) is None


def test_switched_off_nothing_happens_by_itself(embedded: ExpertPool, folder: Path) -> None:
    register(embedded, person("张伟"))
    keeping.choose_places(embedded, "", "", off=True)
    assert keeping.keep_daily(embedded) is None
    assert keeping.before(embedded, "import experts") is None
    assert keeping.back_up(embedded, prove=False).path.exists()


# -- thinning
KEEP = {"all_hours": 48, "days": 14, "weeks": 9, "months": 24}
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@examples(200)
@given(st.lists(st.integers(0, 24 * 900), max_size=120, unique=True))
def test_thinning_keeps_the_newest_of_each_period(hours: list[int]) -> None:
    times = [NOW - timedelta(hours=age) for age in hours]
    kept = thin(times, KEEP, NOW)
    assert kept <= set(times)
    assert all(time in kept for time in times if NOW - time <= timedelta(hours=48))
    if times:
        assert max(times) in kept
        assert thin(sorted(kept), KEEP, NOW) == kept  # thinning again changes nothing
    for period, many in (("%Y-%m-%d", 14), ("%G-%V", 9), ("%Y-%m", 24)):
        periods = sorted({time.strftime(period) for time in times}, reverse=True)[:many]
        assert {time.strftime(period) for time in kept} >= set(periods)
    assert len(kept) <= 49 + 14 + 9 + 24


# -- check
def test_a_list_out_of_step_is_found_and_repaired(filled: ExpertPool) -> None:
    assert check_database(filled).sound
    with filled.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM personlisting WHERE person_id = 1"))
    report = check_database(filled)
    assert [problem.code for problem in report.found] == ["check.listings"]
    repaired = check_database(filled, repair=True)
    assert repaired.sound
    assert [problem.code for problem in repaired.repaired] == ["check.listings"]
    assert names(filled) == {"张伟", "王芳"}
    assert len(people_ids(filled, PeopleQuery(search="东北大学"))) == 1


def test_a_value_changed_from_outside_is_found(filled: ExpertPool) -> None:
    with filled.database.engine.begin() as connection:
        connection.execute(text("UPDATE phone SET number = 'g1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' WHERE id = 1"))
    assert [problem.code for problem in check_database(filled).found] == ["check.sealed"]


def test_a_journal_changed_from_outside_is_found(filled: ExpertPool) -> None:
    with filled.database.engine.begin() as connection:
        connection.execute(text("UPDATE journalentry SET actor = 'somebody else' WHERE id = 2"))
    found = check_database(filled).found
    assert [(problem.code, problem.parameters) for problem in found] == [("check.journal", {"entry": 2})]


def test_a_backup_shows_one_state_while_others_write(filled: ExpertPool, folder: Path) -> None:
    """A write that is under way, not yet committed, is not in the backup; nobody waits for anybody."""
    with filled.read() as reading:
        seen = now(reading).entry
        made = keeping.back_up(filled, prove=False)
    assert made.entry == seen
