"""A disk that is full, a file that cannot be written, a stick that was pulled: a sentence, and nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register, register_many
from expertpool.foundation.problems import EnvironmentProblem, ExpectedError, UserProblem
from expertpool.pool import ExpertPool
from expertpool.safekeeping import backups
from expertpool.safekeeping.database_check import check_database
from expertpool.storage.network_paths import is_network_path

FULL = """
import resource, sys
from pathlib import Path
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register, register_many
from expertpool.foundation.problems import ExpectedError
from expertpool.pool import ExpertPool
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with ExpertPool.open(sys.argv[1]) as pool:
    register(pool, PersonDraft(name="先来"))
    size = Path(sys.argv[1]).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 300_000, resource.RLIM_INFINITY))
    try:
        with pool.write("register") as unit:
            register_many(unit, [PersonDraft(name=f"某{n}", experience="长" * 2000) for n in range(2000)])
        print("no problem")
    except ExpectedError as error:
        print(error.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    register(pool, PersonDraft(name="后来"))
    print(pool.counts()["experts"], pool.check_journal()[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_full_disk_keeps_what_was_there_and_the_pool_goes_on(tmp_path: Path) -> None:
    said = subprocess.run([sys.executable, "-c", FULL, str(tmp_path / "库.expertpool")], capture_output=True, text=True,
                          check=False, env=os.environ | {"PYTHONUTF8": "1"})
    assert said.stdout.split("\n")[:2] == ["database.disk", "2 None"], said.stderr[-2000:]


def test_pages_that_no_longer_fit(tmp_path: Path) -> None:
    """The same on every system: SQLite's own limit of pages stands for the end of the disk."""
    with ExpertPool.open(tmp_path / "库.expertpool") as pool:
        register(pool, PersonDraft(name="先来"))
        with pool.database.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
            connection.commit()
        with pytest.raises(EnvironmentProblem) as told, pool.write("register") as transaction:
            register_many(transaction, [PersonDraft(name=f"某{number}", experience="长" * 900) for number in range(200)])
        assert told.value.code == "database.full"
        assert len(people_ids(pool, PeopleQuery())) == 1
        with pool.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
            connection.commit()
        register(pool, PersonDraft(name="后来"))
        assert check_database(pool).sound


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permissions of this kind")
def test_a_folder_that_cannot_be_written(tmp_path: Path, bound_by_permissions: None) -> None:
    with ExpertPool.open(tmp_path / "库.expertpool") as pool:
        register(pool, PersonDraft(name="先来"))
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ExpectedError), ExpertPool.open(tmp_path / "库.expertpool") as pool:
            register(pool, PersonDraft(name="后来"))
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_an_export_to_a_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from expertpool.workbook.workbook import export_pool

    with ExpertPool.open(tmp_path / "库.expertpool") as pool:
        register(pool, PersonDraft(name="先来"))
        with pytest.raises(ExpectedError):
            export_pool(pool, Path("/dev/full/库.xlsx"))
        monkeypatch.setenv("EXPERTPOOL_BACKUPS", "/dev/full/备份")
        with pytest.raises(EnvironmentProblem) as told:
            backups.back_up(pool)
        assert told.value.code == "backup.unwritten"
        assert pool.counts()["experts"] == 1


def test_a_stick_that_was_pulled(tmp_path: Path) -> None:
    """The file is gone while it is open: a sentence, and when it is back the pool goes on."""
    path, away = tmp_path / "stick" / "库.expertpool", tmp_path / "库.away"
    with ExpertPool.open(path) as pool:
        register(pool, PersonDraft(name="先来"))
    with ExpertPool.open(path) as pool:
        assert pool.counts()["experts"] == 1
    path.rename(away)
    with pytest.raises(UserProblem) as told:
        ExpertPool.open(path, create=False)
    assert told.value.code == "database.missing"
    away.rename(path)
    with ExpertPool.open(path) as pool:
        register(pool, PersonDraft(name="后来"))
        assert check_database(pool).sound


@pytest.mark.parametrize("path", ["\\\\server\\share\\库.expertpool", "//server/share/库.expertpool",
                                  "\\\\?\\UNC\\server\\share\\库.expertpool"])
def test_shares_are_refused(path: str) -> None:
    assert is_network_path(Path(path))


def test_a_folder_that_is_a_link_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file truly lies decides."""
    from expertpool.storage import network_paths

    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    asked: list[Path] = []
    monkeypatch.setattr(network_paths, "_mount_kind", lambda path: asked.append(path) or "")
    network_paths.is_network_path(tmp_path / "link" / "库.expertpool")
    assert asked == [(tmp_path / "real" / "库.expertpool").resolve()]
