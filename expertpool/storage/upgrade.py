"""Upgrades a database to this program's table structure. Alembic is imported only if an upgrade is due."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from expertpool.foundation.problems import EnvironmentProblem, UserProblem

MIGRATIONS = Path(__file__).parent / "migrations"


def known_revisions() -> list[str]:
    """The structure revisions this program knows, oldest first; a migration's file name starts with its revision."""
    return sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def revision_of(engine: Engine) -> str | None:
    """The structure revision of a database; None for an empty one. Raises ``database.foreign``."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            if inspect(connection).has_table("person") or inspect(connection).get_table_names():
                raise UserProblem("database.foreign", path=engine.url.database or "")
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(engine: Engine, before: Callable[[str], object] = lambda _revision: None) -> bool:
    """Create the tables or upgrade them; a database of a newer program is refused and left unchanged. ``before`` is
    called with the present revision if an existing structure is upgraded. Returns whether anything was done.

    Raises ``database.newer``.
    """
    found, known = revision_of(engine), known_revisions()
    if found == known[-1]:
        return False
    if found is not None and found not in known:
        raise EnvironmentProblem("database.newer", found=found, known=known[-1])
    if found is not None:
        before(found)
    with engine.execution_options(writing=True).connect() as connection:
        migrate(connection)
    return True


def migrate(connection: object, target: str = "head") -> None:
    """Run the migrations on an open connection, in one transaction."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", MIGRATIONS.as_posix().replace("%", "%%"))
    settings.attributes["connection"] = connection
    command.upgrade(settings, target)
