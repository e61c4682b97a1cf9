"""What all tests share: the folder of the run, markers by folder, seeds, and a pool on the engine under test."""

import os
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import databases, run_folder, seeds

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("EXPERTPOOL_LANGUAGE", "en")
os.environ["EXPERTPOOL_BACKUPS"] = "off"  # but where backups are the matter

TESTS = Path(__file__).resolve().parent
SAMPLES = TESTS.parents[1] / "shared" / "samples"
DAY = date(2026, 11, 22)  # of the sample data
NOBODY = 65534
MARKERS = {"engines": "database", "gui": "window", "benchmark": "benchmark", "property": "drawn"}
seeds.register_profiles()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("expertpool")
    group.addoption("--engine", choices=["sqlite", "postgres", "both"], default="both",
                    help="database engines to run the pool's tests on")
    group.addoption("--large", action="store_true", help="measurements at the sizes of a large court, not small ones")
    group.addoption("--fresh-seeds", nargs="?", type=int, const=-1, metavar="SEED",
                    help="draw other examples than every run does; the seed is printed, and given repeats the run")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        folder = run_folder.begin()
        if config.option.basetemp is None:
            config.option.basetemp = str(folder / "b")
        config.option.benchmark_storage = (folder / "benchmarks").as_uri()
        if config.option.fresh_seeds == -1:
            config.option.fresh_seeds = random.SystemRandom().randrange(10**8)
        if config.option.large:
            os.environ["EXPERTPOOL_LARGE"] = "1"
    elif seeds.SEED in os.environ:  # a worker takes the seed that was drawn for the whole run
        config.option.fresh_seeds = int(os.environ[seeds.SEED])
    config.option.benchmark_storage = (run_folder.of_this_run() / "benchmarks").as_uri()
    if config.option.fresh_seeds is not None:
        os.environ[seeds.SEED] = str(config.option.fresh_seeds)
        config.option.hypothesis_seed = str(config.option.fresh_seeds)
        config.option.hypothesis_profile = config.option.hypothesis_profile or "fresh"


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.drop_templates()
        run_folder.end()


def pytest_report_header(config: pytest.Config) -> str | None:
    seed = config.option.fresh_seeds
    return None if seed is None else f"fresh seeds: repeat this run with --fresh-seeds={seed}"


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if config.option.fresh_seeds is not None:
        terminalreporter.write_line(f"fresh seeds: repeat this run with --fresh-seeds={config.option.fresh_seeds}")


@pytest.hookimpl(tryfirst=True)  # before pytest looks at -m
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(marker_of(item))


def marker_of(item: pytest.Item) -> str:
    """The marker of a test by its folder; what needs a server is never fast, nor what is marked slow."""
    if folder := MARKERS.get(item.path.relative_to(TESTS).parts[0]):
        return folder
    if {"pool_target", "postgres_server"} & set(getattr(item, "fixturenames", ())):
        return "database"
    return "slow" if item.get_closest_marker("slow") else "fast"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "pool_target" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        engines = ["sqlite", "postgres"] if chosen == "both" else [chosen]
        if metafunc.definition.get_closest_marker("postgres"):  # a test of what only a server has
            engines = [name for name in engines if name == "postgres"]
        metafunc.parametrize("pool_target", [
            pytest.param(name, marks=[pytest.mark.postgres] if name == "postgres" else []) for name in engines
        ], indirect=True)


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Address of a running PostgreSQL: ``DATABASE_URL_TEST``, or the one that all processes of this run share."""
    return databases.server()


@pytest.fixture
def server_database(postgres_server: str) -> Iterator[str]:
    """Address of an empty database on the server, not yet a pool."""
    with databases.database_on_server() as target:
        yield target


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """A migrated empty file that each test copies."""
    return Path(databases.template("sqlite"))


@pytest.fixture
def pool_target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Path or address of an empty pool on the engine under test."""
    with databases.copy(request.param, tmp_path) as target:
        yield target


@pytest.fixture
def pool(pool_target: str) -> Iterator[Any]:
    """An empty open pool."""
    from expertpool.accounts.permissions import Actor
    from expertpool.pool import ExpertPool

    with ExpertPool.open(pool_target, actor=Actor("tester")) as opened:
        yield opened


@pytest.fixture
def bound_by_permissions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rest of the test runs as a user whom the permissions of files bind; the superuser becomes nobody."""
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(tmp_path / "keys"))
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    for folder in (tmp_path, *tmp_path.parents):
        if folder == run_folder.of_this_run().parent or not folder.is_relative_to(run_folder.of_this_run()):
            break
        folder.chmod(folder.stat().st_mode | 0o011)
    os.chown(tmp_path, NOBODY, -1)
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


@pytest.fixture
def rosters() -> Path:
    """The development rosters beside the checkout."""
    folder = SAMPLES / "rosters"
    if not folder.exists():
        pytest.skip("development rosters are not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test starts with English texts, on the same day."""
    from expertpool.foundation.dates import fix_today
    from expertpool.foundation.language import set_language

    set_language("en")
    fix_today(DAY)
    yield
    set_language("en")
