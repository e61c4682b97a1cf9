"""Roles for a shared pool on PostgreSQL (角色与授权): an owner who upgrades, writers who work, readers for
statistics.

The limits of writers do not depend on the program: only the owner can change or delete journal entries, and readers
see neither journal nor personal numbers.
"""

from sqlalchemy import Table

from expertpool.storage.records import METADATA
from expertpool.storage.secrets import SecretJSON, SecretText

OWNER, WRITER, READER = "expertpool_owner", "expertpool_writer", "expertpool_reader"
JOURNAL = ("journalentry", "journalchange")
UNSEEN = frozenset({*JOURNAL, "account", "attachment", "waitingrow", "declaration"})


def grants_script(schema: str = "public") -> str:
    """SQL for an administrator of the server; may be run again after an upgrade. Roles are made without a password
    and without the right to sign in: they are granted to the people who work."""
    lines = [
        "-- ExpertPool: roles of a shared pool. Run as the administrator of the database, after each upgrade again.",
        *(f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
          for role in (OWNER, WRITER, READER)),
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {WRITER}, {READER};",
        f"GRANT USAGE ON SCHEMA {schema} TO {WRITER}, {READER};",
        f"GRANT ALL ON SCHEMA {schema} TO {OWNER};",
        f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {OWNER};",
        f"GRANT ALL ON ALL SEQUENCES IN SCHEMA {schema} TO {OWNER};",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {WRITER};",
        f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {WRITER};",
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {schema}.{table} FROM {WRITER};" for table in JOURNAL),
        f"REVOKE INSERT, UPDATE, DELETE ON {schema}.alembic_version FROM {WRITER};",
        *(_readable(table, schema) for table in METADATA.sorted_tables if table.name not in UNSEEN),
        *_guard(schema),
    ]
    return "\n".join(lines) + "\n"


def _readable(table: Table, schema: str) -> str:
    """What readers may see of a table: every column that is not encrypted, and no search text."""
    columns = [f'"{column.name}"' for column in table.columns
               if not isinstance(column.type, SecretText | SecretJSON) and column.name != "body"]
    return f'GRANT SELECT ({", ".join(columns)}) ON {schema}."{table.name}" TO {READER};'


def _guard(schema: str) -> list[str]:
    """A trigger in addition to the grants: only the owner can change what is in the journal."""
    body = (f"BEGIN IF NOT pg_has_role(current_user, '{OWNER}', 'MEMBER') THEN "
            "RAISE EXCEPTION 'the journal is written once'; END IF; RETURN COALESCE(NEW, OLD); END")
    return [
        f"CREATE OR REPLACE FUNCTION {schema}.journal_is_written_once() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ {body} $$;",
        *(line for table in JOURNAL for line in (
            f"DROP TRIGGER IF EXISTS written_once ON {schema}.{table};",
            f"CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON {schema}.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION {schema}.journal_is_written_once();"))]
