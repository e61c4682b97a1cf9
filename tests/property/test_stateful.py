"""A pool that does everything at random: register, import, merge, appoint, undo, backup, restore, time travel.

After every step the journal is whole, lists and records are in step, and what was, is what time travel shows.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from expertpool.accounts.permissions import Actor
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.merge import merge
from expertpool.experts.register import edit, register
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint
from expertpool.past_pool import as_of
from expertpool.pool import ExpertPool
from expertpool.safekeeping import backups
from expertpool.safekeeping.database_check import check_database
from expertpool.storage.backup import Backup
from expertpool.workbook.workbook import export_pool, import_pool
from tests.seeds import many

NAMES = st.sampled_from(["张伟", "王芳", "李强", "欧阳丽", "阿依古丽·买买提"])
TITLES = st.sampled_from(["", "教授", "研究员", "高级工程师"])


@contextmanager
def refused_only(*codes: str) -> Iterator[None]:
    """What may be refused, and how; any other refusal is an error."""
    try:
        yield
    except UserProblem as problem:
        if not problem.code.startswith(codes):
            raise


class PoolMachine(RuleBasedStateMachine):
    """``target`` is set by the test; each example empties the pool by restoring the first backup."""

    target = ""
    people = Bundle("people")
    cases = Bundle("cases")
    saved = Bundle("saved")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        os.environ["EXPERTPOOL_BACKUPS"] = str(Path(self.folder.name) / "backups")
        self.pool = ExpertPool.open(self.target, actor=Actor("tester"))
        self.number, self.barrier = 0, self.pool.state()
        self.seen: dict[int, Any] = {}

    def teardown(self) -> None:
        self.pool.close()
        os.environ["EXPERTPOOL_BACKUPS"] = "off"
        self.folder.cleanup()

    def shown(self, pool: ExpertPool) -> Any:
        """Everybody, with title, state, employer and cases, by uid."""
        rows = people_rows(pool, people_ids(pool, PeopleQuery(state="")))
        return {row.uid: (row.name, row.title, row.state, row.employer, row.open_cases)
                for row in rows}

    def uid_of_newest(self) -> str:
        ids = people_ids(self.pool, PeopleQuery(state=""))
        return str(people_rows(self.pool, [max(ids)])[0].uid)

    # -- what may happen
    @rule(target=people, name=NAMES, title=TITLES)
    def registers(self, name: str, title: str) -> str:
        register(self.pool, PersonDraft.model_validate({
            "name": name, "title": title, "employments": [{"employer": f"{name}所"}],
            "roles": [{"role": "technical_investigator", "start": "2020-01-01", "end": "2030-01-01"}],
            "phones": [{"kind": "mobile", "number": "13812345678"}]}))
        return self.uid_of_newest()

    @rule(uid=people, title=TITLES)
    def edits(self, uid: str, title: str) -> None:
        with refused_only("record.missing"):
            detail = person_detail(self.pool, uid, revealed=True)
            edit(self.pool, detail.uid, detail.draft().model_copy(update={"title": title}), detail.version)

    @rule(target=cases)
    def opens(self) -> str:
        self.number += 1
        open_case(self.pool, CaseDraft(number=f"(2026)辽01知民初{self.barrier * 1000 + self.number}号"))
        return f"(2026)辽01知民初{self.barrier * 1000 + self.number}号"

    @rule(case=cases, uid=people)
    def appoints(self, case: str, uid: str) -> None:
        with refused_only("appoint.", "record.missing", "case."):
            appoint(self.pool, case, uid, reason="已核实", override="特别批准")

    @rule(one=people, other=people)
    def merges(self, one: str, other: str) -> None:
        with refused_only("merge.itself", "merge.gone", "record.missing"):
            merge(self.pool, one, other, reason="同一人")

    @rule()
    def undoes(self) -> None:
        with refused_only("undo."):
            self.pool.undo_last()

    @rule()
    def exports_and_imports(self) -> None:
        """What it wrote itself changes nothing."""
        book = Path(self.folder.name) / "pool.xlsx"
        before = self.shown(self.pool)
        export_pool(self.pool, book, reveal_reason="核对")
        import_pool(self.pool, book)
        assert self.shown(self.pool) == before

    @rule(target=saved)
    def backs_up(self) -> Any:
        if not self.pool.state():
            return multiple()
        return (backups.back_up(self.pool, prove=False), self.shown(self.pool))

    @rule(one=saved)
    def restores(self, one: tuple[Backup, Any]) -> None:
        made, shown = one
        if not made.path.exists():
            return
        backups.restore_backup(self.pool, made.path, "试")
        assert self.shown(self.pool) == shown
        self.barrier, self.seen = self.pool.state(), {}

    @rule(chance=st.randoms(use_true_random=False))
    def travels(self, chance: Any) -> None:
        if self.seen:
            entry = chance.choice(sorted(self.seen))
            with as_of(self.pool, str(entry)) as past:
                assert self.shown(past) == self.seen[entry]

    # -- what always holds
    @invariant()
    def is_whole(self) -> None:
        assert self.pool.check_journal()[1] is None
        self.seen[self.pool.state()] = self.shown(self.pool)
        if self.pool.state() % 5 == 0:
            assert check_database(self.pool).sound


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_whatever_happens_nothing_is_lost(pool_target: str, capsys: pytest.CaptureFixture[str]) -> None:
    machine = type("Machine", (PoolMachine,), {"target": pool_target})
    examples = many(int(os.environ.get("EXPERTPOOL_STATEFUL", "4")))
    run_state_machine_as_test(machine, settings=settings(
        max_examples=examples, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)))
    with capsys.disabled():
        print(f"\n{examples} histories of up to 14 steps: journal whole, lists in step, the past as it was")
