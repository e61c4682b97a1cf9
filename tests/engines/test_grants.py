"""The roles of a shared pool, on a real server: a writer can work, but not touch what stands in the journal."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.pool import ExpertPool
from expertpool.storage.grants import grants_script
from tests.run_folder import alone

pytestmark = pytest.mark.postgres


@pytest.fixture
def granted(pool: ExpertPool, pool_target: str) -> Iterator[dict[str, str]]:
    """Addresses of the pool for a writer and a reader."""
    register(pool, PersonDraft.model_validate({"name": "王新宇", "phones": [{"kind": "mobile", "number": "13812345678"}]}))
    url = make_url(pool_target)
    made = {}
    with alone("roles"), pool.database.engine.begin() as connection:  # roles belong to the whole server
        for _again in range(2):  # after an upgrade the script is run once more
            connection.exec_driver_sql(grants_script())
        for role in ("writer", "reader"):
            name = f"{role}_{url.database}"
            connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN PASSWORD 'pw' IN ROLE expertpool_{role}")
            made[role] = url.set(username=name, password="pw").render_as_string(hide_password=False)
    yield made
    with alone("roles"), pool.database.engine.begin() as connection:
        for role in ("writer", "reader"):
            name = f"{role}_{url.database}"
            connection.exec_driver_sql(f"DROP OWNED BY {name}; DROP ROLE {name}")


def test_a_writer_works_through_the_program(granted: dict[str, str]) -> None:
    with ExpertPool.open(granted["writer"]) as pool:
        register(pool, PersonDraft(name="何佳"))
        pool.undo_last()
        register(pool, PersonDraft(name="李娜"))
        assert len(people_ids(pool, PeopleQuery())) == 2
        assert pool.check_journal()[1] is None


@pytest.mark.parametrize("statement", [
    "UPDATE journalentry SET actor = 'x'", "DELETE FROM journalchange", "TRUNCATE journalchange",
    "UPDATE journalchange SET count = 0", "UPDATE alembic_version SET version_num = '0001'",
    "DROP TRIGGER written_once ON journalentry"])
def test_a_writer_cannot_touch_the_journal(granted: dict[str, str], statement: str) -> None:
    engine = create_engine(granted["writer"])
    with engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text(statement))
    engine.dispose()
    assert "permission denied" in str(refused.value) or "must be owner" in str(refused.value)


def test_even_with_the_right_the_trigger_refuses(granted: dict[str, str], pool: ExpertPool) -> None:
    with pool.database.engine.begin() as connection:
        connection.exec_driver_sql("GRANT UPDATE ON journalentry TO expertpool_writer")
    engine = create_engine(granted["writer"])
    with engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text("UPDATE journalentry SET actor = 'x'"))
    engine.dispose()
    assert "written once" in str(refused.value)


@pytest.mark.parametrize("column", ["id_number", "bank_account", "address", "more"])
def test_a_reader_sees_lists_but_no_numbers_and_no_journal(granted: dict[str, str], column: str) -> None:
    engine = create_engine(granted["reader"])
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM person")).scalar() == "王新宇"
    for statement in (f"SELECT {column} FROM person", "SELECT number FROM phone", "SELECT * FROM journalentry",
                      "SELECT * FROM account", "SELECT body FROM personlisting", "DELETE FROM person"):
        with engine.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(statement))
    engine.dispose()
