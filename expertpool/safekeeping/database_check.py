"""Checking the database (数据库体检): file, references, journal, encrypted values, listings; the result in words."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from expertpool.accounts.permissions import demand
from expertpool.foundation.problems import EnvironmentProblem, ExpectedError, Problem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.safekeeping.change_words import column_word, table_word
from expertpool.safekeeping.pool_protocol import KeptPool
from expertpool.storage import dialects
from expertpool.storage.behind_journal import strange_rows
from expertpool.storage.journal import verify
from expertpool.storage.records import METADATA
from expertpool.storage.secrets import SecretJSON, SecretText

OPERATION = "check database"
LISTINGS = (("personlisting", "person_id", "person"), ("caselisting", "court_case_id", "courtcase"))
CHUNK = 500
CLOCKS_APART = timedelta(minutes=5)  # clocks of workstations that share a pool may differ by this much


@dataclass
class CheckReport:
    """What was checked, found and repaired; ``sound`` if nothing is left to do."""

    looked: list[str] = field(default_factory=list)
    found: list[Problem] = field(default_factory=list)
    repaired: list[Problem] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong (any more)."""
        return not self.found


def check_database(pool: KeptPool, *, repair: bool = False, progress: Progress = SILENT) -> CheckReport:
    """Check everything; with ``repair``, rebuild listings and indexes that do not match the records.

    Damage to the file, the journal or an encrypted value cannot be repaired, only restored from a backup.
    """
    demand(pool.actor, OPERATION)
    report = CheckReport()
    steps = (("file", _file), ("references", _references), ("journal", _journal), ("clock", _clock),
             ("records", _records), ("sealed values", _sealed), ("listings", _listings))
    for done, (name, step) in enumerate(steps):
        progress.step(done, len(steps), name)
        report.looked.append(name)
        try:
            with pool.read() as session:
                report.found.extend(step(session.connection()))
        except ExpectedError as error:
            report.found.append(Problem("check.file", parameters={"what": str(error)}))
    if repair and any(problem.code == "check.listings" for problem in report.found):
        _repair(pool, report)
    progress.step(len(steps), len(steps))
    return report


def _file(connection: Connection) -> Iterator[Problem]:
    if not dialects.is_sqlite(connection):
        return
    for pragma in ("cipher_integrity_check", "integrity_check"):
        for (said,) in connection.exec_driver_sql(f"PRAGMA {pragma}"):
            if said != "ok":
                yield Problem("check.file", parameters={"what": said})
                return


def _references(connection: Connection) -> Iterator[Problem]:
    """Check foreign keys: the engine keeps them, but a file may have been written without them."""
    for table in METADATA.sorted_tables:
        for key in table.foreign_keys:
            other = key.column.table.alias()
            lost = connection.scalar(select(func.count()).select_from(
                table.outerjoin(other, key.parent == other.c[key.column.name])).where(
                key.parent.is_not(None), other.c[key.column.name].is_(None)))
            if lost:
                yield Problem("check.references", parameters={"table": table.name, "column": key.parent.name,
                                                              "count": lost})


def _journal(connection: Connection) -> Iterator[Problem]:
    verdict = verify(connection)
    if verdict.broken is not None:
        code = f"check.journal_{verdict.why}" if verdict.why in ("end", "seal") else "check.journal"
        yield Problem(code, parameters={"entry": verdict.broken})


def _clock(connection: Connection) -> Iterator[Problem]:
    """Check that entries follow each other in time; where not, a clock was set back, perhaps on purpose."""
    entry = METADATA.tables["journalentry"].c
    last_at = ""
    for number, at in connection.execute(select(entry.id, entry.at).order_by(entry.id)):
        if last_at and datetime.fromisoformat(last_at) - datetime.fromisoformat(at) > CLOCKS_APART:
            yield Problem("check.clock", parameters={"entry": number, "at": at[:16], "before": last_at[:16]})
        last_at = at


def _records(connection: Connection) -> Iterator[Problem]:
    """Check that every record is as the journal last wrote it."""
    try:
        for row in strange_rows(connection):
            yield Problem(f"check.record_{row.kind}", parameters={
                "kind": table_word(row.table), "id": row.id, "name": row.name or "—",
                "fields": "、".join(column_word(row.table, name) for name in row.fields)})
    except (zlib.error, ValueError):  # the check of the journal has named the entry
        yield Problem("check.records_unread")
    except EnvironmentProblem as problem:
        if problem.code != "vault.value":  # an unreadable encrypted value is counted by the check of those values
            raise


def _sealed(connection: Connection) -> Iterator[Problem]:
    """Check that every encrypted value can be decrypted with the pool's key."""
    for table in METADATA.sorted_tables:
        names = [column.name for column in table.columns if isinstance(column.type, SecretText | SecretJSON)]
        if not names:
            continue
        bad, last = 0, 0
        while keys := connection.scalars(select(table.c.id).where(table.c.id > last).order_by(table.c.id)
                                         .limit(CHUNK)).all():
            last = keys[-1]
            bad += _unopened(connection, table, names, keys)
        if bad:
            yield Problem("check.sealed", parameters={"table": table.name, "count": bad})


def _unopened(connection: Connection, table: Any, names: list[str], keys: Any) -> int:
    chosen = [table.c[name] for name in names]
    try:
        connection.execute(select(*chosen).where(table.c.id.between(keys[0], keys[-1]))).all()
        return 0
    except ExpectedError:
        bad = 0
        for key in keys:
            try:
                connection.execute(select(*chosen).where(table.c.id == key)).all()
            except ExpectedError:
                bad += 1
        return bad


def _listings(connection: Connection) -> Iterator[Problem]:
    """Check that each person and case has exactly one listing and one search text, and that there are no others."""
    for listing, owner_key, owner in LISTINGS:
        listed, owned = METADATA.tables[listing], METADATA.tables[owner]
        missing = connection.scalar(select(func.count()).select_from(owned.outerjoin(
            listed, listed.c[owner_key] == owned.c.id)).where(listed.c[owner_key].is_(None))) or 0
        surplus = connection.scalar(select(func.count()).select_from(listed.outerjoin(
            owned, listed.c[owner_key] == owned.c.id)).where(owned.c.id.is_(None))) or 0
        unlike = connection.scalar(select(func.count()).select_from(listed.join(
            owned, listed.c[owner_key] == owned.c.id)).where(listed.c.uid != owned.c.uid)) or 0
        unfound = dialects.search_gap(connection, "person" if owner == "person" else "case", owner)
        if missing or surplus or unlike or unfound:
            yield Problem("check.listings", parameters={"table": owner,
                                                        "count": missing + surplus + unlike + unfound})


def _repair(pool: KeptPool, report: CheckReport) -> None:
    with pool.write(OPERATION, always=True, repaired="listings") as transaction:
        dialects.clear_listings(transaction.session.connection())
        pool.relist(transaction)
    with pool.read() as session:
        left = list(_listings(session.connection()))
    if not left:
        report.repaired += [problem for problem in report.found if problem.code == "check.listings"]
        report.found = [problem for problem in report.found if problem.code != "check.listings"]
