"""Migrations in step with the tables: ``python -m tests.migrations check`` or ``… new "what changed"``."""

import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.operations.ops import AddColumnOp, DropTableOp
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, Boolean, Connection, DefaultClause, Float, Integer, create_engine
from sqlcipher3 import dbapi2

import expertpool.pool  # noqa: F401 – knows every table
from expertpool.storage.records import METADATA
from expertpool.storage.upgrade import MIGRATIONS, known_revisions, migrate


def differences(connection: Connection) -> list[Any]:
    """What the tables say that a migrated database does not have."""
    def ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        return not (kind == "table" and name is not None and "_search" in name)

    context = MigrationContext.configure(connection, opts={"include_object": ours})
    return compare_metadata(context, METADATA)


def _for_pools_in_use(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Leave the search tables alone, and give columns that are never null a value for the rows that are there."""
    for step in directives[0].upgrade_ops_list:
        step.ops = [op for op in step.ops if not (isinstance(op, DropTableOp) and "_search" in op.table_name)]
        for added in (op for group in step.ops for op in getattr(group, "ops", [group])):
            if isinstance(added, AddColumnOp) and not added.column.nullable:
                kind = added.column.type
                value = ("{}" if isinstance(kind, JSON) else "0" if isinstance(kind, Boolean | Integer | Float) else "")
                added.column.server_default = DefaultClause(value)


def main(arguments: list[str]) -> int:
    engine = create_engine("sqlite://", module=dbapi2)  # the library the program itself uses
    with engine.connect() as connection:
        if known_revisions():
            migrate(connection)
        if arguments[:1] == ["check"]:
            found = differences(connection)
            print("migrations: in step" if not found else f"migrations: {found}")
            return 1 if found else 0
        settings = Config()
        settings.set_main_option("script_location", str(MIGRATIONS))
        settings.attributes.update(connection=connection, metadata=METADATA)
        number = f"{len(known_revisions()) + 1:04d}"
        script = command.revision(settings, arguments[1], autogenerate=True, rev_id=number,
                                  process_revision_directives=_for_pools_in_use)
        path = Path(script.path)  # type: ignore[union-attr]
        path.write_text(path.read_text(encoding="utf-8").replace("sqlmodel.sql.sqltypes.AutoString", "sa.String"),
                        encoding="utf-8")
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
