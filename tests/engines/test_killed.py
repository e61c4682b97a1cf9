"""A process killed, or asked to stop, while it imports: the pool is as before or complete, never between."""

import multiprocessing
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from expertpool.accounts.permissions import Actor
from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.drafts import EmploymentDraft, PersonDraft, PhoneDraft
from expertpool.experts.register import register_many
from expertpool.foundation.progress import Cancelled, Progress
from expertpool.importing.experts import apply_plan, preview_experts
from expertpool.pool import ExpertPool
from expertpool.spreadsheets.sheet_layout import SheetLayout
from expertpool.spreadsheets.writing import write_workbook
from expertpool.storage.records import METADATA
from tests.databases import like
from tests.engines.killed_import import apply_when_told
from tests.engines.test_merge import everything, listings
from tests.seeds import seeded

MOMENTS = 30
ROWS = 300
KNOWN = 40  # of the rows, people who are in the pool already: half surely the same, half perhaps
AHEAD = 1  # children that stand ready while another works
# a new interpreter takes longer than the import: where the system can, children come off one that has all loaded
START = multiprocessing.get_context("forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn")
HEADS = ["姓名", "性别", "出生年月", "工作单位", "职称", "专业特长", "手机", "类别"]


def name(number: int) -> str:
    return "王李张刘陈杨黄赵"[number % 8] + "伟芳娜敏静丽强磊洋艳"[number // 8 % 10] + "一二三四五六七八九"[number // 80]


def roster(path: Path) -> Path:
    write_workbook(path, [SheetLayout("名单", HEADS, [
        [name(number), "男女"[number % 2], f"{1960 + number % 40}-{1 + number % 12:02}", f"示例单位{number % 37}", "教授",
         "移动机器人、步态控制", f"1390000{number:04}", "技术调查官"] for number in range(ROWS)])])
    return path


def known_people() -> list[PersonDraft]:
    """Every other one with the roster's mobile, who is surely the same, and one with the unit alone, who may be."""
    return [PersonDraft(name=name(number), title="副教授",
                        phones=[PhoneDraft(number=f"1390000{number:04}")] if number % 2 else [],
                        employments=[EmploymentDraft(employer=f"示例单位{number % 37}")]) for number in range(KNOWN)]


def counts(pool: ExpertPool) -> dict[str, int]:
    with pool.read() as session:
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in METADATA.sorted_tables}


@dataclass
class Bench:
    """A pool before the import, fresh copies of it, the prepared import and what it makes of the pool."""

    copy: Callable[[], Any]
    settle: Callable[[str], None]  # wait until what a killed client left behind has ended
    plan: Path
    before: Any
    before_counts: dict[str, int]
    after_counts: dict[str, int]


@pytest.fixture
def bench(pool_target: str, tmp_path: Path) -> Bench:
    with ExpertPool.open(pool_target, actor=Actor("tester")) as pool:
        with pool.write("register") as transaction:
            register_many(transaction, known_people())
        plan = preview_experts(pool, [roster(tmp_path / "名单.xlsx")])
        assert plan.counts() == {"rows": ROWS, "created": ROWS - KNOWN, "updated": KNOWN // 2, "unchanged": 0,
                                 "duplicates": KNOWN // 2, "rejected": 0}
        (tmp_path / "plan.pickle").write_bytes(pickle.dumps(plan))
        before, before_counts = (everything(pool), listings(pool)), counts(pool)
    copy, settle = (_postgres(pool_target) if pool_target.startswith("postgresql") else _sqlite(Path(pool_target)))
    with copy() as target, ExpertPool.open(target, actor=Actor("tester")) as pool:
        apply_plan(pool, pickle.loads((tmp_path / "plan.pickle").read_bytes()))
        after_counts = counts(pool)
    assert after_counts["person"] == before_counts["person"] + ROWS - KNOWN
    assert after_counts["waitingrow"] == KNOWN // 2
    return Bench(copy, settle, tmp_path / "plan.pickle", before, before_counts, after_counts)


def _sqlite(source: Path) -> tuple[Callable[[], Any], Callable[[str], None]]:
    @contextmanager
    def copy() -> Iterator[str]:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            yield shutil.copy(source, Path(folder) / "pool.expertpool")

    return copy, lambda target: None


def _postgres(source: str) -> tuple[Callable[[], Any], Callable[[str], None]]:
    url = make_url(source)
    server = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    numbers = iter(range(10**6))

    @contextmanager
    def copy() -> Iterator[str]:
        database = f"{url.database}_{next(numbers)}"
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {database}{like(str(url.database))}"))
        yield url.set(database=database).render_as_string(hide_password=False)
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {database} WITH (FORCE)"))

    def settle(target: str) -> None:
        """A commit that the server had received goes on without its client: its locks tell when it is over."""
        engine = create_engine(target)
        with engine.begin() as connection:
            tables = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
            connection.execute(text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
        engine.dispose()

    return copy, settle


class Child:
    """A process that applies the import when it is told where."""

    def __init__(self, plan: Path) -> None:
        self.pipe, theirs = START.Pipe()
        self.process = START.Process(target=apply_when_told, args=(theirs, plan), daemon=True)
        self.process.start()
        theirs.close()

    def begin(self, target: str) -> None:
        """Let it begin; returns when the import is about to be applied."""
        assert self.pipe.recv() == "ready"
        self.pipe.send(target)
        assert self.pipe.recv() == "begin"

    def kill_after(self, seconds: float) -> None:
        self.process.join(seconds)
        self.process.kill()
        self.process.join()
        self.pipe.close()


@pytest.fixture
def children(bench: Bench) -> Iterator[Iterator[Child]]:
    """Children that are ready one after the other."""
    if START.get_start_method() == "forkserver":
        START.set_forkserver_preload([apply_when_told.__module__])
    ready: list[Child] = []

    def following() -> Iterator[Child]:
        while True:
            while len(ready) <= AHEAD:
                ready.append(Child(bench.plan))
            yield ready.pop(0)

    yield following()
    for child in ready:
        child.kill_after(0)


def measured(bench: Bench, children: Iterator[Child]) -> float:
    """Seconds of an import that is left alone."""
    child = next(children)
    with bench.copy() as target:
        child.begin(target)
        start = time.perf_counter()
        assert child.pipe.recv() == "done"
        duration = time.perf_counter() - start
        child.kill_after(10)
    return duration


def test_killed_while_importing(bench: Bench, children: Iterator[Child]) -> None:
    whole = min(measured(bench, children) for _again in range(3))
    dice = seeded(20261122)
    outcomes = {"before": 0, "complete": 0}
    for _again in range(MOMENTS):
        moment = dice.uniform(0, whole * 1.1)
        with bench.copy() as target:
            child = next(children)
            child.begin(target)
            child.kill_after(moment)
            bench.settle(target)
            with ExpertPool.open(target, actor=Actor("tester")) as pool:
                entries, broken = pool.check_journal()
                assert broken is None
                found = counts(pool)
                assert found in (bench.before_counts, bench.after_counts), f"killed after {moment:.4f} of {whole:.4f} s"
                complete = found == bench.after_counts
                outcomes["complete" if complete else "before"] += 1
                whole = whole if complete else max(whole, moment * 1.2)  # slower this time: look further
                assert entries == found["journalentry"]
                in_step(pool)
                if not complete:
                    assert (everything(pool), listings(pool)) == bench.before
    print(f"\n{MOMENTS} moments in {whole:.3f} s: {outcomes}")
    assert outcomes["before"] >= MOMENTS // 3  # else the moments came too late to tell anything


def in_step(pool: ExpertPool) -> None:
    """Lists and search know exactly the people there are."""
    people = counts(pool)["person"]
    assert len(listings(pool)) == people
    assert len(people_ids(pool, PeopleQuery(state=""))) == people
    assert len(people_ids(pool, PeopleQuery(search="步态控制", state=""))) == (ROWS - KNOWN // 2 if people > KNOWN else 0)


def test_after_a_kill_the_import_is_done_again(bench: Bench, children: Iterator[Child]) -> None:
    """What the killed process left behind does not stand in the way."""
    with bench.copy() as target:
        child = next(children)
        child.begin(target)
        child.kill_after(0.02)
        bench.settle(target)
        with ExpertPool.open(target, actor=Actor("tester")) as pool:
            if counts(pool) == bench.before_counts:
                apply_plan(pool, pickle.loads(bench.plan.read_bytes()))
            assert counts(pool) == bench.after_counts
            in_step(pool)
            assert pool.check_journal()[1] is None


class StopsAt(Progress):
    """Asks to stop at one of the steps."""

    def __init__(self, at: int) -> None:
        super().__init__(report=self._count)
        self.at, self.steps = at, 0

    def _count(self, _done: int, _total: int, _what: str) -> None:
        self.steps += 1
        if self.steps == self.at:
            self.stop.set()


def test_stopped_at_any_step(bench: Bench, tmp_path: Path) -> None:
    """Of the preview and of the writing: nothing is written."""
    path = tmp_path / "名单.xlsx"
    with bench.copy() as target, ExpertPool.open(target, actor=Actor("tester")) as pool:
        state = pool.state()
        previews, writes = StopsAt(-1), StopsAt(-1)
        plan = preview_experts(pool, [path], progress=previews)
        steps = 0
        for at in sorted({1, 2, *seeded(7).sample(range(1, previews.steps), min(4, previews.steps - 1))}):
            with pytest.raises(Cancelled):
                preview_experts(pool, [path], progress=StopsAt(at))
            steps += 1
        with bench.copy() as other, ExpertPool.open(other, actor=Actor("tester")) as spare:
            apply_plan(spare, pickle.loads(bench.plan.read_bytes()), progress=writes)
        for at in range(1, writes.steps):
            with pytest.raises(Cancelled):
                apply_plan(pool, plan, progress=StopsAt(at))
            steps += 1
        assert steps >= 4
        assert pool.state() == state
        assert (everything(pool), listings(pool)) == bench.before
        assert counts(pool) == bench.before_counts
        assert pool.check_journal()[1] is None
        apply_plan(pool, plan)
        assert counts(pool) == bench.after_counts
