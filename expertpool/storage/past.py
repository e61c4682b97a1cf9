"""Makes a copy of the pool as it was (时间旅行): everything written later is undone in the copy, newest first."""

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.foundation.dates import day_ends, typed_day
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.text import is_number
from expertpool.storage import dialects, seal
from expertpool.storage.backup import copy_pages, fill_from
from expertpool.storage.database import Database
from expertpool.storage.dump import dump
from expertpool.storage.encrypting import Relist
from expertpool.storage.journal import changes_of
from expertpool.storage.queries import chunks, id_of, one_of, table_of
from expertpool.storage.records import METADATA
from expertpool.storage.tables import JournalChange, JournalEntry
from expertpool.storage.transaction import Transaction
from expertpool.storage.upgrade import revision_of

_LONGEST_NUMBER = 9  # digits: both engines count entries in 32 bits
BARRIERS = ("restore",)  # entries that changed records without keeping their former values


def moment_of(connection: Connection, day: str) -> tuple[int, date]:
    """The entry and the day that are meant: by an entry's number, or by a day (ISO) whose newest entry is taken
    (local time; 0 if there is none before).

    Raises ``past.day``, and ``past.clock`` if the clock ran backwards across the end of the day: nobody can tell
    which entries belong to it, so a number is asked for.
    """
    table = table_of(JournalEntry)
    if is_number(day):
        number = int(day) if len(day) <= _LONGEST_NUMBER else 0
        at = connection.scalar(select(table.c.at).where(table.c.id == number))
        if at is None:
            raise UserProblem("past.day", day=day)
        return number, datetime.fromisoformat(at).astimezone().date()
    try:
        moment = typed_day(day)
    except UserProblem as error:
        raise UserProblem("past.day", day=day) from error
    return last_before(connection, day_ends(moment), day), moment


def last_before(connection: Connection, stamp: str, day: str) -> int:
    """The newest entry stamped before ``stamp``, 0 where there is none. Raises ``past.clock`` where one stamped later
    comes before it."""
    table = table_of(JournalEntry)
    last = connection.scalar(select(func.max(table.c.id)).where(table.c.at < stamp)) or 0
    later = connection.scalar(select(func.min(table.c.id)).where(table.c.at >= stamp))
    if later is not None and later < last:
        raise UserProblem("past.clock", day=day, later=later, last=last)
    return int(last)


def past_copy(database: Database, path: Path, entry: int, relist: Relist, progress: Progress = SILENT) -> Database:
    """An embedded copy at ``path`` in which everything after ``entry`` is undone.

    Raises ``past.barrier`` if a backup was restored since: the state before is in the backup made at that time.
    """
    with database.read() as session:
        barrier = session.execute(select(id_of(JournalEntry), col(JournalEntry.at)).where(
            table_of(JournalEntry).c.id > entry, col(JournalEntry.operation).in_(BARRIERS)).order_by(
            id_of(JournalEntry))).first()
    if barrier is not None:
        raise UserProblem("past.barrier", at=barrier.at[:10])
    if database.is_sqlite:
        copy_pages(database, path, progress)
    else:
        with database.guarded():
            _copied(database, path, progress)
    copy = Database(str(path), vault=database.vault)
    try:
        with copy.guarded(), Session(copy.engine.execution_options(writing=True)) as session:
            connection = session.connection()
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            take_back(connection, entry, progress)
            dialects.clear_listings(connection)
            relist(Transaction(session, "", "past", {}))
            session.commit()
    except BaseException:
        copy.close()
        raise
    return copy


def _copied(database: Database, path: Path, progress: Progress) -> None:
    """Copy a server's pool into an embedded file, line by line."""
    lines: list[Any] = []
    with database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        revision = revision_of(connection.engine) or ""
        dump(connection, lines.append, revision, progress)
    engine = dialects.open_file(path, database.vault)
    try:
        fill_from(engine, revision, lines, progress)
    finally:
        engine.dispose()


def take_back(connection: Connection, entry: int, progress: Progress = SILENT) -> None:
    """Undo the changes of every entry after ``entry``, newest first, and delete these entries."""
    journal, blocks = table_of(JournalEntry), table_of(JournalChange)
    later = list(connection.scalars(select(journal.c.id).where(journal.c.id > entry).order_by(journal.c.id.desc())))
    for done, number in enumerate(later):
        progress.step(done, len(later), _("Going back"))
        by_table: dict[str, list[Any]] = defaultdict(list)
        for change in changes_of(connection, number):
            by_table[change.table].append(change)
        for name, changes in by_table.items():
            _take_back(connection, METADATA.tables[name], changes)
    connection.execute(delete(blocks).where(blocks.c.entry_id > entry))
    connection.execute(delete(journal).where(journal.c.id > entry))
    seal.renew(connection, seal.newest(connection))


def _take_back(connection: Connection, table: Table, changes: list[Any]) -> None:
    """Undo one entry's changes of one table: each record gets its image from before the entry."""
    first: dict[int, JsonObject | None] = {}
    for change in changes:  # a record may be changed twice in one entry
        first.setdefault(change.id, change.before)
    born = [number for number, before in first.items() if before is None]
    for part in chunks(born):
        connection.execute(delete(table).where(one_of(table.c.id, part)))
    after = {change.id: change.after for change in changes}
    known = set(table.columns.keys())
    for number, before in first.items():
        if before is None:
            continue
        row = {name: value for name, value in before.items() if name in known}
        if after[number] is None:
            connection.execute(insert(table).values(**row))
        else:
            connection.execute(update(table).where(table.c.id == number).values(
                **{name: value for name, value in row.items() if name != "id"}))
