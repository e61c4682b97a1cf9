"""Many writers on one pool: no lost update, no double appointment, an unbroken journal, no unexplained error.

``EXPERTPOOL_WRITER_SECONDS`` says for how long (3 by default, so that the suite stays quick).
"""

import multiprocessing
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select

from expertpool.assignments.tables import Assignment
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.cases.tables import CourtCase
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register_many
from expertpool.experts.tables import Person
from expertpool.pool import ExpertPool
from expertpool.safekeeping.database_check import check_database
from expertpool.storage.journal import history_of
from tests.engines.writing_work import Work, write_until

SECONDS = float(os.environ.get("EXPERTPOOL_WRITER_SECONDS", "3"))
PEOPLE, CASES = 12, 6
KNOWN = {"record.changed", "database.busy", "appoint.blocked", "appoint.warned", "appoint.twice", "appoint.enough",
         "appoint.lift", "appoint.verify", "case.known"}


def test_many_writers(pool: ExpertPool, pool_target: str) -> None:
    with pool.write("register") as transaction:
        register_many(transaction, [PersonDraft.model_validate({
            "name": f"专家{number}", "employments": [{"employer": f"单位{number}"}],
            "roles": [{"role": "technical_investigator", "start": "2020-01-01", "end": "2030-01-01"}],
        }) for number in range(PEOPLE)])
    cases = [f"(2026)辽01知民初{number}号" for number in range(1, CASES + 1)]
    for number in cases:
        open_case(pool, CaseDraft(number=number, people_needed=1))
    with pool.read() as session:
        people = list(session.scalars(select(Person.uid)))
    done = at_work(pool_target, people, cases)
    strange = [one for work in done for one in work.strange]
    assert not strange, strange[:5]
    refused = sum((work.refused for work in done), Counter[str]())
    assert set(refused) <= KNOWN, refused
    check(pool, done)
    written = sum(len(work.titles) + work.registered + len(work.appointed) for work in done)
    print(f"\n{len(done)} writers, {SECONDS:.0f} s: {written} writes, refused {dict(refused)}; nothing lost, nothing double")
    assert written >= 5


def at_work(target: str, people: list[str], cases: list[str]) -> list[Work]:
    """20 writers on a server, 4 processes on a file."""
    if target.startswith("postgresql"):
        with ThreadPoolExecutor(20) as threads:
            return list(threads.map(lambda writer: write_until(target, writer, people, cases, SECONDS), range(20)))
    start = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(4, mp_context=start) as processes:
        running = [processes.submit(write_until, target, writer, people, cases, SECONDS) for writer in range(4)]
        return [one.result() for one in running]


def check(pool: ExpertPool, done: list[Work]) -> None:
    """Every confirmed edit is in the person's history, once; nobody is twice in a case; the journal is whole."""
    assert check_database(pool).sound
    wanted: dict[str, list[str]] = {}
    for work in done:
        for uid, title in work.titles:
            wanted.setdefault(uid, []).append(title)
    with pool.read() as session:
        ids: dict[str, int] = dict(session.execute(select(Person.uid, Person.id)).all())
        for uid, titles in wanted.items():
            history: list[tuple[Any, Any]] = history_of(session.connection(), "person", ids[uid])
            steps = [(change.before or {}, change.after or {}) for _entry, change in history]
            assert sorted(titles) == sorted(after["title"] for before, after in steps
                                            if before and before["title"] != after["title"])
            versions = [after["version"] for _before, after in steps]
            assert versions == sorted(set(versions))  # no two edits began from the same state
            assert all(earlier[1]["title"] == later[0]["title"]
                       for earlier, later in pairwise(steps))
        new = session.scalar(select(func.count()).select_from(Person).where(Person.name.startswith("新")))
        assert new == sum(work.registered for work in done)
        serving = session.execute(select(CourtCase.number, Person.uid).join(
            Assignment, Assignment.court_case_id == CourtCase.id).join(Person, Person.id == Assignment.person_id)).all()
    assert len(serving) == len(set(serving))
    assert set(map(tuple, serving)) == {pair for work in done for pair in work.appointed}
