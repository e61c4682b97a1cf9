"""Opening a pool that is missing, foreign, newer, read-only or on a network path: a sentence, nothing changed."""

import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from expertpool.foundation.problems import EnvironmentProblem, ExpectedError, UserProblem
from expertpool.pool import ExpertPool
from expertpool.storage import network_paths
from expertpool.storage.database import Database
from tests.migrations import differences


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(b"PK\x03\x04 not a database at all")
    with pytest.raises(UserProblem) as refused:
        ExpertPool.open(path)
    assert refused.value.code == "database.foreign"
    assert path.read_bytes() == b"PK\x03\x04 not a database at all"


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    with pytest.raises(UserProblem) as refused:
        ExpertPool.open(path)
    assert refused.value.code == "database.foreign"


def test_a_pool_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "nothing.expertpool"
    with pytest.raises(UserProblem) as refused:
        ExpertPool.open(path, create=False)
    assert refused.value.code == "database.missing"
    assert not path.exists()


def test_a_pool_from_a_newer_program(pool_target: str) -> None:
    database = Database(pool_target)
    with database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(EnvironmentProblem) as refused:
        ExpertPool.open(pool_target)
    assert refused.value.code == "database.newer"
    assert refused.value.exit_code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permissions of this kind")
def test_a_read_only_folder(tmp_path: Path, sqlite_template: Path, bound_by_permissions: None) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    try:
        with pytest.raises(ExpectedError) as refused:
            ExpertPool.open(folder / "pool.expertpool")
        assert refused.value.code == "vault.key_unwritten"  # the key is written before the file is made
        assert not list(folder.iterdir())
    finally:
        folder.chmod(0o700)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(ExpectedError) as refused:
        ExpertPool.open(tmp_path / "file" / "pool.expertpool")
    assert refused.value.code == "database.read_only"


@pytest.mark.parametrize(("path", "remote"), [
    ("\\\\server\\share\\pool", True), ("//server/share/pool", True), ("\\\\?\\UNC\\server\\pool", True),
    ("/tmp/pool.expertpool", False)])
def test_network_paths_are_known(path: str, remote: bool) -> None:
    assert network_paths.is_network_path(Path(path)) is remote


def test_network_paths_are_refused() -> None:
    with pytest.raises(ExpectedError) as refused:
        Database("//server/share/pool.expertpool")
    assert refused.value.code in ("database.network", "database.read_only")


def test_an_unreachable_server() -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        ExpertPool.open("postgresql+psycopg://nobody:nothing@127.0.0.1:1/none")
    assert refused.value.code == "database.unreachable"


def test_migrations_make_what_the_tables_say(pool_target: str) -> None:
    database = Database(pool_target)
    with database.engine.connect() as connection:
        assert differences(connection) == []
    database.close()


def test_no_connection_is_left_open(pool_target: str) -> None:
    with ExpertPool.open(pool_target) as pool:
        pool.counts()
        engine = pool.database.engine
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
