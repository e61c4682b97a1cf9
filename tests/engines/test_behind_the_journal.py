"""What somebody with the key does behind the program's back is found and named: rows, entries, ends, older files."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.experts.drafts import EmploymentDraft, PersonDraft, PhoneDraft, RoleDraft
from expertpool.experts.merge import merge
from expertpool.experts.register import change_state, register
from expertpool.experts.tables import Person
from expertpool.foundation.uids import new_uid
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from expertpool.safekeeping import backups as keeping
from expertpool.safekeeping.database_check import CheckReport, check_database
from expertpool.safekeeping.journal_keeping import check_digest, journal_digest, verify_journal
from expertpool.storage.records import METADATA
from tests.engines.offices import act_as, close
from tests.seeds import seeded

NUMBER = "(2026)辽01知民初1号"


@pytest.fixture
def filled(pool: ExpertPool) -> ExpertPool:
    """A pool in which most kinds of records were made, changed, merged, undone."""
    close(pool)
    act_as(pool, "administrator")
    pool.set_setting("court", {"name": "沈阳市中级人民法院"})
    for place, name in enumerate(("张伟", "王芳", "李强", "赵敏")):
        register(pool, PersonDraft(
            name=name, birth=f"198{place}-03",
            phones=[PhoneDraft(kind="mobile", number=f"1381234567{place}")],
            employments=[EmploymentDraft(employer=f"{name}研究所")],
            roles=[RoleDraft(role="technical_investigator", start="2025-01-01", end="2027-12-31")]))
    open_case(pool, CaseDraft(number=NUMBER, parties=[PartyDraft(side="plaintiff", name="甲公司"),
                                                      PartyDraft(side="defendant", name="乙公司")]))
    people = dict(uids(pool))
    appoint(pool, NUMBER, people["张伟"], reason="无异议")
    change_state(pool, people["王芳"], "suspended", "调查中", "2026-11-01")
    pool.undo_last()
    merge(pool, people["李强"], people["赵敏"], reason="同一人")
    return pool


def uids(pool: ExpertPool) -> Iterator[tuple[str, str]]:
    with pool.database.read() as session:
        yield from ((name, uid) for name, uid in session.execute(select(Person.name, Person.uid)))


def found(report: CheckReport) -> list[str]:
    return [problem.code for problem in report.found]


def test_nothing_is_said_of_a_pool_that_only_the_program_wrote(filled: ExpertPool) -> None:
    assert found(check_database(filled)) == []
    edit_case(filled, case_uid(filled), CaseDraft(number=NUMBER, issue="步态切换"))
    filled.undo_last()
    assert found(check_database(filled)) == []


def case_uid(pool: ExpertPool) -> str:
    with pool.database.read() as session:
        return str(session.scalar(select(METADATA.tables["courtcase"].c.uid)))


def test_a_restored_pool_is_as_its_journal_says(filled: ExpertPool, tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "backups"))
    kept = keeping.back_up(filled).path
    register(filled, PersonDraft(name="后来"))
    keeping.restore_backup(filled, kept, "误操作")
    assert found(check_database(filled)) == []


def tables(connection: Connection) -> list[Table]:
    """Journaled tables that hold anything."""
    from expertpool.storage.records import journaled_tables

    return [table for table in METADATA.sorted_tables if table.name in journaled_tables()
            and connection.execute(select(table.c.id).limit(1)).first()]


def row_changed(connection: Connection, chance: random.Random) -> str:
    """Another value in one column of one record."""
    table = chance.choice(tables(connection))
    row = chance.choice([row for row in connection.execute(select(table)).mappings() if row.get("key") != "vault"])
    name = chance.choice([column.name for column in table.columns
                          if column.name != "id" and not column.foreign_keys])
    connection.execute(update(table).where(table.c.id == row["id"]).values({name: another(row[name], chance)}))
    return f"{table.name}.{name}"


def another(value: Any, chance: random.Random) -> Any:
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, dict):
        return {**value, "x": chance.randrange(9)}
    if isinstance(value, list):
        return [*value, "x"]
    changed = [sign for sign in "甲乙丙0" if not str(value).endswith(sign)]
    return f"{str(value)[:-1]}{chance.choice(changed)}"  # no longer than it was: columns have lengths on a server


def row_deleted(connection: Connection, chance: random.Random) -> str:
    """A record that nothing leads to is gone."""
    table = chance.choice([table for table in tables(connection) if table.name in (
        "phone", "employment", "roleterm", "assignmentevent", "setting")])
    number = chance.choice(connection.scalars(select(table.c.id)).all())
    connection.execute(delete(table).where(table.c.id == number))
    return f"{table.name} deleted"


def row_added(connection: Connection, chance: random.Random) -> str:
    """A record that no operation made."""
    table = METADATA.tables[chance.choice(["person", "phone", "account", "setting", "roleterm"])]
    row = dict(chance.choice(connection.execute(select(table)).mappings().all()))
    number = max(connection.scalars(select(table.c.id)).all()) + 1
    unique = {"name": f"{row.get('name')}甲"} if table.name == "account" else (
        {"key": f"{row.get('key')}甲"} if table.name == "setting" else {})
    connection.execute(insert(table).values(**{**row, "id": number, "uid": new_uid(), **unique}))
    return f"{table.name} added"


def entry_changed(connection: Connection, chance: random.Random) -> str:
    table = METADATA.tables["journalentry"]
    number = chance.choice(connection.scalars(select(table.c.id)).all())
    row = connection.execute(select(table).where(table.c.id == number)).mappings().one()
    name = chance.choice(["at", "actor", "operation", "words", "changes_hash", "previous_hash", "hash"])
    connection.execute(update(table).where(table.c.id == number).values({name: another(row[name], chance)}))
    return f"entry {number}.{name}"


def entry_deleted(connection: Connection, chance: random.Random) -> str:
    """One entry or the newest ones, with what they hold."""
    entries, blocks = METADATA.tables["journalentry"], METADATA.tables["journalchange"]
    numbers = connection.scalars(select(entries.c.id).order_by(entries.c.id)).all()
    first = chance.choice(numbers)
    gone = [number for number in numbers if number >= first] if chance.random() < .5 else [first]
    connection.execute(delete(blocks).where(blocks.c.entry_id.in_(gone)))
    connection.execute(delete(entries).where(entries.c.id.in_(gone)))
    return f"entries {gone} deleted"


def entries_swapped(connection: Connection, chance: random.Random) -> str:
    """Two entries in each other's place."""
    table = METADATA.tables["journalentry"]
    one, two = sorted(chance.sample(connection.scalars(select(table.c.id)).all(), 2))
    rows = {row["id"]: dict(row) for row in connection.execute(
        select(table).where(table.c.id.in_([one, two]))).mappings()}
    for number, other in ((one, two), (two, one)):
        content = {name: value for name, value in rows[other].items() if name != "id"}
        connection.execute(update(table).where(table.c.id == number).values(**content))
    return f"entries {one} and {two} swapped"


def rolled_back(connection: Connection, chance: random.Random) -> str:
    """The newest entries are taken back, rows and all, by the program's own hand: the rest is whole in itself."""
    from expertpool.storage import seal
    from expertpool.storage.past import take_back

    newest, kept = seal.newest(connection), connection.execute(select(METADATA.tables["journalseal"])).mappings().one()
    to = chance.randrange(max(1, newest.entry - 5), newest.entry)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON" if connection.dialect.name == "sqlite"
                               else "SET LOCAL session_replication_role = replica")
    take_back(connection, to)
    connection.execute(delete(METADATA.tables["journalseal"]))
    connection.execute(insert(METADATA.tables["journalseal"]).values(**kept))
    return f"rolled back to {to}"


def seal_taken(connection: Connection, chance: random.Random) -> str:
    connection.execute(delete(METADATA.tables["journalseal"]))
    return "seal deleted"


EDITS = (row_changed, row_changed, row_changed, row_deleted, row_added, entry_changed, entry_deleted, entries_swapped,
         rolled_back, seal_taken)


@pytest.mark.parametrize("start", range(4))
def test_random_edits_behind_the_program_are_all_found(filled: ExpertPool, start: int) -> None:
    """50 edits on each engine and start; each is looked for in the transaction that made it, which is then rolled back."""
    from expertpool.storage.behind_journal import strange_rows
    from expertpool.storage.journal import verify

    chance, missed = seeded(start), []
    for _number in range(50):
        edit = chance.choice(EDITS)
        with filled.database.engine.execution_options(writing=True).connect() as connection:
            said = edit(connection, chance)
            if verify(connection).broken is None and not any(True for _row in strange_rows(connection)):
                missed.append(said)
            connection.rollback()
    assert missed == []
    assert found(check_database(filled)) == []


def test_the_record_and_its_fields_are_named(filled: ExpertPool) -> None:
    person = METADATA.tables["person"]
    with filled.database.engine.begin() as connection:
        connection.execute(update(person).where(person.c.name == "王芳").values(state="removed", birth="1970"))
    (problem,) = check_database(filled).found
    assert problem.code == "check.record_changed"
    assert "王芳" in problem.text
    assert "Standing" in problem.text or "State" in problem.text


@pytest.mark.parametrize("kind", ["actor", "words", "content", "gone"])
def test_a_printed_code_notices_what_was_altered_before_it(filled: ExpertPool, kind: str) -> None:
    code = journal_digest(filled).code
    entries, blocks = METADATA.tables["journalentry"], METADATA.tables["journalchange"]
    with filled.database.engine.begin() as connection:
        if kind == "content":
            one = connection.scalars(select(blocks.c.id).order_by(blocks.c.id)).first()
            payload = connection.scalar(select(blocks.c.payload).where(blocks.c.id == one))
            connection.execute(update(blocks).where(blocks.c.id == one).values(payload=payload[:-1] + b"x"))
        elif kind == "gone":
            connection.execute(delete(blocks).where(blocks.c.entry_id == 3))
            connection.execute(delete(entries).where(entries.c.id == 3))
        else:
            value: Any = "别人" if kind == "actor" else {"name": "别人"}
            connection.execute(update(entries).where(entries.c.id == 3).values({kind: value}))
    checked = check_digest(filled, code)
    assert checked.outcome == "altered"
    assert checked.broken <= 4


def test_a_file_put_back_from_an_older_copy_is_told(tmp_path: Path) -> None:
    path, older = tmp_path / "库.expertpool", tmp_path / "旧.expertpool"
    with ExpertPool.open(path) as pool:
        register(pool, PersonDraft(name="张伟"))
    shutil.copy(path, older)
    with ExpertPool.open(path) as pool:
        register(pool, PersonDraft(name="王芳"))
        assert pool.noticed == ()
    shutil.copy(older, path)
    with ExpertPool.open(path) as pool:
        assert [problem.code for problem in pool.noticed] == ["pool.regressed"]
        assert verify_journal(pool).broken is None  # the older file is whole in itself
        entry = pool.state()
    with ExpertPool.open(path) as pool:
        assert pool.noticed == ()  # told once, and kept in the journal
        assert pool.state() == entry


def test_another_history_of_the_same_length_is_told(tmp_path: Path) -> None:
    path, older = tmp_path / "库.expertpool", tmp_path / "旧.expertpool"
    with ExpertPool.open(path) as pool:
        register(pool, PersonDraft(name="张伟"))
    shutil.copy(path, older)
    with ExpertPool.open(path) as pool:
        register(pool, PersonDraft(name="王芳"))
    with ExpertPool.open(older) as pool:
        register(pool, PersonDraft(name="李强"))
    shutil.copy(older, path)
    with ExpertPool.open(path) as pool:
        assert [problem.code for problem in pool.noticed] == ["pool.regressed"]


def test_a_restore_through_the_program_is_no_regression(pool: ExpertPool, pool_target: str, tmp_path: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "backups"))
    register(pool, PersonDraft(name="张伟"))
    kept = keeping.back_up(pool).path
    register(pool, PersonDraft(name="王芳"))
    keeping.restore_backup(pool, kept, "误操作")
    with ExpertPool.open(pool_target) as other:
        assert other.noticed == ()


def test_a_clock_set_back_is_told(pool: ExpertPool, monkeypatch: pytest.MonkeyPatch) -> None:
    from expertpool.storage import journal

    register(pool, PersonDraft(name="张伟"))
    monkeypatch.setattr(journal, "now_stamp", lambda: "2020-01-01T00:00:00.000Z")
    register(pool, PersonDraft(name="王芳"))
    assert found(check_database(pool)) == ["check.clock"]
